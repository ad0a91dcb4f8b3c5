"""Banking: what a bank file's money would change in the books, worked out before anything is changed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.documents import Receipt
from bot.incoming import Incoming
from bot.matching import Match, Owed, resembles, stated, sure
from bot.money import Money, totals
from bot.payments import Payment

KEY = "bank:"
"""How the key of a payment begins that a bank has told of."""
Laid = tuple[str, Money]
"""The id of an invoice and how much of some money lies on it."""


@dataclass(frozen=True, slots=True)
class Row:
    """One piece of money and where it goes: placed by `match`, taken back from `taken_from`, or asked about.

    `near`: there are places where it may belong, none of them for sure.
    """

    money: Incoming
    match: Match | None = None
    near: bool = False
    taken_from: Incoming | None = None

    @property
    def placed(self) -> bool:
        """Whether it has found its place, or what it takes back."""
        return self.match is not None or self.taken_from is not None

    @property
    def asks(self) -> bool:
        """Whether it may belong somewhere, and only the owner can tell where."""
        return not self.placed and (self.near or self.money.amount.minor < 0)

    @property
    def loose(self) -> bool:
        """Whether it fits nothing that is known: most of what a business is paid is none of our matter."""
        return not self.placed and not self.asks


@dataclass(slots=True)
class Tally:
    """How much new money bank files tell of and what becomes of it; `known` is what the books had already.

    `summed` is what they tell of as sums alone, which counts where another file lists its payments.
    """

    count: int = 0
    total: tuple[Money, ...] = ()
    placed: int = 0
    asked: int = 0
    loose: int = 0
    known: int = 0
    summed: tuple[Money, ...] = ()
    through: date | None = None

    def sum_up(self, money: Iterable[Incoming]) -> None:
        """More sums alone, among new money."""
        self.summed = totals((*self.summed, *(m.amount for m in money if m.state == "aside")))

    def add(self, row: Row) -> None:
        """One more piece of new money."""
        self.count += 1
        self.total = totals((*self.total, row.money.amount))
        self.placed += row.placed
        self.asked += row.asks
        self.loose += row.loose


@dataclass(frozen=True, slots=True)
class Arrival:
    """What bank files would change; `known` is how much the books have already, `sums` are sums alone."""

    rows: tuple[Row, ...] = ()
    known: int = 0
    through: date | None = None
    sums: tuple[Incoming, ...] = ()

    @property
    def tally(self) -> Tally:
        """How much it is, and what becomes of it."""
        tally = Tally(known=self.known, through=self.through)
        tally.sum_up(self.sums)
        for row in self.rows:
            tally.add(row)
        return tally


def arrive(
    told: Iterable[Incoming],
    known: Collection[str],
    earlier: Iterable[Incoming],
    owed: Owed,
    through: date | None = None,
    laid: Callable[[Incoming], Iterable[Laid]] = lambda money: (),
) -> Arrival:
    """Where new money goes; `known` are the marks of what came before.

    `earlier` is the money of the sums that are taken back, whether it came or went; `laid` tells on what.
    """
    read = list(told)
    once: dict[str, Incoming] = {}
    for money in read:
        once.setdefault(money.mark, money)
    fresh = sorted((m for m in once.values() if m.mark not in known), key=in_turn)
    alike: dict[Money, list[Incoming]] = defaultdict(list)
    for money in earlier:
        alike[_size(money)].append(money)
    here: dict[str, list[Laid]] = {}
    rows = []
    for money in (m for m in fresh if m.state != "aside"):
        row = place(money, owed) if money.amount.minor > 0 else take_back(money, alike[_size(money)])
        if row.match:
            here[money.id] = [(invoice.id, amount) for invoice, amount in row.match.shares]
        elif row.taken_from:
            owed.give_back(here.get(row.taken_from.id) or laid(row.taken_from))
        rows.append(row)
        alike[_size(money)].append(row.money)
    sums = tuple(m for m in fresh if m.state == "aside")
    return Arrival(tuple(rows), len(read) - len(fresh), through, sums)


def told(receipts: Iterable[Receipt], name: Callable[[], str], said: Counter[str]) -> Iterator[Incoming]:
    """The money that one bank file tells of; `said` counts, through all of the file, what has no name."""
    paid = (r for r in receipts if r.amount.minor < 0 or not r.reversal)
    return (_incoming(receipt, mark, name()) for receipt, mark in _marked(paid, said))


def lumps(receipts: Iterable[Receipt], name: Callable[[], str]) -> dict[str, Incoming]:
    """By their marks the sums that are told of in parts here: none of them counts beside its parts."""
    parts: dict[str, list[Receipt]] = defaultdict(list)
    for receipt in receipts:
        if receipt.lump:
            parts[receipt.lump].append(receipt)
    return {mark: _lump(mark, some, name()) for mark, some in parts.items()}


def _lump(mark: str, parts: Sequence[Receipt], ident: str) -> Incoming:
    whole = sum((part.amount for part in parts[1:]), parts[0].amount)
    return Incoming(id=ident, day=parts[0].day, amount=whole, mark=mark, state="aside")


def in_turn(money: Incoming) -> tuple[date, bool]:
    """How money is gone through: day by day, and what was taken back on a day after all that came."""
    return money.day, money.amount.minor < 0


def place(money: Incoming, owed: Owed) -> Row:
    """Where money goes: on its invoices where that is certain, so that no later money falls on them too."""
    found = stated(money, owed)
    match = sure(found)
    if match:
        owed.pay(money, match.shares)
        return Row(replace(money, state="placed", customer=match.customer), match)
    near = bool(found) or resembles(money, owed)
    return Row(replace(money, state="waiting" if near else "loose"), near=near)


def take_back(money: Incoming, earlier: Iterable[Incoming]) -> Row:
    """The latest payment that was taken back: of that sum, and by its references or its payer.

    `earlier` is all of that sum, whether it came or went: each payment is taken back once. Where one of
    them lies on no invoice it may be that one, as of somebody who paid twice, and the owner is asked. What
    lies nowhere and has its turn later came afterwards; what had come by then is taken back first.
    """
    came = [one for one in earlier if one.customer or one.amount.minor < 0 or _by_then(one, money)]
    left, _ = _paired(_same(money, came))
    if not left or not all(one.customer for one in left):
        return Row(money)
    back = ([one for one in left if _by_then(one, money)] or left)[-1]
    return Row(replace(money, state="placed", customer=back.customer), taken_from=back)


def _by_then(one: Incoming, money: Incoming) -> bool:
    """Whether it had its turn before some other money."""
    return in_turn(one) <= in_turn(money)


def _same(money: Incoming, earlier: Iterable[Incoming]) -> list[Incoming]:
    """What was paid, or taken back, by the same references; where there is none, by the same payer."""
    others = [one for one in earlier if one.id != money.id]
    given = set(money.references)
    named = [one for one in others if given & set(one.references)]
    return named or [one for one in others if money.payer and one.payer == money.payer]


def taken_back_by(money: Incoming, earlier: Iterable[Incoming]) -> Incoming | None:
    """What took a payment back, among all of its sum; None where it stands."""
    return _paired([money, *_same(money, earlier)])[1].get(money.id)


def source(payment: Payment) -> str:
    """The id of the money that a payment, or a part of one, came of; empty where no bank has told of it."""
    is_told = payment.key.startswith(KEY)
    return payment.key.removeprefix(KEY).partition(":")[0] if is_told else ""


def _paired(alike: Iterable[Incoming]) -> tuple[list[Incoming], dict[str, Incoming]]:
    """The payments of one sum that stand, the latest last; and by the ids of the rest what took them back.

    What was set aside took back one that lies on no invoice.
    """
    left: list[Incoming] = []
    gone: dict[str, Incoming] = {}
    for one in sorted(alike, key=in_turn):
        if one.amount.minor > 0:
            left.append(one)
        elif one.state in ("placed", "aside"):
            is_placed = one.state == "placed"
            back = next((m for m in reversed(left) if bool(m.customer) == is_placed), None)
            if back:
                left.remove(back)
                gone[back.id] = one
    return left, gone


def _size(money: Incoming) -> Money:
    return money.amount if money.amount.minor >= 0 else -money.amount


def _incoming(receipt: Receipt, mark: str, ident: str) -> Incoming:
    return Incoming(
        id=ident,
        day=receipt.day,
        amount=receipt.amount,
        mark=mark,
        references=receipt.references,
        payer=receipt.payer,
        text=receipt.text,
        account=receipt.account,
        state="aside" if receipt.is_sum else "waiting",
    )


def _marked(receipts: Iterable[Receipt], said: Counter[str]) -> Iterator[tuple[Receipt, str]]:
    """Each with the bank's name for it; where it gave none, what it says, counted where two say the same."""
    for receipt in receipts:
        if receipt.mark:
            yield receipt, receipt.mark
            continue
        fields = (receipt.day.isoformat(), str(receipt.amount.minor), receipt.amount.currency, receipt.payer)
        text = "|".join((*fields, *receipt.references, receipt.text))
        said[text] += 1
        yield receipt, f"{text}|{said[text]}"
