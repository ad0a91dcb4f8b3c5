from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from bot import ways
from bot.cases import Case
from bot.countries import codes, country
from bot.invoices import Invoice
from bot.money import Money
from bot.parties import Business, CustomerKind
from tests.bot.test_escalations import noticed
from tests.cast import ASAS_BAGERI, kr

TODAY = date(2026, 11, 26)


def at_home(code: str) -> tuple[Case, Business]:
    """Bygg's claim in a country, after its final notice."""
    case = noticed()
    business = replace(ASAS_BAGERI, country=code, terms_agreed=True)
    money = Money(case.invoices[0].amount.minor, country(code).currency)
    claim = replace(case.invoices[0], amount=money, paid=Money(0, money.currency))
    return replace(case, invoices=(claim,), customer=replace(case.customer, country=code)), business


def facts(code: str, kind: CustomerKind = "business") -> dict[str, dict[str, object]]:
    case, business = at_home(code)
    case = replace(case, customer=replace(case.customer, kind=kind))
    return {w.kind: dict(w.facts) for w in ways.ways(case.invoices, case, business, TODAY)}


@pytest.mark.parametrize("code", codes())
@pytest.mark.parametrize("kind", ["business", "consumer", "unknown", "public"])
def test_there_are_four_ways_on_everywhere_and_for_everybody(code: str, kind: CustomerKind) -> None:
    found = facts(code, kind)
    assert list(found) == ["wait", "plan", "hand_over", "write_off"]
    assert found["hand_over"]["may"] and found["hand_over"]["opens"] is None
    assert found["hand_over"]["consumer"] == (kind == "consumer")
    assert f"{code}.agency" in found["hand_over"]["routes"]  # type: ignore[operator]
    assert isinstance(found["wait"]["bars_on"], date)


def test_a_rate_that_nobody_has_verified_is_not_guessed() -> None:
    assert not facts("DK")["wait"]["is_known"] and facts("DK")["wait"]["interest"] == ()
    assert facts("SE")["wait"]["is_known"] and facts("SE")["wait"]["rate"] == Decimal(10)


def test_only_what_the_law_names_is_told_as_its_price() -> None:
    assert facts("SE")["plan"]["fee"] == kr("170")
    assert facts("DK")["hand_over"]["fee"] == Money.of("100", "DKK")
    assert facts("NO")["plan"]["fee"] is facts("NO")["hand_over"]["fee"] is None


def lacking(case: Case, business: Business = ASAS_BAGERI, files: int = 0) -> set[str]:
    kept = {i.id: files for i in case.invoices}
    return {f.key for f in ways.missing(case.invoices, case, business, kept)}


def test_what_an_agency_asks_for_and_the_books_lack_is_named() -> None:
    case = noticed()
    bare: Invoice = replace(case.invoices[0], delivered=None, description="", issued=None)
    case = replace(case, invoices=(bare,), customer=replace(case.customer, number="", kind="unknown"))
    assert lacking(case, replace(ASAS_BAGERI, number="")) == {
        "address", "kind", "own_number", "document", "delivered", "proof", "description", "issued",
    }  # fmt: skip


def test_nothing_is_missing_where_all_is_there() -> None:
    case = noticed()
    case = replace(case, customer=replace(case.customer, address=("Storgatan 1", "118 20 Stockholm")))
    assert lacking(case, files=2) == set()
    assert lacking(case, files=1) == {"proof"}


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"kind": "consumer"}, "identity"),
        ({"number": ""}, "number"),
        ({"country": "FI"}, "abroad"),
        ({"standing": "bankrupt"}, "estate"),
    ],
)
def test_who_they_are_decides_what_is_asked_for(change: dict[str, object], key: str) -> None:
    case = noticed()
    known = replace(case.customer, address=("x",))
    assert lacking(replace(case, customer=known), files=2) == set()
    assert lacking(replace(case, customer=replace(known, **change)), files=2) == {key}  # type: ignore[arg-type]
