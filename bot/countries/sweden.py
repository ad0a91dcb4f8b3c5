"""Sweden: customs and figures, with their sources."""

from __future__ import annotations

from datetime import date

from bot.countries import Account, Closed, Country, Figure

REVIEWED = date(2026, 11, 21)

COUNTRY = Country(
    code="SE",
    currency="SEK",
    languages=("sv", "en"),
    zone="Europe/Stockholm",
    # Between businesses at most thirty days unless expressly approved (räntelagen 2 a §).
    terms_days=30,
    # No distance in law; each letter gives the eight days that good practice asks of a demand.
    ladder=(5, 15, 25),
    gap=9,
    spacing=None,
    final_notice_term="inkassokrav",
    notice=Figure(8, "inkassolagen 5 §, god inkassosed", REVIEWED),
    # Skuldebrevslagen 5 §, by analogy for invoices.
    moves_due=True,
    schemes=("ocr", "ocr_length", "rf", "none"),
    accounts=(
        Account("bankgiro", r"(\d{3,4})-?(\d{4})", r"\1-\2", "luhn"),
        Account("plusgiro", r"(\d{1,7})-?(\d)", r"\1-\2", "luhn"),
        Account("bban", r"(\d{4}(?:-\d)?)[-,.]?(\d{5,11})", r"\1 \2"),
    ),
    number_kind="orgnr",
    # The de facto days are Midsummer Eve, Christmas Eve and New Year's Eve; half-days stay bank days.
    closed=Closed(("public", "de_facto")),
)
