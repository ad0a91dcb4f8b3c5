"""Bank statements, reports and notices in XML: camt.052, camt.053 and camt.054, of every version."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import BinaryIO

from bot.documents import Problem, Reading, Receipt
from storage.readers._covered import covered
from storage.readers._entries import entry_of, is_booked, receipts_of
from storage.readers._leaves import Leaves, leaves_of
from storage.readers._marks import Marks
from storage.readers._source import Source, Unreadable, joined
from storage.readers._sums import Sums, account_of, disagreement, goes_on, is_one_of_several, through
from storage.readers._xml import Element, line_of, local, looks_like_xml, plain, stream, text

HEAD = 64 * 1024
VERSION = re.compile(rb"camt\.05[234]\.\d{3}\.\d\d")
MESSAGE = re.compile(rb"<(?:[\w.-]+:)?BkToCstmr(AcctRpt|Stmt|DbtCdtNtfctn)(?:V\d\d)?[\s/>]")
NAMES = {b"AcctRpt": "camt.052", b"Stmt": "camt.053", b"DbtCdtNtfctn": "camt.054"}
ENTRY = "Ntry"
PART = 1_000
"""How many payments one part of a reading holds."""
STATEMENTS = ("Stmt", "Rpt", "Ntfctn")
"""What holds the entries of one account, in each of the three messages."""


@dataclass(slots=True)
class _Statement:
    """One account's entries as they come by; `gap` where it says that another page follows."""

    account: str
    owner: str
    created: str
    receipts: list[Receipt] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    sums: Sums = field(default_factory=Sums)
    marks: Marks = field(default_factory=Marks)
    through: date | None = None
    gap: Problem | None = None
    is_over: bool = False

    def take(self, element: Element) -> None:
        """One more entry; one that cannot be read is a problem, and the others still count."""
        parts: list[Leaves] = []
        leaves = leaves_of(element, parts)
        try:
            if not is_booked(leaves):
                self.sums.waiting += 1
                return
            entry = entry_of(leaves, parts, line_of(element), self.created)
            self.receipts += receipts_of(entry, self.account, self.owner, self.marks)
            self.sums.add(entry)
        except Unreadable as reason:
            self.problems.append(Problem(reason.problem.code, line_of(element), reason.problem.facts))

    def close(self, element: Element) -> None:
        """The end: through which day it goes, if all of it was understood and its own sums agree."""
        self.is_over = True
        whole = not self.problems
        if whole and not is_one_of_several(element) and (wrong := disagreement(element, self.sums)):
            self.problems.append(wrong)
        self.through = None if self.problems else through(element, self.sums)
        if goes_on(element):
            self.gap = Problem("statement_incomplete", line_of(element))


def recognise(head: bytes) -> float:
    """Sure when the XML names one of the three messages."""
    if not looks_like_xml(head):
        return 0
    return 0.9 if MESSAGE.search(plain(head)) or VERSION.search(plain(head)) else 0


def read(source: Source) -> Reading:
    """The payments of every statement in the file."""
    return joined(parts(source))


def parts(source: Source) -> Iterator[Reading]:
    """The payments, some at a time; last what is wrong, and through which day the whole file goes."""
    name = _format(plain(source.head[:HEAD]))
    ended: list[_Statement] = []
    with source.open() as file:
        for statement in _statements(file):
            done = file.tell() / source.size
            yield Reading(receipts=tuple(statement.receipts), format=name, done=done)
            statement.receipts.clear()
            ended += [statement] if statement.is_over else []
    if not ended:
        raise Unreadable("unknown_xml", format=name, root=name)
    problems = [problem for each in ended for problem in each.problems]
    gap = ended[-1].gap
    yield Reading(
        problems=tuple([*problems, gap] if gap else problems),
        format=name,
        through=None if gap else covered((each.account, each.through) for each in ended),
    )


def _format(head: bytes) -> str:
    """The message and its version, as its namespace names them."""
    if version := VERSION.search(head):
        return version[0].decode()
    message = MESSAGE.search(head)
    return NAMES[message[1]] if message else "camt"


def _statements(file: BinaryIO) -> Iterator[_Statement]:
    """Each statement whenever some of its payments were read, and when it is over."""
    statement: _Statement | None = None
    for element in stream(file, ENTRY, STATEMENTS):
        if local(element) != ENTRY:
            statement = statement or _begun(element)
            statement.close(element)
            yield statement
            statement = None
        elif (parent := element.getparent()) is not None and local(parent) in STATEMENTS:
            statement = statement or _begun(parent)
            statement.take(element)
            if len(statement.receipts) >= PART:
                yield statement


def _begun(element: Element) -> _Statement:
    return _Statement(*account_of(element), created=text(element, "CreDtTm"))
