from __future__ import annotations

import io
import zipfile

import pytest

from bot.handouts import LONGEST, is_program, kind, safe_name, shortened, verb


def zipped(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, b"x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("ref", "is_one"),
    [("0a1b2c", "pack"), ("paper.i.n", "paper"), ("mail.m.0", "mail"), ("books.x", None), (".", None)],
)
def test_a_bare_digest_is_a_packs_and_a_stranger_is_nothing(ref: str, is_one: str | None) -> None:
    assert kind(ref) == is_one
    assert verb(ref) == f"{is_one}.fetch"


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("faktura å 7.pdf", "faktura å 7.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\temp\\a.pdf", "a.pdf"),
        ("faktura\u202efdp.exe", "faktura_fdp.exe"),
        ("a\r\nX-Evil: 1.pdf", "a X-Evil_ 1.pdf"),
        ('a";filename="b.html', "a__filename=_b.html"),
        ("faktura.pdf" + " " * 300 + ".exe", "faktura.pdf.exe"),
        ("...", "file"),
        ("", "file"),
        ("lasku\u00a0№1.pdf", "lasku №1.pdf"),
    ],
)
def test_a_name_is_only_a_name(name: str, safe: str) -> None:
    assert safe_name(name) == safe


def test_a_long_name_keeps_its_ending() -> None:
    assert safe_name("x" * 500 + ".pdf").endswith("x.pdf")
    assert len(safe_name("x" * 500 + ".pdf")) == LONGEST
    assert shortened("x" * 100 + ".pdf").endswith("x.pdf") and len(shortened("x" * 100 + ".pdf")) == 42
    assert shortened("faktura.pdf") == "faktura.pdf"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("faktura.pdf.EXE", b""),
        ("faktura.exe. ", b""),
        ("faktura.pdf", b"MZ\x90\x00"),
        ("bild.jpg", b"#!/bin/sh\n"),
        ("lista.xlsm", b""),
        ("sida.html", b"<html>"),
        ("underlag.zip", zipped("a.pdf", "kör/mig.js")),
        ("lista.xlsx", zipped("xl/workbook.xml", "xl/vbaProject.bin")),
    ],
)
def test_what_may_run_something_when_it_is_opened_is_known(name: str, content: bytes) -> None:
    assert is_program(name, content)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("faktura.pdf", b"%PDF-1.7"),
        ("lista.xlsx", zipped("xl/workbook.xml", "xl/printerSettings/printerSettings1.bin")),
        ("trasig.zip", b"PK\x03\x04 no archive"),
        ("kvitto.jpg", b"\xff\xd8\xff"),
        ("", b""),
    ],
)
def test_what_only_shows_something_is_no_program(name: str, content: bytes) -> None:
    assert not is_program(name, content)
