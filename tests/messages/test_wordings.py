"""Letters in an owner's own words, begun from ours: the marks say all there must be, whatever the facts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.letters import LEGAL, TONES, Facts, Tone
from bot.wording import (
    MARKS,
    REQUIRED,
    WRITTEN,
    Mark,
    Sort,
    Wording,
    known_as,
    missing,
    strange,
    worded_as,
)
from messages.languages import codes, language
from messages.review import blocks, review
from messages.voice import letter
from messages.wordings import marks, worded
from tests.messages import letter_cases as cases


def start(code: str, tone: Tone, kind: Sort = "reminder") -> Wording:
    name = tone if kind == "reminder" else "by_law" if kind in LEGAL else kind
    ours = language(code).table(f"wordings.start.{name}")
    return Wording(
        kind=kind,
        tone=tone,
        language=code,
        subject=ours["subject"],
        body=ours["body"],
        since=cases.TODAY,
    )


def stated(code: str, tone: Tone) -> Iterator[Facts]:
    """One tone's letters: of one invoice and several, to a person and a firm, at home and abroad, charged."""
    for count in (1, 2, 5):
        plain = cases.facts(code, count, tone=tone)
        yield from (plain, cases.to_desk(plain), cases.without_references(plain))
        yield cases.facts(code, count, country=cases.ABROAD[code], tone=tone)
        yield cases.charged(plain, compensation=True)
        yield replace(plain, phone="", fields={}, next_step="calls")
        if count > 1:
            yield cases.in_two_currencies(plain)
        if tone == "firm":
            yield cases.with_final_notice(plain)
        if tone != "warm":
            yield cases.charged(plain, fee=True)


@pytest.mark.parametrize("tone", TONES)
@pytest.mark.parametrize("code", codes())
def test_what_we_begin_with_states_everything_and_the_review_minds_nothing(code: str, tone: Tone) -> None:
    for facts in stated(code, tone):
        text = worded(facts, start(code, tone))
        found = [each for each in review(text.subject, text.body, facts) if each.severity == "error"]
        assert found == [], f"{text.subject}\n\n{text.body}"
        assert not {"[", "]", "{", "}"} & {*text.subject, *text.body}
        assert "\n\n\n" not in text.body and "  " not in text.body and ".." not in text.body


def others(code: str) -> Iterator[tuple[str, Facts]]:
    """The letters that are no reminders, as they are kept as golden files."""
    return ((name, facts) for name, facts in cases.cases(code).items() if facts.kind != "reminder")


@pytest.mark.parametrize(("code", "name"), [(code, name) for code in codes() for name, _ in others(code)])
def test_any_other_letter_we_begin_with_states_everything_too(code: str, name: str) -> None:
    about = cases.cases(code)[name]
    for facts in (about, replace(about, phone=""), replace(about, swish="123 456 78 90")):
        text = worded(facts, start(code, *worded_as(facts)[::-1]))
        assert review(text.subject, text.body, facts) == (), f"{text.subject}\n\n{text.body}"
        assert not {"[", "]", "{", "}"} & {*text.subject, *text.body}
        assert not re.search(r"\n{3}|  |\.\.| [,.:]|: *\n\n", text.body)


@pytest.mark.parametrize("code", codes())
def test_our_letters_to_begin_with_are_of_every_sort_and_have_all_their_marks_and_no_other(code: str) -> None:
    begun = {worded_as(facts)[0] for _, facts in others(code)}
    assert begun | {"reminder"} >= {*MARKS} - {"demand"}
    for sort in begun:
        own, names = start(code, "neutral", sort), marks(code, sort)
        assert [*strange(f"{own.subject}\n{own.body}", names)] == []
        assert missing(sort, own.body, names) is None


@pytest.mark.parametrize(
    ("name", "mark", "words"),
    [
        ("final_notice.NO.one", "det loven krever", ("Dette er et inkassovarsel.", "27. november 2026")),
        ("demand.NO.one_charged", "emne", ("Betalingsoppfordring: faktura 1042",)),
        ("plan.by_telephone", "beløp og konto", ("2. avdrag: 743,33 kr, onsdag 30. desember 2026, KID",)),
        ("plan.accepted", "hva som skyldes", ("at Café Norrsken skylder Åsas Bageri 2 230,00 kr",)),
        ("later.hand_over", "neste steg", ("gjelder det jeg skrev sist, fra mandag 23. november",)),
        ("dispute.part", "omtvistet beløp", ("200,50 kr",)),
    ],
)  # fmt: skip
def test_a_mark_says_what_our_own_letter_says_there(name: str, mark: str, words: tuple[str, ...]) -> None:
    facts = cases.cases("nb")[name]
    own = replace(start("nb", "neutral", worded_as(facts)[0]), body=f"[{mark}]")
    theirs, ours = worded(facts, own), letter(facts)
    for text in (theirs.body, f"{ours.subject}\n{ours.body}"):
        assert all(each in text.replace("\xa0", " ") for each in words)


def filled(mark: str, facts: Facts) -> str:
    """What fills a mark in Norwegian."""
    return worded(facts, replace(start("nb", "neutral", worded_as(facts)[0]), body=f"[{mark}]")).body


def test_whoever_closes_a_letter_in_their_own_words_has_a_telephone_also_where_ours_named_it_before() -> None:
    for name in ("reminder.firm.one", "final_notice.NO.one", "thanks.one"):
        assert filled("hilsen", cases.cases("nb")[name]) == "Hilsen\nÅsa Lind, Åsas Bageri, +46 70 123 45 67"


def test_an_offer_thanks_for_a_talk_where_there_was_one() -> None:
    assert filled("takk for praten", cases.cases("nb")["plan_offer.two"]) == ""
    said = filled("takk for praten", cases.cases("nb")["plan_offer.one_to_a_firm_by_telephone"])
    assert said == "Takk for praten onsdag 11. november 2026."


@pytest.mark.parametrize("name", ["# Kari", "~ Kari", "#", "Kari\n# Moe"])
def test_a_name_is_no_title_and_no_foot(name: str) -> None:
    assert filled("navn", replace(cases.facts("nb"), first_name=name)) == " ".join(name.split())


@pytest.mark.parametrize("code", codes())
def test_a_final_notice_without_what_the_law_asks_for_is_never_in_their_words(code: str) -> None:
    for name, facts in cases.legal_cases(code).items():
        own = start(code, *worded_as(facts)[::-1])
        names = marks(code, own.kind)
        for mark in ("ask", "facts"):
            body = own.body.replace(f"[{language(code).table('wordings.marks')[mark]}]", "")
            assert missing(own.kind, body, names) == mark
            text = worded(facts, replace(own, body=body))
            assert blocks(review(text.subject, text.body, facts)), (name, mark)


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("code", codes())
def test_the_thanks_state_which_invoices_and_the_day(code: str, count: int) -> None:
    paid = replace(cases.facts(code, count, tone="neutral"), kind="thanks", fields={"paid_day": cases.TODAY})
    for facts in (paid, cases.to_desk(paid)):
        text = worded(facts, start(code, "neutral", "thanks"))
        assert review(text.subject, text.body, facts) == ()
        assert not {"[", "]"} & {*text.subject, *text.body}


@pytest.mark.parametrize("kind", MARKS)
@pytest.mark.parametrize("code", codes())
def test_every_language_has_a_name_for_every_mark_and_no_two_of_one_name(code: str, kind: Sort) -> None:
    assert set(language(code).table("wordings.marks")) == set(get_args(Mark))
    assert len(marks(code, kind)) == len(MARKS[kind]) + len(language(code).table("you"))
    assert set(REQUIRED[kind]) <= set(MARKS[kind])


@pytest.mark.parametrize("code", codes())
def test_what_a_customer_is_called_is_never_taken_for_a_mark_or_a_template(code: str) -> None:
    names = language(code).table("wordings.marks")
    odd = f"[{names['payment']}] {{{{ 7 * 7 }}}} {{{names['name']}}}"
    facts = replace(cases.facts(code), first_name=odd)
    own = replace(start(code, "warm"), body=f"[{names['name']}]. {{{{ business }}}} {{% if x %}} %s")
    assert worded(facts, own).body == f"{odd}. {{{{ business }}}} {{% if x %}} %s"


@pytest.mark.parametrize(("code", "name"), [(code, name) for code in codes() for name, _ in others(code)])
def test_names_that_look_like_marks_or_templates_do_nothing_in_any_letter(code: str, name: str) -> None:
    names = language(code).table("wordings.marks")
    odd = f"# [{names['close']}] {{{{ 7 * 7 }}}} {{% x %}} {{{names['business']}}} %s"
    about = cases.cases(code)[name]
    fields = about.fields | ({"issue": odd} if "issue" in about.fields else {})
    facts = replace(about, first_name=odd, customer=odd, business=odd, fields=fields)
    body = worded(facts, start(code, *worded_as(facts)[::-1])).body
    assert body.splitlines()[0].strip(",").endswith(odd)
    assert body.count("49") == worded(about, start(code, *worded_as(facts)[::-1])).body.count("49")
    assert body.splitlines()[-1].split(", ")[1] == odd


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_whatever_is_written_between_the_marks_is_kept_and_every_mark_is_filled(data: st.DataObject) -> None:
    code = data.draw(st.sampled_from(codes()))
    facts = cases.cases(code)[data.draw(st.sampled_from(sorted(cases.cases(code))))]
    sort, tone = worded_as(facts)
    written = st.sampled_from([f"[{name}]" for name in marks(code, sort)])
    junk = st.sampled_from(["{{ x }}", "{% if %}", "[nothing]", "%s", "\n\n", "[[", "]"]) | st.text(
        max_size=9
    )
    pieces = data.draw(st.lists(written | junk, max_size=12))
    own = replace(start(code, tone, sort), body=" § ".join(pieces))
    body = worded(facts, own).body
    assert [
        each[0] for each in WRITTEN.finditer(body) if known_as(each[1] or each[2]) in marks(code, sort)
    ] == []
    assert body.count("§") == own.body.count("§")
    assert ("{{ x }}" in body) == ("{{ x }}" in own.body)
