"""An owner's own words are text: marks are filled in one pass, and nothing else in them does anything."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.letters import Facts, Kind, Tone
from bot.members import allowed
from bot.wording import MARKS, REQUIRED, Sort, fill, missing, strange, tidy, too_long, worded_as
from tests.messages import letter_cases

NEEDED = REQUIRED["reminder"]
NAMES: dict[str, str] = {"navn": "name", "neste steg": "next"} | {str(mark): mark for mark in NEEDED}
WHOLE = " ".join(f"[{mark}]" for mark in NEEDED)


def said(text: str, words: str = "Kari") -> str:
    return fill(text, NAMES, lambda mark: words if mark == "name" else f"<{mark}>")


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("Hei [navn]", "Hei Kari"),
        ("Hei {Navn}", "Hei Kari"),
        ("Ellers [ NESTE   steg ].", "Ellers <next>."),
        ("[ukjent] og {ukjent}", "[ukjent] og {ukjent}"),
        ("[[navn]] {{navn}}", "[[navn]] {{navn}}"),
        ("[navn] [navn]", "Kari Kari"),
    ],
)
def test_only_known_marks_in_one_pair_of_brackets_are_filled(text: str, filled: str) -> None:
    assert said(text) == filled


def test_a_capital_begins_with_a_capital_and_an_abbreviation_ends_the_sentence() -> None:
    assert said("[Navn] og [navn]", "tre fakturaer") == "Tre fakturaer og tre fakturaer"
    assert said("på [navn]. Og [navn] nå.", "5 kr.") == "på 5 kr. Og 5 kr. nå."


def test_what_is_empty_leaves_no_gap() -> None:
    assert said("Hei\n\n[navn]\n\n  Takk [navn] deg\n", "") == "Hei\n\nTakk deg"


@pytest.mark.parametrize(
    "attack",
    [
        "{{ 7 * 7 }}", "{% for x in y %}{% endfor %}", "{# x #}", "{0.__class__.__init__.__globals__}",
        "{name!r:>1000000}", "%(navn)s %s", "${navn}x", "<script>alert(1)</script>", "{{ navn.__class__ }}",
        "\\g<0> \\1", "{navn.__class__}",
    ],
)  # fmt: skip
def test_no_language_of_templates_or_formats_does_anything(attack: str) -> None:
    expected = attack.replace("{navn}", "Kari")
    assert said(attack) == said(attack, words="Kari") == tidy(expected)


@given(st.text(st.characters(exclude_characters="[]{}")))
def test_a_text_without_brackets_is_itself(text: str) -> None:
    assert said(text) == tidy(text)


@given(st.text(st.sampled_from("[]{} navnsteg%\n.") | st.characters()))
def test_what_fills_a_mark_is_never_looked_at_again(words: str) -> None:
    assert said("a [navn] b", words) == tidy(f"a {words} b")
    assert fill("[navn]", NAMES, lambda _: "[neste steg] {navn}") == "[neste steg] {navn}"


@pytest.mark.parametrize("mark", NEEDED)
def test_each_part_that_must_be_there_is_missed(mark: str) -> None:
    assert missing("reminder", WHOLE, NAMES) is None
    assert missing("reminder", WHOLE.replace(f"[{mark}]", ""), NAMES) == mark
    assert missing("reminder", WHOLE.replace(f"[{mark}]", f"[[{mark}]]"), NAMES) == mark


def test_brackets_that_are_no_mark_are_told() -> None:
    assert [*strange("[navn] [nvan] {Neste steg} {x}", NAMES)] == ["[nvan]", "{x}"]


def test_a_subject_and_a_text_have_each_an_end() -> None:
    assert [*too_long("x" * 201, "x" * 4001)] == [("subject", 200), ("text", 4000)]
    assert [*too_long("x" * 200, "x" * 4000)] == []


@pytest.mark.parametrize(
    "verb", ["wording.list", "wording.form", "wording.preview", "wording.keep", "wording.reset"]
)
def test_only_an_owner_words_letters(verb: str) -> None:
    assert allowed("owner", verb)
    assert not allowed("helper", verb)
    assert not allowed("viewer", verb)


def of(kind: Kind, tone: Tone = "firm", **fields: object) -> Facts:
    return replace(letter_cases.facts("nb"), kind=kind, tone=tone, fields=fields)


@pytest.mark.parametrize(
    ("facts", "worded"),
    [
        (of("reminder"), ("reminder", "firm")),
        (of("reminder", "warm"), ("reminder", "warm")),
        (of("final_notice"), ("final_notice", "neutral")),
        (of("promise", deferral=False), ("promise", "neutral")),
        (of("promise", deferral=True), ("deferral", "neutral")),
        (of("plan", accepted=False), ("plan", "neutral")),
        (of("plan", accepted=True), ("plan_agreed", "neutral")),
        (of("plan_offer", accepted=False), ("plan_offer", "neutral")),
        (of("waiver", given=False), ("waiver", "neutral")),
        (of("waiver", given=True), ("let_off", "neutral")),
        (of("dispute", contested=None), ("dispute", "neutral")),
        (of("dispute", contested=letter_cases.facts("nb").totals[0]), ("part_disputed", "neutral")),
    ],
)  # fmt: skip
def test_a_letter_that_says_something_else_is_worded_by_itself(
    facts: Facts, worded: tuple[Sort, Tone]
) -> None:
    assert worded_as(facts) == worded


def test_every_kind_of_letter_can_be_worded_and_every_one_says_who_writes() -> None:
    assert {*get_args(Kind)} <= {*MARKS}
    assert all("close" in needed and {*needed} <= {*MARKS[sort]} for sort, needed in REQUIRED.items())
