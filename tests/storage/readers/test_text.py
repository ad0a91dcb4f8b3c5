"""Text from bytes: its encoding is that of all of them, however far behind the letter stands that tells."""

from __future__ import annotations

from pathlib import Path

import pytest

from storage.readers._source import CHUNK, Source
from storage.readers._text import Text, decode

WORDS = "Kunde;Beløp\r\nÅsa;5\r"


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_text_is_the_same_in_every_encoding_and_from_a_file(codec: str, tmp_path: Path) -> None:
    content = WORDS.encode(codec)
    (tmp_path / "file").write_bytes(content)
    assert decode(content) == WORDS
    for source in (Source(content), Source(path=tmp_path / "file")):
        with Text.of(source).open() as text:
            assert text.read() == "Kunde;Beløp\nÅsa;5\n"


@pytest.mark.parametrize(("codec", "last"), [("utf-8", "År"), ("cp1252", "År"), ("cp850", "Lån")])
def test_the_letter_that_tells_may_stand_at_the_very_end(codec: str, last: str, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"x" * (CHUNK - 1) + last.encode(codec))
    with Text.of(Source(path=file)).open() as text:
        assert text.read().endswith(f"x{last}")


def test_a_letter_cut_in_two_at_the_end_is_left_out() -> None:
    assert decode("Lån på".encode()[:-1]) == "Lån p"


@pytest.mark.parametrize(
    ("words", "end"), [("a;b\nc;d", "c;d"), ("a;b\nc;d\n", ""), ("a;b\rc", "c"), ("", "")]
)
def test_the_end_is_what_stands_behind_the_last_whole_line(words: str, end: str) -> None:
    assert Text.of(Source(words.encode())).end == end
