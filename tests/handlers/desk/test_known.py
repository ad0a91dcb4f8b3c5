"""What is known of a customer: how to reach them best, and what to ask for next time, each with its why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.money import Money
from bot.payments import Payment
from bot.replies import Call, Reply
from tests.handlers.talk import MORNING, Talk

DAY = timedelta(days=1)


def facts(talk: Talk) -> dict[str, str]:
    return {f.label: f.value for f in talk.card().facts}


def labels(talk: Talk) -> list[str]:
    return [b.label for b in talk.card().buttons]


def calls(talk: Talk, *days: int, customer: str = "norrsken") -> None:
    with talk.books() as books:
        for n in days:
            day = (MORNING - n * DAY).date()
            books.calls.add(Call(id=f"c{n}", customer=customer, day=day, outcome="reached"))


def mails(talk: Talk, *days: int, hour: int = 9) -> None:
    """Mails that came on these days ago, written on the hour in Stockholm."""
    with talk.books() as books:
        for n in days:
            at = MORNING.replace(hour=hour - 1) - n * DAY
            reply = Reply(
                id=f"m{n}",
                customer="norrsken",
                text="Hej",
                at=at,
                source="mail",
                meaning="other",
                written=at,
            )
            books.replies.add(reply)


@pytest.fixture
def shaky(talk: Talk) -> Talk:
    """Café Norrsken, as if all had been paid two weeks later than it was, and one more before that."""
    with talk.books() as books:
        paid = [i for i in books.invoices.of("norrsken") if i.settled and i.due]
        for invoice in paid:
            books.invoices.save(replace(invoice, due=invoice.due and invoice.due - 14 * DAY))
        first = replace(paid[0], id="first", number="1009", due=date(2026, 6, 1), paid=Money(0, "SEK"))
        books.invoices.add(replace(first, settled=None))
        day = date(2026, 7, 6)
        payment = Payment(id="p", customer="norrsken", invoice="first", day=day, amount=first.amount)
        books.payments.add(payment)
    return talk


def test_who_answers_by_phone_is_called_first_with_the_reason(talk: Talk) -> None:
    talk.says("Norrsken")
    assert "Best reached" not in facts(talk) and labels(talk).index("Draft") < labels(talk).index("Call")
    calls(talk, 40, 30, 20)
    mails(talk, 35)
    talk.says("Norrsken")
    assert facts(talk)["Best reached"] == "By phone: three of the last four times."
    assert [(b.label, b.style) for b in talk.card().buttons[:2]] == [("Call", "primary"), ("Draft", "plain")]
    talk.presses("Call")
    assert facts(talk) == {"Best reached": "By phone: three of the last four times."}


def test_without_a_number_the_letter_stays_first(talk: Talk) -> None:
    calls(talk, 40, 30, 20)
    with talk.books() as books:
        customer = books.customers.get("norrsken")
        mute = tuple(replace(c, phone="") for c in customer.contacts)
        books.customers.save(replace(customer, contacts=mute))
    talk.says("Norrsken")
    assert labels(talk)[0] == "Draft"


def test_where_there_is_nothing_to_write_the_order_stays(talk: Talk) -> None:
    calls(talk, 40, 30, 20)
    talk.acts("customer.mine", "norrsken")
    talk.says("Norrsken")
    assert labels(talk)[0] == "Take over again"


def test_who_writes_before_noon_is_known_to(talk: Talk) -> None:
    mails(talk, 20, 16, hour=10)
    mails(talk, 18, 14, hour=11)
    talk.says("Norrsken")
    assert facts(talk)["Best reached"] == "By e-mail: the last four times. Usually writes between 10 and 12."
    assert labels(talk)[0] == "Draft"


def test_who_pays_long_after_the_day_is_to_be_asked_for_a_part_up_front(shaky: Talk) -> None:
    shaky.says("Norrsken")
    said = facts(shaky)["Next time"]
    assert said == "Ask for part of it up front. Paid late the last four times, as a rule by 32 days."
    assert labels(shaky)[0] == "Draft"


def test_who_is_late_by_little_is_not(talk: Talk) -> None:
    talk.says("Norrsken")
    assert "Next time" not in facts(talk)


def test_it_is_said_once_more_when_the_matter_closes(shaky: Talk) -> None:
    shaky.says("paid 1058")
    shaky.says("paid 1066")
    text = shaky.card().text
    assert "One last question about Café Norrsken" in text
    assert "Next time: Ask for part of it up front." in text


def test_where_nothing_speaks_for_it_the_question_stands_alone(talk: Talk) -> None:
    talk.says("paid 1058")
    talk.says("paid 1066")
    assert "Next time" not in talk.card().text


@pytest.mark.parametrize(
    ("spoken", "label", "said"),
    [
        ("nb", "Neste gang", "Be om å få en del på forhånd. Betalte for sent de"),
        ("sv", "Nästa gång", "Be om en del i förskott. Betalade för sent de"),
        ("da", "Næste gang", "Bed om at få en del på forhånd. Betalte for sent de"),
        ("fi", "Ensi kerralla", "Pyydä osa etukäteen. Maksoi myöhässä"),
    ],
)
def test_it_is_said_in_every_language(shaky: Talk, spoken: str, label: str, said: str) -> None:
    with shaky.books() as books:
        books.save_business(replace(books.business, language=spoken))
    shaky.acts("customer.show", "norrsken")
    assert facts(shaky)[label].startswith(said)
