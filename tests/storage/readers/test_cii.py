"""CII: the figures of an invoice in every version, and what makes one not to be chased."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.documents import Document
from bot.money import Money
from storage.readers import PROBLEMS, read

INVOICE = (Path(__file__).resolve().parents[2] / "samples" / "cii" / "invoice.xml").read_text("utf-8")
DUE = re.compile(r"<ram:DueDateDateTime>.*</ram:DueDateDateTime>\n")
MEANS = re.compile(r"<ram:(SpecifiedTradeSettlementPaymentMeans)>.*?</ram:\1>", re.DOTALL)


def document_of(text: str) -> Document:
    (document,) = read(text.encode()).documents
    return document


def test_an_invoice_gives_every_figure_of_the_payment() -> None:
    found = document_of(INVOICE)
    assert (found.kind, found.number, found.amount) == ("invoice", "1001", Money(1_250_050, "SEK"))
    assert (found.issued, found.due, found.due_source) == (date(2026, 10, 1), date(2026, 10, 31), "stated")
    assert (found.reference, found.account) == ("1001072", "SE12123412341234")
    assert (found.collectable, found.why_not, found.total) == ("yes", "", Money(1_250_050, "SEK"))


def test_an_invoice_gives_both_parties_and_what_it_is_for() -> None:
    found = document_of(INVOICE)
    assert (found.seller.name, found.seller.org_no) == ("Åsas Bageri AB", "5566778899")
    assert (found.buyer.name, found.buyer.org_no, found.buyer.country) == (
        "Café Norrsken",
        "5512345678",
        "SE",
    )
    assert (found.buyer.email, found.buyer.contact) == ("post@norrsken.example", "Nora Lys")
    assert (found.buyer.phone, found.buyer.kind) == ("070 000 00 00", "business")
    assert (found.description, found.delivered) == ("Bröd till frukost", date(2026, 9, 29))


def test_the_first_zugferd_names_its_parts_differently() -> None:
    old = (
        INVOICE.replace("rsm:CrossIndustryInvoice", "rsm:CrossIndustryDocument")
        .replace("data:standard:CrossIndustryInvoice:100", "x")
        .replace("urn:un:unece:uncefact:x", "urn:ferd:CrossIndustryDocument:invoice:1p0")
        .replace("rsm:ExchangedDocument>", "rsm:HeaderExchangedDocument>")
        .replace("rsm:SupplyChainTradeTransaction", "rsm:SpecifiedSupplyChainTradeTransaction")
        .replace("ram:ApplicableHeaderTrade", "ram:ApplicableSupplyChainTrade")
        .replace("SettlementHeaderMonetary", "SettlementMonetary")
    )
    assert document_of(old) == document_of(INVOICE)


def test_a_credit_note_is_positive_refers_to_its_invoice_and_is_never_chased() -> None:
    refers = "<ram:InvoiceReferencedDocument><ram:IssuerAssignedID>990</ram:IssuerAssignedID>"
    end = "</ram:ApplicableHeaderTradeSettlement>"
    text = INVOICE.replace(">380<", ">381<").replace(end, f"{refers}</ram:InvoiceReferencedDocument>{end}")
    found = document_of(text)
    assert (found.kind, found.amount, found.refers_to) == ("credit_note", Money(1_250_050, "SEK"), ("990",))
    assert (found.collectable, found.why_not) == ("no", "credit_note")


def test_an_invoice_below_zero_is_a_credit_note() -> None:
    found = document_of(INVOICE.replace(">12500.50<", ">-12500.50<"))
    assert (found.kind, found.amount) == ("credit_note", Money(1_250_050, "SEK"))


def test_what_is_due_counts_though_nothing_is_left() -> None:
    text = INVOICE.replace("PrepaidAmount>0.00<", "PrepaidAmount>12500.50<")
    found = document_of(text.replace("<ram:DuePayableAmount>12500.50<", "<ram:DuePayableAmount>0.00<"))
    assert (found.amount, found.collectable, found.why_not) == (Money(0, "SEK"), "no", "nothing_due")


def test_totals_that_disagree_are_asked_about() -> None:
    found = document_of(INVOICE.replace("<ram:DuePayableAmount>12500.50<", "<ram:DuePayableAmount>99.00<"))
    assert (found.amount, found.collectable, found.why_not) == (Money(9_900, "SEK"), "ask", "totals_disagree")


@pytest.mark.parametrize(
    ("code", "kind", "collectable", "why"),
    [
        ("325", "other", "no", "pro_forma"),
        ("389", "invoice", "ask", "self_billed"),
        ("999", "invoice", "ask", "type_unknown"),
    ],
)
def test_each_kind_of_document(code: str, kind: str, collectable: str, why: str) -> None:
    found = document_of(INVOICE.replace(">380<", f">{code}<"))
    assert (found.kind, found.collectable, found.why_not) == (kind, collectable, why)


def test_cards_and_direct_debits_are_not_chased_like_a_transfer() -> None:
    assert document_of(INVOICE.replace(">30<", ">59<")).why_not == "card_or_debit"
    both = MEANS.sub(lambda m: m[0] + m[0].replace(">30<", ">48<"), INVOICE)
    assert document_of(both).why_not == "mixed_means"


def test_without_a_due_date_it_follows_from_the_terms() -> None:
    found = document_of(DUE.sub("", INVOICE))
    assert (found.due, found.due_source) == (date(2026, 10, 31), "terms")


def test_a_due_date_that_does_not_exist_is_flagged() -> None:
    reading = read(INVOICE.replace("20261031", "20263110").encode())
    assert [(p.code, p.facts["value"]) for p in reading.problems] == [("bad_date", "20263110")]
    assert (reading.documents[0].due, reading.documents[0].why_not) == (None, "due_impossible")


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (">12500.50<", ">12..50<", "bad_amount"),
        (">SEK<", "><", "bad_currency"),
        ("<ram:ID>1001</ram:ID>", "", "missing_number"),
        ("</ram:ID>", "</ram:Id>", "broken_xml"),
    ],
)
def test_what_is_garbled_gives_no_invoice(old: str, new: str, code: str) -> None:
    reading = read(INVOICE.replace(old, new).encode())
    assert (reading.documents, [p.code for p in reading.problems]) == ((), [code])


@given(st.floats(0, 1), st.binary(max_size=12))
@settings(max_examples=40, deadline=None)
def test_no_damage_crashes_the_reader(part: float, noise: bytes) -> None:
    raw = INVOICE.encode()
    at = int(len(raw) * part)
    for content in (raw[:at], raw[:at] + noise + raw[at + 3 :]):
        assert all(p.code in PROBLEMS for p in read(content).problems)
