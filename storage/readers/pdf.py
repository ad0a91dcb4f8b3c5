"""PDF files: attached to the invoice whose number they bear; figures only from an e-invoice inside them."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING, TypeVar

from bot.documents import Document, Reading
from storage.readers import cii, ubl
from storage.readers._source import Source, Unreadable

if TYPE_CHECKING:
    from pypdf import PdfReader

Found = TypeVar("Found")

HYBRID = "factur-x"
INSIDE = re.compile(r"(?:factur-x|zugferd-invoice|xrechnung|cida)\.xml", re.IGNORECASE)
"""What Factur-X, ZUGFeRD and XRechnung call the e-invoice that a PDF carries."""

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
    """The e-invoice that it carries; else the paper, no claim, with the number that it seems to bear."""
    inside = inside_of(source.content)
    carried = _carried(replace(source, content=inside)) if inside else Reading()
    if carried.documents:
        return replace(carried, format=HYBRID)
    found = LABELLED.search(text_of(source.content))
    number = found[1].rstrip("./-") if found else ""
    paper = Document(kind="other", number=number, amount=None, collectable="no", why_not="pdf")
    return Reading((paper,), problems=carried.problems, format="pdf")


def _carried(source: Source) -> Reading:
    is_ubl = ubl.recognise(source.content) > cii.recognise(source.content)
    try:
        return ubl.read(source) if is_ubl else cii.read(source)
    except Unreadable as reason:
        return Reading(problems=(reason.problem,))


def inside_of(content: bytes) -> bytes:
    """The e-invoice that a PDF carries; nothing where there is none to be found."""

    def first(reader: PdfReader) -> bytes:
        named = (name for name in reader.attachments if INSIDE.fullmatch(name))
        return next((reader.attachments[name][0] for name in named), b"")

    try:
        return _opened(content, first)
    except Unreadable:
        return b""


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
    return _opened(
        content,
        lambda reader: "\n".join(page.extract_text() for page in reader.pages[:PAGES])[:LONGEST_TEXT],
    )


def _opened(content: bytes, look: Callable[[PdfReader], Found]) -> Found:
    """What a look into the file finds; `Unreadable` when it is locked or broken."""
    from pypdf import PdfReader, errors  # noqa: PLC0415  (an eighth of a second, at every start)

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it tells the log of every flaw that it mends
    try:
        reader = PdfReader(BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unreadable("locked_file", format="pdf")
        return look(reader)
    except (Unreadable, errors.FileNotDecryptedError) as error:
        raise Unreadable("locked_file", format="pdf") from error
    except Exception as error:  # pypdf raises anything from KeyError to RecursionError on damaged files
        raise Unreadable("broken_pdf", format="pdf") from error


def _stands_in(number: str, text: str) -> bool:
    """Whether it stands there by itself: not within a longer word, nor as a part of an amount."""
    alone = rf"(?<!\w)(?<!\d[ .,]){re.escape(number)}(?!\w)(?![.,]\d)"
    return bool(number) and re.search(alone, text, re.IGNORECASE) is not None
