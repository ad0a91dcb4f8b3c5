"""Disputes: what is contested rests, all or in part, until it is settled."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.letters import Claim
from bot.promises import Promise
from tests.handlers.talk import Talk


@pytest.fixture
def asked(talk: Talk) -> Talk:
    talk.says("Kuusi")
    talk.presses("Disputed")
    return talk


def test_a_contested_invoice_rests_and_a_kind_letter_says_so(asked: Talk) -> None:
    assert "Invoice 1055 rests." in asked.presses("Save", reason="quality", words="Piirakat olivat kylmiä.")
    assert "Kahvila Kuusi Oy" not in asked.says("today")
    assert "Piirakat olivat kylmiä." in asked.presses("Write to them")


def test_of_a_part_contested_the_rest_is_still_asked_for(asked: Talk) -> None:
    asked.presses("Save", part="450")
    asked.says("Kuusi")
    assert "1 000" in asked.presses("Draft")


@pytest.mark.parametrize("words", ["Kuusi disagrees", "disputed 1055", "Kuusi disagrees the pies were cold"])
def test_said_in_words_it_asks_before_anything_stops(words: str, talk: Talk) -> None:
    before = talk.kept()
    talk.says(words)
    form = talk.card().form
    assert form and talk.kept() == before
    assert ("the pies were cold" in {f.value for f in form.fields}) == ("cold" in words)
    assert "Invoice 1055 rests." in talk.presses("Save")


@pytest.mark.parametrize(
    ("part", "words"),
    [("-1", "as an amount"), ("0", "as an amount"), ("half", "as an amount"), ("9000", "at most SEK 1,450")],
)
def test_a_part_that_cannot_be_is_refused(part: str, words: str, asked: Talk) -> None:
    assert words in asked.refused("Save", part=part)


def test_of_several_invoices_one_is_chosen(talk: Talk) -> None:
    talk.says("Norrsken")
    talk.presses("Disputed")
    form = talk.card().form
    assert form
    options = dict(next(f.options for f in form.fields if f.name == "invoice"))
    chosen = next(ident for ident, label in options.items() if label.startswith("1066"))
    assert "Invoice 1066 rests." in talk.presses("Save", invoice=chosen)


def test_it_ends_with_a_credit_that_lowers_what_is_owed(asked: Talk) -> None:
    asked.presses("Save")
    asked.says("Kuusi")
    asked.presses("Settle the dispute")
    assert "SEK 1,000 is left to pay" in asked.presses("Settle", outcome="credited", credit="450")
    assert asked.owed("kuusi") == 100_000


@pytest.mark.parametrize(("credit", "words"), [("-5", "as an amount"), ("5000", "at most SEK 1,450")])
def test_a_credit_that_cannot_be_is_refused(credit: str, words: str, asked: Talk) -> None:
    asked.presses("Save")
    asked.says("Kuusi")
    asked.presses("Settle the dispute")
    assert words in asked.refused("Settle", credit=credit)


def test_a_settled_dispute_is_not_settled_again(asked: Talk) -> None:
    asked.presses("Save")
    asked.says("Kuusi")
    asked.presses("Settle the dispute")
    action = asked.part("Settle").action
    asked.presses("Settle")
    assert "is settled already" in asked.acts(action.verb, action.subject, outcome="agreed")


def test_who_owes_nothing_has_nothing_to_contest(talk: Talk) -> None:
    talk.says("paid 1055")
    assert "owes nothing" in talk.says("Kuusi disagrees")


def test_each_of_several_disputes_is_settled_by_its_own_button(talk: Talk) -> None:
    for number in ("1058", "1066"):
        talk.says(f"disputed {number}")
        with talk.books() as books:
            (chosen,) = books.invoices.by_number(number)
        talk.presses("Save", invoice=chosen.id, reason="not_received")
    talk.says("Norrsken")
    assert "Settle: 1058 · It never came" in [b.label for b in talk.card().buttons]
    assert "invoice 1066" in talk.presses("Settle: 1066 · It never came")
    talk.presses("Settle", outcome="dropped")
    with talk.books() as books:
        numbers = {i.id: i.number for i in books.invoices.of("norrsken")}
        settled = {numbers[d.invoice]: d.outcome for d in books.disputes.of("norrsken")}
    assert settled == {"1058": "", "1066": "dropped"}


def test_an_invoice_paid_meanwhile_is_not_contested_and_no_other_in_its_place(talk: Talk) -> None:
    talk.says("Norrsken")
    talk.presses("Disputed")
    with talk.books() as books:
        (chosen,) = books.invoices.by_number("1058")
    form = talk.part("Save").token
    talk.says("paid 1058")
    assert talk.part("Save").token == form
    assert "Nothing is left to pay on invoice 1058." in talk.refused("Save", invoice=chosen.id)


def test_a_form_about_one_invoice_means_no_other(asked: Talk) -> None:
    talk = asked
    with talk.books() as books:
        (first,) = books.invoices.by_number("1055")
        books.invoices.add(replace(first, id="newer", number="1077"))
    talk.says("paid 1055")
    assert "Nothing is left to pay on invoice 1055." in talk.refused("Save")


def test_a_credit_that_settles_all_of_it_keeps_the_promise(asked: Talk) -> None:
    asked.presses("Save")
    with asked.books() as books:
        (claim,) = books.invoices.by_number("1055")
        today = asked.house.clock().date()
        about = (Claim(claim.id, claim.amount),)
        books.promises.add(Promise(id="p", customer="kuusi", day=today, made=today, claims=about))
    asked.says("Kuusi")
    asked.presses("Settle the dispute")
    asked.presses("Settle", outcome="credited", credit="1450")
    with asked.books() as books:
        assert [p.state for p in books.promises.of("kuusi")] == ["kept"]


def test_a_corrected_invoice_takes_the_place_of_the_contested_one(asked: Talk) -> None:
    asked.presses("Save", reason="wrong_amount")
    asked.says("Kuusi")
    asked.presses("Settle the dispute")
    said = asked.presses("Settle", outcome="corrected", new_number="1055B", new_amount="1200")
    assert "Invoice 1055B for SEK 1,200 has taken its place." in said
    with asked.books() as books:
        old, new = (next(i for i in books.invoices.of("kuusi") if i.number == n) for n in ("1055", "1055B"))
    assert old.paid == old.amount and (new.customer, new.paid.minor) == ("kuusi", 0)
    assert asked.owed("kuusi") == 120_000


def test_a_corrected_invoice_is_the_owner_s_own_also_where_the_old_one_was_with_an_agency(
    asked: Talk,
) -> None:
    asked.presses("Save", reason="wrong_amount")
    with asked.books() as books:
        (old,) = books.invoices.by_number("1055")
        books.invoices.save(replace(old, state="handed_over", parked=True))
    asked.says("Kuusi")
    asked.presses("Settle the dispute")
    asked.presses("Settle", outcome="corrected", new_number="1055B", new_amount="1200")
    with asked.books() as books:
        (new,) = books.invoices.by_number("1055B")
    assert (new.state, new.parked) == ("open", False)


def test_a_corrected_invoice_may_be_of_another_currency(asked: Talk) -> None:
    asked.presses("Save", reason="wrong_amount")
    asked.says("Kuusi")
    asked.presses("Settle the dispute")
    asked.presses("Settle", outcome="corrected", new_number="1055B", new_amount="120 EUR")
    assert "EUR 120" in asked.says("Kuusi")


def test_the_corrected_invoice_may_have_come_by_itself(asked: Talk) -> None:
    with asked.books() as books:
        (claim,) = [i for i in books.invoices.of("kuusi") if i.number == "1055"]
        books.invoices.add(replace(claim, id="new", number="1055B"))
    asked.presses("Save", reason="wrong_amount")
    asked.says("Kuusi")
    asked.presses("Settle the dispute")
    asked.presses("Settle", outcome="corrected", new_number="1055B")
    with asked.books() as books:
        assert len([i for i in books.invoices.of("kuusi") if i.number == "1055B"]) == 1


def test_an_invoice_does_not_replace_itself(asked: Talk) -> None:
    asked.presses("Save")
    asked.says("Kuusi")
    asked.presses("Settle the dispute")
    assert "is the contested one" in asked.refused("Settle", outcome="corrected", new_number="1055")


def test_the_ways_out_are_named_down_to_the_country_s_forum(asked: Talk) -> None:
    asked.presses("Save")
    asked.says("Kuusi")
    said = asked.presses("Settle the dispute")
    assert "mediation" in said and "the court (tingsrätten)" in said


def test_what_stops_and_what_goes_on_is_said_plainly(talk: Talk) -> None:
    talk.says("Norrsken")
    talk.presses("Disputed")
    form = talk.card().form
    assert form
    options = dict(next(f.options for f in form.fields if f.name == "invoice"))
    said = talk.presses("Save", invoice=next(k for k, label in options.items() if label.startswith("1066")))
    assert "What stops: reminders, fees and every next step on it." in said
    assert "What goes on: invoice 1058." in said


SETTLED = {
    "NO": ("conciliation board (forliksrådet) first, and then to the court", "inkassoloven § 17 (2)"),
    "SE": ("Kronofogden does not decide it", "inkassolagen 8 §"),
    "DK": ("as a civil case or a small claim", "retsplejeloven § 477 a"),
    "FI": ("only the court (käräjäoikeus) can decide it", "perintälaki 4 b §"),
}


@pytest.mark.parametrize("land", SETTLED)
def test_where_the_law_has_it_settled_is_said_with_its_source(asked: Talk, land: str) -> None:
    names, source = SETTLED[land]
    asked.presses("Save")
    with asked.books() as books:
        books.save_business(replace(books.business, country=land))
    asked.says("Kuusi")
    asked.presses("Settle the dispute")
    (rule,) = asked.card().law
    assert names in rule.text and rule.source == source
