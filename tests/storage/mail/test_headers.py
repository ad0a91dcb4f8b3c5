from __future__ import annotations

from datetime import UTC, datetime
from email import message_from_bytes

import pytest

from storage.mail.headers import envelope, ids, ids_in_text, words
from tests.storage.mail.letters import mail


def of(*headers: str) -> object:
    return envelope(message_from_bytes(mail(*headers, head="")))


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("=?utf-8?B?UMOlbWlubmVsc2U=?=", "Påminnelse"),
        ("=?iso-8859-1?Q?P=E5minnelse?= om", "Påminnelse om"),
        ("=?no-such?Q?Hej?=", "Hej"),
        ("=?utf-8?B?UMOlbWlubmVsc2U", "=?utf-8?B?UMOlbWlubmVsc2U"),
    ],
)
def test_encoded_words_are_read(written: str, read: str) -> None:
    assert words(written) == read


@pytest.mark.parametrize("charset", ["utf-8", "latin-1"])
def test_a_header_that_is_not_encoded_at_all_is_read(charset: str) -> None:
    raw = "From: Åsa <a@b.example>\r\nSubject: Påminnelse\r\n\r\nHej".encode(charset)
    found = envelope(message_from_bytes(raw))
    assert (found.name, found.subject) == ("Åsa", "Påminnelse")


def test_the_closest_mail_comes_first_among_those_it_refers_to() -> None:
    found = envelope(message_from_bytes(mail("References: <1@a> <2@a>\r\n\t<3@a>", "In-Reply-To: <3@a>")))
    assert found.refers_to == ("<3@a>", "<2@a>", "<1@a>")


def test_a_tag_is_read_wherever_it_says_for_whom_the_mail_was() -> None:
    headers = ("To: asa@b.example", "Delivered-To: asa+k3m9@b.example", "Cc: a+x@b.example, b@c.example")
    assert envelope(message_from_bytes(mail(*headers, head=""))).tags == ("k3m9", "x")


@pytest.mark.parametrize("written", ["yesterday", "", "Wed, 99 Nov 2026 08:00:00 +0100", "\0"])
def test_a_day_that_is_none_is_none(written: str) -> None:
    assert envelope(message_from_bytes(mail(f"Date: {written}", head=""))).at is None


def test_a_day_without_a_zone_is_taken_for_utc() -> None:
    found = envelope(message_from_bytes(mail("Date: Wed, 25 Nov 2026 08:00:00", head="")))
    assert found.at == datetime(2026, 11, 25, 8, tzinfo=UTC)


@pytest.mark.parametrize("written", ["nobody", "@", "<>", "a b@c", '"'])
def test_what_is_no_address_is_none(written: str) -> None:
    assert envelope(message_from_bytes(mail(f"From: {written}", head=""))).sender == ""


def test_message_ids_are_told_from_what_is_around_them() -> None:
    assert ids("see <1@a>, <2@a> and <not one>") == ("<1@a>", "<2@a>")
    assert ids_in_text("Write to <a@b.c>\n> Message-Id: <1@a>\n") == ("<1@a>",)
