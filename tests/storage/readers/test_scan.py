"""Payers' words: what may be a reference, what never is, and a name."""

from __future__ import annotations

import pytest

from storage.readers._scan import payer_in, references_in


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Giro KID 1003072 takk", ("1003072",)),
        ("OCR: 1001072", ("1001072",)),
        ("viite 10016", ("10016",)),
        ("Betaling Faktura 17/2026", ("17/2026",)),
        ("Fakt.nr 42.", ("42",)),
        ("invoice no INV-7", ("INV-7",)),
        ("RF18 5390 0754 7034 tack", ("RF18 5390 0754 7034",)),
        ("RF332348236", ("RF332348236",)),
        ("Bgs +71<123456789012344+12345678<", ("+71<123456789012344+12345678<",)),
        ("1001072 og 1003072", ("1001072", "1003072")),
        ("KID 1001072 1001072", ("1001072",)),
    ],
)
def test_what_may_be_a_reference(text: str, found: tuple[str, ...]) -> None:
    assert references_in(text) == found


@pytest.mark.parametrize(
    "text", ["Betalt 02.11.2026", "20261102", "1 250,50 kr", "Lön 2026", "12500,50", "tlf +4790000000", ""]
)
def test_a_day_a_sum_or_a_telephone_number_is_none(text: str) -> None:
    assert references_in(text) == ()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Fra: Café Norrsken AS Betalt: 02.11.26", "Café Norrsken AS"),
        ("Innbetaling fra Bygg & Betong / Faktura 1001", "Bygg & Betong"),
        ("Från Lilla Blomman", "Lilla Blomman"),
        ("Payment from Mogens, thanks", "Mogens"),
        ("Fra 86011117947", ""),
        ("Overføring", ""),
    ],
)
def test_who_it_is_from(text: str, name: str) -> None:
    assert payer_in(text) == name
