"""Drafts: a letter's facts come from the books, and add up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import drafts, workdays
from bot.announcements import announce
from bot.cases import Case
from bot.countries import codes
from bot.disputes import Dispute
from bot.drafts import Occasion
from bot.errors import Refusal
from bot.instalments import propose
from bot.letters import Claim, Facts, Line
from bot.money import Money
from bot.payments import Payment
from bot.promises import Promise
from tests.cast import ASA, ASAS_BAGERI, CAFE_NORRSKEN, HERR_MOGENS, blomman, invoice, kr, reminder

TODAY = date(2026, 11, 16)
DAY = timedelta(days=1)
ONE = invoice(CAFE_NORRSKEN, "2041", "1000", TODAY - 12 * DAY, "20412")
TWO = replace(invoice(CAFE_NORRSKEN, "2042", "500", TODAY - 6 * DAY, "20420"), account="5050-1055")
CASE = Case(customer=CAFE_NORRSKEN, invoices=(ONE, TWO))
CLAIMS = (Claim(ONE.id, kr("1000")), Claim(TWO.id, kr("400")))
REMINDER = Occasion("reminder", 1, "warm")


def facts(case: Case = CASE, occasion: Occasion = REMINDER, language: str = "sv") -> Facts:
    return drafts.facts(case, CLAIMS, ASAS_BAGERI, occasion, TODAY, language)


def test_every_claim_is_a_line_with_the_amount_that_is_asked() -> None:
    said = facts()
    assert [(x.number, x.amount, x.reference) for x in said.lines] == [
        ("2041", kr("1000"), "20412"),
        ("2042", kr("400"), "20420"),
    ]
    assert said.totals == (kr("1400"),)


def test_two_currencies_have_a_total_each() -> None:
    euros = replace(TWO, amount=Money.of("9", "EUR"), paid=Money.of("0", "EUR"))
    claims = (CLAIMS[0], Claim(euros.id, euros.amount))
    case = replace(CASE, invoices=(ONE, euros))
    said = drafts.facts(case, claims, ASAS_BAGERI, REMINDER, TODAY, "sv")
    assert said.totals == (kr("1000"), Money.of("9", "EUR"))


def test_the_sender_the_account_and_the_reader_come_from_the_books() -> None:
    said = facts()
    assert (said.business, said.owner, said.phone) == ("Åsas Bageri AB", ASA, "070-174 06 05")
    assert (said.account, said.account_kind) == ("999-0219", "bankgiro")
    assert (said.customer, said.first_name, said.to_firm) == ("Café Norrsken", "Nils", False)


def test_without_a_name_the_letter_is_to_the_firm() -> None:
    assert facts(replace(CASE, customer=replace(CAFE_NORRSKEN, contacts=()))).to_firm


def test_the_invoice_s_own_account_serves_where_the_business_has_none() -> None:
    said = drafts.facts(CASE, CLAIMS, replace(ASAS_BAGERI, account=""), REMINDER, TODAY, "sv")
    assert said.account == "5050-1055"


def test_without_any_account_there_is_no_letter() -> None:
    with pytest.raises(Refusal) as refused:
        drafts.facts(CASE, CLAIMS[:1], replace(ASAS_BAGERI, account=""), REMINDER, TODAY, "sv")
    assert refused.value.key == "no_account"


def test_what_is_announced_is_said() -> None:
    said = announce([ONE], 1, ASAS_BAGERI, TODAY)
    told = facts(occasion=replace(REMINDER, announcement=said))
    assert (told.pay_by, told.next_step, told.next_day) == (said.pay_by, "writes", said.day)


def test_nothing_is_said_of_a_next_step_that_was_not_announced() -> None:
    assert (facts().next_step, facts().next_day, facts().pay_by) == ("", None, None)


@pytest.mark.parametrize(
    ("country", "language", "abroad"),
    [("SE", "sv", False), ("DK", "da", True), ("", "sv", False), ("", "en", False), ("", "da", True)],
)
def test_a_letter_abroad_bears_the_currency_s_code(country: str, language: str, abroad: bool) -> None:
    case = replace(CASE, customer=replace(HERR_MOGENS, country=country))
    assert facts(case, language=language).cross_border == abroad


def test_an_unknown_reference_is_repeated_as_it_stands() -> None:
    assert drafts.line(replace(ONE, reference="order 7"), kr("1"), ASAS_BAGERI).reference == "order 7"


def test_a_long_reference_is_grouped_as_people_read_it() -> None:
    told = drafts.line(replace(ONE, reference="RF18539007547034"), kr("1"), ASAS_BAGERI)
    assert told.reference == "RF18 5390 0754 7034"


def test_a_plan_for_more_than_the_lines_falls_on_the_last() -> None:
    lines = [Line(number="A", amount=kr("100"), due=TODAY, reference="A")]
    drawn = propose([kr("300")], 3, TODAY, "SE")
    assert [p.reference for p in drafts.instalments(drawn, lines)] == ["A", "A", "A"]
    assert [p.reference for p in drafts.instalments(drawn, [])] == ["", "", ""]


def test_each_part_bears_the_reference_of_the_invoice_it_begins_to_cover() -> None:
    lines = [Line(number=r, amount=kr("500"), due=TODAY, reference=r) for r in ("A", "B")]
    parts = drafts.instalments(propose([kr("1000")], 4, TODAY, "SE"), lines)
    assert [p.reference for p in parts] == ["A", "A", "B", "B"]


@given(
    st.lists(st.integers(1, 10**6), min_size=1, max_size=4),
    st.integers(2, 12),
)
def test_the_parts_of_a_letter_are_the_parts_of_the_plan(owed: list[int], count: int) -> None:
    lines = [
        Line(number=f"{n}", amount=Money(m + 12, "SEK"), due=TODAY, reference=f"{n}")
        for n, m in enumerate(owed)
    ]
    drawn = propose([x.amount for x in lines], count, TODAY, "SE")
    parts = list(drafts.instalments(drawn, lines))
    assert [(p.number, p.day, p.amount) for p in parts] == [(d.number, d.day, d.amount) for d in drawn]
    assert [p.reference for p in parts] == sorted(p.reference for p in parts)


@given(st.dates(date(2024, 1, 1), date(2031, 1, 1)), st.sampled_from(codes()))
def test_an_answer_is_due_on_the_fifth_bank_day(day: date, code: str) -> None:
    by = drafts.answer_day(day, code)
    between = [day + n * DAY for n in range(1, (by - day).days + 1)]
    assert sum(workdays.is_bank_day(d, code) for d in between) == 5


def test_the_confirmation_of_a_plan_names_every_part() -> None:
    plan = blomman(TODAY).plans[0]
    said = drafts.of_plan(plan, date(2026, 11, 23), call_day=TODAY)
    assert (said.kind, said.parts) == ("plan", plan.instalments)
    assert dict(said.fields) == {"call_day": TODAY, "reply_by": date(2026, 11, 23), "accepted": False}


def test_a_plan_that_was_said_yes_to_asks_for_no_further_word() -> None:
    said = drafts.of_plan(blomman(TODAY).plans[0], None)
    assert dict(said.fields)["accepted"] is True


def test_a_day_that_is_moved_names_the_one_that_was_said_and_the_new_one() -> None:
    said = replace(reminder(ONE, 2, TODAY), next_step="calls", next_day=TODAY)
    moved = drafts.of_later(said, TODAY + DAY, ASAS_BAGERI)
    assert dict(moved.fields) == {"said_day": TODAY}
    announced = moved.announcement
    assert announced and (announced.pay_by, announced.step) == (TODAY + DAY, "calls")
    assert announced.day > TODAY + DAY
    assert dict(drafts.of_taken_back(said).fields) == {"said_day": TODAY}


def test_an_invoice_sent_once_more_gives_time_to_pay_it() -> None:
    day = drafts.copy_day(TODAY, "SE")
    assert (day - TODAY).days >= drafts.COPY_DAYS and drafts.of_copy(day).pay_by == day


def test_the_confirmation_of_a_promise_names_its_day_and_amount() -> None:
    promise = Promise(id="p", customer="norrsken", day=TODAY + DAY, made=TODAY, amount=kr("250"))
    said = facts(occasion=drafts.of_promise(promise))
    assert (said.kind, said.pay_by, said.totals) == ("promise", TODAY + DAY, (kr("250"),))
    assert said.fields["deferral"] is False


def test_time_granted_is_told_from_a_day_promised() -> None:
    granted = Promise(id="p", customer="norrsken", day=TODAY + DAY, made=TODAY, kind="deferral")
    assert facts(occasion=drafts.of_promise(granted)).fields["deferral"] is True


def test_a_dispute_is_answered_within_five_bank_days_of_its_opening() -> None:
    dispute = Dispute(
        id="d", customer="norrsken", invoice=ONE.id, opened=TODAY, words="Fel pris", part=kr("9")
    )
    assert dict(drafts.of_dispute(dispute, "SE").fields) == {
        "issue": "Fel pris", "answer_day": date(2026, 11, 23), "contested": kr("9"),
    }  # fmt: skip


def test_thanks_name_the_day_the_money_came_and_their_claims_say_how_much() -> None:
    payment = Payment(id="p", customer="norrsken", invoice=ONE.id, day=TODAY, amount=kr("1000"))
    said = drafts.of_payment(payment)
    assert (said.kind, said.total, dict(said.fields)) == ("thanks", None, {"paid_day": TODAY})


def test_money_not_yet_seen_is_waited_for() -> None:
    assert dict(drafts.of_unseen(TODAY, "SE").fields) == {"hold_until": date(2026, 11, 23)}
