"""Joining: two customers of one number made one debtor, what stands against it, and the way back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from typing import Literal

from bot import plans
from bot.buyers import telling_digits
from bot.cases import Case
from bot.escalations import Escalation
from bot.invoices import is_open
from bot.ladder import in_force, names
from bot.ledger import number_key
from bot.parties import Contact, Customer

Obstacle = Literal["letter", "agreement", "word", "invoice", "kind"]
"""A letter on its way; something agreed with both; a day named by one that the other's letter takes back; one
invoice twice; what the law takes them for."""
Since = Literal["letter", "answer", "agreement", "money", "escalation"]
"""What may have happened with the two as one, after which they are not taken apart."""
OF_BOTH = frozenset({"no_contact", "mine", "standing", "since", "looked_up"})
"""What was said of the two as one holds for each of them afterwards."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Join:
    """Two customers who were made one: `id` is that of the one who went, `customer` of the one who stayed.

    `gone` and `before` are the two as they were. `moved` are the ids of what was with the one who went, by
    table; `known` of all that had been written, heard, agreed and paid with either by then.
    """

    id: str
    customer: str
    at: datetime
    by: str
    gone: Customer
    before: Customer
    moved: Mapping[str, tuple[str, ...]]
    known: tuple[str, ...]


def twins(customer: Customer, others: Iterable[Customer], home: str) -> tuple[Customer, ...]:
    """Those of the same number in the same country, but for whom the owner knows to be somebody else."""
    return tuple(c for c in others if is_one_number(customer, c, home) and not _are_apart(customer, c))


def is_one_number(one: Customer, other: Customer, home: str) -> bool:
    """Whether two customers have the same number in the same country."""
    digits = telling_digits(one.number)
    is_same = bool(digits) and digits == telling_digits(other.number)
    return one.id != other.id and is_same and (one.country or home) == (other.country or home)


def _are_apart(one: Customer, other: Customer) -> bool:
    return one.id in other.apart or other.id in one.apart


def ordered(one: Case, other: Case) -> tuple[Case, Case]:
    """Who stays and who goes: the one with more open invoices stays, of two alike the older."""
    return (one, other) if _weight(one) >= _weight(other) else (other, one)


def _weight(case: Case) -> tuple[int, int, str]:
    since = min((i.issued or i.due or date.max for i in case.invoices), default=date.max)
    return sum(map(is_open, case.invoices)), -since.toordinal(), case.customer.id


def obstacles(one: Case, other: Case) -> tuple[Obstacle, ...]:
    """What stands against joining two just now; empty: they can be."""
    return tuple(_obstacles(one, other))


def _obstacles(one: Case, other: Case) -> Iterator[Obstacle]:
    if any(letter.pending for letter in (*one.letters, *other.letters)):
        yield "letter"
    if _is_agreed(one) and _is_agreed(other):
        yield "agreement"
    if _unsays(one, other):
        yield "word"
    if {*_numbers(one, True)} & {*_numbers(other)} or {*_numbers(one)} & {*_numbers(other, True)}:
        yield "invoice"
    if len({one.customer.kind, other.customer.kind} - {"unknown"}) > 1:
        yield "kind"


def _is_agreed(case: Case) -> bool:
    return any(p.state == "open" for p in case.promises) or any(p.state in plans.ALIVE for p in case.plans)


def _unsays(one: Case, other: Case) -> bool:
    """Whether the last word given to one would hold no more, as ours to the other was taken back since."""
    last = (*in_force(one.letters)[-1:], *in_force(other.letters)[-1:])
    still = in_force(sorted((*one.letters, *other.letters), key=lambda x: x.went_on))
    owed = [i.id for i in (*one.invoices, *other.invoices) if is_open(i) and i.state == "open"]
    return any(x.next_day and x not in still and any(names(x, i) for i in owed) for x in last)


def _numbers(case: Case, only_open: bool = False) -> Iterator[str]:
    return (number_key(i.number) for i in case.invoices if is_open(i) or not only_open)


def joined(stay: Customer, gone: Customer) -> Customer:
    """The one who stays, with what was known of the other alone, and left in peace where either was."""
    register = max((stay, gone), key=lambda c: c.looked_up or date.min)
    return replace(
        stay,
        kind=gone.kind if stay.kind == "unknown" else stay.kind,
        country=stay.country or gone.country,
        language=stay.language or gone.language,
        contacts=(*stay.contacts, *_contacts(stay, gone)),
        no_contact=stay.no_contact or gone.no_contact,
        mine=stay.mine or gone.mine,
        address=stay.address or gone.address,
        standing=register.standing,
        since=register.since,
        looked_up=register.looked_up,
        payday=stay.payday or gone.payday,
        also=tuple(dict.fromkeys(n for n in (*stay.also, *gone.names) if n != stay.name)),
        apart=tuple(dict.fromkeys(i for i in (*stay.apart, *gone.apart) if i not in (stay.id, gone.id))),
    )


def _contacts(stay: Customer, gone: Customer) -> Iterator[Contact]:
    """Who else is known there; letters go to them only where nobody was known to get them."""
    reached = _emails(stay)
    for contact in gone.contacts:
        is_needed = not (stay.cc if contact.role == "approver" else stay.to)
        if not contact.email or contact.email.casefold() not in reached:
            yield contact if is_needed else replace(contact, role="other")


def parted(now: Customer, join: Join) -> tuple[Customer, Customer]:
    """Who stayed and who went, as each was, but for what has become of them since they are one."""
    then = joined(join.before, join.gone)
    new = {f.name: getattr(now, f.name) for f in fields(Customer)}
    new = {name: value for name, value in new.items() if value != getattr(then, name)}
    stay = replace(join.before, **new)
    gone = replace(join.gone, **{name: value for name, value in new.items() if name in OF_BOTH})
    return apart(replace(stay, contacts=tuple(_kept(stay, join))), gone)


def _kept(stay: Customer, join: Join) -> Iterator[Contact]:
    """Who is known at the one who stays once the other is out of them again, with whom their people go."""
    before, theirs = (_emails(each) for each in (join.before, join.gone))
    for contact in stay.contacts:
        is_new = contact.role != "other" and contact.email.casefold() not in theirs - before
        if is_new or contact in join.before.contacts:
            yield contact


def _emails(customer: Customer) -> frozenset[str]:
    return frozenset(c.email.casefold() for c in customer.contacts if c.email)


def apart(one: Customer, other: Customer) -> tuple[Customer, Customer]:
    """Both, known to be two from here on."""
    return _not(one, other), _not(other, one)


def _not(one: Customer, other: Customer) -> Customer:
    return replace(one, apart=tuple(dict.fromkeys((*one.apart, other.id))))


def known(case: Case, left: Iterable[Escalation]) -> tuple[str, ...]:
    """The ids of all that has been written, heard, agreed and paid with a customer."""
    return tuple(each for _, each in _told(case, left))


def hindrance(join: Join, case: Case, left: Iterable[Escalation]) -> Since | None:
    """What has happened with the two as one, so that it cannot be said whose it would be; None: nothing."""
    before = {*join.known}
    return next((what for what, each in _told(case, left) if each not in before), None)


def _told(case: Case, left: Iterable[Escalation]) -> Iterator[tuple[Since, str]]:
    yield from (("letter", x.id) for x in case.letters if x.reached or x.pending)
    yield from (("answer", x.id) for x in case.replies)
    yield from (("answer", x.id) for x in case.calls)
    yield from (("agreement", x.id) for x in case.promises)
    yield from (("agreement", x.id) for x in case.plans)
    yield from (("agreement", x.id) for x in case.disputes)
    yield from (("money", x.id) for x in case.payments)
    yield from (("escalation", x.id) for x in left)
