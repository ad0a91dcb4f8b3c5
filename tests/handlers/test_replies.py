"""Replies: kept word for word; everything waits until the owner has said what they mean."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.disputes import Dispute
from bot.parties import Customer
from tests.handlers.talk import Talk

WORDS = "Hej! Vi betalar på fredag, lovar.\n\nMvh Nils"


@pytest.fixture
def answered(talk: Talk) -> Talk:
    talk.says(f"reply from Norrsken: {WORDS}")
    return talk


def unread(talk: Talk) -> list[str]:
    with talk.books() as books:
        return [r.text for r in books.replies.of("norrsken") if r.unread]


def test_an_answer_is_kept_word_for_word_and_asked_about(answered: Talk) -> None:
    assert unread(answered) == [WORDS]
    assert "What does it mean?" in answered.card().text


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
    ("means", "then"),
    [
        ("They will pay", {"day": "Friday"}),
        ("Needs more time", {"day": "4 December"}),
        ("They disagree", {"reason": "quality"}),
    ],
)
def test_an_answer_counts_as_read_once_its_meaning_is_written_down(
    means: str, then: dict[str, str], answered: Talk
) -> None:
    answered.presses(means)
    assert unread(answered)
    answered.presses("Save", **then)
    assert not unread(answered)


def test_they_want_to_split_it(answered: Talk) -> None:
    answered.presses("Wants to split it")
    answered.presses("Show the plan")
    answered.presses("We agreed on this")
    assert not unread(answered)


def test_they_have_paid_and_the_owner_sees_it(answered: Talk) -> None:
    answered.presses("They have paid")
    answered.presses("Yes, I see it")
    answered.presses("Save")
    assert not unread(answered) and answered.owed("norrsken") == 0


def test_they_have_paid_and_it_is_not_to_be_seen(answered: Talk) -> None:
    answered.presses("They have paid")
    assert "Letter to Café Norrsken" in answered.presses("Not yet")
    assert not unread(answered)
    assert "Café Norrsken" not in answered.says("today")


def test_who_wants_no_contact_gets_no_letter(answered: Talk) -> None:
    answered.presses("Wants no contact")
    answered.says("Norrsken")
    assert "They asked not to be contacted." in answered.card().text
    assert "asked not to be contacted" in answered.acts("letter.draft", "norrsken")


@pytest.mark.parametrize("means", ["I'll answer it", "Nothing to note"])
def test_an_answer_that_changes_nothing_is_read(means: str, answered: Talk) -> None:
    answered.presses(means)
    assert not unread(answered)


def test_an_answer_is_given_one_meaning(answered: Talk) -> None:
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


@pytest.mark.parametrize("outcome", ["Voicemail", "No answer"])
def test_a_call_nobody_took_is_written_down(outcome: str, talk: Talk) -> None:
    talk.says("Norrsken")
    assert "070-174 06 11" in talk.presses("Call")
    talk.presses(outcome)
    assert any(kind.startswith("called_") for kind in kinds(talk))


def kinds(talk: Talk) -> list[str]:
    with talk.books() as books:
        return [e.kind for e in books.history.of("norrsken")]


def test_a_call_that_reached_them_goes_on_to_what_was_said(talk: Talk) -> None:
    talk.says("Norrsken")
    talk.presses("Call")
    talk.presses("Reached them")
    talk.presses("They will pay")
    assert "pays on Friday 27 November" in talk.presses("Save", day="Friday")


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
    answered.presses("They have paid")
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
    answered.presses("They have paid")
    answered.presses("Not yet")
    assert not unread(answered)
    with answered.books() as books:
        assert books.letters.draft("norrsken") is None


def test_who_wanted_no_contact_may_be_written_to_again(answered: Talk) -> None:
    answered.presses("Wants no contact")
    answered.says("Norrsken")
    assert {"They answered", "May be written to"} <= {b.label for b in answered.card().buttons}
    answered.presses("May be written to")
    assert "contact_again" in kinds(answered)
    assert "1058" in answered.presses("Draft")
