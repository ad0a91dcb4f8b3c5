"""Commands are understood in the owner's language, in English and in a neighbour's."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat import Action
from bot.parties import LANGUAGES
from messages.ear.commands import command
from messages.ear.words import words

PLAIN = {
    "nb": {"i dag": "today.show", "hjelp": "help.show", "hei": "help.hello", "takk": "help.hello",
    "angre": "letter.undo", "innstillinger": "settings.show", "ny faktura": "invoice.new",
    "alle": "customer.list", "skriv alle utkast": "draft.all", "lag purringer til alle": "draft.all",
    "hva har jeg utestående": "report.ageing", "når kommer pengene": "report.cash",
    "hvor fort betaler kundene": "report.days", "funker purringene": "report.letters",
    "hvordan gikk uka": "report.week", "hvorfor betaler folk så seint": "report.why",
    "raport": "report.show", "i fjor": "replay.show", "ferie og fridager": "settings.show",
    "mine brev": "settings.show", "koble til outlook": "settings.show",
    "småfakturaer": "bundling.show", "hvem skylder meg penger": "customer.list",
    "sommerferie": "pause.everything"},
    "sv": {"idag": "today.show", "hjälp": "help.show", "hej": "help.hello", "tack": "help.hello",
    "ångra": "letter.undo", "inställningar": "settings.show", "ny faktura": "invoice.new",
    "alla": "customer.list", "skriv alla utkast": "draft.all", "skriv påminelser": "draft.all",
    "vad är obetalt": "report.ageing", "när kommer pengarna": "report.cash",
    "hur snabbt betalar kunderna": "report.days", "funkar breven": "report.letters",
    "hur gick veckan": "report.week", "varför betalar folk så sent": "report.why",
    "egna brev": "settings.show", "perioder utan lista": "settings.show", "koppla outlook": "settings.show",
    "småfakturor": "bundling.show", "testa förra året": "replay.show", "sommarstängt": "settings.show",
    "vilka har inte betalat än": "customer.list"},
    "da": {"i dag": "today.show", "hjælp": "help.show", "hej": "help.hello", "tak": "help.hello",
    "fortryd": "letter.undo", "indstillinger": "settings.show", "ny faktura": "invoice.new",
    "alle": "customer.list", "skriv alle udkast": "draft.all", "ryk alle": "draft.all",
    "skriv rykkere": "draft.all", "hvem har ikke betalt": "customer.list", "mine tal": "report.show",
    "hvad er forfaldent": "report.ageing", "hvornår kommer pengene": "report.cash",
    "hvor hurtigt betaler kunderne": "report.days", "virker rykkerne": "report.letters",
    "hvordan gik ugen": "report.week", "hvorfor betaler kunderne for sent": "report.why",
    "vis sidste år": "replay.show", "småpenge": "bundling.show", "indbakke": "settings.show",
    "mine breve": "settings.show", "forbind outlook": "settings.show", "lukkedage": "settings.show",
    "ferie": "settings.show", "vi holder ferie i uge 29": "settings.show", "indstilinger": "settings.show"},
    "fi": {"tänään": "today.show", "ohje": "help.show", "moi": "help.hello", "kiitos": "help.hello",
    "kumoa": "letter.undo", "asetukset": "settings.show", "uusi lasku": "invoice.new",
    "kaikki": "customer.list", "luonnos kaikille": "draft.all", "tee muistutukset": "draft.all",
    "paljonko on auki": "report.ageing", "milloin rahat tulee": "report.cash",
    "miks myöhässä": "report.why", "toimiiko kirjeet": "report.letters", "viikon luvut": "report.week",
    "omat kirjeet": "settings.show", "hiljaset ajat": "settings.show", "yhdistä outlook": "settings.show",
    "pikkulaskut": "bundling.show", "näytä viime vuosi": "replay.show", "kesäloma": "pause.everything"},
    "en": {"today": "today.show", "help": "help.show", "hello": "help.hello", "thanks": "help.hello",
    "undo": "letter.undo", "settings": "settings.show", "add invoice": "invoice.new",
    "all": "customer.list", "draft all": "draft.all"},
}  # fmt: skip
HERE = {
    "nb": "hjem · folk · inviter · koble til telegram · her · ikke her · firmaer",
    "sv": "översikt · personer · bjud in · koppla slack · här · inte här · byt företag",
    "da": "overblik · folk · inviter · kobl til · her · ikke her · skift firma",
    "fi": "tilanne · ihmiset · kutsu · yhdistä · tänne · ei tänne · vaihda yritystä",
    "en": "home · people · invite · connect · here · not here · businesses",
}
"""How owners ask about people and places."""
ASKED = "home.show member.list member.invite member.connect place.here place.off business.list".split()
PAUSE, PAID, PLAN, REPLY = "pause.set", "payment.note", "plan.offer", "reply.log"
DRAFT = "letter.draft"
ABOUT = {
    "nb": {
        "utkast til Café Norrsken": (DRAFT, "Café Norrsken", ""),
        "purr på 1042": (DRAFT, "1042", ""),
        "purr Havet": ("customer.find", "", "Havet"),
        "ikke purr på Havet til fredag": (PAUSE, "Havet", "til fredag"),
        "historikk Café Norrsken": ("customer.history", "", "Café Norrsken"),
        "eksporter Café Norrsken": ("privacy.export", "Café Norrsken", ""),
        "slett Havet": ("privacy.erase", "Havet", ""),
        "del Café Norrsken igjen": ("customer.part", "Café Norrsken", ""),
        "hva har du lagret om Havet": ("privacy.show", "Havet", ""),
        "last ned alt om Havet": ("privacy.export", "Havet", ""),
        "slett alle data om Havet": ("privacy.erase", "Havet", ""),
        "hva vet du om Havet": ("privacy.show", "Havet", ""),
        "skill Havet fra hverandre": ("customer.part", "Havet", ""),
        "slå sammen Havet og Havet AS": ("customer.find", "", "Havet"),
        "Ferie og Fritid AS": ("customer.find", "", "Ferie og Fritid AS"),
        "vi har stengt til mandag": ("pause.everything", "", "til mandag"),
        "1042 betalt 5000 fredag": (PAID, "1042", "5000 fredag"),
        "betalt 1042": (PAID, "1042", ""),
        "Café Norrsken har betalt": (PAID, "Café Norrsken", ""),
        "betalt Café Norrsken 5 000 kr i går": (PAID, "Café Norrsken", "5 000 kr i går"),
        "vent Café Norrsken til fredag": (PAUSE, "Café Norrsken", "til fredag"),
        "vent med 1042 i tre dager": (PAUSE, "1042", "i tre dager"),
        "plan Café Norrsken 3": (PLAN, "Café Norrsken", "3"),
        "del opp 1042 i tre": (PLAN, "1042", "3"),
        "plan 1042": (PLAN, "1042", ""),
        "svar fra Norrsken: Hei!\n\nJeg betaler på fredag.": (REPLY, "Norrsken",
        "Hei!\n\nJeg betaler på fredag."),
        "vent med alt til 1. august": ("pause.everything", "", "til 1. august"),
        "Norrsken er uenig": ("dispute.open", "Norrsken", ""),
        "jeg tar Norrsken": ("customer.mine", "Norrsken", ""),
        "hva skylder Café Norrsken?": ("customer.find", "", "Café Norrsken"),
    },
    "sv": {
        "påminn Café Norrsken": (DRAFT, "Café Norrsken", ""),
        "skicka en påminnelse till Havet": (DRAFT, "Havet", ""),
        "påminn inte Norrsken till nästa vecka": (PAUSE, "Norrsken", "till nästa vecka"),
        "historik för Café Norrsken": ("customer.history", "", "Café Norrsken"),
        "exportera Café Norrsken": ("privacy.export", "Café Norrsken", ""),
        "radera Havet": ("privacy.erase", "Havet", ""),
        "dela Café Norrsken igen": ("customer.part", "Café Norrsken", ""),
        "uppgifter om Havet": ("privacy.show", "Havet", ""),
        "vad vet du om Havet": ("privacy.show", "Havet", ""),
        "registerutdrag för Havet": ("privacy.export", "Havet", ""),
        "Havet vill bli raderad": ("privacy.erase", "Havet", ""),
        "radera alla uppgifter om Havet": ("privacy.erase", "Havet", ""),
        "slå ihop Havet och Café Norrsken": ("customer.find", "", "Havet"),
        "sommarstängt till 15 augusti": ("pause.everything", "", "till 15 augusti"),
        "Stängt Hus AB": ("customer.find", "", "Stängt Hus AB"),
        "1042 betald 5000 i fredags": (PAID, "1042", "5000 i fredags"),
        "vänta Bygg & Betong i Söder AB till fredag": (PAUSE, "Bygg & Betong i Söder AB", "till fredag"),
        "dela upp 1042 på tre delar": (PLAN, "1042", "3"),
        "svar från Norrsken: betalar fredag": (REPLY, "Norrsken", "betalar fredag"),
        "semester till 15 augusti": ("pause.everything", "", "till 15 augusti"),
        "1042 bestrids": ("customer.find", "", "1042 bestrids"),
        "bestrids 1042": ("dispute.open", "1042", ""),
        "jag tar Norrsken": ("customer.mine", "Norrsken", ""),
    },
    "da": {
        "lav en rykker til Havet": (DRAFT, "Havet", ""),
        "ryk 1042": (DRAFT, "1042", ""),
        "ryk ikke Havet til fredag": (PAUSE, "Havet", "til fredag"),
        "historik for Norrsken": ("customer.history", "", "Norrsken"),
        "eksportér Norrsken": ("privacy.export", "Norrsken", ""),
        "slet Havet": ("privacy.erase", "Havet", ""),
        "skil Café Norrsken ad": ("customer.part", "Café Norrsken", ""),
        "slå Havet og Norrsken sammen": ("customer.find", "", "Havet"),
        "hent alt om Norrsken": ("privacy.export", "Norrsken", ""),
        "slet alle data om Havet": ("privacy.erase", "Havet", ""),
        "fjern kunden Havet": ("privacy.erase", "Havet", ""),
        "hvad ved du om Havet": ("privacy.show", "Havet", ""),
        "sommerferie til 1. august": ("pause.everything", "", "til 1. august"),
        "vi har ferie i tre uger": ("pause.everything", "", "i tre uger"),
        "vi holder lukket til mandag": ("pause.everything", "", "til mandag"),
        "hvad har du gemt om Havet": ("privacy.show", "Havet", ""),
        "Herr Mogens har betalt 500": (PAID, "Herr Mogens", "500"),
        "vent med Mogens til næste uge": (PAUSE, "Mogens", "til næste uge"),
        "del Mogens op i fire rater": (PLAN, "Mogens", "4"),
        "svar fra Mogens: nej": (REPLY, "Mogens", "nej"),
        "sæt på pause alt til mandag": ("pause.everything", "", "til mandag"),
        "Mogens er uenig": ("dispute.open", "Mogens", ""),
        "jeg tager Mogens": ("customer.mine", "Mogens", ""),
    },
    "fi": {
        "luonnos Café Norrsken": (DRAFT, "Café Norrsken", ""),
        "muistuta 1042": (DRAFT, "1042", ""),
        "älä muistuta Havet perjantaihin": (PAUSE, "Havet", "perjantaihin"),
        "historia Norrsken": ("customer.history", "", "Norrsken"),
        "vie tiedot Norrsken": ("privacy.export", "Norrsken", ""),
        "poista Havet": ("privacy.erase", "Havet", ""),
        "lataa tiedot Norrsken": ("privacy.export", "Norrsken", ""),
        "poista Havet kokonaan": ("privacy.erase", "Havet", ""),
        "poista tiedot Havet": ("privacy.erase", "Havet", ""),
        "erota Café Norrsken": ("customer.part", "Café Norrsken", ""),
        "peru yhdistäminen Café Norrsken": ("customer.part", "Café Norrsken", ""),
        "mitä tietoja on Havet": ("privacy.show", "Havet", ""),
        "mitä tietoja sulla on Havet": ("privacy.show", "Havet", ""),
        "yhdistä Havet ja Havet Oy": ("customer.find", "", "Havet"),
        "Kesäloma Oy": ("customer.find", "", "Kesäloma Oy"),
        "Tietosuoja Oy": ("customer.find", "", "Tietosuoja Oy"),
        "1042 maksettu 5000 perjantaina": (PAID, "1042", "5000 perjantaina"),
        "myöhemmin Norrsken perjantaihin": (PAUSE, "Norrsken", "perjantaihin"),
        "odota 1042 kaksi viikkoa": (PAUSE, "1042", "kaksi viikkoa"),
        "jaa Norrsken kolmeen erään": (PLAN, "Norrsken", "3"),
        "vastaus Norrsken: maksan huomenna": (REPLY, "Norrsken", "maksan huomenna"),
        "keskeytä kaikki 1.8. asti": ("pause.everything", "", "1.8. asti"),
        "eri mieltä: 1042": ("dispute.open", "1042", ""),
        "hoidan itse Norrsken": ("customer.mine", "Norrsken", ""),
    },
    "en": {
        "draft Café Norrsken": (DRAFT, "Café Norrsken", ""),
        "remind 1042": (DRAFT, "1042", ""),
        "history Norrsken": ("customer.history", "", "Norrsken"),
        "export Norrsken": ("privacy.export", "Norrsken", ""),
        "erase Havet": ("privacy.erase", "Havet", ""),
        "take Café Norrsken apart": ("customer.part", "Café Norrsken", ""),
        "what do you keep about Havet": ("privacy.show", "Havet", ""),
        "paid 1042": (PAID, "1042", ""),
        "paid Norrsken 5000 friday": (PAID, "Norrsken", "5000 friday"),
        "snooze Norrsken until Friday": (PAUSE, "Norrsken", "until Friday"),
        "split 1042 into three": (PLAN, "1042", "3"),
        "reply from Bygg & Betong: We paid.": (REPLY, "Bygg & Betong", "We paid."),
        "pause everything until 1 August": ("pause.everything", "", "until 1 August"),
        "disputed 1042": ("dispute.open", "1042", ""),
        "I'll handle Norrsken": ("customer.mine", "Norrsken", ""),
    },
}  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_plain_commands_are_understood_whatever_their_case_and_accents(language: str) -> None:
    for said, verb in PLAIN[language].items():
        for written in (
            said,
            said.upper(),
            f" {said}! ",
            f"/{said}",
            said.translate(str.maketrans("äöå", "aoa")),
        ):
            assert command(written, language) == Action(verb), written


@pytest.mark.parametrize(
    ("language", "said", "meant"),
    [(language, said, meant) for language, told in ABOUT.items() for said, meant in told.items()],
)
def test_a_command_about_somebody_is_understood(
    language: str, said: str, meant: tuple[str, str, str]
) -> None:
    assert command(said, language) == Action(*meant)


LEFT = {
    "nb": "glem det · glem dem · slett utkast · glem purringen til Havet · slett alle utkastene"
    " · slett e-posten",
    "sv": "glöm det · radera utkastet · glöm påminnelsen · radera alla utkast · glöm det här"
    " · glöm bort det · radera uppgifterna",
    "da": "glem det · slet udkast · slet udkastet · glem rykkeren · glem det nu · slet alle data",
    "fi": "unohda se · poista luonnos · poista luonnokset · unohda muistutus · poista lasku"
    " · unohda koko juttu · poista tiedot",
    "en": "forget it · forget about it · forget that · erase the draft · forget the reminder to Havet",
}
"""What is said of a draft, or of nothing at all: nobody is to be erased for it."""
NAMED = {
    "nb": "slett Den Glade Kokk AS · glem Brevik AS · slett alt om Havet",
    "sv": "radera Den Glada Kocken AB · glöm Brevik AB · radera Allt i Hus AB",
    "da": "slet Den Glade Kok ApS · glem Rykkerfri ApS · slet Dataskoven ApS",
    "fi": "poista Seppälä Oy · unohda Kirjekuori Oy · poista Laskutus Oy · poista Asia Import Oy",
    "en": "erase IT-Huset AB · forget It Works Ltd · erase All Seasons Ltd",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_nobody_is_erased_by_words_about_a_draft_or_by_never_mind(language: str) -> None:
    for said in LEFT[language].split(" · "):
        found = command(said, language)
        assert found and found.verb != "privacy.erase", said
    for said in NAMED[language].split(" · "):
        found = command(said, language)
        assert found and found.verb == "privacy.erase", said


@pytest.mark.parametrize("language", LANGUAGES)
def test_english_is_understood_by_everybodys_ear(language: str) -> None:
    for said, meant in ABOUT["en"].items():
        assert command(said, language) == Action(*meant), said


def test_neighbours_understand_each_other() -> None:
    assert command("betald 1042", "nb") == Action(PAID, "1042")
    assert command("vent Norrsken til fredag", "sv") == Action(PAUSE, "Norrsken", "til fredag")


@pytest.mark.parametrize(
    "name", ["1042", "Café Norrsken", "F-2026-17", "Bygg & Betong i Söder AB", "Herr Mogens", "På Hjørnet AS"]
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_bare_name_or_number_is_looked_up(name: str, language: str) -> None:
    assert command(f" {name} ", language) == Action("customer.find", value=name)


@pytest.mark.parametrize(
    "pasted",
    [
        "Hei\nJeg har betalt.\nMvh Nils",
        "Hei, jeg har betalt faktura 1042",
        "Vi har betalt 1042",
        "Hej, kan vi få dela upp den här på tre månader, det är lite knapert just nu",
        "i dag\nkommer pengene",
    ],
)
def test_what_a_customer_wrote_is_kept_word_for_word(pasted: str) -> None:
    assert command(pasted, "nb") == Action(REPLY, value=pasted)


@pytest.mark.parametrize("nothing", ["", "  ", "\n"])
def test_nothing_is_no_command(nothing: str) -> None:
    assert command(nothing, "nb") is None


def test_a_mark_alone_asks_for_help() -> None:
    assert command("?", "sv") == Action("help.show")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_words_for_the_same_actions(language: str) -> None:
    assert set(words(language).commands) == set(words("en").commands)


@given(st.text(max_size=120), st.sampled_from(LANGUAGES))
def test_any_text_is_an_action_or_nothing(text: str, language: str) -> None:
    found = command(text, language)
    assert (found is None) <= (not text.strip().strip("/"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_people_and_places_are_asked_for_in_a_word_or_two(language: str) -> None:
    said = HERE[language].split(" · ")
    assert [found.verb for words in said if (found := command(words, language))] == ASKED


@pytest.mark.parametrize(
    ("language", "said", "verb"),
    [
        ("sv", "hur ser det ut?", "home.show"),
        ("sv", "vilka som är med", "member.list"),
        ("sv", "bjud in en kollega", "member.invite"),
        ("sv", "koppla min chatt", "member.connect"),
        ("sv", "morgonlistan hit", "place.here"),
        ("sv", "skicka inte listan hit", "place.off"),
        ("sv", "byta bolag", "business.list"),
        ("fi", "missä mennään?", "home.show"),
        ("fi", "keitä on mukana", "member.list"),
        ("fi", "lisää käyttäjä", "member.invite"),
        ("fi", "yhdistä telegramiin", "member.connect"),
        ("fi", "laita lista tänne", "place.here"),
        ("fi", "älä lähetä listaa tänne", "place.off"),
        ("fi", "vaihda firmaa", "business.list"),
    ],
)
def test_people_and_places_are_asked_for_as_owners_would_say_it(language: str, said: str, verb: str) -> None:
    assert command(said, language) == Action(verb)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("nb", "gebyr · purregebyr · gebyrer og renter · rente · inkassovarsel"),
        ("sv", "avgift · påminnelseavgifter · avgifter och ränta · dröjsmålsränta · inkassokrav"),
        ("da", "gebyr · rykkergebyr · gebyrer og renter · morarente · inkassovarsel"),
        ("fi", "muistutusmaksu · kulut · kulut ja korko · viivästyskorko · maksuvaatimus"),
        ("en", "fees · late fees · fees and interest · interest · final notice"),
    ],
)
def test_what_letters_add_is_asked_for_by_its_name(language: str, said: str) -> None:
    assert {command(words, language) for words in said.split(" · ")} == {Action("charges.show")}


def test_whoever_is_invited_is_named_without_the_words_around() -> None:
    assert command("kutsu Anna mukaan", "fi") == Action("member.invite", value="Anna")
    assert command("bjud in Anna", "sv") == Action("member.invite", value="Anna")


@pytest.mark.parametrize(
    "words", ["here is their answer: we pay on Friday", "Folkets Hus", "People's Café", "Hem & Hus AB"]
)
def test_names_and_answers_that_begin_alike_are_not_taken_for_it(words: str) -> None:
    found = command(words, "en")
    assert found and found.verb in ("reply.log", "customer.find")
