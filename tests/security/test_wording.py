"""What people write is words, in a card, a draft and a letter: it is never run as a template."""

from __future__ import annotations

from dataclasses import replace

from bot.chat import Action, Request
from tests.handlers.talk import Talk

RUNS = "{{ 7 * 7 }}{% for x in range(3) %}x{% endfor %}{# gone #}"
"""What a template would make 49xxx of."""


def named(talk: Talk) -> None:
    with talk.books() as books:
        books.customers.save(replace(books.customers.get("norrsken"), name=f"Norrsken {RUNS}"))
        for claim in books.invoices.of("norrsken"):
            books.invoices.save(replace(claim, description=f"Bread {RUNS}"))


def test_a_name_and_a_description_stay_as_they_are_in_card_and_draft(talk: Talk) -> None:
    named(talk)
    shown = talk.says("Norrsken")
    drafted = talk.presses("Draft")
    assert f"Norrsken {RUNS}" in shown and f"Bread {RUNS}" in drafted
    assert "49xxx" not in shown + drafted


def test_what_the_owner_writes_goes_out_as_it_was_written(talk: Talk) -> None:
    talk.says("Norrsken")
    talk.presses("Draft")
    with talk.books() as books:
        letter = books.letters.draft("norrsken")
        assert letter
    values = {"subject": letter.subject, "body": f"{letter.body}\n\n{RUNS}"}
    talk.ask(Request(talk.house.business.id, action=Action("letter.save", letter.id), values=values))
    with talk.books() as books:
        kept = books.letters.draft("norrsken")
    assert kept and kept.body.endswith(RUNS)


def test_no_owners_name_is_run_either(talk: Talk) -> None:
    with talk.books() as books:
        books.save_business(replace(books.business, owner=RUNS, name=f"Bageri {RUNS}"))
    assert f"Bageri {RUNS}" in talk.says("settings") + talk.says("Norrsken") + talk.presses("Draft")
