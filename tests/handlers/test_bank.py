"""The bank in the chat: files shown first, money placed once, asked about, lifted again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.invoices import is_open, outstanding
from bot.letters import Charge
from bot.money import Money
from tests.cast import reminder
from tests.handlers.talk import Talk

ENTRY = """
<Ntry><Amt Ccy="SEK">{amount}</Amt><CdtDbtInd>{sign}</CdtDbtInd>{back}<Sts>BOOK</Sts>
<BookgDt><Dt>{day}</Dt></BookgDt><AcctSvcrRef>{mark}</AcctSvcrRef><NtryDtls><TxDtls>
<Refs><AcctSvcrRef>{mark}</AcctSvcrRef></Refs>
<RltdPties><Dbtr><Nm>{payer}</Nm></Dbtr></RltdPties>
<RmtInf>{remittance}</RmtInf></TxDtls></NtryDtls></Ntry>"""
FILE = """<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.054.001.02"><BkToCstmrDbtCdtNtfctn>
<GrpHdr><MsgId>1</MsgId><CreDtTm>2026-11-24T08:00:00</CreDtTm></GrpHdr>
<Ntfctn><Id>1</Id><CreDtTm>2026-11-24T08:00:00</CreDtTm>
<Acct><Id><IBAN>SE4550000000058398257466</IBAN></Id><Ccy>SEK</Ccy></Acct>{entries}</Ntfctn>
</BkToCstmrDbtCdtNtfctn></Document>"""


def entry(
    amount: str,
    reference: str = "",
    payer: str = "Nobody we know",
    mark: str = "A1",
    text: str = "",
    back: bool = False,
) -> str:
    structured = f"<Strd><CdtrRefInf><Ref>{reference}</Ref></CdtrRefInf></Strd>" if reference else ""
    return ENTRY.format(
        amount=amount,
        sign="DBIT" if back else "CRDT",
        back="<RvslInd>true</RvslInd>" if back else "",
        day="2026-11-24",
        mark=mark,
        payer=payer,
        remittance=structured or f"<Ustrd>{text or 'Thank you'}</Ustrd>",
    )


def bank_file(*entries: str) -> str:
    return FILE.format(entries="".join(entries))


@pytest.fixture
def owed(talk: Talk) -> tuple[str, str, Money]:
    """An open invoice of Café Norrsken's: its number, its reference, and what is left of it."""
    with talk.books() as books:
        claim = next(i for i in books.invoices.of("norrsken") if is_open(i))
        books.invoices.save(claim)
        return claim.number, claim.reference, outstanding(claim)


def left(talk: Talk, number: str) -> Money:
    with talk.books() as books:
        return outstanding(books.invoices.by_number(number)[0])


def all_is_placed(said: str, talk: Talk, number: str) -> None:
    """What came, went and came again lies on the invoice, and nobody is asked about any of it."""
    assert "don't know where" not in said and "fits nothing" not in said
    with talk.books() as books:
        (claim,) = books.invoices.by_number(number)
        assert (books.incoming.waiting(), books.incoming.loose()) == ((), ())
        assert len(books.incoming.placed()) == 3
        assert not outstanding(claim)
        assert sum(p.invoice == claim.id for p in books.payments.of(claim.customer)) == 3


def takes_in(talk: Talk, *entries: str) -> str:
    talk.drops("bank.xml", bank_file(*entries))
    return talk.presses("Take it in")


def test_money_with_its_reference_is_shown_first_and_then_placed(
    talk: Talk, owed: tuple[str, str, Money]
) -> None:
    number, reference, amount = owed
    said = talk.drops("bank.xml", bank_file(entry(str(amount.decimal), reference, "Café Norrsken")))
    assert number in said
    assert left(talk, number) == amount
    talk.presses("Take it in")
    assert not left(talk, number)


def test_the_same_file_twice_and_the_same_money_in_another_file_change_nothing(
    talk: Talk, owed: tuple[str, str, Money]
) -> None:
    number, reference, amount = owed
    half = str((amount.decimal / 2).quantize(amount.decimal))
    takes_in(talk, entry(half, reference))
    after = left(talk, number)
    assert after != amount
    takes_in(talk, entry(half, reference))
    takes_in(talk, entry(half, reference), entry("1.00", mark="A2"))
    assert left(talk, number) == after


def test_money_nobody_can_tell_is_asked_about_and_goes_where_the_owner_says(
    talk: Talk, owed: tuple[str, str, Money]
) -> None:
    number, _, amount = owed
    takes_in(talk, entry(str(amount.decimal), payer="Cafe Norrsken"))
    assert left(talk, number) == amount
    talk.says("payments")
    talk.presses("Open")
    talk.presses("This one")
    assert not left(talk, number)
    talk.presses("Undo")
    assert left(talk, number) == amount


def test_the_owner_may_name_whose_money_it_is(talk: Talk, owed: tuple[str, str, Money]) -> None:
    number, _, amount = owed
    takes_in(talk, entry("10.00"))
    talk.says("payments")
    talk.presses("The others")
    talk.presses("Open")
    talk.presses("Go on", whose=number)
    assert left(talk, number) == amount - Money.of(10, "SEK")


def test_money_that_is_for_nobody_here_is_set_aside_and_can_come_back(talk: Talk) -> None:
    takes_in(talk, entry("10.00", payer="Café Norrsken"))
    talk.says("payments")
    talk.presses("Open")
    talk.presses("Not for this")
    with talk.books() as books:
        assert books.incoming.waiting() == ()
    talk.presses("Undo")
    with talk.books() as books:
        assert len(books.incoming.waiting()) == 1


def test_a_payment_taken_back_is_owed_again(talk: Talk, owed: tuple[str, str, Money]) -> None:
    number, reference, amount = owed
    takes_in(talk, entry(str(amount.decimal), reference))
    takes_in(talk, entry(str(amount.decimal), reference, mark="B1", back=True))
    assert left(talk, number) == amount


def test_who_paid_twice_and_got_one_back_owes_nothing(talk: Talk, owed: tuple[str, str, Money]) -> None:
    number, reference, amount = owed
    takes_in(talk, entry(str(amount.decimal), reference), entry(str(amount.decimal), reference, mark="A2"))
    takes_in(talk, entry(str(amount.decimal), reference, mark="B1", back=True))
    assert not left(talk, number)


def test_money_that_may_be_theirs_is_shown_on_the_customer_s_card(
    talk: Talk, owed: tuple[str, str, Money]
) -> None:
    takes_in(talk, entry("77.00", payer="Café Norrsken"))
    assert "is not matched. Could it belong here?" in talk.says("Norrsken")


def test_money_that_comes_before_its_invoice_finds_it_when_it_comes(talk: Talk) -> None:
    takes_in(talk, entry("500.00", "771002", "Nya Kunden"))
    head = "Customer;Email;Contact;Invoice no;Issued;Due date;Amount;Currency;OCR;Description;Language"
    talk.drops(
        "new.csv",
        f"{head}\nNya Kunden AB;ny@kund.example;;7710;2026-11-01;2026-11-20;500,00;SEK;771002;Bread;sv\n",
    )
    talk.presses("Take it in")
    assert not left(talk, "7710")


def test_a_letter_is_approved_on_an_old_look_at_the_bank_only_when_the_owner_says_so(
    talk: Talk, owed: tuple[str, str, Money]
) -> None:
    takes_in(talk, entry("10.00"))
    talk.says("Norrsken")
    talk.presses("Draft")
    fresh = talk.part("Approve")
    talk.house.clock.at += timedelta(days=6)
    talk.says("Norrsken")
    talk.presses("Draft")
    assert talk.part("Not paid, approve") != fresh


def test_money_that_fits_nothing_known_is_let_be_and_nobody_is_asked(talk: Talk) -> None:
    said = takes_in(talk, entry("12.34"))
    assert "One payment fits nothing I know" in said
    with talk.books() as books:
        assert (books.incoming.waiting(), len(books.incoming.loose())) == ((), 1)
    assert "See the payments" not in [b.label for b in talk.card().buttons]


def test_money_with_the_fee_that_was_asked_settles_the_invoice_and_leaves_no_credit(
    talk: Talk, owed: tuple[str, str, Money]
) -> None:
    number, reference, amount = owed
    fee = Money.of(60, "SEK")
    with talk.books() as books:
        claim = books.invoices.by_number(number)[0]
        letter = replace(reminder(claim, 1, date(2026, 11, 20)), charges=(Charge("fee", claim.id, fee),))
        books.letters.add(letter)
    takes_in(talk, entry(str((amount + fee).decimal), reference))
    assert not left(talk, number)
    with talk.books() as books:
        assert books.payments.credit(claim.customer) == ()
        assert "paid_beyond" in [e.kind for e in books.history.of(claim.customer)]


def test_money_that_was_taken_back_is_lifted_with_what_took_it_back(
    talk: Talk, owed: tuple[str, str, Money]
) -> None:
    """Else the invoice would be owed twice over."""
    number, reference, amount = owed
    takes_in(talk, entry(str(amount.decimal), reference))
    takes_in(talk, entry(str(amount.decimal), reference, mark="B1", back=True))
    with talk.books() as books:
        came = next(m for m in books.incoming.placed() if m.amount.minor > 0)
    talk.acts("bank.undo", came.id)
    assert left(talk, number) == amount


def test_who_pays_again_after_a_payment_was_taken_back_owes_nothing(
    talk: Talk, owed: tuple[str, str, Money]
) -> None:
    number, reference, amount = owed
    sums = str(amount.decimal)
    first, gone, again = (
        entry(sums, reference),
        entry(sums, reference, mark="B1", back=True),
        entry(sums, reference, mark="A2"),
    )
    days = (first.replace("11-24", "11-22"), gone.replace("11-24", "11-23"), again)
    said = talk.drops("bank.xml", bank_file(*days))
    assert "fits nothing" not in said and "tell me" not in said
    all_is_placed(talk.presses("Take it in"), talk, number)


def test_who_pays_again_what_an_earlier_file_had_settled_owes_nothing_either(
    talk: Talk, owed: tuple[str, str, Money]
) -> None:
    number, reference, amount = owed
    sums = str(amount.decimal)
    takes_in(talk, entry(sums, reference).replace("11-24", "11-22"))
    gone, again = entry(sums, reference, mark="B1", back=True), entry(sums, reference, mark="A2")
    said = talk.drops("bank.xml", bank_file(gone.replace("11-24", "11-23"), again))
    assert "fits nothing" not in said and "tell me" not in said
    all_is_placed(talk.presses("Take it in"), talk, number)
