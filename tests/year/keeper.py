"""An owner at the front door who keeps books all year: brings files, reads answers, approves what is offered.

All is done as on a page: by words, files, and buttons that stand on a card. Nothing is written past the chat.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from bot import workdays
from bot.chat import Action, Button, Card, Form, Request, Upload
from bot.nudges import Need, digest
from bot.parties import Customer
from tests.handlers.stage import House, plain, whole
from tests.handlers.walk import pressable
from tests.town import Owner
from tests.year import papers
from tests.year.truth import Bill, Coin, Firm, Word


@dataclass
class Keeper:
    """One owner through the year. `cards` are those of the last answer; `shown` is what was read since.

    `since` is the last morning; `gone` tells since when which bills are an agency's.
    """

    firm: Firm
    owner: Owner
    cards: list[Card] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)
    since: date = date.min
    gone: dict[str, date] = field(default_factory=dict)
    waiting: list[tuple[date, str, Word]] = field(default_factory=list)

    @property
    def house(self) -> House:
        """Where Purr lives."""
        return self.owner.house

    def at(self, day: date, hour: int, minute: int = 0) -> datetime:
        """A moment of the owner's day."""
        return datetime.combine(day, time(hour, minute), ZoneInfo(self.firm.business.zone))

    def ask(self, request: Request) -> None:
        """One request, and what is said to it."""
        posted = self.house.app.inbox(request)
        self.cards = [p.card for p in posted if not p.mine and not p.outcome]
        self.shown += [plain(whole(card)) for card in self.cards]

    def acts(self, verb: str, subject: str = "", value: str = "") -> None:
        """Something that a page offers, without looking for its button."""
        self.ask(Request(self.firm.business.id, action=Action(verb, subject, value)))

    def part(self, verb: str, value: str = "") -> Button | Form | None:
        """What can be pressed on the cards just said, for an action."""
        for card in reversed(self.cards):
            for part in pressable(card):
                if part.token and part.action.verb == verb and part.action.value.startswith(value):
                    return part
        return None

    def press(self, verb: str, value: str = "", **values: str) -> None:
        """Press the button or hand in the form for an action; it must be there."""
        part = self.part(verb, value)
        assert part, f"{verb} is not offered, but:\n{self.shown[-1] if self.shown else ''}"
        known = {f.name: f.value for f in part.fields} if isinstance(part, Form) else {}
        self.ask(Request(self.firm.business.id, press=part.token, values=known | values))

    def customer(self, buyer: str) -> Customer:
        """A buyer as the books know them."""
        known = self.firm.by_key[buyer]
        with self.owner.books() as books:
            return next(c for c in books.customers.all() if c.name in (known.name, known.alias))

    def morning(self, day: date) -> None:
        """A bank morning: files and answers since the last one, and all that the list asks for."""
        before, self.since = self.since, day
        self.brings([b for b in self.firm.bills if before <= b.issued < day], day)
        self.banks([c for c in self.firm.coins if before <= c.day < day], day)
        for word in self.firm.words:
            if before <= word.day < day:
                self.hears(word, day)
        self.settles(before, day)
        for at, reply, word in [w for w in self.waiting if w[0] <= day]:
            self.waiting.remove((at, reply, word))
            self.reads(reply, word, day)
        for need in self.needs(day):
            self.sees_to(need)

    def brings(self, bills: list[Bill], day: date) -> None:
        """A list of new invoices is dropped and taken in."""
        if bills:
            self.drop(f"invoices-{day}.csv", papers.invoices(bills, self.firm))
            self.press("import.confirm")

    def banks(self, coins: list[Coin], day: date) -> None:
        """The bank's file is dropped; what waits afterwards is told where it belongs."""
        if not coins:
            return
        self.drop(f"bank-{day}.xml", papers.bank(coins, self.firm, f"{day}"))
        if self.part("bank.confirm"):
            self.press("bank.confirm")
        with self.owner.books() as books:
            open_money = (*books.incoming.waiting(), *books.incoming.loose())
        by_mark = {c.mark: c for c in self.firm.coins}
        for money in open_money:
            found = [mark for mark in by_mark if mark in money.mark]
            assert found, f"who has paid with {money}?"
            coin = by_mark[found[0]]
            self.acts("bank.show", money.id)
            if self.part("bank.choose"):
                self.press("bank.choose", whose=coin.bill)

    def drop(self, name: str, content: bytes) -> None:
        """A file into the chat."""
        self.ask(Request(self.firm.business.id, files=(Upload(name, content),)))

    def hears(self, word: Word, day: date) -> None:
        """An answer is pasted, and read then or some mornings later."""
        customer = self.customer(word.buyer)
        self.acts("reply.log", customer.id, word.text)
        with self.owner.books() as books:
            reply = books.replies.of(customer.id)[-1]
        reads_on = workdays.add(day, word.unread, self.firm.business.country)
        self.waiting.append((reads_on, reply.id, word))

    def reads(self, reply: str, word: Word, day: date) -> None:
        """The owner says what an answer means, and what follows; one that is over means nothing more."""
        over = word.closed or (word.until if word.saying == "promise" else None)
        if over and over < day:
            self.acts("reply.read", reply, "other")
            return
        self.acts("reply.read", reply, word.saying)
        until = word.until.isoformat() if word.until else ""
        if word.saying == "promise":
            self.press("promise.add", day=until)
        if word.saying == "dispute":
            with self.owner.books() as books:
                (invoice,) = books.invoices.by_number(word.bill)
            self.press("dispute.open", invoice=invoice.id, reason="quality")
        if word.saying == "plan":
            self.press("plan.preview", parts=str(len(word.parts)), first_day=until, interval="monthly")
            self.press("plan.agree")
            self.press("letter.approve")

    def settles(self, before: date, day: date) -> None:
        """Disputes that were settled since the last morning are closed."""
        for word in self.firm.words:
            if word.saying == "dispute" and word.closed and before <= word.closed < day:
                with self.owner.books() as books:
                    (invoice,) = books.invoices.by_number(word.bill)
                    found = [d for d in books.disputes.of(invoice.customer) if d.closed is None]
                for dispute in found:
                    if dispute.invoice == invoice.id:
                        self.acts("dispute.settle", dispute.id)
                        self.press("dispute.close", outcome="dropped")

    def needs(self, day: date) -> tuple[Need, ...]:
        """Who needs the owner, as the list on the table says."""
        with self.owner.books() as books:
            return digest(books.cases(day), books.business, day).needs

    def sees_to(self, need: Need) -> None:
        """What a customer's card offers is done: a letter drafted and approved, a call noted."""
        self.acts("customer.show", need.case.customer.id)
        kind = need.step.kind
        if kind in ("reminder", "final_notice"):
            self.press("letter.draft")
            self.press("letter.approve")
        if kind == "call":
            self.press("call.show")
            self.press("call.note", "not_reached")
        if kind == "decide":
            self.decides(need)
        if kind == "credit":
            self.press("credit.use")
        if kind == "promise_missed":
            self.press("promise.over")
        if kind == "part_missed":
            self.press("plan.over")

    def decides(self, need: Need) -> None:
        """Claims on every second customer are handed over, where that may be; the others go on waiting."""
        if int(need.case.invoices[0].number) // 100 % 2 or not self.part("escalation.show"):
            return
        self.press("escalation.show")
        if self.part("escalation.agency"):
            self.press("escalation.agency")
            self.press("escalation.hand_over", agency="Nordisk Inkasso")
            day = self.house.clock.at.date()
            with self.owner.books() as books:
                left = [i for i in books.case(need.case.customer.id).invoices if i.state == "handed_over"]
            self.gone = {i.number: day for i in left} | self.gone

    def words_shown(self) -> Iterator[str]:
        """Every word the owner has read since this was last asked."""
        yield from self.shown
        self.shown.clear()
