"""Trials: a wording as customers would get it, its marks by name, and what stands against it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from bot import drafts, specimens
from bot.chat import Card, Check, Paper
from bot.ladder import ladder
from bot.letters import LADDER, LEGAL, TONES, Facts, Letter, Tone
from bot.parties import LANGUAGES
from bot.specimens import Specimen
from bot.wording import MARKS, Mark, Sort, Wording, missing, strange, too_long, worded_as
from handlers.desk import Desk, own
from handlers.desk import drafts as table
from messages import review, wordings
from messages.languages import language

LETTERS: Mapping[str, tuple[Sort, Tone]] = {
    **{tone: ("reminder", tone) for tone in TONES},
    **{sort: (sort, "neutral") for sort in MARKS if sort != "reminder"},
}
"""The letters that can be worded, by the names that they have among our words."""
EVERYDAY = "everyday"
GROUPS: Mapping[str, tuple[str, ...]] = {
    EVERYDAY: (*TONES, "thanks"),
    "agreed": ("promise", "deferral", "plan_offer", "plan", "plan_agreed", "soon"),
    "answers": ("copy", "payment_unseen", "dispute", "part_disputed", "refund"),
    "further": ("later", "taken_back", "waiver", "let_off", "final_notice", "demand"),
}
"""The letters as they are listed: so few at a time that a phone shows them at once."""
LEVELS: Mapping[Tone, int] = {"warm": 1, "neutral": 2}
"""On which step a reminder of a tone mostly goes out; a firm one is the last."""


class Which(NamedTuple):
    """One letter that can be worded, by its name, and its language."""

    name: str
    language: str

    @classmethod
    def of(cls, written: str, desk: Desk) -> Which:
        """A letter as the action of a button names it; the first one where that is not written here."""
        name, _, code = written.partition(".")
        first, language = next(iter(LETTERS)), code if code in LANGUAGES else desk.business.language
        named = cls(name, language)
        return named if name in LETTERS and _is_written(named, desk) else cls(first, language)

    @property
    def sort(self) -> Sort:
        """The sort of letter it is."""
        return LETTERS[self.name][0]

    @property
    def tone(self) -> Tone:
        """The tone it is in."""
        return LETTERS[self.name][1]

    @property
    def group(self) -> str:
        """The list in which it stands."""
        return next(group for group, names in GROUPS.items() if self.name in names)

    def __str__(self) -> str:
        return f"{self.name}.{self.language}"


class Trial(NamedTuple):
    """A wording tried: how it looks, to whom, what is said of it, and how ours reads to the owner."""

    paper: Paper
    customer: str
    checks: tuple[Check, ...]
    beside: tuple[Card, ...]

    @property
    def stops(self) -> bool:
        """Whether the words cannot be used so."""
        return any(each.state == "stop" for each in self.checks)


def tried(wording: Wording, which: Which, desk: Desk) -> Trial:
    """A wording as a customer would get it, and what its owner should know.

    The letters name who gets them, by which they are found when that customer is erased.
    """
    samples = _samples(which, desk)
    shown, to = wordings.worded(samples[0], wording), samples[0].customer
    paper = Paper(shown.subject, shown.body, to, which.language)
    told = tuple(_remarks(wording, which, samples, desk))
    return Trial(paper, to, told, own.beside(samples[0], desk, to=to, theirs=True))


def start(which: Which) -> Mapping[str, str]:
    """Our words for a letter, with marks in the place of all that comes from the books."""
    name = "by_law" if which.sort in LEGAL else which.name
    return language(which.language).table(f"wordings.start.{name}")


def offered(body: str, which: Which) -> Iterator[str]:
    """The marks to write between: all that the books fill, and the words for the reader that are there."""
    places, written = {*named(which, *MARKS[which.sort])}, body.casefold()
    shown = (f"[{name}]" for name in wordings.marks(which.language, which.sort))
    return (mark for mark in shown if mark in places or mark in written)


def named(which: Which, *marks: Mark) -> Iterator[str]:
    """Marks as they are written in a language."""
    names = language(which.language).table("wordings.marks")
    return (f"[{names[mark]}]" for mark in marks)


def _remarks(wording: Wording, which: Which, samples: tuple[Facts, ...], desk: Desk) -> Iterator[Check]:
    """What is wrong with a wording, and what its owner may want to look at once more."""
    names = wordings.marks(which.language, which.sort)
    if long := tuple(too_long(wording.subject, wording.body)):
        yield from (Check("stop", desk.word(f"wordings.long.{part}", most=most)) for part, most in long)
        return
    lacking = missing(which.sort, wording.body, names)
    if lacking:
        yield Check("stop", desk.word("wordings.missing", mark=next(named(which, lacking))))
    for quote in dict.fromkeys(strange(f"{wording.subject}\n{wording.body}", names)):
        yield Check("look", desk.word("wordings.strange", quote=quote))
    texts = ((wordings.worded(facts, wording), facts) for facts in samples)
    found = [each for text, facts in texts for each in review.review(text.subject, text.body, facts)]
    kept = (each for each in found if not (lacking and each.kind == "missing"))
    yield from dict.fromkeys(table.remarks(kept, desk))


def listed(group: str, code: str, desk: Desk) -> Iterator[Which]:
    """The letters of a list that are ever written in a language: the law's own only where the law is."""
    every = (Which(name, code) for name in GROUPS[group])
    return (which for which in every if _is_written(which, desk))


def _is_written(which: Which, desk: Desk) -> bool:
    if which.sort not in LEGAL:
        return True
    official = drafts.legal_language(which.language, desk.country)
    return official == which.language and table.is_written(_made_up(which, 1, desk))


def _samples(which: Which, desk: Desk) -> tuple[Facts, ...]:
    """What a letter would state: the latest draft of its sort, and made-up ones of one invoice and two."""
    one, two = (_made_up(which, count, desk) for count in (1, 2))
    waiting = (x for x in reversed(desk.books.letters.in_state("draft")) if _may_be(one, x))
    known = (table.facts_of(x, desk.books.case(x.customer), desk) for x in waiting)
    real = next((facts for facts in known if worded_as(facts) == worded_as(one)), None)
    return (real, one, two) if real else (one, two)


def _may_be(shown: Facts, letter: Letter) -> bool:
    """Whether a letter may be of the sort that is shown, as far as it tells itself."""
    tones = (shown.tone,) if shown.kind == "reminder" else TONES
    return (letter.kind, letter.language) == (shown.kind, shown.language) and letter.tone in tones


def _made_up(which: Which, count: int, desk: Desk) -> Facts:
    issue = str(language(which.language).find("wordings.issue"))
    about = specimens.specimen(count, desk.business, desk.today, which.language, issue)
    return drafts.facts(
        about.case, about.claims, desk.business, _occasion(which, about, desk), desk.today, which.language
    )


def _occasion(which: Which, about: Specimen, desk: Desk) -> drafts.Occasion:
    if made_up := specimens.OCCASIONS.get(which.sort):
        return made_up(about)
    last = ladder(desk.business).last
    kind = next(each for each in LADDER if each == which.sort)
    tone, level = (which.tone, LEVELS.get(which.tone, last)) if kind not in LEGAL else ("firm", last)
    return table.asking(table.Rung(kind, level, tone, ()), about.claims, about.case, desk, ())
