"""Denmark: customs and figures, with their sources."""

from __future__ import annotations

from datetime import date

from bot.countries import Account, Closed, Country, Figure

REVIEWED = date(2026, 11, 21)

COUNTRY = Country(
    code="DK",
    currency="DKK",
    languages=("da", "en"),
    zone="Europe/Copenhagen",
    terms_days=14,
    # Letters count only ten days apart; on exactly the tenth it is open, so the eleventh (U 2008.1083 V).
    ladder=(5, 16, 27),
    gap=11,
    spacing=Figure(10, "renteloven § 9 b", REVIEWED),
    final_notice_term="inkassovarsel",
    notice=Figure(10, "inkassoloven § 10", REVIEWED),
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
)
