"""Timing: every day a sentence names, where it stands, and what is wrong with one that cannot be meant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Literal

from messages.ear.dates import Written, written
from messages.ear.days import COUNTED, Said, meant
from messages.ear.words import languages, plain, words

Fault = Literal["", "past", "impossible", "clash"]
NEAR = 12
"""So many letters may stand between a weekday and the date it belongs to."""
FIGURES = "date"
AHEAD = 270
"""Days within which a month is still to come: `in September` said in December is more likely the last one."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A day as it stands in a text: no `day` where there is none such, and why not."""

    start: int
    end: int
    meaning: str
    day: date | None = None
    fault: Fault = ""


@lru_cache(maxsize=1024)
def mentions(text: str, tongues: tuple[str, ...], today: date) -> tuple[Mention, ...]:
    """The days a text names, in their order; in any language, where its own name none."""
    return _mentions(text, tongues, today) or _mentions(text, languages(), today)


def _mentions(text: str, tongues: tuple[str, ...], today: date) -> tuple[Mention, ...]:
    found = [_written(one, today) for one in written(text)]
    spoken = plain(text)
    saying = tuple(tongue for tongue in tongues if words(tongue).any_day.search(spoken))
    for meaning in COUNTED if saying else ():
        for said in meant(meaning, text, saying):
            if _is_free(said.match, found):
                found.append(_said(said, today))
    return tuple(_without_doubles(sorted(found, key=lambda one: one.start)))


def _is_free(match: re.Match[str], found: Iterable[Mention]) -> bool:
    return all(match.end() <= other.start or other.end <= match.start() for other in found)


def _written(one: Written, today: date) -> Mention:
    try:
        day = one.on(today)
    except ValueError:
        return Mention(one.start, one.end, FIGURES, None, "impossible")
    return Mention(one.start, one.end, FIGURES, day, "past" if day < today else "")


def _said(said: Said, today: date) -> Mention:
    start, end = said.match.span()
    try:
        day = COUNTED[said.meaning](today, said)
    except (ValueError, OverflowError):
        return Mention(start, end, said.meaning, None, "impossible")
    gone = day < today or (said.meaning == "month" and (day - today).days > AHEAD)
    return Mention(start, end, said.meaning, day, "past" if gone else "")


def _without_doubles(found: Sequence[Mention]) -> Iterator[Mention]:
    """Without the weekday that stands beside its date, which it may contradict."""
    dropped = -1
    for at, one in enumerate(found):
        if at == dropped:
            continue
        other = found[at + 1] if at + 1 < len(found) and found[at + 1].start - one.end <= NEAR else None
        pair = {one.meaning, other.meaning} if other else set()
        if other and "weekday" in pair and pair & {FIGURES, "day_of_month"}:
            dropped = at + 1
            yield _agreed(*((one, other) if other.meaning == "weekday" else (other, one)))
        else:
            yield one


def _agreed(dated: Mention, weekday: Mention) -> Mention:
    """A date and the weekday beside it: when they clash the date holds, and a person must look."""
    if dated.day and weekday.day and not dated.fault and dated.day.weekday() != weekday.day.weekday():
        return replace(dated, fault="clash")
    return dated
