"""Every sample cut off, bent, re-encoded, doubled, renamed or mined: no crash, no wrong fact in silence."""

from __future__ import annotations

import os
import tracemalloc
import zlib
from collections import Counter
from collections.abc import Hashable, Iterator
from functools import cache
from io import BytesIO
from pathlib import Path
from time import process_time
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import banking
from bot.banking import arrive
from bot.documents import Reading
from bot.matching import Owed
from storage.readers import LIMIT, PROBLEMS, WHY_NOT, identity, read
from storage.readers.spreadsheet import MOST_BYTES

ROOT = Path(__file__).resolve().parents[3]
OWN = sorted(path for path in (ROOT / "tests" / "samples").rglob("*.*") if path.is_file())
BESIDE = ROOT.parent / "shared" / "samples"
KINDS = ("accounting/fortnox", "accounting/saf-t-no", "accounting/sie", "bank", "einvoice")
OTHERS = sorted(p for kind in KINDS for p in (BESIDE / kind).rglob("*") if p.is_file())
FILES = [*OWN, *(pytest.param(path, marks=pytest.mark.shared) for path in OTHERS)]

EVERY = pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
KILOBYTE = 1024
TIMES = int(os.environ.get("PURR_FUZZ", "1"))
"""How many times as many places to try: `make fuzz`."""

PIECES = 16
"""In how many places a file of few kilobytes is cut off."""

PROVED = ("bgmax", "camt.053", "ktl", "mt940", "ocr-giro", "tito")
"""Formats whose samples state what their lines come to."""

XML = [path for path in OWN if path.suffix == ".xml"]
BINARY = {".pdf", ".xlsx"}
LETTERS = ("utf-8", "utf-8-sig", "latin-1", "cp850", "utf-16", "utf-16-le", "utf-16-be")


@cache
def whole(path: Path) -> Reading:
    return reading_of(path.read_bytes())


def reading_of(content: bytes, name: str = "dropped") -> Reading:
    """What is read, once it is known to speak in words that the voice has."""
    reading = read(content, name, currency="NOK")
    assert all(problem.code in PROBLEMS for problem in reading.problems)
    assert all(document.why_not in (*WHY_NOT, "") for document in reading.documents)
    return reading


def facts(reading: Reading) -> Counter[Hashable]:
    """What money would be asked for, or laid on invoices."""
    asked = [(d.kind, d.number, d.amount, d.due) for d in reading.documents]
    return Counter([*asked, *((r.day, r.amount, r.reversal) for r in reading.receipts)])


def told(reading: Reading) -> bool:
    """Whether the owner is told that something is amiss."""
    return bool(reading.problems or reading.questions)


@EVERY
def test_a_file_that_breaks_off_gives_nothing_that_the_whole_one_does_not(path: Path) -> None:
    content, known = path.read_bytes(), facts(whole(path))
    for end in range(0, len(content), min(KILOBYTE, max(1, len(content) // (PIECES * TIMES)))):
        assert not facts(reading_of(content[:end])) - known, f"cut after {end} bytes"


@pytest.mark.parametrize("path", [p for p in OWN if p.parent.name.startswith(PROVED)], ids=lambda p: p.name)
def test_a_bank_file_with_totals_gives_all_of_itself_or_says_what_is_wrong(path: Path) -> None:
    content, known = path.read_bytes(), facts(whole(path))
    for end in range(0, len(content), max(1, len(content) // (60 * TIMES))):
        reading = reading_of(content[:end])
        is_told = told(reading) and not reading.through
        assert is_told or facts(reading) == known or _is_between(content, end), f"cut after {end} bytes"
        assert not facts(reading) - known


def _is_between(content: bytes, end: int) -> bool:
    """Whether one whole statement ends there and another begins, so that none is broken."""
    return content[end:].lstrip(b"-\r\n").startswith((b":20:", b"T00", b"01BGMAX", b"NY0000"))


@given(st.sampled_from([*OWN, *OTHERS]), st.floats(0, 1, exclude_max=True), st.integers(0, 255))
@settings(max_examples=200 * TIMES, deadline=None)
def test_one_wrong_byte_crashes_nothing_and_moves_no_proved_money(path: Path, at: float, byte: int) -> None:
    content = bytearray(path.read_bytes())
    content[int(at * len(content))] = byte
    reading = reading_of(bytes(content))
    if path in OWN and path.parent.name.startswith(PROVED) and not told(reading):
        assert total(reading) == total(whole(path))


def total(reading: Reading) -> int:
    return sum(receipt.amount.minor for receipt in reading.receipts)


@EVERY
def test_letters_of_another_kind_change_no_amount_day_or_number(path: Path) -> None:
    if path.suffix in BINARY:
        return
    content, known = path.read_bytes(), facts(whole(path))
    for written, other in ((a, b) for a in LETTERS[:4] for b in LETTERS):
        for again in _recoded(content, written, other):
            reading = reading_of(again)
            assert told(reading) or not facts(reading) - known, f"{written} read as {other}"


def _recoded(content: bytes, written: str, other: str) -> Iterator[bytes]:
    try:
        yield content.decode(written).encode(other)
    except UnicodeError:
        return


@EVERY
@pytest.mark.parametrize("end", [b"\r\n", b"\n"], ids=["crlf", "lf"])
def test_line_ends_change_nothing(path: Path, end: bytes) -> None:
    content = path.read_bytes()
    if path.suffix in BINARY or b"\0" in content:
        return
    again = reading_of(content.replace(b"\r\n", b"\n").replace(b"\n", end))
    assert facts(again) == facts(whole(path))
    assert {r.mark for r in again.receipts} == {r.mark for r in whole(path).receipts}


@EVERY
def test_a_file_joined_with_itself_tells_of_no_more_money(path: Path) -> None:
    content = path.read_bytes()
    between = b"" if content.endswith(b"\n") else b"\n"
    again = reading_of(content + between + content)
    assert {identity(d) for d in again.documents} <= {identity(d) for d in whole(path).documents}
    assert came(again) <= came(whole(path))


def came(reading: Reading) -> set[tuple[str, int]]:
    """What would be new to empty books."""
    arrival = arrive(banking.told(reading.receipts, lambda: "1", Counter()), (), (), Owed("SE", (), ()))
    return {(row.money.mark, row.money.amount.minor) for row in arrival.rows}


@EVERY
def test_a_wrong_name_changes_nothing(path: Path) -> None:
    for name in ("x.pdf", "x.csv", "x.xml", "x.xlsx", "x", "../../x.exe"):
        assert reading_of(path.read_bytes(), name) == whole(path)


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
BOMBS = {
    "laughs": f'<!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]>',
    "quadratic": f'<!DOCTYPE x [<!ENTITY l9 "{"a" * 50_000}">]>',
    "file": '<!DOCTYPE x [<!ENTITY l9 SYSTEM "file:///etc/passwd">]>',
    "net": '<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x.dtd">%p;<!ENTITY l9 "">]>',
}


@pytest.mark.parametrize("path", XML, ids=lambda path: path.name)
@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_in_any_xml_is_refused_before_it_goes_off(path: Path, bomb: str) -> None:
    declared, mark, rest = path.read_bytes().partition(b"?>")
    text, _, tail = rest.rpartition(b"</")
    mined = (declared, mark, BOMBS[bomb].encode(), text, b"&l9;" * 2_000, b"</", tail)
    reading = reading_of(b"".join(mined))
    assert [p.code for p in reading.problems] == ["unsafe_xml"]
    assert not facts(reading)


def archive(size: int, said: int) -> bytes:
    """A workbook whose only sheet is as many blanks, and whose directory claims `said` of them."""
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as parts:
        parts.writestr("[Content_Types].xml", "<Types/>")
        parts.writestr("xl/worksheets/sheet1.xml", b" " * size)
    return content.getvalue().replace(size.to_bytes(4, "little"), said.to_bytes(4, "little"))


def test_a_small_archive_of_a_large_workbook_is_refused_by_its_directory() -> None:
    assert [p.code for p in sparing(archive(1_000_000, MOST_BYTES)).problems] == ["unsafe_zip"]


def test_a_directory_that_lies_about_a_part_is_not_believed() -> None:
    assert [p.code for p in sparing(archive(20_000_000, 1_000)).problems] == ["broken_spreadsheet"]


def test_a_small_pdf_that_carries_a_large_file_is_looked_at_in_little_memory() -> None:
    reading = sparing(_pdf(zlib.compress(b" " * 100_000_000, 1)))
    assert [d.why_not for d in reading.documents] in ([], ["pdf"])


def _pdf(packed: bytes) -> bytes:
    """A PDF with one page, whose e-invoice and whose page unpack to the same bytes."""
    stream = b"/Filter /FlateDecode /Length %d >>\nstream\n%b\nendstream" % (len(packed), packed)
    named = b"/Names << /EmbeddedFiles << /Names [(factur-x.xml) 4 0 R] >> >>"
    parts = (
        b"<< /Type /Catalog /Pages 2 0 R " + named + b" >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 5 0 R >>",
        b"<< /Type /Filespec /F (factur-x.xml) /UF (factur-x.xml) /EF << /F 5 0 R >> >>",
        b"<< " + stream,
    )
    body = b"".join(b"%d 0 obj\n%b\nendobj\n" % (at, part) for at, part in enumerate(parts, 1))
    return b"%PDF-1.7\n" + body + b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n0\n%%EOF"


def sparing(content: bytes) -> Reading:
    """A reading that took no more memory than the largest page that is unpacked, twice over."""
    tracemalloc.start()
    try:
        reading = reading_of(content)
        assert tracemalloc.get_traced_memory()[1] < 160_000_000
    finally:
        tracemalloc.stop()
    return reading


@pytest.mark.parametrize("size", [50 * KILOBYTE * KILOBYTE, LIMIT], ids=["fifty", "limit"])
def test_nothing_but_blanks_is_told_at_once_whatever_its_size(size: int) -> None:
    began = process_time()
    assert [p.code for p in reading_of(b" " * size).problems] in (["too_big"], ["empty_file"])
    assert process_time() - began < 2


@pytest.mark.parametrize("path", {path.parent: path for path in OWN}.values(), ids=lambda path: path.name)
@pytest.mark.parametrize("filling", [b"\n", b",", b'"', b"<a>"], ids=repr)
def test_no_head_makes_a_long_filling_slow(path: Path, filling: bytes) -> None:
    began = process_time()
    reading_of(path.read_bytes() + filling * (60_000 // len(filling)))
    assert process_time() - began < 5
