"""The clock: what is due when, and how it goes out once.

    tick       every minute, for everybody: a sweep if the nudge is due, a drain if deliveries are open,
               a pull for each accounting system whose hour has come (see rounds)
    sweep      one transaction: plan the day's nudge under its own key, move on to the next, enqueue a drain
    drain      each open delivery in turn:
      nudge    one transaction: claim it, say it, mark it sent
      letter   one transaction: still approved, still true? claim it; else it is a draft again, the owner told
               the mail server, outside any transaction
               one transaction: sent, with its exact text in the history; or failed, or later, or not known

The books are the truth and the engine only carries: every job may run twice, or be lost until the next tick.
Only the sweep moves the next nudge, in the transaction that plans this one, so missed days become one digest.
A letter that was cut off on its way is never repeated by itself: the owner is asked.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from functools import partial

from bot import workdays
from bot.deliveries import Delivery
from bot.errors import BooksShut, DeliveryError
from bot.nudges import next_nudge
from bot.parties import Business
from bot.rest import is_resting
from handlers.engine.port import Enqueue, Job
from handlers.letterbox import sending
from handlers.letterbox.hands import Hands, Outcome, Page, opened
from handlers.letterbox.sending import Parcel
from handlers.running.traces import Work, traced
from storage.books import Books

__all__ = ["Enqueue", "Hands", "Outcome", "deliver", "drain", "jobs", "sweep", "tick"]

STUMBLE = timedelta(minutes=5)
"""When to try once more what broke for a reason of our own."""
WAITS = (1, 2, 4, 8, 15, 30, 60)
"""Seconds between the tries to write down what became of a letter: two minutes in all."""

log = logging.getLogger(__name__)


def jobs(hands: Hands) -> Mapping[str, Job]:
    """What the engine is to run, by name."""
    return {"sweep": partial(sweep, hands), "drain": partial(drain, hands)}


async def tick(hands: Hands) -> None:
    """Look what is due, and hand it over to the engine."""
    await asyncio.to_thread(_look, hands)


async def sweep(hands: Hands, business: str) -> None:
    """Plan the nudge of a business that is due, and move on to the next."""
    await asyncio.to_thread(_plan, hands, business)


async def drain(hands: Hands, business: str) -> None:
    """Deliver all that is open for a business; one that breaks is logged and stops no other.

    Shut books are no fault of a letter's: it is not set aside for them.
    """
    for key in await asyncio.to_thread(_open_keys, hands, business):
        try:
            await deliver(hands, business, key)
        except BooksShut as shut:
            log.warning("the rest of %s waits for the next tick: %s", business, shut)
            return
        except Exception:
            log.exception("delivery broke: %s %s", business, key)
            await _set_aside(hands, business, key)


async def _set_aside(hands: Hands, business: str, key: str) -> None:
    try:
        await asyncio.to_thread(_stumble, hands, business, key)
    except Exception:
        log.exception("delivery could not be set aside: %s %s", business, key)


async def deliver(hands: Hands, business: str, key: str) -> None:
    """One delivery: claim, send, mark; nothing at all when somebody else has it or it is done."""
    with traced("delivery", key.partition(":")[0]) as work:
        await _deliver(hands, business, key, work)


async def _deliver(hands: Hands, business: str, key: str, work: Work) -> None:
    parcel = await asyncio.to_thread(_take, hands, business, key)
    if parcel is None:
        return
    if not timedelta(0) <= hands.now() - parcel.since <= hands.lease / 2:  # slept, or the clock was set
        await asyncio.to_thread(sending.put_back, hands, business, parcel)
        work.outcome = "put_back"
        return
    try:
        message_id = await hands.send(business, parcel.message)
    except BooksShut:  # in which it stands through whose server the letter goes: so it did not go
        work.outcome = "put_back"
        mark = partial(sending.put_back, hands, business, parcel, "books_shut")
    except DeliveryError as error:
        work.outcome = "unknown" if error.unknown else "failed" if error.permanent else "delayed"
        mark = partial(sending.mark_not_sent, hands, business, parcel, error)
    else:
        work.outcome = "sent"
        mark = partial(sending.mark_sent, hands, business, parcel, message_id)
    await _written_down(mark)


async def _written_down(mark: Callable[[], None]) -> None:
    """Write down what became of a letter: only we know, so wait for the books while they are shut."""
    for wait in WAITS:
        try:
            await asyncio.to_thread(mark)
        except BooksShut:
            log.warning("the books are shut: what became of a letter is written down later")
            await asyncio.sleep(wait)
        else:
            return
    await asyncio.to_thread(mark)


def _look(hands: Hands) -> None:
    now = hands.now()
    due = hands.database.due_nudges(now)
    waiting = dict.fromkeys(business for business, _ in hands.database.open_deliveries(now, hands.worker))
    for job, businesses in (("sweep", due), ("drain", waiting)):
        for business in businesses:
            with hands.database.books(business, now) as books:
                _hand_over(hands, books, job)
    for business, system in hands.database.due_ledgers(now):
        with hands.database.books(business, now) as books:
            _hand_over(hands, books, "pull", system)


def _hand_over(hands: Hands, books: Books, job: str, system: str = "") -> None:
    """The bucket in the key lets a job that was lost be issued again, and keeps it single until then.

    A reading stands in a line of its own: however long it takes, no letter waits for it.
    """
    bucket = int(books.now.timestamp()) // hands.pace
    place = f"{books.business.id} {system}" if system else books.business.id
    hands.enqueue(books.connection, job, f"{job}:{place}:{bucket}", place)


def _plan(hands: Hands, business: str) -> None:
    with hands.database.books(business, hands.now()) as books:
        due = books.next_nudge()
        if due is None or due > books.now:
            _not_too_far(books, due)
            return
        zone = books.business.zone
        today = workdays.local_day(books.now, zone)
        if is_resting(books.business, today):
            books.set_next_nudge(next_nudge(books.business, books.now))
            return
        if not _hour_has_come(books.business, today, books.now):
            return
        since = workdays.local_day(due, zone).isoformat()
        books.deliveries.plan(f"nudge:{today.isoformat()}", "nudge", since, books.now)
        _hand_over(hands, books, "drain")
        books.set_next_nudge(next_nudge(books.business, books.now))


def _not_too_far(books: Books, due: datetime | None) -> None:
    """After a clock that ran ahead, and was put right: the next digest is the next there can be."""
    soonest = next_nudge(books.business, books.now)
    if due and due > soonest:
        books.set_next_nudge(soonest)


def _hour_has_come(business: Business, today: date, now: datetime) -> bool:
    """Whether today is a day for a nudge and its hour is past; a missed one waits for it, keeping its day."""
    before_today = workdays.instant(today, time.min, business.zone) - timedelta(minutes=1)
    return next_nudge(business, before_today) <= now


def _open_keys(hands: Hands, business: str) -> tuple[str, ...]:
    found = hands.database.open_deliveries(hands.now(), hands.worker, business)
    return tuple(key for _, key in found)


def _take(hands: Hands, business: str, key: str) -> Parcel | None:
    with opened(hands, business) as page:
        delivery = page.books.deliveries.get(key)
        if delivery.kind == "letter":
            return sending.take(page, delivery)
        _nudge(page, delivery)
        return None


def _nudge(page: Page, delivery: Delivery) -> None:
    """Say the digest. One that is left over from another day is called off: today's tells all of it."""
    if delivery.key != f"nudge:{page.today.isoformat()}":
        page.books.deliveries.cancel(delivery.key)
        return
    if page.books.deliveries.claim(delivery.key, page.hands.worker, page.hands.lease):
        away = (page.today - date.fromisoformat(delivery.ref)).days
        page.say(page.hands.digest(page.books, page.today, away))
        page.books.deliveries.sent(delivery.key)


def _stumble(hands: Hands, business: str, key: str) -> None:
    """After a fault of our own: what was under way is in doubt, the rest is tried once more and given up."""
    with opened(hands, business) as page:
        delivery = page.books.deliveries.get(key)
        if delivery.state == "sending" and delivery.claimed_by == hands.worker:
            sending.lost_sight(page, delivery, page.books.letters.get(delivery.ref), "error")
        elif delivery.state == "planned" and page.books.deliveries.claim(key, hands.worker, hands.lease):
            _again_or_never(page, delivery)


def _again_or_never(page: Page, delivery: Delivery) -> None:
    deliveries = page.books.deliveries
    if delivery.reason != "error":
        deliveries.again(delivery.key, page.books.now + STUMBLE, "error")
    elif delivery.kind == "letter":
        sending.fail(page, delivery, page.books.letters.get(delivery.ref), DeliveryError("error"))
    else:
        deliveries.failed(delivery.key, "error")
