from __future__ import annotations

import pytest

from storage.mail.causes import cause


@pytest.mark.parametrize(
    ("status", "said", "why"),
    [
        ("5.1.1", "", "bad_address"),
        ("5.2.2", "", "mailbox_full"),
        ("4.2.2", "", "mailbox_full"),
        ("5.7.1", "", "sender_or_policy"),
        ("5.0.0", "550 5.7.1 Access denied", "sender_or_policy"),
        ("5.0.0", "550 user unknown", "bad_address"),
        ("", "The mailbox is full", "mailbox_full"),
        ("", "blocked as spam", "sender_or_policy"),
        ("4.4.1", "connection timed out", "other"),
        ("", "", "other"),
        ("", "delivered to 10.5.1.1", "other"),
    ],
)
def test_the_code_that_says_most_says_why(status: str, said: str, why: str) -> None:
    assert cause(status, said) == why
