"""What the owner's words say of money that came: how much, and on which day."""

from __future__ import annotations

import re
from datetime import date

from handlers.desk import Desk
from messages.ear import amounts, days
from messages.ear.words import plain, words


def amount_and_day(text: str, desk: Desk) -> tuple[str, date]:
    """The words for the amount, empty when they name none, and the day, today when they name none."""
    day = days.day(text, desk.language, desk.today, desk.country)
    if day is None or _is_amount(text.strip()):
        return text, desk.today
    rest = _without_days(text, desk.language).strip(" ,.")
    lead = rf"(?:(?:{words(desk.language).until})(?!\w)\s*)*"
    return ("" if re.fullmatch(lead, plain(rest)) else rest), day


def _without_days(text: str, language: str) -> str:
    """A text with its days blanked out."""
    for start, end in days.places(text, language):
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _is_amount(text: str) -> bool:
    """Whether a text is one figure, which then is the amount even where it could be a day: `20.11`."""
    return [(x.start, x.end) for x in amounts.stated(text) if x.value is not None] == [(0, len(text))]
