"""SAF-T: a customer's open invoices where the postings explain the balance, and nothing where they do not."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.money import Money
from storage.readers import PROBLEMS, read

BOOKS = (Path(__file__).resolve().parents[2] / "samples" / "saf-t" / "open_items.xml").read_text("utf-8")


def codes(text: str) -> tuple[list[str], list[str]]:
    reading = read(text.encode())
    return [d.number for d in reading.documents], [p.code for p in reading.problems]


def test_an_open_invoice_has_its_customer_number_due_date_and_kid() -> None:
    (found,) = read(BOOKS.encode()).documents
    assert (found.number, found.amount, found.reference) == ("1001", Money(1_250_050, "NOK"), "1001072")
    assert (found.issued, found.due, found.collectable) == (date(2026, 10, 1), date(2026, 10, 31), "yes")
    assert (found.buyer.name, found.buyer.org_no) == ("Café Norrsken AS", "987654325")
    assert (found.buyer.email, found.buyer.contact) == ("post@norrsken.example", "Nora Lys")
    assert (found.seller.name, found.seller.org_no) == ("Åsas Bageri", "123456785")


def test_a_part_payment_leaves_the_rest() -> None:
    paid = BOOKS.replace("<CreditAmount><Amount>999.90", "<CreditAmount><Amount>900.00")
    paid = paid.replace("<ClosingDebitBalance>0<", "<ClosingDebitBalance>99.90<")
    found = {d.number: d for d in read(paid.encode()).documents}
    assert (found["1002"].amount, found["1002"].total) == (Money(9_990, "NOK"), Money(99_990, "NOK"))


def test_a_balance_that_the_postings_do_not_explain_gives_a_problem_and_no_invoice_of_that_customer() -> None:
    reading = read(BOOKS.replace("<ClosingDebitBalance>12500.50<", "<ClosingDebitBalance>13000.00<").encode())
    assert reading.documents == ()
    assert [(p.code, p.facts) for p in reading.problems] == [
        ("items_unknown", {"customer": "Café Norrsken AS", "balance": "13000.00 NOK"})
    ]


def test_a_payment_without_its_invoice_may_be_for_any_and_so_none_is_chased() -> None:
    assert codes(BOOKS.replace("<CrossReference>1002</CrossReference>", ""))[1] == ["items_unknown"]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("<DueDate>2026-10-31", "<DueDate>2026-02-30", "bad_date"),
        ("<DebitAmount><Amount>12500.50", "<DebitAmount><Amount>12..50", "bad_amount"),
        (
            "<DebitAmount><Amount>12500.50</Amount>",
            "<DebitAmount><Amount>12500.50</Amount><CurrencyCode>EUR</CurrencyCode>",
            "currency_conflict",
        ),
    ],
)
def test_a_line_that_cannot_be_read_leaves_its_customer_out(old: str, new: str, code: str) -> None:
    assert codes(BOOKS.replace(old, new)) == ([], [code])


def test_a_file_of_balances_alone_says_so() -> None:
    text = BOOKS[: BOOKS.index("  <GeneralLedgerEntries>")] + "</AuditFile>"
    reading = read(text.encode())
    assert [(p.code, p.facts) for p in reading.problems] == [("balances_only", {"name": "SAF-T"})]


def test_balances_on_accounts_of_the_newer_version_are_found_too() -> None:
    newer = BOOKS.replace(
        "<AccountID>1500</AccountID>\n        <Opening",
        "<BalanceAccount><AccountID>1500</AccountID>\n<Opening",
    )
    newer = newer.replace("</ClosingDebitBalance>", "</ClosingDebitBalance></BalanceAccount>")
    assert codes(newer) == (["1001"], [])


@given(st.floats(0, 1), st.binary(max_size=12))
@settings(max_examples=40, deadline=None)
def test_no_damage_crashes_the_reader(part: float, noise: bytes) -> None:
    raw = BOOKS.encode()
    at = int(len(raw) * part)
    for content in (raw[:at], raw[:at] + noise + raw[at + 3 :]):
        assert all(p.code in PROBLEMS for p in read(content).problems)


@pytest.mark.shared
def test_the_shared_sample_holds_balances_only(shared: Path) -> None:
    reading = read((shared / "accounting/saf-t-no/ExampleFile_999999999.xml").read_bytes())
    assert (reading.documents, [p.code for p in reading.problems]) == ((), ["balances_only"])
