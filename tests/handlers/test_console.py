"""The command line's questions: the law of an invoice, today or on another day, in the owner's words."""

from __future__ import annotations

from datetime import date

import pytest

from bot.chat import Posted
from handlers.console import Console
from tests.handlers.talk import Talk
from tests.handlers.test_privacy import settle


def console(talk: Talk) -> Console:
    app = talk.house.app
    return Console(app.inbox, app.database, talk.house.business.id, talk.house.clock)


def test_the_law_of_an_invoice_stands_as_text_with_its_sources(talk: Talk) -> None:
    said = console(talk).law("1058")
    assert said.startswith("The law and Café Norrsken")
    assert "§ The law today: " in said
    assert "inkassolagen 5 §, 6 §" in said


def test_the_law_of_another_day_is_that_day_s(talk: Talk) -> None:
    assert console(talk).law("1058", date(2029, 12, 1)) != console(talk).law("1058")


def test_what_cannot_be_answered_is_said_in_the_owner_s_language(talk: Talk) -> None:
    assert console(talk).law("99") == "I know no customer called “99”."


def test_the_digest_of_a_day_is_text(talk: Talk) -> None:
    assert "Café Norrsken" in console(talk).digest()


def test_a_list_of_today_is_brought_up_to_date_and_the_chat_told_when_somebody_is_erased(talk: Talk) -> None:
    assert "Norrsken" in talk.says("today")
    settle(talk, "norrsken")
    told: list[tuple[str, tuple[Posted, ...]]] = []
    app = talk.house.app
    here = Console(
        app.inbox, app.database, talk.house.business.id, talk.house.clock, lambda *it: told.append(it)
    )
    assert here.erase("Café Norrsken") == (True, talk.card().title + "\n" + talk.card().text)
    [(business, lines)] = told
    assert business == talk.house.business.id
    assert any(line.card.anew for line in lines)
    assert not [line for line in talk.lines() if "Norrsken" in str(line)]


def test_nobody_is_told_where_nobody_was_erased(talk: Talk) -> None:
    told: list[object] = []
    app = talk.house.app
    here = Console(
        app.inbox, app.database, talk.house.business.id, talk.house.clock, lambda *it: told.append(it)
    )
    assert here.erase("Norrsken")[0] is False
    assert told == []


def test_what_is_done_at_the_command_line_on_sqlite_rings_no_bell(
    talk: Talk, caplog: pytest.LogCaptureFixture
) -> None:
    settle(talk, "norrsken")
    assert talk.house.app.console.erase("Café Norrsken")[0]
    assert caplog.records == []
