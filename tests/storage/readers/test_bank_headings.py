"""Headings of banks: five languages, letters lost or spelt out, and what is no bank's."""

from __future__ import annotations

import pytest

from storage.readers._bank_headings import COLUMNS, column_of, currencies, is_foreign


@pytest.mark.parametrize(
    ("heading", "known"),
    [
        ("Bokføringsdato", ("booked", 2)),
        ("BOKFØRINGSDATO", ("booked", 2)),
        ("Bokforingsdato", ("booked", 2)),
        ("Bokf\ufffdringsdato", ("booked", 2)),
        ("Määrä EUROA", ("amount", 2)),
        ("Beløp i NOK", ("amount", 2)),
        ("Belopp (SEK)", ("amount", 2)),
        ("Arkivref.", ("id", 2)),
        ("Saldo etter bevegelsen", ("balance", 1)),
        ("Beløp i kontoens valør", ("amount", 1)),
        ("Beløp i original valuta", None),
        ("Kategori", None),
    ],
)
def test_what_a_heading_means(heading: str, known: tuple[str, int] | None) -> None:
    assert column_of(heading) == known


def test_no_word_stands_for_two_columns() -> None:
    words = [" ".join(word.split()) for words in COLUMNS.values() for word in words.split("|")]
    assert len(words) == len(set(words))


@pytest.mark.parametrize("heading", ["Fakturanr", "Förfallodatum", "Asiakas", "ISIN", "Bilagsnr", "Moms"])
def test_what_no_banks_list_has(heading: str) -> None:
    assert is_foreign(heading)


def test_the_language_tells_the_currencies_an_account_may_be_in() -> None:
    assert currencies("Dato;Beløp") == ("NOK",)
    assert currencies("Bokföringsdag;Belopp") == ("SEK", "EUR")
    assert currencies("Bogført;Beløb") == ("DKK",)
    assert currencies("Kirjauspäivä;Määrä") == ("EUR",)
    assert currencies("Date;Amount") == ()
