"""What one entry of a camt statement says: whether it is money yet, how much, from whom, for what."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.documents import Receipt
from bot.money import Money
from storage.readers._leaves import RETURNED, Leaves, day_of, first, money
from storage.readers._marks import Marks, made_of
from storage.readers._source import Unreadable

SIGNS = {"CRDT": 1, "DBIT": -1}
STATUSES = {"BOOK": True, "PDNG": False, "INFO": False, "FUTR": False}
DAYS = ("BookgDt/Dt", "BookgDt/DtTm", "ValDt/Dt", "ValDt/DtTm")
TRUTHS = {"true": True, "1": True, "false": False, "0": False, "": False}
NO_NAME = {"NOTPROVIDED", "NONREF", "NONE", "0"}
"""What banks write where an identifier is asked for and there is none."""

FAMILY, CODE = "BkTxCd/Domn/Fmly/Cd", "BkTxCd/Domn/Fmly/SubFmlyCd"
TAKEN_BACK = {"RRTN", "RPCR", "PRDD", "UPDD"}
"""Bank transaction codes (ISO 20022) of payments that were returned, cancelled or left unpaid."""

OURS_BACK = {1: {"ICDT", "RDDT"}, -1: {"RCDT", "IDDT"}}
"""The families they hold for: by sign, our own payment coming back, and a payment to us going back."""

PART_AMOUNTS = ("Amt", "AmtDtls/TxAmt/Amt", "AmtDtls/InstdAmt/Amt")
REFERENCES = tuple(
    f"RmtInf/Strd/{path}"
    for path in ("CdtrRefInf/Ref", "CdtrRefInf/CdtrRef", "RfrdDocInf/Nb", "RfrdDocInf/RfrdDocNb")
)
ROLES = {
    role: tuple(f"RltdPties/{role}/{way}" for way in ("Nm", "Pty/Nm", "Agt/FinInstnId/Nm"))
    for role in ("UltmtDbtr", "Dbtr", "UltmtCdtr", "Cdtr")
}
FULL_LINES = (35, 70, 140)
"""Lengths at which banks cut a text, in the middle of a word if need be."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as booked: signed amount, day, and the details of the payments in it."""

    amount: Money
    day: date
    own: Leaves
    parts: tuple[Leaves, ...]
    line: int | None

    @property
    def sign(self) -> int:
        """One for money in, minus one for money out."""
        return -1 if self.amount.minor < 0 else 1


def is_booked(leaves: Leaves) -> bool:
    """Whether it is money yet: what waits or is only announced is not."""
    status = first(leaves, "Sts", "Sts/Cd")
    if not status:
        return bool(first(leaves, "BookgDt/Dt", "BookgDt/DtTm"))
    if status not in STATUSES:
        raise Unreadable("broken_row", value=status[:40], field="Sts")
    return STATUSES[status]


def entry_of(own: Leaves, parts: Sequence[Leaves], line: int | None, told: str) -> Entry:
    """The entry; `Unreadable` where amount, direction or day are not beyond doubt.

    An entry without any day of its own is of the day that the bank told of it.
    """
    sign = SIGNS.get(first(own, "CdtDbtInd"))
    if sign is None:
        raise Unreadable("broken_row", value=first(own, "CdtDbtInd")[:40], field="CdtDbtInd")
    amount = money(first(own, "Amt"), first(own, "Amt@"))
    written = first(own, *DAYS) or told
    if not written:
        raise Unreadable("broken_row", value="", field="BookgDt")
    return Entry(amount if sign > 0 else -amount, day_of(written), own, tuple(parts), line)


def receipts_of(entry: Entry, account: str, owner: str, marks: Marks) -> Iterable[Receipt]:
    """The payments of an entry: each of its transactions when they add up to it, else the entry as it is."""
    split = _split(entry)
    lump = _lump(entry) if len(split) > 1 else ""
    for amount, parts in split:
        back = _taken_back(entry, parts)
        if amount.minor and (amount.minor > 0 or back):
            yield Receipt(
                day=entry.day,
                amount=amount,
                references=tuple(dict.fromkeys(r for part in parts for r in _references(part))),
                payer=_payer(parts, owner),
                reversal=back,
                line=entry.line,
                text=_text(entry, parts),
                account=account,
                mark=marks.name(_mark(entry, amount, parts)),
                lump=lump,
            )


def _split(entry: Entry) -> list[tuple[Money, tuple[Leaves, ...]]]:
    amounts = [_part_amount(part, entry.amount.currency) for part in entry.parts]
    whole = sum(amount.minor for amount in amounts if amount)
    if len(amounts) < 2 or whole != abs(entry.amount.minor):
        return [(entry.amount, entry.parts)]
    pairs = zip(amounts, entry.parts, strict=True)
    return [(amount if entry.sign > 0 else -amount, (part,)) for amount, part in pairs if amount]


def _part_amount(part: Leaves, currency: str) -> Money | None:
    """A transaction's own amount in the currency of the account, where it gives one."""
    for path in PART_AMOUNTS:
        if first(part, path + "@") == currency:
            try:
                return money(first(part, path), currency)
            except Unreadable:
                return None
    return None


def _taken_back(entry: Entry, parts: Sequence[Leaves]) -> bool:
    """Whether it undoes an earlier payment: by the entry's own word, a return's reason or the bank's code."""
    marked = first(entry.own, "RvslInd")
    if marked not in TRUTHS:
        raise Unreadable("broken_row", value=marked[:40], field="RvslInd")
    if TRUTHS[marked] or any(RETURNED in part for part in parts):
        return True
    codes = ((first(each, FAMILY), first(each, CODE)) for each in (entry.own, *parts))
    return any(family in OURS_BACK[entry.sign] and code in TAKEN_BACK for family, code in codes)


def _references(part: Leaves) -> list[str]:
    given = (text for path in REFERENCES for text in part.get(path, ()))
    return [text for text in given if text.upper() not in NO_NAME]


def _payer(parts: Sequence[Leaves], owner: str) -> str:
    """Who owes what was paid; of several in one sum none is named."""
    names = {_party(part, owner) for part in parts}
    return " ".join(names.pop().split()) if len(names) == 1 else ""


def _party(part: Leaves, owner: str) -> str:
    """The debtor; where that is the account's owner, as when money goes back, the other side."""
    debtor = first(part, *ROLES["Dbtr"])
    if debtor and debtor.casefold() == owner.casefold():
        return first(part, *ROLES["UltmtCdtr"], *ROLES["Cdtr"])
    return first(part, *ROLES["UltmtDbtr"]) or debtor


def _text(entry: Entry, parts: Sequence[Leaves]) -> str:
    """The payer's free words; where there are none, what the bank says of it."""
    words = [_joined(part.get("RmtInf/Ustrd", [])) for part in parts]
    words += [text for part in parts for text in part.get("RmtInf/Strd/AddtlRmtInf", ())]
    words = [word for word in words if word] or [t for part in parts for t in part.get("AddtlTxInf", ())]
    whole = " ".join(dict.fromkeys(words)) or first(entry.own, "AddtlNtryInf")
    return " ".join(whole.split())


def _joined(lines: Sequence[str]) -> str:
    """Lines as one text: one that is full to the last sign runs on in the next."""
    return "".join(line if len(line) in FULL_LINES else f"{line} " for line in lines).strip()


def _lump(entry: Entry) -> str:
    """The mark of the entry as a whole, as a statement tells of it that leaves its parts to a notice."""
    named = first(entry.own, "AcctSvcrRef")
    return _mark(entry, entry.amount, entry.parts) if named and named.upper() not in NO_NAME else ""


def _mark(entry: Entry, amount: Money, parts: Sequence[Leaves]) -> str:
    """The bank's own name for it: the entry's, in a batch with the transaction's behind, and the amount."""
    named = [first(entry.own, "AcctSvcrRef"), *(first(part, "Refs/AcctSvcrRef") for part in parts)]
    names = [name for name in dict.fromkeys(named) if name and name.upper() not in NO_NAME]
    needed = 1 if len(entry.parts) == len(parts) else 2
    if len(names) < needed:
        told = [r for part in parts for r in (*_references(part), first(part, "Refs/EndToEndId"))]
        names.append(made_of(entry.day, told, _payer(parts, ""), _text(entry, parts)))
    return f"{'/'.join(names[:needed])} {amount.decimal} {amount.currency}"
