from __future__ import annotations

import pytest

from storage.mail import read
from tests.storage.mail.letters import HEAD, mail


@pytest.mark.parametrize(
    "header",
    [
        "Auto-Submitted: auto-replied",
        "Auto-Submitted: auto-generated (vacation)",
        "X-Autoreply: yes",
        "Precedence: auto_reply",
        "X-Apple-Action: VACATION",
        "X-POST-MessageClass: 9; Autoresponder",
    ],
)
def test_a_machine_says_that_it_is_one(header: str) -> None:
    assert read(mail(header)).kind == "auto_reply"


@pytest.mark.parametrize(
    "subject",
    [
        "Automatisk svar: Påminnelse", "Autosvar: ferie", "Automatiskt svar: Faktura",
        "Automaattinen vastaus: Lasku",
        "Automatic reply: Invoice", "Out of Office: Invoice", "Frånvaro: 3–10 juli", "Poissa 5.1. asti",
    ],
)  # fmt: skip
def test_a_subject_tells_it_as_a_last_resort(subject: str) -> None:
    head = HEAD.replace("Sv: Faktura 1058", subject)
    assert read(mail(head=head)).kind == "auto_reply"


@pytest.mark.parametrize(
    "header",
    [
        "Auto-Submitted: no",
        "X-Auto-Response-Suppress: All",
        "X-Autoreply: no",
        "Return-Path: <>",
    ],
)
def test_a_person_is_never_taken_for_a_machine(header: str) -> None:
    """A wrong yes would let us go on asking somebody who has answered."""
    assert read(mail(header)).kind == "reply"


@pytest.mark.parametrize("subject", ["Re: Autosvar: Faktura", "Sv: Automatisk svar", "Svar på autosvaret"])
def test_an_answer_to_a_machine_is_a_persons(subject: str) -> None:
    assert read(mail(head=HEAD.replace("Sv: Faktura 1058", subject))).kind == "reply"


@pytest.mark.parametrize(
    "header", ["List-Unsubscribe: <mailto:x@y>", "Precedence: bulk", "List-Id: <news.y>"]
)
def test_what_goes_to_many_is_told_apart(header: str) -> None:
    assert read(mail(header)).kind == "other"
