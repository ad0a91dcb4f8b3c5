"""Wording: what a letter should not say, by the word lists of its language, and steps that are not set up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from bot.letters import Facts
from messages.ear.tongues import foreign
from messages.ear.words import plain, words
from messages.figures import says_day
from messages.languages import FOLDER, language

SENTENCE = re.compile(r"(?<=[.!?…])\s+(?=[^\W\d_a-zæøåäö])|\n+")
PLACEHOLDER = re.compile(r"\{\{?[^{}\n]*\}?\}|\[\[[^\]\n]*\]\]")
REMINDER = "reminder"


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of a word list: what kind of wording, how to find it, and what to write instead."""

    kind: str
    pattern: re.Pattern[str]
    suggestion: str


@dataclass(frozen=True, slots=True)
class Remark:
    """A place in a text that a rule found, and the rule's suggestion with its {slots}."""

    kind: str
    quote: str
    suggestion: str = ""


@cache
def rules(code: str) -> tuple[Rule, ...]:
    """The word list of a language (`tone.txt`): one rule a line, `kind :: pattern :: suggestion`."""
    lines = (FOLDER / code / "tone.txt").read_text(encoding="utf-8").splitlines()
    parts = (line.split(" :: ", 2) for line in lines if line.strip())
    return tuple(Rule(kind, re.compile(pattern, re.IGNORECASE), better) for kind, pattern, better in parts)


def remarks(text: str, facts: Facts) -> Iterator[Remark]:
    """All that is to be said about the wording of a text whose names and quotations are masked."""
    yield from (Remark("placeholder", match[0]) for match in PLACEHOLDER.finditer(text))
    own = _without_true_step(_without_greeting_mark(text), facts)
    for rule in rules(facts.language):
        yield from (
            Remark(rule.kind, match[0].strip(), rule.suggestion) for match in rule.pattern.finditer(own)
        )
    if facts.kind == REMINDER:
        yield from _steps(own, facts)
    yield from (
        Remark("mixed", sentence) for sentence in sentences(text) if foreign(sentence, facts.language)
    )


def sentences(text: str) -> tuple[str, ...]:
    """The sentences and lines of a text; a day such as *20. november* stays whole."""
    return tuple(part.strip() for part in SENTENCE.split(text) if part.strip())


def term(facts: Facts) -> str:
    """The final notice of the law's country as the letter calls it; empty when it is not set up."""
    named = facts.fields.get("final_notice_term")
    if facts.next_step != "final_notice" or not named:
        return ""
    return str(language(facts.language).find(f"final_notice.{facts.country}.{named}") or "")


def _without_greeting_mark(text: str) -> str:
    """*Hej Anna!* is how some owners write: one mark may end the greeting, which is the first short line."""
    return re.sub(r"\A(\s*(?:[^\n]*\n\s*\n)?[^\n!]{0,40})!(?=\s*\n)", r"\1 ", text)


def _without_true_step(text: str, facts: Facts) -> str:
    """The next step that is set up and named with its day is true, and so no threat."""
    called, day = term(facts), facts.next_day
    if not called or day is None:
        return text
    for sentence in sentences(text):
        if called in sentence and says_day(sentence, day):
            text = text.replace(sentence, sentence.replace(called, "x" * len(called)))
    return text


def _steps(text: str, facts: Facts) -> Iterator[Remark]:
    """Steps announced that are not set up, and reminders that call themselves a final notice."""
    said = words(facts.language).review
    kind = "legal" if term(facts) else "step"
    yield from (Remark(kind, found) for found in _found(said["final_notice"], text))
    yield from (Remark("step", found) for found in _found(said["hand_over"], text))
    if facts.next_step != "calls":
        yield from (Remark("call", found) for found in _found(said["calls"], text))


def _found(pattern: re.Pattern[str], text: str) -> Iterator[str]:
    return (text[match.start() : match.end()] for match in pattern.finditer(plain(text)))
