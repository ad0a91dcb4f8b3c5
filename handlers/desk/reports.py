"""Reports on the desk: each as pictures to show and tables to take away, from the figures of the books."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from bot.chat import Picture
from bot.invoices import AGES, Invoice, age, days_overdue, outstanding
from bot.letters import LEGAL
from bot.reports import Aged, SalesDays
from bot.reports_cash import Forecast, Week
from bot.reports_letters import Led
from handlers.desk.figures import Figures
from messages.pictures import Bar, Chart, Look, Part, png, share, svg
from messages.sheets import Cell, Sheet, as_csv
from messages.workbooks import as_xlsx
from storage.books import Books

PICTURED = 3
"""How many currencies are drawn; the tables have them all."""
ALL = "all"
"""The name of the workbook with every table."""


class Made(NamedTuple):
    """A file as it was made: its name, what it is asked for by, what is in it."""

    name: str
    ref: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Report:
    """What a report shows and gives away; of its tables the first is the one that CSV has room for."""

    charts: tuple[Chart, ...] = ()
    sheets: tuple[Sheet, ...] = field(default=())


def aged_label(begins: int, figures: Figures) -> str:
    """What a bucket of the ageing is called."""
    if begins < 0:
        return figures.word("not_late")
    later = [edge for edge in AGES if edge > begins]
    return figures.word("age", first=begins or 1, last=later[0] - 1 if later else 0)


def week_label(week: Week, figures: Figures) -> str:
    """What a week is called."""
    number = week.monday.isocalendar().week
    return figures.word("week", number=number, monday=week.monday)


def letter_label(led: Led, figures: Figures) -> str:
    """What letters of one kind, level and tone are called."""
    if led.kind in LEGAL:
        term = figures.voice.word(f"terms.{figures.country}.{led.kind}")
        return figures.word("letters.legal", term=term)
    return figures.word("letters.reminder", level=led.level, tone=figures.word(f"tones.{led.tone}"))


def ageing(figures: Figures) -> Report:
    """What is owed by age, and every open invoice."""
    several = len(figures.aged) > 1
    charts = tuple(_ageing(table, several, figures) for table in figures.aged[:PICTURED])
    keys = ("customer", "invoice", "issued", "due", "days_late", "age", "left", "currency")
    claims = [_claim(invoice, figures) for invoice in figures.open]
    sums = [
        (aged_label(a.begins, figures), a.count, a.owed.decimal, a.owed.currency)
        for table in figures.aged
        for a in table.ages
    ]
    summed = _sheet("summed", ("age", "invoices", "left", "currency"), sums, figures)
    return Report(charts, (_sheet("ageing", keys, claims, figures), summed))


def _ageing(table: Aged, several: bool, figures: Figures) -> Chart:
    most = max(a.owed.minor for a in table.ages)
    bars = (
        Bar(
            aged_label(a.begins, figures),
            figures.money(a.owed, figures.owed),
            _solid("calm" if a.begins < 0 else "late", a.owed.minor, most),
        )
        for a in table.ages
    )
    return Chart(_title("ageing", table.total.currency if several else "", figures), tuple(bars))


def _claim(invoice: Invoice, figures: Figures) -> tuple[Cell, ...]:
    return (
        figures.names.get(invoice.customer, ""),
        invoice.number,
        invoice.issued,
        invoice.due,
        days_overdue(invoice, figures.today),
        aged_label(age(invoice, figures.today), figures),
        outstanding(invoice).decimal,
        invoice.amount.currency,
    )


def days(figures: Figures) -> Report:
    """Days sales outstanding, month by month."""
    several = len(figures.sales_days) > 1
    charts = tuple(_days(course, several, figures) for course in figures.sales_days[:PICTURED])
    keys = ("day", "days", "left", "sold", "currency")
    rows = [
        (each.day, each.days, each.owed.decimal, each.sold.decimal, each.owed.currency)
        for course in figures.sales_days
        for each in course
    ]
    return Report(charts, (_sheet("days", keys, rows, figures),))


def _days(course: Sequence[SalesDays], several: bool, figures: Figures) -> Chart:
    most = max(each.days or 0 for each in course)
    bars = (
        Bar(
            figures.word("day", day=each.day),
            figures.word("days_of", days=each.days),
            _solid("calm", each.days or 0, most),
        )
        for each in course
    )
    return Chart(_title("days", course[0].owed.currency if several else "", figures), tuple(bars))


def cash(figures: Figures) -> Report:
    """What to expect, week by week."""
    several = len(figures.forecasts) > 1
    charts = tuple(_cash(each, several, figures) for each in figures.forecasts[:PICTURED])
    keys = ("week", "from", "to", "low", "likely", "high", "currency")
    rows = [row for each in figures.forecasts for row in _weeks(each, figures)]
    return Report(charts, (_sheet("cash", keys, rows, figures),))


def _cash(found: Forecast, several: bool, figures: Figures) -> Chart:
    most = max(week.high.minor for week in found.weeks)
    bars = (
        Bar(week_label(week, figures), figures.money(week.likely, figures.awaited), _range(week, most))
        for week in found.weeks
    )
    title = _title("cash", found.later.currency if several else "", figures)
    looks: tuple[tuple[Look, str], ...] = (("calm", "low"), ("mark", "likely"), ("most", "high"))
    return Chart(title, tuple(bars), tuple((look, figures.word(key)) for look, key in looks))


def _range(week: Week, most: int) -> tuple[Part, ...]:
    """From nothing to the most, the sure of it darker, and a stroke where the likely lies."""
    likely = share(week.likely.minor, most)
    sure, possible = _solid("calm", week.low.minor, most), _solid("most", week.high.minor, most)
    return (*possible, *sure, Part("mark", likely, likely)) if week.high else ()


def _weeks(found: Forecast, figures: Figures) -> Iterator[tuple[Cell, ...]]:
    code = found.later.currency
    for week in found.weeks:
        sums = (week.low.decimal, week.likely.decimal, week.high.decimal)
        yield (week_label(week, figures), week.monday, week.sunday, *sums, code)
    if found.later:
        yield (figures.word("later"), None, None, None, found.later.decimal, None, code)
    for why, amount in found.undated.items():
        yield (figures.word(f"undated.{why}"), None, None, None, amount.decimal, None, code)


def letters(figures: Figures) -> Report:
    """Which letters were followed by money."""
    told = [led for led in figures.led if led.sent]
    bars = (
        Bar(
            letter_label(led, figures),
            figures.word("of", paid=led.paid, sent=led.sent),
            _solid("calm", led.paid, led.sent),
        )
        for led in told
    )
    charts = (Chart(_title("letters", "", figures), tuple(bars)),) if told else ()
    keys = ("letter", "sent", "paid", "waiting", "after")
    rows = [(letter_label(x, figures), x.sent, x.paid, x.waiting, x.days) for x in figures.led]
    return Report(charts, (_sheet("letters", keys, rows, figures),))


REPORTS: Mapping[str, Callable[[Figures], Report]] = {
    "ageing": ageing, "cash": cash, "days": days, "letters": letters
}  # fmt: skip
"""The reports that have pictures and tables, by name."""


def pictures(name: str, figures: Figures) -> tuple[Picture, ...]:
    """The pictures of a report, drawn for a page and still for a chat, with their words."""
    return tuple(
        Picture(svg(chart), "image/svg+xml", f"{chart.title}. {chart.said}", png(chart))
        for chart in REPORTS[name](figures).charts
    )


def files(name: str, figures: Figures) -> tuple[Made, ...]:
    """The files of a report: its pictures, all its tables as XLSX, the first of them as CSV."""
    if name == ALL:
        return (_file(ALL, "xlsx", figures, as_xlsx(_all(figures))),)
    made = REPORTS[name](figures)
    if not any(sheet.rows for sheet in made.sheets):
        return ()
    drawn = (_file(name, f"{at}.png", figures, png(chart)) for at, chart in enumerate(made.charts, 1))
    table = as_csv(made.sheets[0], figures.voice.language.locale)
    return (
        *drawn,
        _file(name, "xlsx", figures, as_xlsx(made.sheets)),
        _file(name, "csv", figures, table),
    )


def file(ref: str, books: Books) -> Made | None:
    """The file that is asked for by this, as the books are now; None when there is no such file."""
    name = ref.partition(".")[0]
    made = files(name, Figures.of(books)) if name in REPORTS or name == ALL else ()
    return next((each for each in made if each.ref == ref), None)


def _all(figures: Figures) -> tuple[Sheet, ...]:
    return tuple(sheet for make in REPORTS.values() for sheet in make(figures).sheets)


def _file(name: str, ending: str, figures: Figures, content: bytes) -> Made:
    called = f"{figures.word(f'files.{name}')} {figures.today.isoformat()}"
    return Made(f"{called}.{ending.removeprefix('1.')}", f"{name}.{ending}", content)


def _sheet(name: str, keys: Sequence[str], rows: Sequence[tuple[Cell, ...]], figures: Figures) -> Sheet:
    head = tuple(figures.word(f"heads.{key}") for key in keys)
    return Sheet(figures.word(f"files.{name}"), head, tuple(rows))


def _title(name: str, currency: str, figures: Figures) -> str:
    return figures.word(f"charts.{name}") + (f", {currency}" if currency else "")


def _solid(look: Look, amount: int, most: int) -> tuple[Part, ...]:
    """A stretch from nothing to an amount, on a scale that ends at the most."""
    return (Part(look, share(0, 1), share(amount, most)),) if amount > 0 else ()
