"""Whatever comes, something is read of it; the shared samples are all told for what they are."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.mail import Mail
from messages.ear.answers import unquoted
from storage.mail import read
from tests.storage.mail.letters import HEAD, HTML, PDF, PLAIN, REPORT, RETURNED, mail, multipart

SHARED = Path(__file__).resolve().parents[4] / "shared" / "samples"
TYPICAL = (mail(), multipart(PLAIN, PDF), multipart(PLAIN, REPORT, RETURNED, kind="report"), multipart(HTML))


def files() -> dict[str, dict[str, object]]:
    """What is known of each shared sample of mail."""
    index = SHARED / "expected.json"
    known = json.loads(index.read_text(encoding="utf-8"))["files"] if index.exists() else {}
    return {name: told for name, told in known.items() if name.startswith("mail/")}


@pytest.mark.shared
@pytest.mark.parametrize("name", [n for n in files() if n.endswith(".eml")] or [""])
def test_every_shared_mail_is_told_for_what_it_is(name: str) -> None:
    if not name:
        pytest.skip("no shared samples beside the checkout")
    told, found = files()[name], read((SHARED / name).read_bytes())
    assert found.kind == ("reply" if told["kind"] == "not_bounce" else told["kind"])
    if told["kind"] == "bounce":
        recipients = told["recipients"]
        assert isinstance(recipients, list)
        assert [each.address for each in found.undelivered] == [r["address"] for r in recipients]
        assert (found.undelivered[0].cause, found.undelivered[0].fate) == (told["class"], "failed")


@pytest.mark.shared
@pytest.mark.parametrize("name", [n for n, told in files().items() if "reply_text" in told] or [""])
def test_of_every_shared_reply_the_new_words_are_told_from_the_quoted(name: str) -> None:
    if not name:
        pytest.skip("no shared samples beside the checkout")
    raw = (SHARED / name).read_bytes()
    text = read(raw).text if name.endswith(".eml") else raw.decode()
    wanted = "\n".join(x for x in str(files()[name]["reply_text"]).splitlines() if not x.startswith(">"))
    assert " ".join(wanted.split()) in " ".join(unquoted(text).split())


def test_what_stands_on_a_mail_is_read() -> None:
    found = read(mail("In-Reply-To: <2@a>", "References: <1@a> <2@a>", "Cc: Bo <bo+k3m9@b.example>"))
    assert (found.name, found.sender) == ("Nils Sundin", "nils@norrsken.example")
    assert (found.subject, found.message_id) == ("Sv: Faktura 1058", "<1@norrsken.example>")
    assert found.refers_to == ("<2@a>", "<1@a>")
    assert found.tags == ("k3m9",)
    assert found.readable


@given(st.binary(max_size=2000))
def test_any_bytes_are_read(raw: bytes) -> None:
    assert isinstance(read(raw), Mail)


@given(st.sampled_from(TYPICAL), st.data())
def test_a_mail_cut_off_anywhere_is_read(raw: bytes, data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, len(raw)))
    found = read(raw[:cut])
    assert found.sender in ("", *(HEAD.split("<")[1].split(">")[0][:n] for n in range(40)))


@given(st.sampled_from(TYPICAL), st.data())
def test_a_mail_with_bytes_changed_anywhere_is_read(raw: bytes, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(raw) - 1))
    piece = data.draw(st.binary(min_size=1, max_size=20))
    found = read(raw[:at] + piece + raw[at + len(piece) :])
    assert not set("\0\ud800") & set(found.text + found.subject + found.sender + found.message_id)


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_header_is_read(name: str, value: str) -> None:
    head = f"From: {name} <{value}>\r\nSubject: {value}\r\nReferences: {name} {value}\r\nDate: {value}\r\n"
    raw = head.encode("utf-8", "replace") + b"\r\nHej"
    assert read(raw).identity == read(raw).identity


HOSTILE = {
    "ten thousand recipients": b"From: a@b.example\r\nTo: "
    + b",\r\n ".join(b"P <p%d@x.example>" % n for n in range(10_000))
    + b"\r\n\r\nHej",
    "two thousand parts in each other": HEAD.encode()
    + b"".join(b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (n, n) for n in range(2000))
    + b"\r\nHej",
    "fifty thousand parts": multipart(*["Content-Type: text/plain\r\n\r\nHej"] * 2).replace(
        b"--b--", b"--b\r\n\r\nHej\r\n" * 50_000
    ),
    "mails in mails": HEAD.encode() + b"Content-Type: message/rfc822\r\n\r\n" * 3000 + b"Hej",
    "a header of a megabyte": b"From: a@b.example\r\nReferences: " + b"<a@b.c> " * 130_000 + b"\r\n\r\nHej",
    "encoded words without end": b"From: a@b.example\r\nSubject: " + b"=?utf-8?q?" * 50_000 + b"\r\n\r\nHej",
    "brackets without end": b"From: " + b"(" * 50_000 + b"a@b.example\r\n\r\nHej",
    "elements without end": mail("Content-Type: text/html", body="<div>" * 100_000 + "Hej"),
    "no charset that there is": mail('Content-Type: text/plain; charset="klingon"'),
    "no boundary": mail("Content-Type: multipart/mixed"),
    "nothing": b"",
    "zeros": b"\0" * 5000,
}


@pytest.mark.parametrize("raw", HOSTILE.values(), ids=list(HOSTILE))
def test_a_hostile_mail_is_read_as_far_as_it_can_be(raw: bytes) -> None:
    found = read(raw)
    assert len(found.recipients) <= 50
    assert found.readable is False or found.text.strip() == "Hej" or found.text.startswith("Hej")


def test_a_mail_of_ten_megabytes_is_read_with_its_file() -> None:
    file = base64.encodebytes(b"%PDF" + b"x" * 7_500_000).decode()
    found = read(multipart(PLAIN, PDF.replace("JVBERi0xLjc=", file)))
    assert found.readable and found.text == "Hej på dig"
    assert [len(each.content) for each in found.attachments] == [7_500_004]


def test_a_mail_that_cannot_be_taken_apart_still_says_who_wrote_it() -> None:
    found = read(HOSTILE["two thousand parts in each other"])
    assert (found.readable, found.sender, found.subject) == (
        False, "nils@norrsken.example", "Sv: Faktura 1058",
    )  # fmt: skip
