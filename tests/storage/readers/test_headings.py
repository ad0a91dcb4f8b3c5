"""Headings: a word for each column in every language, however it is dressed, and never two meanings."""

from __future__ import annotations

import pytest

from storage.readers._headings import (
    KINDS,
    LANGUAGES,
    MEANINGS,
    SETTLED,
    TOTALS,
    WORDS,
    meaning,
    one_of,
    plain,
)


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Fakturanr.", "number"),
        ("InvoiceNumber", "number"),
        ("Restbeløp (NOK)", "open"),
        ("Amount EUR", "amount"),
        ("Beløp inkl. mva", "amount"),
        ("Beløp ekskl. mva", "net"),
        ("Sista betalningsdag", "due"),
        ("Eräpäivä:", "due"),
        ("amount_paid", "paid"),
        ("Kundens e-postadresse", "email"),
        ("KID-nummer", "reference"),
        ("Y-tunnus", "org_no"),
    ],
)
def test_a_heading_is_known_however_it_is_dressed(heading: str, field: str) -> None:
    assert (meaning(heading) or ("", 0))[0] == field


def test_no_heading_has_two_meanings() -> None:
    listed = [plain(word) for words in MEANINGS.values() for word in words.split("|")]
    assert {
        word: {f for f, ws in MEANINGS.items() if word in map(plain, ws.split("|"))} for word in listed
    } == {word: {field} for word, field in WORDS.items()}


def test_prose_is_no_heading() -> None:
    assert meaning("Vi minner om at faktura og forfall står på den andre siden av arket") is None


@pytest.mark.parametrize(
    ("word", "key"), [("Norsk", "nb"), ("svenska", "sv"), ("FI", "fi"), ("klingon", None), ("", None)]
)
def test_a_language_is_known_by_its_own_name(word: str, key: str | None) -> None:
    assert one_of(LANGUAGES, word) == key


def test_a_kind_of_customer_is_known() -> None:
    assert one_of(KINDS, "Privat") == "consumer"


@pytest.mark.parametrize("text", ["Sum", "Yhteensä:", "I alt", "Total 12 faktura"])
def test_a_line_of_totals_calls_itself_so(text: str) -> None:
    assert TOTALS.fullmatch(text)


@pytest.mark.parametrize("text", ["Ubetalt", "Delvis betalt", "Forfalt", "Avoin"])
def test_what_is_still_owed_is_not_settled(text: str) -> None:
    assert not SETTLED.fullmatch(text)
