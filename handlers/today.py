"""Today: what needs the owner this morning, most important first."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta

from bot.cases import Case
from bot.causes import is_told, summary
from bot.chat import Action, Button, Card, Item, Request
from bot.clearance import is_ready
from bot.nudges import Digest, Need, digest
from bot.reports import closes_week
from bot.rest import asked_after
from handlers.desk import Answers, Desk, closing
from handlers.desk.needs import ROWS, row, why


def show(request: Request, desk: Desk) -> Card:
    """What needs the owner today: `today`, or a further page of it."""
    page = int(request.action.value or 0)
    return _card(_found(desk, page), desk, page=page)


def morning(desk: Desk, *, away: int = 0, greet: bool = False) -> Card:
    """The digest of the day; `away`: for how many days there was none; `greet`: it came by itself."""
    card = _card(_found(desk), desk, away=away, greet=greet)
    return replace(card, more=_month(desk)) if greet else card


def _month(desk: Desk) -> tuple[Card, ...]:
    """Why the business was paid late in the month that has gone, told on the first bank day of the next."""
    if not is_told(desk.today, desk.country):
        return ()
    month = (desk.today.replace(day=1) - timedelta(days=1)).replace(day=1)
    found = summary(desk.books.closings.since(month), month)
    if not found.causes:
        return ()
    advice = desk.word(f"agreements.prevents.{found.suggestion}") if found.suggestion else ""
    causes = [{"cause": desk.word(f"agreements.causes.{c}"), "count": n} for c, n in found.causes]
    facts = {"month": month, "count": found.count, "causes": causes, "advice": advice}
    return (desk.card("month_summed", facts, buttons=(_report("why", desk),)),)


def _found(desk: Desk, page: int = 0, named: Collection[str] = ()) -> Digest:
    """Who needs the owner, as far as to the end of a page; and those named, by their ids or names."""

    def is_named(case: Case) -> bool:
        return case.customer.id in named or case.customer.name in named

    return digest(desk.books.cases(desk.today), desk.business, desk.today, (page + 1) * ROWS, is_named)


def _mails(desk: Desk) -> tuple[Item, ...]:
    """A row for the mails of which nobody knows whose they are, if there are any."""
    if not (count := len(desk.books.mails.waiting())):
        return ()
    opens = Button(desk.word("buttons.open"), Action("mail.list"), look=True)
    return (Item(desk.word("mail.waiting", count=count), desk.word("mail.whose"), button=opens),)


def _card(found: Digest, desk: Desk, *, page: int = 0, away: int = 0, greet: bool = False) -> Card:
    if not found.needs:
        return _quiet(found, desk)
    page = min(page, (found.count - 1) // ROWS)
    first = found.needs[0]
    facts = {
        "count": found.count,
        "customer": first.case.customer.name,
        "reason": why(first, desk),
        "looks": found.looking,
        "away": away,
        "greet": greet,
        "day": found.day,
        "again": asked_after(desk.business, found.day),
    }
    shown = found.needs[page * ROWS : (page + 1) * ROWS]
    return desk.card(
        "digest",
        facts,
        items=(*(row(n, desk) for n in shown), *(_mails(desk) if page == 0 else ())),
        buttons=(*_together(shown, desk), *_pages(found, page, desk)),
        in_place=page > 0,
        topic=f"digest {found.day.isoformat()} {page}",
    )


def _together(shown: Iterable[Need], desk: Desk) -> tuple[Button, ...]:
    """The way to write to all of them at once, where there are several to write to."""
    ready = sum(is_ready(need.case, need.step, desk.business, desk.today) for need in shown)
    return (desk.button("draft_all", "draft.all"),) if ready > 1 else ()


def renewed(card: Card, desk: Desk) -> Card:
    """The same list as it is now, with whoever has been seen to at its end. One of an earlier day rests."""
    _, day, page = card.topic.split()
    if date.fromisoformat(day) != desk.today:
        return card
    named = {i.button.action.subject if i.button else i.title for i in card.items}
    found = _found(desk, int(page), named)
    done = tuple(_handled(card, found, desk))
    fresh = _card(found, desk, page=int(page)) if found.needs else _all_done(found, desk)
    items = (*fresh.items, *done)
    if card.text.endswith(fresh.text) and _written(items) == _written(card.items):
        return card
    return replace(fresh, items=items, topic=card.topic, in_place=False)


def _handled(card: Card, found: Digest, desk: Desk) -> Iterator[Item]:
    """The rows that need nobody any more, the latest of them, with nothing to press."""
    customers = [n.case.customer for n in found.asked_for]
    ids = {c.id for c in customers} | {i.button.action.subject for i in _mails(desk) if i.button}
    names = {c.name for c in customers}
    gone = [i for i in card.items if not (i.button.action.subject in ids if i.button else i.title in names)]
    return (Item(i.title, desk.word("handled")) for i in gone[-ROWS:])


def _written(items: Iterable[Item]) -> list[tuple[str, str, str]]:
    return [(i.title, i.text, i.amount) for i in items]


def _all_done(found: Digest, desk: Desk) -> Card:
    facts = {"day": found.day, "again": asked_after(desk.business, found.day)}
    return desk.card("all_done", facts, items=_mails(desk), buttons=_pages(found, 0, desk))


def _pages(found: Digest, page: int, desk: Desk) -> tuple[Button, ...]:
    left = found.count - (page + 1) * ROWS
    more = desk.button("more", "today.show", value=str(page + 1), style="quiet")
    looks = desk.button("just_late", "today.looks", style="quiet", look=True)
    there = (*((more,) if left > 0 else ()), *((looks,) if found.looks else ()))
    return (*there, *_money(desk), *_closed(desk), *_week(desk))


def _week(desk: Desk) -> tuple[Button, ...]:
    """The way to the week in three minutes, on its last bank day."""
    return (_report("week", desk),) if closes_week(desk.today, desk.country) else ()


def _report(name: str, desk: Desk) -> Button:
    return Button(desk.word(f"reports.buttons.{name}"), Action(f"report.{name}"), "quiet", look=True)


def _closed(desk: Desk) -> tuple[Button, ...]:
    """The way to say why it was late, of those whose matter has closed."""
    return (desk.button("why_late", "cause.list", style="quiet", look=True),) if closing.unasked(desk) else ()


def _money(desk: Desk) -> tuple[Button, ...]:
    """The way to money that waits to be told where it belongs, if there is any."""
    if not desk.books.incoming.waiting():
        return ()
    return (desk.button("bank_waiting", "bank.list", style="quiet", look=True),)


def looks(_request: Request, desk: Desk) -> Card:
    """Who is just late and can wait a few days, or owes a small sum that waits for more."""
    found = _found(desk)
    facts = {"count": found.looking - found.small, "small": found.small}
    return desk.card("just_late", facts, items=tuple(row(n, desk) for n in found.looks[:ROWS]))


def _quiet(found: Digest, desk: Desk) -> Card:
    """One quiet line, with whoever is just late."""
    looks = (desk.button("just_late", "today.looks", style="quiet", look=True),) if found.looks else ()
    buttons = (*looks, *_money(desk), *_closed(desk), *_week(desk))
    facts = {"looks": found.looking - found.small, "small": found.small}
    facts |= {"parked": len(desk.books.invoices.parked())}
    return desk.card("empty_day", facts, items=_mails(desk), buttons=buttons)


ANSWERS: Answers = {"today.show": show, "today.looks": looks}
TOPICS: Mapping[str, Callable[[Card, Desk], Card]] = {"digest": renewed}
