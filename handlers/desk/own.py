"""The owner's own words for a letter, where there are any, and whether they do for its facts."""

from __future__ import annotations

from dataclasses import dataclass

from bot.letters import Facts
from bot.wording import MARKS
from handlers.desk import Desk
from messages import review, voice
from messages.review import Finding
from messages.voice import Text


@dataclass(frozen=True, slots=True)
class OwnWords:
    """A letter in the owner's own words; `lacks` is why they do not do for it, if they do not."""

    text: Text
    lacks: Finding | None

    @property
    def fits(self) -> bool:
        """Whether the letter can be written so."""
        return self.lacks is None


def in_own_words(facts: Facts, desk: Desk) -> OwnWords | None:
    """The letter that these facts make in the owner's own words, if they have worded such letters."""
    if facts.kind not in MARKS:
        return None
    wording = desk.books.wordings.find(facts.kind, facts.tone, facts.language)
    if wording is None:
        return None
    text = voice.worded(facts, wording)
    found = review.review(text.subject, text.body, facts)
    return OwnWords(text, next((each for each in found if each.severity == "error"), None))


def is_used(facts: Facts, desk: Desk) -> bool:
    """Whether a letter of these facts is written in the owner's own words."""
    own = in_own_words(facts, desk)
    return own is not None and own.fits
