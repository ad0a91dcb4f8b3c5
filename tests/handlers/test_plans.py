"""Plans: shown before they are agreed, confirmed in writing, and ended when they are not kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.chat import Button, Form, Request
from bot.disputes import Dispute
from bot.money import Money
from tests.handlers.stage import plain
from tests.handlers.talk import Talk


def test_a_plan_shows_every_day_and_amount_before_anything_is_agreed(talk: Talk) -> None:
    before = talk.kept()
    said = talk.says("plan Norrsken 3")
    assert "Three instalments, SEK 6,105 in all." in said
    assert [plain(item.amount) for item in talk.card().items] == ["SEK 2,035"] * 3
    assert talk.card().foot == "Nothing is agreed or sent yet."
    assert talk.kept() == before


def test_an_agreed_plan_is_confirmed_in_writing_and_keeps_purr_silent(talk: Talk) -> None:
    talk.says("plan Norrsken 3")
    assert "Delbetalning 1" in talk.presses("We agreed on this")
    assert "Café Norrsken" not in talk.says("today")
    with talk.books() as books:
        plan = books.plans.of("norrsken")[0]
    assert (plan.state, plan.agreed_by, len(plan.instalments)) == ("active", "Åsa Lind", 3)


def test_a_plan_pressed_twice_is_agreed_once(talk: Talk) -> None:
    talk.says("plan Norrsken 3")
    action = talk.part("We agreed on this").action
    talk.presses("We agreed on this")
    talk.acts(action.verb, action.subject, action.value)
    with talk.books() as books:
        assert sorted(p.state for p in books.plans.of("norrsken")) == ["active", "withdrawn"]


@pytest.mark.parametrize("words", ["plan Norrsken 1", "plan Norrsken 13", "plan Norrsken", "plan Norrsken 0"])
def test_a_plan_has_between_two_and_twelve_parts(words: str, talk: Talk) -> None:
    before = talk.kept()
    assert "A plan has 2 to 12 instalments." in talk.says(words)
    assert talk.kept() == before


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"first_day": "2026-02-30"}, "I can't read “2026-02-30” as a day."),
        ({"first_day": "2026-11-01"}, "has already been"),
        ({"parts": "²"}, "A plan has 2 to 12 instalments."),
        ({"parts": "9" * 5_000}, "A plan has 2 to 12 instalments."),
    ],
)
def test_a_plan_that_cannot_be_is_refused(values: dict[str, str], words: str, talk: Talk) -> None:
    talk.says("Norrsken")
    talk.presses("Plan")
    assert words in talk.refused("Show the plan", **values)


def test_a_plan_is_changed_before_it_is_agreed(talk: Talk) -> None:
    talk.says("plan Norrsken 3")
    talk.presses("Change")
    assert "Six instalments" in talk.presses("Show the plan", parts="6", first_day="2026-12-15")


def test_two_currencies_are_not_split_together(talk: Talk) -> None:
    with talk.books() as books:
        late = books.invoices.of("norrsken")[-1]
        euros = Money(5000, "EUR")
        books.invoices.add(replace(late, id="eur", number="1099", amount=euros, paid=Money(0, "EUR")))
    said = plain(talk.says("plan Norrsken 3"))
    assert "Three instalments, SEK 6,105.00 in all. The EUR 50.00 is not part of it." in said
    assert [plain(item.amount) for item in talk.card().items] == ["SEK 2,035"] * 3


def test_what_is_too_little_is_not_split(talk: Talk) -> None:
    talk.says("paid 1055 1449,95")
    assert "too little left to split" in talk.says("plan Kuusi 12")


def test_who_owes_nothing_gets_no_plan(talk: Talk) -> None:
    talk.says("paid 1055")
    assert "owes nothing" in talk.says("plan Kuusi 3")


def test_a_missing_instalment_asks_the_owner_who_may_end_the_plan(talk: Talk) -> None:
    assert "Instalment 2 of SEK 3,000 was due" in talk.says("Blomman")
    assert "6 000 kr" in talk.presses("End the plan") or "6 000 kr" in talk.presses("Draft")
    with talk.books() as books:
        assert [p.state for p in books.plans.of("blomman")] == ["in_default"]


def test_a_plan_shown_before_money_came_is_not_agreed_to(talk: Talk) -> None:
    talk.says("plan Norrsken 3")
    agreed = talk.part("We agreed on this")
    talk.says("paid 1058 105")
    before = talk.kept()
    assert "it would now be SEK 6,000 in all" in press(talk, agreed)
    assert talk.kept() == before


def test_a_plan_whose_first_day_is_past_is_not_agreed_to(talk: Talk) -> None:
    talk.says("plan Norrsken 3")
    talk.house.clock.at += timedelta(days=30)
    assert "that day has been" in talk.refused("We agreed on this")


def press(talk: Talk, part: Button | Form) -> str:
    return talk.ask(Request(talk.house.business.id, press=part.token))


def test_of_what_is_contested_no_plan_is_made(talk: Talk) -> None:
    talk.says("disputed 1055")
    talk.presses("Save")
    assert "is contested or rests" in talk.says("plan Kuusi 3")


def test_a_plan_made_while_a_part_was_contested_is_kept_by_its_own_instalments(talk: Talk) -> None:
    talk.says("disputed 1055")
    talk.presses("Save", part="450")
    talk.says("plan Kuusi 2")
    talk.presses("We agreed on this")
    talk.house.clock.at += timedelta(days=1)
    talk.says("Kuusi")
    talk.presses("Settle the dispute")
    talk.presses("Settle", outcome="dropped")
    talk.says("paid 1055 500")
    talk.house.clock.at += timedelta(days=20)
    assert "They are keeping the plan." in talk.says("Kuusi")


@pytest.fixture
def offered(talk: Talk) -> Talk:
    talk.says("plan Norrsken 3")
    talk.presses("Offer it to them")
    talk.presses("Copy, I sent it")
    return talk


def states(talk: Talk) -> list[str]:
    with talk.books() as books:
        return [p.state for p in books.plans.of("norrsken")]


def test_an_offer_is_a_letter_that_waits_for_one_word(talk: Talk) -> None:
    talk.says("plan Norrsken 3")
    said = talk.presses("Offer it to them")
    assert "Här är ett förslag" in said and "Svara ”ok” senast" in said
    assert states(talk) == ["offered"]


def test_while_an_offer_waits_nothing_is_asked_for(offered: Talk) -> None:
    assert "Café Norrsken" not in offered.says("today")
    assert "to answer the plan you offered" in offered.acts("letter.draft", "norrsken")


def test_an_offer_that_was_not_answered_is_put_before_the_owner_who_takes_it_back(offered: Talk) -> None:
    offered.house.clock.at += timedelta(days=9)
    assert "A call often helps." in offered.says("Norrsken")
    assert "no longer stands" in offered.presses("Take the offer back")
    assert states(offered) == ["withdrawn"]


def test_an_offer_they_say_yes_to_applies_and_is_confirmed_without_asking_again(offered: Talk) -> None:
    offered.says("reply from Norrsken: Ja, vi accepterar avbetalningsplanen.")
    said = offered.presses("Yes, the plan applies")
    assert "Då gäller planen." in said and "Svara ”ok”" not in said
    assert states(offered) == ["active"]


def test_an_offer_they_say_no_to_leads_to_a_talk_or_another(offered: Talk) -> None:
    offered.says("reply from Norrsken: Nej tack, avbetalningsplanen passar oss inte.")
    assert "said no to the plan" in offered.presses("Note that they said no")
    assert states(offered) == ["rejected"]
    assert {"Call", "Another plan"} <= {b.label for b in offered.card().buttons}


def test_an_offer_is_answered_once(offered: Talk) -> None:
    with offered.books() as books:
        (plan,) = books.plans.of("norrsken")
    offered.acts("plan.accept", plan.id)
    assert "has been answered or taken back already" in offered.acts("plan.reject", plan.id)


def test_a_yes_to_an_offer_that_is_no_longer_true_is_refused(offered: Talk) -> None:
    with offered.books() as books:
        (plan,) = books.plans.of("norrsken")
    offered.says("paid 1058 105")
    assert "it would now be SEK 6,000" in offered.acts("plan.accept", plan.id)
    assert states(offered) == ["offered"]


def test_a_plan_of_so_much_a_week_has_as_many_parts_as_it_takes(talk: Talk) -> None:
    talk.says("Norrsken")
    talk.presses("Plan")
    said = talk.presses("Show the plan", each="2500", interval="weekly", first_day="2026-12-07")
    assert "Three instalments, SEK 6,105 in all." in said
    assert [plain(i.amount) for i in talk.card().items] == ["SEK 2,500", "SEK 2,500", "SEK 1,105"]


def test_the_first_instalment_is_proposed_after_their_payday(talk: Talk) -> None:
    with talk.books() as books:
        books.customers.save(replace(books.customers.get("norrsken"), payday=25))
    talk.says("Norrsken")
    talk.presses("Plan")
    form = talk.card().form
    assert form and {f.name: f.value for f in form.fields}["first_day"] == "2026-12-28"


def in_two_currencies(talk: Talk) -> Talk:
    with talk.books() as books:
        claim = next(i for i in books.invoices.of("norrsken") if i.state == "open" and not i.settled)
        euros = replace(claim, id="eur", number="7001", amount=Money.of("300", "EUR"), paid=Money(0, "EUR"))
        books.invoices.add(euros)
    return talk


def test_of_two_currencies_one_is_split_and_the_other_is_said_to_be_beside(talk: Talk) -> None:
    in_two_currencies(talk).says("Norrsken")
    talk.presses("Plan")
    said = plain(talk.presses("Show the plan"))
    assert "Three instalments, SEK 6,105.00 in all. The EUR 300.00 is not part of it." in said
    talk.presses("Change")
    said = plain(talk.presses("Show the plan", currency="EUR"))
    assert "Three instalments, EUR 300.00 in all. The SEK 6,105.00 is not part of it." in said
    talk.presses("We agreed on this")
    with talk.books() as books:
        (plan,) = books.plans.of("norrsken")
    assert (plan.invoices, plan.total) == (("eur",), Money.of("300", "EUR"))


def test_a_plan_in_each_currency_runs_beside_the_other_and_ends_alone(talk: Talk) -> None:
    in_two_currencies(talk)
    for currency in ("SEK", "EUR"):
        talk.acts("plan.form", "norrsken")
        talk.presses("Show the plan", currency=currency)
        talk.presses("Offer it to them")
    with talk.books() as books:
        sek, eur = books.plans.of("norrsken")
        assert [p.state for p in (sek, eur)] == ["offered", "offered"]
    talk.acts("plan.accept", sek.id)
    talk.acts("plan.accept", eur.id)
    with talk.books() as books:
        old = tuple(replace(i, day=i.day - timedelta(days=60)) for i in eur.instalments)
        books.plans.save(replace(books.plans.get(eur.id), instalments=old))
    talk.acts("plan.over", "norrsken")
    with talk.books() as books:
        assert [books.plans.get(p.id).state for p in (sek, eur)] == ["active", "in_default"]


def test_an_amount_of_each_in_the_other_currency_is_refused(talk: Talk) -> None:
    in_two_currencies(talk).acts("plan.form", "norrsken")
    assert "one currency at a time" in talk.refused("Show the plan", each="100 EUR", currency="SEK")


def test_there_is_no_plan_button_where_all_is_contested(talk: Talk) -> None:
    talk.says("Kuusi")
    assert "Plan" in [b.label for b in talk.card().buttons]
    with talk.books() as books:
        for claim in books.invoices.of("kuusi"):
            today = talk.house.clock().date()
            books.disputes.add(Dispute(id=claim.id, customer="kuusi", invoice=claim.id, opened=today))
    talk.says("Kuusi")
    assert "Plan" not in [b.label for b in talk.card().buttons]


def test_a_plan_that_was_credited_counts_neither_as_kept_nor_as_broken(talk: Talk) -> None:
    with talk.books() as books:
        (claim,) = books.invoices.by_number("1014")
        books.disputes.add(
            Dispute(id="d", customer="blomman", invoice=claim.id, opened=talk.house.clock().date())
        )
    talk.acts("dispute.close", "d", outcome="credited", credit="6000")
    with talk.books() as books:
        assert [p.state for p in books.plans.of("blomman")] == ["credited"]
        assert "plan_credited" in [e.kind for e in books.history.of("blomman")]
    talk.says("Blomman")
    assert "Agreements" not in [f.label for f in talk.card().facts]
    assert "A credit note closed the plan" in talk.says("history of Blomman")
