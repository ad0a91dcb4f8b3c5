"""Refunds: money is wanted back when it is asked for, and not when a debt is paid back or tax is awaited."""

from __future__ import annotations

import pytest

from messages.ear.refunds import asked


@pytest.mark.parametrize(
    "text",
    [
        "I want my money back.",
        "Please refund the payment, we paid twice.",
        "We have paid too much, can you send back the difference?",
        "The cake was bad. We would like a refund.",
        "Jag vill ha pengarna tillbaka.",
        "Kan ni återbetala det vi betalade för mycket?",
        "Vi kräver återbetalning.",
        "Jeg vil ha pengene tilbake.",
        "Faktura 12 er betalt to ganger, kan dere sende pengene tilbake?",
        "Kan jeg få igjen det jeg betalte for mye?",
        "Jeg vil have mine penge tilbage.",
        "Vi har betalt for meget, kan I tilbagebetale beløbet?",
        "Haluan rahani takaisin.",
        "Maksoimme liikaa, voitteko palauttaa erotuksen?",
        "Vaadimme palautusta.",
    ],
)
def test_whoever_asks_for_money_back_is_heard(text: str) -> None:
    assert asked(f"Hej! {text} Mvh Nils")


@pytest.mark.parametrize(
    "text",
    [
        "I will pay you back as soon as I get my tax refund.",
        "We will hold the money back.",
        "Could we have it put back to the 19th?",
        "Jag betalar när jag fått skatteåterbäringen.",
        "Skulle uppskatta en återbetalningsplan.",
        "Ber om forslag til tilbakebetaling over tid.",
        "Kan dere sende fakturaen tilbake?",
        "Sidste gang fik jeg 3 uger, må jeg få det igen?",
        "Maksan velan takaisin perjantaina.",
    ],
)
def test_whoever_pays_back_or_waits_for_other_money_wants_none_of_ours(text: str) -> None:
    assert not asked(text)


def test_the_sentence_that_asks_is_told_apart() -> None:
    assert (
        asked("Kakan var god. Men jag vill ha pengarna tillbaka! Tack.")
        == "Men jag vill ha pengarna tillbaka!"
    )
