"""Norway: customs and figures, with their sources."""

from __future__ import annotations

from datetime import date, timedelta

from bot.countries import Account, Closed, Country, Figure
from bot.questions import Kind, Standing, Written
from bot.statutes import Doors, HalfYear, Law, Opening, amount, charging, months_later

CHECKED = date(2026, 11, 21)
# A new collection act is adopted (LOV-2026-05-22-19) and may apply from the first day of 2027.
REVIEWED_THROUGH = date(2026, 12, 31)

WAIT = Figure(14, "inkassoforskriften § 1-2", CHECKED)
NOTICE = Figure(14, "inkassoloven § 9", CHECKED, sure="secondary")
DEMAND = Figure(14, "inkassoloven § 10", CHECKED, sure="secondary")
RESET_MONTHS = Figure(6, "inkassoforskriften § 1-3", CHECKED, sure="secondary")

# One twentieth and three twentieths of the inkassosats. Claims due before the first of these are not covered.
FEES = (
    Figure(35, "inkassoforskriften § 1-2, sats 700", CHECKED, since=date(2020, 10, 1), sure="secondary"),
    Figure(38, "inkassoforskriften § 1-2, FOR-2025-12-19-2709", CHECKED, since=date(2026, 1, 1)),
)
DEMAND_FEES = (
    Figure(105, "inkassoforskriften § 1-2, sats 700", CHECKED, since=date(2020, 10, 1), sure="secondary"),
    Figure(113, "inkassoforskriften § 1-2, FOR-2025-12-19-2709", CHECKED, since=date(2026, 1, 1)),
)

# Late interest, and the compensation of forsinkelsesrenteloven § 3 a.
HALF_YEARS = (
    HalfYear(2019, 1, "8.75", "Finanstilsynet; the sum is not verified", CHECKED),
    HalfYear(2019, 2, "9.25", "Finanstilsynet", CHECKED, flat=390),
    HalfYear(2020, 1, "9.50", "Finanstilsynet", CHECKED, flat=400),
    HalfYear(2020, 2, "8.00", "Finanstilsynet", CHECKED, flat=430),
    HalfYear(2021, 1, "8.00", "Finanstilsynet; the sum is not verified", CHECKED),
    HalfYear(2021, 2, "8.00", "Finanstilsynet", CHECKED, flat=400),
    HalfYear(2022, 1, "8.50", "Finanstilsynet", CHECKED, flat=390),
    HalfYear(2022, 2, "9.25", "Finanstilsynet", CHECKED, flat=400),
    HalfYear(2023, 1, "10.75", "Finanstilsynet", CHECKED, flat=410),
    HalfYear(2023, 2, "11.75", "Finanstilsynet", CHECKED, flat=460),
    HalfYear(2024, 1, "12.50", "Finanstilsynet", CHECKED, flat=470),
    HalfYear(2024, 2, "12.50", "Finanstilsynet", CHECKED, flat=460),
    HalfYear(2025, 1, "12.50", "Finanstilsynet", CHECKED, "primary", flat=470),
    HalfYear(2025, 2, "12.25", "Finanstilsynet", CHECKED, flat=460),
    HalfYear(2026, 1, "12.00", "FOR-2025-12-18-2658", CHECKED, flat=460),
    HalfYear(2026, 2, "12.25", "FOR-2026-06-25-1372", CHECKED, flat=430),
)


def fee(kind: Kind, standing: Standing, day: date) -> Opening:
    """Fourteen days after due; a second after a missed deadline; then none for six months (§§ 1-2, 1-3)."""
    first = FEES[0].since
    if first and standing.due < first:
        return Opening()
    counted = _counted(standing.charged)
    if not counted:
        return charging(standing.due + timedelta(days=WAIT.value), FEES, day)
    last = counted[-1]
    alone = len(counted) == 1
    if alone and last.kind == "reminder" and last.deadline and last.gives(WAIT.value):
        return charging(last.deadline + timedelta(days=1), FEES, day)
    again = months_later(last.sent, RESET_MONTHS.value)
    after_notice = alone and kind == "reminder" and last.kind == "final_notice"
    return charging(again, FEES, day, unsure=day >= again or after_notice)


def demand(standing: Standing, day: date) -> Opening:
    """The creditor's own betalingsoppfordring, once, the day after a missed deadline of fourteen days."""
    if any(x.valid and x.letter.kind == "demand" for x in standing.letters):
        return Opening()
    missed = [
        (x.letter.deadline + timedelta(days=1), x.letter.kind)
        for x in standing.letters
        if x.valid and x.letter.deadline and x.letter.gives(DEMAND.value)
    ]
    opens = min((opened for opened, _ in missed), default=None)
    if opens is None:
        return Opening()
    by_notice = any(kind == "final_notice" and opened <= max(day, opens) for opened, kind in missed)
    first = DEMAND_FEES[0].since
    most = amount(DEMAND_FEES, max(opens, day)) if first and standing.due >= first else None
    return Opening(opens, most, unsure=not by_notice)


def _counted(charged: tuple[Written, ...]) -> list[Written]:
    """The charged letters that count together: six months after the last the count starts anew."""
    counted: list[Written] = []
    for letter in charged:
        if counted and letter.sent >= months_later(counted[-1].sent, RESET_MONTHS.value):
            counted = []
        counted.append(letter)
    return counted


LAW = Law(
    half_years=HALF_YEARS,
    fee=fee,
    demand=demand,
    demand_days=DEMAND,
    charged_answer=Figure(14, "inkassoforskriften § 1-3", CHECKED),
    compensation=None,
    compensation_adds=False,
    doors=Doors(("agency", "conciliation"), ("conciliation",)),
    years=(
        Figure(3, "foreldelsesloven § 2", CHECKED, sure="secondary"),
        Figure(3, "foreldelsesloven § 2", CHECKED, sure="secondary"),
    ),
    end_moves=True,
    reviewed_through=REVIEWED_THROUGH,
    sources={
        "reminder": "inkassoforskriften § 1-2",
        "count": "inkassoforskriften § 1-3",
        "notice": "inkassoloven § 9",
        "demand": "inkassoloven § 10",
        "routes": "inkassoloven § 17",
        "forum": "inkassoloven § 17 (2)",
        "compensation": "forsinkelsesrenteloven § 3 a",
        "set_off": "inkassoforskriften § 1-5",
        "interest": "forsinkelsesrenteloven §§ 2, 3",
        "agreed": "forsinkelsesrenteloven §§ 1, 4 c",
        "limitation": "foreldelsesloven §§ 2, 3, 14, 29",
    },
)

COUNTRY = Country(
    code="NO",
    currency="NOK",
    languages=("nb", "en"),
    zone="Europe/Oslo",
    terms_days=14,
    # Five days, since money may be on its way; then each letter's fourteen, the last still the customer's.
    ladder=(5, 20, 35),
    gap=15,
    spacing=Figure(14, "inkassoforskriften § 1-3", CHECKED),
    final_notice_term="inkassovarsel",
    notice=NOTICE,
    # Project accounts in building and construction are kept for ten years, by a rule of their own.
    bookkeeping=Figure(5, "bokføringsloven § 13", date(2026, 11, 26), sure="secondary"),
    # No statute moves an agreed day; payment on the next bank day is treated as on time.
    moves_due=False,
    schemes=("kid10", "kid11", "rf", "none"),
    accounts=(Account("bban", r"(\d{4})\.?(\d{2})\.?(\d{5})", r"\1.\2.\3", "kontonr"),),
    number_kind="orgnr",
    forum="conciliation",
    # The central bank's settlement system rests on Christmas Eve, not on New Year's Eve.
    closed=Closed(fixed=((12, 24),)),
    law=LAW,
)
