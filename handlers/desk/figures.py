"""Figures on the desk: what reports are worked out from, looked up in the books once for each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from bot.cases import Case
from bot.invoices import Invoice, outstanding
from bot.money import Money
from bot.payments import Payment
from bot.reports import Aged, Came, SalesDays, aged, came_in, month_ends, sales_days
from bot.reports_cash import Forecast, Habits, forecast, habits
from bot.reports_letters import Led, led_to_payment
from bot.workdays import local_day
from messages.voice import Voice
from storage.books import Books

BACK = timedelta(days=365)
"""How far reports look back."""


@dataclass(frozen=True)
class Figures:
    """All that reports tell of a business on a day."""

    books: Books
    voice: Voice
    today: date

    @classmethod
    def of(cls, books: Books) -> Figures:
        """The figures of these books, in their owner's language."""
        business = books.business
        today = local_day(books.now, business.zone)
        return cls(books, Voice(business.language, country=business.country, today=today), today)

    def word(self, key: str, **facts: object) -> str:
        """A short word of the reports, in the owner's language."""
        return self.voice.word(f"reports.{key}", **facts)

    def money(self, amount: Money | Sequence[Money], beside: Iterable[Money] = ()) -> str:
        """An amount in words; cents and the currency's code as those `beside` it need them."""
        return self.voice.word("money", amounts=amount, beside=tuple(beside))

    @property
    def country(self) -> str:
        """The country whose bank days count."""
        return self.books.business.country

    @cached_property
    def invoices(self) -> tuple[Invoice, ...]:
        """Those that are open, and those of the last year."""
        return self.books.invoices.told_since(self.today - BACK)

    @cached_property
    def payments(self) -> tuple[Payment, ...]:
        """Those of the last year."""
        return self.books.payments.since(self.today - BACK)

    @cached_property
    def open(self) -> tuple[Invoice, ...]:
        """What is owed, the oldest due first."""
        return tuple(invoice for invoice in self.invoices if outstanding(invoice))

    @cached_property
    def names(self) -> dict[str, str]:
        """What the customers are called who owe something."""
        return {c.id: c.name for c in self.books.customers.among({i.customer for i in self.open})}

    @cached_property
    def aged(self) -> tuple[Aged, ...]:
        """What is owed by age."""
        return aged(self.open, self.today)

    @cached_property
    def sales_days(self) -> tuple[tuple[SalesDays, ...], ...]:
        """Days sales outstanding: each currency's at the last ends of months and today."""
        courses: dict[str, list[SalesDays]] = {}
        for day in month_ends(self.today):
            for each in sales_days(self.invoices, self.payments, day):
                courses.setdefault(each.owed.currency, []).append(each)
        return tuple(tuple(course) for course in courses.values() if any(each.sold for each in course))

    @cached_property
    def owed(self) -> tuple[Money, ...]:
        """Every sum of the ageing."""
        return tuple(each.owed for table in self.aged for each in table.ages)

    @cached_property
    def awaited(self) -> tuple[Money, ...]:
        """Every sum of the forecasts."""
        weeks = (w for found in self.forecasts for w in found.weeks)
        rest = (m for found in self.forecasts for m in (found.later, *found.undated.values()))
        return (*(m for w in weeks for m in (w.low, w.likely, w.high)), *rest)

    @cached_property
    def habits(self) -> Habits:
        """How late the invoices of the last year were paid; one with a credit note tells nothing."""
        credited = {p.invoice for p in self.payments if p.kind == "credit_note"}
        return habits(i for i in self.invoices if i.id not in credited)

    @cached_property
    def forecasts(self) -> tuple[Forecast, ...]:
        """What to expect, week by week."""
        return forecast(self._cases(), self.habits, self.today, self.country)

    @cached_property
    def led(self) -> tuple[Led, ...]:
        """What followed the letters of the last year."""
        written = self.books.letters.of_many({i.customer for i in self.invoices})
        lately = [x for each in written.values() for x in each if x.went_on >= self.today - BACK]
        return led_to_payment(lately, self.payments, self.today)

    def came(self, first: date, last: date) -> Came:
        """The money that came between two days."""
        return came_in(self.payments, first, last)

    def _cases(self) -> Sequence[Case]:
        """What bears on when each customer pays: what they owe, and what was agreed or contested."""
        owed: dict[str, list[Invoice]] = {}
        for invoice in self.open:
            owed.setdefault(invoice.customer, []).append(invoice)
        promised, planned = self.books.promises.of_many(owed), self.books.plans.of_many(owed)
        contested = self.books.disputes.of_many(owed)
        paid = self.books.payments.of_many({*promised, *planned})
        return [
            Case(
                customer=customer,
                invoices=tuple(owed[customer.id]),
                promises=promised.get(customer.id, ()),
                plans=planned.get(customer.id, ()),
                disputes=contested.get(customer.id, ()),
                payments=paid.get(customer.id, ()),
            )
            for customer in self.books.customers.among(owed)
        ]
