"""Which letters led to payment: what follows a letter, and until when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from bot.letters import Letter
from bot.money import Money
from bot.payments import Payment
from bot.reports_letters import Led, led_to_payment
from tests.cast import BYGG_OCH_BETONG, CAFE_NORRSKEN, invoice, kr, reminder

TODAY = date(2026, 11, 25)
BREAD = invoice(CAFE_NORRSKEN, "1", "500", date(2026, 9, 1))
OTHER = invoice(BYGG_OCH_BETONG, "2", "900", date(2026, 9, 1))


def wrote(days_ago: int, level: int = 1, claim: object = BREAD) -> Letter:
    assert claim in (BREAD, OTHER)
    return reminder(OTHER if claim is OTHER else BREAD, level, TODAY - timedelta(days=days_ago))


def money(days_ago: int, amount: Money | None = None) -> Payment:
    day = TODAY - timedelta(days=days_ago)
    return Payment(
        id=str(days_ago), customer=BREAD.customer, invoice=BREAD.id, day=day, amount=amount or kr("500")
    )


def test_money_within_two_weeks_follows_a_letter() -> None:
    assert led_to_payment([wrote(40)], [money(35)], TODAY) == (Led("reminder", 1, "neutral", 1, 1, 0, 5),)
    assert led_to_payment([wrote(40)], [money(26)], TODAY)[0].paid == 1
    assert led_to_payment([wrote(40)], [money(25)], TODAY)[0].paid == 0


def test_money_after_the_next_letter_follows_that_one() -> None:
    found = led_to_payment([wrote(40), wrote(30, 2)], [money(30)], TODAY)
    assert [(led.level, led.sent, led.paid, led.days) for led in found] == [(1, 1, 0, None), (2, 1, 1, 0)]


def test_of_a_letter_that_has_just_gone_it_is_too_early_to_tell() -> None:
    assert led_to_payment([wrote(3)], [], TODAY) == (Led("reminder", 1, "neutral", 0, 0, 1, None),)
    assert led_to_payment([wrote(3)], [money(1)], TODAY)[0] == Led("reminder", 1, "neutral", 1, 1, 0, 2)


def test_money_before_a_letter_on_another_invoice_taken_back_or_credited_counts_for_nothing() -> None:
    note = replace(money(35), kind="credit_note")
    for came in (money(41), note, money(35, -kr("500")), replace(money(35), invoice="another")):
        assert led_to_payment([wrote(40)], [came], TODAY)[0].paid == 0


def test_letters_are_told_apart_by_kind_level_and_tone_and_drafts_are_left_out() -> None:
    warm = replace(wrote(60, claim=OTHER), tone="warm")
    notice = replace(wrote(20), kind="final_notice", level=4)
    draft = replace(wrote(1), state="draft")
    thanks = replace(wrote(50), kind="thanks")
    found = led_to_payment([notice, wrote(40), warm, draft, thanks], [], TODAY)
    assert [(led.kind, led.level, led.tone) for led in found] == [
        ("reminder", 1, "warm"),
        ("reminder", 1, "neutral"),
        ("final_notice", 0, "neutral"),
    ]


def test_the_usual_time_is_the_middle_of_those_that_were_followed() -> None:
    letters = [wrote(100), wrote(80), wrote(60)]
    assert led_to_payment(letters, [money(98), money(75), money(50)], TODAY)[0].days == 5
