from __future__ import annotations

import base64
import struct

from hypothesis import given
from hypothesis import strategies as st

from storage.mail import read
from storage.mail.tnef import BEGINS, DATA, SIGNATURE, TITLE, files
from tests.storage.mail.letters import PLAIN, multipart


def attribute(name: int, value: bytes) -> bytes:
    return struct.pack("<BHHI", 2, name, 0, len(value)) + value + b"\0\0"


WINMAIL = struct.pack("<IH", SIGNATURE, 1) + b"".join(
    (
        attribute(BEGINS, b""), attribute(TITLE, b"kvitto.pdf\0"), attribute(DATA, b"%PDF"),
        attribute(BEGINS, b""), attribute(TITLE, b"bild.png\0"), attribute(DATA, b"PNG"),
    )
)  # fmt: skip


def test_the_files_in_outlooks_own_wrapping_are_taken_out() -> None:
    part = "Content-Type: application/ms-tnef\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    found = read(multipart(PLAIN, part + base64.encodebytes(WINMAIL).decode()))
    assert [(each.name, each.content) for each in found.attachments] == [
        ("kvitto.pdf", b"%PDF"), ("bild.png", b"PNG"),
    ]  # fmt: skip


@given(st.binary(max_size=200), st.integers(0, len(WINMAIL)))
def test_any_wrapping_gives_what_holds_of_it(tail: bytes, cut: int) -> None:
    for name, content in files(WINMAIL[:cut] + tail):
        assert name and content
