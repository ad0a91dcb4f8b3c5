from __future__ import annotations

from storage.mail import read
from tests.storage.mail.letters import mail


def test_a_mail_is_the_same_whichever_way_it_comes() -> None:
    plain = mail(body="Hej\r\npå dig\r\n")
    ways = (
        plain.replace(b"\r\n", b"\n"),
        b"Received: from x\r\nReturn-Path: <a@b>\r\n" + plain,
        plain + b"\r\n\r\n",
        plain.replace(b"Hej\r\n", b"Hej  \r\n"),
    )
    assert {read(way).identity for way in ways} == {read(plain).identity}


def test_another_mail_under_the_same_name_is_another() -> None:
    assert read(mail(body="Ja")).identity != read(mail(body="Nej")).identity


def test_mails_without_a_name_are_told_apart_by_what_they_say() -> None:
    assert read(b"\r\nJa").identity != read(b"\r\nNej").identity
