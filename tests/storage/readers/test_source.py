"""A source of bytes, at hand or in a file, and the parts of a reading put together."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from bot.documents import Document, Problem, Question, Reading, Receipt
from bot.money import Money
from storage.readers._source import CHUNK, Source, joined

SEK_5 = Money(500, "SEK")


def test_bytes_at_hand_and_in_a_file_are_read_alike(tmp_path: Path) -> None:
    content = b"a" * CHUNK + b"bcd"
    file = tmp_path / "file"
    file.write_bytes(content)
    for source in (Source(content), Source(path=file)):
        assert (source.size, b"".join(source.chunks())) == (len(content), content)
        assert (source.head, source.tail) == (content[:CHUNK], content[2:])


def test_parts_put_together_are_all_that_the_file_gave() -> None:
    document, receipt = Document("invoice", "1", SEK_5), Receipt(date(2026, 11, 1), SEK_5)
    asked, wrong = Question("due", ("a", "b")), Problem("bad_date", 3)
    parts = [
        Reading((document,), format="csv"),
        Reading(receipts=(receipt,), problems=(wrong,), format="csv"),
        Reading(questions=(asked,), format="csv", through=date(2026, 11, 2)),
    ]
    whole = joined(parts)
    assert (whole.documents, whole.receipts, whole.problems) == ((document,), (receipt,), (wrong,))
    assert (whole.questions, whole.format, whole.through) == ((asked,), "csv", date(2026, 11, 2))
    assert joined(()) == Reading()
