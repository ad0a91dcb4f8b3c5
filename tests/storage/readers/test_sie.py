"""SIE: invoices whose numbers stand in the postings, and a plain word where they do not."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.documents import Reading
from bot.money import Money
from storage.readers import PROBLEMS, read

RAW = (Path(__file__).resolve().parents[2] / "samples" / "sie" / "journal.se").read_bytes()
BOOKS = RAW.decode("cp437")
PAID = '-999.90 "" "Faktnr: 1002, Namn: Bygg & Betong"\r\n   #TRANS 1920'


def reading_of(text: str) -> Reading:
    return read(text.encode("cp437"))


def test_an_open_invoice_has_its_number_customer_and_day_and_is_asked_about() -> None:
    (found,) = reading_of(BOOKS).documents
    assert (found.number, found.amount, found.issued) == ("1001", Money(1_250_050, "SEK"), date(2026, 10, 1))
    assert (found.buyer.name, found.seller.name) == ("Café Norrsken", "Åsas Bageri AB")
    assert (found.collectable, found.why_not, found.line) == ("ask", "no_due_date", 11)


def test_number_and_customer_in_brackets_are_known_too() -> None:
    text = BOOKS.replace("Faktnr: 1001, Namn: Café Norrsken", "[1001] CAFE NORRSKEN")
    (found,) = reading_of(text).documents
    assert (found.number, found.buyer.name) == ("1001", "CAFE NORRSKEN")


def test_utf_8_is_read_though_the_format_says_otherwise() -> None:
    assert read(BOOKS.encode()).documents == reading_of(BOOKS).documents


def test_an_invoice_without_a_number_is_a_problem_and_hides_no_other() -> None:
    text = BOOKS.replace(
        '12500.50 "" "Faktnr: 1001, Namn: Café Norrsken"',
        '12000.50 "" ""\r\n   #TRANS 1510 {} 500 "" "[7] A"',
        1,
    )
    reading = reading_of(text)
    assert [d.number for d in reading.documents] == ["7"]
    assert [(p.code, p.line) for p in reading.problems] == [("missing_number", 11)]


def test_a_payment_without_a_number_may_be_for_any_invoice_and_so_none_is_told() -> None:
    reading = reading_of(BOOKS.replace(PAID, '-999.90 "" ""\r\n   #TRANS 1920'))
    assert (reading.documents, [p.code for p in reading.problems]) == ((), ["balances_only"])


def test_a_balance_that_the_invoices_do_not_come_to_gives_none() -> None:
    assert reading_of(BOOKS + "#UB 0 1510 12500.50\r\n").documents == reading_of(BOOKS).documents
    assert reading_of(BOOKS + "#UB 0 1510 99999\r\n").documents == ()


def test_journals_of_sums_say_what_to_export_instead() -> None:
    sums = '#FLAGGA 0\n#VER A 3 20260421 "Journal 2"\n{\n#TRANS 1510 {} 6626\n#TRANS 3000 {} -6626\n}\n'
    assert [(p.code, p.facts) for p in reading_of(sums).problems] == [("balances_only", {"name": "SIE"})]


@pytest.mark.parametrize(
    ("old", "new", "code"), [("12500.50", "12..5", "bad_amount"), ("20261001", "20260230", "bad_date")]
)
def test_a_garbled_posting_gives_nothing(old: str, new: str, code: str) -> None:
    reading = reading_of(BOOKS.replace(old, new))
    assert (reading.documents, [p.code for p in reading.problems]) == ((), [code])


def test_a_voucher_that_does_not_come_to_nothing_spoils_the_file() -> None:
    reading = reading_of(BOOKS.replace("#TRANS 1510 {} 12500.50", "#TRANS 1510 {} 1250.50"))
    assert (reading.documents, [(p.code, p.line) for p in reading.problems]) == ((), [("statement_wrong", 9)])


def test_a_file_that_ends_within_a_voucher_gives_nothing() -> None:
    for end in range(BOOKS.index("#VER C"), len(BOOKS) - 4):
        assert reading_of(BOOKS[:end]).documents in ((), reading_of(BOOKS[: BOOKS.index("#VER C")]).documents)
    assert [p.code for p in reading_of(BOOKS[:-5]).problems] == ["statement_incomplete"]


@given(st.floats(0, 1), st.binary(max_size=12))
@settings(max_examples=60, deadline=None)
def test_no_damage_crashes_the_reader(part: float, noise: bytes) -> None:
    at = int(len(RAW) * part)
    for content in (RAW[:at], RAW[:at] + noise + RAW[at + 3 :]):
        assert all(p.code in PROBLEMS for p in read(content).problems)


@pytest.mark.shared
def test_the_shared_samples_give_the_invoices_they_name(shared: Path) -> None:
    found = {
        path.name: [(d.number, str(d.amount.decimal)) for d in read(path.read_bytes()).documents if d.amount]
        for path in (shared / "accounting" / "sie").iterdir()
    }
    assert found == {
        "BL0001_typ4I.SI": [("2452", "1000.00"), ("2454", "250.00"), ("2455", "1000.00")],
        "FAKT.SI": [("891", "8000.00")],
        "SIE_exempelfil.se": [],
        "visma-enskild-firma-2010.se": [],
    }
