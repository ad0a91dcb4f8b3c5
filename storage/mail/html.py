"""HTML as the text that a person would see: what is hidden is left out, what is quoted is marked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

UNSEEN = frozenset("head script style title template noscript svg object iframe math select textarea".split())
HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all|"
    r"font-size\s*:\s*0(?![.\d]*[1-9])|max-(?:height|width)\s*:\s*0(?![.\d]*[1-9])|"
    r"opacity\s*:\s*0(?![.\d]*[1-9])",
    re.IGNORECASE,
)
LENGTH = 1_000_000
"""How much of a page is read, in characters."""
TAG = re.compile(
    r"<(?:style|script|head|title)\b.*?</(?:style|script|head|title)\s*>|<[^<>]*>", re.IGNORECASE | re.DOTALL
)
BREAKS = frozenset(
    "address article blockquote br center dd div dl dt fieldset footer form h1 h2 h3 h4 h5 h6 header hr li "
    "main ol p pre section table tr ul".split()
)
CELLS = frozenset({"td", "th"})


def text_of(html: str) -> str:
    """What an HTML page says; empty when there is nothing in it."""
    html = html[:LENGTH]
    if not html.strip():
        return ""
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        page = document_fromstring(html.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return ""
    said = _tidy(_lines(_said(page)))
    return said or ("" if HIDING.search(html) else _bare(html))


def _bare(html: str) -> str:
    """What is left without the tags: elements that lie too deep in each other are not read otherwise."""
    return _tidy(iter(unescape(TAG.sub(" ", html)).split("\n")))


Piece = tuple[int, str]
"""How deep in quotes something is said, and what; a line break is a piece of its own."""


def _said(page: HtmlElement) -> Iterator[Piece]:
    """The words in their order; a walk without recursion, so that no depth is too much."""
    hidden = quotes = 0
    for event, element in etree.iterwalk(page, events=("start", "end")):
        is_hidden, is_quote = _is_hidden(element), element.tag == "blockquote"
        if event == "start":
            hidden, quotes = hidden + is_hidden, quotes + is_quote
            said = _opening(element)
        else:
            hidden, quotes = hidden - is_hidden, quotes - is_quote
            said = _closing(element)
        yield from ((quotes, piece) for piece in said if not hidden)


def _is_hidden(element: etree._Element) -> bool:
    style = element.get("style", "")
    return element.tag in UNSEEN or "hidden" in element.attrib or bool(HIDING.search(style))


def _opening(element: etree._Element) -> Iterator[str]:
    if element.tag in BREAKS:
        yield "\n"
    yield _one_line(element.text)


def _closing(element: etree._Element) -> Iterator[str]:
    """What comes after an element; what follows a hidden one is seen again."""
    if element.tag in CELLS:
        yield " "
    elif element.tag in BREAKS and element.tag != "br":
        yield "\n"
    yield _one_line(element.tail)


def _one_line(text: str | None) -> str:
    """A run of text: line ends in HTML are blanks."""
    return re.sub(r"\s+", " ", text or "")


def _lines(said: Iterator[Piece]) -> Iterator[str]:
    """Whole lines, those that are quoted marked as in plain mail."""
    depth, line = 0, ""
    for quotes, piece in said:
        if piece == "\n":
            yield "> " * depth + line.strip() if line.strip() else ""
            depth, line = quotes, ""
        else:
            depth = depth if line.strip() else quotes
            line += piece
    yield "> " * depth + line.strip() if line.strip() else ""


def _tidy(lines: Iterator[str]) -> str:
    bare = (re.sub(r"[ \t]+", " ", line) for line in lines)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(bare)).strip()
