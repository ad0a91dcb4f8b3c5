"""Notes that several answers write down alike."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.promises import Promise
from bot.replies import Reply
from handlers.desk import Desk, notes
from tests.handlers.talk import Talk


@pytest.fixture
def desk(talk: Talk) -> Iterator[Desk]:
    with talk.desk() as desk:
        yield desk


def test_an_answer_is_read_once_with_who_read_it(desk: Desk) -> None:
    desk.books.replies.add(Reply(id="r", customer="kuusi", text="Hei", at=desk.now))
    notes.read_reply("r", "paid", "Åsa", desk)
    notes.read_reply("r", "plan", "Nils", desk)
    assert desk.books.replies.get("r").meaning == "paid"
    assert [e.who for e in desk.books.history.of("kuusi") if e.kind == "reply_read"] == ["Åsa"]


def test_a_matter_that_did_not_start_from_an_answer_reads_none(desk: Desk) -> None:
    notes.read_reply("", "paid", "Åsa", desk)
    assert not desk.books.history.of("kuusi")


def test_a_pause_lasts_until_its_day(desk: Desk) -> None:
    notes.pause("kuusi", desk.today + timedelta(days=3), desk)
    (kept,) = desk.books.pauses.all()
    assert (kept.customer, kept.until) == ("kuusi", desk.today + timedelta(days=3))


def test_only_open_promises_are_closed(desk: Desk) -> None:
    day = desk.today + timedelta(days=3)
    for ident, state in (("a", "open"), ("b", "kept")):
        desk.books.promises.add(
            Promise(
                id=ident,
                customer="kuusi",
                day=day,
                made=desk.today,
                state="kept" if state == "kept" else "open",
            )
        )
    notes.close_promises("kuusi", "broken", desk)
    assert sorted(p.state for p in desk.books.promises.of("kuusi")) == ["broken", "kept"]
