"""The owner's last year once more: a sentence, the days worth a look, and nothing that changes by it."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.cases import Pause
from bot.chat import Action, Request
from bot.ledger import FROM_BOOKS
from bot.matching import Incoming
from bot.money import Money
from bot.parties import LANGUAGES
from bot.payments import Payment
from bot.replay import play
from bot.replies import Reply
from handlers import router
from handlers.console import Console
from handlers.desk.bygone import bygone
from handlers.desk.outside import Errands, Outside, put_off
from tests.cast import noon
from tests.handlers.talk import Talk

SAID = {
    "nb": "gå gjennom fjoråret",
    "sv": "gå igenom förra året",
    "da": "gennemgå sidste år",
    "fi": "käy läpi viime vuosi",
    "en": "replay my last year",
}


def test_the_year_stands_in_one_sentence_and_its_surprising_days_as_rows(talk: Talk) -> None:
    said = talk.says("replay my last year")
    assert "90 working days, 16 questions, 0 letters to people who had paid." in said
    assert "15 letters would have gone to five customers" in said
    assert "Café Norrsken 7 September: a reminder, and the money came on Tuesday 8 September" in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_asked_for_in_every_language(language: str, home: Path) -> None:
    talk = Talk.about(home, language=language)
    talk.says(SAID[language])
    assert [i.button.action.verb for i in talk.card().items if i.button][:1] == ["replay.day"]


def test_nothing_is_sent_and_nothing_in_the_books_changes(talk: Talk) -> None:
    before = talk.kept()
    talk.says("replay my last year")
    talk.presses("Open")
    assert talk.kept() == before


def test_a_day_has_a_page_with_the_draft_there_would_have_been_and_what_came_of_it(talk: Talk) -> None:
    talk.says("replay my last year")
    said = talk.presses("Open")
    assert "One question that morning. Nothing of it was sent." in said
    assert "a draft of a reminder about SEK 2,350, to be paid by Monday 14 September" in said
    assert "The money came on 8 September." in said


def test_a_day_on_which_nothing_was_asked_says_so(talk: Talk) -> None:
    assert "0 questions that morning" in talk.acts("replay.day", "", "2026-09-06")


def test_books_that_know_no_year_say_what_to_bring(home: Path) -> None:
    assert "Drop a list of invoices here" in Talk.about(home, empty=True).says("replay my last year")


def test_the_year_is_played_while_the_books_are_closed(talk: Talk) -> None:
    errands, request = Errands(), Request("bageri", action=Action("replay.show"))
    with talk.desk() as desk, pytest.raises(Outside) as errand:
        router.answer(request, put_off(desk, errands))
    errands.run(errand.value)
    with talk.desk() as desk:
        assert "90 working days" in router.answer(request, put_off(desk, errands)).text


def test_an_invoice_paid_on_an_unknown_day_is_left_out_and_told(talk: Talk) -> None:
    with talk.books() as books:
        (invoice,) = books.invoices.by_number("1058")
        key = f"{FROM_BOOKS}{invoice.id}:0"
        books.payments.add(
            Payment(
                id="x",
                customer=invoice.customer,
                invoice=invoice.id,
                day=date(2026, 11, 24),
                amount=invoice.amount,
                key=key,
            )
        )
    assert "One invoice is left out: I don't know on which day the money came." in talk.acts("replay.show")


def test_only_the_year_is_looked_at_and_what_was_late_before_rests(talk: Talk) -> None:
    talk.house.clock.at += timedelta(days=300)
    said = talk.acts("replay.show")
    assert "One invoice was late before the first day, so I let it rest." in said


def test_an_answer_of_a_customer_is_a_question_of_the_morning_after(talk: Talk) -> None:
    with talk.books() as books:
        customer = next(c for c in books.customers.all() if c.name == "Café Norrsken")
        came = noon(date(2026, 9, 1))
        books.replies.add(Reply(id="r", customer=customer.id, text="Hm", at=came, meaning="question"))
        found = bygone(talk.house.app.inbox.desk(books))
    assert found is not None and len(found.facts.cases) > 1
    assert "has answered" in talk.acts("replay.day", customer.id, "2026-09-02")


def test_a_pause_of_one_invoice_is_asked_about_on_its_customer_alone(talk: Talk) -> None:
    with talk.books() as books:
        (invoice,) = books.invoices.of("havet")
        pause = Pause(id="p", until=date(2026, 11, 10), made=date(2026, 11, 2), invoice=invoice.id)
        books.pauses.add(pause)
        found = bygone(talk.house.app.inbox.desk(books))
    assert found
    assert {c.customer.id for c in found.facts.cases if pause in c.pauses} == {"havet"}
    asked = play(found.facts).asked
    assert {a.customer.id for a in asked if a.need.step.kind == "pause_over"} == {"havet"}


def test_one_payment_that_nobody_has_placed_is_told_of_as_one(talk: Talk) -> None:
    with talk.books() as books:
        day, sum_ = date(2026, 11, 24), Money.of("900", "SEK")
        books.incoming.add(Incoming(id="m", day=day, amount=sum_, mark="m", payer="X", state="waiting"))
    said = talk.acts("replay.show")
    assert "One payment waits to be told where it belongs, and counts as not come." in said


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "2 March: invoice 7 would have been asked for, though it was paid"),
        ("nb", "2. mars: jeg ville bedt om betaling for faktura 7, enda den var betalt"),
        ("sv", "2 mars: jag skulle ha bett om betalning för faktura 7, fast den var betald"),
        ("da", "2. marts: jeg ville have bedt om betaling for faktura 7, selv om den var betalt"),
        ("fi", "2.3.2026: olisin pyytänyt maksua laskusta 7, vaikka se oli jo maksettu"),
    ],
)
def test_payment_is_asked_for_and_not_the_invoice(language: str, said: str, home: Path) -> None:
    with Talk.about(home, language=language).desk() as desk:
        assert desk.word("replay.paid", day=date(2026, 3, 2), invoice="7") == said


def test_the_command_line_tells_it_as_text_and_as_figures(talk: Talk) -> None:
    app = talk.house.app
    console = Console(app.inbox, app.database, talk.house.business.id, talk.house.clock)
    assert "90 working days, 16 questions, 0 letters" in console.replay()
    told = json.loads(console.replay(as_json=True))
    assert (told["working_days"], told["questions"], told["letters_to_paid"]) == (90, 16, 0)
    assert told["days"][0] == {"day": "2026-09-07", "kind": "crossed", "customer": "Café Norrsken"}
