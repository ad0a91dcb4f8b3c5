"""What a reader is given, and how it says that a file gives nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from bot.documents import Problem


@dataclass(frozen=True, slots=True)
class Source:
    """A file and what is known beside it: answers on columns, the currency at home, the day."""

    content: bytes
    name: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    currency: str = ""
    today: date | None = None


class Unreadable(Exception):
    """The file, or the part of it in hand, gives no fact; `problem` says why."""

    def __init__(self, code: str, line: int | None = None, *, format: str = "", **facts: str) -> None:
        super().__init__(code, line, facts)
        self.problem = Problem(code, line, facts)
        self.format = format
