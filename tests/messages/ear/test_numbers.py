"""Numbers in words are money where they count or name a currency, and nothing where they are small talk."""

from __future__ import annotations

from decimal import Decimal

import pytest

from messages.ear.amounts import stated


@pytest.mark.parametrize(
    ("said", "worth"),
    [
        ("to tusen fem hundre", "2500"), ("totusenfemhundre", "2500"), ("fem hundre og femti kr", "550"),
        ("halvannen tusen", "1500"), ("åttehundre", "800"), ("to tusenlapper", "2000"),
        ("femtonhundra", "1500"), ("fyra och ett halvt tusen", "4500"), ("en och en halv lax", "1500"),
        ("sex tusen", "6000"), ("tusenlappen", "1000"),
        ("halvtreds kroner", "50"), ("halvandet tusind", "1500"), ("fem og tyve hundrede", "2500"),
        ("to plovmænd", "1000"),
        ("kaksituhatta viisisataa", "2500"), ("sataviiskyt", "150"), ("satasta", "100"),
        ("kolmesataa", "300"), ("viidensadan euron", "500"), ("puolitoista tonnii", "1500"),
        ("viiskymppii", "50"),
        ("two and a half grand", "2500"), ("fifteen hundred", "1500"), ("a hundred and fifty", "150"),
        ("half a thousand", "500"), ("2,5 tusen", "2500"), ("2,5 tonnia", "2500"),
    ],
)  # fmt: skip
def test_a_number_in_words_is_an_amount(said: str, worth: str) -> None:
    assert [one.value for one in stated(f"jo, {said} på fredag")] == [Decimal(worth)]


@pytest.mark.parametrize(
    "said",
    ["tusen takk", "den ene hunden", "jeg har to barn", "enten i dag eller", "fem e nok", "tusen tack"],
)
def test_small_talk_is_none(said: str) -> None:
    assert stated(said) == ()


def test_words_without_end_are_read() -> None:
    for said in ("one two three " * 5_000, "hundre" * 5_000, "to hundre og " * 5_000):
        assert all(one.value for one in stated(said))
