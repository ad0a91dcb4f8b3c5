"""The review lets our own letters pass, and nothing that is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from unicodedata import normalize

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.letters import TONES, Facts, Line, NextStep, Part
from bot.letters import Kind as LetterKind
from bot.money import Money
from bot.parties import LANGUAGES
from messages.ear.amounts import Stated, stated
from messages.ear.dates import Written, written
from messages.figures import blank, known, written_as
from messages.parts import REQUIRED
from messages.review import Finding, blocks, review
from messages.voice import Text, letter
from messages.wording import rules

TODAY = date(2026, 11, 10)
KINDS: tuple[LetterKind, ...] = ("reminder", "plan", "promise", "payment_unseen", "dispute", "thanks")
DAYS = {"plan": "reply_by", "payment_unseen": "hold_until", "dispute": "answer_day", "thanks": "paid_day"}
KINDS_OF_WORDING = {"blame", "shame", "shout", "threat", "legal", "mass", "stiff"}
STEPS: tuple[NextStep, ...] = ("", "writes", "calls", "final_notice")
SENDERS = {
    "NO": ("Fjell Bakeri AS", "Kari Nordmann", "22 33 44 55", "1503 40 12345", "bban", "NOK",
    "inkassovarsel"),
    "SE": ("Åsas Bageri AB", "Åsa Lind", "070-174 06 05", "999-0219", "bankgiro", "SEK", "inkassokrav"),
    "DK": ("Havnens Bageri ApS", "Mette Holm", "28 41 06 95", "+71<000000001042006+87654321<", "fik", "DKK",
    "inkassovarsel"),
    "FI": ("Leipomo Koski Oy", "Aino Koski", "040 123 4567", "FI21 1234 5600 0007 85", "iban", "EUR",
    "maksuvaatimus"),
}  # fmt: skip
NUMBERS = {
    "NO": ("104208", "104216", "104224"),
    "SE": ("104208", "104216", "104224"),
    "FI": ("10427", "10430", "10443"),
}
NUMBERS["DK"] = (
    "+71<000000001042006+87654321<",
    "+71<000000001043004+87654321<",
    "+71<000000001044002+87654321<",
)


def facts_of(
    country: str, language: str, kind: LetterKind = "reminder", *, invoices: int = 1,
    step: NextStep = "writes",
    cents: int = 0,
) -> Facts:  # fmt: skip
    """The facts of a letter of any kind."""
    business, owner, phone, account, account_kind, currency, term = SENDERS[country]
    lines = tuple(
        Line(
            number=str(1042 + 275 * n), amount=Money(1_250_000 + 31_700 * n + cents, currency),
            due=date(2026, 11, 3 + n),
            what="40 kanelbullar, v. 44: BRÖD!", reference=NUMBERS[country][n],
        )
        for n in range(invoices)
    )  # fmt: skip
    total = Money(sum(line.amount.minor for line in lines), currency)
    parts = tuple(
        Part(number=n + 1, day=date(2026, 12 + n, 1) if n == 0 else date(2027, n, 4), amount=each,
        reference=lines[0].reference)
        for n, each in enumerate(total.split(3))
    )  # fmt: skip
    day = TODAY + timedelta(days=20)
    return Facts(
        kind=kind, language=language, today=TODAY, country=country, business=business, owner=owner,
        customer="Café Norrsken", first_name="Nils", lines=lines, totals=(total,), phone=phone,
        account=account,
        account_kind=account_kind, pay_by=date(2026, 11, 20), next_step=step, next_day=date(2026, 11, 24),
        parts=parts if kind == "plan" else (),
        cross_border=language not in ("en", {"NO": "nb", "SE": "sv", "DK": "da", "FI": "fi"}[country]),
        fields={
            "final_notice_term": term, "attached": True, "page": "https://purr.example/p/9f31-77120045",
            "call_day": TODAY,
            **({DAYS[kind]: TODAY if kind == "thanks" else day} if kind in DAYS else {}), "offer_parts": 3,
            "offer_day": day,
            "issue": "ONLY 12 of the 40 boxes came! Rettslige skritt, 2026-01-01.", "deferral": False,
            "contested": None,
        },
    )  # fmt: skip


def our_facts() -> Iterator[Facts]:
    """Every letter we write."""
    for language in LANGUAGES:
        for country in SENDERS:
            for kind in KINDS:
                for invoices in (1,) if kind == "dispute" else (1, 3):
                    yield facts_of(country, language, kind, invoices=invoices, cents=50 * (invoices - 1))
            for tone in TONES:
                for step in STEPS:
                    yield replace(facts_of(country, language, step=step), tone=tone)
                    yield replace(
                        facts_of(country, language, step=step, invoices=2), tone=tone, phone="", first_name=""
                    )


OURS = tuple(our_facts())


def found(written: Text, facts: Facts) -> tuple[Finding, ...]:
    return review(written.subject, written.body, facts)


def kinds(body: str, facts: Facts) -> set[str]:
    """What the review finds in a letter into which a sentence was written."""
    written = letter(facts)
    return {one.kind for one in review(written.subject, f"{written.body}\n{body}", facts)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_letter_of_ours_passes_without_a_word(language: str) -> None:
    wrong = {
        (
            one.kind,
            one.quote,
            one.suggestion,
            str(one.facts),
            facts.kind,
            facts.tone,
            facts.country,
            facts.next_step,
        )
        for facts in OURS
        if facts.language == language
        for one in found(letter(facts), facts)
    }
    assert not wrong


def places(text: str, facts: Facts) -> tuple[int, ...]:
    """Where the digits of a letter's figures stand; counts (3 dager, 1. rate) and quoted words are none."""
    verbatim = re.compile(
        "|".join(
            re.escape(words)
            for words in (facts.lines[0].what, *map(str, (facts.fields["issue"], facts.fields["page"])))
        )
    )
    text = blank(text, verbatim)
    return tuple(at for span in spans(text, facts) for at in range(*span) if text[at].isdigit())


def spans(text: str, facts: Facts) -> Iterator[tuple[int, int]]:
    yield from ((one.start, one.end) for one in stated(text) if one.marked)
    yield from ((one.start, one.end) for one in written(text))
    for number in known(facts).numbers:
        yield from (match.span() for match in written_as(number).finditer(text))


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(OURS), st.data())
def test_one_changed_digit_in_any_figure_is_an_error(facts: Facts, data: st.DataObject) -> None:
    whole = letter(facts)
    at = data.draw(st.sampled_from(places(whole.body, facts)))
    digit = data.draw(st.sampled_from(sorted(set("0123456789") - {whole.body[at]})))
    body = whole.body[:at] + digit + whole.body[at + 1 :]
    assert blocks(review(whole.subject, body, facts)), body


def removable(facts: Facts) -> dict[str, str]:
    """What must stand in a letter, by its part: all ways it is written, as a pattern."""
    line = facts.lines[0]
    habits = {
        "number": re.escape(line.number),
        "reference": written_as(line.reference).pattern,
        "sender": f"{re.escape(facts.owner)}|{re.escape(facts.business)}",
    }
    if facts.account_kind != "fik":
        habits["account"] = written_as(facts.account).pattern
    return {part: pattern for part, pattern in habits.items() if part in REQUIRED[facts.kind]}


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(OURS), st.data())
def test_a_letter_that_lacks_a_part_is_stopped_and_told_which(facts: Facts, data: st.DataObject) -> None:
    part, pattern = data.draw(st.sampled_from(sorted(removable(facts).items())))
    whole = letter(facts)
    without = re.compile(pattern, re.IGNORECASE)
    findings = review(without.sub("", whole.subject), without.sub("", whole.body), facts)
    assert ("missing", part) in {(one.kind, one.facts.get("part")) for one in findings}


@settings(max_examples=100, deadline=None)
@given(st.sampled_from([facts for facts in OURS if facts.kind in ("reminder", "plan")]), st.data())
def test_a_reminder_or_plan_that_lacks_a_day_or_an_amount_is_stopped(
    facts: Facts, data: st.DataObject
) -> None:
    facts = replace(facts, fields=facts.fields | {"issue": ""})
    body = letter(facts).body
    found: list[Stated | Written] = [*(one for one in stated(body) if one.marked), *written(body)]
    needed = [one for one in found if stands_once(one, found) and not optional(one, facts)]
    assume(needed)
    gone = data.draw(st.sampled_from(needed))
    assert blocks(review("", body[: gone.start] + body[gone.end :], facts))


def stands_once(one: Stated | Written, found: list[Stated | Written]) -> bool:
    same = [other for other in found if replace(other, start=0, end=0) == replace(one, start=0, end=0)]
    return len(same) == 1


def optional(one: Stated | Written, facts: Facts) -> bool:
    """The next step, an offered plan and the call may be taken out: a letter is whole without them."""
    free = (facts.next_day, facts.fields.get("offer_day"), facts.fields.get("call_day"))
    return isinstance(one, Written) and any(isinstance(day, date) and one.fits(day) for day in free)


def test_an_empty_letter_is_stopped() -> None:
    assert {one.kind for one in review("Faktura 1042", " \n", facts_of("NO", "nb"))} == {"empty"}


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


def test_a_slip_in_the_reference_is_stopped_with_the_right_one() -> None:
    facts = facts_of("NO", "nb")
    wrong = letter(facts).body.replace("104208", "104206")
    slips = [one for one in review("", wrong, facts) if one.kind == "figure"]
    assert [(one.quote, one.suggestion) for one in slips] == [("104206", "104208")]


def test_a_wrong_amount_and_a_wrong_day_are_put_right_as_the_letter_writes_them() -> None:
    facts = facts_of("NO", "nb")
    wrong = letter(facts).body.replace("12\xa0500", "12\xa0600").replace("20. november", "21. november")
    right = {one.quote: one.suggestion for one in review("", wrong, facts) if one.kind == "figure"}
    assert right == {"12\xa0600\xa0kr": "12\xa0500\xa0kr", "fredag 21. november": "20. november"}


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


def test_numbers_the_business_writes_of_itself_are_known() -> None:
    facts = facts_of("NO", "nb")
    body = letter(facts).body + "\nOrg.nr. 912 345 678"
    assert blocks(review("", body, facts)) and not review("", body, facts, known=("912345678",))


def test_only_wording_may_be_kept_on_purpose() -> None:
    facts = facts_of("NO", "nb")
    body = letter(facts).body + "\nDu har unnlatt å betale 99 kr."
    assert {one.kind: one.keepable for one in review("", body, facts)} == {"blame": True, "figure": False}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_has_a_kind_and_a_suggestion(language: str) -> None:
    assert all(rule.kind in KINDS_OF_WORDING and rule.suggestion for rule in rules(language))
    assert {rule.kind for rule in rules(language)} == KINDS_OF_WORDING


def test_a_name_from_a_file_that_keeps_accents_apart_is_the_same_name() -> None:
    facts = facts_of("SE", "sv")
    apart = replace(facts, business=normalize("NFD", facts.business), owner=normalize("NFD", facts.owner))
    assert not found(letter(facts), apart) and not found(letter(apart), facts)
