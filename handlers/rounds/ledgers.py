"""Rounds of the clock to the connected accounting systems: each claimed, read, taken in.

pull     one transaction: claim it until later, so that of two workers one reads
         the system, outside any transaction
         one transaction: still ours? take in what it told, or note what is wrong; plan the next reading
         the PDFs that are missing, outside any transaction; one transaction: put them to their invoices
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import date, datetime
from threading import Thread
from typing import TypeVar

from bot.ledgers import Connection, Fetch, FetchPapers, Pulled
from bot.rounds import LEASE
from handlers.desk import Desk, ledgers
from handlers.letterbox.hands import Hands, Page, opened
from storage.books import Books

T = TypeVar("T")
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Rounds:
    """What the rounds need beside the hands: the desk of some books, and two ways to speak to a system."""

    desk: Callable[[Books], Desk]
    fetch: Fetch
    fetch_papers: FetchPapers


@dataclass(frozen=True, slots=True)
class Errand:
    """One reading that is ours until a moment."""

    business: str
    connection: Connection
    until: datetime
    today: date


async def pull(hands: Hands, rounds: Rounds, place: str) -> None:
    """Read one connected system, named by its business and its key; nothing when somebody else has it."""
    business, _, system = place.partition(" ")
    errand = await asyncio.to_thread(_claim, hands, business, system)
    if errand is None:
        return
    found = await _apart(lambda: rounds.fetch(errand.connection, errand.today))
    wanted = await asyncio.to_thread(_settle, hands, rounds, errand, found)
    if wanted:
        papers = await _apart(lambda: rounds.fetch_papers(errand.connection, wanted, errand.today))
        await asyncio.to_thread(_keep, hands, rounds, errand, papers)


def _claim(hands: Hands, business: str, system: str) -> Errand | None:
    with opened(hands, business) as page:
        until = page.books.now + LEASE
        found = page.books.connections.claim(system, until)
        return Errand(business, found, until, page.today) if found else None


def _settle(hands: Hands, rounds: Rounds, errand: Errand, found: Pulled | str) -> Mapping[str, str]:
    """Write down what came of a reading; which PDFs are still to be fetched."""
    with opened(hands, errand.business) as page:
        mine = page.books.connections.claimed(errand.connection.system, errand.until)
        if mine is None:
            return {}
        desk = rounds.desk(page.books)
        if isinstance(found, str):
            page.say(ledgers.failed(mine, found, desk))
            return {}
        for card in ledgers.read(mine, found, desk):
            page.say(card)
        _renew(page)
        return ledgers.wanted(found, desk)


def _renew(page: Page) -> None:
    """The lists that are shown follow the books, also where nothing is said."""
    page.said.extend(page.hands.renew(page.books, page.said))


def _keep(hands: Hands, rounds: Rounds, errand: Errand, papers: Mapping[str, bytes]) -> None:
    with opened(hands, errand.business) as page:
        ledgers.keep_papers(papers, rounds.desk(page.books))


async def _apart(work: Callable[[], T]) -> T:
    """Do what may take long in a thread of its own: the chat needs the others, and a stop waits for none."""
    done: Future[T] = Future()
    done.set_running_or_notify_cancel()

    def run() -> None:
        try:
            done.set_result(work())
        except Exception as problem:
            log.debug("reading broke", exc_info=True)
            done.set_exception(problem)

    Thread(target=run, daemon=True).start()
    return await asyncio.wrap_future(done)
