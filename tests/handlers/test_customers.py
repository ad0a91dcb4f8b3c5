"""Customers: their card, how they are found, and who has them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.handlers.talk import Talk


def test_the_card_says_what_is_open_what_to_check_and_what_may_be_done(talk: Talk) -> None:
    said = talk.says("Norrsken")
    assert "1058 · Bröd och bullar" in said and "SEK 4,125" in said
    assert "Usually pays 18 days after the due date." in said
    labels = {button.label for button in talk.card().buttons}
    assert {
        "Draft",
        "Paid",
        "Call",
        "They answered",
        "Plan",
        "Disputed",
        "Snooze",
        "I'll handle it",
    } <= labels


@pytest.mark.parametrize(
    "words", ["Norrsken", "norrsken", "cafe norrsken", "1058", "559912-3469", "show Norsken"]
)
def test_a_customer_is_found_by_name_number_or_invoice_also_misspelt(words: str, talk: Talk) -> None:
    talk.says(words)
    assert talk.card().title == "Café Norrsken"


def test_several_that_fit_are_shown_to_choose_from(talk: Talk) -> None:
    with talk.books() as books:
        books.customers.add(replace(books.customers.get("norrsken"), id="other", name="Café Norr"))
    assert "Who do you mean by “café”?" in talk.says("café")
    talk.presses("Open")
    assert talk.card().title.startswith("Café Norr")


def test_a_name_nobody_bears_is_not_understood(talk: Talk) -> None:
    assert "I don't understand “Xyzzy”." in talk.says("Xyzzy")


@pytest.mark.parametrize(
    "words", ["history of Xyzzy", "plan Xyzzy 3", "snooze Xyzzy until Friday", "Xyzzy disagrees"]
)
def test_a_command_about_nobody_known_says_so(words: str, talk: Talk) -> None:
    assert "I know no customer called “Xyzzy”." in talk.says(words)


def test_everybody_who_owes_is_listed_page_by_page(talk: Talk) -> None:
    with talk.books() as books:
        havet, late = books.customers.get("havet"), books.invoices.of("havet")[0]
        for n in range(9):
            books.customers.add(replace(havet, id=f"c{n}", name=f"Kund {n}"))
            books.invoices.add(replace(late, id=f"i{n}", customer=f"c{n}", number=f"9{n}"))
    assert "15 customers" in talk.says("all")
    first = [item.title for item in talk.card().items]
    talk.presses("More")
    assert len(first) == 8 and not set(first) & {item.title for item in talk.card().items}


@pytest.mark.parametrize("words", ["history of Norrsken", "history 1058"])
def test_the_history_tells_what_happened_newest_first(words: str, talk: Talk) -> None:
    talk.says("paid 1058 500")
    said = talk.says(words)
    assert "Café Norrsken" in said and "500" in said


@pytest.mark.parametrize("words", ["I'll handle Norrsken", "I'll handle 1058"])
def test_the_owner_takes_a_customer_over_and_gives_them_back(words: str, talk: Talk) -> None:
    talk.says(words)
    assert "Café Norrsken" not in talk.says("today")
    assert "You have this one yourself." in talk.says("Norrsken")
    talk.presses("Take over again")
    assert "Café Norrsken" in talk.says("today")


def test_an_unread_answer_comes_before_everything_else(talk: Talk) -> None:
    talk.says("reply from Norrsken: Vi betalar på fredag.")
    said = talk.says("Norrsken")
    assert "Café Norrsken has answered" in said and "Vi betalar på fredag." in said
    assert "Draft" not in {button.label for button in talk.card().buttons}


def test_a_long_debt_lists_some_invoices_and_counts_the_rest(talk: Talk) -> None:
    with talk.books() as books:
        one = books.invoices.of("havet")[0]
        for n in range(12):
            books.invoices.add(replace(one, id=f"i{n}", number=f"9{n}"))
    assert "and 5 more" in talk.says("Havet")


def test_after_the_last_letter_a_call_is_offered_and_no_further_draft(talk: Talk) -> None:
    talk.says("Bygg")
    talk.presses("Draft")
    talk.presses("Copy, I sent it")
    talk.house.clock.at += timedelta(days=30)
    assert "the day you named" in talk.says("Bygg")
    labels = {button.label for button in talk.card().buttons}
    assert "Call" in labels and "Draft" not in labels
