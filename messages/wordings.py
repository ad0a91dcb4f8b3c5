"""Wordings: a letter in an owner's own words, each of its marks filled by that part of ours."""

from __future__ import annotations

from functools import cache

from bot.letters import Facts
from bot.wording import MARKS, Names, Sort, Wording, fill, known_as, worded_as
from messages.languages import language
from messages.voice import Text, passages


def worded(facts: Facts, own: Wording) -> Text:
    """The letter that states these facts in an owner's own words."""
    names, say = marks(facts.language, worded_as(facts)[0]), passages(facts)
    subject, body = (fill(text, names, say) for text in (own.subject, own.body))
    return Text(" ".join(subject.split()), body)


@cache
def marks(code: str, kind: Sort) -> Names:
    """The marks of a sort of letter by what an owner writes: what the books fill, words for the reader."""
    spoken, named = language(code), language(code).table("wordings.marks")
    places = {known_as(named[mark]): mark for mark in MARKS[kind]}
    return places | {known_as(form.replace("_", " ")): form for form in spoken.table("you")}
