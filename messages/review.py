"""The review of a draft: what is missing, what the books do not say, what an owner would not say aloud."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal, cast

from bot.countries import country as country_of
from bot.letters import Facts, Part
from bot.money import Money
from messages import figures, wording
from messages.ear.words import plain, words
from messages.formats import Formats, clip, formats
from messages.languages import language

Kind = Literal[
    "empty", "missing", "figure", "placeholder", "step", "call", "mixed",
    "blame", "shame", "threat", "legal", "shout", "mass", "stiff",
]  # fmt: skip
Severity = Literal["error", "advice"]
ADVICE: frozenset[str] = frozenset({"call", "shout", "mass", "stiff"})
KEEPABLE: frozenset[str] = frozenset({"blame", "shame", "threat", "legal", "mixed"})
"""Errors of wording: the owner may keep the words on purpose. All other errors have to be mended."""
REQUIRED: Mapping[str, tuple[str, ...]] = {
    "reminder": ("number", "amount", "total", "due", "pay_by", "account", "reference", "sender", "reach"),
    "plan": ("number", "instalment", "total", "day", "account", "sender"),
    "promise": ("number", "total", "due", "pay_by", "account", "reference", "sender"),
    "payment_unseen": ("number", "amount", "due", "day", "account", "reference", "sender"),
    "dispute": ("number", "day", "sender"),
    "thanks": ("number", "total", "day", "sender"),
}
"""The parts without which a letter of a kind is not sent."""
DAYS = ("reply_by", "hold_until", "answer_day", "paid_day")
"""The day that a letter of one kind is about, by its name among the facts of that kind."""
VERBATIM = frozenset({"issue", "page"})
"""Facts of one kind that stand in a letter word for word."""


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
    found = (*_missing(text, facts), *_wrong(text, facts, known), *_worded(text, facts))
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
    for part in REQUIRED[facts.kind]:
        lacking = next((shown for there, shown in PARTS[part](text, facts) if not there), None)
        if lacking is not None:
            yield _finding("missing", suggestion=_shown(lacking, _habits(facts)), part=part)


def _wrong(text: str, facts: Facts, known: Iterable[str]) -> Iterator[Finding]:
    habits = _habits(facts)
    for one in figures.wrong(_masked(text, facts), facts, figures.known(facts, known)):
        yield _finding("figure", one.quote, _shown(one.right, habits))


def _worded(text: str, facts: Facts) -> Iterator[Finding]:
    slots = _slots(facts)
    for remark in wording.remarks(_masked(text, facts), facts):
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
    return written | {"first_name": facts.first_name, "step": wording.term(facts)}


def _habits(facts: Facts) -> Formats:
    own = "" if facts.cross_border else country_of(facts.country).currency
    habits = formats(language(facts.language), facts, today=facts.today, own=own)
    return replace(habits, familiar=habits.familiar and not facts.cross_border)


def _shown(value: object, habits: Formats) -> str:
    if isinstance(value, Money):
        return habits.money(value)
    return habits.date(value) if isinstance(value, date) else str(value or "")


Parts = Iterator[tuple[bool, object]]
"""Whether each value of a part is there, and the value."""


def _numbers(text: str, values: Iterable[str]) -> Parts:
    return ((figures.says_number(text, value), value) for value in values if value)


def _amounts(text: str, values: Iterable[Money]) -> Parts:
    return ((figures.says_amount(text, value), value) for value in values)


def _days(text: str, values: Iterable[object]) -> Parts:
    return ((figures.says_day(text, value), value) for value in values if isinstance(value, date))


def _totals(text: str, facts: Facts) -> Parts:
    return _amounts(text, facts.totals if len(facts.lines) > 1 or facts.kind != "reminder" else ())


def _dues(text: str, facts: Facts) -> Parts:
    """Reminders say when an invoice was due; other letters do where they list several."""
    told = facts.kind == "reminder" or len(facts.lines) > 1
    return _days(text, (line.due for line in facts.lines if told))


def _accounts(text: str, facts: Facts) -> Parts:
    """A Danish payment line holds its account; it is looked for as the reference."""
    if facts.account_kind == "fik":
        return iter(())
    return _numbers(text, (facts.account, *(line.account for line in facts.lines if not facts.account)))


def _instalments(text: str, facts: Facts) -> Parts:
    """Each instalment has its day, amount and reference side by side."""
    lines = text.splitlines()
    return ((any(_states(line, part) for line in lines), part.day) for part in facts.parts)


def _states(line: str, part: Part) -> bool:
    paid = figures.says_day(line, part.day) and figures.says_amount(line, part.amount)
    return paid and (not part.reference or figures.says_number(line, part.reference))


def _senders(text: str, facts: Facts) -> Parts:
    spoken = " ".join(text.split())
    return ((" ".join(_composed(name).split()) in spoken, name) for name in (facts.owner, facts.business))


def _ways_to_answer(text: str, facts: Facts) -> Parts:
    called = bool(facts.phone) and figures.says_number(text, facts.phone)
    yield called or bool(words(facts.language).review["reach"].search(plain(text))), facts.phone


PARTS: Mapping[str, Callable[[str, Facts], Parts]] = {
    "number": lambda text, facts: _numbers(text, (line.number for line in facts.lines)),
    "amount": lambda text, facts: _amounts(text, (line.amount for line in facts.lines)),
    "total": _totals,
    "due": _dues,
    "pay_by": lambda text, facts: _days(text, (facts.pay_by,)),
    "day": lambda text, facts: _days(text, map(facts.fields.get, DAYS)),
    "account": _accounts,
    "reference": lambda text, facts: _numbers(text, (line.reference for line in facts.lines)),
    "instalment": _instalments,
    "sender": _senders,
    "reach": _ways_to_answer,
}
