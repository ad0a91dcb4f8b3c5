"""Notes that several answers write down alike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.errors import Refusal
from bot.letters import Claim
from bot.payments import Payment
from bot.promises import Promise
from bot.replies import Reply
from handlers.desk import Desk, notes
from tests.handlers.talk import Talk


@pytest.fixture
def desk(talk: Talk) -> Iterator[Desk]:
    with talk.desk() as desk:
        yield desk


def test_an_answer_is_read_once_with_who_read_it(desk: Desk) -> None:
    desk.books.replies.add(Reply(id="r", customer="kuusi", text="Hei", at=desk.now))
    notes.read_reply("r", "paid", "Åsa", desk)
    notes.read_reply("r", "plan", "Nils", desk)
    assert desk.books.replies.get("r").meaning == "paid"
    assert [e.who for e in desk.books.history.of("kuusi") if e.kind == "reply_read"] == ["Åsa"]


def test_a_matter_that_did_not_start_from_an_answer_reads_none(desk: Desk) -> None:
    notes.read_reply("", "paid", "Åsa", desk)
    assert not desk.books.history.of("kuusi")


def test_a_pause_lasts_until_its_day(desk: Desk) -> None:
    notes.pause("kuusi", desk.today + timedelta(days=3), desk)
    (kept,) = desk.books.pauses.all()
    assert (kept.customer, kept.until) == ("kuusi", desk.today + timedelta(days=3))


def test_only_open_promises_are_closed(desk: Desk) -> None:
    day = desk.today + timedelta(days=3)
    for ident, state in (("a", "open"), ("b", "kept")):
        desk.books.promises.add(
            Promise(
                id=ident,
                customer="kuusi",
                day=day,
                made=desk.today,
                state="kept" if state == "kept" else "open",
            )
        )
    notes.close_promises("kuusi", "broken", desk)
    assert sorted(p.state for p in desk.books.promises.of("kuusi")) == ["broken", "kept"]


def test_what_is_contested_or_parked_is_nothing_to_agree_on(desk: Desk) -> None:
    (claim,) = desk.books.invoices.by_number("1055")
    assert notes.to_agree_on(desk.books.case("kuusi")) == (Claim(claim.id, claim.amount),)
    desk.books.invoices.save(replace(claim, parked=True))
    with pytest.raises(Refusal, match="all_rests"):
        notes.to_agree_on(desk.books.case("kuusi"))


def test_agreements_follow_the_money_both_ways(desk: Desk) -> None:
    (claim,) = desk.books.invoices.by_number("1055")
    about = (Claim(claim.id, claim.amount),)
    desk.books.promises.add(Promise(id="p", customer="kuusi", day=desk.today, made=desk.today, claims=about))
    desk.books.payments.add(
        Payment(id="m", customer="kuusi", invoice=claim.id, day=desk.today, amount=claim.amount)
    )
    notes.settle_agreements("kuusi", desk)
    assert desk.books.promises.get("p").state == "kept"
    desk.books.payments.remove("m")
    notes.settle_agreements("kuusi", desk)
    assert desk.books.promises.get("p").state == "open"
