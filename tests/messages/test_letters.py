"""Every letter in every language: as it was last read aloud, and what must hold for any of them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.countries import country as country_of
from bot.letters import LEGAL, TONES, Facts, NextStep
from bot.money import Money, totals
from messages.formats import letter_formats
from messages.languages import codes
from messages.voice import Text, letter
from tests.messages import letter_cases
from tests.messages.letter_cases import (
    cases,
    charged,
    facts,
    in_two_currencies,
    to_desk,
    with_final_notice,
)

GOLDEN = Path(__file__).parent / "golden" / "letters"
STYLE = Path(__file__).resolve().parents[2] / "../shared/letters/STYLE.md"
EVERY = [(code, name) for code in codes() for name in sorted(cases(code))]

MARKS = {
    "nb": r"ennå|purring\w*|noe|dere|forfalt|fakturaene|takk|beløp",
    "sv": r"och|inte|är|jag|förföll|fakturorna|mejlet",
    "da": r"gælder|endnu|rykkere?|noget|forfaldt|fakturaerne|tak|beløb|vedhæftet",
    "fi": r"lasku|laskut|maksu|viimeistään|kiitos|terveisin",
    "en": r"the|invoice|you|please|payment|by",
}
"""Words that one of the five languages has and no other."""
ONE = {"nb": r"du|deg", "sv": r"du|dig", "da": r"du|dig|din", "fi": r"sinu\w*|voisitko|vastaisitko|olet"}
SEVERAL = {
    "nb": r"dere",
    "sv": r"ni|er",
    "da": r"jer|kan I|har I|vil I",
    "fi": r"te|tei\w*|voisitteko|olette",
}


def _whole(text: Text) -> str:
    return f"{text.subject}\n\n{text.body}\n"


def _own_words(about: Facts) -> str:
    """A letter without the words that are the customer's, the seller's, or a name."""
    text = _whole(letter(about))
    said = [line.what for line in about.lines] + [str(about.fields.get("issue", ""))]
    for words in (*said, about.business, about.owner, about.customer, about.first_name):
        text = text.replace(words, "") if words else text
    return text


@pytest.mark.parametrize(("code", "name"), EVERY)
def test_every_letter_reads_as_it_did_when_it_was_last_read_aloud(code: str, name: str) -> None:
    path = GOLDEN / code / f"{name}.txt"
    text = _whole(letter(cases(code)[name]))
    if os.environ.get("PURR_GOLDEN") == "write":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


def test_no_golden_letter_is_left_of_a_case_that_is_gone() -> None:
    assert {(path.parent.name, path.stem) for path in GOLDEN.glob("*/*.txt")} == set(EVERY)


@pytest.mark.parametrize(("code", "name"), EVERY)
def test_no_letter_mixes_languages(code: str, name: str) -> None:
    text = _own_words(cases(code)[name])
    if "cross_border" in name or cases(code)[name].kind in LEGAL:
        text = re.sub(r"\([^)]*\)", "", text)
    found = {other for other, words in MARKS.items() if re.search(rf"\b(?:{words})\b", text, re.IGNORECASE)}
    assert found == {code}


@pytest.mark.parametrize(("code", "name"), [(code, name) for code, name in EVERY if code != "en"])
def test_a_letter_says_du_or_dere_and_never_slides_from_one_to_the_other(code: str, name: str) -> None:
    about = cases(code)[name]
    slip = (ONE if about.to_firm and not about.first_name else SEVERAL)[code]
    assert not re.search(rf"\b(?:{slip})\b", _own_words(about))


AMOUNT = r"\d[\d.,\u00a0]*(?=\u00a0(?:kr|€|[NSD][OEK]K|EUR))|(?<=€)\d[\d.,]*\d|(?<=[A-Z]{3}\u00a0)\d[\d.,]*\d"
SLIPS = (
    r"\.\.", r" [,.;:?]", r"[,;:]{2}", r"\(\)", r"[{}]", r"None|[Uu]ndefined", r"(?m)[ \u00a0]$", r"  ",
    r" · ·", r"(?m)^[·,]", r"(?m): *$\n\n", r"\n{3}",
)  # fmt: skip


@pytest.mark.parametrize(("code", "name"), EVERY)
def test_no_letter_has_a_slip_of_the_pen(code: str, name: str) -> None:
    text = _whole(letter(cases(code)[name]))
    assert [slip for slip in SLIPS if re.search(slip, text)] == []


@pytest.mark.parametrize("name", sorted(cases("da")))
def test_no_danish_sentence_ends_with_an_amount(name: str) -> None:
    text = _whole(letter(cases("da")[name]))
    assert not re.search(r"kr\.[)”\"]?\s+[A-ZÆØÅ]\w* [a-zæøå]", text.replace("\n", " \x00 "))
    ends = [line for line in text.splitlines() if line.endswith("kr.")]
    assert [line for line in ends if " · " not in line and not re.match(r"[\w ]+: ", line)] == []


@pytest.mark.parametrize(("code", "name"), EVERY)
def test_in_one_letter_all_amounts_have_cents_or_none_has(code: str, name: str) -> None:
    amounts = re.findall(AMOUNT, letter(cases(code)[name]).body)
    assert amounts or name in ("dispute.whole", "refund.one", "refund.three_to_a_firm")
    with_cents = {bool(re.search(r"[.,]\d\d$", amount)) for amount in amounts}
    assert len(with_cents) <= 1


@pytest.mark.parametrize(("code", "home"), list(product(codes(), letter_cases.PAID)))
def test_a_letter_in_any_language_names_the_final_notice_by_the_law_of_the_business(
    code: str, home: str
) -> None:
    about = with_final_notice(facts(code, country=home))
    term = country_of(home).final_notice_term
    body = letter(replace(about, cross_border=True)).body
    assert term.removesuffix("s") in body
    assert all(other not in body for other in {"inkassovarsel", "inkassokrav"} - {term})


@pytest.mark.parametrize("code", codes())
def test_where_the_law_has_no_final_notice_the_letter_says_only_that_we_write_again(code: str) -> None:
    about = replace(with_final_notice(facts(code)), fields={})
    assert letter(about) == letter(replace(about, next_step="writes"))


@pytest.mark.parametrize(("code", "other"), list(product(codes(), codes())))
def test_the_owner_can_read_any_letter_in_their_own_language(code: str, other: str) -> None:
    """What a law prescribes is written in that law's languages, and in English for anybody else."""
    for about in cases(code).values():
        read = letter(replace(about, language="en" if about.kind in LEGAL else other))
        assert all(line.number in read.body for line in about.lines)


@pytest.mark.parametrize(("code", "tone"), list(product(codes(), TONES)))
def test_a_reminder_names_no_next_step_and_no_day_that_is_not_set_up(code: str, tone: str) -> None:
    about = replace(facts(code, tone=tone), next_step="", next_day=date(2026, 12, 24))
    assert letter_formats(about).day(date(2026, 12, 24)) not in letter(about).body


@pytest.mark.parametrize("code", codes())
def test_the_attached_invoice_is_mentioned_only_when_it_is_attached(code: str) -> None:
    with_it, without = facts(code), replace(facts(code), fields={})
    assert len(letter(without).body) < len(letter(with_it).body)


@pytest.mark.parametrize("code", codes())
def test_a_name_with_a_line_break_cannot_break_a_letter(code: str) -> None:
    about = replace(facts(code), business="Bygg\n\n# Betong AS", first_name="Max\nLars")
    text = letter(about)
    assert "Bygg # Betong AS" in text.subject
    assert "Max Lars" in text.body


NAMES_OF_PEOPLE = st.sampled_from(["", "Maja", "Lars", "Åse", "Anne-Lise"])
OWED = st.tuples(st.integers(1, 99_999_999), st.integers(1, 400), st.sampled_from(["NOK", "SEK", "EUR"]))
LINES = st.lists(OWED, min_size=1, max_size=5)
STEPS: tuple[NextStep, ...] = ("", "writes", "calls")


@st.composite
def reminders(draw: st.DrawFn) -> Facts:
    code = draw(st.sampled_from(codes()))
    about = facts(code, 5, country=draw(st.sampled_from(sorted(letter_cases.PAID))))
    lines = tuple(
        replace(line, amount=Money(minor, currency), due=about.today - timedelta(days=late))
        for line, (minor, late, currency) in zip(about.lines, draw(LINES), strict=False)
    )
    drawn = replace(
        about,
        lines=lines,
        totals=totals(line.amount for line in lines),
        tone=draw(st.sampled_from(TONES)),
        first_name=draw(NAMES_OF_PEOPLE),
        to_firm=draw(st.booleans()),
        cross_border=draw(st.booleans()),
        phone=draw(st.sampled_from(["", "+47 22 33 44 55"])),
        next_step=draw(st.sampled_from(STEPS)),
    )
    fee, interest, compensation = draw(st.tuples(*[st.booleans()] * 3))
    return charged(drawn, fee=fee, interest=interest, compensation=compensation)


def _fixed_parts(about: Facts) -> Iterator[str]:
    say = letter_formats(about)
    yield from (about.business, about.owner, about.phone, about.first_name)
    yield say.day(about.pay_by or about.today)
    yield from (say.money(total) for total in about.totals)
    yield from (say.money(each.amount) for each in about.sums)
    yield say.money(about.to_pay)
    if about.next_step and about.next_day:
        yield say.day(about.next_day)
    if about.account_kind != "fik":
        yield about.account
    for line in about.lines:
        due = line.due or about.today
        yield from (line.number, line.what, line.reference, say.money(line.amount))
        yield from (say.date(due), say.count(say.days_since(due)))


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(reminders())
def test_every_reminder_has_all_its_fixed_parts(about: Facts) -> None:
    text = _whole(letter(about))
    assert [part for part in _fixed_parts(about) if part not in text] == []
    assert [slip for slip in SLIPS if re.search(slip, text)] == []


def test_an_amount_that_crosses_a_border_carries_its_code() -> None:
    about = facts("nb", country="SE")
    assert "1\u00a0250\u00a0kr" in letter(about).body
    abroad = letter(replace(about, cross_border=True)).body
    assert "1\u00a0250,00\u00a0SEK" in abroad
    assert "kr" not in re.findall(r"\w+", abroad)


def test_two_currencies_have_a_total_each() -> None:
    body = letter(in_two_currencies(facts("nb", 3))).body
    assert "Til sammen: 2\u00a0230,00\u00a0NOK og 2\u00a0400,00\u00a0SEK" in body


def test_a_danish_creditor_number_is_named_where_no_payment_line_holds_it() -> None:
    about = facts("da")
    assert "Kreditornummer" not in letter(about).body
    bare = replace(about, lines=(replace(about.lines[0], reference=""),))
    assert "Kreditornummer: 12345678\nSkriv fakturanummer 1042 i beskeden" in letter(bare).body


def test_a_firm_without_a_known_person_is_greeted_without_a_name() -> None:
    assert letter(to_desk(facts("en"))).body.startswith("Hello,\n\n")
    assert letter(to_desk(facts("sv"))).body.startswith("Hej\n\n")


def _tone_rules() -> list[tuple[str, str, str]]:
    if not STYLE.exists():
        return []
    blocks = re.findall(r"```tone-(\w\w)\n(.*?)```", STYLE.read_text(encoding="utf-8"), re.DOTALL)
    return [(code, *line.split(" :: ")[:2]) for code, block in blocks for line in block.splitlines() if line]


LEGAL_STEPS = {"nb": " og rettslige skritt", "en": " and legal steps"}
"""What a demand has to say by law, and no other letter may."""


@pytest.mark.shared
@pytest.mark.parametrize("code", codes())
def test_the_tone_lists_find_nothing_in_any_letter(code: str) -> None:
    rules = [(kind, pattern) for language, kind, pattern in _tone_rules() if language == code]
    if not rules:
        pytest.skip("the shared style guide is not beside this checkout")
    for name, about in cases(code).items():
        # the law's own word of another country is right here, and the review leaves it out too
        foreign = about.cross_border and about.next_step == "final_notice"
        text = _own_words(replace(about, next_step="calls") if foreign else about)
        text = text.replace(LEGAL_STEPS.get(code, ""), "") if about.kind == "demand" else text
        minded = [rule for rule in rules if rule[0] != "legal" or about.kind not in LEGAL]
        hits = [(name, kind, re.search(pattern, text, re.IGNORECASE)) for kind, pattern in minded]
        assert [hit for hit in hits if hit[2]] == []
