"""Reminders: the draft, why there is none, and the pauses."""

from __future__ import annotations

from datetime import date

import pytest

from tests.handlers.talk import Talk


def test_a_draft_asks_for_all_that_is_late_in_the_customers_language(talk: Talk) -> None:
    talk.says("Norrsken")
    said = talk.presses("Draft")
    assert "1058" in said and "1066" in said and "6 105" in said
    assert said.index("Hej Nils") < said.index("Hi Nils")


def test_a_new_draft_takes_the_place_of_the_old_one(talk: Talk) -> None:
    talk.says("Norrsken")
    talk.presses("Draft")
    talk.says("Norrsken")
    talk.presses("Draft")
    with talk.books() as books:
        assert [x.state for x in books.letters.of("norrsken")].count("draft") == 1


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("reply from Norrsken: Vi betalar.", "Café Norrsken has answered"),
        ("I'll handle Norrsken", "You have Café Norrsken yourself."),
        ("snooze Norrsken until 4 December", "left alone until Friday 4 December"),
        ("paid Norrsken", ""),
    ],
)
def test_a_draft_is_refused_when_something_speaks_against_it(words: str, reason: str, talk: Talk) -> None:
    talk.says("Norrsken")
    part = talk.part("Draft")
    talk.says(words)
    if not reason:
        talk.presses("Save")
        reason = "owes nothing that is late"
    before = talk.kept()
    said = talk.acts(part.action.verb, part.action.subject)
    assert reason in said
    assert talk.kept() == before


def test_a_customer_rests_until_a_day_in_plain_words(talk: Talk) -> None:
    assert "until Friday 4 December" in talk.says("snooze Norrsken until Friday next week")
    assert "Café Norrsken" not in talk.says("today")
    with talk.books() as books:
        assert [(p.customer, p.until) for p in books.pauses.all()] == [("norrsken", date(2026, 12, 4))]


def test_a_pause_without_a_day_asks_for_one(talk: Talk) -> None:
    talk.says("snooze Norrsken")
    assert talk.card().form
    assert "I leave Café Norrsken alone until" in talk.presses("In a week")


@pytest.mark.parametrize(
    ("until", "words"),
    [
        ("2026-02-30", "I can't read “2026-02-30” as a day."),
        ("whenever", "I can't read “whenever” as a day."),
        ("2026-11-20", "has already been"),
        ("today", "has already been"),
    ],
)
def test_a_pause_until_no_day_is_refused(until: str, words: str, talk: Talk) -> None:
    talk.says("Norrsken")
    talk.presses("Snooze")
    assert words in talk.refused("Snooze", until=until)


def test_everything_rests_until_the_owner_is_back(talk: Talk) -> None:
    talk.says("pause everything until 7 December")
    talk.house.wait_until(talk.house.clock().replace(day=26))
    assert not any("need you today" in line.card.text for line in talk.lines())
    with talk.books() as books:
        assert books.business.paused_until == date(2026, 12, 7)
        assert [(p.customer, p.invoice, p.until) for p in books.pauses.all()] == [("", "", date(2026, 12, 7))]
