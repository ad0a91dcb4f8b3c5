from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.mail.texts import clean, decoded


@pytest.mark.parametrize(
    ("raw", "claimed", "text"),
    [
        ("på".encode(), "utf-8", "på"),
        ("på".encode(), "us-ascii", "på"),
        ("på".encode(), "iso-8859-1", "på"),
        ("på".encode("latin-1"), "utf-8", "på"),
        ("på".encode("latin-1"), "", "på"),
        ("it’s".encode("cp1252"), "iso-8859-1", "it’s"),
        ("på".encode("utf-16"), "utf-16", "på"),
        ("på".encode("utf-7"), "unicode-1-1-utf-7", "på"),
        ("päivä".encode("iso-8859-15"), '"ISO-8859-15"', "päivä"),
    ],
)
def test_bytes_are_read_as_what_they_are_not_as_what_they_claim(raw: bytes, claimed: str, text: str) -> None:
    assert decoded(raw, claimed) == text


@given(st.binary(max_size=100), st.text(max_size=20))
def test_any_bytes_in_any_charset_give_text_that_a_database_takes(raw: bytes, charset: str) -> None:
    text = decoded(raw, charset)
    assert "\0" not in text
    text.encode()


def test_what_hides_or_turns_text_is_left_out() -> None:
    assert clean("a\u202eb\u200bc\r\nd\0e\rf") == "abc\ndef".replace("ef", "e\nf")
