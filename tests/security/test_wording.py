"""What people write is words, in a card, a draft and a letter: it is never run as a template."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.chat import Action, Request
from bot.invoices import is_open
from handlers.desk import trials
from messages.languages import language
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


@pytest.mark.parametrize("name", trials.LETTERS)
def test_no_letter_in_the_owners_own_words_is_run(name: str, talk: Talk) -> None:
    code = "nb" if name == "demand" else "sv"
    with talk.books() as books:
        books.save_business(replace(books.business, country="NO" if name == "demand" else "SE"))
    ours = trials.start(trials.Which(name, code))
    talk.acts("wording.preview", f"{name}.{code}", own_subject=f"Hej {RUNS}", own_text=ours["body"] + RUNS)
    paper = next(
        line.card.paper for line in reversed(talk.lines()) if line.card.form is None and line.card.checks
    )
    assert paper and paper.body.endswith(RUNS) and paper.subject == f"Hej {RUNS}"
    assert "49xxx" not in paper.subject + paper.body


def test_a_customers_words_in_a_letter_of_the_owners_are_neither_run_nor_filled(talk: Talk) -> None:
    said = f"[{language('sv').table('wordings.marks')['close']}] {RUNS}"
    ours = language("sv").table("wordings.start.dispute")
    talk.acts("wording.keep", "dispute.sv", f"{ours['subject']}\n{ours['body']}")
    with talk.books() as books:
        claim = next(each for each in books.invoices.of("norrsken") if is_open(each))
    talk.acts("dispute.open", "norrsken", invoice=claim.id, reason="other", words=said)
    with talk.books() as books:
        dispute = books.disputes.of("norrsken")[-1]
    talk.acts("dispute.confirm", dispute.id)
    with talk.books() as books:
        letter = books.letters.draft("norrsken")
    assert letter and f"”{said}”" in letter.body and letter.subject.endswith("är pausad")
