"""BgMax: payments with all their references, deductions, sections, and totals that must agree."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from bot.documents import Reading, Receipt
from bot.money import Money
from storage.readers import read
from tests.storage.readers.banked import refusal, taken

START = "01BGMAX               0120261102173035010331P"
NAME = "26Café Norrsken                      "
Lines = Sequence[str]


def payment(
    reference: str = "655969", ore: int = 1_250_050, *, code: str = "20", serial: int = 10, payer: str = NAME
) -> list[str]:
    """A payment or deduction with its payer."""
    kind = "2" if reference else "1"
    return [
        f"{code}0003783511{reference:>25}{ore:018}{kind}2{serial:012}0",
        payer,
        "27Storgatan 2",
        "29005500001234",
    ]


def extra(reference: str, ore: int = 0, *, code: str = "22", serial: int = 10) -> str:
    return f"{code}0003783511{reference:>25}{ore:018}22{serial:012}0"


def section(
    *payments: Lines, total: int, currency: str = "SEK", day: str = "20261102", number: int = 74
) -> list[str]:
    rows = [row for each in payments for row in each]
    count = sum(row[:2] in ("20", "21") for row in rows)
    end = f"15{58410000010098232:035}{day}{number:05}{total:018}{currency}{count:08}"
    return [f"050009912346          {currency}", *rows, end]


def file_of(*sections: Lines, start: str = START) -> list[str]:
    rows = [row for each in sections for row in each]
    codes = [row[:2] for row in rows]
    extras = codes.count("22") + codes.count("23")
    end = f"70{codes.count('20'):08}{codes.count('21'):08}{extras:08}{codes.count('15'):08}"
    return [row.ljust(80) for row in (start, *rows, end)]


def reading_of(*sections: Lines, start: str = START) -> Reading:
    return read("\r\n".join(file_of(*sections, start=start)).encode("latin-1"))


def receipts(*sections: Lines) -> tuple[Receipt, ...]:
    return taken(file_of(*sections), "bgmax")


def test_a_payment_gives_its_day_amount_reference_payer_and_our_account() -> None:
    (found,) = receipts(section(payment(), total=1_250_050))
    assert (found.day, found.amount) == (date(2026, 11, 2), Money(1_250_050, "SEK"))
    assert (found.references, found.payer) == (("655969",), "Café Norrsken")
    assert (found.account, found.line, found.reversal) == ("9912346", 3, False)


def test_a_payment_without_a_reference_has_the_payers_words() -> None:
    said = [*payment(""), "25Faktura 1001", "25och 1002"]
    (found,) = receipts(section(said, total=1_250_050))
    assert (found.references, found.text) == ((), "Faktura 1001 och 1002")


def test_a_deduction_takes_back_and_the_deposit_counts_it_so() -> None:
    paid, taken = payment(), payment("898531", 50_000, code="21", serial=11)
    _, found = receipts(section(paid, taken, total=1_200_050))
    assert (found.amount, found.reversal, found.references) == (Money(-50_000, "SEK"), True, ("898531",))


def test_extra_references_without_amounts_all_belong_to_the_payment() -> None:
    (found,) = receipts(section([*payment(), extra("657866"), extra("658765")], total=1_250_050))
    assert found.references == ("655969", "657866", "658765")


def test_several_references_in_one_field_are_given_whole_and_in_pieces() -> None:
    (found,) = receipts(section(payment("657866 658765"), total=1_250_050))
    assert found.references == ("657866 658765", "657866", "658765")


def test_a_payment_whose_parts_come_to_it_is_given_as_its_parts() -> None:
    rows = [*payment(ore=90_000), extra("657866", 60_000), extra("658765", 30_000)]
    found = receipts(section(rows, total=90_000))
    assert [(r.amount.minor, r.references) for r in found] == [(60_000, ("657866",)), (30_000, ("658765",))]
    assert len({r.mark for r in found}) == 2


@pytest.mark.parametrize(
    "last", [extra("658765", 29_999), extra("658765"), extra("658765", 30_000, code="23")]
)
def test_parts_that_do_not_come_to_it_or_are_set_off_leave_it_whole(last: str) -> None:
    (found,) = receipts(section([*payment(ore=90_000), extra("657866", 60_000), last], total=90_000))
    assert (found.amount.minor, found.references) == (90_000, ("655969", "657866", "658765"))


def test_a_credit_note_set_off_inside_a_payment_is_no_reversal() -> None:
    rows = [*payment(ore=30_000), extra("657866", 60_000), extra("658765", 30_000, code="23")]
    (found,) = receipts(section(rows, total=30_000))
    assert (found.amount.minor, found.reversal) == (30_000, False)


@pytest.mark.parametrize(
    "bad",
    [
        extra("657965").replace(" " * 17, "\t\t "),
        extra("657965").replace("   ", "  ", 1),
        extra("6", serial=9),
    ],
)
def test_an_extra_reference_whose_columns_have_shifted_is_a_problem_for_it_alone(bad: str) -> None:
    reading = reading_of(section([*payment(), extra("657866"), bad], total=1_250_050))
    assert [r.references for r in reading.receipts] == [("655969", "657866")]
    assert [(p.code, p.line) for p in reading.problems] == [("broken_row", 8)]


def test_sections_have_their_own_account_currency_and_day() -> None:
    euro = section(payment("801266", 300_000), total=300_000, currency="EUR", day="20261103", number=75)
    found = receipts(section(payment(), total=1_250_050), euro)
    assert [(str(r.amount.decimal), r.amount.currency) for r in found] == [
        ("12500.50", "SEK"),
        ("3000.00", "EUR"),
    ]
    assert reading_of(section(payment(), total=1_250_050), euro).through == date(2026, 11, 3)


def test_a_day_without_payments_says_how_far_the_bank_has_told() -> None:
    reading = reading_of()
    assert (reading.receipts, reading.problems, reading.through) == ((), (), date(2026, 11, 2))


def test_the_same_payment_is_named_alike_in_another_file_and_equal_ones_are_told_apart() -> None:
    (alone,) = receipts(section(payment(), total=1_250_050))
    first, second = receipts(section(payment(), payment(), total=2_500_100))
    assert first.mark == alone.mark
    assert second.mark not in ("", first.mark)


def test_a_sum_that_is_not_the_deposit_refuses_the_whole_file() -> None:
    problem = refusal(file_of(section(payment(), total=1_250_051)))
    assert (problem.code, problem.facts) == (
        "statement_wrong",
        {"stated": "12500.51 SEK", "found": "12500.50 SEK"},
    )


def test_a_missing_line_refuses_the_whole_file() -> None:
    lines = file_of(section(payment(), [*payment(serial=11), extra("657866", serial=11)], total=2_500_100))
    for at in (0, 1, 2, 6, 11, 12):
        assert refusal(lines[:at] + lines[at + 1 :]).code in (
            "statement_incomplete", "bad_amount", "unknown_format",
        )  # fmt: skip


def test_a_missing_extra_reference_is_a_problem_while_the_money_holds() -> None:
    lines = file_of(section([*payment(), extra("657866")], total=1_250_050))
    reading = read("\n".join(lines[:6] + lines[7:]).encode("latin-1"))
    assert [r.references for r in reading.receipts] == [("655969",)]
    assert [p.code for p in reading.problems] == ["statement_incomplete"]


@pytest.mark.parametrize("amount", ["00000000000125OO50", "                  ", "-00000000000125005"])
def test_a_garbled_amount_refuses_the_whole_file(amount: str) -> None:
    first, *more = payment()
    problem = refusal(file_of(section([first[:37] + amount + first[55:], *more], total=1_250_050)))
    assert (problem.code, problem.line) == ("bad_amount", 3)


def test_a_tab_before_the_amount_refuses_the_whole_file() -> None:
    first, *more = payment()
    assert (
        refusal(file_of(section([first.replace("  ", " \t", 1), *more], total=1_250_050))).code
        == "bad_amount"
    )


def test_two_currencies_in_one_section_refuse_the_file() -> None:
    begin, *rest = section(payment(), total=1_250_050)
    assert refusal(file_of([begin.replace("SEK", "EUR"), *rest])).code == "bad_currency"


def test_a_day_that_does_not_exist_costs_its_section_only() -> None:
    reading = reading_of(
        section(payment(), total=1_250_050, day="20261399"), section(payment("650861"), total=1_250_050)
    )
    assert [r.references for r in reading.receipts] == [("650861",)]
    assert [(p.code, p.facts) for p in reading.problems] == [("bad_date", {"value": "20261399"})]


def test_a_year_that_cannot_be_is_the_files_own_where_month_and_day_are() -> None:
    reading = reading_of(section(payment(), total=1_250_050, day="10261102"))
    assert [r.day for r in reading.receipts] == [date(2026, 11, 2)]
    facts = {"value": "1026-11-02", "year": "2026"}
    assert [(p.code, p.line, p.facts) for p in reading.problems] == [("damaged_year", 7, facts)]


def test_a_year_that_cannot_be_on_another_day_is_no_day() -> None:
    reading = reading_of(section(payment(), total=1_250_050, day="10261103"))
    assert (reading.receipts, [p.code for p in reading.problems]) == ((), ["bad_date"])


def test_a_file_that_the_bank_calls_a_test_gives_no_money() -> None:
    assert refusal(file_of(section(payment(), total=1_250_050), start=START[:-1] + "T")).code == "test_file"


def test_a_line_of_an_unknown_kind_is_a_problem_and_the_payment_counts() -> None:
    reading = reading_of(section([*payment(), "99Unknown"], total=1_250_050))
    assert len(reading.receipts) == 1
    assert [(p.code, p.line) for p in reading.problems] == [("broken_row", 7)]


def test_lines_before_the_first_payment_belong_to_nobody() -> None:
    reading = reading_of(section([NAME, "27Storgatan 2", *payment()], total=1_250_050))
    assert [r.payer for r in reading.receipts] == ["Café Norrsken"]
    assert [(p.code, p.line) for p in reading.problems] == [("broken_row", 3), ("broken_row", 4)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp850", "latin-1"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r", ""])
def test_any_encoding_and_line_ending_will_do(encoding: str, ending: str) -> None:
    text = ending.join(file_of(section(payment(payer="26Färg på Öland AB"), total=1_250_050)))
    (found,) = read(text.encode(encoding)).receipts
    assert (found.payer, found.amount) == ("Färg på Öland AB", Money(1_250_050, "SEK"))


def test_blanks_cut_from_the_ends_of_lines_do_not_matter() -> None:
    lines = file_of(section([*payment(), extra("657866")], total=1_250_050))
    stripped = read("\n".join(line.rstrip() for line in lines).encode())
    assert stripped == read("\n".join(lines).encode())


@pytest.mark.shared
def test_the_tabs_of_the_shared_sample_cost_one_reference(shared: Path) -> None:
    reading = read((shared / "bank" / "bgmax-se" / "fabhed-exempelfil.txt").read_bytes())
    assert [(p.code, p.line) for p in reading.problems] == [("broken_row", 17)]
    assert [r.amount.minor for r in reading.receipts] == [
        100_000, -50_000, 140_000, 110_000, 120_000, 70_000, 500_000
    ]  # fmt: skip
