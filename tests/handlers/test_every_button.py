"""Every action in every language, pressed and said by an owner who tries everything: no card is a bug's."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.parties import LANGUAGES
from handlers.router import ANSWERS
from tests.handlers.walk import LIST, UNSURE, Faults, Walk
from tests.mailserver import mail_server

PRESSES, MORE = 480, 300
MOST = 0.8
"""Some answers are only led to by others, or share a card with one that was pressed."""
REACHABLE = ANSWERS.keys() - {
    "business.turn", "business.new", "start.begin", "member.joined",
    "letter.rephrase", "model.allow", "reply.ask", "model.allow_reading",
    "mail.list", "mail.show", "mail.aside", "mail.place", "mailbox.forget", "customer.look_up",
    "mail.fetch", "sign_in.begin", "sign_in.done",
}  # fmt: skip
"""All but what only a platform, a model, a mailbox or a register leads to; those have tests of their own."""
SAID = {
    "nb": """
        loven for Norrsken · folk · hjem · her · firmaer · koble til · inviter Per
        hjelp · hei · i dag · alle · o · 1058 · gamle · angre · historikk Norrsken · jeg tar Havet selv
        innbetalinger · hva nå med Havet · saksmappe Havet · overlat Havet til inkasso · avskriv 1071
        Norrsken er uenig · plan Norrsken 3 · del opp Norrsken i 4 · vent Kuusi til fredag · utsett Kuusi
        1066 betalt · betalt 1058 500 · Norrsken har betalt · svar fra Bygg: Vi betaler på fredag.
        Hei! Vi betaler alt sammen på fredag, lover. Hilsen Bo
        svar fra Kuusi: Jeg vil ha pengene tilbake.
    """,
    "sv": """
        lagen för Norrsken · folk · hem · här · företag · koppla · bjud in Per
        hjälp · hej · i dag · alla · o · 1058 · gamla · ångra · historik Norrsken · jag tar Havet själv
        inbetalningar · vad nu med Havet · underlag Havet · lämna Havet till inkasso · skriv av 1071
        Norrsken håller inte med · plan Norrsken 3 · dela upp Norrsken i 4 · vänta med Kuusi till fredag
        vänta Kuusi · 1066 betald · betalt 1058 500 · Norrsken har betalat
        svar från Bygg: Vi betalar på fredag. · Hej! Vi betalar alltihop på fredag, lovar. Hälsningar Bo
        svar från Kuusi: Jag vill ha pengarna tillbaka.
    """,
    "da": """
        loven om Norrsken · folk · hjem · her · firmaer · forbind · inviter Per
        hjælp · hej · i dag · alle · o · 1058 · gamle · fortryd · historik Norrsken · jeg tager Havet selv
        indbetalinger · hvad nu med Havet · sagsmappe Havet · giv Havet til inkasso · afskriv 1071
        Norrsken er uenig · plan Norrsken 3 · del Norrsken op i 4 · vent Kuusi til fredag · vent Kuusi
        1066 betalt · betalt 1058 500 · Norrsken har betalt · svar fra Bygg: Vi betaler på fredag.
        Hej! Vi betaler det hele på fredag, lover. Hilsen Bo
        svar fra Kuusi: Jeg vil have mine penge tilbage.
    """,
    "fi": """
        laki Norrsken · ihmiset · koti · tänne · yritykset · yhdistä · kutsu Per
        apua · hei · tänään · kaikki · o · 1058 · vanhat · peru · historia Norrsken · hoidan Havet itse
        maksut · mitä nyt Havet · asiakirjat Havet · anna Havet perintään · kirjaa 1071 luottotappioksi
        Norrsken riitauttaa · suunnitelma Norrsken 3 · jaa Norrsken 4 osaan · odota Kuusi perjantaihin
        odota Kuusi · 1066 maksettu · maksettu 1058 500 · Norrsken maksoi
        vastaus Bygg: Maksamme perjantaina. · Hei! Maksamme kaiken perjantaina, lupaan sen. Terveisin Bo
        vastaus Kuusi: Haluan rahani takaisin.
    """,
    "en": """
        the law on Norrsken · people · home · here · businesses · connect · invite Per
        help · hello · today · all · o · 1058 · old · undo · history of Norrsken · I'll handle Havet
        payments · what now with Havet · evidence pack Havet · hand over Havet · write off 1071
        Norrsken disagrees · plan Norrsken 3 · split Norrsken in 4 · snooze Kuusi until Friday
        wait Kuusi · 1066 paid · paid 1058 500 · Norrsken has paid · reply from Bygg: We pay on Friday.
        Hi! We will pay all of it on Friday, promised. Kind regards, Bo
        reply from Kuusi: We want our money back.
    """,
}
"""What owners say, with a dot between."""
LATER = {
    "nb": """
        ikke her · folk · hjem · ta Havet tilbake · spill av fjoråret
        ny faktura · innstillinger · innstillinger · innstillinger · gamle · pause alt til 10. desember
    """,
    "sv": """
        inte här · personer · hem · ta tillbaka Havet · spela upp förra året
        ny faktura · inställningar · inställningar · inställningar · gamla · pausa allt till 10 december
    """,
    "da": """
        ikke her · folk · hjem · tag Havet tilbage · afspil sidste år
        ny faktura · indstillinger · indstillinger · indstillinger · gamle · pause alt til 10. december
    """,
    "fi": """
        ei tänne · ihmiset · koti · ota Havet takaisin · toista viime vuosi
        uusi lasku · asetukset · asetukset · asetukset · vanhat · tauko kaikki 10.12. asti
    """,
    "en": """
        not here · people · home · reopen Havet · replay
        new invoice · settings · settings · settings · old · pause everything until 10 December
    """,
}
"""What they say when they have seen the rest."""


def phrases(said: str) -> list[str]:
    return [phrase.strip() for line in said.splitlines() for phrase in line.split(" · ") if phrase.strip()]


@contextmanager
def watched() -> Iterator[Faults]:
    faults = Faults()
    root = logging.getLogger()
    root.addHandler(faults)
    try:
        yield faults
    finally:
        root.removeHandler(faults)


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_button_and_no_word_ends_in_a_bug(language: str, tmp_path: Path) -> None:
    with mail_server() as mail, watched() as faults:
        walk = Walk.through(language, tmp_path, mail)
        walk.drop("list.csv", LIST)
        walk.take("import.confirm")
        walk.drop("unsure.csv", UNSURE)
        walk.drop("bank.xml", walk.bank_file())
        walk.drop("scan.pdf", b"%PDF-1.7 nobody knows whose")
        for words in phrases(SAID[language]):
            walk.say(words)
        walk.go(PRESSES)
        for words in phrases(LATER[language]):
            walk.say(words)
        walk.go(MORE)
    assert not faults.told, "\n\n".join(faults.told)
    tried = REACHABLE & {verb for verb, _ in walk.tried}
    assert len(tried) > MOST * len(REACHABLE), " ".join(sorted(REACHABLE - tried))
