from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from bot.letters import Letter
from bot.mail import Kept
from bot.mail_thread import MOST, before
from tests.cast import CAFE_NORRSKEN, invoice, reminder

DAY = date(2026, 11, 25)
CLAIM = invoice(CAFE_NORRSKEN, "1", "10", DAY)


def letter(number: int, **changed: object) -> Letter:
    sent = datetime(2026, 11, number, tzinfo=UTC)
    one = replace(reminder(CLAIM, 1, DAY), id=f"l{number}", sent_at=sent, message_id=f"<l{number}@a>")
    return replace(one, **changed)  # type: ignore[arg-type]  # each test names what it changes


def answer(number: int, **changed: object) -> Kept:
    at = datetime(2026, 11, number, 12, tzinfo=UTC)
    one = Kept(id=f"m{number}", at=at, state="placed", message_id=f"<m{number}@a>")
    return replace(one, **changed)  # type: ignore[arg-type]  # each test names what it changes


NEW = letter(30, state="sending", sent_at=None, message_id="")


def test_a_letter_names_what_went_before_in_order() -> None:
    assert before(NEW, [letter(2), letter(1)], [answer(1)]) == (("<l1@a>", "<m1@a>", "<l2@a>"), "")


def test_a_letter_answers_the_mail_that_came_last() -> None:
    assert before(NEW, [letter(1)], [answer(1)])[1] == "<m1@a>"


def test_what_never_went_is_not_named() -> None:
    gone = [letter(1, state="failed"), letter(2, state="withdrawn"), NEW]
    assert before(NEW, gone, [answer(1, kind="auto_reply"), answer(2, state="waiting")]) == ((), "")


def test_a_name_that_no_mail_may_have_is_left_out() -> None:
    assert before(NEW, [], [answer(1, message_id="<å@a>")]) == ((), "")


def test_only_the_last_are_named() -> None:
    many = [letter(1, id=str(n), sent_at=datetime(2026, 1, 1, tzinfo=UTC) + timedelta(n)) for n in range(30)]
    many = [replace(x, message_id=f"<{x.id}@a>") for x in many]
    assert before(NEW, many, [])[0] == tuple(f"<{n}@a>" for n in range(30 - MOST, 30))


def test_an_answer_of_the_same_moment_comes_after_the_letter_whatever_their_names() -> None:
    same = replace(answer(1, message_id="<a@a>"), at=letter(1).sent_at or datetime.min)
    assert before(NEW, [letter(1)], [same]) == (("<l1@a>", "<a@a>"), "<a@a>")
