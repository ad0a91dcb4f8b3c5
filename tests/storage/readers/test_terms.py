"""Terms: the due date where they leave no doubt, none where they do."""

from __future__ import annotations

from datetime import date

import pytest

from storage.readers._terms import due_by_terms

ISSUED = date(2026, 10, 1)


@pytest.mark.parametrize(
    ("terms", "due"),
    [
        ("14 dager netto", date(2026, 10, 15)),
        ("Betaling innen 14 dager. Etter forfall 12 % rente.", date(2026, 10, 15)),
        ("30 dagar netto, dröjsmålsränta 8 %", date(2026, 10, 31)),
        ("30 days net. Penalty interest:12 %.", date(2026, 10, 31)),
        ("Netto 8 dage", date(2026, 10, 9)),
        ("Løbende måned + 30 dage", date(2026, 11, 30)),
        ("14 pv netto", date(2026, 10, 15)),
        ("10 p netto", date(2026, 10, 11)),
        ("Maksuaika 21 päivää", date(2026, 10, 22)),
        ("Payment within 30 days", date(2026, 10, 31)),
        ("2% 10 days, net 30 days", date(2026, 10, 31)),
        ("14 Tage", date(2026, 10, 15)),
        ("10 Tage 2% Skonto, 30 Tage netto", date(2026, 10, 31)),
        ("#SKONTO#TAGE=7#PROZENT=2.00#\n#SKONTO#TAGE=30#PROZENT=0.00#", date(2026, 10, 31)),
        ("Zahlbar sofort ohne Abzug.", ISSUED),
        ("Netto kontant", ISSUED),
        ("Omgående", ISSUED),
        ("Heti", ISSUED),
        ("Betales senest 2. november 2026", date(2026, 11, 2)),
        ("Bis zum 14.11.2026 ohne Abzug", date(2026, 11, 14)),
    ],
)
def test_terms_that_leave_no_doubt(terms: str, due: date) -> None:
    assert due_by_terms(terms, ISSUED) == due


@pytest.mark.parametrize(
    "terms",
    [
        "",
        "As agreed",
        "Payment within 10 days, 2% discount",
        "Bei Zahlungen binnen 14 Tagen, 2% Skonto",
        "50% prepaid, 50% within one month",
        "#SKONTO#TAGE=14#PROZENT=2.25#",
        "14 dager for bedrifter, 30 dager for kommuner",
        "Innen 1.11.2026 eller 1.12.2026",
        "Penalty percentage 10% from due date",
    ],
)
def test_terms_that_leave_a_doubt_give_no_date(terms: str) -> None:
    assert due_by_terms(terms, ISSUED) is None
