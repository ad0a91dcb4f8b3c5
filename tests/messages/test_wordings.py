"""Letters in an owner's own words, begun from ours: the marks say all there must be, whatever the facts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import get_args

import pytest

from bot.letters import TONES, Facts, Kind, Tone
from bot.wording import MARKS, REQUIRED, Mark, Wording
from messages.languages import codes, language
from messages.review import review
from messages.voice import marks, worded
from tests.messages import letter_cases as cases


def start(code: str, tone: Tone, kind: Kind = "reminder") -> Wording:
    ours = language(code).table(f"wordings.start.{tone if kind == 'reminder' else kind}")
    return Wording(
        kind=kind,
        tone=tone,
        language=code,
        subject=ours["subject"],
        body=ours["body"],
        since=cases.TODAY,
    )


def stated(code: str, tone: Tone) -> Iterator[Facts]:
    """One tone's letters: of one invoice and several, to a person and a firm, at home and abroad, charged."""
    for count in (1, 2, 5):
        plain = cases.facts(code, count, tone=tone)
        yield from (plain, cases.to_desk(plain), cases.without_references(plain))
        yield cases.facts(code, count, country=cases.ABROAD[code], tone=tone)
        yield cases.charged(plain, compensation=True)
        yield replace(plain, phone="", fields={}, next_step="calls")
        if count > 1:
            yield cases.in_two_currencies(plain)
        if tone == "firm":
            yield cases.with_final_notice(plain)
        if tone != "warm":
            yield cases.charged(plain, fee=True)


@pytest.mark.parametrize("tone", TONES)
@pytest.mark.parametrize("code", codes())
def test_what_we_begin_with_states_everything_and_the_review_minds_nothing(code: str, tone: Tone) -> None:
    for facts in stated(code, tone):
        text = worded(facts, start(code, tone))
        found = [each for each in review(text.subject, text.body, facts) if each.severity == "error"]
        assert found == [], f"{text.subject}\n\n{text.body}"
        assert not {"[", "]", "{", "}"} & {*text.subject, *text.body}
        assert "\n\n\n" not in text.body and "  " not in text.body and ".." not in text.body


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("code", codes())
def test_the_thanks_state_which_invoices_and_the_day(code: str, count: int) -> None:
    paid = replace(cases.facts(code, count, tone="neutral"), kind="thanks", fields={"paid_day": cases.TODAY})
    for facts in (paid, cases.to_desk(paid)):
        text = worded(facts, start(code, "neutral", "thanks"))
        assert review(text.subject, text.body, facts) == ()
        assert not {"[", "]"} & {*text.subject, *text.body}


@pytest.mark.parametrize("kind", MARKS)
@pytest.mark.parametrize("code", codes())
def test_every_language_has_a_name_for_every_mark_and_no_two_of_one_name(code: str, kind: Kind) -> None:
    assert set(language(code).table("wordings.marks")) == set(get_args(Mark))
    assert len(marks(code, kind)) == len(MARKS[kind]) + len(language(code).table("you"))
    assert set(REQUIRED[kind]) <= set(MARKS[kind])


@pytest.mark.parametrize("code", codes())
def test_what_a_customer_is_called_is_never_taken_for_a_mark_or_a_template(code: str) -> None:
    names = language(code).table("wordings.marks")
    odd = f"[{names['payment']}] {{{{ 7 * 7 }}}} {{{names['name']}}}"
    facts = replace(cases.facts(code), first_name=odd)
    own = replace(start(code, "warm"), body=f"[{names['name']}]. {{{{ business }}}} {{% if x %}} %s")
    assert worded(facts, own).body == f"{odd}. {{{{ business }}}} {{% if x %}} %s"
