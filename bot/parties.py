"""Who is who: the business that is owed, its owner, its customers and whom to write to there."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Literal

from bot.seasons import Season

Language = Literal["nb", "sv", "da", "fi", "en"]
Security = Literal["starttls", "tls", "none"]
Way = Literal["password", "token"]
CustomerKind = Literal["business", "consumer", "public", "unknown"]
Standing = Literal["", "active", "winding_up", "restructuring", "bankrupt", "dissolved"]
"""How a company stands in a public register; empty: nobody has looked, or it does not say."""

LANGUAGES: tuple[Language, ...] = ("nb", "sv", "da", "fi", "en")


@dataclass(frozen=True, slots=True, kw_only=True)
class Business:
    """The creditor: how it is named, paid, and how its owner wants to work.

    `opened` is when the owner last turned to it: of several businesses the latest is the one talked about.
    `registers`: whether customers may be looked up in public registers; `address`: its own, a line each.
    `page`: its letters carry a link to what is owed and how to pay it.
    `model`: whether a language model may be asked; `model_seen`: for what and where an owner has allowed it.
    `second_approver`: which letters need the yes of two people. `charges`: what it adds to a late claim where
    that is lawful. `terms_agreed`: its due dates are agreed beforehand; `fee_agreed`: so are its fees.
    In its `seasons` it gets no list. Up to `small`, in minor units of its currency, what a customer owes
    waits until more is late, at the longest until it is late by `small_days`; nothing waits where that is 0.
    """

    id: str
    name: str
    country: str
    language: str
    number: str = ""
    owner: str = ""
    email: str = ""
    phone: str = ""
    account: str = ""
    scheme: str = ""
    swish: str = ""
    zone: str = "Europe/Oslo"
    nudge_at: time = time(8)
    quiet: Literal["line", "silence"] = "line"
    sends: Literal["mail", "self"] = "self"
    undo_minutes: int = 10
    ladder: tuple[int, ...] = ()
    final_notice: bool = False
    charges: tuple[Literal["fee", "interest", "compensation"], ...] = ()
    terms_agreed: bool = False
    fee_agreed: bool = False
    paused_until: date | None = None
    example: bool = False
    second_approver: Literal["never", "final", "always"] = "never"
    registers: bool = False
    address: tuple[str, ...] = ()
    page: bool = False
    model: bool = False
    model_seen: tuple[str, ...] = ()
    opened: datetime | None = None
    seasons: tuple[Season, ...] = ()
    small: int = 0
    small_days: int = 30


EXAMPLE = "example-"
"""What the id of a business's example begins with; the rest is whose example it is."""


def own(business: str) -> str:
    """The business by whose leave a business is worked on: itself, or the one whose example it is."""
    return business.removeprefix(EXAMPLE)


@dataclass(frozen=True, slots=True, kw_only=True)
class MailServer:
    """The server that a business's letters go out through.

    Let in by `token`: its owner signed in with the provider, and the password is what opens it for now.
    """

    host: str
    port: int = 587
    user: str = ""
    password: str = field(default="", repr=False)
    security: Security = "starttls"
    way: Way = "password"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A person or desk at the customer; one in the `other` role is known, and nothing is sent there."""

    name: str = ""
    email: str = ""
    phone: str = ""
    role: Literal["main", "accounts", "approver", "other"] = "main"


@dataclass(frozen=True, slots=True, kw_only=True)
class Customer:
    """The debtor, as the owner calls them. `language` empty: not known, so the owner is asked.

    `standing` is what a public register said when it was last asked, on `looked_up`; `since` when that is.
    `payday` is the day of the month on which their money comes; 0: not known. `erased`: since when nothing is
    kept of them but what bookkeeping asks for, without their name. `also`: other names that they go by;
    `apart`: the ids of customers who are somebody else, though the number is the same.
    """

    id: str
    name: str
    number: str = ""
    kind: CustomerKind = "unknown"
    country: str = ""
    language: str = ""
    contacts: tuple[Contact, ...] = ()
    no_contact: bool = False
    mine: bool = False
    address: tuple[str, ...] = ()
    standing: Standing = ""
    since: date | None = None
    looked_up: date | None = None
    payday: int = 0
    erased: date | None = None
    also: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """All that they are called."""
        return (self.name, *self.also)

    @property
    def first_name(self) -> str:
        """The given name to greet with; empty where no person is known."""
        named = next((c.name for c in self.contacts if c.name.strip()), "")
        return named.split()[0] if named else ""

    @property
    def to(self) -> str:
        """Where a letter goes: accounts if there is such a desk, else the main contact."""
        return self._address("accounts") or self._address("main")

    @property
    def cc(self) -> str:
        """Who approves payments there, if known."""
        return self._address("approver")

    @property
    def phone(self) -> str:
        """The first number known."""
        return next((c.phone for c in self.contacts if c.phone), "")

    def _address(self, role: str) -> str:
        return next((c.email for c in self.contacts if c.role == role and c.email), "")
