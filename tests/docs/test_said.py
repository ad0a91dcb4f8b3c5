"""What the pages tell an owner to say is understood as it is said; what they tell them to press is there."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from bot.retention import PERIODS
from messages.ear.commands import command
from tests.docs.pages import BOLD, CODE, DOCS, ROOT, first_column, prose

OWNERS = [DOCS / f"{name}.md" for name in ("using-purr", "reports", "replay", "law", "privacy", "telegram")]
WORDS = re.compile(r"/?[a-zåäöæø]+(?: [\w:…åäöæø]+)*")
"""What looks like something said: words, and no path, file, address or setting."""
WRITTEN = re.compile(r"\b(?:[Ww]rite|[Ss]ay) \*\*(\w+)\*\*")
TYPED = re.compile(r"(?:make|purr|docker)\b")
ELSEWHERE = {"/newbot", "/mybots", "/revoke", "https", *PERIODS}
"""Said to Telegram's own helper, or names of other things."""
FIND = "customer.find"
MEANS = {
    "using-purr.md": {
        "today": "today.show",
        "all": "customer.list",
        "Norrsken": FIND,
        "1042": FIND,
        "paid 1042": "payment.note",
        "paid 1042 5000": "payment.note",
        "wait Norrsken until Friday": "pause.set",
        "pause everything until 2 January": "pause.everything",
        "plan Norrsken 3": "plan.offer",
        "reply from Norrsken: …": "reply.log",
        "what now 1042": "escalation.show",
        "hand over 1042": "escalation.agency",
        "write off 1042": "escalation.reason",
        "reopen 1042": "escalation.reopen",
        "evidence pack 1042": "pack.show",
        "undo": "letter.undo",
        "old": "parked.show",
        "connect": "member.connect",
        "people": "member.list",
        "here": "place.here",
        "businesses": "business.list",
        "settings": "settings.show",
        "help": "help.show",
    },
    "reports.md": {
        "reports": "report.show",
        "ageing": "report.ageing",
        "forecast": "report.cash",
        "dso": "report.days",
        "which letters work": "report.letters",
        "week": "report.week",
        "why late": "report.why",
    },
}
HEADINGS = {"using-purr.md": "you write", "reports.md": "say"}
TIMES = re.compile(r"\d\d:\d\d|The month after|first day")
"""What is bold and names no button: when in the day something happens."""


def said(page: Path) -> Iterator[str]:
    """All on a page that an owner is told to write."""
    yield from WRITTEN.findall(prose(page))
    for code in CODE.findall(prose(page)):
        if WORDS.fullmatch(code) and not TYPED.match(code) and code not in ELSEWHERE and "…" not in code:
            yield code


@pytest.mark.parametrize("page", HEADINGS)
def test_each_row_of_what_can_be_said_means_what_it_is_listed_for(page: str) -> None:
    listed = first_column(DOCS / page, HEADINGS[page])
    heard = {words: action.verb for words in listed if (action := command(words, "en"))}
    assert heard.items() >= MEANS[page].items()


@pytest.mark.parametrize("page", OWNERS, ids=lambda page: page.name)
def test_whatever_a_page_says_to_write_is_understood(page: Path) -> None:
    unheard = {
        words for words in said(page) if (action := command(words, "en")) is None or action.verb == FIND
    }
    assert unheard <= {words for words, verb in MEANS.get(page.name, {}).items() if verb == FIND}


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("vent Norrsken til fredag", "nb"),
        ("betalt 1042", "nb"),
        ("påminn inte Norrsken till nästa vecka", "sv"),
        ("betalt 1042", "fi"),
    ],
)
def test_the_examples_in_other_languages_are_on_the_page_and_understood(words: str, language: str) -> None:
    assert f"`{words}`" in prose(DOCS / "using-purr.md")
    action = command(words, language)
    assert action and action.verb != FIND


@pytest.mark.parametrize("page", [ROOT / "README.md", DOCS / "using-purr.md"], ids=lambda page: page.name)
def test_every_button_that_is_named_is_there_to_press(page: Path) -> None:
    named = {words.strip(" .,:") for words in BOLD.findall(prose(page))}
    assert {
        words for words in named if words.casefold() not in labels() and not TIMES.fullmatch(words)
    } == set()


@cache
def labels() -> frozenset[str]:
    """Every word and title that Purr shows in English, without case; … stands for what differs."""
    tables = [tomllib.loads(file.read_text("utf-8")) for file in (ROOT / "messages/en").glob("*.toml")]
    cards = (file.read_text("utf-8").splitlines() for file in (ROOT / "messages/en/cards").glob("*.j2"))
    titles = (line.removeprefix("# ") for lines in cards for line in lines if line.startswith("# "))
    words = (*titles, *(each for table in tables for each in texts(table)))
    return frozenset(re.sub(r"\{\{.*?\}\}", "…", each).casefold() for each in words)


def texts(value: Any) -> Iterator[str]:
    """The texts within a table."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        yield from (
            each for inner in (value.values() if isinstance(value, dict) else value) for each in texts(inner)
        )
