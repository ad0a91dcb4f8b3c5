"""Finvoice: what the payment slip instructs, in every age of the format, and what is not to be chased."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.documents import Document, Problem
from bot.money import Money
from storage.readers import PROBLEMS, WHY_NOT, read

RAW = (Path(__file__).resolve().parents[2] / "samples" / "finvoice" / "invoice.xml").read_bytes()
INVOICE = RAW.decode("iso-8859-15")
TOTAL = '<InvoiceTotalVatIncludedAmount AmountCurrencyIdentifier="EUR">1 250,50<'
ASKED = '<EpiInstructedAmount AmountCurrencyIdentifier="EUR">1250,50<'
DUE = '<InvoiceDueDate Format="CCYYMMDD">20261031</InvoiceDueDate>'
SLIP_DUE = '<EpiDateOptionDate Format="CCYYMMDD">20261031</EpiDateOptionDate>'
ENVELOPE = b'<SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/"/>\n'


def document_of(text: str) -> Document:
    (document,) = read(text.encode("iso-8859-15")).documents
    return document


def problem_of(text: str) -> Problem:
    reading = read(text.encode("iso-8859-15"))
    assert not reading.documents
    (problem,) = reading.problems
    return problem


def of_type(code: str) -> Document:
    return document_of(INVOICE.replace("INV01", code))


def test_an_invoice_gives_every_figure_of_the_payment() -> None:
    found = document_of(INVOICE)
    assert (found.kind, found.number, found.amount) == ("invoice", "1001", Money(125_050, "EUR"))
    assert (found.issued, found.due, found.due_source) == (date(2026, 10, 1), date(2026, 10, 31), "stated")
    assert (found.reference, found.account) == ("10016", "FI2112345600000785")
    assert (found.collectable, found.why_not, found.total) == ("yes", "", Money(125_050, "EUR"))


def test_an_invoice_gives_both_parties_and_what_it_is_for() -> None:
    found = document_of(INVOICE)
    assert (found.seller.name, found.seller.org_no) == ("Åsan Leipomo Oy", "2345678-9")
    assert (found.buyer.name, found.buyer.org_no) == ("Kahvila Pöllö Oy", "1234567-1")
    assert (found.buyer.email, found.buyer.phone) == ("posti@pollo.example", "040 000 0000")
    assert (found.buyer.contact, found.buyer.country, found.buyer.kind) == ("Päivi Öhman", "FI", "business")
    assert (found.description, found.delivered) == ("Leipää aamiaiselle", date(2026, 9, 29))


@pytest.mark.parametrize("encoding", ["iso-8859-15", "iso-8859-1", "utf-8", "utf-16", "cp1252"])
def test_every_encoding_that_is_declared(encoding: str) -> None:
    (found,) = read(INVOICE.replace("ISO-8859-15", encoding).encode(encoding)).documents
    assert (found.number, found.buyer.name) == ("1001", "Kahvila Pöllö Oy")


def test_what_is_instructed_counts_and_a_total_that_disagrees_is_asked_about() -> None:
    found = document_of(INVOICE.replace(ASKED, ASKED.replace("1250,50", "451,98")))
    assert (found.amount, found.total) == (Money(45_198, "EUR"), Money(125_050, "EUR"))
    assert (found.collectable, found.why_not) == ("ask", "totals_disagree")


def test_what_is_paid_of_it_explains_a_smaller_sum() -> None:
    paid = '<InvoicePaidAmount AmountCurrencyIdentifier="EUR">250,50</InvoicePaidAmount><PaymentTermsDetails>'
    part = INVOICE.replace(ASKED, ASKED.replace("1250,50", "1000,00"))
    found = document_of(part.replace("<PaymentTermsDetails>", paid))
    assert (found.amount, found.collectable) == (Money(100_000, "EUR"), "yes")


def test_without_a_slip_the_total_and_the_sellers_account_count() -> None:
    slip = INVOICE[INVOICE.index("  <EpiDetails>") : INVOICE.index("</Finvoice>")]
    found = document_of(INVOICE.replace(slip, ""))
    assert (found.amount, found.account) == (Money(125_050, "EUR"), "FI2112345600000785")
    assert (found.reference, found.collectable) == ("", "yes")


def test_a_structured_reference_keeps_its_letters() -> None:
    iso = INVOICE.replace(
        'IdentificationSchemeName="SPY">00000000000000010016', 'IdentificationSchemeName="ISO">RF18 1001 6'
    )
    assert document_of(iso).reference == "RF1810016"


def test_a_national_account_number_is_kept() -> None:
    old = INVOICE.replace(
        '<EpiAccountID IdentificationSchemeName="IBAN">FI2112345600000785',
        '<EpiAccountID IdentificationSchemeName="BBAN">500015-20000081',
    )
    assert document_of(old).account == "500015-20000081"


def test_the_date_of_the_slip_counts_where_the_terms_name_none() -> None:
    found = document_of(INVOICE.replace(DUE, ""))
    assert (found.due, found.due_source) == (date(2026, 10, 31), "stated")


def test_without_any_date_the_due_date_follows_from_the_terms() -> None:
    found = document_of(INVOICE.replace(DUE, "").replace(SLIP_DUE, ""))
    assert (found.due, found.due_source) == (date(2026, 10, 31), "terms")


def test_a_due_date_that_does_not_exist_is_flagged_and_is_no_date() -> None:
    reading = read(INVOICE.replace(DUE, DUE.replace("20261031", "20263110")).encode("iso-8859-15"))
    (found,) = reading.documents
    assert [(p.code, p.line, p.facts["value"]) for p in reading.problems] == [("bad_date", 39, "20263110")]
    assert (found.due, found.collectable, found.why_not) == (None, "ask", "due_impossible")


@pytest.mark.parametrize(
    ("code", "kind", "collectable", "why"),
    [
        ("INV02", "credit_note", "no", "credit_note"),
        ("INV03", "invoice", "ask", "type_unknown"),
        ("INV05", "reminder", "no", "reminder"),
        ("INV06", "other", "no", "pro_forma"),
        ("INV07", "invoice", "ask", "self_billed"),
        ("INV08", "reminder", "no", "reminder"),
        ("ORD01", "other", "no", "type_unknown"),
        ("381", "credit_note", "no", "credit_note"),
    ],
)
def test_each_kind_of_document(code: str, kind: str, collectable: str, why: str) -> None:
    found = of_type(code)
    assert (found.kind, found.collectable, found.why_not) == (kind, collectable, why)


def test_a_credit_note_with_an_empty_slip_is_worth_its_total_and_refers_to_its_invoice() -> None:
    text = INVOICE.replace("INV01", "INV02").replace(ASKED, ASKED.replace("1250,50", "0,00"))
    text = text.replace(TOTAL, TOTAL.replace("1 250,50", "-250,00"))
    number = "<InvoiceNumber>1001</InvoiceNumber>"
    found = document_of(text.replace(number, f"{number}<OriginalInvoiceNumber>990</OriginalInvoiceNumber>"))
    assert (found.kind, found.amount, found.refers_to) == ("credit_note", Money(25_000, "EUR"), ("990",))


def test_an_invoice_below_zero_is_a_credit_note() -> None:
    text = INVOICE.replace(TOTAL, TOTAL.replace("1 250", "-1250")).replace(
        ASKED, ASKED.replace("1250,50", "0")
    )
    found = document_of(text)
    assert (found.kind, found.amount, found.collectable) == ("credit_note", Money(125_050, "EUR"), "no")


def test_one_that_is_paid_is_not_chased() -> None:
    paid = "<PaymentStatusDetails><PaymentStatusCode>PAID</PaymentStatusCode></PaymentStatusDetails>"
    found = document_of(INVOICE.replace("</InvoiceDetails>", "</InvoiceDetails>" + paid))
    assert (found.collectable, found.why_not) == ("no", "nothing_due")


def test_one_sold_to_a_factoring_company_is_asked_about() -> None:
    sold = "<FactoringAgreementDetails/>\n  <InvoiceRow>"
    assert document_of(INVOICE.replace("<InvoiceRow>", sold, 1)).why_not == "factored"


def test_a_cancellation_is_no_claim() -> None:
    found = document_of(INVOICE.replace("Original<", "Cancel<"))
    assert (found.kind, found.collectable) == ("other", "no")


@pytest.mark.parametrize(("garbled", "code"), [("12..50", "bad_amount"), ("1,234", "ambiguous_amount")])
def test_a_garbled_amount_gives_no_invoice(garbled: str, code: str) -> None:
    problem = problem_of(INVOICE.replace(ASKED, ASKED.replace("1250,50", garbled)))
    assert (problem.code, problem.line) == (code, 59)


def test_an_amount_without_a_currency_gives_no_invoice() -> None:
    assert problem_of(INVOICE.replace(' AmountCurrencyIdentifier="EUR"', "")).code == "bad_currency"


def test_one_without_a_number_gives_no_invoice() -> None:
    assert problem_of(INVOICE.replace("<InvoiceNumber>1001</InvoiceNumber>", "")).code == "missing_number"


def test_the_old_grammar_is_never_fetched_and_any_other_is_refused() -> None:
    old = INVOICE.replace("<Finvoice ", '<!DOCTYPE Finvoice SYSTEM "Finvoice.dtd">\n<Finvoice ', 1)
    assert document_of(old).number == "1001"
    inside = '<!DOCTYPE Finvoice SYSTEM "Finvoice.dtd" [<!ENTITY a "b">]>\n<Finvoice '
    assert problem_of(INVOICE.replace("<Finvoice ", inside, 1)).code == "unsafe_xml"


def test_broken_xml_is_refused_with_its_line() -> None:
    problem = problem_of(INVOICE.replace("</InvoiceNumber>", "</Invoicenumber>"))
    assert (problem.code, problem.line) == ("broken_xml", 34)


def test_a_batch_of_the_bank_gives_each_invoice_and_a_broken_one_hides_no_other() -> None:
    second = RAW.replace(b">1001<", b">1002<").replace(b"</InvoiceNumber>", b"</Wrong>")
    reading = read(ENVELOPE + RAW + ENVELOPE + second + ENVELOPE + RAW.replace(b">1001<", b">1003<"))
    assert [d.number for d in reading.documents] == ["1001", "1003"]
    assert [(p.code, p.line) for p in reading.problems] == [("broken_xml", RAW.count(b"\n") + 36)]


@given(st.floats(0, 1), st.binary(max_size=12))
@settings(max_examples=60, deadline=None)
def test_no_damage_crashes_the_reader(part: float, noise: bytes) -> None:
    at = int(len(RAW) * part)
    for content in (RAW[:at], RAW[:at] + noise + RAW[at + 3 :]):
        reading = read(content)
        assert all(p.code in PROBLEMS for p in reading.problems)
        assert all(d.why_not in (*WHY_NOT, "") for d in reading.documents)
