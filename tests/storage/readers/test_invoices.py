"""One row of a table: what is left to pay, when, in which currency, and by whom."""

from __future__ import annotations

from datetime import date

import pytest

from bot.documents import Reading
from bot.money import Money
from storage.readers import read

NOK_5 = Money(500, "NOK")


def table(headings: str, *rows: str, currency: str = "NOK", today: date | None = None) -> Reading:
    return read("\n".join((headings, *rows)).encode(), currency=currency, today=today)


def codes(reading: Reading) -> list[tuple[str, int | None]]:
    return [(problem.code, problem.line) for problem in reading.problems]


BASE = "Kunde;Fakturanr;Fakturadato;Forfall;Beløp"
ROW = "Mogens;1001;01.10.2026;31.10.2026;5,00"


def test_a_negative_amount_is_a_credit_note_and_never_chased() -> None:
    (document,) = table(BASE, ROW.replace("5,00", "-5,00")).documents
    assert (document.kind, document.amount, document.collectable) == ("credit_note", NOK_5, "no")


def test_a_row_that_calls_itself_a_credit_note_is_one() -> None:
    (document,) = table(BASE + ";Type", ROW + ";Kreditnota").documents
    assert (document.kind, document.why_not) == ("credit_note", "credit_note")


@pytest.mark.parametrize(
    ("column", "cell", "left"),
    [
        ("Betalt", "2,00", 300),
        ("Betalt", "", 500),
        ("Betalt", "Nei", 500),
        ("Betalt", "Ja", 0),
        ("Betalt", "12.10.2026", 0),
        ("Status", "Betalt", 0),
        ("Status", "Betalt 12.10.2026", 0),
        ("Status", "Ubetalt", 500),
        ("Status", "Delvis betalt", 500),
        ("Status", "Kreditert", 0),
        ("Status", "Utkast", 0),
        ("Restbeløp", "1,50", 150),
    ],
)
def test_what_is_left_follows_from_what_is_paid(column: str, cell: str, left: int) -> None:
    (document,) = table(f"{BASE};{column}", f"{ROW};{cell}").documents
    assert document.amount == Money(left, "NOK")
    assert (document.collectable == "no") == (left == 0)


def test_amounts_that_contradict_each_other_ask_the_owner() -> None:
    (document,) = table(BASE + ";Betalt;Rest", ROW + ";2,00;1,00").documents
    assert (document.collectable, document.why_not) == ("ask", "totals_disagree")


def test_terms_stand_in_for_a_due_date() -> None:
    (words,) = table(
        "Kunde;Fakturanr;Fakturadato;Vilkår;Beløp".replace("Vilkår", "Betalingsvilkår"),
        ROW.replace("31.10.2026", "14 dager"),
    ).documents
    (days,) = table("Kunde;Fakturanr;Fakturadato;Kredittid;Beløp", ROW.replace("31.10.2026", "14")).documents
    assert (words.due, words.due_source) == (days.due, days.due_source) == (date(2026, 10, 15), "terms")


def test_without_a_due_date_the_owner_is_asked() -> None:
    (document,) = table(BASE, ROW.replace("31.10.2026", "")).documents
    assert (document.due, document.due_source, document.why_not) == (None, None, "no_due_date")


@pytest.mark.parametrize(
    ("headings", "row", "home", "currency"),
    [
        (BASE, ROW, "NOK", "NOK"),
        (BASE, ROW.replace("5,00", "5,00 kr"), "SEK", "SEK"),
        (BASE, ROW.replace("5,00", "5,00 €"), "NOK", "EUR"),
        (BASE.replace("Beløp", "Beløp (DKK)"), ROW, "NOK", "DKK"),
        (BASE + ";Valuta", ROW + ";eur", "NOK", "EUR"),
        (BASE + ";Valuta", ROW.replace("5,00", "5,00 kr") + ";SEK", "", "SEK"),
    ],
)
def test_the_currency_comes_from_the_column_the_mark_the_heading_or_home(
    headings: str, row: str, home: str, currency: str
) -> None:
    (document,) = table(headings, row, currency=home).documents
    assert document.amount == Money(500, currency)


@pytest.mark.parametrize(
    ("headings", "row", "home", "code"),
    [
        (BASE, ROW, "", "no_currency"),
        (BASE, ROW.replace("5,00", "5,00 kr"), "EUR", "no_currency"),
        (BASE + ";Valuta", ROW.replace("5,00", "5,00 €") + ";NOK", "NOK", "currency_conflict"),
        (BASE + ";Valuta", ROW + ";dollars", "NOK", "bad_currency"),
    ],
)
def test_a_currency_that_is_missing_or_contradicts_is_a_problem(
    headings: str, row: str, home: str, code: str
) -> None:
    assert codes(table(headings, row, currency=home)) == [(code, 2)]


def test_what_is_known_of_the_customer_comes_along() -> None:
    headings = BASE + ";E-post;Kontaktperson;Telefon;Orgnr;Land;Språk;Kundetype;KID;Kontonr;Tekst"
    extra = ";m@example.org;Mogens M;12 34 56 78;987654325;Norge;norsk;bedrift;100107;86011117947;Boller"
    (document,) = table(headings, ROW + extra).documents
    buyer = document.buyer
    assert (buyer.email, buyer.contact, buyer.phone, buyer.org_no) == (
        "m@example.org",
        "Mogens M",
        "12 34 56 78",
        "987654325",
    )
    assert (buyer.country, buyer.language, buyer.kind) == ("NO", "nb", "business")
    assert (document.reference, document.account, document.description) == ("100107", "86011117947", "Boller")


@pytest.mark.parametrize(
    ("cell", "address"),
    [("eva@example.org", "eva@example.org"), ("Eva Ek <eva@example.org>", "eva@example.org"), ("Eva Ek", "")],
)
def test_who_approves_payments_is_known_by_an_address(cell: str, address: str) -> None:
    (document,) = table(BASE + ";Kopi til", f"{ROW};{cell}").documents
    assert document.buyer.approver == address
