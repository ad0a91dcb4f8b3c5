"""The command line's questions: the law of an invoice, today or on another day, in the owner's words."""

from __future__ import annotations

from datetime import date

from handlers.console import Console
from tests.handlers.talk import Talk


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
