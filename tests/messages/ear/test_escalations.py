"""Handing over, writing off, taking back and the evidence pack, as owners type them."""

from __future__ import annotations

import pytest

from bot.chat import Action
from bot.parties import LANGUAGES
from messages.ear.commands import command

SHOW, AGENCY, REASON = "escalation.show", "escalation.agency", "escalation.reason"
REOPEN, PACK = "escalation.reopen", "pack.show"
SAID = {
    "nb": {
        SHOW: "hva nå med {x} · hva nå {x}? · valgene for {x} · hva gjør vi med {x}",
        AGENCY: "overlat {x} til inkasso · overlat til inkasso {x} · send {x} til inkasso · til inkasso {x}",
        REASON: "avskriv {x} · skriv av {x} · før {x} som tap",
        REOPEN: "ta {x} tilbake · gjenåpne {x} · hent {x} tilbake fra inkasso",
        PACK: "saksmappe {x} · lag saksmappe for {x} · bevispakke {x}",
    },
    "sv": {
        SHOW: "vad nu med {x} · vad nu {x}? · vad gör vi med {x}",
        AGENCY: "lämna {x} till inkasso · lämna över {x} till inkasso · skicka {x} till inkassobyrån",
        REASON: "skriv av {x} · avskriv {x}",
        REOPEN: "ta tillbaka {x} · ta {x} tillbaka · öppna {x} igen",
        PACK: "underlag {x} · inkassounderlag för {x}",
    },
    "da": {
        SHOW: "hvad nu med {x} · hvad nu {x}? · hvad gør vi med {x}",
        AGENCY: "giv {x} til inkasso · overlad til inkasso {x} · send {x} til inkassobureauet",
        REASON: "afskriv {x} · skriv {x} af",
        REOPEN: "tag {x} tilbage · genåbn {x}",
        PACK: "sagsmappe {x} · lav sagsmappe til {x}",
    },
    "fi": {
        SHOW: "mitä nyt {x} · vaihtoehdot {x}",
        AGENCY: "anna {x} perintään · siirrä {x} perintään · perintään {x}",
        REASON: "kirjaa {x} luottotappioksi · kirjaa luottotappioksi {x}",
        REOPEN: "ota {x} takaisin · hae {x} takaisin perinnästä",
        PACK: "asiakirjat {x} · perinnän asiakirjat {x}",
    },
    "en": {
        SHOW: "what now with {x} · what now {x}? · options for {x}",
        AGENCY: "hand over {x} · hand {x} over · hand over {x} to the agency · send {x} to collection",
        REASON: "write off {x} · write {x} off",
        REOPEN: "reopen {x} · take {x} back · take back {x} from collection",
        PACK: "evidence pack {x} · evidence for {x} · pack {x}",
    },
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("about", ["1042", "Café Norrsken"])
def test_what_owners_type_is_understood(language: str, about: str) -> None:
    for verb, told in SAID[language].items():
        for said in told.split(" · "):
            assert command(said.format(x=about), language) == Action(verb, about), said


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_owner_may_say_it_in_english(language: str) -> None:
    assert command("hand over Norrsken", language) == Action(AGENCY, "Norrsken")


@pytest.mark.parametrize(
    ("language", "answer"),
    [
        ("nb", "Ikke send oss til inkasso, vi betaler på fredag!"),
        ("sv", "Skicka oss inte till inkasso, vi betalar på fredag."),
        ("da", "Send os ikke til inkasso, vi betaler på fredag."),
        ("fi", "Älkää antako meitä perintään, maksamme perjantaina."),
        ("en", "Please don't send us to collection, we pay on Friday."),
    ],
)
def test_what_a_customer_begs_for_is_no_command(language: str, answer: str) -> None:
    heard = command(answer, language)
    assert heard is None or heard.verb not in (AGENCY, REASON)
