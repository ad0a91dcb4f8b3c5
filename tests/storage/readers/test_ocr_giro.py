"""OCR giro: payments by their KID, corrections, free text, and totals that must agree."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from bot.documents import Receipt
from bot.money import Money
from storage.readers import read
from tests.storage.readers.banked import refusal, taken

START = "NY000010000080800170031000102000".ljust(80, "0")
BEGIN = "NY090020001008566000000286011117947".ljust(80, "0")

Lines = Sequence[str]


def item(
    kid: str = "100107", ore: int = 1_250_050, *, kind: str = "10", day: str = "021126", sign: str = "0"
) -> list[str]:
    """A payment: its amount item, and the one about the account it came from."""
    first = f"NY09{kind}300000001{day}1320101464{sign}{ore:017}{kid:>25}000000"
    return [first, f"NY09{kind}31000000197975960160975960161883206{day}99991005524".ljust(80, "0")]


def words(text: str) -> str:
    return f"NY0921320000001{text:<40}".ljust(80, "0")


def assignment(payments: Sequence[Lines], total: int, begin: str = BEGIN) -> list[str]:
    rows = [row for payment in payments for row in payment]
    counts = f"{len(payments):08}{len(rows) + 2:08}{total:017}"
    return [begin, *rows, f"NY090088{counts}021126021126021126".ljust(80, "0")]


def transmission(*payments: Lines, total: int) -> list[str]:
    return wrap(assignment(payments, total), count=len(payments), total=total)


def wrap(*assignments: Lines, count: int, total: int) -> list[str]:
    rows = [row for each in assignments for row in each]
    return [START, *rows, f"NY000089{count:08}{len(rows) + 2:08}{total:017}021126".ljust(80, "0")]


def receipts(lines: Lines) -> tuple[Receipt, ...]:
    return taken(lines, "ocr-giro")


def test_a_payment_gives_its_day_amount_kid_and_our_account() -> None:
    (found,) = receipts(transmission(item(), total=1_250_050))
    assert (found.day, found.amount) == (date(2026, 11, 2), Money(1_250_050, "NOK"))
    assert (found.references, found.account, found.line) == (("100107",), "86011117947", 3)
    assert (found.reversal, found.text, found.payer) == (False, "", "")


def test_the_zeros_and_the_hyphen_of_a_kid_are_kept() -> None:
    found = receipts(transmission(item("0000531"), item("12345-"), total=2_500_100))
    assert [each.references for each in found] == [("0000531",), ("12345-",)]


def test_a_payment_without_a_kid_has_its_text() -> None:
    rows = [*item("", kind="21"), words("Faktura 1001, takk for brødet")]
    (found,) = receipts(transmission(rows, total=1_250_050))
    assert (found.references, found.text) == ((), "Faktura 1001, takk for brødet")


@pytest.mark.parametrize(("kind", "sign"), [("13", "-"), ("18", "-"), ("20", "0")])
def test_what_is_taken_back_is_below_nothing_and_the_total_counts_it_so(kind: str, sign: str) -> None:
    paid, back = item(ore=90_000), item("100206", 25_000, kind=kind, sign=sign)
    _, found = receipts(transmission(paid, back, total=65_000))
    assert (found.amount, found.reversal, found.references) == (Money(-25_000, "NOK"), True, ("100206",))


def test_a_payment_of_the_nineties_keeps_its_century() -> None:
    (found,) = receipts(transmission(item(day="200192"), total=1_250_050))
    assert found.day == date(1992, 1, 20)


def test_several_assignments_and_transmissions_are_all_read() -> None:
    other = assignment([item("200105", 40_000)], 40_000, BEGIN.replace("86011117947", "12345678903"))
    both = wrap(assignment([item()], 1_250_050), other, count=2, total=1_290_050)
    found = receipts([*both, *transmission(item("300104"), total=1_250_050)])
    assert [each.references[0] for each in found] == ["100107", "200105", "300104"]
    assert [each.account for each in found] == ["86011117947", "12345678903", "86011117947"]


def test_a_day_without_payments_says_how_far_the_bank_has_told() -> None:
    reading = read("\n".join(transmission(total=0)).encode())
    assert (reading.receipts, reading.problems, reading.through) == ((), (), date(2026, 11, 2))


def test_the_same_payment_is_named_alike_in_another_file_and_equal_ones_are_told_apart() -> None:
    alone = receipts(transmission(item(), total=1_250_050))
    twice = receipts(transmission(item(), item(), total=2_500_100))
    assert twice[0].mark == alone[0].mark
    assert twice[1].mark not in ("", twice[0].mark)


@pytest.mark.parametrize(("assigned", "what"), [("24", "agreements"), ("00", "claims"), ("36", "deletions")])
def test_an_avtalegiro_file_is_named_and_gives_no_money(assigned: str, what: str) -> None:
    begin, end = (f"NY21{assigned}{kind}".ljust(80, "0") for kind in ("20", "88"))
    claim = f"NY2121300000001171126{'':11}{100:017}{'008000011688373':>25}000000"
    problem = refusal([START, begin, claim, end, "NY000089".ljust(80, "0")])
    assert (problem.code, problem.line, problem.facts) == ("avtalegiro", 2, {"what": what})


def test_another_service_is_named_and_the_payments_beside_it_count() -> None:
    other = ["NY040020".ljust(80, "0"), f"NY040088{0:08}{2:08}".ljust(80, "0")]
    lines = wrap(other, assignment([item()], 1_250_050), count=1, total=1_250_050)
    reading = read("\n".join(lines).encode())
    assert [p.code for p in reading.problems] == ["unsupported"]
    assert [r.references for r in reading.receipts] == [("100107",)]


def test_a_wrong_sum_refuses_the_whole_file() -> None:
    problem = refusal(transmission(item(), total=1_250_051))
    assert problem.code == "statement_wrong"
    assert problem.facts == {"stated": "12500.51 NOK", "found": "12500.50 NOK"}


def test_a_missing_payment_refuses_the_whole_file() -> None:
    lines = transmission(item(), item("100206"), total=2_500_100)
    assert refusal(lines[:2] + lines[4:]).code == "statement_incomplete"


def test_a_missing_text_is_a_problem_while_the_money_holds() -> None:
    lines = transmission([*item("", kind="21"), words("Faktura 1001")], total=1_250_050)
    reading = read("\n".join(lines[:4] + lines[5:]).encode())
    assert [(r.amount.minor, r.text) for r in reading.receipts] == [(1_250_050, "")]
    assert [(p.code, p.facts) for p in reading.problems] == [
        ("statement_incomplete", {"stated": "5", "found": "4"})
    ]


def test_totals_of_the_transmission_must_agree_too() -> None:
    lines = transmission(item(), total=1_250_050)
    assert refusal([*lines[:-1], lines[-1].replace("1250050", "1250051")]).code == "statement_wrong"
    assert refusal([*lines[:-1], lines[-1].replace("NY00008900000001", "NY00008900000002")]).code == (
        "statement_incomplete"
    )


@pytest.mark.parametrize("amount", ["0000000000125O050", "             -250", "                 "])
def test_a_garbled_amount_refuses_the_whole_file(amount: str) -> None:
    first, second = item()
    assert refusal(transmission([first[:32] + amount + first[49:], second], total=1_250_050)).code == (
        "bad_amount"
    )


def test_a_sign_that_is_none_refuses_the_whole_file() -> None:
    assert refusal(transmission(item(sign="x"), total=1_250_050)).code == "bad_amount"


def test_a_day_that_does_not_exist_costs_that_payment_only() -> None:
    reading = read("\n".join(transmission(item(day="310226"), item("100206"), total=2_500_100)).encode())
    assert [r.references for r in reading.receipts] == [("100206",)]
    assert [(p.code, p.line, p.facts) for p in reading.problems] == [("bad_date", 3, {"value": "310226"})]


def test_a_tab_inside_the_kid_costs_the_kid_only() -> None:
    first, second = item()
    shifted = first[:60] + "\t" + first[61:]
    reading = read("\n".join(transmission([shifted, second], total=1_250_050)).encode())
    assert [(r.references, r.amount.minor) for r in reading.receipts] == [((), 1_250_050)]
    assert [(p.code, p.line) for p in reading.problems] == [("broken_row", 3)]


def test_a_line_of_an_unknown_kind_is_a_problem_and_the_payment_counts() -> None:
    reading = read("\n".join(transmission([*item(), "NY091039".ljust(80, "0")], total=1_250_050)).encode())
    assert len(reading.receipts) == 1
    assert [(p.code, p.line) for p in reading.problems] == [("broken_row", 5)]


def test_lines_that_belong_to_no_payment_are_problems() -> None:
    _, stray = item()
    reading = read("\n".join(transmission([stray, *item()], total=1_250_050)).encode())
    assert len(reading.receipts) == 1
    assert [(p.code, p.line) for p in reading.problems] == [("broken_row", 3)]


def test_a_payment_that_lost_its_amount_refuses_the_file() -> None:
    assert refusal(transmission(item()[1:], total=0)).code == "statement_incomplete"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp850", "latin-1"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r", ""])
def test_any_encoding_and_line_ending_will_do(encoding: str, ending: str) -> None:
    rows = [*item("", kind="21"), words("Brød på søndag")]
    text = ending.join(transmission(rows, total=1_250_050))
    (found,) = read(text.encode(encoding)).receipts
    assert (found.text, found.amount) == ("Brød på søndag", Money(1_250_050, "NOK"))


@pytest.mark.shared
def test_the_shared_samples_give_what_is_known_of_them(shared: Path) -> None:
    folder = shared / "bank" / "ocr-giro-no"
    reading = read((folder / "ocr_giro_transactions.txt").read_bytes())
    assert (len(reading.receipts), reading.problems) == (20, ())
    assert sum(r.amount.minor for r in reading.receipts) == 5_144_900
    assert reading.receipts[0].text == "Foo bar baz"
