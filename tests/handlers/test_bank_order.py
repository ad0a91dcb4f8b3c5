"""A list and a bank file, in either order, once or again and again, give the same books."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.chat import Request
from bot.invoices import outstanding
from tests.blank import blank_books
from tests.handlers.talk import Talk
from tests.handlers.test_bank import bank_file, entry

HEAD = "Customer;Email;Invoice no;Issued;Due date;Amount;Currency;OCR;Description;Language\n"
NAMES = ("Café Norrsken", "Hotel Aurora", "Bygg och Betong")
SUMS = (100, 200, 300, 500)
TAKES = {"import.confirm", "bank.confirm"}
ORDERS = ("list bank", "bank list", "list list bank bank", "bank bank list bank list")


@dataclass(frozen=True)
class Claim:
    """One line of the list."""

    at: int
    name: str
    amount: int
    has_reference: bool = True

    @property
    def number(self) -> str:
        return str(2001 + self.at)

    @property
    def reference(self) -> str:
        return f"{self.number}07" if self.has_reference else ""

    def row(self) -> str:
        known = f"{self.name};ask@{NAMES.index(self.name)}.example;{self.number};2026-11-01;2026-11-20"
        return f"{known};{self.amount},00;SEK;{self.reference};Bread;en\n"


@dataclass(frozen=True)
class Paid:
    """One entry of the bank file: what it says of the claim it is for, if it is for any."""

    at: int
    payer: str = ""
    amount: int = 100
    reference: str = ""
    text: str = "Thank you"
    back: bool = False

    def entry(self) -> str:
        money, who, mark = f"{self.amount}.00", self.payer or "Nobody", f"M{self.at}"
        return entry(money, self.reference, who, mark, self.text, self.back)


@st.composite
def books(draw: st.DrawFn) -> tuple[tuple[Claim, ...], tuple[Paid, ...]]:
    """A few claims on a few customers, and money that says much, little or the wrong thing of them."""
    claims = tuple(
        Claim(at, draw(st.sampled_from(NAMES)), draw(st.sampled_from(SUMS)), draw(st.booleans()))
        for at in range(draw(st.integers(1, 4)))
    )
    said = st.sampled_from(["", *(c.reference for c in claims), "999999"])
    words = st.sampled_from(["Thank you", *(f"Faktura {c.number}" for c in claims)])
    payments = tuple(
        Paid(at, draw(st.sampled_from([*NAMES, ""])), draw(st.sampled_from(SUMS)), draw(said), draw(words))
        for at in range(draw(st.integers(1, 4)))
    )
    if draw(st.booleans()):
        last = payments[-1]
        gone = Paid(len(payments), last.payer, last.amount, last.reference, last.text, back=True)
        payments = (*payments, gone)
    return claims, payments


def takes(talk: Talk, name: str, content: str) -> None:
    """A file dropped in, and taken in if there is anything to take."""
    talk.drops(name, content)
    for button in talk.card().buttons:
        if button.action.verb in TAKES:
            talk.ask(Request(talk.house.business.id, press=button.token))
            return


def kept(talk: Talk) -> Mapping[str, Sequence[Hashable]]:
    """What is owed, what is to somebody's credit, and where each piece of money lies."""
    with talk.books() as books:
        names = {customer.id: customer.name for customer in books.customers.all()}
        numbers = {invoice.id: invoice.number for invoice in books.invoices.all()}
        payments = books.payments.all()
        money = (*books.incoming.waiting(), *books.incoming.loose(), *books.incoming.placed())
        return {
            "owed": sorted((i.number, outstanding(i).minor) for i in books.invoices.all()),
            "paid": sorted((names[p.customer], numbers.get(p.invoice, ""), p.amount.minor) for p in payments),
            "money": sorted((m.mark, m.state, names.get(m.customer, "")) for m in money),
        }


def after(order: str, claims: tuple[Claim, ...], payments: tuple[Paid, ...]) -> object:
    """The books once both files were taken in, in that order."""
    listed = HEAD + "".join(claim.row() for claim in claims)
    files = {"list": ("open.csv", listed), "bank": ("bank.xml", bank_file(*(p.entry() for p in payments)))}
    with TemporaryDirectory() as folder:
        talk = Talk.about(blank_books(Path(folder)).parent, empty=True)
        with closing(talk.house.app.database):
            for each in order.split():
                takes(talk, *files[each])
            return kept(talk)


@given(books())
@settings(max_examples=6, deadline=None)
@example(
    (
        (Claim(0, NAMES[0], 100),),
        (Paid(0, NAMES[0], 100, "200107"), Paid(1, NAMES[0], 100, "200107", back=True)),
    )
)
def test_the_order_of_two_files_and_how_often_they_come_change_nothing(
    made: tuple[tuple[Claim, ...], tuple[Paid, ...]],
) -> None:
    first, *others = ORDERS
    expected = after(first, *made)
    for order in others:
        assert after(order, *made) == expected, order
