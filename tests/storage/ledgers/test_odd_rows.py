"""Whatever a system puts into its rows, a reading ends: with documents and problems, or with trouble."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.ledgers import LedgerError
from storage.ledgers import ledgers
from tests.storage.ledgers import (
    test_billy,
    test_dinero,
    test_economic,
    test_fiken,
    test_fortnox,
    test_stripe,
    test_tripletex,
)
from tests.storage.ledgers.accounts import ACCOUNTS, Row
from tests.storage.ledgers.conftest import pulled
from tests.storage.ledgers.office import Office, Params, Said

WHOLE: dict[str, Row] = {
    "billy": test_billy.invoice(1),
    "dinero": test_dinero.invoice(1),
    "economic": test_economic.invoice(1),
    "fiken": test_fiken.invoice(1),
    "fortnox": test_fortnox.invoice(1),
    "stripe": test_stripe.invoice(1),
    "tripletex": test_tripletex.invoice(1),
}
LISTS = ("/companies/bageri-as/invoices", "/invoices", "/invoice", "/invoices/unpaid", "/v1/42/invoices")
ODD = st.sampled_from(
    [None, True, -1, 0, 1.5, 10**30, "", "x", "2026-02-30", "NaN", [], [None], {}, {"code": 1}]
)


def told(system: str, row: Any) -> Any:
    """One page with this row alone, as the system tells it."""
    return {
        "billy": {"invoices": [row], "meta": {"paging": {"pageCount": 1}}},
        "dinero": {"Collection": [row]},
        "economic": {"collection": [row], "pagination": {}},
        "fiken": [row],
        "fortnox": {"Invoices": [row], "MetaInformation": {"@TotalPages": 1}},
        "stripe": {"data": [row], "has_more": False},
        "tripletex": {"values": [row]},
    }[system]


def test_every_system_has_a_row_to_be_spoilt() -> None:
    assert sorted(WHOLE) == sorted(ledgers())


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@pytest.mark.parametrize("system", sorted(WHOLE))
@given(data=st.data())
def test_a_spoilt_row_is_a_document_a_problem_or_trouble(
    system: str, office: Office, data: st.DataObject
) -> None:
    row = WHOLE[system]
    spoilt = data.draw(st.lists(st.sampled_from(sorted(row)), min_size=1, max_size=3))
    page = told(system, row | {name: data.draw(ODD) for name in spoilt})
    ACCOUNTS[system].empty(office)

    def answer(params: Params) -> Said:
        return Said(page, headers={"Fiken-Api-Page-Count": "1"})

    for path in LISTS:
        if path in office.pages:
            office.pages[path] = answer
    try:
        found = pulled(office, system, ACCOUNTS[system].secrets)
    except LedgerError:
        return
    assert all(d.number and d.buyer.name and d.amount is not None for d in found.documents)
