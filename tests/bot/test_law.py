"""The law compass: stops, refusals, what is unsure, what is cited, and what is owed in all."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from bot import law
from bot.answers import Answer, Permission
from bot.countries import codes
from tests.bot.asked import ask, iso, notice, question, reminder

DUE = "2026-03-02"
ON = "2026-05-04"

WHAT_IS_CITED = {
    "NO": (
        "inkassoforskriften § 1-2",
        "inkassoforskriften § 1-3",
        "inkassoforskriften § 1-5",
        "inkassoloven § 9",
        "inkassoloven § 10",
        "inkassoloven § 17",
        "forsinkelsesrenteloven §§ 2, 3",
        "forsinkelsesrenteloven § 3 a",
        "forsinkelsesrenteloven §§ 1, 4 c",
        "foreldelsesloven §§ 2, 3, 14, 29",
    ),
    "SE": (
        "lag (1981:739) 2 §, 4 §",
        "lag (1981:739) 4 §",
        "lag (1981:739) 4 a §",
        "inkassolagen 5 §, 6 §",
        "inkassolagen 8 §",
        "räntelagen 3, 4, 6 §§",
        "räntelagen 4 a §",
        "preskriptionslagen 2, 5, 6 §§",
    ),
    "DK": (
        "renteloven § 9 a",
        "renteloven § 9 b",
        "renteloven §§ 3, 5",
        "renteloven § 7",
        "inkassoloven § 10",
        "retsplejeloven § 477 a",
        "bekendtgørelse 601/2002 § 2",
        "forældelsesloven §§ 3, 5, 15, 27",
    ),
    "FI": (
        "perintälaki 4 b §",
        "perintälaki 5 §",
        "perintälaki 10 a §, 10 b §",
        "perintälaki 10 b §",
        "perintälaki 10 e §",
        "korkolaki 2 §",
        "korkolaki 4 a §",
        "laki velan vanhentumisesta 10 §",
    ),
}

every_country = pytest.mark.parametrize("where", ["NO", "SE", "DK", "FI"])


@every_country
@pytest.mark.parametrize(
    ("state", "code"),
    [
        ({"disputed": True}, "disputed"),
        ({"handed_over": ON}, "handed_over"),
        ({"plan_kept": True}, "plan_kept"),
        ({"insolvent": True}, "insolvent"),
    ],
)
def test_a_stop_lets_nothing_be_done_and_everything_be_counted(
    where: str, state: dict[str, Any], code: str
) -> None:
    letters = (reminder("2026-03-20", "2026-04-10", "1"), notice("2026-04-13", "2026-04-28", "1"))
    free = ask(where, ON, DUE, *letters, fee_agreed=True, arose=DUE)
    stopped = ask(where, ON, DUE, *letters, fee_agreed=True, arose=DUE, **state)
    assert code in stopped.refusals and code not in free.refusals
    assert stopped.reminder == stopped.final_notice == Permission()
    assert stopped.demand in (None, Permission())
    assert not stopped.escalation.may and stopped.escalation.opens is None
    assert stopped.owed.claimable is not None and not stopped.owed.claimable
    assert stopped.plan_fee is None
    for kept in ("interest", "compensation", "letters", "limitation", "overdue", "days_overdue"):
        assert getattr(stopped, kept) == getattr(free, kept)
    assert replace(stopped.owed, claimable=free.owed.claimable) == free.owed


@every_country
def test_a_claim_is_the_creditors_until_the_day_it_is_handed_over(where: str) -> None:
    assert ask(where, "2026-05-03", DUE, handed_over=ON).reminder.may_send
    assert not ask(where, ON, DUE, handed_over=ON).reminder.may_send


@every_country
def test_a_letter_after_the_claim_was_handed_over_or_paid_is_not_lawful(where: str) -> None:
    letter = reminder("2026-04-20", None, "5")
    handed = ask(where, ON, DUE, letter, handed_over="2026-04-20", fee_agreed=True)
    assert not handed.letters[0].valid and handed.owed.fees == 0
    paid = ask(where, ON, DUE, letter, paid={"2026-04-19": "10000.00"}, fee_agreed=True)
    assert not paid.letters[0].valid and paid.owed.fees == 0
    fine = ask(where, ON, DUE, letter, handed_over="2026-04-21", fee_agreed=True)
    assert fine.letters[0].valid and fine.owed.fees == 5


@every_country
@pytest.mark.parametrize("hindrance", ["insolvent", "disputed"])
def test_closed_doors_go_before_any_other(where: str, hindrance: str) -> None:
    assert ask(where, ON, DUE, plan_kept=True, **{hindrance: True}).escalation.routes == ()
    assert ask(where, ON, DUE, insolvent=True, disputed=True).escalation.routes == ("estate",)


@every_country
def test_the_first_valid_notice_opens_the_door_the_day_after_its_last(where: str) -> None:
    letters = (
        notice("2026-03-05", "2026-03-06"),
        notice("2026-03-20", "2026-04-10"),
        notice("2026-03-21", "2026-04-05"),
    )
    assert iso(ask(where, ON, DUE, *letters).escalation.opens) == "2026-04-11"
    assert not ask(where, "2026-04-10", DUE, *letters).escalation.may
    assert ask(where, "2026-04-11", DUE, *letters).escalation.may


@every_country
def test_without_a_due_date_nothing_is_late(where: str) -> None:
    answer = ask(where, ON, None, reminder("2026-03-20"), paid={"2026-04-01": "1000.00"})
    assert answer.refusals == ("due_missing",)
    assert answer.owed.principal and answer.owed.principal.decimal == 9000
    bare = replace(answer, owed=Answer().owed, refusals=(), demand=None)
    assert bare == Answer()


def test_without_a_due_date_what_the_question_says_is_still_refused() -> None:
    answer = ask("NO", "2027-02-01", None, disputed=True, currency="EUR")
    assert set(answer.refusals) == {"disputed", "due_missing", "regime_unreviewed", "currency_mixed"}


def test_a_country_without_a_file_is_refused_whole() -> None:
    asked = replace(question("NO", ON, DUE), country="GB")
    assert law.ask(asked) == Answer(refusals=("country_unsupported",))


def test_every_country_that_has_a_file_is_answered() -> None:
    assert all(ask(code, ON, DUE).overdue for code in codes())


@every_country
def test_before_due_the_days_to_come_are_named(where: str) -> None:
    answer = ask(where, "2026-02-20", DUE, fee_agreed=True)
    assert not answer.overdue and answer.days_overdue == 0
    assert answer.reminder.opens and answer.final_notice.opens and not answer.final_notice.may_send
    assert answer.escalation.routes and answer.refusals == ()


@every_country
def test_the_whole_sum_is_its_parts(where: str) -> None:
    answer = ask(where, ON, DUE, reminder("2026-03-20", "2026-04-10", "5"), fee_agreed=True)
    owed = answer.owed
    assert owed.principal and owed.interest and owed.total and owed.charges is not None
    assert owed.total.decimal == owed.principal.decimal + owed.charges + owed.interest.decimal


def test_a_fee_in_parts_of_a_krone_stays_what_was_asked() -> None:
    assert ask("NO", ON, DUE, reminder("2026-03-20", None, "37.50")).owed.fees == Decimal("37.50")


@every_country
def test_each_part_cites_its_statute(where: str) -> None:
    letters = (reminder("2026-03-20", "2026-04-10", "5"),)
    answer = ask(where, ON, DUE, *letters, fee_agreed=True, rate="9.00", arose=DUE)
    assert set(WHAT_IS_CITED[where]) <= set(answer.citations)
    assert len(answer.citations) == len(set(answer.citations))
