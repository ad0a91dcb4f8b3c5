"""What the free field of a SWIFT statement line tells: the payer, the text, and structured references."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

CODED = re.compile(r"\s*(\d{3})([^\w\s/])(?=\d\d)")
"""A transaction code and the sign that divides the numbered parts which follow."""

FULL = 65
"""How long a line may be; one as long as this runs on in the next."""

PIECE = 27
"""The same for a numbered part."""

TEXT_PARTS = (*range(20, 30), *range(60, 64))
PAYER_PARTS = (32, 33)
LABEL = re.compile(r"\b(EREF|KREF|MREF|CRED|DEBT|SVWZ|ABWA|ABWE|IBAN|BIC|PURP|BREF|RREF)\+")
PAYERS_TEXT = "SVWZ"
"""The label of the payer's own words among those of numbered parts (EREF is the end-to-end id)."""

WORD = re.compile(
    r"/(EREF|KREF|MREF|CREF|PREF|IREF|TRTP|TYPE|IBAN|BIC|CNTP|ORDP|BENM|NAME|ID|ADDR|REMI|PURP|ULTD|ULTC"
    r"|MARF|CSID|SVCL|RTRN|ISDT|OCMT|CHGS|EXCH|ACCW|BUSP|CITY|INFO|ULTB)/"
)
STRUCTURED = re.compile(r"/?STRD/(?:[A-Z]{3,4}/)?([A-Z0-9][A-Z0-9 ]*)/?", re.IGNORECASE)
UNSTRUCTURED = re.compile(r"/?USTD/")


@dataclass(frozen=True, slots=True)
class Narrative:
    """What the field says, as far as its shape is known; else all of it is text."""

    text: str
    payer: str = ""
    references: tuple[str, ...] = ()
    is_return: bool = False


def narrative(lines: Sequence[str]) -> Narrative:
    """The field read by the shape it has: numbered parts, words between slashes, or plain lines."""
    rows = [line.rstrip() for line in lines]
    if coded := CODED.match("".join(rows)):
        return _numbered("".join(rows), coded[2])
    if len(WORD.findall("".join(rows))) > 1:
        return _worded("".join(rows))
    return Narrative(_text(rows, FULL))


def _numbered(whole: str, divider: str) -> Narrative:
    parts: dict[int, str] = {}
    for number, text in re.findall(rf"{re.escape(divider)}(\d\d)([^{re.escape(divider)}]*)", whole):
        parts.setdefault(int(number), text)
    said = _text([parts[number] for number in TEXT_PARTS if number in parts], PIECE)
    labelled = LABEL.split(said)
    words = dict(zip(labelled[1::2], labelled[2::2], strict=True))
    text = words.get(PAYERS_TEXT) or labelled[0] or said
    payer = _text([parts[number] for number in PAYER_PARTS if number in parts], PIECE)
    return Narrative(_tidy(text), payer)


def _worded(whole: str) -> Narrative:
    pieces = WORD.split(whole)
    words: dict[str, str] = {}
    for word, text in zip(pieces[1::2], pieces[2::2], strict=True):
        words[word] = words.get(word) or text
    said = words.get("REMI", "").strip()
    structured = STRUCTURED.fullmatch(said)
    free = UNSTRUCTURED.sub("", said).strip("/") if said else pieces[0]
    return Narrative(
        text="" if structured else _tidy(free),
        payer=_payer(words),
        references=(structured[1].strip(),) if structured else (),
        is_return="RTRN" in words,
    )


def _payer(words: Mapping[str, str]) -> str:
    """The name, or the third of the counterparty's parts: account, bank, name, town."""
    counterparty = words.get("CNTP", "").split("/")
    name = words.get("ULTD") or words.get("NAME") or "".join(counterparty[2:3]) or words.get("ORDP", "")
    return _tidy(name.strip("/"))


def _text(rows: Sequence[str], full: int) -> str:
    return _tidy("".join(row if len(row) >= full else f"{row} " for row in rows))


def _tidy(text: str) -> str:
    return " ".join(text.split())
