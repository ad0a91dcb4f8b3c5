"""What a reader is given, and how it says that a file gives nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from bot.documents import Document, Problem, Question, Reading, Receipt

CHUNK = 1 << 20
"""How many bytes of a file are looked at at once."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file and what is known beside it: answers on columns, the currency at home, the day.

    Its bytes are at hand, or at a `path` where they are too many for that.
    """

    content: bytes = b""
    name: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    currency: str = ""
    today: date | None = None
    path: Path | None = None

    def open(self) -> BinaryIO:
        """The bytes from the beginning."""
        return self.path.open("rb") if self.path else BytesIO(self.content)

    def chunks(self) -> Iterator[bytes]:
        """The bytes, some at a time."""
        with self.open() as file:
            while chunk := file.read(CHUNK):
                yield chunk

    @property
    def size(self) -> int:
        """How many bytes there are."""
        return self.path.stat().st_size if self.path else len(self.content)

    @property
    def head(self) -> bytes:
        """The first bytes."""
        with self.open() as file:
            return file.read(CHUNK)

    @property
    def tail(self) -> bytes:
        """The last bytes, an even number of them."""
        with self.open() as file:
            file.seek(max(0, self.size - CHUNK) // 2 * 2)
            return file.read()


class Unreadable(Exception):
    """The file, or the part of it in hand, gives no fact; `problem` says why."""

    def __init__(self, code: str, line: int | None = None, *, format: str = "", **facts: str) -> None:
        super().__init__(code, line, facts)
        self.problem = Problem(code, line, facts)
        self.format = format


def joined(parts: Iterable[Reading]) -> Reading:
    """All that the parts of a file gave, as one; the last day it tells of stands in the last."""
    documents: list[Document] = []
    receipts: list[Receipt] = []
    problems: list[Problem] = []
    questions: list[Question] = []
    last = Reading()
    for last in parts:
        questions += last.questions
        documents += last.documents
        receipts += last.receipts
        problems += last.problems
    all_of_it = tuple(documents), tuple(receipts), tuple(problems), tuple(questions)
    return Reading(*all_of_it, last.format, last.through)
