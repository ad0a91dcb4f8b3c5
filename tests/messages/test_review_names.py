"""A letter is called what it is: by the law of the country, and by no other letter's name."""

from __future__ import annotations

import pytest

from bot.letters import Kind, NextStep
from messages.review import blocks, review
from tests.messages.notices import by_law, notice
from tests.messages.reviewed import facts_of, kinds

STEPS: tuple[NextStep, ...] = ("writes", "final_notice")
NAMES = [
    ("NO", "nb", "final_notice", "Dette er en purring."),
    ("NO", "nb", "final_notice", "Dette er den siste purringen fra meg."),
    ("NO", "nb", "final_notice", "Jeg sender deg nå en siste påminnelse."),
    ("NO", "nb", "final_notice", "Siste purring"),
    ("NO", "nb", "final_notice", "Betal etter denne purringen."),
    ("NO", "nb", "final_notice", "Purring nr. 3"),
    ("NO", "nb", "final_notice", "Purring på faktura 1042"),
    ("DK", "da", "final_notice", "Rykker for faktura 1042"),
    ("FI", "fi", "final_notice", "Maksumuistutus laskusta 1042"),
    ("NO", "nb", "final_notice", "Dette er et inkassokrav."),
    ("NO", "nb", "final_notice", "Se på dette som en betalingsoppfordring."),
    ("NO", "nb", "final_notice", "Dette er et påkrav."),
    ("NO", "nb", "final_notice", "Maksuvaatimus"),
    ("NO", "nb", "demand", "Dette er et inkassovarsel."),
    ("NO", "nb", "demand", "Dette er en purring."),
    ("NO", "nb", "demand", "Dette er et inkassokrav."),
    ("SE", "sv", "final_notice", "Detta är en påminnelse."),
    ("SE", "sv", "final_notice", "Det här är den sista betalningspåminnelsen."),
    ("SE", "sv", "final_notice", "Sista påminnelsen:"),
    ("SE", "sv", "final_notice", "Detta är en inkassovarning."),
    ("SE", "sv", "final_notice", "Detta är ett inkassovarsel."),
    ("DK", "da", "final_notice", "Dette er en rykker."),
    ("DK", "da", "final_notice", "Denne rykker er den sidste."),
    ("DK", "da", "final_notice", "3. rykker:"),
    ("DK", "da", "final_notice", "Dette er et inkassokrav."),
    ("DK", "da", "final_notice", "Dette er et betalingspåkrav."),
    ("FI", "fi", "final_notice", "Tämä on maksumuistutus."),
    ("FI", "fi", "final_notice", "Tämä on viimeinen muistutus."),
    ("FI", "fi", "final_notice", "Lähetän tämän muistutuksen nyt."),
    ("FI", "fi", "final_notice", "Tämä on inkassokrav."),
    ("FI", "sv", "final_notice", "Detta är ett inkassokrav."),
    ("FI", "sv", "final_notice", "Detta är en påminnelse."),
    ("SE", "en", "final_notice", "This is my last reminder."),
    ("NO", "en", "final_notice", "I'm sending you a friendly reminder."),
    ("NO", "en", "final_notice", "Think of it as an inkassokrav."),
    ("NO", "en", "final_notice", "This is a final demand."),
]


@pytest.mark.parametrize(("country", "language", "kind", "sentence"), NAMES)
def test_one_that_calls_itself_something_else_is_stopped(
    country: str, language: str, kind: Kind, sentence: str
) -> None:
    facts = by_law(country, language, kind)
    whole = notice(facts)
    named = [one for one in review(whole.subject, f"{whole.body}\n{sentence}", facts) if one.kind == "name"]
    assert len(named) == 1 and blocks(named) and not named[0].keepable
    assert named[0].suggestion


@pytest.mark.parametrize(
    ("country", "language", "subject"),
    [
        ("NO", "nb", "Siste purring før inkassovarsel"),
        ("SE", "sv", "Påminnelse: faktura 1042"),
        ("DK", "da", "Rykker for faktura 1042"),
        ("FI", "fi", "Maksumuistutus: lasku 1042"),
        ("NO", "en", "Last reminder: invoice 1042"),
    ],
)
def test_its_subject_is_no_reminders(country: str, language: str, subject: str) -> None:
    facts = by_law(country, language, "final_notice")
    assert {one.kind for one in review(subject, notice(facts).body, facts)} == {"name"}


PAST = [
    ("NO", "nb", "final_notice", "Jeg har sendt deg to påminnelser og en purring."),
    ("NO", "nb", "final_notice", "Purringen 3. november fikk jeg ikke svar på."),
    ("NO", "nb", "final_notice", "Dette er ikke en purring."),
    ("NO", "nb", "demand", "Jeg sendte deg et inkassovarsel 3. november."),
    ("NO", "nb", "demand", "Fristen i inkassovarselet er ute, så dette er neste steg."),
    ("SE", "sv", "final_notice", "Jag har skickat två påminnelser, den senaste påminnelsen den 3 november."),
    ("DK", "da", "final_notice", "Jeg har sendt dig to rykkere om denne faktura."),
    ("FI", "fi", "final_notice", "Olen lähettänyt kaksi maksumuistutusta."),
    ("NO", "en", "final_notice", "I have sent you two reminders about this invoice."),
    ("NO", "en", "final_notice", "This reminder fee is what the law allows."),
]


@pytest.mark.parametrize(("country", "language", "kind", "sentence"), PAST)
def test_letters_of_earlier_days_may_be_spoken_of(
    country: str, language: str, kind: Kind, sentence: str
) -> None:
    facts = by_law(country, language, kind)
    assert not kinds(sentence, facts, notice(facts))


@pytest.mark.parametrize(
    ("country", "language", "sentence"),
    [
        ("NO", "nb", "Dette er en betalingsoppfordring."),
        ("NO", "nb", "Dette er et inkassokrav."),
        ("SE", "sv", "Detta är ett inkassokrav."),
        ("SE", "sv", "Detta är ett betalningskrav."),
        ("DK", "da", "Dette er et påkrav."),
        ("FI", "fi", "Tämä on maksuvaatimus."),
        ("NO", "en", "This is a formal demand for payment."),
        ("NO", "en", "This is a betalingsoppfordring."),
        ("NO", "nb", "Saken går til forliksrådet."),
        ("SE", "sv", "Då vänder jag mig till tingsrätten."),
    ],
)
def test_a_reminder_is_neither_a_final_notice_nor_a_demand(
    country: str, language: str, sentence: str
) -> None:
    for step in STEPS:
        assert kinds(sentence, facts_of(country, language, step=step)) & {"step", "legal"}
