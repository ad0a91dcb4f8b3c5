"""Sending: the owner hears of every end a letter can come to, with the way on, and it goes once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.payments import Payment
from handlers.letterbox.packing import pack
from handlers.letterbox.sending import RETRIES
from tests.handlers.post import Post, written
from tests.handlers.talk import Talk
from tests.mailserver import MailServer, Mood, mail_server


@pytest.fixture(scope="module")
def server() -> Iterator[MailServer]:
    with mail_server() as server:
        yield server


@pytest.fixture
def approved(home: Path, server: MailServer) -> Talk:
    server.mood = "accept"
    server.messages.clear()
    talk = Talk.about(home, mail=server)
    talk.says("Kuusi")
    talk.presses("Draft")
    talk.presses("Approve")
    return talk


def later(talk: Talk, minutes: int = 11) -> str:
    talk.house.wait_until(talk.house.clock() + timedelta(minutes=minutes))
    return talk.card().text


def state(talk: Talk) -> str:
    with talk.books() as books:
        return max(books.letters.of("kuusi"), key=lambda x: x.approved_at or talk.house.clock()).state


def test_an_approved_letter_goes_once_and_the_owner_is_told(approved: Talk, server: MailServer) -> None:
    assert "Sent to Kahvila Kuusi Oy" in later(approved)
    later(approved, 600)
    assert (state(approved), len(server.messages)) == ("sent", 1)


@pytest.mark.parametrize(
    ("mood", "words", "ends"),
    [
        ("refuse_recipient", "does not know the address", "failed"),
        ("refuse_data", "could not be sent", "failed"),
        ("busy", "", "approved"),
        ("greylist", "", "approved"),
        ("drop_after_data", "", "unknown"),
    ],
)
def test_whatever_the_server_does_the_owner_hears_of_it(
    mood: Mood, words: str, ends: str, approved: Talk, server: MailServer
) -> None:
    server.mood = mood
    said = later(approved)
    assert "Kahvila Kuusi Oy" in said and words in said
    assert state(approved) == ends


def test_a_letter_that_had_to_wait_goes_when_the_server_is_well_again(
    approved: Talk, server: MailServer
) -> None:
    server.mood = "busy"
    later(approved)
    server.mood = "accept"
    later(approved, 120)
    assert (state(approved), len(server.messages)) == ("sent", 1)


def test_a_letter_is_tried_for_two_days_and_then_given_up(approved: Talk, server: MailServer) -> None:
    assert sum(RETRIES, timedelta()) > timedelta(days=1)
    server.mood = "busy"
    later(approved, 4 * 24 * 60)
    assert state(approved) == "failed" and not server.messages


def test_a_letter_that_became_untrue_is_a_draft_again_and_says_why(
    approved: Talk, server: MailServer
) -> None:
    with approved.books() as books:
        invoice = next(i for i in books.invoices.of("kuusi") if not i.paid)
        letter = books.letters.of("kuusi")[-1]
        books.payments.add(
            Payment(id="p", customer="kuusi", invoice=invoice.id, day=letter.made, amount=invoice.amount)
        )
    assert "the payment has come in" in later(approved)
    assert not server.messages


def test_a_letter_we_never_heard_back_about_is_known_by_the_answer_it_gets(
    approved: Talk, server: MailServer
) -> None:
    """It went out, though the line broke: the mail that answers it says so."""
    server.mood = "drop_after_data"
    later(approved)
    assert state(approved) == "unknown"
    post = Post(approved)
    post.comes(written("Moi", sender="uusi@elsewhere.example", In_Reply_To=server.messages[0]["Message-ID"]))
    assert state(approved) == "sent"
    assert [reply.text for reply in post.replies("Kuusi")] == ["Moi"]


def test_the_next_letter_stands_in_the_thread_of_the_last_and_of_the_answer(
    approved: Talk, server: MailServer
) -> None:
    later(approved)
    first = str(server.messages[0]["Message-ID"])
    raw = written(
        "Saanko laskun uudelleen?", sender="aino@kahvilakuusi.example", In_Reply_To=first, number="a"
    )
    Post(approved).comes(raw)
    with approved.books() as books:
        sent = max(books.letters.of("kuusi"), key=lambda x: x.approved_at or approved.house.clock())
        message = pack(books, replace(sent, id="next"), "letter:next")
    assert message["References"] == f"{first} <a@norrsken.example>"
    assert message["In-Reply-To"] == "<a@norrsken.example>"
