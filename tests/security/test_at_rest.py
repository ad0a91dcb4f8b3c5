"""What lies in the database: no secret that opens anything without the key beside it, no identity number."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from pathlib import Path
from shutil import copyfile

import pytest

from bot.chat import Request
from bot.errors import Refusal
from bot.ledgers import Connection
from bot.parties import MailServer
from bot.platforms import Heard, Person, Place
from storage.engine import Database
from tests.handlers.letterbox.customer import arrived, sent
from tests.handlers.talk import MORNING, Talk

SECRET = "hemligt-lösen-4711"
BORN = "19811218-9876"
"""A Swedish identity number that holds."""
MASKED = "••••••••-••••"


def lying(home: Path) -> bytes:
    """All bytes of the database, also those not yet moved into its file."""
    return b"".join(path.read_bytes() for path in sorted(home.glob("purr.db*")))


def seal_one_of_each(talk: Talk) -> None:
    database = talk.house.app.database
    with talk.books() as books:
        books.mailboxes.save(MailServer(host="mail.example", user="asa", password=SECRET))
        books.mailboxes.save(MailServer(host="mail.example", user="asa", password=SECRET), "in")
        books.connections.save(Connection(system="fiken", secrets={"token": SECRET}))
    with database.drawer("slack", MORNING) as drawer:
        drawer.put("workspace", SECRET, MORNING + timedelta(days=1))
    said = Heard("1", Place("slack", "C1"), Person("slack", "U1"), Request("", text=SECRET))
    with database.arrivals(MORNING) as arrivals:
        arrivals.keep([said])


def test_no_secret_can_be_read_in_the_database(talk: Talk, home: Path) -> None:
    seal_one_of_each(talk)
    assert SECRET.encode() not in lying(home)
    with talk.books() as books:
        assert (server := books.mailboxes.outgoing()) and server.password == SECRET


def test_nor_opened_with_another_key_than_the_one_beside_the_books(
    talk: Talk, home: Path, tmp_path: Path
) -> None:
    seal_one_of_each(talk)
    talk.house.app.database.close()
    (elsewhere := tmp_path / "elsewhere").mkdir()
    for path in home.glob("purr.db*"):
        copyfile(path, elsewhere / path.name)
    with closing(Database(f"sqlite:///{elsewhere / 'purr.db'}", elsewhere / "purr.key")) as stolen:
        with (
            stolen.books(talk.house.business.id, MORNING) as books,
            pytest.raises(Refusal, match="secret_lost"),
        ):
            books.mailboxes.outgoing()
        with stolen.arrivals(MORNING) as arrivals:
            assert arrivals.waiting("slack") == ()


def test_an_identity_number_is_masked_at_the_customers_page_too(talk: Talk, home: Path) -> None:
    with arrived(talk, sent(talk, "norrsken")) as customer:
        customer.say("wrong", words=f"My number is {BORN}, this is not mine")
    with talk.books() as books:
        assert [MASKED in reply.text for reply in books.replies.of("norrsken")] == [True]
    assert BORN.encode() not in lying(home)
