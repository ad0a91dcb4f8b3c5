"""Finland: customs and figures, with their sources."""

from __future__ import annotations

from datetime import date, timedelta

from bot.countries import Country, Figure
from bot.questions import Kind, Standing
from bot.statutes import Doors, HalfYear, Law, Opening, charging

CHECKED = date(2026, 11, 21)
ACT = date(2022, 5, 1)
"""The day since which perintälaki names these sums and distances (299/2022)."""

CONSUMER_FEES = (Figure(5, "perintälaki 10 a §", CHECKED, since=ACT, sure="secondary"),)
BUSINESS_FEES = (Figure(12, "perintälaki 10 a §", CHECKED, since=ACT, sure="secondary"),)
# Fourteen whole days must lie between letters to a consumer, ten days between letters to a business.
CONSUMER_APART = Figure(15, "perintälaki 10 b §, KKV/378/14.08.01.05/2022", CHECKED, sure="secondary")
BUSINESS_APART = Figure(11, "perintälaki 10 b §", CHECKED, sure="secondary")

# The Bank of Finland's reference rate; a consumer owes seven points more, others eight (korkolaki 4, 4 a §).
HALF_YEARS = (
    HalfYear(2019, 1, "0.0", "Suomen Pankki", CHECKED),
    HalfYear(2019, 2, "0.0", "Suomen Pankki", CHECKED, "general"),
    HalfYear(2020, 1, "0.0", "Suomen Pankki", CHECKED, "general"),
    HalfYear(2020, 2, "0.0", "Suomen Pankki", CHECKED, "general"),
    HalfYear(2021, 1, "0.0", "Suomen Pankki", CHECKED, "general"),
    HalfYear(2021, 2, "0.0", "Suomen Pankki", CHECKED, "general"),
    HalfYear(2022, 1, "0.0", "Suomen Pankki", CHECKED, "general"),
    HalfYear(2022, 2, "0.0", "Suomen Pankki", CHECKED),
    HalfYear(2023, 1, "2.5", "Suomen Pankki", CHECKED, "primary"),
    HalfYear(2023, 2, "4.0", "Suomen Pankki", CHECKED, "general"),
    HalfYear(2024, 1, "4.5", "Suomen Pankki", CHECKED, "primary"),
    HalfYear(2024, 2, "4.5", "Suomen Pankki", CHECKED, "primary"),
    HalfYear(2025, 1, "3.5", "Suomen Pankki", CHECKED),
    HalfYear(2025, 2, "2.5", "Suomen Pankki", CHECKED, "general"),
    HalfYear(2026, 1, "2.5", "Suomen Pankki", CHECKED, "primary"),
    HalfYear(2026, 2, None, "Suomen Pankki, June 2026: not verified", CHECKED),
)


def fee(kind: Kind, standing: Standing, day: date) -> Opening:
    """Fifteen days after due and each letter to a consumer; else the day after due, then eleven days."""
    apart = timedelta(days=(CONSUMER_APART if standing.consumer else BUSINESS_APART).value)
    first = standing.due + (apart if standing.consumer else timedelta(days=1))
    # A letter keeps its distance whether or not it was a lawful one; before due it was no reminder yet.
    before = [
        x.letter.sent for x in standing.letters if x.letter.kind != "demand" and x.letter.sent > standing.due
    ]
    opens = max([first, *(sent + apart for sent in before[-1:])])
    return charging(opens, CONSUMER_FEES if standing.consumer else BUSINESS_FEES, day)


LAW = Law(
    half_years=HALF_YEARS,
    margins=("7", "8"),
    fee=fee,
    compensation=(Figure(40, "perintälaki 10 e §", CHECKED, sure="secondary"),),
    compensation_adds=False,
    absorbing_unsure=True,
    doors=Doors(("agency", "court"), ("court",)),
    years=(
        Figure(3, "laki velan vanhentumisesta 10 §", CHECKED, sure="secondary"),
        Figure(3, "laki velan vanhentumisesta 10 §", CHECKED, sure="secondary"),
    ),
    receipt_restarts=True,
    sources={
        "reminder": "perintälaki 10 a §, 10 b §",
        "count": "perintälaki 10 b §",
        "notice": "perintälaki 5 §",
        "routes": "perintälaki 4 b §",
        "forum": "perintälaki 4 b §",
        "compensation": "perintälaki 10 e §",
        "set_off": "perintälaki 10 e §",
        "interest_consumer": "korkolaki 4 §",
        "interest": "korkolaki 4 a §",
        "agreed": "korkolaki 2 §",
        "limitation": "laki velan vanhentumisesta 10 §",
        "moved": "velkakirjalaki 5 §",
    },
)

COUNTRY = Country(
    code="FI",
    currency="EUR",
    languages=("fi", "sv", "en"),
    zone="Europe/Helsinki",
    terms_days=14,
    ladder=(5, 20, 35),
    gap=CONSUMER_APART.value,
    spacing=Figure(14, "perintälaki 10 b §", CHECKED, sure="secondary"),
    final_notice_term="maksuvaatimus",
    notice=Figure(14, "perintälaki 5 §, hyvä perintätapa", CHECKED, sure="general"),
    # Vouchers six years, the books themselves ten; who owes what is part of the books.
    bookkeeping=Figure(10, "kirjanpitolaki 2 luku 10 §", date(2026, 11, 26), sure="secondary"),
    # Ten days from receipt; fourteen from sending are safe.
    answer=Figure(14, "perintälaki 4 §, kuluttaja-asiamies", CHECKED, sure="secondary"),
    # Velkakirjalaki 5 §.
    moves_due=True,
    schemes=("fi", "rf", "none"),
    accounts=(),
    number_kind="ytunnus",
    law=LAW,
)
