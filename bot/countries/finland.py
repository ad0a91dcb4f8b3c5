"""Finland: customs and figures, with their sources."""

from __future__ import annotations

from datetime import date

from bot.countries import Country, Figure

REVIEWED = date(2026, 11, 21)

COUNTRY = Country(
    code="FI",
    currency="EUR",
    languages=("fi", "sv", "en"),
    zone="Europe/Helsinki",
    terms_days=14,
    # Fourteen whole days must lie between letters to a consumer, so the fifteenth; a business would be ten.
    ladder=(5, 20, 35),
    gap=15,
    spacing=Figure(14, "perintälaki 10 b §", REVIEWED),
    final_notice_term="maksuvaatimus",
    notice=Figure(14, "perintälaki 5 §, hyvä perintätapa", REVIEWED),
    # Velkakirjalaki 5 §.
    moves_due=True,
    schemes=("fi", "rf", "none"),
    accounts=(),
    number_kind="ytunnus",
)
