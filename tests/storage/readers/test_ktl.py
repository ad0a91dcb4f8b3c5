"""KTL: reference payments and direct debits, corrections, and totals that must agree."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from bot.documents import Receipt
from bot.money import Money
from storage.readers import read
from tests.storage.readers.banked import refusal, taken

START = "02611021830  0111111111".ljust(90, "0")
ARCHIVE = "11021950AA123185"
Lines = Sequence[str]
Total = tuple[int, int]
NONE = (0, 0)


def payment(
    reference: str = "1009",
    cents: int = 1_250_050,
    *,
    record: str = "3",
    archive: str = ARCHIVE,
    currency: str = "1",
    correction: str = "0",
    feedback: str = "0",
    booked: str = "261102",
) -> str:
    begin = f"{record}19503000000010{booked}261102{archive:<16}{reference:0>20}"
    return f"{begin}{'KAHVILA REVO':<12}{currency}A{cents:010}{correction}A{feedback}"


def batch(*payments: str, paid: Total = NONE, corrected: Total = NONE, failed: Total = NONE) -> list[str]:
    totals = "".join(f"{count:06}{total:011}" for count, total in (paid, corrected, failed))
    return [START, *payments, f"9{totals}".ljust(90, "0")]


def receipts(lines: Lines) -> tuple[Receipt, ...]:
    return taken(lines, "ktl")


def test_a_payment_gives_its_booking_day_euros_reference_payer_and_our_account() -> None:
    (found,) = receipts(batch(payment(), paid=(1, 1_250_050)))
    assert (found.day, found.amount) == (date(2026, 11, 2), Money(1_250_050, "EUR"))
    assert (found.references, found.payer) == (("1009",), "KAHVILA REVO")
    assert (found.account, found.line, found.reversal) == ("19503000000010", 2, False)


def test_a_payment_has_the_banks_archive_number_with_the_year_as_statements_write_it() -> None:
    (found,) = receipts(batch(payment(), paid=(1, 1_250_050)))
    assert found.mark == "2611021950AA123185"


def test_a_payment_without_an_archive_number_is_named_by_what_is_known_of_it() -> None:
    first, second = receipts(batch(payment(archive=""), payment(archive=""), paid=(2, 2_500_100)))
    (alone,) = receipts(batch(payment(archive=""), paid=(1, 1_250_050)))
    assert first.mark == alone.mark
    assert second.mark not in ("", first.mark)


def test_a_correction_takes_back_and_is_another_than_the_payment_it_corrects() -> None:
    lines = batch(payment(), payment(correction="1"), paid=(1, 1_250_050), corrected=(1, 1_250_050))
    paid, back = receipts(lines)
    assert (back.amount, back.reversal, back.references) == (Money(-1_250_050, "EUR"), True, ("1009",))
    assert back.mark != paid.mark


def test_a_direct_debit_that_failed_is_no_money_and_one_that_went_through_is() -> None:
    went = payment("230000094280", record="5")
    failed = payment("492000045542", 17_064, record="5", feedback="7")
    found = receipts(batch(went, failed, paid=(1, 1_250_050), failed=(1, 17_064)))
    assert [r.references for r in found] == [("230000094280",)]


def test_a_payment_may_leave_the_codes_blank() -> None:
    (found,) = receipts(batch(payment(feedback=" ", correction=" ", currency=" "), paid=(1, 1_250_050)))
    assert (found.amount, found.reversal) == (Money(1_250_050, "EUR"), False)


def test_money_that_is_no_euro_is_a_problem_for_its_line() -> None:
    reading = read("\n".join(batch(payment(currency="0"), payment(), paid=(2, 2_500_100))).encode())
    assert len(reading.receipts) == 1
    assert [(p.code, p.line, p.facts) for p in reading.problems] == [("bad_currency", 2, {"value": "0"})]


def test_seven_bit_letters_are_the_finnish_ones() -> None:
    (found,) = receipts(batch(payment().replace("KAHVILA REVO", "[IJ[N Y\\L{ |"), paid=(1, 1_250_050)))
    assert found.payer == "ÄIJÄN YÖLä ö"


def test_several_batches_are_all_read() -> None:
    one = batch(payment(), paid=(1, 1_250_050))
    assert len(receipts([*one, *batch(payment("2008", 100), paid=(1, 100))])) == 2


def test_a_day_without_payments_says_how_far_the_bank_has_told() -> None:
    reading = read("\n".join(batch()).encode())
    assert (reading.receipts, reading.problems, reading.through) == ((), (), date(2026, 11, 2))


def test_a_wrong_sum_refuses_the_whole_file() -> None:
    problem = refusal(batch(payment(), paid=(1, 1_250_051)))
    assert (problem.code, problem.facts) == (
        "statement_wrong",
        {"stated": "12500.51 EUR", "found": "12500.50 EUR"},
    )


@pytest.mark.parametrize("sort", ["paid", "corrected", "failed"])
def test_a_wrong_count_of_any_sort_refuses_the_whole_file(sort: str) -> None:
    totals = {"paid": (1, 1_250_050)} | {sort: (2, 0)}
    assert refusal(batch(payment(), **totals)).code == "statement_incomplete"


def test_a_correction_that_the_totals_count_as_a_payment_refuses_the_whole_file() -> None:
    assert refusal(batch(payment(correction="1"), paid=(1, 1_250_050))).code == "statement_incomplete"


@pytest.mark.parametrize("amount", ["00O1250050", "-001250050", "          "])
def test_a_garbled_amount_refuses_the_whole_file(amount: str) -> None:
    row = payment()
    assert refusal(batch(row[:77] + amount + row[87:], paid=(1, 1_250_050))).code == "bad_amount"


def test_a_day_that_does_not_exist_costs_that_payment_only() -> None:
    lines = batch(payment(booked="261131"), payment("2008", 100), paid=(2, 1_250_150))
    reading = read("\n".join(lines).encode())
    assert [r.references for r in reading.receipts] == [("2008",)]
    assert [(p.code, p.line) for p in reading.problems] == [("bad_date", 2)]


def test_a_line_of_an_unknown_kind_is_a_problem_and_the_others_count() -> None:
    reading = read("\n".join(batch(payment(), "7 info".ljust(90), paid=(1, 1_250_050))).encode())
    assert len(reading.receipts) == 1
    assert [(p.code, p.line) for p in reading.problems] == [("broken_row", 3)]


def test_a_list_of_numbers_is_no_such_file() -> None:
    assert read(b"02611021830;5\n31950300;6\n").format != "ktl"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp850", "latin-1"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_any_encoding_and_line_ending_will_do(encoding: str, ending: str) -> None:
    text = ending.join(batch(payment().replace("KAHVILA REVO", "KÄPYLÄ & ÅSA"), paid=(1, 1_250_050)))
    (found,) = read(text.encode(encoding)).receipts
    assert (found.payer, found.amount) == ("KÄPYLÄ & ÅSA", Money(1_250_050, "EUR"))


@pytest.mark.shared
def test_the_shared_sample_gives_what_its_last_line_says(shared: Path) -> None:
    reading = read((shared / "bank" / "tito-fi" / "nordea-ktl.txt").read_bytes())
    assert (len(reading.receipts), reading.problems) == (11, ())
    assert sum(r.amount.minor for r in reading.receipts) == 860_289
