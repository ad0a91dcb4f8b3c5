"""What every reader keeps: the right one is found, nothing crashes, nothing wrong gets through."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.readers import PROBLEMS, WHY_NOT, Unreadable, delimited, identity, parts, read, readers
from storage.readers._source import Source, joined

OWN = Path(__file__).resolve().parents[2] / "samples"
SAMPLES = sorted(path for path in OWN.rglob("*.*") if path.is_file())
CONTENTS = [path.read_bytes() for path in SAMPLES]


def test_readers_are_found_by_file_name() -> None:
    names = {reader.__name__.rpartition(".")[2] for reader in readers()}  # type: ignore[attr-defined]  # modules
    assert {"ubl", "delimited", "spreadsheet", "pdf", "later", "other_xml"} <= names


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_each_own_sample_is_read_by_its_own_format(path: Path) -> None:
    reading = read(path.read_bytes(), path.name)
    assert reading.format == path.parent.name
    assert reading.documents or reading.receipts
    assert (reading.problems, reading.questions) == ((), ())


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_a_file_read_in_parts_gives_what_it_gives_as_a_whole(path: Path) -> None:
    assert joined(parts(path)) == read(path.read_bytes(), path.name)


def test_a_list_of_any_size_comes_in_parts_and_each_number_once() -> None:
    rows = [f"Åsa;{n};2026-10-31;{n},50;SEK" for n in range(2_500)]
    rows[2_400], rows[2_300] = rows[7], rows[8].replace("8,50", "9,50")
    content = "\n".join(("Kunde;Fakturanr;Forfall;Beløp;Valuta", *rows, "Åsa;2501;2026-10-31;2")).encode()
    some = list(delimited.parts(Source(content)))
    assert [len(part.documents) for part in some] == [1_000, 1_000, 497, 0]
    whole = joined(some)
    assert [d.number for d in whole.documents] == [str(n) for n in range(2_500) if n not in (8, 2_300, 2_400)]
    assert [(p.code, p.line) for p in whole.problems] == [
        ("repeated_number", 10), ("repeated_number", 2_302), ("broken_row", 2_502)
    ]  # fmt: skip


def test_a_file_of_a_format_that_is_read_as_a_whole_is_refused_when_it_is_too_big(tmp_path: Path) -> None:
    file = tmp_path / "big.xml"
    invoice = (OWN / "ubl/invoice.xml").read_bytes()
    file.write_bytes(invoice.replace(b"</Invoice>", b" " * 26 * 1024 * 1024 + b"</Invoice>"))
    with pytest.raises(Unreadable, match="too_big"):
        next(parts(file))


def test_a_file_of_fifty_megabytes_is_refused_without_a_look() -> None:
    (problem,) = read(b"x" * 50 * 1024 * 1024).problems
    assert problem.code == "too_big"
    assert problem.facts == {"size": "50 MB", "limit": "25 MB"}


@pytest.mark.parametrize("content", [b"", b" \r\n\t", b"\xef\xbb\xbf"])
def test_an_empty_file_is_called_empty(content: bytes) -> None:
    assert [p.code for p in read(content).problems] == ["empty_file"]


@pytest.mark.parametrize(
    "content", [b"\x00\x01\x02\x03" * 100, b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b"Hello there"]
)
def test_bytes_of_no_known_format_are_called_unknown(content: bytes) -> None:
    assert [p.code for p in read(content).problems] == ["unknown_format"]


def test_the_same_document_has_the_same_identity_whatever_the_spaces_and_case() -> None:
    (document,) = read((OWN / "ubl/invoice.xml").read_bytes()).documents
    assert identity(document) == ("123456785", "1001", "invoice")


def test_the_lists_of_keys_are_sorted_and_without_doubles() -> None:
    assert list(PROBLEMS) == sorted(set(PROBLEMS))
    assert list(WHY_NOT) == sorted(set(WHY_NOT))


def judge(content: bytes) -> None:
    """Reads without crashing, gives something to say, and only in words that the voice knows."""
    reading = read(content, "dropped", currency="NOK")
    told = reading.documents or reading.receipts or reading.problems or reading.questions
    assert told or reading.through or reading.format.startswith(("camt.", "mt94"))
    assert all(problem.code in PROBLEMS for problem in reading.problems)
    assert all(document.why_not in (*WHY_NOT, "") for document in reading.documents)
    assert all((document.collectable == "yes") == (not document.why_not) for document in reading.documents)


@given(st.binary(max_size=400))
@settings(max_examples=150, deadline=None)
def test_no_bytes_crash_a_reader(content: bytes) -> None:
    judge(content)


@given(st.text(max_size=400))
@settings(max_examples=150, deadline=None)
def test_no_text_crashes_a_reader(text: str) -> None:
    judge(("Kunde;Fakturanr;Beløp\n" + text).encode())


@given(st.sampled_from(CONTENTS), st.data())
@settings(max_examples=300, deadline=None)
def test_no_damage_to_a_sample_crashes_a_reader(content: bytes, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(content)))
    end = data.draw(st.integers(start, min(len(content), start + 60)))
    judge(content[:start] + data.draw(st.binary(max_size=20)) + content[end:])


@given(st.sampled_from(CONTENTS), st.floats(0, 1))
@settings(max_examples=100, deadline=None)
def test_no_half_received_sample_crashes_a_reader(content: bytes, part: float) -> None:
    judge(content[: int(len(content) * part)])


def test_a_workbook_with_any_sheet_does_not_crash(make_book: Callable[..., bytes]) -> None:
    judge(make_book([[None], ["a", 1, 2.5], []]))
