"""HTML that escapes by construction: plain text goes in, and only `tag` makes markup."""

from __future__ import annotations

from html import escape

DOT = " · "
"""Stands between a phrase and what it does."""
VOID = frozenset({"br", "img", "input", "link", "meta"})


class Html(str):
    """Text that is markup already; everything else is escaped on its way in."""

    __slots__ = ()


Attribute = str | int | bool | None


def tag(element: str, /, *inside: str | None, **attributes: Attribute) -> Html:
    """An element; `data_copy` is written `data-copy`, `class_` is `class`; None and False leave out."""
    opening = element + "".join(_attribute(key, value) for key, value in attributes.items())
    return Html(f"<{opening}>") if element in VOID else Html(f"<{opening}>{joined(*inside)}</{element}>")


def joined(*parts: str | None) -> Html:
    """Parts one after the other, each escaped unless it is markup."""
    return Html("".join(_safe(part) for part in parts if part is not None))


def paragraphs(text: str) -> Html:
    """Blank lines part paragraphs; single line breaks stay as they are and the style sheet shows them.

    Lines of a phrase and what it does are a list.
    """
    blocks = text.replace("\r\n", "\n").strip().split("\n\n")
    return joined(*(_block(block.strip("\n")) for block in blocks if block.strip()))


def _block(block: str) -> Html:
    lines = [line.partition(DOT) for line in block.split("\n")]
    if len(lines) < 3 or not all(dot for _, dot, _ in lines):
        return tag("p", block)
    return tag(
        "ul", *(tag("li", tag("b", phrase), dot, does) for phrase, dot, does in lines), class_="phrases"
    )


def _safe(text: str) -> str:
    return text if isinstance(text, Html) else escape(text)


def _attribute(key: str, value: Attribute) -> str:
    if value is None or value is False:
        return ""
    name = key.rstrip("_").replace("_", "-")
    return f" {name}" if value is True else f' {name}="{escape(str(value))}"'
