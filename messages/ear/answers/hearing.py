"""Hearing: a customer's reply, read."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from bot.hearing import STOPS, Asked, Hearing, Intent, Offered, Terms
from messages.ear.answers.evidence import Evidence, Row, evidence
from messages.ear.answers.intents import asks_for_time, hearing_of, plans, promises, waits
from messages.ear.answers.judged import judged, reason
from messages.ear.answers.order import ordered
from messages.ear.answers.payments import dated, faulty, future, hangs, offers
from messages.ear.answers.plans import counted, first_day, first_parts, once_by, terms

SHORT, LONG = 7, 11
OFFERING: frozenset[Intent] = frozenset({"promise_to_pay", "extension_request", "partial_payment"})


def hear(text: str, asked: Asked) -> Hearing:
    """What a reply says, read against what was asked."""
    said = evidence(text, asked.today, offered=asked.offered is not None)
    heard = hearing_of(said, asked.owed.decimal)
    if not (said.granted and not said.offered):
        heard = judged(said, heard)
    heard = _with_uncontested(said, _with_first(said, heard, asked), asked)
    heard = ordered(said, _with_rest(said, heard))
    quotes: list[tuple[Intent, str]] = [
        (intent, said.rows[at].sentence.text) for intent, at in heard.items() if at < len(said.rows)
    ]
    return Hearing(
        intents=tuple(heard),
        quotes=tuple(quotes),
        promised=_promised(said, heard, asked),
        plan=_plan(said, heard, asked),
        reason=reason(said) if "dispute" in heard else None,
        unsure=_unsure(said, heard),
    )


def _only_today(row: Row) -> bool:
    return all(one.meaning == "today" for one in future(row))


def _with_first(said: Evidence, heard: Mapping[Intent, int], asked: Asked) -> dict[Intent, int]:
    """A plan of which a first part is paid on a day of its own is a part and a promise too."""
    first = (
        at
        for at, row in enumerate(said.rows)
        if _is_plan(row, heard) and any(once_by(piece, row) for piece in first_parts(row, asked))
    )
    at = next(first, None)
    return dict(heard) if at is None else {"partial_payment": at, "promise_to_pay": at, **heard}


def _with_uncontested(said: Evidence, heard: Mapping[Intent, int], asked: Asked) -> dict[Intent, int]:
    """A sum that is paid on a day although the rest is contested is a part."""
    if "dispute" not in heard or not OFFERING.isdisjoint(heard):
        return dict(heard)
    paid = (
        at
        for at, row in enumerate(said.rows)
        if promises(row) and any(one.day and one.amount for one in _ahead(row, asked))
    )
    at = next(paid, None)
    return dict(heard) if at is None else {"partial_payment": at, **heard}


def _with_rest(said: Evidence, heard: Mapping[Intent, int]) -> dict[Intent, int]:
    """A part with a day ahead is a promise too: `half is sent, the rest on Friday`."""
    if "partial_payment" not in heard or "plan_request" in heard or not STOPS.isdisjoint(heard):
        return dict(heard)
    ahead = (at for at, row in enumerate(said.rows) if future(row) and _offers(row, heard))
    first = next(ahead, None)
    return dict(heard) if first is None else {"promise_to_pay": first, **heard}


def _promised(said: Evidence, heard: Mapping[Intent, int], asked: Asked) -> tuple[Offered, ...]:
    """What is put on the table; a promise without a day takes the one that is named beside it."""
    if OFFERING.isdisjoint(heard):
        return ()
    if said.granted and not said.offered:
        return offers(said.granted, asked)
    rows = _timed(said, heard)
    found = dated(
        (
            *_first(rows, heard, asked),
            *(offer for row in rows if _offers(row, heard) for offer in _ahead(row, asked)),
        )
    )
    if len(found) < 2 and not any(one.day for one in found):
        beside = [one.day for row in _beside(rows, heard) for one in future(row) if one.day]
        if not beside and len(rows) > 1 and rows != said.rows:
            beside = [one.day for row in rows for one in future(row) if one.day]
        if beside:
            found = (Offered(day=max(beside), amount=found[0].amount if found else None),)
    if "dispute" in heard and any(one.day for one in found):
        found = tuple(one for one in found if one.day)
    if "promise_to_pay" in heard:
        return found or (Offered(),)
    return tuple(one for one in found if one.day and (one.amount or "extension_request" in heard))


def _timed(said: Evidence, heard: Collection[Intent]) -> tuple[Row, ...]:
    """The sentences without an *at once* that counts from what comes first: the invoice, or a day."""
    first = not {"invoice_copy_request", "details_question"}.isdisjoint(heard)
    other = any(not hangs(one, row) for row in said.rows for one in future(row))
    if not (first or other):
        return said.rows
    return tuple(
        replace(row, days=tuple(one for one in row.days if not hangs(one, row))) for row in said.rows
    )


def _first(rows: Sequence[Row], heard: Collection[Intent], asked: Asked) -> Iterator[Offered]:
    """What is paid first and once, beside a plan in the same sentence."""
    for row in rows:
        if _is_plan(row, heard):
            yield from (
                Offered(day=once_by(piece, row), amount=piece.amount) for piece in first_parts(row, asked)
            )


def _offers(row: Row, heard: Collection[Intent]) -> bool:
    """Whether a sentence puts a payment on the table: says so, or names a sum and a day; and is no plan."""
    if _is_plan(row, heard):
        return False
    if "partial_payment" in heard and "paid" in row.cues and _only_today(row):
        return False
    sum_and_day = bool(row.days) and not {"FIGURE", "HALF"}.isdisjoint(row.sentence.places)
    return promises(row) or asks_for_time(row) or sum_and_day


def _ahead(row: Row, asked: Asked) -> tuple[Offered, ...]:
    """The payments that a sentence offers; beside what was paid or is refused, those for a day to come."""
    found = offers(row, asked)
    paid = "paid" in row.cues
    later = tuple(one for one in found if one.day and not (paid and one.day == asked.today))
    return later if later and (paid or "NOT" in row.sentence.places) else found


def _beside(rows: Sequence[Row], heard: Mapping[Intent, int]) -> Iterator[Row]:
    """The sentences whose day can be meant by a promise or a request that names none itself."""
    resting = {heard[intent] for intent in ("promise_to_pay", "extension_request") if intent in heard}
    for at, row in enumerate(rows):
        promised = "promise_to_pay" in heard and _speaks_of_money(row)
        promised = promised or ("extension_request" in heard and "PAYDAY" in row.sentence.places)
        if not _is_plan(row, heard) and (at in resting or promised):
            yield row


def _speaks_of_money(row: Row) -> bool:
    """Whether a day beside a promise can be meant by it: money comes then, or nothing else is said."""
    money = {"PAYDAY", "MONEY", "PAYMENT", "PAY", "PAYS", "FIGURE"}
    return len(row.sentence.words) < SHORT or not money.isdisjoint(row.sentence.places)


def _is_plan(row: Row, heard: Collection[Intent]) -> bool:
    return plans(row) and "plan_request" in heard and not waits(row)


def _plan(said: Evidence, heard: Collection[Intent], asked: Asked) -> Terms | None:
    if "plan_accept" in heard:
        return asked.offered
    if "plan_request" not in heard:
        return None
    rows = [row for row in said.rows if plans(row) or _names_sum_alone(row, heard)]
    found = terms(rows, asked, counter="plan_reject" in heard)
    if found and found.first_day is None and "promise_to_pay" not in heard:
        return replace(found, first_day=first_day(_following(said.rows, rows)))
    return found


def _following(all_: Sequence[Row], rows: Sequence[Row]) -> Iterator[Row]:
    """The short sentences that follow on one of these, such as `the first on 1 May`."""
    following = (later for row, later in pairwise(all_) if row in rows)
    return (row for row in following if len(row.sentence.words) < LONG)


def _names_sum_alone(row: Row, heard: Collection[Intent]) -> bool:
    """Whether a sentence beside a plan names a sum or a number of parts that nothing else is said of."""
    if not {"promise_to_pay", "partial_payment"}.isdisjoint(heard):
        return any(counted(row))
    return "FIGURE" in row.sentence.places or any(counted(row))


def _unsure(said: Evidence, heard: Collection[Intent]) -> str:
    """Why a person must read it all the same."""
    if said.commanded:
        return "orders"
    if not OFFERING.isdisjoint(heard) and any(faulty(row) for row in said.rows):
        return "day_unreadable"
    if "paid_claim" in heard and not said.cues.isdisjoint({"cash", "elsewhere", "fed_up"}):
        return "payment_elsewhere"
    if "invoice_copy_request" in heard and "new_data" in said.cues:
        return "new_details"
    if "details_question" in heard and not said.cues.isdisjoint({"worry", "new_data"}):
        return "new_details"
    return ""
