"""Announcements: what a letter said comes next is done on its day, moved in words, or taken back in words."""

from __future__ import annotations

from datetime import timedelta

from bot import cases, drafts, workdays
from bot.announcements import check_word
from bot.cases import Case
from bot.chat import Action, Card, Request
from bot.drafts import Occasion
from bot.errors import Refusal
from bot.letters import Letter
from bot.plans import Plan
from bot.promises import check_day
from handlers.desk import Answers, Desk, occasions
from handlers.desk import drafts as table

LATER = timedelta(days=7)
"""How much later the day is proposed."""
LONGEST = 60
"""Days by which it may be moved."""


def form(request: Request, desk: Desk) -> Card:
    """Until when the customer gets more time."""
    said, case = _said(request, desk)
    later = workdays.on_or_after(desk.today + LATER, desk.country)
    fields = (desk.field("pay_by", "date", later.isoformat()),)
    form = desk.form("announcement.move", said.id, fields, submit="go_on")
    facts = {"customer": case.customer.name, "day": said.next_day}
    return desk.card("word_later", facts, form=form, subject=case.customer.id)


def move(request: Request, desk: Desk) -> Card | Action:
    """A short letter that moves the day; the next step waits for the new one."""
    said, case = _said(request, desk)
    day = check_day(desk.day(request.values.get("pay_by") or request.action.value), desk.today, LONGEST)
    if day == desk.today:
        raise Refusal("day_past", day=day)
    again = f"announcement.move|{said.id}"
    return _written(case, drafts.of_later(said, day, desk.business), said, again, desk)


def withdraw(request: Request, desk: Desk) -> Card | Action:
    """A short letter that takes the announced step back."""
    said, case = _said(request, desk)
    return _written(case, drafts.of_taken_back(said), said, f"announcement.withdraw|{said.id}", desk)


def _said(request: Request, desk: Desk) -> tuple[Letter, Case]:
    said = desk.books.letters.get(request.action.subject)
    case = desk.books.case(said.customer)
    check_word(said, case, desk.today)
    return said, case


def _written(case: Case, occasion: Occasion, said: Letter, again: str, desk: Desk) -> Action:
    if not case.customer.language:
        return Action("customer.ask_language", case.customer.id, again)
    claims = cases.claims(case, desk.today, desk.country)
    return Action("letter.show", table.compose(case, claims, occasion, desk, said.id).id)


def soon(request: Request, desk: Desk) -> Action:
    """Draft a friendly word before the day of a promise, or of the next instalment of a plan."""
    about = request.action.subject
    agreed = next(iter(desk.books.promises.among([about])), None) or desk.books.plans.get(about)
    case = desk.books.case(agreed.customer)
    if not case.customer.language:
        return Action("customer.ask_language", case.customer.id, f"announcement.soon|{about}")
    named = agreed.invoices if isinstance(agreed, Plan) else {c.invoice for c in agreed.claims}
    claims = [c for c in cases.owed(case) if c.invoice in named]
    return Action("letter.show", table.compose(case, claims, occasions.soon(about, desk), desk, about).id)


ANSWERS: Answers = {
    "announcement.soon": soon,
    "announcement.form": form,
    "announcement.move": move,
    "announcement.withdraw": withdraw,
}
