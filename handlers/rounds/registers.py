"""Lookups: customers who are late are looked up in public registers by and by, a few an hour."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.chat import Posted
from bot.parties import Business
from bot.registers import FRESH, LookUp
from handlers import registers
from handlers.conversation import Conversation
from storage.engine import Database

PATIENCE = timedelta(hours=1)
"""How long a register that could not be read is left alone."""

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Lookups:
    """Whose turn it is, and which businesses' registers are left alone until when.

    Looking somebody up twice changes nothing, so that several workers need not know of each other.
    """

    database: Database
    conversation: Conversation
    look_up: LookUp
    publish: Callable[[str, tuple[Posted, ...]], None]
    rests: dict[str, datetime] = field(default_factory=dict)

    def __call__(self) -> None:
        """Look up one customer of each business that wants it; one that breaks stops no other."""
        for business in self.database.businesses():
            if business.registers and not business.example and self._rested(business):
                try:
                    self._one(business)
                except Exception:
                    log.exception("looking up a customer broke: %s", business.id)
                    self.rests[business.id] = self.conversation.now() + PATIENCE

    def _rested(self, business: Business) -> bool:
        return self.conversation.now() >= self.rests.get(business.id, self.conversation.now())

    def _one(self, business: Business) -> None:
        """The network is asked while the books are closed."""
        with self.database.books(business.id, self.conversation.now()) as books:
            desk = self.conversation.desk(books)
            customer = books.customers.to_look_up(desk.registers, desk.today, desk.today - FRESH)
            country = desk.register_of(customer) if customer else ""
        if customer is None:
            return
        found = self.look_up(country, customer.number) if country else "not_found"
        if isinstance(found, str) and found != "not_found":
            self.rests[business.id] = self.conversation.now() + PATIENCE
            return
        with self.database.books(business.id, self.conversation.now()) as books:
            card = registers.heard(customer.id, found, self.conversation.desk(books))
            said = self.conversation.post(books, card) if card else ()
        if said:
            self.publish(business.id, said)
