"""Outcomes: what became of a letter, told with the way on."""

from __future__ import annotations

import pytest

from bot.letters import Letter
from handlers.outcomes import report
from tests.handlers.stage import shown
from tests.handlers.talk import Talk

DELIVERY = (
    "smtp_refused",
    "smtp_auth",
    "smtp_recipient",
    "smtp_unreachable",
    "smtp_address",
    "smtp_tls",
    "given_up",
)


@pytest.fixture
def letter(talk: Talk) -> Letter:
    talk.says("Kuusi")
    talk.presses("Draft")
    with talk.books() as books:
        return books.letters.of("kuusi")[0]


def told(talk: Talk, letter: Letter, kind: str, reason: str = "", **facts: object) -> tuple[str, set[str]]:
    with talk.desk() as desk:
        card = report(letter, kind, reason, {"at": desk.now, "said": "550 no", **facts}, desk)
    return shown(card), {b.label for b in card.buttons}


def test_a_letter_that_is_gone_names_the_customer_and_leaves_nothing_to_do(
    talk: Talk, letter: Letter
) -> None:
    said, ways = told(talk, letter, "sent")
    assert "Sent to Kahvila Kuusi Oy" in said and not ways


@pytest.mark.parametrize("reason", DELIVERY)
def test_a_letter_that_could_not_go_says_why_and_how_to_go_on(
    reason: str, talk: Talk, letter: Letter
) -> None:
    said, ways = told(talk, letter, "failed", reason)
    assert "could not be sent" in said and "Nothing was sent." in said
    assert ways == {"Back to the draft", "Contact"}


@pytest.mark.parametrize("reason", DELIVERY)
def test_a_letter_that_waits_says_so(reason: str, talk: Talk, letter: Letter) -> None:
    said, ways = told(talk, letter, "delayed", reason)
    assert "Kahvila Kuusi Oy" in said and not ways


def test_a_letter_that_was_stopped_says_what_became_true(talk: Talk, letter: Letter) -> None:
    said, ways = told(talk, letter, "stopped", "paid_meanwhile", invoice="1055")
    assert "the payment has come in" in said and ways == {"Back to the draft", "Open"}


@pytest.mark.parametrize("reason", ["smtp_unknown", "cut_off", "error"])
def test_a_letter_of_unknown_fate_asks_the_owner_to_look(reason: str, talk: Talk, letter: Letter) -> None:
    _, ways = told(talk, letter, "unknown", reason)
    assert ways == {"It went out", "It did not go"}
