"""What takes long is done while the books are closed, so that nobody else waits for it."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import pytest

from bot.chat import Action, Request, Upload
from bot.errors import Refusal
from bot.parties import MailServer
from handlers.desk.outside import Errands, Outside
from storage.readers import read
from tests.handlers.talk import Talk
from tests.town import HEAD, NORRSKEN

SERVER = {
    "mail_host": "smtp.example",
    "mail_port": "587",
    "mail_user": "asa",
    "mail_password": "secret",
    "mail_security": "starttls",
}


def test_while_a_mail_server_is_tried_others_reach_the_books(tmp_path: Path) -> None:
    talk = Talk.about(tmp_path)
    app = talk.house.app
    reached = threading.Event()

    def slow(_server: MailServer) -> str:
        meanwhile = threading.Thread(target=look)
        meanwhile.start()
        return "" if reached.wait(5) else "smtp_unreachable"

    def look() -> None:
        with app.database.books(talk.house.business.id, talk.house.clock()):
            reached.set()

    app.inbox = replace(app.inbox, server=False, try_mail=slow)
    talk.ask(Request(talk.house.business.id, action=Action("sending.server"), values=SERVER))
    assert reached.is_set()
    with talk.books() as books:
        assert books.mailboxes.outgoing()


def test_each_file_is_read_once_however_many_are_dropped(tmp_path: Path) -> None:
    talk = Talk.about(tmp_path, empty=True)
    names: list[str] = []

    def counted(content: bytes, name: str = "", **more: object) -> object:
        names.append(name)
        return read(content, name, **more)  # type: ignore[arg-type]  # handed on as they came

    talk.house.app.inbox = replace(talk.house.app.inbox, read=counted)  # type: ignore[arg-type]  # the same
    files = tuple(
        Upload(f"{n}.csv", f"{HEAD}\n{NORRSKEN}\n".replace("1058", f"105{n}").encode()) for n in range(3)
    )
    talk.ask(Request(talk.house.business.id, files=files))
    assert sorted(names) == ["0.csv", "1.csv", "2.csv"]


def test_a_refusal_met_outside_is_told_as_one_met_inside() -> None:
    errands = Errands()

    def refuse() -> str:
        raise Refusal("too_big")

    with pytest.raises(Outside) as asked:
        errands.ask("file", refuse)
    errands.run(asked.value)
    with pytest.raises(Refusal, match="too_big"):
        errands.ask("file", refuse)
