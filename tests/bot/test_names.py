"""Names: what differs only in case, accents and spaces is the same."""

from __future__ import annotations

import pytest

from bot.names import fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Café  NORRSKEN ", "cafe norrsken"),
        ("Blåbær & Smør ApS", "blabaer & smor aps"),
        ("Mäkelä Öljy Oy", "makela oljy oy"),
        ("Straße", "strasse"),
        ("Björn", fold("Bjørn")),
    ],
)
def test_names_are_compared_without_case_accents_and_spare_spaces(text: str, folded: str) -> None:
    assert fold(text) == folded
