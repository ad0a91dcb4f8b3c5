"""What stands in a payer's free words: payment references and numbers, and a name."""

from __future__ import annotations

import re

from storage.readers._dates import COMPACT, read_date

LABELLED = re.compile(
    r"(?<!\w)(?:kid|ocr|viite(?:numero|nro)?|ref(?:erens|eranse|erence)?|betalings-?id|"
    r"fakt(?:ura)?(?:nummer|nr|[ .-]nr)?|invoice(?: no| number)?|inv|lasku(?:n numero|nro)?|rechnung)"
    r"\b[.:# -]{0,4}((?=[\w./-]*\d)[A-Z0-9][\w./-]{0,24})",
    re.IGNORECASE,
)
STRUCTURED = re.compile(r"(?<!\w)RF\d\d(?:(?: ?\d{1,4})+|[0-9A-Z]{1,21})(?!\w)")
"""A creditor reference (ISO 11649), whole or in groups."""

SLIP = re.compile(r"\+\d\d<\d{0,16}\+\d{8}<")
"""The line of a Danish payment slip."""

BARE = re.compile(r"(?<![\w.,:/+-])\d{5,25}(?![\w,:/+-]|\.\d)")
PAYER = re.compile(
    r"(?<!\w)(?:fra|från|from|maksaja|betaler|betalare|payer)\s*:?\s+"
    r"((?=[^\d\s]).{2,60}?)(?=\s+(?:betalt|betald|dato|datum|kid|ocr|melding|meddelande)\b|\s*[/;,]|\s{2}|$)",
    re.IGNORECASE,
)


def references_in(text: str) -> tuple[str, ...]:
    """Everything in a text that may be a reference or an invoice's number, as written, each once."""
    slips = SLIP.findall(text)
    structured = STRUCTURED.findall(text)
    rest = STRUCTURED.sub(" ", SLIP.sub(" ", text))
    labelled = [found.rstrip("./-") for found in LABELLED.findall(rest)]
    bare = [found for found in BARE.findall(rest) if not _is_day(found)]
    return tuple(dict.fromkeys((*slips, *structured, *labelled, *bare)))


def payer_in(text: str) -> str:
    """Who a text says that the money is from; the empty string where it does not."""
    found = PAYER.search(text)
    return " ".join(found[1].split()) if found else ""


def _is_day(digits: str) -> bool:
    try:
        return bool(COMPACT.fullmatch(digits) and 2000 <= read_date(digits).year <= 2100)
    except ValueError:
        return False
