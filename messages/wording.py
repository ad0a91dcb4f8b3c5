"""Wording: what a letter should not say, by the word lists of its language, and steps that are not set up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from bot.letters import LEGAL, Facts
from messages import charges, terms
from messages.ear.dates import written
from messages.ear.tongues import foreign
from messages.ear.words import plain, words
from messages.figures import says_day
from messages.languages import FOLDER

SENTENCE = re.compile(r"(?<=[.!?…])\s+(?=[^\W\d_a-zæøåäö])|\n+")
PLACEHOLDER = re.compile(r"\{\{?[^{}\n]*\}?\}|\[\[[^\]\n]*\]\]")
REMINDER = "reminder"


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of a word list: what kind of wording, how to find it, and what to write instead.

    `by_law` is what to write in a final notice or demand, where that is another thing.
    """

    kind: str
    pattern: re.Pattern[str]
    suggestion: str
    by_law: str = ""

    def better(self, facts: Facts) -> str:
        """What to write instead in a letter."""
        return self.by_law if self.by_law and facts.kind in LEGAL else self.suggestion


@dataclass(frozen=True, slots=True)
class Remark:
    """A place in a text that a rule found, and the rule's suggestion with its {slots}."""

    kind: str
    quote: str
    suggestion: str = ""


@cache
def rules(code: str) -> tuple[Rule, ...]:
    """The word list of a language (`tone.txt`), a rule a line: `kind :: pattern :: suggestion`.

    A fourth part is what to write in a final notice or demand.
    """
    lines = (FOLDER / code / "tone.txt").read_text(encoding="utf-8").splitlines()
    parts = (line.split(" :: ") for line in lines if line.strip())
    return tuple(Rule(kind, re.compile(pattern, re.IGNORECASE), *better) for kind, pattern, *better in parts)


def remarks(text: str, facts: Facts) -> Iterator[Remark]:
    """All that is to be said about the wording of a text whose names and quotations are masked.

    Its first line is the subject.
    """
    yield from (Remark("placeholder", match[0]) for match in PLACEHOLDER.finditer(text))
    if facts.kind in LEGAL:
        yield from _by_law(text, facts)
    own = _without_true_words(_without_greeting_mark(text), facts)
    for rule in rules(facts.language):
        better = rule.better(facts)
        yield from (Remark(rule.kind, match[0].strip(), better) for match in rule.pattern.finditer(own))
    if facts.kind == REMINDER:
        yield from _steps(own, facts)
        yield from (Remark("charge", quote) for quote in charges.uncalled(own, facts.sums, facts.language))
    yield from (
        Remark("mixed", sentence) for sentence in sentences(text) if foreign(sentence, facts.language)
    )


def reminder(code: str) -> str:
    """What a reminder is called: the word that a language's list puts for those of the law."""
    return next(rule.suggestion for rule in rules(code) if rule.kind == "legal")


def sentences(text: str) -> tuple[str, ...]:
    """The sentences and lines of a text; a day such as *20. november* stays whole."""
    return tuple(part.strip() for part in SENTENCE.split(text) if part.strip())


def hands_over(sentence: str, facts: Facts) -> bool:
    """Whether a sentence says that collection follows, and on the day on which it does."""
    told = words(facts.language).review["hand_over"].search(plain(sentence))
    return bool(told) and (facts.next_day is None or says_day(sentence, facts.next_day))


def _without_greeting_mark(text: str) -> str:
    """*Hej Anna!* is how some owners write: one mark may end the greeting, which is the first short line."""
    return re.sub(r"\A(\s*(?:[^\n]*\n\s*\n)?[^\n!]{0,40})!(?=\s*\n)", r"\1 ", text)


def _without_true_words(text: str, facts: Facts) -> str:
    """What a letter may say because it is true: its own name, and the next step with its day."""
    if facts.kind in LEGAL:
        return _without_hand_over(terms.without_names(text, facts), facts)
    called, day = terms.step(facts), facts.next_day
    if not called or day is None:
        return text
    for sentence in sentences(text):
        if called in sentence and says_day(sentence, day):
            text = text.replace(sentence, sentence.replace(called, "x" * len(called)))
    return text


def _without_hand_over(text: str, facts: Facts) -> str:
    """The hand-over is judged by itself; a demand has to say with it that legal steps may follow."""
    said = words(facts.language).review
    if facts.kind == "demand" and "steps_at_law" in said:
        for sentence in sentences(text):
            if hands_over(sentence, facts):
                text = text.replace(sentence, terms.struck(sentence, said["steps_at_law"]))
    return terms.struck(text, said["hand_over"])


def _by_law(text: str, facts: Facts) -> Iterator[Remark]:
    """Names that are not this letter's, a hand-over without its day or on another, and steps of a court."""
    said = words(facts.language).review
    yield from (Remark("name", quote, "{step}") for quote in terms.misnamed(text, facts))
    for sentence in sentences(text):
        if not (facts.next_step == "hand_over" and hands_over(sentence, facts)):
            yield from (Remark("legal", quote, f"{quote} {{next_day}}") for quote in _handed(sentence, facts))
    yield from (Remark("threat", found) for found in _found(said["court"], text))


def _handed(sentence: str, facts: Facts) -> Iterator[str]:
    """Where a sentence says that the claim goes to collection, but not how that can be avoided."""
    said = words(facts.language).review
    told = said["hand_over"] if written(sentence) else said["to_collection"]
    return iter(()) if said["avoids"].search(plain(sentence)) else _found(told, sentence)


def _steps(text: str, facts: Facts) -> Iterator[Remark]:
    """Steps announced that are not set up, and reminders that call themselves a final notice."""
    said = words(facts.language).review
    kind = "legal" if terms.step(facts) else "step"
    yield from (Remark(kind, found) for found in _found(said["final_notice"], text))
    for further in ("hand_over", "court"):
        yield from (Remark("step", found) for found in _found(said[further], text))
    if facts.next_step != "calls":
        yield from (Remark("call", found) for found in _found(said["calls"], text))


def _found(pattern: re.Pattern[str], text: str) -> Iterator[str]:
    return (text[match.start() : match.end()] for match in pattern.finditer(plain(text)))
