from __future__ import annotations

from storage.ids import ALPHABET, new_id


def test_an_id_is_short_and_of_letters_that_cannot_be_mistaken() -> None:
    assert len(new_id()) == 12
    assert not set("0o1il") & set(ALPHABET)
    assert set(new_id()) <= set(ALPHABET)


def test_no_two_ids_are_the_same() -> None:
    assert len({new_id() for _ in range(10_000)}) == 10_000
