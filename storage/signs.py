"""What in the books a mail can be tied to: letters, numbers and addresses, each with its customer."""

from __future__ import annotations

from collections.abc import Collection

import sqlalchemy as sa

from bot.ledger import number_key
from bot.mail_trail import bare, domain, folded, readable
from bot.names import fold
from storage.invoices import invoices
from storage.letters import letters
from storage.mails import mails
from storage.parties import customers
from storage.scope import Scope

Found = dict[str, str]
"""Customers by what they were found by."""


class Signs:
    """Looks up what a mail names. Nothing of another business is ever found."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope

    def letters(self, message_ids: Collection[str]) -> Found:
        """Our letters among these Message-IDs: of each its customer."""
        return self._pairs(letters, letters.c.message_id, message_ids)

    def tags(self, tags: Collection[str]) -> Found:
        """Our letters that are named by an address tag."""
        return self._pairs(letters, letters.c.id, tags)

    def threads(self, message_ids: Collection[str]) -> Found:
        """Earlier mails of customers among these Message-IDs."""
        return self._pairs(mails, mails.c.message_id, message_ids, mails.c.state == "placed")

    def numbers(self, written: Collection[str]) -> set[str]:
        """The customers with an invoice of one of these numbers or payment references."""
        keys = {key for each in written for key in (number_key(each), bare(each))}
        reference = sa.func.replace(sa.func.replace(invoices.c.reference, " ", ""), "-", "")
        if not written:
            return set()
        known = self.scope.select(invoices, invoices.c.customer).where(
            sa.or_(
                self.scope.among(invoices.c.number_key, {fold(key) for key in keys}),
                sa.and_(reference != "", self.scope.among(sa.func.lower(reference), keys)),
            )
        )
        return {row[0] for row in self.scope.rows(known.distinct())}

    def people(self, address: str) -> tuple[set[str], set[str]]:
        """The customers who are reached at an address or have written from it, and those at the same host."""
        wanted, host = folded(address), domain(address)
        hosts = _hosts(address)
        pairs = [*self._contacts(hosts), *self._written_to(hosts), *self._wrote(address)]
        exact = {customer for known, customer in pairs if folded(known) == wanted}
        return exact, {customer for known, customer in pairs if host and domain(known) == host}

    def recipient(self, address: str) -> set[str]:
        """The customers whom a letter was sent to at an address."""
        found = self._written_to(_hosts(address))
        return {customer for known, customer in found if folded(known) == folded(address)}

    def _contacts(self, hosts: Collection[str]) -> list[tuple[str, str]]:
        text = sa.func.lower(customers.c.contacts)
        is_there = sa.or_(sa.false(), *(text.contains(host, autoescape=True) for host in hosts))
        query = self.scope.select(customers, customers.c.contacts, customers.c.id).where(is_there)
        rows = self.scope.rows(query)
        return [(contact.email, customer) for contacts, customer in rows for contact in contacts]

    def _written_to(self, hosts: Collection[str]) -> list[tuple[str, str]]:
        found: list[tuple[str, str]] = []
        went = letters.c.state.not_in(["draft", "withdrawn"])
        for column in (letters.c.to, letters.c.cc):
            text = sa.func.lower(column)
            is_there = sa.or_(sa.false(), *(text.contains(host, autoescape=True) for host in hosts))
            query = self.scope.select(letters, column, letters.c.customer).where(is_there, went)
            found += [(row[0], row[1]) for row in self.scope.rows(query.distinct())]
        return found

    def _wrote(self, address: str) -> list[tuple[str, str]]:
        """Whose an address turned out to be before."""
        is_theirs = sa.and_(
            mails.c.sender == address.casefold(), mails.c.state == "placed", mails.c.kind == "reply"
        )
        query = self.scope.select(mails, mails.c.sender, mails.c.customer).where(is_theirs).distinct()
        return [(row[0], row[1]) for row in self.scope.rows(query)]

    def _pairs(
        self, table: sa.Table, name: sa.Column[str], wanted: Collection[str], *also: sa.ColumnElement[bool]
    ) -> Found:
        if not wanted:
            return {}
        query = self.scope.select(table, name, table.c.customer).where(self.scope.among(name, wanted), *also)
        return {row[0]: row[1] for row in self.scope.rows(query)}


def _hosts(address: str) -> tuple[str, ...]:
    """How the host of an address may be written in the books, its sign before it; none for no address."""
    local, at, host = address.strip().casefold().rpartition("@")
    return tuple(dict.fromkeys((f"@{host}", f"@{readable(host)}"))) if local and at and host else ()
