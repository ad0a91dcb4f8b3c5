from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from bot.mail import Kept, MailboxError, Undelivered, reads_for
from tests.cast import ASAS_BAGERI

OTHER = replace(ASAS_BAGERI, id="other", email="other@else.example")
EXAMPLE = replace(ASAS_BAGERI, id="example-other", example=True)


def test_the_mailbox_of_the_settings_is_for_the_business_of_its_address_or_the_only_one() -> None:
    assert reads_for("ASA@asasbageri.example", [ASAS_BAGERI, OTHER, EXAMPLE]) == ASAS_BAGERI.id
    assert reads_for("info@elsewhere.example", [ASAS_BAGERI, EXAMPLE]) == ASAS_BAGERI.id


def test_where_that_is_not_clear_it_is_for_none() -> None:
    assert reads_for("info@elsewhere.example", [ASAS_BAGERI, OTHER]) == ""
    assert reads_for(ASAS_BAGERI.email, [ASAS_BAGERI, replace(OTHER, email=ASAS_BAGERI.email)]) == ""


def test_a_failed_recipient_is_known_by_both_addresses() -> None:
    assert Undelivered(address="in@b.example", known_as="a@b.example").addresses == (
        "a@b.example",
        "in@b.example",
    )
    assert Undelivered(address="a@b.example", known_as="a@b.example").addresses == ("a@b.example",)


def test_who_wrote_is_told_as_far_as_it_is_known() -> None:
    mail = Kept(id="1", at=datetime(2026, 11, 25, tzinfo=UTC), state="placed", sender="a@b.example", name="A")
    assert (mail.who, replace(mail, name="").who) == ("A <a@b.example>", "a@b.example")


def test_a_mailbox_error_says_whether_the_owner_must_act() -> None:
    assert MailboxError("imap_auth", permanent=True).permanent
    assert not MailboxError("imap_unreachable").permanent
