"""Links: a token opens one page and no other, and whatever was not signed here opens nothing."""

from __future__ import annotations

import hashlib
import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.links import Address, is_secure, link, opened, token

ADDRESS = Address("bageri", "k3m9x2p7q4rt")
IDS = st.text(st.characters(codec="utf-8", exclude_characters="\x1f"), min_size=1, max_size=40)


def sign(text: str) -> bytes:
    return hmac.digest(b"the house's own key", text.encode(), hashlib.sha256)


def other(text: str) -> bytes:
    return hmac.digest(b"another key", text.encode(), hashlib.sha256)


@given(IDS, IDS)
def test_a_token_opens_the_page_that_it_was_made_for(business: str, letter: str) -> None:
    assert opened(token(Address(business, letter), sign), sign) == Address(business, letter)


def test_a_token_is_one_short_word_of_letters_and_digits() -> None:
    made = token(ADDRESS, sign)
    assert made.isalnum() and made.isascii() and made == made.lower() and len(made) < 70
    assert opened(made.upper(), sign) == ADDRESS


@given(st.data())
def test_one_changed_letter_opens_nothing(data: st.DataObject) -> None:
    made = token(ADDRESS, sign)
    at = data.draw(st.integers(0, len(made) - 1))
    letter = data.draw(st.sampled_from([c for c in "abcdefghijklmnopqrstuvwxyz234567" if c != made[at]]))
    assert opened(f"{made[:at]}{letter}{made[at + 1 :]}", sign) is None


@given(st.text(max_size=500))
def test_what_was_never_signed_opens_nothing(written: str) -> None:
    assert opened(written, sign) is None


@pytest.mark.parametrize("key", [other, lambda text: b"", lambda text: sign(text)[::-1]])
def test_what_another_key_signed_opens_nothing(key: object) -> None:
    assert callable(key)
    assert opened(token(ADDRESS, key), sign) is None


def test_a_token_cut_short_or_grown_opens_nothing() -> None:
    made = token(ADDRESS, sign)
    for wrong in (made[:-1], made[1:], f"{made}a", f"{made}=", f"{made}/", "", "a" * 10_000):
        assert opened(wrong, sign) is None


def test_a_link_stands_under_the_address_that_purr_is_reached_at() -> None:
    assert link("https://purr.example/", sign, "bageri", "k3m9x2p7q4rt") == (
        f"https://purr.example/p/{token(ADDRESS, sign)}"
    )


@pytest.mark.parametrize(
    ("address", "secure"),
    [
        ("https://purr.example", True),
        ("HTTPS://purr.example", True),
        ("http://127.0.0.1:8484", True),
        ("http://localhost", True),
        ("http://purr.example", False),
        ("http://localhost.evil.example", False),
        ("", False),
    ],
)
def test_a_page_is_shown_where_nobody_on_the_way_can_read_it(address: str, secure: bool) -> None:
    assert is_secure(address) == secure
