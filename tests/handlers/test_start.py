"""The first meeting: five short questions, in each country, with what is wrong said at the question."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.chat import Card, Form, Request
from bot.settings import Settings
from handlers.app import App
from tests.handlers.stage import AT_HOME, Clock
from tests.handlers.talk import MORNING, Talk

PLACES = {"NO": "Norge", "SE": "Sverige", "DK": "Danmark", "FI": "Suomi · Finland"}
SPOKEN = {"NO": "nb", "SE": "sv", "DK": "da", "FI": "fi"}
ZONES = {"NO": "Europe/Oslo", "SE": "Europe/Stockholm", "DK": "Europe/Copenhagen", "FI": "Europe/Helsinki"}


class Newcomer:
    """Somebody who opens Purr for the first time."""

    def __init__(self, folder: Path, language: str = "en") -> None:
        self.app = App(Settings(_env_file=None, data=folder), Clock(MORNING))
        self.id = self.app.meet(language).id

    def card(self) -> Card:
        with self.app.database.books(self.id, self.app.now()) as books:
            return books.lines.recent()[-1].card

    def presses(self, verb: str, value: str = "") -> str:
        buttons = (b for b in self.card().buttons if b.action.verb == verb)
        token = next(b.token for b in buttons if value in ("", b.action.value))
        return self.app.inbox(Request(self.id, press=token))[-1].card.text

    def fills(self, verb: str, **values: str) -> str:
        form = self.form(verb)
        known = {f.name: f.value for f in form.fields} | values
        return self.app.inbox(Request(self.id, press=form.token, values=known))[-1].card.text

    def form(self, verb: str) -> Form:
        form = self.card().form
        assert form and form.action.verb == verb
        return form

    def errors(self, verb: str) -> dict[str, str]:
        return {f.name: f.error for f in self.form(verb).fields if f.error}


@pytest.fixture
def meet(home: Path) -> Callable[[str], Newcomer]:
    """Somebody who has said where they are."""

    def met(country: str) -> Newcomer:
        newcomer = Newcomer(home)
        newcomer.presses("start.country", country)
        return newcomer

    return met


@pytest.mark.parametrize("country", PLACES)
def test_the_whole_meeting_ends_with_all_that_a_letter_needs(
    country: str, meet: Callable[[str], Newcomer]
) -> None:
    newcomer, right = meet(country), AT_HOME[country]
    newcomer.fills("start.name", business="Bageriet", org_no=right.number)
    newcomer.fills("start.owner", owner="Åsa Lind", phone="070-174 06 05")
    newcomer.fills("start.account", account=right.account)
    newcomer.presses("sending.self")
    known = newcomer.app.business()
    assert (known.country, known.language, known.zone) == (country, SPOKEN[country], ZONES[country])
    assert (known.name, known.owner, known.sends) == ("Bageriet", "Åsa Lind", "self")
    digits = [c for c in known.account if c.isalnum()]
    assert digits == [c for c in right.account if c.isalnum()]
    with newcomer.app.database.books(known.id, newcomer.app.now()) as books:
        assert books.next_nudge()


@pytest.mark.parametrize("country", PLACES)
def test_a_wrong_company_number_is_said_at_the_question_and_may_be_mended(
    country: str, meet: Callable[[str], Newcomer]
) -> None:
    newcomer = meet(country)
    for wrong in ("123456789", "1", "abc", AT_HOME[country].number[:-1] + "x"):
        newcomer.fills("start.name", business="Bageriet", org_no=wrong)
        assert newcomer.errors("start.name").keys() == {"org_no"}, wrong
    assert newcomer.app.business().name == ""
    newcomer.fills("start.name", org_no=AT_HOME[country].number)
    assert newcomer.app.business().name == "Bageriet"


@pytest.mark.parametrize("country", PLACES)
def test_a_wrong_account_is_said_at_the_question_and_may_be_mended(
    country: str, meet: Callable[[str], Newcomer]
) -> None:
    newcomer = meet(country)
    newcomer.fills("start.name", business="Bageriet")
    newcomer.fills("start.owner", owner="Åsa Lind")
    for wrong in ("1", "hello", "NO9386011117948"):
        newcomer.fills("start.account", account=wrong)
        assert newcomer.errors("start.account").keys() == {"account"}, wrong
    newcomer.fills("start.account", account=AT_HOME[country].account)
    assert newcomer.app.business().account


@pytest.mark.parametrize("name", ["", "   "])
def test_a_business_has_a_name(name: str, meet: Callable[[str], Newcomer]) -> None:
    newcomer = meet("SE")
    newcomer.fills("start.name", business=name)
    assert newcomer.errors("start.name").keys() == {"business"}


def test_number_and_account_may_come_later(meet: Callable[[str], Newcomer]) -> None:
    newcomer = meet("NO")
    newcomer.fills("start.name", business="Bageriet")
    newcomer.fills("start.owner", owner="Åsa Lind")
    newcomer.fills("start.account")
    newcomer.presses("sending.self")
    assert (newcomer.app.business().number, newcomer.app.business().account) == ("", "")


def test_the_owner_may_talk_another_language_than_the_countrys(meet: Callable[[str], Newcomer]) -> None:
    newcomer = meet("FI")
    newcomer.fills("start.name", business="Bageriet")
    assert newcomer.fills("start.owner", owner="Åsa Lind", owner_language="en") == "Where do customers pay?"


@pytest.mark.parametrize("language", ["nb", "sv", "da", "fi", "en", "xx", ""])
def test_the_first_card_is_in_the_newcomers_language_and_offers_every_country(
    language: str, home: Path
) -> None:
    newcomer = Newcomer(home, language)
    with newcomer.app.database.books(newcomer.id, MORNING) as books:
        (line,) = books.lines.recent()
    assert {b.label for b in line.card.buttons} >= set(PLACES.values())
    assert newcomer.app.business().language == (language if language in (*SPOKEN.values(), "en") else "en")


def test_letters_go_by_mail_from_the_owners_address(talk: Talk) -> None:
    talk.says("settings")
    talk.presses("Your details")
    for _ in range(3):
        talk.presses("Go on")
    talk.presses("Send them for me")
    talk.presses("Go on", own_email="asa@ny.example")
    with talk.books() as books:
        assert (books.business.sends, books.business.email) == ("mail", "asa@ny.example")


@pytest.mark.parametrize("words", ["help", "?", "hjälp", "apua"])
def test_help_says_what_can_be_said(words: str, talk: Talk) -> None:
    assert "What you can say" in talk.says(words)


def test_a_greeting_is_greeted_by_name(talk: Talk) -> None:
    assert "Hello Åsa." in talk.says("hello")


def test_a_sole_traders_number_is_a_personal_one_and_is_not_kept(tmp_path: Path) -> None:
    talk = Talk.about(tmp_path, empty=True)
    talk.acts("start.country", value="SE")
    talk.presses("Fortsätt", business="Åsas Bageri", org_no="811228-9874")
    form = talk.card().form
    assert form and any("personnummer" in field.error for field in form.fields)
    assert "811228" not in str(talk.lines())
