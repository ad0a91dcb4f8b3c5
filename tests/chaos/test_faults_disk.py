"""A full disk: nothing is claimed or half done, nothing goes twice when there is room again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

import pytest

from bot.chat import Card
from bot.errors import BooksShut
from bot.letters import Letter
from handlers import clock
from handlers.clock import Outcome
from storage.books import Books
from tests.blank import blank_books
from tests.chaos.disk import pages, quota
from tests.handlers.day import Day, day
from tests.handlers.test_clock import assert_once_or_asked, restart
from tests.mailserver import MailServer, mail_server

PAIRS = {("approved", "planned"), ("sending", "sending"), ("sent", "sent"), ("unknown", "unknown")}
"""How a letter and its delivery may stand side by side."""


@dataclass
class Patience:
    """Three tries, and before the last there is room again."""

    make_room: Callable[[], None]

    def __iter__(self) -> Iterator[float]:
        yield from (0, 0)
        self.make_room()
        yield 0


@pytest.fixture(scope="module")
def mail() -> Iterator[MailServer]:
    with mail_server() as server:
        yield server


@pytest.fixture
def today(tmp_path: Path, mail: MailServer) -> Iterator[Day]:
    mail.messages.clear()
    with day(f"sqlite:///{blank_books(tmp_path)}", mail) as begun:
        yield begun


def whole(today: Day) -> tuple[str, str]:
    """How letter and delivery stand; and what the history and the chat say of it agrees."""
    state = today.letter.state
    assert (state, today.delivery.state) in PAIRS
    assert today.past.count("sent") == today.told.count("sent") == int(state == "sent")
    return state, today.delivery.state


def test_without_room_no_letter_is_claimed_and_with_room_it_goes_once(
    today: Day, caplog: pytest.LogCaptureFixture
) -> None:
    today.plan()
    with quota():
        for _ in range(3):
            with pytest.raises(BooksShut):
                today.run()
    assert (whole(today), today.server.messages) == (("approved", "planned"), [])
    today.run()
    today.run()
    assert (whole(today), len(today.server.messages)) == (("sent", "sent"), 1)
    assert len(today.nudges) == 1
    caplog.clear()


def shut_after_sending(today: Day, stack: ExitStack) -> clock.Hands:
    """Hands in whose moment of sending the disk fills up."""
    send = today.hands().send

    async def sends(business: str, message: EmailMessage) -> str:
        message_id = await send(business, message)
        stack.enter_context(quota())
        return message_id

    return today.hands(send=sends)


def test_what_went_out_while_the_disk_filled_up_is_noted_when_there_is_room(
    today: Day, monkeypatch: pytest.MonkeyPatch
) -> None:
    today.plan()
    with ExitStack() as stack:
        monkeypatch.setattr(clock, "WAITS", Patience(stack.close))
        today.run(shut_after_sending(today, stack))
    assert (whole(today), len(today.server.messages)) == (("sent", "sent"), 1)
    assert today.told == ["sent"]


def test_what_went_out_and_could_not_be_noted_is_asked_about_and_not_repeated(
    today: Day, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(clock, "WAITS", (0,))
    today.plan()
    with ExitStack() as stack:
        today.run(shut_after_sending(today, stack))
    assert whole(today) == ("sending", "sending")
    restart(today, "second")
    assert (whole(today), len(today.server.messages)) == (("unknown", "unknown"), 1)
    assert today.told == ["unknown cut_off"]
    caplog.clear()


def test_a_letter_whose_server_could_not_be_looked_up_did_not_go_and_nobody_is_asked(today: Day) -> None:
    async def shut(_business: str, _message: EmailMessage) -> str:
        raise BooksShut(full=False)

    today.plan()
    today.run(today.hands(send=shut))
    assert (whole(today), today.server.messages) == (("approved", "planned"), [])
    today.run()
    assert (whole(today), len(today.server.messages)) == (("sent", "sent"), 1)


@pytest.mark.parametrize("more", range(5))
def test_wherever_the_room_ends_nothing_is_half_done(
    today: Day, more: int, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """With cards so long that each line needs a page of its own, and one error that is caught on the way."""
    monkeypatch.setattr(clock, "WAITS", (0,))
    today.plan()
    hands = today.hands(report=_long)
    with pages(today.database, more):
        for _ in range(3):
            try:
                today.run(hands)
            except BooksShut:
                continue
        whole(today)
    restart(today, "second")
    whole(today)
    assert_once_or_asked(today)
    caplog.clear()


def _long(books: Books, letter: Letter, outcome: Outcome) -> Card:
    """A report that writes something down too, as one that makes a new draft does."""
    books.history.add("note", customer=letter.customer, text="y" * 9000)
    return Card(f"{outcome.kind} {outcome.reason}".strip(), title="z" * 9000)
