from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.dossiers import about, dossier
from bot.errors import Refusal
from bot.money import Money
from bot.replies import Reply
from tests.bot.test_escalations import noticed
from tests.cast import ASAS_BAGERI, bygg, kr, noon, norrsken, payments, reminder

TODAY = date(2026, 11, 26)
BUSINESS = replace(ASAS_BAGERI, terms_agreed=True)
PERSON = "811228-9874"
"""An identity number made up for documentation."""


def test_it_is_about_the_invoices_named_or_all_that_are_open() -> None:
    case = norrsken(TODAY)
    assert [i.number for i in about(case)] == ["2041"]
    assert [i.number for i in about(case, {case.invoices[0].id})] == [case.invoices[0].number]
    with pytest.raises(Refusal, match="nothing_open"):
        about(replace(case, invoices=case.invoices[:-1]))


def test_the_claim_is_computed_as_of_the_day_with_each_part_apart() -> None:
    case = noticed()
    found = dossier(case.invoices, case, BUSINESS, TODAY, {})
    (claim,) = found.claims
    assert claim.left == kr("18400") and claim.unknown == ()
    kinds = {c.kind: c.amount for c in claim.charges}
    assert kinds == {"interest": kr("136.11"), "compensation": kr("450")}
    assert claim.sums == found.sums == (kr("18986.11"),)


def test_where_a_figure_is_not_verified_there_is_no_sum() -> None:
    case = noticed()
    money = Money.of("18400", "DKK")
    case = replace(case, invoices=(replace(case.invoices[0], amount=money, paid=Money(0, "DKK")),))
    found = dossier(case.invoices, case, replace(BUSINESS, country="DK"), TODAY, {})
    assert "interest" in found.claims[0].unknown
    assert found.claims[0].sums == found.sums == ()


def test_what_was_handed_over_is_computed_as_if_it_were_here() -> None:
    case = noticed()
    away = replace(case, invoices=(replace(case.invoices[0], state="handed_over"),))
    assert dossier(away.invoices, away, BUSINESS, TODAY, {}) == dossier(
        case.invoices, case, BUSINESS, TODAY, {}
    )


def test_only_letters_that_went_out_or_may_have_are_evidence() -> None:
    case = bygg(TODAY)
    claim = case.invoices[0]
    states = ("draft", "approved", "withdrawn", "failed", "unknown", "copied")
    more = tuple(replace(reminder(claim, 3, TODAY), id=s, state=s) for s in states)  # type: ignore[arg-type]
    case = replace(case, letters=more)
    assert [x.id for x in dossier(case.invoices, case, BUSINESS, TODAY, {}).letters] == [
        "failed", "unknown", "copied",
    ]  # fmt: skip


def test_of_other_invoices_of_theirs_nothing_is_told() -> None:
    case = norrsken(TODAY)
    case = replace(case, payments=payments(case))
    (claim,) = dossier(case.invoices[-1:], case, BUSINESS, TODAY, {}).claims
    assert claim.paid == ()
    (settled,) = dossier(case.invoices[:1], case, BUSINESS, TODAY, {}).claims
    assert [p.invoice for p in settled.paid] == [case.invoices[0].id]


@pytest.mark.parametrize("kind", ["consumer", "unknown"])
def test_a_persons_number_is_not_handed_on(kind: str) -> None:
    case = noticed()
    known = replace(case.customer, kind=kind, number=PERSON, name=f"Bo Ek {PERSON}")  # type: ignore[arg-type]
    reply = Reply(id="r", customer="bygg", text=f"Mitt personnummer är {PERSON}.", at=noon(TODAY))
    letters = tuple(replace(x, body=f"Hej {PERSON}") for x in case.letters)
    case = replace(case, customer=known, replies=(reply,), letters=letters)
    found = dossier(case.invoices, case, BUSINESS, TODAY, {})
    assert found.customer.number == "" and PERSON not in repr(found)


def test_a_sole_traders_number_that_is_a_persons_is_hidden_and_a_companys_is_not() -> None:
    case = noticed()
    trader = replace(case, customer=replace(case.customer, number=PERSON))
    assert PERSON not in repr(dossier(trader.invoices, trader, BUSINESS, TODAY, {}))
    assert dossier(case.invoices, case, BUSINESS, TODAY, {}).customer.number == case.customer.number
