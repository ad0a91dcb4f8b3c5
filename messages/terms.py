"""Terms: what the law calls a letter, and the names by which a letter must not call itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from bot.letters import LEGAL, Facts, Kind
from messages.ear.words import plain, words
from messages.languages import language

NAMES: Mapping[tuple[str, Kind], str] = {
    ("NO", "final_notice"): r"inkassovars\w*",
    ("NO", "demand"): r"betalingsoppfordring\w*",
    ("SE", "final_notice"): r"inkassokrav\w*",
    ("DK", "final_notice"): r"inkassovars\w*|pakrav\w*",
    ("FI", "final_notice"): r"maksuvaatimu\w*|betalningskrav\w*",
}
"""By country and kind: the name that the law gives a letter, in plain letters and with all its endings."""
GENERIC = re.compile(r"(?<!\w)formal (?:notice|demand)s?(?!\w)|(?<!\w)final notices?(?!\w)")
"""What stands for the name of any country in English."""


def title(facts: Facts) -> str:
    """What a letter is by law, as its language puts it; empty for letters that the law does not name."""
    if facts.kind not in LEGAL:
        return ""
    term = str(facts.fields.get("final_notice_term") or "")
    key = f"final_notice.{facts.country}.{term}"
    found = language(facts.language).find(
        key if facts.kind == "final_notice" else f"terms.{facts.country}.demand"
    )
    return found if isinstance(found, str) else term


def step(facts: Facts) -> str:
    """The final notice of the law's country as a reminder announces it; empty when it is not set up."""
    named = facts.fields.get("final_notice_term")
    if facts.next_step != "final_notice" or not named:
        return ""
    return str(language(facts.language).find(f"final_notice.{facts.country}.{named}") or "")


def named(text: str, facts: Facts) -> bool:
    """Whether a letter says what it is by law, in the word of the country, and not only what a fee is for."""
    name, fee = _name(facts.country, facts.kind), words(facts.language).review["adds_fee"]
    return any(name.search(line) and not fee.search(line) for line in plain(text).splitlines())


def reminds(text: str, facts: Facts) -> bool:
    """Whether a letter can be known for a reminder: its fee is lawful only for one."""
    return words(facts.language).review["reminder"].search(plain(text)) is not None


def misnamed(text: str, facts: Facts) -> Iterator[str]:
    """The places where a letter of the law calls itself a reminder, or goes by the name of another letter.

    A reminder or a final notice of earlier days may be spoken of: what counts is what this letter is called.
    """
    said = words(facts.language).review
    for found in _others(text, facts):
        yield text[found.start() : found.end()]
    nouns = [said["reminder"]]
    if facts.kind == "demand":
        nouns.append(_name(facts.country, "final_notice"))
    for noun in nouns:
        yield from _calls_itself(text, noun, facts.language)


def without_names(text: str, facts: Facts) -> str:
    """A letter of the law without the names of such letters, which are judged by themselves."""
    return struck(text, words(facts.language).review["final_notice"])


def struck(text: str, pattern: re.Pattern[str]) -> str:
    """A text with what a pattern of plain letters finds struck out, letter for letter."""
    for found in pattern.finditer(plain(text)):
        text = text[: found.start()] + "x" * len(found[0]) + text[found.end() :]
    return text


def _others(text: str, facts: Facts) -> Iterator[re.Match[str]]:
    """The names of letters of the law that are not this one's."""
    ours = [_name(facts.country, facts.kind), GENERIC]
    if facts.kind == "demand":
        ours.append(_name(facts.country, "final_notice"))
    for found in words(facts.language).review["final_notice"].finditer(plain(text)):
        if not any(name.fullmatch(found[0]) for name in ours):
            yield found


def _calls_itself(text: str, noun: re.Pattern[str], code: str) -> Iterator[str]:
    """Where a text is called by a noun: in its subject, in a heading, or as *this is a …*."""
    subject, spoken = text.partition("\n")[0], plain(text)
    spans = [found.span() for found in noun.finditer(plain(subject))]
    spans += [found.span() for found in _heading(noun.pattern, code).finditer(spoken)]
    spans += [found.span() for found in _pointing(noun.pattern, code).finditer(spoken)]
    return (text[start:end].strip(" \n:") for start, end in _apart(spans))


def _apart(spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Of places that overlap, the first."""
    last = -1
    for start, end in sorted(spans):
        if start >= last:
            last = end
            yield start, end


@cache
def _pointing(noun: str, code: str) -> re.Pattern[str]:
    said = words(code).review
    return re.compile(rf"{said['this'].pattern}(?:\s+{said['such'].pattern})*\s+{noun}")


@cache
def _heading(noun: str, code: str) -> re.Pattern[str]:
    such, of = (words(code).review[word].pattern for word in ("such", "of"))
    about = rf":|[ \t]+(?:nr\.?|no\.?)?[ \t]*\d+$|[ \t]+{of}[^\n]*[^.\n]$|$"
    return re.compile(rf"^[ \t]*(?:{such}\s+)*{noun}[ \t]*(?:{about})", re.MULTILINE)


@cache
def _name(country: str, kind: Kind) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{NAMES.get((country, kind), '(?!)')})(?!\w)")
