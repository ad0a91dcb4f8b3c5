"""The review of what a letter asks for beyond its invoices: sums, rates, and words for charges."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from bot.letters import Facts
from bot.money import Money
from messages.parts import missing
from messages.review import review
from messages.voice import letter
from tests.messages.reviewed import PARTIES, charged, facts_of, found, kinds

HOMES = [("NO", "nb"), ("SE", "sv"), ("DK", "da"), ("FI", "fi"), ("NO", "en")]


def reminder(country: str, language: str) -> Facts:
    return charged(facts_of(country, language))


@pytest.mark.parametrize(("country", "language"), HOMES)
def test_a_reminder_says_each_charge_and_the_sum_to_pay(country: str, language: str) -> None:
    facts = reminder(country, language)
    whole = letter(facts)
    lines = whole.body.split("\n")
    assert not found(whole, facts)
    for at, line in enumerate(lines):
        without = "\n".join([whole.subject, *lines[:at], *lines[at + 1 :]])
        lacks = {part for part, _ in missing(without, facts)}
        if any(sign in line for sign in ("38,00", "38.00", "29,81", "29.81", "430,", "430.")):
            assert lacks == {"charge"}, line
        elif "035" in line:
            assert lacks == {"to_pay"}, line


@pytest.mark.parametrize(
    ("country", "language", "word"),
    [
        ("NO", "nb", "purring|påminnelse"),
        ("SE", "sv", "påminnelse"),
        ("DK", "da", "rykker|påmindelse"),
        ("FI", "fi", "(?:maksu)?muistutu"),
        ("NO", "en", "reminder"),
    ],
)
def test_a_reminder_with_a_fee_can_be_known_for_one(country: str, language: str, word: str) -> None:
    facts = reminder(country, language)
    other = re.compile(rf"(?:{word})(?!\w*(?:gebyr|avgift|maksu)| fee)", re.IGNORECASE)
    written = letter(facts)
    body, subject = other.sub("hilsen", written.body), other.sub("hilsen", written.subject)
    (lacks,) = review(subject, body, facts)
    assert lacks.facts == {"part": "term"} and re.fullmatch(word + r"\w*", lacks.suggestion)
    free = facts_of(country, language)
    written = letter(free)
    assert not review(other.sub("hilsen", written.subject), other.sub("hilsen", written.body), free)


NAMED = [
    ("NO", "nb", "Purregebyr 70 kr kommer i tillegg."),
    ("NO", "nb", "Jeg legger til purregebyr."),
    ("NO", "nb", "Det løper forsinkelsesrente fra i dag."),
    ("NO", "nb", "Betaler du ikke, kommer det gebyr og renter på toppen."),
    ("NO", "nb", "Standardkompensasjon må du også betale."),
    ("SE", "sv", "Påminnelseavgiften är 60 kr."),
    ("SE", "sv", "Dröjsmålsränta tillkommer."),
    ("SE", "sv", "Förseningsersättning tillkommer."),
    ("DK", "da", "Der kommer et rykkergebyr oveni."),
    ("DK", "da", "Der løber morarente."),
    ("DK", "da", "Kompensationsbeløbet skal også betales."),
    ("FI", "fi", "Lisään muistutusmaksun."),
    ("FI", "fi", "Laskulle kertyy viivästyskorkoa."),
    ("FI", "fi", "Vakiokorvaus peritään myös."),
    ("NO", "en", "A reminder fee is added."),
    ("NO", "en", "Late interest runs from today."),
    ("NO", "en", "You also owe compensation."),
]


@pytest.mark.parametrize(("country", "language", "sentence"), NAMED)
def test_a_charge_that_the_letter_does_not_ask_for_is_not_named(
    country: str, language: str, sentence: str
) -> None:
    assert "charge" in kinds(sentence, facts_of(country, language))
    everything = reminder(country, language)
    assert "charge" not in kinds(sentence, everything, letter(everything))


def test_a_fee_alone_does_not_let_a_letter_speak_of_interest() -> None:
    everything = reminder("NO", "nb")
    fees = tuple(each for each in everything.charges if each.addition == "fee")
    sums = tuple(each for each in everything.sums if each.addition == "fee")
    only = replace(everything, charges=fees, sums=sums, to_pay=(Money(1_257_600, "NOK"),))
    body = f"{letter(only).body}\nDet løper renter på gebyret."
    assert [(one.kind, one.quote) for one in review("Purring", body, only)] == [("charge", "renter")]


@pytest.mark.parametrize(
    ("country", "language", "sentence"),
    [
        ("NO", "nb", "Denne gangen er det uten gebyr eller renter."),
        ("NO", "nb", "Jeg har ikke lagt til noe purregebyr."),
        ("NO", "nb", "Konkurrenten din ringte."),
        ("SE", "sv", "Den här gången utan påminnelseavgift och dröjsmålsränta."),
        ("SE", "sv", "Avgiften för mars är det som saknas, med garanti."),
        ("DK", "da", "Denne gang uden rykkergebyr."),
        ("DK", "da", "Jeg har ikke lagt renter til."),
        ("FI", "fi", "Viivästyskorkoa ei peritä."),
        ("FI", "fi", "En ole lisännyt muistutusmaksua."),
        ("FI", "fi", "Hinta oli korkea."),
        ("NO", "en", "I haven't added any late interest or reminder fee."),
        ("NO", "en", "It is in your interest to pay the school fees."),
    ],
)
def test_that_nothing_is_added_may_be_said(country: str, language: str, sentence: str) -> None:
    assert not kinds(sentence, facts_of(country, language))


@pytest.mark.parametrize(
    ("country", "language", "sentence", "right"),
    [
        ("NO", "nb", "Renten er 12,75 %.", "12,25\xa0%"),
        ("SE", "sv", "Räntan är 15 procent.", "13,5\xa0%"),
        ("DK", "da", "Renten er 12.50%.", "12,25\xa0%"),
        ("FI", "fi", "Korko on 13 %.", "13,5\xa0%"),
        ("NO", "en", "Interest is 14 per cent.", "13.5%"),
    ],
)
def test_a_rate_that_the_letter_does_not_reckon_with_is_wrong(
    country: str, language: str, sentence: str, right: str
) -> None:
    facts = reminder(country, language)
    wrong = [one for one in review("", f"{letter(facts).body}\n{sentence}", facts) if one.kind == "figure"]
    assert [one.suggestion for one in wrong] == [right]


def test_the_rates_it_reckons_with_may_be_said_and_others_where_nothing_is_added() -> None:
    facts = reminder("NO", "nb")
    assert not kinds("Renten er 12,25 % fra 4. november og 13,50 prosent fra 7. november.", facts)
    assert not kinds("Neste gang får du 10 % rabatt.", facts_of("NO", "nb"))


@pytest.mark.parametrize("sentence", ["Purregebyr: 70", "Purregebyret er på 36.", "Forsinkelsesrente 30"])
def test_a_sum_without_a_currency_behind_the_word_for_a_charge_is_a_figure(sentence: str) -> None:
    assert "figure" in kinds(sentence, reminder("NO", "nb"))


def test_the_numbers_of_both_parties_are_known_and_others_are_not() -> None:
    for country, language in HOMES:
        facts = reminder(country, language)
        ours, theirs = PARTIES[country]
        assert not kinds(f"{ours}, {theirs}", facts)
        assert not kinds(f"{ours.replace(' ', '').replace('-', '')}", facts)
        assert "figure" in kinds(f"{ours[:-1]}{(int(ours[-1]) + 1) % 10}", facts)


def test_an_offer_to_let_off_says_what_is_let_off_and_what_is_left() -> None:
    facts = replace(
        facts_of("NO", "nb", "waiver"),
        fields={"dropped": Money(7600, "NOK"), "given": False, "final_notice_term": "inkassovarsel"},
    )
    whole = """Hei Nils
Betaler du faktura 1042, 12 500 kr, senest fredag 20. november, stryker jeg purregebyrene på 76 kr.
Konto 1503 40 12345, KID 104208. Ring meg på 22 33 44 55.
Kari Nordmann, Fjell Bakeri AS"""
    assert not review("", whole, facts)
    for figure, part in (("76 kr", "dropped"), ("12 500 kr", "amount"), ("fredag 20. november", "pay_by")):
        lacks = {one.facts.get("part") for one in review("", whole.replace(figure, ""), facts)}
        assert part in lacks


def test_an_offer_that_is_given_at_once_asks_for_nothing_by_a_day() -> None:
    fields = {"dropped": Money(7600, "NOK"), "given": True, "final_notice_term": "inkassovarsel"}
    facts = replace(facts_of("NO", "nb", "waiver"), fields=fields)
    whole = """Jeg har strøket purregebyrene på 76 kr. Igjen står faktura 1042, 12 500 kr.
Konto 1503 40 12345, KID 104208. Ring meg på 22 33 44 55.
Kari Nordmann, Fjell Bakeri AS"""
    assert not review("", whole, facts)
