"""The review of a draft: what is missing, what the books do not say, what an owner would not say aloud."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Literal, cast

from bot.countries import country as country_of
from bot.letters import Facts
from bot.money import Money
from messages import figures, parts, terms, wording
from messages.formats import Formats, clip, formats
from messages.languages import language

Kind = Literal[
    "empty", "missing", "figure", "placeholder", "step", "name", "charge", "call", "mixed",
    "blame", "shame", "threat", "legal", "shout", "mass", "stiff",
]  # fmt: skip
Severity = Literal["error", "advice"]
ADVICE: frozenset[str] = frozenset({"call", "shout", "mass", "stiff"})
KEEPABLE: frozenset[str] = frozenset({"blame", "shame", "threat", "legal", "mixed"})
"""Errors of wording: the owner may keep the words on purpose. All other errors have to be mended."""
VERBATIM = frozenset({"issue", "page"})
"""Facts of one kind that stand in a letter word for word."""
PAGE = re.compile(r"https?://\S+/p/[a-z2-7]{40,}", re.IGNORECASE)
"""A link to the page of some letter."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about a draft: an error, which stops it, or advice.

    `quote` is the place, empty when something is missing; `suggestion` is what to write instead, in the
    letter's language; `facts` fill the words for the owner (`part`: which part is missing, as a key).
    """

    kind: str
    severity: Severity
    quote: str = ""
    suggestion: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)

    @property
    def keepable(self) -> bool:
        """Whether the owner may keep the words on purpose."""
        return self.kind in KEEPABLE


def review(subject: str, body: str, facts: Facts, known: Iterable[str] = ()) -> tuple[Finding, ...]:
    """What is wrong with a draft, errors first; `known` are further numbers the business writes of itself."""
    if not body.strip():
        return (_finding("empty"),)
    text = _composed(f"{subject}\n\n{body}")
    masked = _masked(text, facts)
    found = (*_missing(text, facts), *_wrong(text, masked, facts, known), *_worded(masked, facts))
    once = {(one.kind, one.quote, one.suggestion, str(one.facts)): one for one in found}
    return tuple(sorted(once.values(), key=lambda one: one.severity != "error"))


def blocks(findings: Iterable[Finding]) -> bool:
    """Whether any of the findings stops a letter."""
    return any(one.severity == "error" for one in findings)


def _composed(text: str) -> str:
    """A text with each letter in one piece, as the books and the keyboard may not have it."""
    return unicodedata.normalize("NFC", text)


def _finding(kind: Kind, quote: str = "", suggestion: str = "", **facts: object) -> Finding:
    return Finding(kind, "advice" if kind in ADVICE else "error", quote, suggestion, facts)


def _missing(text: str, facts: Facts) -> Iterator[Finding]:
    habits = _habits(facts)
    for part, lacking in parts.missing(text, facts):
        yield _finding("missing", suggestion=_shown(lacking, habits), part=part)


def _wrong(text: str, masked: str, facts: Facts, known: Iterable[str]) -> Iterator[Finding]:
    habits = _habits(facts)
    for one in figures.wrong(masked, facts, figures.known(facts, known)):
        yield _finding("figure", one.quote, _shown(one.right, habits))
    own = str(facts.fields.get("page", ""))
    for link in PAGE.findall(text):
        if link != own:
            yield _finding("figure", link, own)


def _worded(masked: str, facts: Facts) -> Iterator[Finding]:
    slots = _slots(facts)
    for remark in wording.remarks(masked, facts):
        better = re.sub(r"\{(\w+)\}", lambda slot: slots.get(slot[1]) or "…", remark.suggestion)
        yield _finding(cast(Kind, remark.kind), remark.quote, better)


def _masked(text: str, facts: Facts) -> str:
    """A text without names, what was delivered and the customer's own words: they may say anything."""
    whats = [words_ for line in facts.lines for words_ in (line.what, clip(line.what))]
    said = [str(value) for key, value in facts.fields.items() if key in VERBATIM]
    names = (facts.business, facts.owner, facts.customer, facts.first_name)
    for words_ in sorted({*whats, *said, *names} - {""}, key=len, reverse=True):
        literal = r"\s+".join(map(re.escape, _composed(words_).split()))
        text = figures.blank(text, re.compile(rf"(?<!\w){literal}(?!\w)", re.IGNORECASE))
    return text


def _slots(facts: Facts) -> Mapping[str, str]:
    """What fills the {slots} of a suggestion, as far as the facts have it."""
    habits = _habits(facts)
    days = {"pay_by": facts.pay_by, "next_day": facts.next_day, "day": facts.fields.get("last_day")}
    written = {name: habits.day(day) for name, day in days.items() if isinstance(day, date)}
    return written | {"first_name": facts.first_name, "step": terms.title(facts) or terms.step(facts)}


def _habits(facts: Facts) -> Formats:
    own = "" if facts.cross_border else country_of(facts.country).currency
    habits = formats(language(facts.language), facts, today=facts.today, own=own)
    return replace(habits, familiar=habits.familiar and not facts.cross_border)


def _shown(value: object, habits: Formats) -> str:
    if isinstance(value, Money):
        return habits.money(value)
    if isinstance(value, Decimal):
        return habits.percent(value)
    return habits.date(value) if isinstance(value, date) else str(value or "")
