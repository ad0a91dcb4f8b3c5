"""The owner at the page while the books are shut: one clear sentence, and the same press works afterwards."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from bot.errors import BooksShut
from storage.engine import Database
from tests.blank import blank_books
from tests.chaos.disk import quota
from tests.handlers.platforms.web.visit import TOKEN, Visit, come_in
from tests.handlers.talk import Talk

FULL = "The disk is full. Nothing was written down, and nothing was sent. Make some room, then try once more."
AWAY = "I can&#x27;t reach the database just now. Wait a moment, check what it says here, and try again."


@pytest.fixture
def talk(tmp_path: Path) -> Talk:
    return Talk.about(blank_books(tmp_path).parent)


@contextmanager
def page(talk: Talk) -> Iterator[Visit]:
    """The owner, who has opened the page."""
    with TestClient(talk.house.app.page(TOKEN), "http://127.0.0.1:8000", follow_redirects=False) as client:
        yield come_in(client)


def words(page: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", page).split())


def test_a_press_without_room_is_told_in_one_sentence_and_works_when_there_is_room(talk: Talk) -> None:
    talk.says("Norrsken")
    press = {"press": talk.part("Draft").token}
    with page(talk) as visit:
        before = talk.kept(), len(talk.lines())
        with quota():
            refused = visit.post("/press", press)
        assert (refused.status_code, words(refused.text)) == (503, FULL)
        assert (talk.kept(), len(talk.lines())) == before
        assert visit.post("/press", press).status_code == 200
    assert talk.part("Approve").token


def test_a_file_without_room_is_taken_in_by_no_half(talk: Talk) -> None:
    many = "\n".join(f"{n};Kund {n};100,00;2026-10-01" for n in range(2000, 2400))
    files = {"files": ("lista.csv", f"Fakturanr;Kund;Belopp;Förfallodag\n{many}\n".encode())}
    with page(talk) as visit:
        shown = visit.post("/say", files=files)
        assert shown.status_code == 200
        before = talk.kept()
        press = {"press": next(token for token in tokens(talk))}
        with quota():
            assert visit.post("/press", press).status_code == 503
        assert talk.kept() == before
        assert visit.post("/press", press).status_code == 200
    with talk.books() as books:
        assert len([i for i in books.invoices.all() if i.number in {"2000", "2399"}]) == 2


def tokens(talk: Talk) -> list[str]:
    """The buttons of the last card, the first first."""
    return [button.token for button in talk.card().buttons]


@pytest.mark.parametrize("part", [True, False], ids=["by the page's script", "without a script"])
def test_a_database_that_is_away_is_told_as_such_in_the_browsers_language(
    talk: Talk, part: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    with page(talk) as visit:

        def shut(*_: object) -> None:
            raise BooksShut(full=False)

        monkeypatch.setattr(Database, "books", shut)
        said = visit.post("/say", {"text": "today"}, part=part)
        front = visit.client.get("/")
        monkeypatch.undo()
        assert (said.status_code, front.status_code) == (503, 503)
        assert AWAY in words(said.text)
        assert AWAY in words(front.text)
        assert visit.post("/say", {"text": "today"}).status_code == 200
