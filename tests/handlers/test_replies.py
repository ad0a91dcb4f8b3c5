"""Replies: kept word for word; everything waits until the owner has said what they mean."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.disputes import Dispute
from bot.money import Money
from bot.parties import Customer
from tests.handlers.stage import plain
from tests.handlers.talk import Talk

WORDS = "Hej! Vi betalar på fredag, lovar.\n\nMvh Nils"


@pytest.fixture
def answered(talk: Talk) -> Talk:
    talk.says(f"reply from Norrsken: {WORDS}")
    return talk


def means(talk: Talk, label: str) -> str:
    """The owner says that an answer means something else than Purr thinks."""
    talk.presses("Means something else")
    return talk.presses(label)


def unread(talk: Talk) -> list[str]:
    with talk.books() as books:
        return [r.text for r in books.replies.of("norrsken") if r.unread]


def test_an_answer_is_kept_word_for_word_and_asked_about(answered: Talk) -> None:
    assert unread(answered) == [WORDS]
    assert "They promise to pay on Friday 27 November." in answered.card().text


def test_an_answer_stops_the_letter_that_is_on_its_way(talk: Talk) -> None:
    talk.says("Norrsken")
    talk.presses("Draft")
    talk.presses("Approve")
    talk.says(f"reply from Norrsken: {WORDS}")
    with talk.books() as books:
        assert [x.state for x in books.letters.of("norrsken")] == ["withdrawn"]


def test_an_answer_pasted_without_a_name_asks_whose_it_is(talk: Talk) -> None:
    assert "Whose answer is this?" in talk.says("Hi! We will pay all of it on Friday, promised. Best, Nils")
    names = [item.title for item in talk.card().items]
    assert "Café Norrsken" in names
    talk.presses("This one")
    assert "has answered" in talk.card().title


@pytest.mark.parametrize(
    ("label", "then"),
    [
        ("They will pay", {"day": "Friday"}),
        ("Needs more time", {"day": "4 December"}),
        ("They disagree", {"reason": "quality"}),
    ],
)
def test_an_answer_counts_as_read_once_its_meaning_is_written_down(
    label: str, then: dict[str, str], answered: Talk
) -> None:
    means(answered, label)
    assert unread(answered)
    answered.presses("Save", **then)
    assert not unread(answered)


def test_they_want_to_split_it(answered: Talk) -> None:
    means(answered, "Wants to split it")
    answered.presses("Show the plan")
    answered.presses("We agreed on this")
    assert not unread(answered)


def test_they_have_paid_and_the_owner_sees_it(answered: Talk) -> None:
    means(answered, "They have paid")
    answered.presses("Yes, I see it")
    answered.presses("Save")
    assert not unread(answered) and answered.owed("norrsken") == 0


def test_they_have_paid_and_it_is_not_to_be_seen(answered: Talk) -> None:
    means(answered, "They have paid")
    assert "Letter to Café Norrsken" in answered.presses("Not yet")
    assert not unread(answered)
    assert "Café Norrsken" not in answered.says("today")


def test_who_wants_no_contact_gets_no_letter(answered: Talk) -> None:
    means(answered, "Wants no contact")
    answered.says("Norrsken")
    assert "They asked not to be contacted." in answered.card().text
    assert "asked not to be contacted" in answered.acts("letter.draft", "norrsken")


@pytest.mark.parametrize("label", ["I'll answer it", "Nothing to note"])
def test_an_answer_that_changes_nothing_is_read(label: str, answered: Talk) -> None:
    means(answered, label)
    assert not unread(answered)


def test_an_answer_is_given_one_meaning(answered: Talk) -> None:
    answered.presses("Means something else")
    action = answered.part("Nothing to note").action
    answered.presses("Nothing to note")
    assert "You have already said what that answer means." in answered.acts(
        action.verb, action.subject, "promise"
    )


@pytest.mark.parametrize("answer", ["", "  \n "])
def test_an_empty_answer_is_not_kept(answer: str, talk: Talk) -> None:
    talk.says("Norrsken")
    talk.presses("They answered")
    before = talk.kept()
    talk.presses("Save", answer=answer)
    assert talk.kept() == before


def kinds(talk: Talk) -> list[str]:
    with talk.books() as books:
        return [e.kind for e in books.history.of("norrsken")]


PASTED = "Hi! We will pay all of it on Friday, promised. Best, Nils"


def test_those_last_written_to_are_named_first(talk: Talk) -> None:
    with talk.books() as books:
        for n in range(9):
            books.customers.add(Customer(id=f"a{n}", name=f"Aaa {n}"))
            books.invoices.add(replace(books.invoices.of("kuusi")[0], id=f"a{n}", customer=f"a{n}"))
    talk.says("Kuusi")
    talk.presses("Draft")
    talk.presses("Approve")
    talk.says(PASTED)
    assert talk.card().items[0].title == "Kahvila Kuusi Oy"


def test_until_it_is_known_whose_answer_it_is_nothing_goes_out(talk: Talk) -> None:
    talk.says("Norrsken")
    talk.presses("Draft")
    talk.presses("Approve")
    assert "Stopped: Café Norrsken." in talk.says(PASTED)
    with talk.books() as books:
        assert [x.state for x in books.letters.of("norrsken")] == ["withdrawn"]
        assert [e.data["text"] for e in books.history.all() if e.kind == "answer_unplaced"] == [PASTED]


def test_an_answer_may_be_of_somebody_who_is_not_offered(talk: Talk) -> None:
    with talk.books() as books:
        books.customers.add(Customer(id="ny", name="Nya Kunden"))
    talk.says(PASTED)
    assert "I know no customer called" in talk.refused("Go on", customer="Nobody at all")
    talk.presses("Go on", customer="Nya Kunden")
    with talk.books() as books:
        assert [r.text for r in books.replies.of("ny")] == [PASTED]


def test_the_letter_about_money_not_seen_names_only_what_is_late_and_uncontested(answered: Talk) -> None:
    with answered.books() as books:
        contested, other = books.invoices.of("norrsken")[-2:]
        day = answered.house.clock().date()
        later = replace(other, id="later", number="1199", due=day + timedelta(days=20))
        books.invoices.add(later)
        books.disputes.add(Dispute(id="d", customer="norrsken", invoice=contested.id, opened=day))
    means(answered, "They have paid")
    said = answered.presses("Not yet")
    assert other.number in said and contested.number not in said and "1199" not in said


def test_they_have_paid_and_all_is_settled_leaves_only_thanks(answered: Talk) -> None:
    answered.acts("payment.note", "1058")
    answered.acts("payment.note", "1066")
    with answered.books() as books:
        (reply,) = books.replies.unread()
    assert "That fits: Café Norrsken owes nothing." in answered.acts("reply.read", reply.id, "paid")
    assert not unread(answered)
    assert [b.label for b in answered.card().buttons] == ["Send a thank-you"]
    answered.presses("Send a thank-you")
    with answered.books() as books:
        draft = books.letters.draft("norrsken")
    assert draft and draft.kind == "thanks"


def test_nothing_late_leaves_nothing_to_ask_when_the_money_is_not_seen(answered: Talk) -> None:
    with answered.books() as books:
        for claim in books.invoices.of("norrsken"):
            books.invoices.save(replace(claim, due=answered.house.clock().date() + timedelta(days=9)))
    means(answered, "They have paid")
    answered.presses("Not yet")
    assert not unread(answered)
    with answered.books() as books:
        assert books.letters.draft("norrsken") is None


def test_who_wanted_no_contact_may_be_written_to_again(answered: Talk) -> None:
    means(answered, "Wants no contact")
    answered.says("Norrsken")
    assert {"They answered", "May be written to"} <= {b.label for b in answered.card().buttons}
    answered.presses("May be written to")
    assert "contact_again" in kinds(answered)
    assert "1058" in answered.presses("Draft")


def hears(talk: Talk, text: str) -> str:
    """An answer, and the card it makes."""
    return talk.says(f"reply from Norrsken: {text}")


def asked(talk: Talk) -> dict[str, str]:
    """The questions of the form on the last card, and what stands there already."""
    form = talk.card().form
    assert form
    return {field.name: field.value for field in form.fields}


def first(talk: Talk) -> str:
    """The words on the first button of the last card."""
    return plain(talk.card().buttons[0].label)


def test_a_promise_is_one_tap_with_the_day_and_amount_they_named(talk: Talk) -> None:
    hears(talk, "Hej! Vi betalar 1 500 kr på fredag.")
    assert first(talk) == "Note it: SEK 1,500, Friday 27 November"
    assert "pays SEK 1,500 on Friday 27 November" in talk.presses(talk.card().buttons[0].label)
    assert not unread(talk)
    with talk.books() as books:
        (promise,) = books.promises.of("norrsken")
    assert (promise.day, promise.amount) == (date(2026, 11, 27), Money(150000, "SEK"))


def test_nothing_is_written_down_before_the_owner_says_so(talk: Talk) -> None:
    hears(talk, "Hej! Vi betalar 1 500 kr på fredag.")
    with talk.books() as books:
        assert not books.promises.all() and not books.pauses.all()


def test_the_figures_can_be_changed_before_they_are_written_down(talk: Talk) -> None:
    hears(talk, "Hej! Vi betalar 1 500 kr på fredag.")
    talk.presses("Change")
    fields = asked(talk)
    assert fields == {"day": "27 November 2026", "amount": "1500.00"}
    assert "pays SEK 1,200" in talk.presses("Save", amount="1200")


def test_more_time_is_given_until_the_day_they_asked_for(talk: Talk) -> None:
    hears(talk, "Kan vi få uppskov till den 15 december?")
    assert first(talk) == "Give time until Tuesday 15 December"
    talk.presses(talk.card().buttons[0].label)
    with talk.books() as books:
        assert [(p.kind, p.day) for p in books.promises.of("norrsken")] == [("deferral", date(2026, 12, 15))]


def test_more_time_that_was_given_once_leads_to_a_plan(talk: Talk) -> None:
    hears(talk, "Kan vi få uppskov till den 4 december?")
    talk.presses(talk.card().buttons[0].label)
    hears(talk, "Kan vi få uppskov till den 15 december?")
    talk.presses(talk.card().buttons[0].label)
    assert "first_day" in asked(talk)


def test_a_plan_is_shown_on_the_terms_they_named(talk: Talk) -> None:
    hears(talk, "Kan vi dela upp det på tre delbetalningar från den 1 december?")
    said = talk.presses(talk.card().buttons[0].label)
    assert "Three instalments" in said and "Tuesday 1 December" in said
    talk.presses("We agreed on this")
    assert not unread(talk)


def test_a_dispute_is_one_tap_with_its_reason_and_their_words(talk: Talk) -> None:
    hears(talk, "Hej, ang. 1066: vi bestrider fakturan, brödet var mögligt.")
    assert first(talk) == "Note it: Something was wrong with it"
    assert "Invoice 1066 rests." in talk.presses(talk.card().buttons[0].label)
    with talk.books() as books:
        (dispute,) = books.disputes.of("norrsken")
    assert dispute.reason == "quality" and "brödet var mögligt" in dispute.words
    assert not unread(talk)


def test_a_dispute_about_any_of_several_invoices_asks_which(talk: Talk) -> None:
    hears(talk, "Vi bestrider fakturan, brödet var mögligt.")
    talk.presses(talk.card().buttons[0].label)
    fields = asked(talk)
    assert "invoice" in fields and fields["reason"] == "quality" and "mögligt" in fields["words"]


def test_they_have_paid_leads_to_what_the_books_and_the_bank_know(talk: Talk) -> None:
    hears(talk, "Den är redan betald.")
    assert first(talk) == "Look for the money"
    said = talk.presses("Look for the money")
    assert "says it has been paid" in said and "Do you see the money?" in said


def test_the_invoice_goes_out_once_more_and_asking_rests_until_it_is_to_be_paid(talk: Talk) -> None:
    hears(talk, "Kan ni skicka fakturan igen? Jag har inte fått den.")
    assert first(talk) == "Send it again"
    said = talk.presses("Send it again")
    assert "skickade på nytt" in said and not unread(talk)
    assert "Café Norrsken" not in talk.says("today")


@pytest.mark.parametrize(
    ("meaning", "words"),
    [
        ("Wrong recipient", "Find out who is right"),
        ("Having a hard time", "Answer kindly"),
        ("Insolvency", "Send no more letters"),
        ("Mentions a lawyer", "Answer briefly"),
        ("I'll answer it", "I'll wait a couple of days"),
        ("Is away just now", "I'll wait a few days"),
    ],
)
def test_what_a_person_must_see_to_says_what_one_does_next_and_rests(
    meaning: str, words: str, answered: Talk
) -> None:
    said = means(answered, meaning)
    assert words in said and "is left in peace until" in said
    assert not unread(answered) and "Café Norrsken" not in answered.says("today")


def test_an_answer_that_says_nothing_known_is_for_the_owner_to_read(talk: Talk) -> None:
    said = hears(talk, "🙂")
    assert "What does it mean?" in said or "seen it" in said


def test_a_day_that_cannot_be_read_is_said_to_be_unsure(talk: Talk) -> None:
    said = hears(talk, "Hej! Vi betalar den 31 november.")
    assert "I'm not sure of the day" in said and "don't say when" in said
    talk.presses(talk.card().buttons[0].label)
    assert asked(talk)["day"] == ""


@pytest.mark.parametrize(
    ("words", "presses"),
    [
        ("Could you send the invoice again?", ("Send it again",)),
        ("We have paid.", ("Look for the money", "Not yet")),
    ],
)
def test_asked_for_the_language_first_the_answer_is_read_and_the_letter_may_go(
    talk: Talk, words: str, presses: tuple[str, ...]
) -> None:
    with talk.books() as books:
        books.customers.save(replace(books.customers.get("norrsken"), language=""))
    talk.says(f"reply from Norrsken: {words}")
    for label in presses:
        talk.presses(label)
    talk.presses("English")
    assert unread(talk) == []
    talk.presses("Approve")
    with talk.books() as books:
        assert [x.state for x in books.letters.of("norrsken")][-1] == "approved"


def test_an_amount_is_of_what_can_be_agreed_on_and_not_of_what_is_contested(talk: Talk) -> None:
    with talk.books() as books:
        first = books.invoices.by_number("1058")[0]
        euros = replace(first, amount=Money.of("900", "EUR"), paid=Money.of("0", "EUR"))
        books.invoices.save(euros)
        books.disputes.add(Dispute(id="d", customer="norrsken", invoice=first.id, opened=date(2026, 11, 24)))
    talk.says("reply from Norrsken: Vi betalar 500 kr på fredag.")
    talk.presses(talk.card().buttons[0].label)
    with talk.books() as books:
        assert [p.amount for p in books.promises.of("norrsken")] == [Money.of("500", "SEK")]
