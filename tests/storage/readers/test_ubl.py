"""UBL: the figures of an e-invoice, and what makes one not to be chased."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.documents import Document, Problem
from bot.money import Money
from storage.readers import read

OWN = Path(__file__).resolve().parents[2] / "samples" / "ubl"
INVOICE = (OWN / "invoice.xml").read_text("utf-8")
MEANS = INVOICE[INVOICE.index("  <cac:PaymentMeans>") : INVOICE.index("  <cac:LegalMonetaryTotal>")]
DUE = "  <cbc:DueDate>2026-10-31</cbc:DueDate>\n"


def document_of(text: str) -> Document:
    (document,) = read(text.encode()).documents
    return document


def problem_of(text: str) -> Problem:
    reading = read(text.encode())
    assert not reading.documents
    (problem,) = reading.problems
    return problem


def terms(note: str) -> str:
    return f"  <cac:PaymentTerms><cbc:Note>{note}</cbc:Note></cac:PaymentTerms>\n"


def test_an_invoice_gives_every_figure_of_the_payment() -> None:
    found = document_of(INVOICE)
    assert (found.kind, found.number, found.amount) == ("invoice", "1001", Money(1_250_050, "NOK"))
    assert (found.issued, found.due, found.due_source) == (date(2026, 10, 1), date(2026, 10, 31), "stated")
    assert (found.reference, found.account) == ("100107", "86011117947")
    assert (found.collectable, found.why_not) == ("yes", "")


def test_an_invoice_gives_both_parties_and_what_it_is_for() -> None:
    found = document_of(INVOICE)
    assert (found.seller.name, found.seller.org_no) == ("Åsas Bageri", "123456785")
    assert (found.buyer.name, found.buyer.email) == ("Café Norrsken", "post@norrsken.example")
    assert (found.buyer.contact, found.buyer.country, found.buyer.kind) == ("Nora Lys", "NO", "business")
    assert (found.description, found.delivered) == ("Brød til frokost", date(2026, 9, 29))


def test_a_credit_note_is_positive_refers_to_its_invoice_and_is_never_chased() -> None:
    found = document_of((OWN / "credit_note.xml").read_text("utf-8"))
    assert (found.kind, found.amount, found.refers_to) == ("credit_note", Money(25_000, "NOK"), ("1001",))
    assert (found.collectable, found.why_not) == ("no", "credit_note")


def test_an_invoice_below_zero_is_a_credit_note() -> None:
    found = document_of(INVOICE.replace(">12500.50<", ">-12500.50<"))
    assert (found.kind, found.amount, found.collectable) == ("credit_note", Money(1_250_050, "NOK"), "no")


def test_without_a_due_date_it_follows_from_the_terms() -> None:
    found = document_of(INVOICE.replace(DUE, "").replace(MEANS, MEANS + terms("30 dager netto")))
    assert (found.due, found.due_source, found.collectable) == (date(2026, 10, 31), "terms", "yes")


def test_a_due_date_beside_the_payment_means_counts_as_stated() -> None:
    beside = "<cbc:PaymentDueDate>2026-11-02</cbc:PaymentDueDate><cbc:PaymentID>"
    found = document_of(INVOICE.replace(DUE, "").replace("<cbc:PaymentID>", beside))
    assert (found.due, found.due_source) == (date(2026, 11, 2), "stated")


def test_without_any_due_date_the_owner_is_asked() -> None:
    found = document_of(INVOICE.replace(DUE, ""))
    assert (found.due, found.due_source, found.collectable, found.why_not) == (
        None,
        None,
        "ask",
        "no_due_date",
    )


def test_a_due_date_that_does_not_exist_is_a_problem_and_the_owner_is_asked() -> None:
    reading = read(INVOICE.replace("2026-10-31", "2026-02-30").encode())
    assert reading.problems == (Problem("bad_date", None, {"value": "2026-02-30", "field": "DueDate"}),)
    assert [(d.due, d.why_not) for d in reading.documents] == [(None, "due_impossible")]


@pytest.mark.parametrize("code", ["48", "49", "54", "55", "59", "68"])
def test_cards_and_direct_debit_are_not_chased(code: str) -> None:
    found = document_of(INVOICE.replace("Code>30<", f"Code>{code}<"))
    assert (found.collectable, found.why_not) == ("no", "card_or_debit")


def test_direct_debit_beside_a_transfer_asks_and_pays_by_the_transfer() -> None:
    debit = MEANS.replace(">30<", ">49<").replace("100107", "999").replace("86011117947", "1")
    found = document_of(INVOICE.replace(MEANS, debit + MEANS))
    assert (found.reference, found.account) == ("100107", "86011117947")
    assert (found.collectable, found.why_not) == ("ask", "mixed_means")


def test_of_several_accounts_the_one_with_a_reference_is_chosen_whole() -> None:
    bare = MEANS.replace("    <cbc:PaymentID>100107</cbc:PaymentID>\n", "").replace("86011117947", "111")
    found = document_of(INVOICE.replace(MEANS, bare + MEANS))
    assert (found.reference, found.account, found.collectable) == ("100107", "86011117947", "yes")


def test_a_danish_slip_keeps_card_type_reference_and_creditor_together() -> None:
    slip = (
        "<cac:PaymentMeans><cbc:PaymentMeansCode>93</cbc:PaymentMeansCode><cbc:InstructionID>000000000100107"
        "</cbc:InstructionID><cbc:PaymentID>71</cbc:PaymentID><cac:CreditAccount><cbc:AccountID>12345678"
        "</cbc:AccountID></cac:CreditAccount></cac:PaymentMeans>"
    )
    found = document_of(INVOICE.replace(MEANS, slip))
    assert (found.reference, found.account) == ("+71<000000000100107+12345678<", "12345678")


@pytest.mark.parametrize(
    ("before", "after", "kind", "collectable", "why_not"),
    [
        ("TypeCode>380<", "TypeCode>325<", "other", "no", "pro_forma"),
        ("TypeCode>380<", "TypeCode>389<", "invoice", "ask", "self_billed"),
        ("TypeCode>380<", "TypeCode>393<", "invoice", "ask", "factored"),
        ("TypeCode>380<", "TypeCode>999<", "invoice", "ask", "type_unknown"),
        ("TypeCode>380<", "TypeCode>381<", "credit_note", "no", "credit_note"),
        ("billing:3.0<", "billing:3.0#urn:ehf:reminder:3.0<", "reminder", "no", "reminder"),
        ("billing:3.0<", "ehf:spec:payment-request:3.0<", "payment_request", "ask", "payment_request"),
        (
            'PayableAmount currencyID="NOK">12500.50',
            'PayableAmount currencyID="NOK">0',
            "invoice",
            "no",
            "nothing_due",
        ),
        (
            'PayableAmount currencyID="NOK">12500.50',
            'PayableAmount currencyID="NOK">9.50',
            "invoice",
            "ask",
            "totals_disagree",
        ),
    ],
)
def test_what_is_no_plain_claim_says_why(
    before: str, after: str, kind: str, collectable: str, why_not: str
) -> None:
    found = document_of(INVOICE.replace(before, after))
    assert (found.kind, found.collectable, found.why_not) == (kind, collectable, why_not)


@pytest.mark.parametrize("garbled", ["12..34", "12 500,50", "NaN", "1e5", "", "12500.505"])
def test_an_amount_that_is_no_number_is_refused_with_its_line(garbled: str) -> None:
    problem = problem_of(
        INVOICE.replace(
            'PayableAmount currencyID="NOK">12500.50', f'PayableAmount currencyID="NOK">{garbled}'
        )
    )
    assert (problem.code, problem.facts["value"]) == ("bad_amount", garbled)
    assert "PayableAmount" in INVOICE.splitlines()[(problem.line or 0) - 1]


def test_an_invoice_without_a_number_is_refused() -> None:
    assert problem_of(INVOICE.replace("<cbc:ID>1001</cbc:ID>", "")).code == "missing_number"


def test_an_invoice_without_an_amount_is_refused() -> None:
    assert problem_of(INVOICE.replace("PayableAmount", "OtherAmount")).code == "missing_amount"


def test_a_currency_that_is_none_is_refused() -> None:
    assert problem_of(INVOICE.replace("NOK", "kroner")).code == "bad_currency"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "iso-8859-1"])
def test_any_encoding_of_xml_is_read(encoding: str) -> None:
    declared = "utf-16" if encoding == "utf-16" else "utf-8" if encoding == "utf-8-sig" else encoding
    (found,) = read(INVOICE.replace('encoding="UTF-8"', f'encoding="{declared}"').encode(encoding)).documents
    assert found.buyer.name == "Café Norrsken"
