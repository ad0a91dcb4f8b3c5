"""A town lives through its year with Purr, and every evening all promises are asked of what happened."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from email.message import EmailMessage
from pathlib import Path
from zoneinfo import ZoneInfo

from bot import workdays
from bot.letters import LADDER, Letter, fingerprint
from tests.handlers.stage import body, plain
from tests.mailserver import MailServer
from tests.town import Owner, clocks, neighbour, owner_of
from tests.year.keeper import Keeper
from tests.year.promises import broken
from tests.year.sources import unfounded
from tests.year.truth import Firm, Town

LONG = timedelta(days=21)
"""Longer than any first step, pause after a question, or time between two letters takes."""


@dataclass
class Life:
    """Businesses under one roof, on one clock and in one database, each with an owner who keeps its books."""

    town: Town
    mail: MailServer
    keepers: tuple[Keeper, ...]
    days: int = 0
    mornings: int = 0
    letters: int = 0
    wrong: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, town: Town, folder: Path, mail: MailServer) -> Life:
        """The first morning, before anything has happened."""
        first, *others = town.firms
        begin = f"{town.first.isoformat()} 06:00"
        owner = owner_of(first.business, folder, mail, begin)
        owners = [owner, *(neighbour(owner, firm.business) for firm in others)]
        pairs = zip(town.firms, owners, strict=True)
        return cls(town, mail, tuple(Keeper(firm, each) for firm, each in pairs))

    def run(self) -> Life:
        """Every day in turn, each with its evening."""
        for day in self.town.days():
            self.lives(day)
            self.days += 1
        for keeper in self.keepers:
            self.note(day, keeper, self._whole_year(keeper))
        return self

    def lives(self, day: date) -> None:
        """One day: a morning for each owner whose banks are open, letters out, the evening's questions."""
        before = len(self.mail.messages)
        working = [k for k in self.keepers if is_at_work(k.firm, day)]
        self._clock(day, 8, workers=1)
        for keeper in working:
            self.mornings += 1
            listed = {need.case.customer.id for need in keeper.needs(day)}
            self.note(day, keeper, self._word_kept(keeper, day, listed))
            self.note(day, keeper, self._forgotten(keeper, day, listed))
            keeper.morning(day)
        keeper = self.keepers[0]
        self._clock(day, 9, workers=2)
        self._evening(day, self.mail.messages[before:], working)
        assert keeper.house.jobs == []

    def note(self, day: date, keeper: Keeper, found: Iterator[str]) -> None:
        """What was found wrong, with where and when."""
        self.wrong += [f"seed {self.town.seed} {day} {keeper.firm.business.name}: {each}" for each in found]

    def _clock(self, day: date, hour: int, workers: int) -> None:
        owner = self.keepers[0].owner
        zone = ZoneInfo(self.keepers[0].firm.business.zone)
        owner.house.clock.at = datetime.combine(day, time(hour), zone)
        clocks(owner, workers)

    def _evening(self, day: date, mails: list[EmailMessage], working: list[Keeper]) -> None:
        """Every mail of the day is one approved letter, in its words, to whom it is for, and no other."""
        kept = {x.message_id: (k, x) for k in self.keepers for x in letters(k.owner) if x.message_id}
        seen: set[tuple[str, str]] = set()
        for message in mails:
            found = kept.get(str(message["Message-ID"]))
            if found is None:
                self.wrong.append(
                    f"seed {self.town.seed} {day}: a mail that is no letter: {message['Subject']}"
                )
                continue
            keeper, letter = found
            self.letters += 1
            self.note(day, keeper, self._mail(message, letter, keeper, keeper in working))
            if letter.kind in LADDER:
                self.note(day, keeper, _twice(seen, str(message["To"]), letter))
        for keeper in self.keepers:
            self.note(day, keeper, self._strangers(keeper, "\n".join(keeper.words_shown())))

    def _mail(self, message: EmailMessage, letter: Letter, keeper: Keeper, is_open: bool) -> Iterator[str]:
        words = plain(f"{message['Subject']}\n{body(message)}")
        where = f"{letter.kind} to {message['To']}"
        if not is_open:
            yield f"{where} while nobody is at work"
        if letter.approved_by != keeper.firm.business.owner or letter.approved_text != fingerprint(letter):
            yield f"{where} without approval of that text"
        if words.split() != plain(f"{letter.subject}\n{letter.body}").split():
            yield f"{where} in other words than were approved"
        buyer = self._buyer(letter, keeper)
        if keeper.firm.by_key[buyer].email not in str(message["To"]):
            yield f"{where}, whose address is {keeper.firm.by_key[buyer].email}"
        yield from (f"{where}: {each}" for each in unfounded(letter, keeper.firm, self.numbers(keeper)))
        yield from (f"{where}: {each}" for each in self._figures(words, letter, keeper))
        yield from (f"{where}: {each}" for each in self._strangers(keeper, words))

    def _figures(self, words: str, letter: Letter, keeper: Keeper) -> Iterator[str]:
        """The sum to pay, the account and each reference stand in the letter as the books have them."""
        digits = "".join(c for c in words if c.isdigit())
        numbers, bills = self.numbers(keeper), {b.number: b for b in keeper.firm.bills}
        for claim in letter.claims if letter.kind in LADDER else ():
            bill = bills[numbers[claim.invoice]]
            for what in (bill.number, bill.reference.lstrip("0"), str(claim.amount.minor)):
                if what not in digits and what.rstrip("0") not in digits:
                    yield f"{what} of {bill.number} is not in the letter"
        account = "".join(c for c in keeper.firm.business.account if c.isdigit())
        if letter.kind in LADDER and account not in digits:
            yield "the account is not in the letter"

    def _strangers(self, keeper: Keeper, words: str) -> Iterator[str]:
        """What only another business knows."""
        figures = set(re.findall(r"\d+", words))
        for other in (k.firm for k in self.keepers if k is not keeper):
            names = [other.business.name, *(b.name for b in other.buyers), *(b.email for b in other.buyers)]
            known = [n for n in names if n in words] + [
                b.reference for b in other.bills if b.reference in figures
            ]
            yield from (f"reads {each!r} of another business" for each in known)

    def _word_kept(self, keeper: Keeper, day: date, listed: set[str]) -> Iterator[str]:
        """What was announced for today, or since the last morning, is put before the owner if still owed."""
        numbers = self.numbers(keeper)
        bills = {b.number: b for b in keeper.firm.bills}
        for letter in letters(keeper.owner):
            if letter.kind not in LADDER or not letter.reached or letter.next_day is None:
                continue
            if not keeper.since < letter.next_day <= day:
                continue
            buyer = bills[numbers[letter.claims[0].invoice]].buyer
            about = [bills[n] for c in letter.claims if (n := numbers[c.invoice]) not in keeper.gone]
            due = [b for b in about if not keeper.firm.spared(b, day) and b in keeper.firm.late(buyer, day)]
            is_silent = keeper.firm.hushed(buyer, day) or _spoken(keeper.firm, buyer, letter.went_on, day)
            if due and not is_silent and letter.customer not in listed:
                yield f"{letter.next_step} was announced to {buyer} for today, and nobody is asked"

    def _forgotten(self, keeper: Keeper, day: date, listed: set[str]) -> Iterator[str]:
        """Who has been late for long, was never written to about it, and is not put before the owner."""
        firm, numbers, sent = keeper.firm, self.numbers(keeper), letters(keeper.owner)
        if firm.away[0] <= day and day - LONG <= firm.away[1]:
            return
        written = {numbers[c.invoice] for x in sent if x.reached for c in x.claims}
        for buyer in firm.buyers:
            late = [b for b in firm.late(buyer.key, day) if firm.last_day(b) + LONG < day]
            late = [b for b in late if b.number not in written and not firm.spared(b, day)]
            rests = firm.hushed(buyer.key, day) or _spoken(firm, buyer.key, day - LONG, day)
            if not late or rests or (who := keeper.customer(buyer.key).id) in listed:
                continue
            if not any(x.customer == who and x.reached and x.went_on + LONG > day for x in sent):
                yield f"{buyer.name} is late with {late[0].number}, and nobody is asked about it"

    def _whole_year(self, keeper: Keeper) -> Iterator[str]:
        """The whole year's letters, buyer for buyer, and the history that tells of each."""
        numbers, written = self.numbers(keeper), letters(keeper.owner)
        for buyer in keeper.firm.buyers:
            mine = [x for x in written if self._buyer(x, keeper) == buyer.key]
            yield from broken(mine, buyer.key, keeper.firm, numbers)
        for letter in (x for x in written if x.kind in LADDER and x.reached):
            for number in (numbers[c.invoice] for c in letter.claims):
                if keeper.gone.get(number, date.max) < letter.went_on:
                    yield f"{number} was asked for on {letter.went_on}, though it is an agency's"
        past = keeper.owner.past()
        told = [(e.customer, e.data.get("text")) for e in past if e.kind == "sent"]
        agreed = [(e.customer, e.data.get("text")) for e in past if e.kind == "approved" and e.who]
        sent = [(x.customer, x.body) for x in written if x.state == "sent"]
        if sorted(told, key=str) != sorted(sent, key=str):
            yield f"the history tells of {len(told)} letters, and {len(sent)} went out"
        yield from (f"{one[0]} has no approval in the history" for one in sent if one not in agreed)

    def numbers(self, keeper: Keeper) -> dict[str, str]:
        """The numbers of a business's invoices by their ids."""
        with keeper.owner.books() as books:
            return {i.id: i.number for i in books.invoices.all()}

    def _buyer(self, letter: Letter, keeper: Keeper) -> str:
        """Whom a letter is to, by the key that the truth has."""
        with keeper.owner.books() as books:
            name = books.customers.get(letter.customer).name
        return next(b.key for b in keeper.firm.buyers if name in (b.name, b.alias))


def is_at_work(firm: Firm, day: date) -> bool:
    """Whether the owner looks at the list that day."""
    return workdays.is_bank_day(day, firm.business.country) and not firm.is_away(day)


def letters(owner: Owner) -> tuple[Letter, ...]:
    """All letters of a business."""
    return owner.letters()


def _twice(seen: set[tuple[str, str]], to: str, letter: Letter) -> Iterator[str]:
    if (to, letter.customer) in seen:
        yield f"two letters to {to} on one day"
    seen.add((to, letter.customer))


def _spoken(firm: Firm, buyer: str, since: date, day: date) -> bool:
    """Whether the buyer wrote since a day, or a dispute of theirs was settled: the next step waits."""
    mine = [w for w in firm.words if w.buyer == buyer]
    return any(since <= each <= day for w in mine for each in (w.day, w.closed) if each)
