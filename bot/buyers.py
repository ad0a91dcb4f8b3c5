"""Buyers: which customer a document is about, known or new, and where only the owner can tell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from functools import lru_cache

from bot.countries import spoken
from bot.documents import Party
from bot.parties import Contact, Customer

FEWEST = 6
"""Fewer digits than these are no company's number."""


class Buyers:
    """The customers as an intake sees them, growing as documents are read; new ones get ids from `name`.

    `newcomers` are new customers; `met` are those known better now. Where a buyer is looked for, `holders`
    are the customers who have the very invoice: they are meant, whatever their address is now.
    """

    def __init__(self, customers: Iterable[Customer], name: Callable[[], str]) -> None:
        self.name = name
        self.customers = {c.id: c for c in customers}
        self.newcomers: dict[str, Customer] = {}
        self.met: dict[str, Customer] = {}
        self._by_key: dict[str, list[str]] = defaultdict(list)
        self._plain: dict[Party, Customer] = {}
        self._asked: dict[str, list[Party]] = defaultdict(list)
        for customer in self.customers.values():
            self._index(customer)

    def find(self, party: Party, holders: Collection[str] = ()) -> Customer | None:
        """Who a buyer is: by number, name or address; None where two may be meant and nothing tells which."""
        if not holders and (known := self._plain.get(party)):
            return known
        fitting = self.fitting(party, holders)
        if not fitting:
            return self._welcome(party)
        only = fitting[0]
        if len(fitting) > 1 or (only.id not in holders and _is_elsewhere(only, party)):
            return None
        found = self._meet(only, party)
        if found is only and not holders:
            self._remember(party, found)
        return found

    def written(self) -> None:
        """The newcomers, and those known better now, are in the books."""
        self.newcomers.clear()
        self.met.clear()

    def _remember(self, party: Party, customer: Customer) -> None:
        """The same buyer again is the same customer, for as long as nobody is met under one of its keys."""
        self._plain[party] = customer
        for key in (*_keys(party.org_no, party.email), _name_key(party.name)):
            self._asked[key].append(party)

    def fitting(self, party: Party, holders: Collection[str] = ()) -> list[Customer]:
        """The known customers a buyer may be: of its number, else name, else address and a name alike.

        Who has just its name, and no number yet, has this one, though somebody of another name has it too.
        """
        named = self._named(party, holders)
        mailed = [c for c in self._under(_keys("", party.email), party) if _is_called(c, party.name)]
        numbered = self._under(_keys(party.org_no), party)
        found = (numbered if any(c in named for c in numbered) else [*numbered, *named]) or mailed
        likely = [c for c in found if c in named and c in mailed] or [c for c in found if c in named] or found
        return [c for c in likely if c.id in holders] or likely

    def _named(self, party: Party, holders: Collection[str]) -> list[Customer]:
        """Those of this name, but for one of another address when the number given may tell the two apart."""
        found = self._under([_name_key(party.name)], party)
        return [c for c in found if c.id in holders or not (party.org_no and _is_elsewhere(c, party))]

    def _under(self, keys: Iterable[str], party: Party) -> list[Customer]:
        """The customers under these keys whose number, where both have one, is the same."""
        found = [self.customers[i] for key in keys for i in self._by_key.get(key, ())]
        digits = digits_of(party.org_no) if found else ""
        return [c for c in found if digits in ("", digits_of(c.number)) or not c.number]

    def _welcome(self, party: Party) -> Customer:
        country = _country(party)
        customer = Customer(
            id=self.name(),
            name=party.name or party.email or party.org_no,
            number=party.org_no,
            kind=party.kind,
            country=country,
            language=party.language or spoken(country),
            contacts=_contacts((), party),
        )
        self.newcomers[customer.id] = self.customers[customer.id] = customer
        self._index(customer)
        self._remember(party, customer)
        return customer

    def _meet(self, known: Customer, party: Party) -> Customer:
        """The customer as known, with what the document adds where nothing was known."""
        better = replace(
            known,
            number=known.number or party.org_no,
            language=known.language or party.language or spoken(known.country or _country(party)),
            country=known.country or _country(party),
            contacts=_contacts(known.contacts, party),
        )
        if better == known:
            return known
        (self.newcomers if known.id in self.newcomers else self.met)[known.id] = better
        self.customers[known.id] = better
        self._index(better)
        return better

    def _index(self, customer: Customer) -> None:
        keys = [*_keys(customer.number, *_addresses(customer)), *map(_name_key, customer.names)]
        for key in keys:
            if customer.id not in self._by_key[key]:
                self._by_key[key].append(customer.id)
            for party in self._asked.pop(key, ()):
                self._plain.pop(party, None)


def is_same(one: Party, other: Party) -> bool:
    """Whether two documents name the same buyer: by number where both have one, else by name."""
    numbers = digits_of(one.org_no), digits_of(other.org_no)
    return numbers[0] == numbers[1] if all(numbers) else _name_key(one.name) == _name_key(other.name)


def digits_of(number: str) -> str:
    """A number as it is compared, without letters, blanks and dashes."""
    return number if not number or number.isdigit() else "".join(filter(str.isdigit, number))


def telling_digits(number: str) -> str:
    """The digits of a number by which a company is known; empty where they are too few to tell."""
    digits = digits_of(number)
    return digits if len(digits) >= FEWEST else ""


def _is_elsewhere(known: Customer, party: Party) -> bool:
    """Whether both have an address, but none in common, and no number says that they are one."""
    addresses = _addresses(known)
    numbered = digits_of(party.org_no) and digits_of(party.org_no) == digits_of(known.number)
    return bool(party.email and addresses) and party.email.casefold() not in addresses and not numbered


def _addresses(customer: Customer) -> list[str]:
    return [c.email.casefold() for c in customer.contacts if c.email]


def _country(party: Party) -> str:
    return party.country[:2].upper()


def _contacts(known: tuple[Contact, ...], party: Party) -> tuple[Contact, ...]:
    """The contacts as known, and what they lack: somebody to write to, and who approves payments."""
    main = [c for c in known if c.role in ("main", "accounts")]
    if not main:
        found = (Contact(name=party.contact, email=party.email, phone=party.phone),)
        known = (*found, *known) if party.contact or party.email or party.phone else known
    elif party.email and not any(c.email for c in main):
        known = tuple(replace(c, email=party.email) if c is main[0] else c for c in known)
    if party.approver and not any(c.role == "approver" for c in known):
        known = (*known, Contact(email=party.approver, role="approver"))
    return known


@lru_cache(maxsize=1024)
def _keys(number: str, *addresses: str) -> tuple[str, ...]:
    digits = telling_digits(number)
    by_number = (f"no:{digits}",) if digits else ()
    return (*by_number, *(f"at:{a.casefold()}" for a in addresses if a))


def _is_called(known: Customer, name: str) -> bool:
    return any(_alike(each, name) for each in known.names)


def _alike(one: str, other: str) -> bool:
    """Whether two names have a word in common, or one is none: an address alone may be a bookkeeper's."""
    words, others = set(one.casefold().split()), set(other.casefold().split())
    return not (words and others) or bool(words & others)


@lru_cache(maxsize=1024)
def _name_key(name: str) -> str:
    return f"name:{' '.join(name.casefold().split())}"
