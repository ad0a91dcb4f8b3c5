"""How long ago an accounting system was read, as people say it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.ledgers import Connection
from handlers.desk import ledgers
from tests.handlers.talk import Talk

SAID = {
    "nb": ["Lest fra Fiken akkurat nå", "Lest fra Fiken for fem minutter siden",
           "Lest fra Fiken for én time siden", "Lest fra Fiken for to timer siden",
           "Lest fra Fiken for tre dager siden"],
    "sv": ["Läst från Fiken alldeles nyss", "Läst från Fiken för fem minuter sedan",
           "Läst från Fiken för en timme sedan", "Läst från Fiken för två timmar sedan",
           "Läst från Fiken för tre dagar sedan"],
    "da": ["Læst fra Fiken lige nu", "Læst fra Fiken for fem minutter siden",
           "Læst fra Fiken for én time siden", "Læst fra Fiken for to timer siden",
           "Læst fra Fiken for tre dage siden"],
    "fi": ["Fiken luettu juuri äsken", "Fiken luettu viisi minuuttia sitten",
           "Fiken luettu yksi tunti sitten",
           "Fiken luettu kaksi tuntia sitten", "Fiken luettu kolme päivää sitten"],
    "en": ["Read from Fiken just now", "Read from Fiken five minutes ago", "Read from Fiken one hour ago",
           "Read from Fiken two hours ago", "Read from Fiken three days ago"],
}  # fmt: skip
AGO = [timedelta(seconds=20), timedelta(minutes=5), timedelta(hours=1), timedelta(hours=2), timedelta(days=3)]


@pytest.mark.parametrize("language", SAID)
def test_how_long_ago_it_was_read_is_said_in_words(language: str, home: Path) -> None:
    with Talk.about(home, language=language, empty=True).desk() as desk:
        assert [ledgers.seen(desk.now - ago, "Fiken", desk) for ago in AGO] == SAID[language]
        assert "Fiken" not in ledgers.seen(desk.now, "", desk)


def test_a_reading_in_the_future_of_a_clock_that_was_set_back_is_just_now(home: Path) -> None:
    with Talk.about(home, empty=True).desk() as desk:
        assert ledgers.seen(desk.now + timedelta(hours=3), "", desk) == "Read just now"


def test_a_system_that_is_no_longer_there_is_called_by_its_key(home: Path) -> None:
    with Talk.about(home, empty=True).desk() as desk:
        assert (ledgers.name_of("economic", desk), ledgers.name_of("gone", desk)) == ("e-conomic", "gone")


def lines(talk: Talk, connection: Connection, later: timedelta) -> list[tuple[str, str]]:
    """What a card says of a system some time after it was read."""
    with talk.books() as books:
        books.connections.save(connection)
        at = books.now
    talk.house.clock.at = at + later
    with talk.desk() as desk:
        return [(check.state, check.text) for check in ledgers.fresh(desk)]


def test_a_card_says_when_a_system_was_read_and_marks_what_is_old_or_broken(home: Path) -> None:
    talk = Talk.about(home, empty=True)
    fiken = Connection(system="fiken", secrets={"token": "x"}, pulled_at=talk.house.clock())
    assert lines(talk, fiken, timedelta(hours=1)) == [("ok", "Read from Fiken one hour ago")]
    assert lines(talk, replace(fiken, trouble="busy"), timedelta(0))[0][0] == "look"
    assert lines(talk, fiken, timedelta(days=2)) == [("look", "Read from Fiken two days ago")]
    assert lines(talk, replace(fiken, pulled_at=None), timedelta(0)) == []
