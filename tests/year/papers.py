"""What a business drops into the chat on a morning: its new invoices as a list, and the bank's file."""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import escape

from tests.year.truth import Bill, Coin, Firm

HEAD = "Customer;Org no;Email;Invoice no;Issued;Due date;Amount;Currency;OCR;Description;Language"
ENTRY = """<Ntry><Amt Ccy="{currency}">{amount}</Amt><CdtDbtInd>{sign}</CdtDbtInd>{back}<Sts>BOOK</Sts>
<BookgDt><Dt>{day}</Dt></BookgDt><AcctSvcrRef>{mark}</AcctSvcrRef><NtryDtls><TxDtls>
<Refs><AcctSvcrRef>{mark}</AcctSvcrRef></Refs><RltdPties><Dbtr><Nm>{payer}</Nm></Dbtr></RltdPties>
<RmtInf>{said}</RmtInf></TxDtls></NtryDtls></Ntry>"""
FILE = """<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.054.001.02"><BkToCstmrDbtCdtNtfctn>
<GrpHdr><MsgId>{name}</MsgId><CreDtTm>{day}T06:00:00</CreDtTm></GrpHdr>
<Ntfctn><Id>{name}</Id><CreDtTm>{day}T06:00:00</CreDtTm>
<Acct><Id><IBAN>{iban}</IBAN></Id></Acct>{entries}</Ntfctn>
</BkToCstmrDbtCdtNtfctn></Document>"""
IBAN = {
    "NO": "NO9386011117947",
    "SE": "SE4550000000058398257466",
    "DK": "DK5000400440116243",
    "FI": "FI2112345600000785",
}


def invoices(bills: Iterable[Bill], firm: Firm) -> bytes:
    """New invoices as a list."""
    rows = (_row(bill, firm) for bill in bills)
    return "\n".join((HEAD, *rows)).encode()


def _row(bill: Bill, firm: Firm) -> str:
    """A bill as a row; whoever goes by two names is billed under the other one every second time."""
    buyer = firm.by_key[bill.buyer]
    amount, currency = f"{bill.amount.decimal:.2f}".replace(".", ","), bill.amount.currency
    name = buyer.alias if int(bill.number) % 2 else buyer.name
    cells = (name, buyer.number, buyer.email, bill.number, bill.issued, bill.due, amount, currency)
    return ";".join(map(str, (*cells, bill.reference, "Arbeid", buyer.language)))


def bank(coins: Iterable[Coin], firm: Firm, name: str) -> bytes:
    """What the bank booked, as camt.054."""
    found = tuple(coins)
    entries = "".join(_entry(coin, firm) for coin in found)
    iban = IBAN[firm.business.country]
    return FILE.format(name=name, day=found[-1].day, iban=iban, entries=entries).encode()


def _entry(coin: Coin, firm: Firm) -> str:
    bill = next(b for b in firm.bills if b.number == coin.bill)
    said = {
        "reference": f"<Strd><CdtrRefInf><Ref>{bill.reference}</Ref></CdtrRefInf></Strd>",
        "number": f"<Ustrd>Faktura {bill.number}</Ustrd>",
        "name": "<Ustrd>Takk</Ustrd>",
    }
    is_back = coin.amount.minor < 0
    return ENTRY.format(
        currency=coin.amount.currency,
        amount=f"{abs(coin.amount.decimal):.2f}",
        sign="DBIT" if is_back else "CRDT",
        back="<RvslInd>true</RvslInd>" if is_back else "",
        day=coin.day,
        mark=coin.mark,
        payer=escape(firm.by_key[coin.buyer].alias),
        said=said[coin.by],
    )
