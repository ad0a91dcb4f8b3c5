"""One line of a bank's list: its day, what moved, in or out, and what the payer said."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bot.money import Money
from storage.readers._bank_layout import DAYS
from storage.readers._cells import Row, as_text
from storage.readers._headings import TOTALS
from storage.readers._scan import payer_in, references_in
from storage.readers._source import Unreadable

IN = {"k", "c", "cr", "+", "kredit", "credit", "crdt", "inn", "in", "ind", "pano"}
OUT = {"d", "dr", "-", "debet", "debit", "dbit", "ut", "out", "ud", "otto"}
PENDING = re.compile(
    r"reserv\w+|venter.*|ikke bokført|ej bokförd|väntar|odottaa|varaus|pending|waiting|kommende|kommande"
    r"|slettet|slettede|afvist|avvist|avvisad|hylätty|deleted|rejected|failed|cancelled|declined|reverted",
    re.IGNORECASE,
)
"""What stands beside money that has not come, or will not."""

STANDS = re.compile(
    r"(?:ing|inng|utg)ående (?:\w+ )?saldo.*|(?:opening|closing) balance.*|(?:alku|loppu)saldo.*"
    r"|(?:primo|ultimo)\W?(?:saldo)?.*|saldo(?: .*|:)?",
    re.IGNORECASE,
)
"""What stands beside a balance on a line of its own."""

ACCOUNT = re.compile(r"(?:[A-Z]{2}\d{2})?[\d .-]{6,}", re.IGNORECASE)
LABEL = re.compile(r"^(?:ref\s*[=:]\s*|')")
"""What some banks put before a reference."""

KRONER = {"NOK", "SEK", "DKK", "ISK"}
CODE = re.compile(r"[A-Z]{3}")


@dataclass(frozen=True, slots=True)
class Entry:
    """What one line tells."""

    line: int
    day: date
    amount: Money
    balance: Decimal | None
    account: str
    receiver: str
    payer: str
    text: str
    references: tuple[str, ...]
    id: str


def is_passed_over(row: Row) -> bool:
    """Whether a line tells of no movement: a total, a balance, a remark, money that has not come yet."""
    if PENDING.fullmatch(row.text("status")):
        return True
    day = next((row.text(name) for name in DAYS if name in row.columns), "")
    if day and _has_amount(row):
        return any(words.fullmatch(day) for words in (PENDING, STANDS, TOTALS))
    filled = [text for cell in row.cells if (text := as_text(cell))]
    stands = any(STANDS.fullmatch(text) or TOTALS.fullmatch(text) for text in filled)
    return len(filled) < 2 or stands or (not day and ("booked" in row.columns or not _has_amount(row)))


def _has_amount(row: Row) -> bool:
    return any(row.text(name) for name in ("amount", "in", "out"))


def entry(row: Row, currencies: Sequence[str]) -> Entry:
    """The line as an entry; `currencies` may be meant where it names none, the likeliest first."""
    day = next((day for name in DAYS if (day := row.day(name))), None)
    if day is None:
        raise Unreadable("bad_date", value=next((t for name in DAYS if (t := row.text(name))), ""))
    amount, mark = moved(row)
    balance = row.amount("balance")
    words = _words(row)
    return Entry(
        line=row.line,
        day=day,
        amount=_money(amount, _currency(row, mark, currencies)),
        balance=balance[0] if balance else None,
        account=account_of(row),
        receiver=receiver_of(row),
        payer=_payer(row, words),
        text=words,
        references=_references(row, words),
        id="".join(row.text("id").split()),
    )


def moved(row: Row) -> tuple[Decimal, str]:
    """What came, above nothing, or went, below it, with the currency mark beside it."""
    if "amount" not in row.columns:
        return _in_or_out(row)
    found = row.amount("amount")
    if not found:
        raise Unreadable("missing_amount")
    side = row.text("side").casefold()
    if side and side not in IN | OUT:
        raise Unreadable("bad_amount", value=f"{row.text('amount')} {side}"[:40])
    amount = abs(found[0]) if side else found[0]
    return (-amount if side in OUT else amount), found[1]


def _in_or_out(row: Row) -> tuple[Decimal, str]:
    came, went = row.amount("in"), row.amount("out")
    if not came and not went:
        raise Unreadable("missing_amount")
    if came and (came[0] < 0 or (came[0] and went and went[0])):
        raise Unreadable("bad_amount", value=f"{row.text('in')} {row.text('out')}".strip()[:40])
    if went and went[0]:
        return -abs(went[0]), went[1]
    return came or went or (Decimal(), "")


def _money(amount: Decimal, currency: str) -> Money:
    try:
        return Money.of(amount, currency)
    except ValueError as error:
        raise Unreadable("bad_amount", value=f"{amount} {currency}"[:40]) from error


def _currency(row: Row, mark: str, likely: Sequence[str]) -> str:
    """The currency of the line: its column or the mark beside the amount, else the likeliest."""
    column = row.text("currency").upper()
    named = {"kr" if n.upper().startswith("KR") else "EUR" if n == "€" else n for n in (column, mark) if n}
    exact = named - {"kr"}
    if len(exact) > 1 or ("kr" in named and exact - KRONER):
        raise Unreadable("currency_conflict", found=", ".join(sorted(named)))
    code = exact.pop() if exact else next((c for c in likely if c in KRONER or "kr" not in named), "")
    if not code:
        raise Unreadable("no_currency")
    if not CODE.fullmatch(code):
        raise Unreadable("bad_currency", value=code[:40])
    return code


def account_of(row: Row) -> str:
    """Whose balance a line moves, where several accounts stand in one list."""
    own = "".join((row.text("clearing") + row.text("account")).split())
    return own if any(map(str.isdigit, own)) else ""


def receiver_of(row: Row) -> str:
    """The account that money went to: ours, where it came in."""
    return "".join(to.split()) if ACCOUNT.fullmatch(to := row.text("receiver")) else ""


def _words(row: Row) -> str:
    """All that the payer and the bank wrote, each thing once."""
    names = [name for name in row.columns if name.startswith(("text", "reference"))]
    texts = [text for name in names if (text := row.text(name))]
    return " ".join(dict.fromkeys(text for text in texts if not _says_nothing(text)))


def _says_nothing(text: str) -> bool:
    """Whether a text is nothing but a dash or a dot, as banks fill empty cells."""
    return not any(map(str.isalnum, text))


def _payer(row: Row, words: str) -> str:
    senders = [name for name in row.columns if name.startswith("sender")]
    named = (row.text(name) for name in ("payer", "name", *senders))
    told = next((name for name in named if any(map(str.isalpha, name)) and not ACCOUNT.fullmatch(name)), "")
    return told or payer_in(words)


def _references(row: Row, words: str) -> tuple[str, ...]:
    """Those of the columns for them, and what may be one among the words."""
    names = [name for name in row.columns if name.startswith("reference")]
    given = [code for name in names if any(map(str.isdigit, code := LABEL.sub("", row.code(name))))]
    return tuple(dict.fromkeys((*given, *(r for r in references_in(words) if r not in " ".join(given)))))
