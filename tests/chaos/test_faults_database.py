"""PostgreSQL is cut off in the middle: nothing is lost, nothing comes twice, all goes on by itself."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path

import pytest
import sqlalchemy as sa
from pydantic import SecretStr
from starlette.testclient import TestClient

from bot.chat import Card
from bot.errors import BooksShut
from bot.letters import Letter
from bot.settings import Settings
from handlers import clock
from handlers.app import App
from handlers.clock import Hands, Outcome
from handlers.example import fill
from storage.books import Books
from tests.chaos.server import Server, server
from tests.handlers.day import Day, day
from tests.handlers.platforms.web.visit import TOKEN, come_in
from tests.handlers.stage import BAKERY
from tests.handlers.talk import MORNING
from tests.handlers.test_clock import assert_once_or_asked, restart
from tests.mailserver import MailServer, mail_server

pytestmark = pytest.mark.postgres


@pytest.fixture(scope="module")
def database() -> Iterator[Server]:
    with server() as running:
        yield running


@pytest.fixture(scope="module")
def mail() -> Iterator[MailServer]:
    with mail_server() as running:
        yield running


@pytest.fixture
def today(database: Server, mail: MailServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[Day]:
    """A day on a database of its own."""
    monkeypatch.setattr(clock, "WAITS", (0.1,) * 100)
    mail.messages.clear()
    with day(fresh(database), mail) as begun:
        yield begun


def fresh(database: Server) -> str:
    """The address of an empty database."""
    number = database.say("SELECT count(*) FROM pg_database")
    database.say(f"CREATE DATABASE books{number}")
    return str(sa.make_url(database.url).set(database=f"books{number}").render_as_string(False))


def cutting(database: Server, today: Day, where: str) -> Hands:
    """Hands that work while the database is cut off, once, at a place."""
    hands, left = today.hands(), [1]

    def cut() -> None:
        while left:
            left.pop()
            database.cut()

    def pack(books: Books, letter: Letter, key: str) -> EmailMessage:
        cut()
        return hands.pack(books, letter, key)

    async def send(business: str, message: EmailMessage) -> str:
        message_id = await hands.send(business, message)
        cut()
        return message_id

    def report(books: Books, letter: Letter, outcome: Outcome) -> Card:
        card = hands.report(books, letter, outcome)
        cut()
        return card or Card("")

    at: dict[str, object] = {"pack": pack, "send": send, "report": report}
    return replace(hands, **{where: at[where]})  # type: ignore[arg-type] # each by its own name


@pytest.mark.parametrize("where", ["pack", "send", "report"])
def test_connections_that_break_around_a_letter_lose_nothing_and_repeat_nothing(
    database: Server, today: Day, where: str
) -> None:
    today.plan()
    today.run(cutting(database, today, where))
    today.run()
    assert (today.letter.state, today.told, len(today.server.messages)) == ("sent", ["sent"], 1)
    assert len(today.nudges) == 1


def test_a_restart_as_after_a_power_cut_amid_many_runs(database: Server, today: Day) -> None:
    today.plan()

    def run(number: int) -> None:
        if number == 20:
            database.restart()
        try:
            today.run(today.hands(f"worker-{number % 2}"))
        except BooksShut:
            return

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(run, range(60)))
    restart(today, "third")
    assert_once_or_asked(today)


def test_a_card_that_breaks_in_the_database_does_not_undo_that_the_letter_is_gone(today: Day) -> None:
    def broken(books: Books, _letter: Letter, _outcome: Outcome) -> Card:
        books.connection.execute(sa.text("SELECT 1/0"))
        return Card("")

    today.plan()
    today.run(today.hands(report=broken))
    assert (today.letter.state, today.delivery.state) == ("sent", "sent")


def test_the_owner_who_presses_at_that_moment_is_told_and_can_press_again(
    database: Server, tmp_path: Path
) -> None:
    settings = Settings(
        _env_file=None, data=tmp_path, DATABASE_URL=fresh(database), smtp_password=SecretStr("")
    )
    app = App(settings, lambda: MORNING)
    app.database.add_business(BAKERY)
    with app.database.books(BAKERY.id, MORNING) as books:
        fill(app.inbox.desk(books))
    left = [1]

    def cut(_c: object, _cursor: object, statement: str, *_: object) -> None:
        while left and statement.startswith("INSERT INTO lines"):
            left.pop()
            database.cut()

    sa.event.listen(app.database.engine, "before_cursor_execute", cut)
    with (
        closing(app.database),
        TestClient(app.page(TOKEN), "http://127.0.0.1:8000", follow_redirects=False) as client,
    ):
        visit = come_in(client)
        told = visit.post("/say", {"text": "today"})
        assert told.status_code == 503
        assert "can&#x27;t reach the database just now" in told.text
        again = visit.post("/say", {"text": "today"})
        assert again.status_code == 200
        with app.database.books(BAKERY.id, MORNING) as books:
            assert [line.card.text for line in books.lines.recent() if line.mine] == ["today"]
