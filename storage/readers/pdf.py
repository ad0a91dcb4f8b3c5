"""PDF files: never a source of figures, only attached to the invoice whose number they bear."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable
from io import BytesIO

from bot.documents import Document, Reading
from storage.readers._source import Source, Unreadable

MARK = b"%PDF-"
PAGES = 3
"""An invoice names its number early."""

LONGEST_TEXT = 200_000
LABELLED = re.compile(
    r"(?:faktura|kreditnota|invoice|laskun?|rechnungs?)[ -]?"
    r"(?:nummer|numero|number|nro|nr|no|id)?\b[.:# ]{0,4}\s*"
    r"((?=[\w./-]*\d)[A-Z0-9][\w./-]{1,29})",
    re.IGNORECASE,
)
SHORTEST = 3
"""Numbers with fewer characters stand in any text by chance, so they count in the file's name alone."""


def recognise(head: bytes) -> float:
    """Sure when the mark stands among the first bytes."""
    return 0.95 if MARK in head[:1024] else 0


def read(source: Source) -> Reading:
    """The paper as a document that is no claim, with the number that it seems to bear."""
    found = LABELLED.search(text_of(source.content))
    number = found[1].rstrip("./-") if found else ""
    paper = Document(kind="other", number=number, amount=None, collectable="no", why_not="pdf")
    return Reading((paper,), format="pdf")


def numbers_in(content: bytes, known: Iterable[str], name: str = "") -> tuple[str, ...]:
    """Which of the known invoice numbers stand in a PDF's text or its file name, the longest first.

    Of a locked or broken file only the name is looked at.
    """
    try:
        text = text_of(content)
    except Unreadable:
        text = ""
    return tuple(
        number
        for number in sorted(set(known), key=lambda n: (-len(n), n))
        if _stands_in(number, name) or (len(number) >= SHORTEST and _stands_in(number, text))
    )


def text_of(content: bytes) -> str:
    """The text of the first pages; `Unreadable` when the file is locked or broken."""
    from pypdf import PdfReader  # noqa: PLC0415  (an eighth of a second, at every start)
    from pypdf.errors import FileNotDecryptedError  # noqa: PLC0415

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it tells the log of every flaw that it mends
    try:
        reader = PdfReader(BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unreadable("locked_file", format="pdf")
        return "\n".join(page.extract_text() for page in reader.pages[:PAGES])[:LONGEST_TEXT]
    except (Unreadable, FileNotDecryptedError) as error:
        raise Unreadable("locked_file", format="pdf") from error
    except Exception as error:  # pypdf raises anything from KeyError to RecursionError on damaged files
        raise Unreadable("broken_pdf", format="pdf") from error


def _stands_in(number: str, text: str) -> bool:
    """Whether it stands there by itself: not within a longer word, nor as a part of an amount."""
    alone = rf"(?<!\w)(?<!\d[ .,]){re.escape(number)}(?!\w)(?![.,]\d)"
    return bool(number) and re.search(alone, text, re.IGNORECASE) is not None
