"""Waivers: pay by Friday and the fee is dropped; or dropped at once; and what happens when Friday comes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.chat import Request
from bot.invoices import is_open
from bot.letters import Charge, Claim
from bot.money import Money
from bot.promises import Promise
from tests.cast import reminder
from tests.handlers.talk import Talk

FEE = Money.of(60, "SEK")
SENT = date(2026, 11, 24)


@pytest.fixture
def charged(talk: Talk) -> Talk:
    """Café Norrsken was reminded of both its invoices yesterday, with a fee."""
    with talk.books() as books:
        owed = [i for i in books.invoices.of("norrsken") if is_open(i)]
        claims = tuple(Claim(i.id, i.amount) for i in owed)
        letter = replace(reminder(owed[0], 1, SENT), claims=claims, charges=(Charge("fee", owed[0].id, FEE),))
        books.letters.add(letter)
    return talk


def waivers(talk: Talk) -> list[Promise]:
    with talk.books() as books:
        return [p for p in books.promises.of("norrsken") if p.kind == "waiver"]


def past(talk: Talk) -> list[str]:
    with talk.books() as books:
        return [e.kind for e in books.history.of("norrsken")][::-1]


def offered(talk: Talk, until: str = "Friday") -> str:
    talk.acts("waiver.form", "norrsken")
    return talk.presses("Save", until=until)


def open_invoice(talk: Talk) -> str:
    with talk.books() as books:
        return next(i.id for i in books.invoices.of("norrsken") if is_open(i))


def wait_until(talk: Talk, day: int) -> None:
    talk.house.clock.at = talk.house.clock().replace(day=day)


def test_the_form_says_what_would_be_dropped(charged: Talk) -> None:
    said = charged.acts("waiver.form", "norrsken")
    assert "If Café Norrsken pays by the day you choose, you drop SEK 60." in said


def test_an_offer_holds_purr_silent_until_a_bank_day_after_it(charged: Talk) -> None:
    said = offered(charged)
    assert "Friday 27 November" in said and "SEK 60" in said
    (waiver,) = waivers(charged)
    assert (waiver.state, waiver.day, waiver.drops) == ("open", date(2026, 11, 27), FEE)
    assert len(waiver.claims) == 2
    assert "Café Norrsken" not in charged.says("today")
    wait_until(charged, 30)
    assert "Café Norrsken" in charged.says("today")


def test_the_offer_is_put_into_writing_and_stops_a_letter_on_its_way(charged: Talk) -> None:
    charged.says("Norrsken has paid")
    charged.acts("waiver.form", "norrsken")
    charged.presses("Save", until="Friday")
    assert "27 november" in charged.presses("Write it")
    charged.presses("Approve")
    offered(charged, "Monday")
    with charged.books() as books:
        assert books.letters.of("norrsken")[-1].state == "withdrawn"
    assert "30 november" in charged.presses("Write it")


def test_paid_in_time_the_owner_is_told_that_it_is_dropped(charged: Talk) -> None:
    offered(charged)
    wait_until(charged, 27)
    charged.says("paid 1058")
    assert waivers(charged)[0].state == "open"
    assert "paid in time" in charged.says("paid 1066")
    assert waivers(charged)[0].state == "kept"
    assert past(charged)[-1] == "waiver_kept"


def test_money_that_a_list_of_open_invoices_shows_keeps_the_offer_too(charged: Talk) -> None:
    offered(charged)
    head = "Customer;Invoice no;Issued;Due date;Amount;Currency\n"
    with charged.books() as books:
        owed = [i for i in books.invoices.of("norrsken") if is_open(i)]
    rows = "".join(f"Café Norrsken;{i.number};{i.issued};{i.due};0,00;SEK\n" for i in owed)
    charged.drops("open.csv", head + rows)
    assert "paid in time" in charged.presses("Take it in")


def test_a_credit_that_settles_a_dispute_keeps_the_offer_too(charged: Talk) -> None:
    offered(charged)
    charged.says("paid 1058")
    charged.acts("dispute.open", "norrsken", invoice=open_invoice(charged), reason="quality")
    charged.says("Norrsken")
    charged.presses("Settle the dispute")
    assert "paid in time" in charged.presses("Settle", credit="1980")


def test_paid_too_late_nothing_is_dropped_and_nobody_is_told_so(charged: Talk) -> None:
    offered(charged)
    wait_until(charged, 30)
    charged.house.clock.at = charged.house.clock().replace(month=12, day=2)
    charged.says("paid 1058")
    assert "paid in time" not in charged.says("paid 1066")
    assert (waivers(charged)[0].state, past(charged)[-1]) == ("broken", "waiver_lapsed")


def test_money_noted_late_that_came_in_time_keeps_the_offer(charged: Talk) -> None:
    offered(charged)
    charged.house.clock.at = charged.house.clock().replace(month=12, day=2)
    charged.says("paid 1058 on 27 November")
    assert "paid in time" in charged.says("paid 1066 on 27 November")
    assert waivers(charged)[0].state == "kept"


def test_money_taken_back_opens_the_offer_again(charged: Talk) -> None:
    offered(charged)
    charged.says("paid 1058")
    charged.says("paid 1066")
    charged.presses("Undo")
    assert waivers(charged)[0].state == "open"


def test_dropped_at_once_nothing_is_asked_for_it(charged: Talk) -> None:
    charged.acts("waiver.form", "norrsken")
    said = charged.presses("Drop them now")
    assert "SEK 60 is dropped" in said
    (waiver,) = waivers(charged)
    assert (waiver.state, waiver.day) == ("kept", date(2026, 11, 25))
    assert past(charged)[-1] == "waiver_given"
    charged.says("paid 1058 100")
    assert waivers(charged)[0].state == "kept"
    assert "has been asked for the invoices and nothing more" in charged.acts("waiver.form", "norrsken")


def test_dropped_at_once_it_can_be_told_to_the_customer(charged: Talk) -> None:
    charged.acts("waiver.give", "norrsken")
    charged.presses("Write it")
    charged.presses("Approve")
    with charged.books() as books:
        letter = books.letters.of("norrsken")[-1]
    assert (letter.kind, letter.state, len(letter.claims)) == ("waiver", "approved", 2)


def test_of_several_offers_the_last_one_holds(charged: Talk) -> None:
    offered(charged)
    offered(charged, "4 December")
    assert [(w.state, w.day.day) for w in waivers(charged)] == [("withdrawn", 27), ("open", 4)]


def test_what_was_missed_stands_when_the_owner_says_so(charged: Talk) -> None:
    offered(charged)
    wait_until(charged, 30)
    charged.acts("waiver.over", "norrsken", "stands")
    assert waivers(charged)[0].state == "broken"
    assert past(charged)[-1] == "waiver_lapsed"
    assert "promise_broken" not in past(charged)


def test_without_an_offer_there_is_none_to_be_over(charged: Talk) -> None:
    charged.acts("waiver.over", "norrsken", "stands")
    assert "waiver_lapsed" not in past(charged)


@pytest.mark.parametrize(("label", "verb"), [("Save", "waiver.form"), ("Drop them now", "waiver.form")])
def test_a_missed_offer_may_be_made_longer_or_be_dropped_after_all(
    label: str, verb: str, charged: Talk
) -> None:
    offered(charged)
    wait_until(charged, 30)
    charged.acts(verb, "norrsken")
    charged.presses(label, until="4 December")
    assert waivers(charged)[0].state == "withdrawn"
    assert waivers(charged)[1].state == ("open" if label == "Save" else "kept")


def test_an_offer_is_no_promise_of_the_customer_s(charged: Talk) -> None:
    offered(charged)
    assert "Promised" not in charged.says("Norrsken")
    charged.acts("promise.form", "norrsken")
    charged.presses("Save", day="4 December")
    assert waivers(charged)[0].state == "open"
    charged.acts("promise.over", "norrsken")
    assert waivers(charged)[0].state == "open"
    charged.acts("promise.grant_form", "norrsken")
    charged.presses("Save", day="4 December")


def test_who_was_asked_for_nothing_beyond_the_invoices_has_nothing_dropped(talk: Talk) -> None:
    before = talk.kept()
    for verb in ("waiver.form", "waiver.give", "waiver.offer"):
        assert "asked for the invoices and nothing more" in talk.acts(verb, "norrsken", until="Friday")
    assert talk.kept() == before


@pytest.mark.parametrize("day", ["2026-02-30", "yesterday", "2027-12-24"])
def test_a_day_that_cannot_be_is_refused(day: str, charged: Talk) -> None:
    charged.acts("waiver.form", "norrsken")
    charged.refused("Save", until=day)


def test_a_language_that_is_not_known_is_asked_for_first(charged: Talk) -> None:
    with charged.books() as books:
        books.customers.save(replace(books.customers.get("norrsken"), language=""))
    offered(charged)
    assert "Which language does Café Norrsken read?" in charged.presses("Write it")
    assert "27 November" in charged.presses("English")


def test_a_helper_may_prepare_an_offer_but_an_owner_makes_it(charged: Talk) -> None:
    charged.acts("waiver.form", "norrsken")
    press = charged.part("Save").token
    request = Request(charged.house.business.id, press=press, values={"until": "Friday"}, role="helper")
    assert "You prepare, they decide." in charged.ask(request)
    assert waivers(charged) == []


def test_money_for_one_of_several_invoices_with_its_fee_ends_no_offer_about_the_others(charged: Talk) -> None:
    with charged.books() as books:
        first, second = [i for i in books.invoices.of("norrsken") if is_open(i)][:2]
    offered(charged)
    charged.says(f"paid {first.number} {(first.amount + FEE).decimal}")
    (waiver,) = waivers(charged)
    assert waiver.state == "open"
    assert {c.invoice for c in waiver.claims} >= {second.id}
