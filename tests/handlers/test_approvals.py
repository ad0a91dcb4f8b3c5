"""Approvals: a person's yes to exactly this text, once; the time to undo; the owner's own hand."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.chat import Request
from bot.members import Member
from tests.handlers.talk import Talk
from tests.mailserver import mail_server


@pytest.fixture
def draft(talk: Talk) -> Talk:
    talk.says("Norrsken")
    talk.presses("Draft")
    return talk


def states(talk: Talk, customer: str = "norrsken") -> list[str]:
    with talk.books() as books:
        return sorted(x.state for x in books.letters.of(customer))


def test_an_approved_letter_names_who_approved_it_and_waits_for_the_time_to_undo(draft: Talk) -> None:
    assert "You can undo until then." in draft.presses("Approve")
    with draft.books() as books:
        letter = books.letters.of("norrsken")[0]
        assert books.deliveries.get(f"letter:{letter.id}").not_before == letter.send_at
    assert (letter.state, letter.approved_by) == ("approved", "Åsa Lind")
    assert letter.send_at == draft.house.clock() + timedelta(minutes=10)


def test_a_letter_taken_back_in_time_is_not_sent(draft: Talk) -> None:
    draft.presses("Approve")
    draft.presses("Undo")
    draft.house.wait_until(draft.house.clock() + timedelta(hours=1))
    assert states(draft) == ["withdrawn"]
    draft.presses("Back to the draft")
    assert states(draft) == ["draft", "withdrawn"]


def test_undo_in_words_takes_the_latest_letter_back(draft: Talk) -> None:
    draft.presses("Approve")
    draft.says("undo")
    assert states(draft) == ["withdrawn"]
    assert "There is no letter waiting to go." in draft.says("undo")


def test_undo_after_it_has_gone_says_so(home: Path) -> None:
    with mail_server() as mail:
        talk = Talk.about(home, mail=mail)
        talk.says("Norrsken")
        talk.presses("Draft")
        talk.presses("Approve")
        undo = talk.part("Undo")
        talk.house.wait_until(talk.house.clock() + timedelta(minutes=11))
        assert len(mail.messages) == 1
        assert "has already gone" in talk.ask(Request(talk.house.business.id, press=undo.token))
    assert states(talk) == ["sent"]


def test_a_double_press_approves_once(draft: Talk) -> None:
    press = Request(draft.house.business.id, press=draft.part("Approve").token)
    assert "You can undo until then." in draft.ask(press)
    assert "That was done already: Approve." in draft.ask(press)
    assert states(draft) == ["approved"]


def test_two_presses_at_the_same_moment_approve_once(draft: Talk) -> None:
    press = Request(draft.house.business.id, press=draft.part("Approve").token)
    gate, said = threading.Barrier(2), list[str]()

    def go() -> None:
        gate.wait()
        said.append(draft.ask(press))

    threads = [threading.Thread(target=go) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted("You can undo" in each for each in said) == [False, True]
    with draft.books() as books:
        assert [e.kind for e in books.history.of("norrsken")].count("approved") == 1


def test_a_letter_to_nobody_is_not_approved(draft: Talk) -> None:
    draft.presses("Edit")
    draft.presses("Save", to="")
    assert "I have no e-mail address for Café Norrsken." in draft.refused("Approve")


def test_a_letter_about_what_is_paid_meanwhile_is_not_approved(draft: Talk) -> None:
    draft.says("paid 1058")
    assert "the payment has come in" in draft.refused("Approve")


def test_a_letter_whose_sum_has_moved_is_not_approved(draft: Talk) -> None:
    draft.says("paid 1058 500")
    assert "invoice 1058 now stands at SEK 3,625" in draft.refused("Approve")


def test_a_letter_sent_by_hand_is_kept_as_it_was_and_counts_as_sent(home: Path) -> None:
    talk = Talk.about(home, sends="self")
    talk.says("Norrsken")
    talk.presses("Draft")
    with pytest.raises(AssertionError, match="no button 'Approve'"):
        talk.part("Approve")
    talk.presses("Copy, I sent it")
    assert states(talk) == ["copied"]
    with talk.books() as books:
        copied = next(e for e in books.history.of("norrsken") if e.kind == "copied")
        assert copied.data["text"] == books.letters.of("norrsken")[0].body
    assert "The next step opens on" in talk.says("Norrsken")


def test_a_copy_of_another_text_than_the_one_kept_does_not_count(draft: Talk) -> None:
    old = draft.part("Copy, I sent it").action
    draft.presses("Firmer")
    assert "changed since you saw it" in draft.acts(old.verb, old.subject, old.value)
    assert states(draft) == ["draft"]


@pytest.mark.parametrize(("label", "state"), [("It went out", "sent"), ("It did not go", "withdrawn")])
def test_the_owner_judges_a_letter_of_unknown_fate_once(label: str, state: str, talk: Talk) -> None:
    talk.says("Norrsken")
    talk.presses("Draft")
    with talk.books() as books:
        letter = books.letters.of("norrsken")[0]
        books.letters.save(replace(letter, state="unknown", send_at=talk.house.clock()))
    assert "I don't know whether the last letter went out" in talk.says("Norrsken")
    action = talk.part(label).action
    talk.presses(label)
    assert states(talk) == [state]
    talk.acts(action.verb, action.subject)
    assert states(talk) == [state]


def test_a_letter_that_did_not_go_is_written_anew_at_a_press(talk: Talk) -> None:
    talk.says("Norrsken")
    talk.presses("Draft")
    with talk.books() as books:
        letter = books.letters.of("norrsken")[0]
        books.letters.save(replace(letter, state="unknown", send_at=talk.house.clock()))
    talk.says("Norrsken")
    talk.presses("It did not go")
    talk.presses("Back to the draft")
    assert states(talk) == ["draft", "withdrawn"]


def test_a_letter_sent_just_after_midnight_counts_on_the_day_of_the_business(talk: Talk) -> None:
    clock = talk.house.clock
    clock.at = clock.at.replace(hour=23, minute=30)  # half past midnight in Stockholm
    talk.says("Norrsken")
    talk.presses("Draft")
    talk.presses("Copy, I sent it")
    with talk.books() as books:
        (letter,) = (x for x in books.letters.of("norrsken") if x.reached)
    assert letter.went_on == clock.at.date() + timedelta(days=1)


ASA, PER = "Åsa Lind", "Per Ek"


def with_two(talk: Talk) -> Talk:
    """The same talk where two owners have to approve every letter."""
    with talk.books() as books:
        books.members.owner()
        books.members.add(Member(id="per", name=PER, role="owner", added=talk.house.clock().date()))
        books.save_business(replace(books.business, second_approver="always"))
    talk.says("Norrsken")
    talk.presses("Draft")
    return talk


def yes(talk: Talk, who: str, label: str = "Approve") -> str:
    return talk.ask(Request(talk.house.business.id, who=who, press=talk.part(label).token))


def test_where_two_must_approve_the_first_yes_waits_for_another_persons(talk: Talk) -> None:
    with_two(talk)
    assert "Åsa Lind has approved this. It takes one more of you." in yes(talk, ASA)
    assert states(talk) == ["draft"]
    assert "You can undo until then." in yes(talk, PER)
    with talk.books() as books:
        letter = books.letters.of("norrsken")[0]
    assert (letter.first_yes, letter.approved_by, letter.state) == (ASA, PER, "approved")


def test_the_same_person_cannot_say_yes_twice_and_hears_who_is_awaited(talk: Talk) -> None:
    yes(with_two(talk), ASA)
    assert "You have said yes already. Now it takes one more: Per Ek." in yes(talk, ASA)
    assert states(talk) == ["draft"]
    assert "You can undo until then." in yes(talk, PER)


def test_another_tone_takes_the_first_yes_back(talk: Talk) -> None:
    yes(with_two(talk), ASA)
    assert "This one takes the yes of two of you." in talk.presses("Firmer")
    assert "Per Ek has approved this." in yes(talk, PER)
    assert states(talk) == ["draft"]


def test_another_text_takes_the_first_yes_back(talk: Talk) -> None:
    yes(with_two(talk), ASA)
    talk.presses("Edit")
    talk.presses("Save", subject="Fakturorna")
    assert "Per Ek has approved this." in yes(talk, PER)
    assert states(talk) == ["draft"]


def test_a_first_yes_falls_away_with_whoever_gave_it(talk: Talk) -> None:
    yes(with_two(talk), PER)
    with talk.books() as books:
        books.members.save(replace(books.members.get("per"), role="helper"))
    assert "Åsa Lind has approved this." in yes(talk, ASA)
    assert states(talk) == ["draft"]


def test_a_letter_taken_back_needs_both_again(talk: Talk) -> None:
    yes(with_two(talk), ASA)
    yes(talk, PER)
    talk.presses("Undo")
    assert "This one takes the yes of two of you." in talk.presses("Back to the draft")
    assert "Per Ek has approved this." in yes(talk, PER)


def test_by_their_own_hand_too_a_letter_goes_out_on_the_yes_of_two(home: Path) -> None:
    talk = with_two(Talk.about(home, sends="self"))
    with pytest.raises(AssertionError, match="no button"):
        talk.part("Copy, I sent it")
    yes(talk, ASA)
    assert "You have said yes already." in yes(talk, ASA, "Copy, I sent it")
    yes(talk, PER, "Copy, I sent it")
    assert states(talk) == ["copied"]


def test_a_copy_from_before_two_had_to_agree_does_not_count(draft: Talk) -> None:
    copy = draft.part("Copy, I sent it")
    with draft.books() as books:
        books.save_business(replace(books.business, second_approver="always"))
    assert "takes the yes of two" in draft.ask(Request(draft.house.business.id, press=copy.token))
    assert states(draft) == ["draft"]
