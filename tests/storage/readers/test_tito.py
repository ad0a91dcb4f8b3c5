"""TITO: what came in by a statement, what itemises it, corrections, and balances that must follow."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from bot.documents import Receipt
from bot.money import Money
from storage.readers import read
from tests.storage.readers.banked import refusal, taken

ARCHIVE = "2611021950AA020101"
Lines = Sequence[str]


def entry(
    cents: int = 1_250_050,
    *,
    sort: str = "1",
    reference: str = "1009",
    archive: str = ARCHIVE,
    level: str = " ",
    party: str = "KAHVILA REVONTULI",
    booked: str = "261102",
    code: str = "710",
) -> str:
    days = f"{booked}261102261102"
    amount = f"{'-' if cents < 0 else '+'}{abs(cents):018}"
    begin = f"T10188000001{archive:<18}{days}{sort}{code}{'Pano':<35}{amount} A{party:<35}J"
    return f"{begin}{'':15}{reference:0>20}{'':8}{level}"


def more(kind: str, text: str) -> str:
    return f"T11{len(text) + 8:03}{kind}{text}"


def statement(
    *rows: str,
    closing: int | None = None,
    opening: int = 440_927,
    count: int | None = None,
    currency: str = "EUR",
    iban: str = "FI4819503000000010 NDEAFIHH",
    balance_day: str = "261102",
) -> list[str]:
    moved = sum(int(row[87:106]) for row in rows if row.startswith("T10") and row[187:188] == " ")
    count = len(rows) + 2 if count is None else count
    period = f"19503000000010044261102261103{'2611032359':<27}261101"
    start = f"T00322100{period}{opening:+019}{count:06}{currency}"
    start = f"{start}{'Shekkitili':<30}{0:018}{'ÅSAN LEIPOMO':<35}{'Pankki Oyj':<80}{iban}"
    return [
        start,
        *rows,
        f"T40050{balance_day}{opening + moved if closing is None else closing:+019}{0:+019}",
    ]


def receipts(lines: Lines) -> tuple[Receipt, ...]:
    return taken(lines, "tito")


def test_a_deposit_gives_its_booking_day_amount_reference_payer_and_our_account() -> None:
    (found,) = receipts(statement(entry()))
    assert (found.day, found.amount) == (date(2026, 11, 2), Money(1_250_050, "EUR"))
    assert (found.references, found.payer) == (("1009",), "KAHVILA REVONTULI")
    assert (found.account, found.mark, found.line) == ("FI4819503000000010", ARCHIVE, 2)
    assert (found.reversal, found.text) == (False, "Pano")


def test_the_account_is_the_national_one_where_the_bank_adds_no_iban() -> None:
    (found,) = receipts(statement(entry(), iban=""))
    assert found.account == "19503000000010"


def test_the_statement_tells_of_every_day_of_its_period() -> None:
    assert read("\n".join(statement(entry())).encode("latin-1")).through == date(2026, 11, 3)
    assert read("\n".join(statement()).encode("latin-1")).through == date(2026, 11, 3)


def test_the_payers_message_is_put_together_from_its_lines() -> None:
    message = f"{'LASKU 1001':<35}{'JA 1002':<35}"
    (found,) = receipts(statement(entry(reference=""), more("00", message), more("00", "KIITOS")))
    assert (found.references, found.text) == ((), "LASKU 1001 JA 1002 KIITOS")


def test_an_invoice_number_and_an_rf_reference_that_the_payer_gave_are_references() -> None:
    rows = [more("02", f"{'1111':>10} {'1001':>15} 261101"), more("11", "RF74100978".ljust(35))]
    (found,) = receipts(statement(entry(), *rows))
    assert found.references == ("1009", "1001", "RF74100978")


def test_an_end_to_end_id_is_no_reference() -> None:
    (found,) = receipts(statement(entry(), more("11", "BANK017074532".ljust(35))))
    assert found.references == ("1009",)


def test_what_went_out_is_no_receipt() -> None:
    assert receipts(statement(entry(), entry(-5_000, sort="2"))) == receipts(statement(entry()))


def test_a_deposit_taken_back_is_a_reversal_below_nothing() -> None:
    _, found = receipts(statement(entry(585), entry(-585, sort="3", archive="2611021950AA020102")))
    assert (found.amount, found.reversal) == (Money(-585, "EUR"), True)


def test_own_money_that_came_back_is_no_payment() -> None:
    (found,) = receipts(statement(entry(2_000, sort="4")))
    assert (found.amount, found.reversal) == (Money(2_000, "EUR"), True)


def test_what_the_bank_rejected_moved_nothing() -> None:
    lines = statement(entry(), entry(9_999, sort="9"), closing=440_927 + 1_250_050)
    assert [r.amount.minor for r in receipts(lines)] == [1_250_050]


def test_a_deposit_is_given_as_its_parts_when_they_come_to_it() -> None:
    whole = entry(90_000, reference="", archive="", party="", code="705")
    parts = [
        entry(60_000, level="1", reference="1009", archive=""), more("00", "VIESTI"),
        entry(30_000, level="1", reference="2008", archive=""),
    ]  # fmt: skip
    found = receipts(statement(whole, *parts))
    assert [(r.amount.minor, r.references) for r in found] == [(60_000, ("1009",)), (30_000, ("2008",))]
    assert (found[0].text, len({r.mark for r in found})) == ("VIESTI", 2)


def test_parts_of_parts_are_not_counted_again() -> None:
    parts = [entry(60_000, level="1"), entry(60_000, level="2"), entry(30_000, level="1")]
    assert [r.amount.minor for r in receipts(statement(entry(90_000), *parts))] == [60_000, 30_000]


@pytest.mark.parametrize("last", [29_999, -30_000])
def test_a_deposit_whose_parts_do_not_come_to_it_stays_whole(last: int) -> None:
    parts = [entry(60_000, level="1"), entry(last, level="1")]
    assert [r.amount.minor for r in receipts(statement(entry(90_000), *parts))] == [90_000]


def test_a_correction_of_many_is_given_as_its_parts_too() -> None:
    parts = [entry(-1_000, level="1", sort="3"), entry(-2_300, level="1", sort="3", reference="2008")]
    found = receipts(statement(entry(-3_300, sort="3"), *parts))
    assert [(r.amount.minor, r.reversal) for r in found] == [(-1_000, True), (-2_300, True)]


def test_an_entry_without_an_archive_number_is_named_by_what_is_known_of_it() -> None:
    first, second = receipts(statement(entry(archive=""), entry(archive="")))
    (alone,) = receipts(statement(entry(archive="")))
    assert first.mark == alone.mark
    assert second.mark not in ("", first.mark)


def test_several_statements_are_all_read_and_each_must_hold() -> None:
    other = statement(entry(5_000), currency="SEK", iban="FI2112345600000785 NDEAFIHH")
    found = receipts([*statement(entry()), *other])
    assert [(r.amount.currency, r.account[:4]) for r in found] == [("EUR", "FI48"), ("SEK", "FI21")]
    assert refusal([*statement(entry()), *statement(entry(), closing=1)]).code == "statement_wrong"


def test_a_balance_of_every_day_is_fine_and_the_last_one_counts() -> None:
    first, *rest = statement(entry(), entry(-5_000, sort="2"))
    middle = f"T40050261102{440_927 + 1_250_050:+019}{0:+019}"
    lines = [first.replace("000004EUR", "000005EUR"), rest[0], middle, *rest[1:]]
    assert len(receipts(lines)) == 1


def test_sums_of_the_period_and_notices_tell_of_no_money() -> None:
    rows = ["T50067126110200000001" + f"{5:+019}{0:08}{0:+019}", "T70489NDEHyvää joulua"]
    assert receipts(statement(entry(), *rows)) == receipts(statement(entry()))


def test_a_balance_that_does_not_follow_refuses_the_whole_file() -> None:
    problem = refusal(statement(entry(), closing=1_690_978))
    assert problem.code == "statement_wrong"
    assert problem.facts == {"stated": "16909.78 EUR", "found": "16909.77 EUR"}


def test_a_missing_balance_refuses_the_whole_file() -> None:
    assert refusal(statement(entry())[:-1]).code == "statement_incomplete"


def test_rows_that_are_missing_while_the_money_holds_shorten_what_the_statement_tells_of() -> None:
    reading = read("\n".join(statement(entry(), count=9)).encode("latin-1"))
    assert [r.amount.minor for r in reading.receipts] == [1_250_050]
    assert reading.through == date(2026, 11, 2)
    assert [(p.code, p.facts) for p in reading.problems] == [
        ("statement_incomplete", {"stated": "9", "found": "3"})
    ]


@pytest.mark.parametrize("count", [0, 1])
def test_a_count_left_out_or_of_the_entries_alone_is_fine(count: int) -> None:
    assert len(receipts(statement(entry(), count=count))) == 1


@pytest.mark.parametrize("amount", ["+0000000000012500O", "*000000000001250050", " " * 19])
def test_a_garbled_amount_refuses_the_whole_file(amount: str) -> None:
    start, row, end = statement(entry())
    assert refusal([start, row[:87] + f"{amount:<19}" + row[106:], end]).code == "bad_amount"


@pytest.mark.parametrize("currency", ["eur", "E1R", "   ", "ISK"])
def test_a_currency_that_is_none_or_has_no_cents_refuses_the_file(currency: str) -> None:
    assert refusal(statement(entry(), currency=currency)).code == "bad_currency"


def test_a_day_that_does_not_exist_costs_that_entry_only() -> None:
    reading = read("\n".join(statement(entry(booked="261131"), entry(100))).encode("latin-1"))
    assert [r.amount.minor for r in reading.receipts] == [100]
    assert [(p.code, p.line) for p in reading.problems] == [("bad_date", 2)]


def test_a_tab_in_the_name_costs_the_reference_only() -> None:
    reading = read("\n".join(statement(entry(party="KAHVILA\tREVONTULI"))).encode("latin-1"))
    assert [(r.amount.minor, r.references) for r in reading.receipts] == [(1_250_050, ())]
    assert [(p.code, p.line) for p in reading.problems] == [("broken_row", 2)]


def test_what_belongs_to_no_entry_is_a_problem() -> None:
    reading = read("\n".join(statement(more("00", "VIESTI"), entry())).encode("latin-1"))
    assert len(reading.receipts) == 1
    assert [(p.code, p.line) for p in reading.problems] == [("broken_row", 2)]


def test_seven_bit_letters_are_the_finnish_ones() -> None:
    lines = [row.replace("Å", "]") for row in statement(entry(party="P[IV[N K{yr{"))]
    (found,) = read("\n".join(lines).encode("ascii")).receipts
    assert found.payer == "PÄIVÄN Käyrä"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp850", "latin-1"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_any_encoding_and_line_ending_will_do(encoding: str, ending: str) -> None:
    text = ending.join(row.rstrip() for row in statement(entry(party="KÄPYLÄ & ÅSA")))
    (found,) = read(text.encode(encoding)).receipts
    assert (found.payer, found.amount) == ("KÄPYLÄ & ÅSA", Money(1_250_050, "EUR"))


@pytest.mark.shared
def test_the_shared_sample_leads_from_its_first_balance_to_its_last(shared: Path) -> None:
    reading = read((shared / "bank" / "tito-fi" / "nordea-tito.txt").read_bytes())
    assert (len(reading.receipts), reading.problems) == (13, ())
    assert [(r.amount.minor, r.text) for r in reading.receipts if r.reversal] == [
        (-585, "Pano korjaus"), (-3_300, "Viitepanojen korjaus")
    ]  # fmt: skip


@pytest.mark.parametrize("sort", ["1", "3"])
def test_reference_payments_of_which_only_the_sum_is_there_are_known_for_it(sort: str) -> None:
    cents = -3_300 if sort == "3" else 213_200
    plain = {"reference": "", "party": "", "archive": "", "sort": sort}
    (found,) = receipts(statement(entry(cents, code="705", **plain)))
    assert found.is_sum and found.amount == Money(cents, "EUR")


def test_a_payment_that_says_anything_of_itself_is_no_sum() -> None:
    unnamed = {"reference": "", "party": "", "code": "705"}
    rows = (
        entry(code="705"),
        entry(code="705", reference="", archive="A2"),
        entry(reference="", party="", archive="A3"),
        entry(30_000, **unnamed, archive="A4"),
        entry(30_000, archive="A5", level="1"),
    )
    assert [found.is_sum for found in receipts(statement(*rows))] == [False] * 4
