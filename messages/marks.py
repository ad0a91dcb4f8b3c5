"""Marks: in the running text of a letter, all that only the books may say is put behind a mark, and back."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from string import ascii_uppercase

from messages.ear.words import plain
from messages.tells import WORD, begins, known, tells

MARK = re.compile(r"\[\[[A-Z]+-[A-Z]+\]\]")
SENTENCE_ENDS = re.compile(r"[.?!…][)”\"’»]?$")
LABELLED = re.compile(r"[^.?!:]{1,40}: *\[\[")
COUNTED = ("[[NUMBER-", "[[DAY-")
"""Marks for what is a word like others where it is not written in figures."""
SIGNED = 4
"""Of no more words is a line that may be nothing but a name."""
FEWEST = 4
"""So many words beside its marks make a line running text."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A line of running text with its marks, and what stands behind each of them."""

    line: int
    text: str
    behind: Mapping[str, str] = field(default_factory=dict)

    @property
    def marks(self) -> tuple[str, ...]:
        """Its marks, in their order."""
        return tuple(MARK.findall(self.text))

    def put_back(self, text: str) -> str:
        """A text with what stands behind its marks; a number or day in words begins a sentence large."""
        return MARK.sub(self._fitting, text)

    def _fitting(self, mark: re.Match[str]) -> str:
        """What stands behind a mark, as its place wants it: *three*, moved to the front, is *Three*."""
        said = self.behind[mark[0]]
        is_first, was_first = (begins(t, t.index(mark[0])) for t in (mark.string, self.text))
        if is_first == was_first or not mark[0].startswith(COUNTED):
            return said
        if is_first:
            return said[:1].upper() + said[1:]
        return said[:1].lower() + said[1:] if mark[0].startswith("[[NUMBER") else said


@dataclass(frozen=True, slots=True)
class Veiled:
    """The lines of a letter, and those among them that are running text."""

    lines: tuple[str, ...]
    passages: tuple[Passage, ...]

    def put_back(self, texts: Sequence[str]) -> str:
        """The letter with other texts in the places of its passages."""
        lines = list(self.lines)
        for passage, text in zip(self.passages, texts, strict=True):
            lines[passage.line] = passage.put_back(text)
        return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class How:
    """The language of a text, the names that are known in it, and how closely it is looked at."""

    code: str
    names: tuple[str, ...] = ()
    quotes: bool = True
    openings: bool = False


def veil(body: str, code: str, names: Iterable[str] = (), *, openings: bool = False) -> Veiled:
    """A letter's running text with marks; greeting, tables and signature are left where they are."""
    lines = tuple(unicodedata.normalize("NFC", body).split("\n"))
    how = How(code, tuple(names), openings=openings)
    likely = (at for at, line in enumerate(lines) if _may_run(line))
    running = (at for at in likely if _is_running(_marked(lines[at], how, _letters(), {})))
    letters = _letters()
    return Veiled(lines, tuple(_passage(at, lines[at], how, letters) for at in running))


def hidden(text: str, code: str, names: Iterable[str] = ()) -> str:
    """A text of somebody else with marks that nothing is put back for; what they quote stays."""
    text = unicodedata.normalize("NFC", text)
    how = How(code, (*names, *_signed(text, code)), quotes=False)
    return _marked(text, how, _letters(), {})


def _signed(text: str, code: str) -> Iterator[str]:
    """Lines behind the first that are nothing but a name, as far as that can be seen: who signs."""
    lines = [line.strip(" \t\xa0,-–—/*_") for line in text.split("\n") if line.strip()]
    for line in lines[1:]:
        words = line.split()
        are_names = all(WORD.fullmatch(word.rstrip(".")) and word[0].isupper() for word in words)
        if 0 < len(words) <= SIGNED and are_names and not known(code) & set(map(plain, words)):
            yield line


def _passage(at: int, line: str, how: How, letters: Iterator[str]) -> Passage:
    behind: dict[str, str] = {}
    return Passage(at, _marked(line, how, letters, behind), behind)


def _marked(text: str, how: How, letters: Iterator[str], behind: dict[str, str]) -> str:
    """A text with a mark of its own in each place that tells something."""
    pieces, end = [], 0
    for each in tells(text, how.code, how.names, quotes=how.quotes, openings=how.openings):
        mark = f"[[{each.kind}-{next(letters)}]]"
        behind[mark] = text[each.start : each.end]
        pieces += [text[end : each.start], mark]
        end = each.end
    return "".join([*pieces, text[end:]])


def _letters() -> Iterator[str]:
    """A, B, … Z, AA, AB, …: figures would be taken for the books' own."""
    for number in count():
        rest, name = number, ""
        while rest >= 0:
            rest, at = divmod(rest, len(ascii_uppercase))
            name, rest = ascii_uppercase[at] + name, rest - 1
        yield name


def _may_run(line: str) -> bool:
    """Whether a line ends as a sentence does, and is no row of a table."""
    return bool(SENTENCE_ENDS.search(line.rstrip())) and " · " not in line


def _is_running(text: str) -> bool:
    """Whether a line with its marks is made of sentences, not of a label and what it names."""
    return not LABELLED.match(text) and len(WORD.findall(MARK.sub(" ", text))) >= FEWEST
