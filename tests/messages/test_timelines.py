"""What happened has its words in every language: each kind of letter, answer, call, agreement and ending."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import get_args

import pytest

from bot import letters, promises, replies
from bot.cases import Case
from bot.countries import codes, country
from bot.dossiers import TOLD, Dossier, dossier
from bot.letters import Letter
from bot.parties import LANGUAGES
from bot.promises import Promise
from bot.replies import OUTCOMES, Call, Reply
from messages.timelines import letter_kind, teller, timeline
from tests.bot.test_escalations import noticed
from tests.cast import ASAS_BAGERI, blomman, kr, mogens, noon, payments

TODAY = date(2026, 11, 26)


def found(case: Case, home: str = "SE") -> Dossier:
    return dossier(case.invoices, case, replace(ASAS_BAGERI, country=home), TODAY, {})


def told(case: Case, language: str = "en") -> list[str]:
    return [e.text for e in timeline(found(case), teller(language, "SE", TODAY))]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("state", sorted(TOLD))
def test_every_letter_is_told_by_what_it_is_and_how_it_went(language: str, state: str) -> None:
    case = noticed()
    kinds = [k for k in get_args(letters.Kind) if k not in letters.LEGAL]
    sent: list[Letter] = [
        replace(case.letters[0], id=k, kind=k, state=state)  # type: ignore[arg-type]
        for k in kinds
    ]
    said = told(replace(case, letters=tuple(sent)), language)
    assert len(set(said)) == len(kinds) + 3


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("home", codes())
def test_the_laws_own_letters_go_by_the_name_of_their_law(language: str, home: str) -> None:
    case = noticed()
    kinds: tuple[letters.Kind, ...] = ("final_notice", "demand")
    law = country(home).law
    who = teller(language, home, TODAY)
    for kind in kinds if law and law.demand else kinds[:1]:
        name = letter_kind(replace(case.letters[0], kind=kind), found(case, home), who)
        assert name[0].isupper()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_answer_and_every_call_has_its_words(language: str) -> None:
    case = noticed()
    sources = get_args(replies.Source)
    answers = (Reply(id=s, customer="bygg", text="x", at=noon(TODAY), source=s) for s in sources)
    calls = (Call(id=o, customer="bygg", day=TODAY, outcome=o) for o in OUTCOMES)
    said = told(replace(case, letters=(), replies=tuple(answers), calls=tuple(calls)), language)
    assert len(set(said)) == 3 + len(sources) + len(OUTCOMES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_agreed_contested_and_paid_has_its_words(language: str) -> None:
    case = blomman(TODAY)
    claims = noticed().letters[0].claims
    claims = tuple(replace(c, invoice=case.invoices[0].id) for c in claims)
    made = tuple(
        Promise(id=k, customer="blomman", day=TODAY, made=TODAY, kind=k, claims=claims, drops=kr("60"))
        for k in get_args(promises.Kind)
    )
    offered = replace(case.plans[0], id="offered", state="offered")
    case = replace(case, promises=made, plans=(*case.plans, offered), payments=payments(case))
    assert len(set(told(case, language))) == 3 + 3 + 2 + 1
    assert len(set(told(mogens(TODAY), language))) == 2 * 3 + 2 + 1


def test_what_happened_stands_in_the_order_of_the_days() -> None:
    entries = timeline(found(noticed()), teller("en", "SE", TODAY))
    assert [e.day for e in entries] == sorted(e.day for e in entries)
    assert entries[-1].text.startswith("Formal demand (inkassokrav) sent to")


def test_that_an_invoice_will_fall_due_has_not_happened() -> None:
    case = noticed()
    later = replace(case.invoices[0], due=TODAY + timedelta(days=1))
    said = told(replace(case, invoices=(later,), letters=()))
    assert "fell due" not in " ".join(said)
