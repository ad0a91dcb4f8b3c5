"""A statement with no more than the sum of reference payments, and the list of them: counted once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.invoices import Invoice, outstanding
from bot.money import Money
from tests.handlers.talk import Talk
from tests.storage.readers import test_ktl as ktl
from tests.storage.readers import test_tito as tito

SUM, PART, REST = (Money(cents, "EUR") for cents in (30_000, 10_000, 20_000))
ENTRY = tito.entry(SUM.minor, code="705", reference="", party="", archive="")
PAID = (ktl.payment("1009", PART.minor, archive="A1"), ktl.payment("2008", REST.minor, archive="A2"))
FILES = {
    "statement": "\n".join(tito.statement(ENTRY)),
    "list": "\n".join(ktl.batch(*PAID, paid=(2, SUM.minor))),
}
TOLD = "300.00 in reference payments only as a sum"


@pytest.fixture
def talk(talk: Talk) -> Talk:
    """Two invoices: one is paid by its reference, of the other there is just as much left as the sum."""
    with talk.books() as books:
        claim = Invoice(
            id="paid",
            customer="norrsken",
            number="F-1",
            amount=PART,
            paid=Money(0, "EUR"),
            due=None,
            reference="1009",
        )
        books.invoices.add_all([claim, replace(claim, id="like", number="F-2", amount=SUM, reference="3007")])
    return talk


@pytest.mark.parametrize(
    "order", ["statement list", "list statement", "statement list statement list", "list list statement"]
)
def test_they_count_once_whichever_comes_first_and_the_owner_is_told(talk: Talk, order: str) -> None:
    said: dict[str, str] = {}
    for name in order.split():
        shown = talk.drops(f"{name}.txt", FILES[name])
        if "Take it in" in [button.label for button in talk.card().buttons]:
            said.setdefault(name, shown + talk.presses("Take it in"))
    assert said["statement"].count(TOLD) == 2 and TOLD not in said["list"]
    with talk.books() as books:
        money = books.incoming.all()
        assert [outstanding(books.invoices.get(ident)) for ident in ("paid", "like")] == [
            Money(0, "EUR"),
            SUM,
        ]
        assert {m.state: m.amount for m in money} == {"placed": PART, "loose": REST, "aside": SUM}
        assert len(money) == 3
