"""Norway: customs and figures, with their sources."""

from __future__ import annotations

from datetime import date

from bot.countries import Account, Closed, Country, Figure

# A new collection act is adopted (LOV-2026-05-22-19) and may apply from the first day of 2027.
REVIEWED = date(2026, 12, 31)

COUNTRY = Country(
    code="NO",
    currency="NOK",
    languages=("nb", "en"),
    zone="Europe/Oslo",
    terms_days=14,
    # Five days, since money may be on its way; then each letter's fourteen, the last still the customer's.
    ladder=(5, 20, 35),
    gap=15,
    spacing=Figure(14, "inkassoforskriften § 1-3", REVIEWED),
    final_notice_term="inkassovarsel",
    notice=Figure(14, "inkassoloven § 9", REVIEWED),
    # No statute moves an agreed day; payment on the next bank day is treated as on time.
    moves_due=False,
    schemes=("kid10", "kid11", "rf", "none"),
    accounts=(Account("bban", r"(\d{4})\.?(\d{2})\.?(\d{5})", r"\1.\2.\3", "kontonr"),),
    number_kind="orgnr",
    # The central bank's settlement system rests on Christmas Eve, not on New Year's Eve.
    closed=Closed(fixed=((12, 24),)),
)
