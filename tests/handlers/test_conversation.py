"""The conversation: a button counts once, a refusal changes nothing, and a bug says so honestly."""

from __future__ import annotations

import logging
import re
import threading
from dataclasses import replace

import pytest
import sqlalchemy as sa

from bot.chat import Action, Form, Posted, Request
from handlers.conversation import Conversation
from storage.books import TABLES
from tests.handlers.talk import Talk


def press(talk: Talk, token: str, **values: str) -> tuple[Posted, ...]:
    return talk.house.app.inbox(Request(talk.house.business.id, press=token, values=values))


def test_the_owners_words_are_kept_beside_the_answer(talk: Talk) -> None:
    heard, said = talk.house.app.inbox(Request(talk.house.business.id, text="today"))
    assert heard.mine and heard.card.text == "today" and not said.mine


def test_a_pressed_card_says_what_was_chosen_and_has_nothing_left_to_press(talk: Talk) -> None:
    talk.says("Norrsken")
    closed, _ = press(talk, talk.part("I'll handle it").token)
    assert closed.outcome == "I'll handle it"
    assert not closed.card.buttons


def test_the_second_press_is_told_what_the_first_did(talk: Talk) -> None:
    talk.says("Norrsken")
    token = talk.part("I'll handle it").token
    press(talk, token)
    before = talk.kept()
    (said,) = press(talk, token)
    assert said.card.text == "That was done already: I'll handle it."
    assert talk.kept() == before


def test_two_presses_at_one_moment_count_once(talk: Talk) -> None:
    talk.says("Norrsken")
    talk.presses("Paid")
    form = talk.part("Save")
    assert isinstance(form, Form)
    values = {f.name: f.value for f in form.fields} | {"amount": "100"}
    gate = threading.Barrier(2)

    def go() -> None:
        gate.wait()
        press(talk, form.token, **values)

    threads = [threading.Thread(target=go) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert talk.owed("norrsken") == 610_500 - 10_000


def test_a_look_may_be_taken_again_and_again(talk: Talk) -> None:
    talk.says("Norrsken")
    token = talk.part("History").token
    for _ in range(3):
        (said,) = press(talk, token)
        assert "Café Norrsken" in said.card.title
    assert talk.part("Draft").token


@pytest.mark.parametrize("token", ["", "x", "\0", "'; drop table lines; --"])
def test_a_button_that_was_never_there_is_told_so(token: str, talk: Talk) -> None:
    before = talk.kept()
    lines = press(talk, token or "0")
    assert "too old" in lines[-1].card.text
    assert talk.kept() == before


def test_another_business_cannot_press_a_button(talk: Talk) -> None:
    talk.says("Norrsken")
    token = talk.part("I'll handle it").token
    app = talk.house.app
    app.database.add_business(replace(talk.house.business, id="other"))
    assert "too old" in app.inbox(Request("other", press=token))[-1].card.text
    assert talk.part("I'll handle it").token == token


def test_a_question_left_empty_is_asked_again_in_its_place_with_the_rest_as_it_was(talk: Talk) -> None:
    talk.says("new invoice")
    lines, before = len(talk.lines()), talk.kept()
    talk.presses("Save", customer="Hotel Aurora", number="  ", amount="10", due="2026-11-10")
    form = talk.part("Save")
    assert isinstance(form, Form)
    fields = {f.name: f for f in form.fields}
    assert fields["number"].error == "Fill this in." and not fields["customer"].error
    assert fields["customer"].value == "Hotel Aurora"
    assert (len(talk.lines()), talk.kept()) == (lines, before)
    talk.presses("Save", number="7001")
    with talk.books() as books:
        assert books.invoices.by_number("7001")


def test_a_choice_that_was_not_offered_counts_as_none(talk: Talk) -> None:
    talk.says("Kuusi")
    talk.presses("Contact")
    talk.presses("Save", language="xx")
    with talk.books() as books:
        assert books.customers.get("kuusi").language == "fi"


def test_a_character_that_no_text_has_does_no_harm(talk: Talk) -> None:
    assert talk.says("tod\0ay") == talk.says("today")


def test_a_bug_gives_one_honest_card_with_its_number_and_changes_nothing(
    talk: Talk, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(content: bytes, name: str = "", **more: object) -> None:
        raise ZeroDivisionError

    inbox = talk.house.app.inbox
    talk.house.app.inbox = Conversation(inbox.database, inbox.now, broken)  # type: ignore[arg-type]  # it breaks
    before = talk.kept()
    with caplog.at_level(logging.ERROR):
        said = talk.drops("open.csv", "a;b\n1;2\n")
    number = re.search(r"The number is (\w{6})", said)
    assert number and number[1] in caplog.text and "ZeroDivisionError" in caplog.text
    assert "Nothing was sent." in said
    assert talk.kept() == before


def test_after_a_bug_the_button_is_alive(talk: Talk, caplog: pytest.LogCaptureFixture) -> None:
    talk.says("Norrsken")
    token = talk.part("Draft").token
    with talk.books() as books:
        books.customers.save(replace(books.customers.get("norrsken"), language="xx"))
    assert "went wrong on my side" in talk.presses("Draft")
    assert talk.part("Draft").token == token
    assert len(caplog.records) == 1


def test_an_identity_number_is_in_no_row_whichever_way_it_came(talk: Talk) -> None:
    number = "811218-9876"
    talk.says(f"what about {number}?")
    talk.drops(f"{number}.csv", "no list")
    talk.acts("reply.log", "norrsken", f"My number is {number}.\0 I pay on Friday.")
    talk.acts("reply.log", "betong", answer=f"Please send it to {number}")
    kept = _everything(talk)
    assert number not in kept and kept.count("••••••-••••") >= 4


def test_what_was_refused_is_kept_without_it_too(talk: Talk) -> None:
    talk.acts("invoice.nonsense", value="811218-9876")
    talk.ask(Request(talk.house.business.id, text="\0 811218-9876", action=Action("no.such")))
    assert "811218-9876" not in _everything(talk)


def test_numbers_of_another_kind_are_taken_as_they_are_written(talk: Talk) -> None:
    talk.acts("invoice.add", customer="Nya", number="8112189876", amount="10", due="2026-12-01")
    assert "8112189876" in _everything(talk)


def _everything(talk: Talk) -> str:
    """All that is in the database, as one text."""
    with talk.house.app.database.engine.connect() as connection:
        rows = [row for table in TABLES.sorted_tables for row in connection.execute(sa.select(table))]
    return "\n".join(map(str, rows))
