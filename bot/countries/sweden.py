"""Sweden: customs and figures, with their sources."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from bot.countries import Account, Closed, Country, Figure
from bot.questions import Debtor, Kind, Standing
from bot.statutes import Doors, HalfYear, Law, Opening, charging

CHECKED = date(2026, 11, 21)
ACT = date(2013, 3, 16)
"""The day since which the sums of lag (1981:739) are what they are (SFS 2013:56)."""

FEES = {
    "reminder": (Figure(60, "lag (1981:739) 4 §", CHECKED, since=ACT),),
    "final_notice": (Figure(180, "lag (1981:739) 4 §", CHECKED),),
}

# The Riksbank's reference rate; late interest is eight points more (räntelagen 6 §).
HALF_YEARS = (
    HalfYear(2019, 1, "-0.50", "räntelagen 9 §", CHECKED),
    HalfYear(2019, 2, "0.00", "SFS 2019:550", CHECKED, "primary"),
    HalfYear(2020, 1, "0.00", "SFS 2020:1", CHECKED, "primary"),
    HalfYear(2020, 2, "0.00", "räntelagen 9 §", CHECKED),
    HalfYear(2021, 1, "0.00", "räntelagen 9 §", CHECKED),
    HalfYear(2021, 2, "0.00", "SFS 2021:773", CHECKED, "primary"),
    HalfYear(2022, 1, "0.00", "SFS 2022:1", CHECKED, "primary"),
    HalfYear(2022, 2, "0.50", "SFS 2022:1339", CHECKED, "primary"),
    HalfYear(2023, 1, "2.50", "SFS 2023:1", CHECKED, "primary"),
    HalfYear(2023, 2, "3.50", "SFS 2023:509", CHECKED, "primary"),
    HalfYear(2024, 1, "4.00", "SFS 2023:954", CHECKED, "primary"),
    HalfYear(2024, 2, "4.00", "SFS 2024:613", CHECKED, "primary"),
    HalfYear(2025, 1, "3.00", "SFS 2024:1373", CHECKED, "primary"),
    HalfYear(2025, 2, "2.00", "SFS 2025:809", CHECKED, "primary"),
    HalfYear(2026, 1, "2.00", "räntelagen 9 §, policy rate 1.75 rounded up", CHECKED),
    HalfYear(2026, 2, "2.00", "räntelagen 9 §", CHECKED),
)


def fee(kind: Kind, standing: Standing, day: date) -> Opening:
    """The day after due: a reminder only if its fee was agreed, and one fee of each kind (2, 4 §§)."""
    if kind == "reminder" and not standing.fee_agreed:
        return Opening()
    if any(letter.kind == kind for letter in standing.charged):
        return Opening(unsure=True)
    return charging(standing.due + timedelta(days=1), FEES[kind], day)


def agreed_rate(agreed: Decimal, statutory: Decimal | None, debtor: Debtor) -> Decimal | None:
    """The agreed rate, but interest cannot be excluded between businesses, nor be lower for a public body."""
    if not agreed:
        return statutory
    if debtor == "public" and statutory is not None:
        return max(agreed, statutory)
    return agreed


LAW = Law(
    half_years=HALF_YEARS,
    margins=("8", "8"),
    agreed=agreed_rate,
    demand_must_mention_interest=True,
    fee=fee,
    compensation=(Figure(450, "lag (1981:739) 4 a §", CHECKED, since=ACT),),
    compensation_adds=False,
    absorbing_unsure=True,
    moving_unsure=True,
    plan_fee=Figure(170, "lag (1981:739) 3 §, 4 §", CHECKED),
    disputed_part=True,
    doors=Doors(("agency", "payment_order"), ("court",)),
    years=(
        Figure(3, "preskriptionslagen 2 §", CHECKED),
        Figure(10, "preskriptionslagen 2 §", CHECKED),
    ),
    from_arising=True,
    receipt_restarts=True,
    sources={
        "reminder": "lag (1981:739) 2 §, 4 §",
        "count": "lag (1981:739) 4 §",
        "notice": "inkassolagen 5 §, 6 §",
        "routes": "inkassolagen 8 §",
        "forum": "inkassolagen 8 §",
        "plan": "lag (1981:739) 3 §",
        "compensation": "lag (1981:739) 4 a §",
        "set_off": "lag (1981:739) 4 a §",
        "interest": "räntelagen 3, 4, 6 §§",
        "agreed": "räntelagen 4 a §",
        "limitation": "preskriptionslagen 2, 5, 6 §§",
        "moved": "skuldebrevslagen 5 §",
    },
)

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
    notice=Figure(8, "inkassolagen 5 §, god inkassosed", CHECKED, sure="secondary"),
    bookkeeping=Figure(7, "bokföringslagen 7 kap. 2 §", date(2026, 11, 26), sure="secondary"),
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
    law=LAW,
)
