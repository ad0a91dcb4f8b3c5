"""A sum that one bank file tells of as a whole, another in its parts: once in the books in either order."""

from __future__ import annotations

import pytest

from bot.invoices import is_open, outstanding
from bot.money import Money
from tests.handlers.talk import Talk
from tests.handlers.test_bank import bank_file, left

OPENS = """
<Ntry><Amt Ccy="SEK">{total}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts>
<BookgDt><Dt>2026-11-24</Dt></BookgDt><AcctSvcrRef>BATCH7</AcctSvcrRef><NtryDtls>"""
WHOLE = OPENS + "<Btch><NbOfTxs>2</NbOfTxs></Btch></NtryDtls></Ntry>"
PART = """
<TxDtls><Refs><AcctSvcrRef>{mark}</AcctSvcrRef></Refs>
<AmtDtls><TxAmt><Amt Ccy="SEK">{amount}</Amt></TxAmt></AmtDtls>
<RmtInf><Strd><CdtrRefInf><Ref>{reference}</Ref></CdtrRefInf></Strd></RmtInf></TxDtls>"""
STRANGER = Money.of(77, "SEK")


@pytest.fixture
def claim(talk: Talk) -> tuple[str, str, Money]:
    with talk.books() as books:
        found = next(i for i in books.invoices.of("norrsken") if is_open(i))
        return found.number, found.reference, outstanding(found)


def files(claim: tuple[str, str, Money]) -> dict[str, str]:
    """The statement, which has the sum alone, and the notice, which has its parts."""
    _, reference, amount = claim
    total = (amount + STRANGER).decimal
    parts = PART.format(mark="T1", amount=amount.decimal, reference=reference)
    parts += PART.format(mark="T2", amount=STRANGER.decimal, reference="999999")
    notice = OPENS.format(total=total) + parts + "</NtryDtls></Ntry>"
    return {"whole": bank_file(WHOLE.format(total=total)), "parts": bank_file(notice)}


def drops(talk: Talk, content: str) -> None:
    talk.drops("bank.xml", content)
    if "Take it in" in [button.label for button in talk.card().buttons]:
        talk.presses("Take it in")


@pytest.mark.parametrize(
    "order", ["whole parts", "parts whole", "whole parts whole parts", "parts parts whole"]
)
def test_a_sum_and_its_parts_count_once_in_either_order(
    talk: Talk, claim: tuple[str, str, Money], order: str
) -> None:
    for name in order.split():
        drops(talk, files(claim)[name])
    assert not left(talk, claim[0])
    with talk.books() as books:
        assert [m.amount for m in books.incoming.placed()] == [claim[2]]
        assert books.incoming.waiting() == ()
        assert [m.amount for m in books.incoming.loose()] == [STRANGER]
        assert [m.amount for m in books.incoming.all() if m.state == "aside"] == [claim[2] + STRANGER]


def test_a_sum_that_the_owner_has_placed_stays_and_its_parts_are_known(
    talk: Talk, claim: tuple[str, str, Money]
) -> None:
    drops(talk, files(claim)["whole"])
    with talk.books() as books:
        (whole,) = (*books.incoming.waiting(), *books.incoming.loose())
    talk.acts("bank.choose", whole.id, whose="norrsken")
    drops(talk, files(claim)["parts"])
    with talk.books() as books:
        assert [m.id for m in books.incoming.all()] == [whole.id]
        assert books.incoming.get(whole.id).state == "placed"
