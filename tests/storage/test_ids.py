from __future__ import annotations

from storage.ids import ALPHABET, new_id, series


def test_an_id_is_short_and_of_letters_that_cannot_be_mistaken() -> None:
    assert len(new_id()) == 12
    assert not set("0o1il") & set(ALPHABET)
    assert set(new_id()) <= set(ALPHABET)


def test_no_two_ids_are_the_same() -> None:
    assert len({new_id() for _ in range(10_000)}) == 10_000


def test_the_ids_of_a_series_stand_beside_one_another_and_no_two_series_meet() -> None:
    one, other = series(), series()
    first = [one() for _ in range(5_000)]
    assert len({*first, *(other() for _ in range(5_000))}) == 10_000
    assert {len(each) for each in first} == {12}
    assert sorted(first) == first or first[0] > first[-1]  # begun near the last id of all
