"""Owed: references and names as they are looked up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.owed import Owed, canonical, reference_key, telling, words_of
from bot.parties import Customer

heads = st.sampled_from(["", "0", "000", "RF18", "0RF18", "RF18 00", "- "])
written = st.builds("{}{}{}".format, heads, st.integers(1, 9999), st.sampled_from(["", "A", " 7"]))


@given(written, written, st.sampled_from(["SE", "NO", "DK", "FI"]))
def test_references_that_are_the_same_in_any_country_are_looked_up_alike(
    one: str, other: str, country: str
) -> None:
    for each in (other, f"00{one}", f"RF18{one}", f" {one} "):
        if canonical(one, country) == canonical(each, country):
            assert reference_key(one) == reference_key(each)


@pytest.mark.parametrize(
    ("reference", "key"),
    [
        ("0012 345", "12345"),
        ("RF18 0012345", "12345"),
        ("12345", "12345"),
        ("000", "000"),
        ("", ""),
        ("abc-7", "ABC7"),
    ],
)
def test_the_key_of_a_reference(reference: str, key: str) -> None:
    assert reference_key(reference) == key


def test_of_a_name_those_words_tell_that_not_everybody_has() -> None:
    assert words_of("Hôtel Ålö & Co AB") == ["hotel", "alo", "co", "ab"]
    assert telling("Hôtel Ålö & Co ApS Holding") == {"hotel", "alo"}


def test_a_customer_is_named_by_every_name_they_go_by() -> None:
    owed = Owed("SE", customers=[Customer(id="one", name="Café Norrsken", also=("Skenet Gästgiveri AB",))])
    assert owed.named(["gastgiveri"]) == owed.named(["norrsken"]) == ["one"]
    assert owed.words("one") == {"cafe", "norrsken", "skenet", "gastgiveri"}
