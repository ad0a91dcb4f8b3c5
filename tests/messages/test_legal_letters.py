"""What a law asks a letter to say: in a final notice, in a demand, and of what is added to a claim."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.countries import country as country_of
from bot.letters import LEGAL, Facts
from messages.formats import letter_formats
from messages.languages import codes, language
from messages.review import blocks, review
from messages.voice import letter
from tests.messages.letter_cases import OFFICIAL, cases, charged, notice, to_desk, without_references
from tests.messages.test_letters import SLIPS

PRESCRIBED = [(code, name) for code in codes() for name, about in cases(code).items() if about.kind in LEGAL]
CHARGED = [(code, name) for code in codes() for name, about in cases(code).items() if about.charges]

SAID = {
    ("NO", "final_notice", "nb"): {
        "inkasso starts if it is not paid": r"Er det ikke betalt da, går kravet til inkasso {next_day}\.",
        "the last day is theirs to the end": r"har hele den dagen på",
        "how to object": r"uenige? i kravet, helt eller delvis, si fra",
    },
    ("NO", "demand", "nb"): {
        "inkasso starts if it is not paid": r"går kravet til inkasso {next_day}, og da kan",
        "more cost and legal steps may follow": r"kan det komme flere kostnader og rettslige skritt",
        "the last day is theirs to the end": r"har hele den dagen på",
        "pay or object by the same day": r"senest {pay_by}, eller si fra innen samme frist",
    },
    ("DK", "final_notice", "da"): {
        "paid in time it costs nothing more": r"til tiden, kommer der ikke flere omkostninger",
        "inkasso, with further cost": r"går kravet til inkasso {next_day}, og så kan der komme flere omkostn",
        "the last day is theirs to the end": r"Hele den dag tæller med",
        "how to object": r"uenige? i kravet, helt eller delvis, så sig til",
    },
    ("SE", "final_notice", "sv"): {
        "it is handed over if it is not paid": r"lämnar jag kravet till en inkassobyrå {next_day}\.",
        "capital apart": r"Kapitalbelopp: ",
        "time to pay or object": r"bestrida det: svara på det här mejlet senast {pay_by}",
    },
    ("FI", "final_notice", "sv"): {
        "it is handed over if it is not paid": r"lämnar jag kravet till en indrivningsbyrå {next_day}\.",
        "how to object": r"bestrida det: svara på det här mejlet senast {pay_by}",
    },
    ("FI", "final_notice", "fi"): {
        "it is handed over if it is not paid": r"annan asian perintätoimiston hoidettavaksi {next_day}\.",
        "how to object": r"pidä paikkaansa, vasta\w+ tähän viestiin viimeistään {pay_by}",
    },
    ("", "final_notice", "en"): {
        "it goes to collection if it is not paid": r"goes to debt collection on {next_day}",
        "paid in time it costs nothing more": r"in time, nothing more is added",
        "how to object": r"don't agree with the claim, or with part of it, tell me",
    },
    ("", "demand", "en"): {
        "it goes to collection if it is not paid": r"goes to debt collection on {next_day}",
        "more cost and legal steps may follow": r"further costs and legal steps may follow",
        "pay or object by the same day": r"by {pay_by}, or tell me by then",
    },
}
"""What each law has a letter say in so many words, by country, kind and language; inkassoloven §§ 9 and 10 in
Norway, inkassoloven § 10 in Denmark, inkassolagen 5 § in Sweden, perintälaki 5 § in Finland."""


def _said(about: Facts) -> dict[str, str]:
    home = about.country if about.language != "en" else ""
    return SAID[home, about.kind, about.language]


def _term(about: Facts) -> str:
    """What a law calls the letter, in the language of the letter."""
    if about.kind == "demand":
        return "betalingsoppfordring"
    own = country_of(about.country).final_notice_term
    return {("FI", "sv"): "betalningskrav"}.get((about.country, about.language), own)


def _claim(about: Facts) -> Iterator[str]:
    """Who is owed by whom, for what, since when, and how it is paid."""
    say = letter_formats(about)
    yield from (about.business, about.customer, about.owner, about.phone, about.first_name)
    yield from (str(about.fields.get(name, "")) for name in ("business_number", "customer_number"))
    if about.account_kind != "fik":
        yield about.account
    for line in about.lines:
        yield from (line.number, line.what, line.reference, say.money(line.amount))
        yield from (say.date(day, year=True) for day in (line.issued, line.due) if day)


def _interest(about: Facts) -> Iterator[str]:
    """Its rate, its base, and its first and last day, for each stretch."""
    say = letter_formats(about)
    for part in (part for charge in about.charges for part in charge.segments):
        yield from (say.percent(part.rate), say.money(part.principal))
        yield from (say.date(part.start, year=True), say.date(part.end, year=True))


@pytest.mark.parametrize(("code", "name"), PRESCRIBED)
def test_a_letter_that_the_law_prescribes_says_who_owes_whom_for_what_and_how_to_pay(
    code: str, name: str
) -> None:
    about = cases(code)[name]
    body = letter(about).body
    assert [part for part in (*_claim(about), *_interest(about)) if part not in body] == []


@pytest.mark.parametrize(("code", "name"), PRESCRIBED)
def test_a_letter_that_the_law_prescribes_names_itself_by_the_law_first_of_all(code: str, name: str) -> None:
    about = cases(code)[name]
    text = letter(about)
    stem = _term(about)[:-1]
    assert stem in text.subject.lower()
    assert stem in text.body.split("\n\n")[1].lower()
    own = {_term(about), *(["maksuvaatimus"] if about.country == "FI" else [])}
    others = {"inkassovarsel", "inkassokrav", "maksuvaatimus", "betalingsoppfordring"} - own
    assert [other for other in others if other in (text.subject + text.body).lower()] == []


@pytest.mark.parametrize(("code", "name"), PRESCRIBED)
def test_a_letter_that_the_law_prescribes_gives_one_exact_last_day_and_says_what_comes_then(
    code: str, name: str
) -> None:
    about = cases(code)[name]
    assert about.pay_by
    assert about.next_day
    say, ask = letter_formats(about), letter(about).body.split("\n\n")[1]
    assert say.day(about.pay_by, year=True) in ask
    assert say.day(about.next_day, year=True) in ask
    assert say.money(about.to_pay) in ask


@pytest.mark.parametrize(("code", "name"), PRESCRIBED)
def test_a_letter_that_the_law_prescribes_says_all_that_its_law_wants_said(code: str, name: str) -> None:
    about = cases(code)[name]
    say, body = letter_formats(about), letter(about).body
    days = {"pay_by": about.pay_by or about.today, "next_day": about.next_day or about.today}
    written = {key: re.escape(say.day(day, year=True)) for key, day in days.items()}
    wanted = {part: pattern.format(**written) for part, pattern in _said(about).items()}
    assert [part for part, pattern in wanted.items() if not re.search(pattern, body)] == []


@pytest.mark.parametrize(("code", "name"), PRESCRIBED)
def test_a_letter_that_the_law_prescribes_threatens_with_nothing_else(code: str, name: str) -> None:
    body = letter(cases(code)[name]).body.lower()
    never = (
        r"kredittopplysning|betalingsanmerkning|betalningsanmärkning|kronofog|\brki\b|fogedret|maksuhäiriö|"
    )
    never += (
        r"luottotie|ulosot|credit r|bailiff|politi|polis|arbeidsgiver|arbejdsgiver|arbetsgivare|työnantaj"
    )
    assert not re.search(never, body)


@pytest.mark.parametrize(("code", "name"), CHARGED)
def test_what_is_added_stands_apart_each_on_its_line_between_the_claim_and_how_to_pay(
    code: str, name: str
) -> None:
    about = cases(code)[name]
    say = letter_formats(about)
    lines = letter(about).body.splitlines()
    amounts = [line.partition(": ")[2] for line in lines]
    principal = amounts.index(say.money(about.totals))
    added = [say.money(each.amount) for each in about.sums]
    apart = amounts[principal + 1 : principal + 1 + len(added)]
    assert [text.split(" (")[0] for text in apart] == added
    assert amounts[principal + 1 + len(added)] == say.money(about.to_pay)
    labels = [line.partition(": ")[0] for line in lines[principal : principal + 2 + len(added)]]
    assert len(set(labels)) == len(labels)


@st.composite
def notices(draw: st.DrawFn) -> Facts:
    code = draw(st.sampled_from(codes()))
    about = notice(code, draw(st.sampled_from(OFFICIAL[code])), draw(st.integers(1, 5)))
    about = to_desk(about) if draw(st.booleans()) else about
    about = about if draw(st.booleans()) else without_references(about)
    about = about if draw(st.booleans()) else replace(about, phone="", swish="1231231231")
    if draw(st.booleans()):
        bare = {
            "business_number": "",
            "customer_number": "",
            "attached": False,
            "page": "https://a.example/1",
        }
        about = replace(about, fields={**about.fields, **bare})
    asked = draw(st.fixed_dictionaries({k: st.booleans() for k in ("fee", "earlier", "compensation")}))
    about = replace(about, cross_border=draw(st.booleans()))
    return charged(about, interest=draw(st.booleans()), **asked)


@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow])
@given(notices())
def test_every_final_notice_has_all_its_parts_and_no_slip_of_the_pen(about: Facts) -> None:
    text = letter(about)
    say = letter_formats(about)
    sums = [say.money(about.to_pay), *(say.money(each.amount) for each in about.sums)]
    assert [part for part in (*_claim(about), *_interest(about), *sums) if part not in text.body] == []
    assert [slip for slip in SLIPS if re.search(slip, f"{text.subject}\n\n{text.body}\n")] == []


@pytest.mark.parametrize("code", codes())
def test_a_reminder_with_a_fee_can_be_known_as_a_reminder_by_its_subject(code: str) -> None:
    told = {name: letter(about).subject for name, about in cases(code).items() if about.kind == "reminder"}
    plain = told["reminder.warm.one"]
    assert told["reminder.warm.charged"] != plain
    assert told["reminder.warm.charged"].lower().endswith(plain.lower())


@pytest.mark.parametrize("code", codes())
def test_each_word_for_what_is_added_differs_from_the_others(code: str) -> None:
    words = language(code).table("charges")
    assert len(set(words.values())) == len(words)


@pytest.mark.parametrize("code", codes())
def test_no_letter_of_ours_is_stopped_for_want_of_a_telephone(code: str) -> None:
    for about in cases(code).values():
        for known in (replace(about, phone=""), replace(about, phone="", first_name="", to_firm=True)):
            text = letter(known)
            assert not blocks(review(text.subject, text.body, known))
