"""What the page on privacy says of how long things are kept is what the code does."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

from bot.countries import codes, country
from bot.members import GOOD_FOR
from bot.pages import LIVES
from bot.retention import PERIODS
from handlers.switchboard.exchange import REMEMBERED

TEXT = (Path(__file__).parents[1] / "docs/privacy.md").read_text(encoding="utf-8")
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in TEXT.splitlines()
    if line.startswith("|")
]


def test_each_period_is_told_with_its_days_and_whether_a_claim_keeps_it_longer() -> None:
    told = {m[1]: row[1] for row in ROWS if (m := re.match(r"`(\w+)` ", row[0])) and row[1][0].isdigit()}
    settled = ", and until the customer owes nothing"
    known = {p.kind: f"{p.days} days{settled if p.settled else ''}" for p in PERIODS.values()}
    assert told == known


def test_each_country_is_told_with_its_years_and_their_source() -> None:
    told = {tuple(row) for row in ROWS if row[0] in codes()}
    known = {code: country(code).bookkeeping for code in codes()}
    assert told == {
        (code, str(figure.value), figure.source, figure.sure, figure.verified.isoformat())
        for code, figure in known.items()
    }


def test_the_shorter_times_are_those_of_the_code() -> None:
    told = {row[0]: " ".join(row[1:]) for row in ROWS}
    assert f"{REMEMBERED.days} days" in told["what came in from Slack and Telegram"]
    assert told["the page behind a letter's link"].startswith(f"{LIVES.days} days")
    assert timedelta(hours=1) == GOOD_FOR and told["a code that lets somebody in"].startswith("1 hour")
