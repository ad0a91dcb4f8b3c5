"""Books: all that one piece of work may read and write, of one business and in one transaction."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime

import sqlalchemy as sa

from bot.cases import Case, bearing_on
from bot.errors import Refusal
from bot.joining import Join, joined, parted
from bot.parties import Business, Customer
from bot.payments import Payment
from storage import disputes, plans, promises, replies
from storage.closings import Closings
from storage.connections import Connections
from storage.conversations import Lines
from storage.deliveries import Deliveries
from storage.disputes import Disputes
from storage.escalations import Escalations, Packs
from storage.history import History
from storage.imports import Files, Imports
from storage.inboxes import Inboxes
from storage.incoming import IncomingMoney
from storage.invoices import Invoices, invoices, is_late
from storage.joins import Joins
from storage.letters import Letters, letters
from storage.mailboxes import Mailboxes
from storage.mails import Mails
from storage.members import Members
from storage.pages import Pages
from storage.parties import Customers
from storage.payments import Payments
from storage.places import Places
from storage.plans import Plans
from storage.promises import Promises
from storage.reminders import Pauses
from storage.replies import Calls, Replies
from storage.scope import Scope, batches
from storage.signs import Signs
from storage.tables import BUSINESS, businesses, metadata
from storage.vault import Vault
from storage.wordings import Wordings

TABLES = metadata
"""All tables, now that every word has told its own."""
OPENING = (
    sa.select(*(businesses.c[name] for name in BUSINESS.names))
    .where(businesses.c.id == sa.bindparam("of"))
    .with_for_update()
)


class Books:
    """The books of one business at one moment; `connection` takes a job into the same transaction."""

    def __init__(
        self, connection: sa.Connection, business: str, now: datetime, vault: Vault | None = None
    ) -> None:
        self.connection = connection
        self.now = now
        self.business = _opened(connection, business)
        scope = Scope(connection, business, now)
        self.customers = Customers(scope)
        self.joins = Joins(scope)
        self.invoices = Invoices(scope)
        self.payments = Payments(scope, self.invoices.count_left)
        self.incoming = IncomingMoney(scope)
        self.letters = Letters(scope)
        self.replies = Replies(scope)
        self.calls = Calls(scope)
        self.promises = Promises(scope)
        self.plans = Plans(scope)
        self.disputes = Disputes(scope)
        self.escalations = Escalations(scope)
        self.packs = Packs(scope)
        self.pauses = Pauses(scope)
        self.closings = Closings(scope)
        self.history = History(scope)
        self.imports = Imports(scope)
        self.files = Files(scope)
        self.deliveries = Deliveries(scope)
        self.lines = Lines(scope)
        self.mailboxes = Mailboxes(scope, vault)
        self.inboxes = Inboxes(scope)
        self.mails = Mails(scope)
        self.signs = Signs(scope)
        self.connections = Connections(scope, vault)
        self.members = Members(scope, self.business)
        self.places = Places(scope)
        self.pages = Pages(scope)
        self.wordings = Wordings(scope)
        self._vault = vault
        self._scope = scope

    @property
    def vault(self) -> Vault | None:
        """What seals the secrets beside these books; None where they lie open."""
        return self._vault

    @property
    def changed(self) -> bool:
        """Whether anything beside the talk itself has been written down so far."""
        return bool(self._scope.changed - {"lines", "tokens", "posts", "chats"})

    def save_business(self, business: Business) -> None:
        """Write down how the business now is; its id stays."""
        business = replace(business, id=self.business.id)
        self.connection.execute(
            sa.update(businesses).where(businesses.c.id == self.business.id).values(BUSINESS.row(business))
        )
        self.business = business

    def found(self, business: Business) -> bool:
        """Take in another business unless there is one of this id; whether it was new."""
        known = self.connection.scalar(sa.select(businesses.c.id).where(businesses.c.id == business.id))
        if known is None:
            self.connection.execute(sa.insert(businesses).values(BUSINESS.row(business)))
        return known is None

    def beside(self, business: str) -> Books:
        """The books of another business of the same owner, in the same transaction."""
        return Books(self.connection, business, self.now, self._vault)

    def at(self, moment: datetime) -> Books:
        """The same books, where what is written down happened at another moment."""
        return Books(self.connection, self.business.id, moment, self._vault)

    def join(self, made: Join) -> None:
        """Put down to the one who stays all that is of the one who goes, who is no customer any more."""
        self.joins.add(made)
        self.joins.move(made.moved, made.id, made.customer)
        self.customers.remove(made.id)
        self.customers.save(joined(made.before, made.gone))

    def part(self, join: Join) -> tuple[Customer, Customer]:
        """Make two of one again, each with what was theirs; who stayed, and who is back."""
        stay, gone = parted(self.customers.get(join.customer), join)
        self.customers.add(gone)
        self.joins.undo(join)
        self.customers.save(stay)
        return stay, gone

    def next_nudge(self) -> datetime | None:
        """When the next digest is due; None when none was ever planned."""
        found: datetime | None = self.connection.scalar(
            sa.select(businesses.c.next_nudge_at).where(businesses.c.id == self.business.id)
        )
        return found

    def set_next_nudge(self, at: datetime) -> None:
        """Plan the next digest."""
        self.connection.execute(
            sa.update(businesses).where(businesses.c.id == self.business.id).values(next_nudge_at=at)
        )

    def case(self, customer: str) -> Case:
        """Everything about one customer."""
        found = self.customers.get(customer)
        return self._cases([found], paid=self.payments.of_many([found.id]))[0]

    def cases(self, today: date) -> Iterator[Case]:
        """Everything about each customer with something to decide, some at a time: there may be very many."""
        for some in batches(self._undecided(today)):
            yield from self._cases(self.customers.among(some))

    def _undecided(self, today: date) -> list[str]:
        """The customers with something late, unread, agreed and open, contested, or perhaps sent."""
        found = sa.union(
            self._scope.select(invoices, invoices.c.customer).where(is_late(today)),
            self._scope.select(replies.replies, replies.replies.c.customer).where(replies.IS_UNREAD),
            self._scope.select(promises.promises, promises.promises.c.customer).where(promises.IS_OPEN),
            self._scope.select(plans.plans, plans.plans.c.customer).where(plans.IS_OPEN),
            self._scope.select(disputes.disputes, disputes.disputes.c.customer).where(disputes.IS_OPEN),
            self._scope.select(letters, letters.c.customer).where(letters.c.state == "unknown"),
        )
        return [row[0] for row in self._scope.rows(found)]

    def _cases(
        self, customers: Collection[Customer], paid: Mapping[str, tuple[Payment, ...]] | None = None
    ) -> tuple[Case, ...]:
        ids = [customer.id for customer in customers]
        invoiced, written = self.invoices.of_many(ids), self.letters.of_many(ids)
        answered, called = self.replies.of_many(ids), self.calls.of_many(ids)
        promised, planned = self.promises.of_many(ids), self.plans.of_many(ids)
        contested, credited = self.disputes.of_many(ids), self.payments.credits(ids)
        paid = self.payments.of_many({*promised, *planned}) if paid is None else paid
        paused = self.pauses.all()
        return tuple(
            Case(
                customer=customer,
                invoices=invoiced.get(customer.id, ()),
                letters=written.get(customer.id, ()),
                replies=answered.get(customer.id, ()),
                promises=promised.get(customer.id, ()),
                plans=planned.get(customer.id, ()),
                disputes=contested.get(customer.id, ()),
                pauses=bearing_on(customer, invoiced.get(customer.id, ()), paused),
                calls=called.get(customer.id, ()),
                credit=credited.get(customer.id, ()),
                payments=paid.get(customer.id, ()),
            )
            for customer in customers
        )


def _opened(connection: sa.Connection, business: str) -> Business:
    """The business, its row locked until the work is done: a business does one thing at a time."""
    row = connection.execute(OPENING, {"of": business}).one_or_none()
    if row is None:
        raise Refusal("not_found", what="business")
    return BUSINESS.value(row)
