"""Drafts on the desk: one at a time, written from the books, and taken back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.announcements import announce
from bot.drafts import Occasion
from bot.errors import Refusal
from bot.letters import Claim, Letter
from handlers.desk import Desk, drafts
from tests.handlers.talk import Talk


@pytest.fixture
def desk(talk: Talk) -> Iterator[Desk]:
    with talk.desk() as desk:
        yield desk


def compose(desk: Desk, customer: str = "kuusi") -> Letter:
    case = desk.books.case(customer)
    late = [i for i in case.invoices if not i.paid]
    said = announce(late, 1, desk.business, desk.today)
    occasion = Occasion("reminder", 1, "warm", said)
    return drafts.compose(case, [Claim(i.id, i.amount) for i in late], occasion, desk)


def test_a_draft_is_kept_in_the_customers_language_with_no_review_against_it(desk: Desk) -> None:
    letter = compose(desk)
    assert desk.books.letters.get(letter.id) == letter
    assert (letter.language, letter.state, letter.to) == ("fi", "draft", "aino@kahvilakuusi.example")
    found = drafts.findings(letter, drafts.facts_of(letter, desk.books.case("kuusi"), desk))
    assert not [f for f in found if f.severity == "error"]


def test_a_new_draft_puts_the_earlier_one_away(desk: Desk) -> None:
    first, second = compose(desk), compose(desk)
    assert [desk.books.letters.get(x.id).state for x in (first, second)] == ["withdrawn", "draft"]
    with pytest.raises(Refusal, match="letter_withdrawn"):
        drafts.open_draft(first.id, desk)


def test_a_letter_about_nothing_is_refused(desk: Desk) -> None:
    with pytest.raises(Refusal, match="nothing_open"):
        drafts.compose(desk.books.case("kuusi"), (), Occasion("reminder"), desk)


def test_the_same_words_again_need_a_new_approval(desk: Desk) -> None:
    sent = replace(compose(desk), state="failed", approved_by="Åsa", approved_at=desk.now, approved_text="x")
    desk.books.letters.save(sent)
    fresh = drafts.again(sent, desk)
    assert fresh.id != sent.id and fresh.body == sent.body
    assert (fresh.state, fresh.approved_by, fresh.approved_at, fresh.approved_text) == ("draft", "", None, "")


def test_a_letter_that_has_not_gone_is_taken_back_with_a_note_in_the_history(desk: Desk) -> None:
    letter = replace(compose(desk), state="approved")
    desk.books.letters.save(letter)
    desk.books.deliveries.plan(f"letter:{letter.id}", "letter", letter.id, desk.now + timedelta(minutes=10))
    assert drafts.silence("kuusi", desk)
    assert desk.books.letters.get(letter.id).state == "withdrawn"
    assert "letter_stopped" in [e.kind for e in desk.books.history.of("kuusi")]
    assert not drafts.silence("kuusi", desk)


def test_a_customer_may_have_references_on_some_invoices_only(desk: Desk) -> None:
    one = desk.books.invoices.of("norrsken")[-1]
    desk.books.invoices.save(replace(one, reference=""))
    letter = compose(desk, "norrsken")
    assert all(number in letter.body for number in ("1058", "1066"))
