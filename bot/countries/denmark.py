"""Denmark: customs and figures, with their sources."""

from __future__ import annotations

from datetime import date, timedelta

from bot.countries import Account, Closed, Country, Figure
from bot.questions import Kind, Standing
from bot.statutes import Doors, HalfYear, Law, Opening, charging

CHECKED = date(2026, 11, 21)

FEES = (Figure(100, "renteloven § 9 b", CHECKED),)
MOST_LETTERS = Figure(3, "renteloven § 9 b stk. 2", CHECKED)
# Letters count only ten days apart; on exactly the tenth it is open, so the eleventh (U 2008.1083 V).
APART = Figure(11, "renteloven § 9 b, U 2008.1083 V", CHECKED)

# The reference rate of Nationalbanken; late interest is eight points more (renteloven § 5).
HALF_YEARS = (
    HalfYear(2019, 1, "0.05", "forbrug.dk", CHECKED),
    HalfYear(2019, 2, "0.05", "forbrug.dk", CHECKED),
    HalfYear(2020, 1, "0.05", "forbrug.dk", CHECKED),
    HalfYear(2020, 2, "0.05", "forbrug.dk", CHECKED),
    HalfYear(2021, 1, "0.05", "forbrug.dk", CHECKED),
    HalfYear(2021, 2, "-0.35", "forbrug.dk", CHECKED),
    HalfYear(2022, 1, "-0.45", "forbrug.dk", CHECKED),
    HalfYear(2022, 2, "-0.45", "forbrug.dk", CHECKED),
    HalfYear(2023, 1, "1.90", "forbrug.dk", CHECKED),
    HalfYear(2023, 2, "3.25", "forbrug.dk", CHECKED),
    HalfYear(2024, 1, "3.75", "forbrug.dk", CHECKED),
    HalfYear(2024, 2, "3.50", "forbrug.dk", CHECKED),
    HalfYear(2025, 1, "2.75", "forbrug.dk", CHECKED),
    HalfYear(2025, 2, "1.75", "forbrug.dk", CHECKED),
    HalfYear(2026, 1, "1.75", "forbrug.dk", CHECKED),
    HalfYear(2026, 2, None, "Nationalbanken, 1 July 2026: not verified", CHECKED),
)


def fee(kind: Kind, standing: Standing, day: date) -> Opening:
    """The day after due; three letters, eleven days apart; none while a final notice runs (§§ 9 b, 10)."""
    charged = standing.charged
    if len(charged) + standing.earlier >= MOST_LETTERS.value:
        return Opening()
    after_last = [letter.sent + timedelta(days=APART.value) for letter in charged[-1:]]
    spaced = max([standing.due + timedelta(days=1), *after_last])
    run_out = [x.deadline + timedelta(days=1) for x in standing.notices if x.deadline]
    opens = max([spaced, *run_out])
    return charging(opens, FEES, day, unsure=kind == "reminder" and opens > max(spaced, day))


LAW = Law(
    half_years=HALF_YEARS,
    margins=("8", "8"),
    fee=fee,
    compensation=(Figure(310, "bekendtgørelse 601/2002 § 2", CHECKED),),
    compensation_adds=True,
    handover_fee=Figure(100, "renteloven § 9 b stk. 3", CHECKED),
    doors=Doors(
        ("agency", "payment_order"),
        ("court",),
        ceiling=Figure(100_000, "retsplejeloven § 477 a", CHECKED, sure="secondary"),
        above=("agency", "court"),
    ),
    years=(
        Figure(3, "forældelsesloven § 3", CHECKED),
        Figure(3, "forældelsesloven § 3", CHECKED),
    ),
    years_acknowledged_sum=Figure(10, "forældelsesloven § 5 stk. 1 nr. 3", CHECKED),
    end_moves=True,
    # Constitution Day, Christmas Eve and New Year's Eve, as forældelsesloven § 27 names them.
    end_rests=((6, 5), (12, 24), (12, 31)),
    sources={
        "reminder": "renteloven § 9 b",
        "count": "renteloven § 9 b",
        "notice": "inkassoloven § 10",
        "routes": "retsplejeloven § 477 a",
        "forum": "retsplejeloven § 477 a",
        "compensation": "bekendtgørelse 601/2002 § 2",
        "set_off": "renteloven § 9 a",
        "interest": "renteloven §§ 3, 5",
        "agreed": "renteloven § 7",
        "limitation": "forældelsesloven §§ 3, 5, 15, 27",
    },
)

COUNTRY = Country(
    code="DK",
    currency="DKK",
    languages=("da", "en"),
    zone="Europe/Copenhagen",
    terms_days=14,
    ladder=(5, 16, 27),
    gap=APART.value,
    spacing=Figure(10, "renteloven § 9 b", CHECKED),
    final_notice_term="inkassovarsel",
    notice=Figure(10, "inkassoloven § 10", CHECKED),
    bookkeeping=Figure(5, "bogføringsloven § 12", date(2026, 11, 26), sure="secondary"),
    # No general rule moves a due date; payment on the next bank day is treated as on time.
    moves_due=False,
    schemes=("fik71", "fik75", "fik73", "rf", "none"),
    accounts=(
        Account("fik", r"(\d{8})", r"\1"),
        Account("bban", r"(\d{4})-?(\d{5,10})", r"\1 \2"),
    ),
    number_kind="cvr",
    # Banklukkedage: Constitution Day, the two eves, and the Friday after Ascension Day.
    closed=Closed(fixed=((6, 5), (12, 24), (12, 31)), easter=(40,)),
    law=LAW,
)
