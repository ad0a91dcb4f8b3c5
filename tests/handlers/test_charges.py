"""Charges: off until an owner turns them on, and told in words of what follows."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.chat import Form, Request
from bot.parties import Business
from tests.handlers.talk import Talk

OPEN, SAVE = "Fees and notice", "Save"


def opened(talk: Talk) -> Form:
    talk.says("settings")
    talk.presses(OPEN)
    form = talk.card().form
    assert form
    return form


def kept(talk: Talk) -> Business:
    with talk.books() as books:
        return books.business


def move(talk: Talk, country: str) -> None:
    with talk.books() as books:
        books.save_business(replace(books.business, country=country))


def test_all_is_off_until_it_is_turned_on(talk: Talk) -> None:
    assert {f.name: f.value for f in opened(talk).fields} == {
        "final_notice": "no",
        "fee": "no",
        "fee_agreed": "no",
        "interest": "no",
        "terms_agreed": "no",
        "compensation": "no",
    }
    assert "off until you turn it on" in talk.card().text


def test_what_is_turned_on_is_kept_and_said_back(talk: Talk) -> None:
    opened(talk)
    said = talk.presses(SAVE, fee="yes", fee_agreed="yes", compensation="yes", final_notice="yes")
    assert "reminder fee" in said and "formal demand (inkassokrav)" in said
    assert kept(talk).charges == ("fee", "compensation")
    assert kept(talk).final_notice and kept(talk).fee_agreed and not kept(talk).terms_agreed
    with talk.books() as books:
        assert books.history.all()[0].kind == "charges_changed"


def test_what_is_turned_off_again_is_off(talk: Talk) -> None:
    opened(talk)
    talk.presses(SAVE, fee="yes", interest="yes", terms_agreed="yes")
    assert [f.name for f in opened(talk).fields if f.value == "yes"] == ["fee", "interest", "terms_agreed"]
    talk.presses(SAVE, fee="no")
    assert kept(talk).charges == ("interest",)


def test_the_fee_is_named_with_the_most_that_the_law_allows(talk: Talk) -> None:
    hints = {f.name: f.hint for f in opened(talk).fields}
    assert "60" in hints["fee"]
    assert all(hints.values())


@pytest.mark.parametrize(
    ("country", "term", "asks"),
    [
        ("SE", "Formal demand (inkassokrav)", True),
        ("NO", "Final notice (inkassovarsel)", False),
        ("DK", "Final notice (inkassovarsel)", False),
        ("FI", "Formal demand (maksuvaatimus)", False),
    ],
)
def test_the_last_letter_bears_its_country_s_name_and_the_fee_is_asked_about_where_it_must_be_agreed(
    country: str, term: str, asks: bool, talk: Talk
) -> None:
    move(talk, country)
    fields = opened(talk).fields
    assert fields[0].label == term
    assert ("fee_agreed" in {f.name for f in fields}) is asks


def test_a_choice_that_is_not_asked_about_stays_as_it_was(talk: Talk) -> None:
    with talk.books() as books:
        books.save_business(replace(books.business, country="NO", fee_agreed=True))
    opened(talk)
    talk.presses(SAVE, fee="yes")
    assert kept(talk).fee_agreed


def test_norway_s_rules_are_told_with_the_day_they_are_reviewed_through(talk: Talk) -> None:
    move(talk, "NO")
    opened(talk)
    assert "31 December 2026" in talk.card().text
    talk.house.clock.at = talk.house.clock().replace(year=2027)
    fee = next(f for f in opened(talk).fields if f.name == "fee")
    assert fee.hint == ""


@pytest.mark.parametrize("language", ["nb", "sv", "da", "fi"])
def test_the_choices_are_told_in_every_language(language: str, home: Path) -> None:
    talk = Talk.about(home, language=language)
    talk.acts("charges.show")
    assert talk.card().form
    talk.acts("charges.save", fee="yes", final_notice="yes")
    assert kept(talk).charges == ("fee",)


def test_a_helper_neither_sees_the_way_there_nor_may_go_it(talk: Talk) -> None:
    talk.ask(Request(talk.house.business.id, text="settings", role="helper", who="Kim Holm"))
    assert OPEN not in [b.label for b in talk.card().buttons]
    opened(talk)
    press = talk.part(SAVE).token
    request = Request(talk.house.business.id, press=press, values={"fee": "yes"}, role="helper", who="Kim")
    assert "owner" in talk.ask(request)
    assert kept(talk).charges == ()
