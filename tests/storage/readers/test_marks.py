"""Names for payments: the same whenever one comes again, and counted when two are alike."""

from __future__ import annotations

from storage.readers._marks import Marks, made_of


def test_what_is_alike_is_counted_in_its_order() -> None:
    marks = Marks()
    assert [marks.name(mark) for mark in ("a", "b", "a", "a")] == ["a", "b", "a #2", "a #3"]


def test_a_made_mark_is_of_all_facts_and_always_the_same() -> None:
    assert made_of("a", 1) == made_of("a", 1)
    assert len({made_of("a", 1), made_of("a", 2), made_of("a1"), made_of("1", "a")}) == 4
