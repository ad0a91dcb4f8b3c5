"""The review finds words that should not stand in a letter, and leaves alone what people write besides."""

from __future__ import annotations

import pytest

from bot.parties import LANGUAGES
from messages.review import review
from messages.voice import letter
from messages.wording import rules
from tests.messages.reviewed import facts_of, kinds

KINDS_OF_WORDING = {"blame", "shame", "shout", "threat", "legal", "mass", "stiff"}


@pytest.mark.parametrize(
    ("language", "country", "sentence", "kind"),
    [
        ("nb", "NO", "Du har unnlatt å betale.", "blame"),
        ("nb", "NO", "Jeg er skuffet over deg.", "shame"),
        ("nb", "NO", "Vi tar rettslige skritt uten videre varsel.", "threat"),
        ("nb", "NO", "Saken går nå til inkasso.", "legal"),
        ("nb", "NO", "BETAL nå", "shout"),
        ("nb", "NO", "Kjære kunde", "mass"),
        ("nb", "NO", "Vennligst betal.", "stiff"),
        ("sv", "SE", "Trots upprepade påminnelser händer inget.", "blame"),
        ("sv", "SE", "Du är en dålig betalare.", "shame"),
        ("sv", "SE", "Det får konsekvenser.", "threat"),
        ("sv", "SE", "Detta är en inkassovarning.", "legal"),
        ("da", "DK", "Du er bagud med betalingen.", "blame"),
        ("da", "DK", "Det er pinligt, og du er en dårlig betaler.", "shame"),
        ("da", "DK", "Vi ser os nødsaget til at gå videre.", "threat"),
        ("fi", "FI", "Olet laiminlyönyt maksun.", "blame"),
        ("fi", "FI", "Tämä on törkeää.", "shame"),
        ("fi", "FI", "Joudumme ryhtymään oikeustoimiin.", "threat"),
        ("en", "NO", "You have failed to pay.", "blame"),
        ("en", "NO", "We are disappointed.", "shame"),
        ("en", "NO", "There will be consequences.", "threat"),
        ("en", "NO", "Dear valued customer", "mass"),
        ("nb", "NO", "Hei {first_name}", "placeholder"),
        ("nb", "NO", "Beløp: [[amount]]", "placeholder"),
        ("nb", "NO", "Please pay the invoice as soon as you can.", "mixed"),
        ("sv", "SE", "Jos olet jo maksanut, sinun ei tarvitse tehdä mitään.", "mixed"),
        ("nb", "NO", "Har du redan betalat behöver du inte göra något.", "mixed"),
        ("nb", "NO", "Har du allerede betalt, behøver du ikke gøre noget.", "mixed"),
        ("da", "DK", "Har du allerede betalt, trenger du ikke gjøre noe.", "mixed"),
        ("nb", "NO", "Er den ikke betalt, sender jeg et inkassovarsel.", "step"),
        ("sv", "SE", "Annars skickar jag ett inkassokrav.", "step"),
        ("sv", "SE", "Annars går ärendet till Kronofogden.", "step"),
        ("fi", "FI", "Muuten lähetän maksuvaatimuksen.", "step"),
        ("nb", "NO", "Ellers ringer jeg deg.", "call"),
        ("nb", "NO", "Betal 12 600 kr.", "figure"),
        ("nb", "NO", "Det gjelder 31. november.", "figure"),
        ("nb", "NO", "Betal senest torsdag 20. november.", "figure"),
        ("nb", "NO", "Konto 1503 40 12354", "figure"),
        ("nb", "NO", "Se faktura 77.", "figure"),
    ],
)
def test_a_sentence_that_should_not_be_there_is_found(
    language: str, country: str, sentence: str, kind: str
) -> None:
    assert kind in kinds(sentence, facts_of(country, language))


@pytest.mark.parametrize(
    "sentence",
    [
        "Ring meg gjerne etter kl. 10.15, jeg har 10 % rabatt på A4-ark og 25 boller.",
        "Det er 104 dager eller 42 uker siden faktura 1042.",
        "Det er 3 dager siden, og butikken ligger i Storgata 12.",
        "Betal 12 500 kr, 12.500,00 NOK eller NOK 12,500, alt er det samme.",
        "Forfalt 03.11.2026, altså 2026-11-03 eller 3. nov.",
        "Konto 15034012345 eller 1503.40.12345.",
        "Hilsen Kari",
        "Vi møtes i 2026, eller i 2027.",
    ],
)
def test_what_people_write_besides_is_left_alone(sentence: str) -> None:
    assert not kinds(sentence, facts_of("NO", "nb"))


def test_a_suggestion_is_filled_from_the_facts() -> None:
    facts = facts_of("NO", "nb")
    (urgent,) = [one for one in review("", letter(facts).body + "\nDet haster", facts) if one.kind == "shout"]
    assert urgent.suggestion == "senest fredag 20. november" and urgent.severity == "advice"


def test_the_step_that_is_set_up_may_be_named_with_its_day_but_the_letter_is_not_called_by_it() -> None:
    facts = facts_of("NO", "nb", step="final_notice")
    assert not kinds("Da sender jeg et inkassovarsel tirsdag 24. november.", facts)
    assert kinds("Dette er et inkassovarsel.", facts) == {"legal"}


def test_one_mark_in_the_greeting_is_fine_and_a_second_is_not() -> None:
    facts = facts_of("SE", "sv")
    written_by_hand = letter(facts).body.replace("Hej Nils", "Hej Nils!", 1)
    assert not review("", written_by_hand, facts)
    assert {one.quote for one in review("", written_by_hand + "\nTack!", facts)} == {"!"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_has_a_kind_and_a_suggestion(language: str) -> None:
    assert all(rule.kind in KINDS_OF_WORDING and rule.suggestion for rule in rules(language))
    assert {rule.kind for rule in rules(language)} == KINDS_OF_WORDING
