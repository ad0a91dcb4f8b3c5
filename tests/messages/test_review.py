"""The review lets our own letters pass, and nothing that is wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import get_args
from unicodedata import normalize

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.letters import Facts
from bot.parties import LANGUAGES
from messages.ear.amounts import Stated, stated
from messages.ear.dates import Written, written
from messages.figures import RATE, blank, known, written_as
from messages.parts import PARTS, REQUIRED
from messages.review import Kind, blocks, review
from messages.voice import Text, Voice, letter
from tests.messages.notices import NOTICES, by_law, notice
from tests.messages.reviewed import OURS, facts_of, found

BY_LAW = tuple(
    by_law(*which, invoices=invoices, bare=bare)
    for which in NOTICES
    for invoices in (1, 3)
    for bare in (False, True)
)


Draft = tuple[Facts, Callable[[Facts], Text]]
TEMPLATES: list[Draft] = [(facts, letter) for facts in (*OURS, *BY_LAW)]
DRAFTS = TEMPLATES + [(facts, notice) for facts in BY_LAW]
"""Every letter, and who writes it: our templates, or an owner who writes shorter."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_letter_of_ours_passes_without_a_word(language: str) -> None:
    wrong = {
        (
            one.kind,
            one.quote,
            one.suggestion,
            str(one.facts),
            facts.kind,
            facts.tone,
            facts.country,
            facts.next_step,
        )
        for facts in (*OURS, *BY_LAW)
        if facts.language == language
        for one in found(letter(facts), facts)
    }
    assert not wrong


def places(text: str, facts: Facts) -> tuple[int, ...]:
    """Where the digits of a letter's figures stand; counts (3 dager, 1. rate) and quoted words are none."""
    verbatim = re.compile(
        "|".join(
            re.escape(words)
            for words in (facts.lines[0].what, *map(str, (facts.fields["issue"], facts.fields["page"])))
        )
    )
    text = blank(text, verbatim)
    return tuple(at for span in spans(text, facts) for at in range(*span) if text[at].isdigit())


def spans(text: str, facts: Facts) -> Iterator[tuple[int, int]]:
    yield from ((one.start, one.end) for one in stated(text) if one.marked)
    yield from ((one.start, one.end) for one in written(text))
    if facts.charges:
        yield from ((rate.start("rate"), rate.end("rate")) for rate in RATE.finditer(text))
    for number in known(facts).numbers:
        yield from (match.span() for match in written_as(number).finditer(text))


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(DRAFTS), st.data())
def test_one_changed_digit_in_any_figure_is_an_error(one: Draft, data: st.DataObject) -> None:
    facts, write = one
    whole = write(facts)
    at = data.draw(st.sampled_from(places(whole.body, facts)))
    digit = data.draw(st.sampled_from(sorted(set("0123456789") - {whole.body[at]})))
    body = whole.body[:at] + digit + whole.body[at + 1 :]
    assert blocks(review(whole.subject, body, facts)), body


def removable(facts: Facts) -> dict[str, str]:
    """What must stand in a letter, by its part: all ways it is written, as a pattern."""
    line = facts.lines[0]
    habits = {
        "number": re.escape(line.number),
        "reference": written_as(line.reference).pattern,
        "sender": f"{re.escape(facts.owner)}|{re.escape(facts.business)}",
    }
    if facts.account_kind != "fik":
        habits["account"] = written_as(facts.account).pattern
    return {part: pattern for part, pattern in habits.items() if part in REQUIRED[facts.kind]}


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(DRAFTS), st.data())
def test_a_letter_that_lacks_a_part_is_stopped_and_told_which(one: Draft, data: st.DataObject) -> None:
    facts, write = one
    part, pattern = data.draw(st.sampled_from(sorted(removable(facts).items())))
    whole = write(facts)
    without = re.compile(pattern, re.IGNORECASE)
    findings = review(without.sub("", whole.subject), without.sub("", whole.body), facts)
    assert ("missing", part) in {(one.kind, one.facts.get("part")) for one in findings}


@settings(max_examples=100, deadline=None)
@given(
    st.sampled_from([facts for facts in OURS if facts.kind in ("reminder", "plan") and not facts.charges]),
    st.data(),
)
def test_a_reminder_or_plan_that_lacks_a_day_or_an_amount_is_stopped(
    facts: Facts, data: st.DataObject
) -> None:
    facts = replace(facts, fields=facts.fields | {"issue": ""})
    body = letter(facts).body
    found: list[Stated | Written] = [*(one for one in stated(body) if one.marked), *written(body)]
    needed = [one for one in found if stands_once(one, found) and not optional(one, facts)]
    assume(needed)
    gone = data.draw(st.sampled_from(needed))
    assert blocks(review("", body[: gone.start] + body[gone.end :], facts))


def stands_once(one: Stated | Written, found: list[Stated | Written]) -> bool:
    same = [other for other in found if replace(other, start=0, end=0) == replace(one, start=0, end=0)]
    return len(same) == 1


def optional(one: Stated | Written, facts: Facts) -> bool:
    """The next step, an offered plan and the call may be taken out: a letter is whole without them."""
    free = (facts.next_day, facts.fields.get("offer_day"), facts.fields.get("call_day"))
    return isinstance(one, Written) and any(isinstance(day, date) and one.fits(day) for day in free)


def test_an_empty_letter_is_stopped() -> None:
    assert {one.kind for one in review("Faktura 1042", " \n", facts_of("NO", "nb"))} == {"empty"}


def test_a_slip_in_the_reference_is_stopped_with_the_right_one() -> None:
    facts = facts_of("NO", "nb")
    wrong = letter(facts).body.replace("104208", "104206")
    slips = [one for one in review("", wrong, facts) if one.kind == "figure"]
    assert [(one.quote, one.suggestion) for one in slips] == [("104206", "104208")]


def test_a_wrong_amount_and_a_wrong_day_are_put_right_as_the_letter_writes_them() -> None:
    facts = facts_of("NO", "nb")
    wrong = letter(facts).body.replace("12\xa0500", "12\xa0600").replace("20. november", "21. november")
    right = {one.quote: one.suggestion for one in review("", wrong, facts) if one.kind == "figure"}
    assert right == {"12\xa0600\xa0kr": "12\xa0500\xa0kr", "fredag 21. november": "20. november"}


def test_numbers_the_business_writes_of_itself_are_known() -> None:
    facts = facts_of("NO", "nb")
    body = letter(facts).body + "\nOrg.nr. 912 345 678"
    assert blocks(review("", body, facts)) and not review("", body, facts, known=("912345678",))


def test_only_wording_may_be_kept_on_purpose() -> None:
    facts = facts_of("NO", "nb")
    body = letter(facts).body + "\nDu har unnlatt å betale 99 kr."
    assert {one.kind: one.keepable for one in review("", body, facts)} == {"blame": True, "figure": False}


def test_a_name_from_a_file_that_keeps_accents_apart_is_the_same_name() -> None:
    facts = facts_of("SE", "sv")
    apart = replace(facts, business=normalize("NFD", facts.business), owner=normalize("NFD", facts.owner))
    assert not found(letter(facts), apart) and not found(letter(apart), facts)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_owner_is_told_of_every_finding_in_their_language(language: str) -> None:
    voice = Voice(language)
    assert all(
        voice.word(f"findings.{kind}", quote="x", suggestion="")
        for kind in get_args(Kind)
        if kind != "missing"
    )
    lacks = {voice.word("findings.missing", part=part, suggestion="") for part in PARTS}
    assert len(lacks) == len(PARTS)
