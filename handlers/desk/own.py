"""The owner's own words for a letter, where there are any, and whether they do for its facts."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.chat import Card, Paper
from bot.drafts import FOREIGN
from bot.letters import Facts, Letter
from bot.wording import worded_as
from handlers.desk import Desk
from messages import review, voice
from messages.review import Finding
from messages.voice import Text
from messages.wordings import worded


@dataclass(frozen=True, slots=True)
class OwnWords:
    """A letter in the owner's own words, and what the review says of it."""

    text: Text
    found: tuple[Finding, ...]

    def is_said_by(self, letter: Letter) -> bool:
        """Whether a letter says exactly this."""
        return self.text == Text(letter.subject, letter.body)

    @property
    def lacks(self) -> Finding | None:
        """Why they do not do for it, if they do not."""
        return next((each for each in self.found if each.severity == "error"), None)

    @property
    def fits(self) -> bool:
        """Whether the letter can be written so."""
        return self.lacks is None


def in_own_words(facts: Facts, desk: Desk) -> OwnWords | None:
    """The letter that these facts make in the owner's own words, if they have worded such letters."""
    wording = desk.books.wordings.find(*worded_as(facts), facts.language)
    if wording is None:
        return None
    text = worded(facts, wording)
    return OwnWords(text, review.review(text.subject, text.body, facts))


def is_ours(letter: Letter, facts: Facts) -> bool:
    """Whether a letter is in Purr's words from beginning to end."""
    return voice.letter(facts) == Text(letter.subject, letter.body)


def beside(facts: Facts, desk: Desk, subject: str = "", *, to: str = "", theirs: bool) -> tuple[Card, ...]:
    """The same letter in the owner's language, where it is in another: in Purr's words, whosever it is in."""
    if facts.language == desk.language:
        return ()
    shown = replace(facts, language=desk.language)
    if not voice.is_written(shown):
        shown = replace(facts, language=FOREIGN)
    text = voice.letter(shown)
    shown_in = desk.word(f"languages.{shown.language}")
    words = {"language": desk.word(f"languages.{facts.language}"), "shown": shown_in, "theirs": theirs}
    paper = Paper(text.subject, text.body, to, shown.language)
    return (desk.card("own_language", words, paper=paper, subject=subject),)
