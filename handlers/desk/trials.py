"""Trials: a wording as customers would get it, its marks by name, and what stands against it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import NamedTuple

from bot import drafts
from bot.cases import Case
from bot.chat import Check, Paper
from bot.countries import country as country_of
from bot.invoices import Invoice
from bot.ladder import ladder
from bot.letters import TONES, Claim, Facts, Kind, Tone
from bot.money import Money
from bot.parties import LANGUAGES, Contact, Customer
from bot.wording import LONGEST, MARKS, Mark, Wording, is_long, missing, strange
from handlers.desk import Desk
from handlers.desk import drafts as table
from messages import review, voice
from messages.languages import language

LETTERS: Mapping[str, tuple[Kind, Tone]] = {
    **{tone: ("reminder", tone) for tone in TONES},
    "thanks": ("thanks", "neutral"),
}
"""The letters that can be worded, by the names that they have among our words."""
LEVELS: Mapping[Tone, int] = {"warm": 1, "neutral": 2}
"""On which step a reminder of a tone mostly goes out; a firm one is the last."""
AMOUNTS, LATE = (4_250_00, 1_900_00), timedelta(days=20)
"""What is owed in a letter that is only shown, and since when it was due."""
READER = Customer(id="shown", name="Café Norrsken", contacts=(Contact(name="Maja Berg"),))
"""Who gets it."""


class Which(NamedTuple):
    """One letter that can be worded, by its name, and its language."""

    name: str
    language: str

    @classmethod
    def of(cls, written: str, desk: Desk) -> Which:
        """A letter as the action of a button names it."""
        name, _, code = written.partition(".")
        known = name if name in LETTERS else next(iter(LETTERS))
        return cls(known, code if code in LANGUAGES else desk.business.language)

    @property
    def kind(self) -> Kind:
        """The kind of letter it is."""
        return LETTERS[self.name][0]

    @property
    def tone(self) -> Tone:
        """The tone it is in."""
        return LETTERS[self.name][1]

    def __str__(self) -> str:
        return f"{self.name}.{self.language}"


class Trial(NamedTuple):
    """A wording tried: how it looks, to whom, what is said of it, and whether that stops it."""

    paper: Paper
    customer: str
    checks: tuple[Check, ...]

    @property
    def stops(self) -> bool:
        """Whether the words cannot be used so."""
        return any(each.state == "stop" for each in self.checks)


def tried(wording: Wording, which: Which, desk: Desk) -> Trial:
    """A wording as a customer would get it, and what its owner should know."""
    samples = tuple(_samples(which, desk))
    shown = voice.worded(samples[0], wording)
    paper = Paper(shown.subject, shown.body, "", which.language)
    return Trial(paper, samples[0].customer, tuple(_remarks(wording, which, samples, desk)))


def start(which: Which) -> Mapping[str, str]:
    """Our words for a letter, with marks in the place of all that comes from the books."""
    return language(which.language).table(f"wordings.start.{which.name}")


def offered(body: str, which: Which) -> Iterator[str]:
    """The marks to write between: all that the books fill, and the words for the reader that are there."""
    places, written = {*named(which, *MARKS[which.kind])}, body.casefold()
    shown = (f"[{name}]" for name in voice.marks(which.language, which.kind))
    return (mark for mark in shown if mark in places or mark in written)


def named(which: Which, *marks: Mark) -> Iterator[str]:
    """Marks as they are written in a language."""
    names = language(which.language).table("wordings.marks")
    return (f"[{names[mark]}]" for mark in marks)


def _remarks(wording: Wording, which: Which, samples: tuple[Facts, ...], desk: Desk) -> Iterator[Check]:
    """What is wrong with a wording, and what its owner may want to look at once more."""
    names = voice.marks(which.language, which.kind)
    if is_long(wording.subject, wording.body):
        yield Check("stop", desk.word("wordings.long", most=LONGEST))
    lacking = missing(which.kind, wording.body, names)
    if lacking:
        yield Check("stop", desk.word("wordings.missing", mark=next(named(which, lacking))))
    for quote in dict.fromkeys(strange(f"{wording.subject}\n{wording.body}", names)):
        yield Check("look", desk.word("wordings.strange", quote=quote))
    texts = ((voice.worded(facts, wording), facts) for facts in samples)
    found = [each for text, facts in texts for each in review.review(text.subject, text.body, facts)]
    kept = (each for each in found if not (lacking and each.kind == "missing"))
    yield from dict.fromkeys(table.remarks(kept, desk))


def _samples(which: Which, desk: Desk) -> Iterator[Facts]:
    """What a letter would state: the latest draft of its kind, and made-up ones of one invoice and two."""
    waiting = (x for x in desk.books.letters.in_state("draft") if x.kind == which.kind)
    real = [x for x in waiting if (x.tone, x.language) == (which.tone, which.language)]
    if real:
        yield table.facts_of(real[-1], desk.books.case(real[-1].customer), desk)
    for count in (1, 2):
        yield _made_up(which, count, desk)


def _made_up(which: Which, count: int, desk: Desk) -> Facts:
    currency, due = country_of(desk.country).currency, desk.today - LATE
    invoices = tuple(
        Invoice(
            id=str(at),
            customer=READER.id,
            number=str(1042 + at),
            amount=Money(amount, currency),
            paid=Money(0, currency),
            due=due,
        )
        for at, amount in enumerate(AMOUNTS[:count])
    )
    case = Case(customer=replace(READER, language=which.language, country=desk.country), invoices=invoices)
    claims = tuple(Claim(i.id, i.amount) for i in invoices)
    occasion = _occasion(which, claims, case, desk)
    return drafts.facts(case, claims, desk.business, occasion, desk.today, which.language)


def _occasion(which: Which, claims: tuple[Claim, ...], case: Case, desk: Desk) -> drafts.Occasion:
    if which.kind == "thanks":
        return drafts.Occasion("thanks", fields=(("paid_day", desk.today),))
    level = LEVELS.get(which.tone, ladder(desk.business).last)
    return table.asking(table.Rung(which.kind, level, which.tone, ()), claims, case, desk, ())
