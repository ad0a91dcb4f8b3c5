"""Sending: the owner's own mail server, tried before it is trusted, its password told to nobody."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.chat import Form
from tests.handlers.talk import NOWHERE, Talk
from tests.mailserver import MailServer, mail_server, no_mail_server

SECRET = "a-secret-nobody-repeats"


@pytest.fixture
def asked(home: Path) -> Talk:
    """An owner who wants letters to go by mail, where no server is set up."""
    talk = Talk.about(home, sends="self", mail=replace(NOWHERE, host=""))
    talk.says("settings")
    talk.presses("Your details")
    for _ in range(3):
        talk.presses("Go on")
    talk.presses("Send them for me")
    talk.presses("Go on", own_email="asa@asasbageri.example")
    return talk


def answers(server: MailServer, password: str = SECRET) -> dict[str, str]:
    host = f"{server.host}:{server.port}"
    return {"mail_host": host, "mail_user": "asa", "mail_password": password, "mail_security": "none"}


def test_the_server_is_guessed_from_the_address(asked: Talk) -> None:
    form = asked.part("Try it")
    assert isinstance(form, Form)
    assert {f.name: f.value for f in form.fields}["mail_host"] == "smtp.asasbageri.example"


def test_a_server_that_lets_us_in_is_kept_and_letters_go_through_it(asked: Talk) -> None:
    with mail_server(login=("asa", SECRET)) as server:
        asked.presses("Try it", **answers(server))
        asked.says("Kuusi")
        asked.presses("Draft")
        asked.presses("Approve")
        asked.house.wait_until(asked.house.clock() + timedelta(minutes=11))
        assert len(server.messages) == 1


def test_a_wrong_password_is_told_at_the_question_and_changes_nothing(asked: Talk) -> None:
    before = asked.kept()
    with mail_server(login=("asa", "another")) as server:
        asked.presses("Try it", **answers(server))
    form = asked.part("Try it")
    assert isinstance(form, Form)
    assert "does not accept the name or password" in "".join(f.error for f in form.fields)
    assert asked.kept() == before


def test_a_server_that_is_not_there_is_told_at_the_question(asked: Talk) -> None:
    with no_mail_server() as server:
        asked.presses("Try it", **answers(server))
    form = asked.part("Try it")
    assert isinstance(form, Form)
    assert "cannot be reached" in "".join(f.error for f in form.fields)


@pytest.mark.parametrize("port", ["²", "9" * 5_000])
def test_a_port_that_is_no_number_is_none(asked: Talk, port: str) -> None:
    with mail_server(login=("asa", SECRET)) as server:
        asked.presses("Try it", **answers(server) | {"mail_host": f"{server.host}:{port}"})
    form = asked.part("Try it")
    assert isinstance(form, Form)
    assert "cannot be reached" in "".join(f.error for f in form.fields)


def test_the_password_is_in_no_card_and_nowhere_in_plain_in_the_books(asked: Talk, home: Path) -> None:
    asked.presses("Try it", mail_host="", mail_user="asa", mail_password=SECRET)
    with mail_server(login=("asa", SECRET)) as server:
        asked.presses("Try it", **answers(server))
    assert SECRET not in "".join(str(line.card) for line in asked.lines())
    assert not [file for file in home.iterdir() if file.is_file() and SECRET.encode() in file.read_bytes()]
