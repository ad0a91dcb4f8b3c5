"""The customer's page in words: five languages, what the sheet has, and answers that are heard as meant."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from html import unescape

import pytest

from bot.disputes import REASONS, Reason
from bot.hearing import Asked, Intent
from bot.letters import Charge
from bot.money import Money
from bot.pages import Agreed, Owed, Sheet
from bot.parties import LANGUAGES
from bot.presses import Kind, Said
from messages.ear.answers import hear
from messages.pages import Notice, Shown, notice, page, sentence, spoken
from tests.cast import ASAS_BAGERI, IBAN

TODAY = date(2026, 11, 25)
OWED = Owed(
    invoice="i",
    number="1058",
    what="Bröd",
    due=date(2026, 11, 13),
    amount=Money.of("4125.50", "SEK"),
    contested=False,
    reference="10587",
    account="999-0219",
)
SHEET = Sheet(numbers=("1058",), owed=(OWED,))
MEANT: dict[Kind, Intent] = {
    "paid": "paid_claim",
    "more_time": "extension_request",
    "wrong": "dispute",
    "copy": "invoice_copy_request",
}
TOLD_APART: frozenset[Reason] = frozenset(
    {"wrong_amount", "not_received", "not_ordered", "cancelled", "duplicate"}
)
"""Reasons that the ear knows from one another by these sentences; of the others the owner says which."""
NOTICES: tuple[Notice, ...] = ("gone", "busy", "long", "broken")


def seen(sheet: Sheet = SHEET, code: str = "sv", swish: str = "") -> str:
    shown = Shown(language=code, today=TODAY, nonce="n", action="a")
    whole = page(sheet, replace(ASAS_BAGERI, swish=swish), shown)
    return unescape(whole).replace("\u00a0", " ")


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize(
    "sheet",
    [
        SHEET,
        Sheet(numbers=("1058",)),
        Sheet(numbers=("1058", "1060")),
        replace(SHEET, numbers=("1058", "1060"), owed=(OWED, replace(OWED, number="1060")), waiting=True),
        replace(SHEET, charges=(Charge("fee", "i", Money.of("60", "SEK")),)),
        replace(SHEET, owed=(replace(OWED, reference="", due=None, what=""),)),
        replace(SHEET, owed=(replace(OWED, contested=True),)),
        replace(SHEET, owed=(replace(OWED, contested=True, amount=Money(0, "SEK")),)),
        replace(SHEET, agreed=(Agreed("plan", TODAY, OWED.amount), Agreed("promise", TODAY, None))),
    ],
)
def test_every_state_of_things_can_be_said_in_every_language(sheet: Sheet, code: str) -> None:
    said = seen(sheet, code)
    assert f'<html lang="{code}">' in said and "1058" in said and "{{" not in said


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("key", NOTICES)
def test_a_notice_names_nobody(key: Notice, code: str) -> None:
    assert ASAS_BAGERI.name not in notice(code, key, "n") and "<form" not in notice(code, key, "n")


def test_a_code_is_shown_for_what_is_left_with_what_was_added_and_none_while_something_is_agreed() -> None:
    asked = replace(SHEET, charges=(Charge("fee", "i", Money.of("60", "SEK")),))
    assert "Kod för att betala 4 185,50 kr" in seen(asked, swish="1231234567")
    assert "Skanna med Swish" in seen(asked, swish="1231234567")
    agreed = replace(asked, agreed=(Agreed("promise", TODAY, None),))
    assert "<img" not in seen(agreed, swish="1231234567")
    assert "<img" not in seen(asked)


def test_euros_to_an_iban_have_the_banks_own_code() -> None:
    euros = replace(OWED, amount=Money.of("100", "EUR"), account=IBAN)
    assert "Skanna med bankappen" in seen(replace(SHEET, owed=(euros,)))


def test_there_is_one_total_for_each_currency() -> None:
    euros = replace(OWED, number="1060", amount=Money.of("100", "EUR"))
    said = seen(replace(SHEET, numbers=("1058", "1060"), owed=(OWED, euros)))
    assert "4 125,50 SEK och 100,00 EUR" in said


def test_a_bank_field_takes_the_copies_as_they_are() -> None:
    said = seen()
    for bare in ('data-copy="4125,50"', 'data-copy="9990219"', 'data-copy="10587"'):
        assert bare in said


@pytest.mark.parametrize(
    ("asked", "accepted", "code"),
    [
        ("fi", "sv", "fi"),
        ("xx", "da-DK,da;q=0.9,en;q=0.8", "da"),
        ("", "no,en", "nb"),
        ("", "nn-NO", "nb"),
        ("", "de-DE,sv;q=0.5", "sv"),
        ("", "", "en"),
        ("../etc", "<script>", "en"),
    ],
)
def test_a_page_speaks_as_asked_else_as_the_browser_reads(asked: str, accepted: str, code: str) -> None:
    assert spoken(asked, accepted) == code


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("kind", MEANT)
def test_what_is_pressed_is_heard_as_it_is_meant(kind: Kind, code: str) -> None:
    day = date(2026, 12, 4) if kind == "more_time" else None
    numbers = ("1058",) if kind == "wrong" else ()
    text = sentence(Said(kind=kind, day=day, numbers=numbers), code, TODAY, "SE")
    heard = hear(text, Asked(today=TODAY, owed=OWED.amount, due=OWED.due, offered=None))
    assert heard.intents[0] == MEANT[kind]
    assert [each.day for each in heard.promised] == ([day] if day else [])


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("numbers", [("1058",), ("1058", "1060")])
@pytest.mark.parametrize("reason", REASONS)
def test_what_is_wrong_is_heard_as_a_dispute(reason: Reason, numbers: tuple[str, ...], code: str) -> None:
    text = sentence(Said(kind="wrong", numbers=numbers, reason=reason), code, TODAY, "SE")
    heard = hear(text, Asked(today=TODAY, owed=OWED.amount, due=OWED.due, offered=None))
    assert heard.intents[0] == "dispute" and heard.stops
    assert reason not in TOLD_APART or heard.reason == reason
