"""Before you write: each finding with its evidence, and nothing found where all is well."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from bot.cases import Case
from bot.checks import Finding, before_writing
from bot.disputes import Dispute
from bot.invoices import Invoice
from bot.promises import Promise
from bot.replies import Call
from tests.cast import ASAS_BAGERI, BYGG_OCH_BETONG, bygg, invoice, kr, norrsken, reminder, settled

TODAY = date(2026, 11, 16)
DAY = timedelta(days=1)
CLAIM = invoice(BYGG_OCH_BETONG, "2042", "1000", TODAY - 12 * DAY, "20420")
CASE = Case(customer=BYGG_OCH_BETONG, invoices=(CLAIM,))
OF: dict[str, Any] = {"id": "x", "customer": BYGG_OCH_BETONG.id}


def found(case: Case = CASE, bank_seen: date | None = TODAY) -> dict[str, Finding]:
    return {f.key: f for f in before_writing(case, ASAS_BAGERI, TODAY, bank_seen)}


def test_where_all_is_well_it_says_so() -> None:
    assert {key: f.state for key, f in found().items()} == {"invoice_ok": "ok", "bank_fresh": "ok"}


def test_where_nothing_is_late_no_invoice_is_looked_at() -> None:
    assert set(found(replace(CASE, invoices=(settled(CLAIM, TODAY - 20 * DAY),)))) == {
        "bank_fresh",
        "usually_on_time",
    }


@pytest.mark.parametrize(
    ("key", "state", "change"),
    [
        ("due_before_issued", "stop", {"issued": TODAY}),
        ("account_differs", "look", {"account": "5050-1055"}),
        ("reference_odd", "look", {"reference": "20421"}),
        ("late_invoiced", "look", {"delivered": TODAY - 90 * DAY}),
    ],
)
def test_what_is_odd_about_an_invoice_is_shown_with_its_number(
    key: str, state: str, change: dict[str, Any]
) -> None:
    case = replace(CASE, invoices=(replace(CLAIM, **change),))
    assert found(case)[key].state == state
    assert found(case)[key].facts["invoice"] == "2042"
    assert "invoice_ok" not in found(case)


def test_what_invoices_lack_is_said_once_with_the_numbers_of_all_that_lack_it() -> None:
    bare = replace(CLAIM, description="")
    case = replace(
        CASE,
        invoices=(bare, replace(bare, id="other", number="2043"), replace(CLAIM, id="whole", number="2044")),
    )
    lacking = [f for f in before_writing(case, ASAS_BAGERI, TODAY, TODAY) if f.key == "invoice_missing"]
    assert [(f.state, f.facts["what"], f.facts["numbers"]) for f in lacking] == [
        ("look", "description", ("2042", "2043"))
    ]
    assert "invoice_ok" not in found(case)


def test_the_same_account_written_otherwise_is_the_same() -> None:
    assert "account_differs" not in found(replace(CASE, invoices=(replace(CLAIM, account="9990219"),)))


def test_an_account_may_stand_on_the_invoice_as_an_iban() -> None:
    norwegian = replace(ASAS_BAGERI, country="NO", account="1503 20 53373")
    case = replace(CASE, invoices=(replace(CLAIM, account="NO93 1503 2053 373"),))
    keys = [f.key for f in before_writing(case, norwegian, TODAY, TODAY)]
    assert "account_differs" not in keys


def test_a_reference_is_not_judged_where_the_business_uses_none() -> None:
    odd = replace(CASE, invoices=(replace(CLAIM, reference="20421"),))
    keys = [f.key for f in before_writing(odd, replace(ASAS_BAGERI, scheme="none"), TODAY, TODAY)]
    assert "reference_odd" not in keys


@pytest.mark.parametrize(
    ("seen", "key"),
    [(None, "bank_unseen"), (TODAY - 3 * DAY, "bank_fresh"), (TODAY - 4 * DAY, "bank_stale")],
)
def test_the_owner_is_told_how_fresh_the_bank_is(seen: date | None, key: str) -> None:
    assert key in found(bank_seen=seen)


def test_money_on_no_invoice_is_shown() -> None:
    assert found(replace(CASE, credit=(kr("50"),)))["credit"].facts == {"amount": kr("50")}


def test_an_open_dispute_stands_in_the_way_and_a_settled_one_does_not() -> None:
    dispute = Dispute(**OF, invoice=CLAIM.id, opened=TODAY)
    disputed = found(replace(CASE, disputes=(dispute,)))["disputed"]
    assert (disputed.state, disputed.facts) == ("stop", {"invoice": "2042"})
    assert "disputed" not in found(replace(CASE, disputes=(replace(dispute, closed=TODAY),)))


def test_an_open_promise_is_shown_with_or_without_its_amount() -> None:
    promise = Promise(**OF, day=TODAY, made=TODAY)
    assert "promised_all" in found(replace(CASE, promises=(promise,)))
    assert "promised" in found(replace(CASE, promises=(replace(promise, amount=kr("5")),)))
    assert "promised_all" not in found(replace(CASE, promises=(replace(promise, state="kept"),)))
    assert "promised_all" not in found(replace(CASE, promises=(replace(promise, kind="waiver"),)))


def test_norrsken_usually_pays_eighteen_days_late() -> None:
    assert found(norrsken(TODAY))["usual"].facts == {"days": 18}


def test_without_an_address_the_owner_is_told_whose() -> None:
    nowhere = replace(bygg(TODAY), customer=replace(BYGG_OCH_BETONG, contacts=()))
    assert found(nowhere)["no_address"].facts == {"customer": BYGG_OCH_BETONG.name}


def paid(*late: int) -> tuple[Invoice, ...]:
    """Settled invoices, the oldest first, so many days late each."""
    dues = (TODAY - (len(late) - n) * 30 * DAY for n in range(len(late)))
    made = (invoice(BYGG_OCH_BETONG, f"p{n}", "10", due) for n, due in enumerate(dues))
    return tuple(settled(i, i.due + days * DAY) for i, days in zip(made, late, strict=True) if i.due)


def test_who_pays_later_than_they_used_to_is_told_apart_from_who_always_did() -> None:
    slipping = found(replace(CASE, invoices=(CLAIM, *paid(1, 2, 1, 1, 15, 14, 16))))
    assert slipping["later_than_before"].facts == {"days": 15, "usual": 2}
    assert "usual" not in slipping
    for as_ever in ((15, 14, 16, 15, 15, 14), (1, 1, 20, 20), (20, 20, 20, 1, 2, 1)):
        assert "later_than_before" not in found(replace(CASE, invoices=(CLAIM, *paid(*as_ever))))


@pytest.mark.parametrize(("letters", "calls", "state"), [(1, 0, "ok"), (2, 1, "ok"), (3, 1, "look")])
def test_how_often_they_have_heard_of_us_in_a_month_is_shown_and_what_is_a_lot(
    letters: int, calls: int, state: str
) -> None:
    written = [reminder(CLAIM, 1, TODAY - n * 9 * DAY) for n in range(letters)]
    older = reminder(CLAIM, 1, TODAY - 30 * DAY)
    draft = reminder(CLAIM, 2, TODAY)
    called = [Call(**OF, day=TODAY - 3 * DAY, outcome="voicemail") for _ in range(calls)]
    called.append(Call(**OF, day=TODAY, outcome="not_reached"))
    case = replace(CASE, letters=(older, *written, replace(draft, state="draft")), calls=tuple(called))
    known = found(case)["contacts"]
    assert (known.state, known.facts["count"]) == (state, letters + calls)
