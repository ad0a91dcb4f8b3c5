from __future__ import annotations

import pytest

from storage.mail import read
from tests.storage.mail.letters import mail

SERVER = "From: Mail Delivery System <MAILER-DAEMON@mx.example>\r\nTo: asa@asasbageri.example\r\n"


def told(subject: str, body: str, *headers: str) -> object:
    return read(mail(f"Subject: {subject}", *headers, head=SERVER, body=body))


@pytest.mark.parametrize(
    ("subject", "body"),
    [
        ("Undelivered Mail Returned to Sender", "<nils@norrsken.example>: user unknown"),
        (
            "Mail delivery failed: returning message to sender",
            "failed:\n\n  nils@norrsken.example\n  No such user",
        ),
        ("Meldingen din kunne ikke leveres", "Meldingen ble ikke levert til nils@norrsken.example"),
        ("Kunde inte levereras: Faktura", "nils@norrsken.example kunde inte levereras"),
        ("Failure notice", "Sorry, nils@norrsken.example does not exist. 550 5.1.1"),
    ],
)
def test_a_server_that_says_it_in_its_own_words_is_understood(subject: str, body: str) -> None:
    found = read(mail(f"Subject: {subject}", head=SERVER, body=body))
    assert found.kind == "bounce"
    assert [(each.address, each.fate) for each in found.undelivered] == [("nils@norrsken.example", "failed")]


def test_a_delay_is_no_failure() -> None:
    body = "Delivery to nils@norrsken.example has been delayed. No action is required: we will keep trying."
    [one] = read(mail("Subject: Delivery Status Notification (Delay)", head=SERVER, body=body)).undelivered
    assert one.fate == "delayed"


def test_a_header_of_its_own_names_the_recipients() -> None:
    header = "X-Failed-Recipients: a@b.example, c@d.example"
    found = read(mail("Subject: x", header, head=SERVER, body="for d@e.example"))
    assert [each.address for each in found.undelivered] == ["a@b.example", "c@d.example"]


def test_the_letter_is_named_by_the_copy_in_its_text() -> None:
    body = "nils@norrsken.example: user unknown\n\n---- Original message ----\nMessage-ID: <ours@a>\n"
    assert "<ours@a>" in read(mail("Subject: Undelivered Mail", head=SERVER, body=body)).refers_to


def test_a_person_who_writes_of_a_bounce_is_a_person() -> None:
    body = "Er faktura kom i retur, den var inte levererad. 550 5.1.1 stod det."
    assert read(mail(body=body)).kind == "reply"
