"""When an invoice falls due by its terms of payment, in the words of six languages."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from storage.readers._dates import written_dates

SKONTO = re.compile(r"#SKONTO#TAGE=(\d{1,3})#PROZENT=(\d+(?:[.,]\d+)?)#(?:BASISBETRAG=[^#]*#)?")
CLAUSE = re.compile(r"[;\n]|[.,:](?=\s|$)")
UNIT = r"(?:days?|dager|dagar|dages?|dag|dgr|dg|d|pv|päivää|päivän|vrk|p|tagen?)"
COUNT = re.compile(
    rf"(\d{{1,3}})\s*(?:(?:calendar|kalender)[\s-]?)?{UNIT}(?!\w)|\bnett?o?\s*(\d{{1,3}})\b", re.IGNORECASE
)
DISCOUNT = re.compile(r"%|rabat|discount|skonto|alennu|\d/\d", re.IGNORECASE)
NET = re.compile(r"\bnett?o?\b|\bohne\b|\butan\b|\buten\b|\buden\b", re.IGNORECASE)
INTEREST = re.compile(r"interest|penalt|ränt|rente|korko|verzug|zins|gebyr|avgift|\bfee", re.IGNORECASE)
AT_ONCE = re.compile(
    r"sofort|immediate|(?:up)?on receipt|straks|omgående|omgåend|heti\b|kontant|ved mott|ved modt|vid mott",
    re.IGNORECASE,
)
MONTH_END = re.compile(
    r"l[øö][pb][ea]nde måned|löpande månad|\blbm\b|\beom\b|end of (?:the )?month|månadens slut"
    r"|månedens (?:slut|udgang|utgang)|kuun lop|kuukauden lop|monatsende",
    re.IGNORECASE,
)
LONGEST = 365


def due_by_terms(terms: str, issued: date) -> date | None:
    """The due date that follows from the terms, or none where they leave a doubt."""
    tiers = SKONTO.findall(terms)
    full = [int(days) for days, percent in tiers if not float(percent.replace(",", "."))]
    if full:
        return issued + timedelta(days=max(full))
    clauses = [c.strip() for c in CLAUSE.split(SKONTO.sub("", terms)) if not INTEREST.search(c)]
    if dates := [day for day in written_dates(terms) if day >= issued]:
        return dates[0] if len(set(dates)) == 1 else None
    days = _days(clauses)
    if days is None:
        return issued if any(AT_ONCE.search(c) for c in clauses) and not _has_count(clauses) else None
    return _start(issued, clauses) + timedelta(days=days)


def _days(clauses: list[str]) -> int | None:
    """The one count of days after which the whole sum is due: the net one where a discount is offered."""
    named = [(int(m[1] or m[2]), c) for c in clauses for m in COUNT.finditer(c)]
    if any(DISCOUNT.search(c) for c in clauses):
        named = [(days, c) for days, c in named if NET.search(c)]
    found = {days for days, _ in named if days <= LONGEST}
    return found.pop() if len(found) == 1 else None


def _has_count(clauses: list[str]) -> bool:
    return any(COUNT.search(c) for c in clauses)


def _start(issued: date, clauses: list[str]) -> date:
    if not any(MONTH_END.search(c) for c in clauses):
        return issued
    return issued.replace(day=monthrange(issued.year, issued.month)[1])
