from __future__ import annotations

from storage.mail import read
from tests.storage.mail.letters import PLAIN, REPORT, mail, multipart


def test_what_servers_say_comes_before_what_machines_say_of_themselves() -> None:
    report = multipart(PLAIN, REPORT).replace(
        b"MIME-Version", b"Auto-Submitted: auto-replied\r\nMIME-Version"
    )
    assert read(report).kind == "bounce"


def test_a_bounce_that_names_nobody_still_is_one() -> None:
    found = read(multipart(PLAIN, kind='report; report-type="delivery-status"'))
    assert (found.kind, found.undelivered) == ("bounce", ())


def test_all_else_is_an_answer() -> None:
    assert read(mail()).kind == "reply"
