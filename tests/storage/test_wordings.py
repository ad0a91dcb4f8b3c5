from __future__ import annotations

from dataclasses import replace

from bot.wording import Wording
from storage.books import Books
from tests.storage.conftest import TODAY

OWN = Wording(kind="reminder", tone="warm", language="sv", subject="Hej", body="Hej [namn]", since=TODAY)


def test_a_wording_is_found_by_kind_tone_and_language_alone(books: Books) -> None:
    books.wordings.keep(OWN)
    assert books.wordings.find("reminder", "warm", "sv") == OWN
    assert books.wordings.find("reminder", "firm", "sv") is None
    assert books.wordings.find("reminder", "warm", "nb") is None


def test_a_newer_one_takes_its_place_and_ours_comes_back(books: Books) -> None:
    books.wordings.keep(OWN)
    books.wordings.keep(replace(OWN, body="God dag"))
    found = books.wordings.find("reminder", "warm", "sv")
    assert found and found.body == "God dag"
    assert books.wordings.drop("reminder", "warm", "sv")
    assert not books.wordings.drop("reminder", "warm", "sv")
    assert books.wordings.find("reminder", "warm", "sv") is None
