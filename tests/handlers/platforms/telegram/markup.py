"""Telegram's HTML, read as strictly as Telegram reads it."""

from __future__ import annotations

import re
from html import unescape

TAGS = {
    "b": r"",
    "i": r"",
    "u": r"",
    "s": r"",
    "code": r"",
    "pre": r"",
    "blockquote": r"(?: expandable)?",
    "a": r' href="[^"<>]+"',
}
PIECE = re.compile(r"<(/?)([a-z-]+)([^<>]*)>|&(?:lt|gt|amp|quot|#\d+);|[^<>&]+")


class Unparsed(ValueError):
    """Markup that Telegram refuses."""


def parsed(html: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The text as it is seen, and its entities: tag and content."""
    text, entities = "", list[tuple[str, str]]()
    open_tags: list[tuple[str, int]] = []
    at = 0
    while at < len(html):
        piece = PIECE.match(html, at)
        if piece is None:
            raise Unparsed(f"stray {html[at]!r} at {at}")
        at = piece.end()
        if piece[2] is None:
            text += unescape(piece[0])
        elif piece[1]:
            entities.append(_closed(open_tags, piece[2], text))
        else:
            open_tags.append((_opened(piece[2], piece[3], open_tags), len(text)))
    if open_tags:
        raise Unparsed(f"can't find end tag of {open_tags[-1][0]}")
    return text, tuple(entities)


def _opened(tag: str, attributes: str, open_tags: list[tuple[str, int]]) -> str:
    if tag not in TAGS or not re.fullmatch(TAGS[tag], attributes):
        raise Unparsed(f"unsupported start tag {tag}{attributes}")
    if open_tags and open_tags[-1][0] in ("pre", "code"):
        raise Unparsed("nothing may stand inside pre or code")
    if tag == "blockquote" and any(name == tag for name, _ in open_tags):
        raise Unparsed("a quotation inside a quotation")
    return tag


def _closed(open_tags: list[tuple[str, int]], tag: str, text: str) -> tuple[str, str]:
    if not open_tags or open_tags[-1][0] != tag:
        raise Unparsed(f"unexpected end tag {tag}")
    _, begin = open_tags.pop()
    return tag, text[begin:]


def units(text: str) -> int:
    """Length in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2
