"""Rounds: when each connected accounting system is read the next time, and what follows from a reading."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zlib import crc32

from bot import workdays
from bot.ledgers import Connection
from bot.parties import Business

MORNING, EVENING = 7, 18
"""The hours of the day in which systems are read, earlier or later where the digest is."""
HOUR = timedelta(hours=1)
SPREAD = timedelta(minutes=50)
"""How far into its hour a reading may fall: it is over before the digest of the next."""
APART = timedelta(minutes=20)
"""The least time between two readings that go well."""
LEASE = timedelta(minutes=30)
"""How long a reading belongs to who began it."""
SOON = timedelta(minutes=1)
"""When to go on with what was left for the clock."""
AGAIN, LONGEST = timedelta(minutes=10), timedelta(hours=6)
"""When to try again what went wrong for the first time, and the longest such wait: it doubles in between.

A system that is busy has asked for more time than a reading has patience for, so it gets an hour at least.
"""
REST = timedelta(hours=20)
"""When to try again what only the owner can mend."""
OWNERS = ("not_found", "refused")
"""Troubles that only the owner can mend."""
PATIENCE = 3
"""How often in a row something that passes by itself goes wrong before the owner hears of it."""


def next_round(business: Business, system: str, after: datetime) -> datetime:
    """The next hourly reading at least `APART` after a moment, in working hours and at its own minute."""
    earliest = after + APART
    slots = _slots(business, system, workdays.local_day(after, business.zone))
    return next(at for at in slots if at >= earliest)


def _slots(business: Business, system: str, day: date) -> Iterator[datetime]:
    """Every reading there may be from a day on."""
    shift = spread(business, system)
    while True:
        day = workdays.on_or_after(day, business.country)
        for hour in _hours(business):
            yield workdays.instant(day, time(hour), business.zone) + shift
        day += timedelta(days=1)


def spread(business: Business, system: str) -> timedelta:
    """How far into the hour a business's readings of a system fall, the same every time."""
    seconds = crc32(f"{business.id}:{system}".encode()) % int(SPREAD.total_seconds())
    return timedelta(seconds=seconds)


def _hours(business: Business) -> range:
    """The hours of a day in which systems are read, that before the digest among them."""
    digest = business.nudge_at.hour
    return range(max(0, min(MORNING, digest - 1)), max(EVENING, digest))


def after_reading(
    connection: Connection, cursor: str, noted: str, business: Business, at: datetime
) -> Connection:
    """A connection that was read, up to `cursor`; `noted` are the problems that the owner has been shown."""
    return replace(
        connection,
        cursor=cursor,
        pulled_at=at,
        trouble="",
        failures=0,
        told=False,
        noted=noted,
        next_at=next_round(business, connection.system, at),
    )


def after_trouble(
    connection: Connection, trouble: str, business: Business, at: datetime, *, told: bool = False
) -> Connection:
    """A connection that could not be read; one that was never taken in still waits for the owner."""
    failed = replace(connection, trouble=trouble, failures=connection.failures + 1)
    return replace(
        failed,
        told=connection.told or told or is_to_be_told(failed),
        next_at=_again(failed, business, at) if connection.pulled_at else None,
    )


def is_to_be_told(connection: Connection) -> bool:
    """Whether the owner should hear of what is wrong: only they can mend it, or it does not pass."""
    return bool(connection.trouble) and (connection.trouble in OWNERS or connection.failures >= PATIENCE)


def is_old(connection: Connection, business: Business, at: datetime) -> bool:
    """Whether a system should have been read since: its next reading was missed by more than an hour."""
    seen = connection.pulled_at
    return seen is not None and at > next_round(business, connection.system, seen) + HOUR


def _again(failed: Connection, business: Business, at: datetime) -> datetime:
    """When to try again, ever later, and not outside the hours of reading."""
    if failed.trouble in OWNERS:
        return next_round(business, failed.system, at + REST)
    first = HOUR if failed.trouble == "busy" else AGAIN
    wait = min(first * 2 ** min(failed.failures - 1, 9), LONGEST)
    again = at + wait + spread(business, failed.system) * (wait / LONGEST)
    return again if _is_open(business, again) else next_round(business, failed.system, again)


def _is_open(business: Business, at: datetime) -> bool:
    """Whether a moment is in the hours of reading."""
    here = workdays.local(at, business.zone)
    return workdays.is_bank_day(here.date(), business.country) and here.hour in _hours(business)
