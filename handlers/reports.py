"""Reports: what is owed by age, what to expect, which letters work, the week, and why money came late."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Literal

from bot.causes import Summary, summary
from bot.chat import Action, Button, Card, Item, Request
from bot.invoices import AGES
from bot.nudges import digest
from bot.reports_cash import Forecast, Week
from handlers.desk import Answers, Desk, closing, handouts
from handlers.desk.figures import Figures
from handlers.desk.needs import row
from handlers.desk.reports import aged_label, letter_label, pictures, week_label

FIRST = 3
"""How many of those who need a decision are named."""
MONTHS = 3
"""How many months of reasons are shown."""


def show(_request: Request, desk: Desk) -> Card:
    """The sum of it, and the ways to each report."""
    figures = Figures.of(desk.books)
    following = [w.likely for w in _following(figures) if w.likely]
    files = handouts.of_report("all", figures, desk) if figures.invoices else ()
    return desk.card(
        "reports", _owed(figures) | {"likely": following}, handouts=files, buttons=tuple(_ways(desk))
    )


def ageing(_request: Request, desk: Desk) -> Card:
    """What is owed by age."""
    figures = Figures.of(desk.books)
    items = tuple(_aged(begins, figures) for begins in (-1, *AGES)) if figures.aged else ()
    return _card("ageing", _owed(figures), items, figures, desk)


def cash(_request: Request, desk: Desk) -> Card:
    """What to expect, week by week, as a range."""
    figures = Figures.of(desk.books)
    items = tuple(item for found in figures.forecasts for item in _weeks(found, figures))
    facts = {"total": bool(figures.forecasts), "known": figures.habits.known}
    return _card("cash", facts, items, figures, desk)


def days(_request: Request, desk: Desk) -> Card:
    """Days sales outstanding, and how they have gone."""
    figures = Figures.of(desk.books)
    now = [course[-1] for course in figures.sales_days]
    told = [{"days": each.days, "owed": each.owed, "sold": each.sold} for each in now]
    items = (
        Item(
            figures.word("day", day=each.day),
            figures.word("owed_and_sold", owed=each.owed, sold=each.sold),
            figures.word("days_of", days=each.days),
        )
        for course in figures.sales_days
        for each in course
    )
    return _card("days", {"figures": told}, tuple(items), figures, desk)


def letters(_request: Request, desk: Desk) -> Card:
    """Which letters were followed by money."""
    figures = Figures.of(desk.books)
    items = (
        Item(
            letter_label(led, figures),
            figures.word("followed", sent=led.sent, days=led.days, waiting=led.waiting),
            figures.word("of", paid=led.paid, sent=led.sent),
        )
        for led in figures.led
    )
    return _card("letters", {"any": bool(figures.led)}, tuple(items), figures, desk)


def week(_request: Request, desk: Desk) -> Card:
    """The week in three minutes: what came, what is next, and who needs a decision."""
    figures = Figures.of(desk.books)
    monday = desk.today - timedelta(days=desk.today.weekday())
    came = figures.came(monday, desk.today)
    found = digest(desk.books.cases(desk.today), desk.business, desk.today, FIRST)
    following = _following(figures)
    facts = {
        "came": [m for m in came.sums if m.minor > 0],
        "back": [-m for m in came.sums if m.minor < 0],
        "payments": came.payments,
        "low": [w.low for w in following if w.low],
        "likely": [w.likely for w in following if w.likely],
        "high": [w.high for w in following if w.high],
        "count": found.count,
        "shown": len(found.needs),
    }
    today = desk.button("today", "today.show", style="primary" if found.needs else "quiet", look=True)
    buttons = (today, _way("cash", desk), _way("ageing", desk), _way("why", desk))
    return desk.card("report_week", facts, items=tuple(row(n, desk) for n in found.needs), buttons=buttons)


def why(_request: Request, desk: Desk) -> Card:
    """Why the money came late, by month, with the one thing that would have prevented most of it."""
    found = [each for each in _reasons(desk) if each.causes]
    advised = next((each.suggestion for each in found if each.suggestion), None)
    advice = desk.word(f"agreements.prevents.{advised}") if advised else ""
    ask = desk.button("why_late", "cause.list", style="primary", look=True)
    buttons = (*((ask,) if closing.unasked(desk) else ()), _way("show", desk))
    items = tuple(_month(each, desk) for each in found)
    return desk.card("report_why", {"months": len(found), "advice": advice}, items=items, buttons=buttons)


def _card(
    name: Literal["ageing", "cash", "days", "letters"],
    facts: Mapping[str, object],
    items: tuple[Item, ...],
    figures: Figures,
    desk: Desk,
) -> Card:
    """A report: its words, its rows, its pictures, and its files to take away."""
    others = tuple(_way(each, desk) for each in ("cash", "ageing", "days", "letters", "show") if each != name)
    return desk.card(
        f"report_{name}",
        facts,
        items=items,
        pictures=pictures(name, figures),
        handouts=handouts.of_report(name, figures, desk),
        buttons=others,
    )


def _owed(figures: Figures) -> dict[str, object]:
    return {
        "total": [table.total for table in figures.aged],
        "late": [table.late for table in figures.aged if table.late],
    }


def _following(figures: Figures) -> tuple[Week, ...]:
    """Next week, in each currency."""
    return tuple(each.weeks[1] for each in figures.forecasts)


def _aged(begins: int, figures: Figures) -> Item:
    ages = [a for table in figures.aged for a in table.ages if a.begins == begins]
    owed = [a.owed for a in ages if a.owed] or [ages[0].owed]
    count = sum(a.count for a in ages)
    text = figures.word("invoices", count=count) if count else ""
    return Item(aged_label(begins, figures), text, figures.money(owed, figures.owed))


def _weeks(found: Forecast, figures: Figures) -> Iterator[Item]:
    beside = figures.awaited
    for each in found.weeks:
        facts = {"low": each.low, "high": each.high, "beside": beside}
        yield Item(
            week_label(each, figures), figures.word("range", **facts), figures.money(each.likely, beside)
        )
    if found.later:
        yield Item(figures.word("later"), "", figures.money(found.later, beside))
    for reason, amount in found.undated.items():
        yield Item(figures.word(f"undated.{reason}"), "", figures.money(amount, beside))


def _reasons(desk: Desk) -> Iterator[Summary]:
    """The last months, the latest first."""
    first = desk.today.replace(day=1)
    for _ in range(MONTHS):
        yield summary(desk.books.closings.since(first), first)
        first = (first - timedelta(days=1)).replace(day=1)


def _month(found: Summary, desk: Desk) -> Item:
    causes = (
        desk.word("reports.cause", count=count, cause=desk.word(f"agreements.causes.{cause}"))
        for cause, count in found.causes
    )
    title = desk.word("reports.month", first=found.month, last=_last(found.month))
    return Item(title, "\n".join(causes), str(found.count))


def _last(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _ways(desk: Desk) -> Iterator[Button]:
    yield from (_way(each, desk) for each in ("ageing", "cash", "week", "letters", "days", "why"))


def _way(name: str, desk: Desk) -> Button:
    return Button(desk.word(f"reports.buttons.{name}"), Action(f"report.{name}"), look=True)


ANSWERS: Answers = {
    "report.show": show,
    "report.ageing": ageing,
    "report.cash": cash,
    "report.days": days,
    "report.letters": letters,
    "report.week": week,
    "report.why": why,
}
