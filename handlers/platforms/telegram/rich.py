"""Words as the HTML that Telegram takes: measured as it is parsed, cut between paragraphs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from html import escape

LIMIT = 4096
"""UTF-16 units in a message, after parsing."""
ENTITIES = 100
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
BORDERS = ("\n\n", "\n", ". ", " ")


@dataclass(frozen=True, slots=True)
class Span:
    """A run of words; `tag` is b, i, code, or a whole `a href="…"`."""

    text: str
    tag: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph; `wrap` is pre or blockquote; a `tight` one follows without an empty line."""

    spans: tuple[Span, ...]
    wrap: str = ""
    tight: bool = False


Page = tuple[Block, ...]
"""The blocks of one message."""


def block(*spans: Span | str, wrap: str = "", tight: bool = False) -> Block:
    """A paragraph of words that are cleaned of what Telegram would drop or refuse."""
    made = (span if isinstance(span, Span) else Span(span) for span in spans)
    return Block(tuple(replace(s, text=clean(s.text)) for s in made), wrap, tight)


def paragraphs(text: str, wrap: str = "") -> Iterator[Block]:
    """Text as blocks; an empty line parts paragraphs, unless they are wrapped together."""
    parts = [text] if wrap else re.split(r"\n\s*\n", text.replace("\r\n", "\n"))
    return (block(part.strip("\n"), wrap=wrap) for part in parts if seen(part))


def clean(text: str) -> str:
    """Text without control characters, its lines ended as everybody ends them."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return CONTROLS.sub("", text)


def seen(text: str) -> bool:
    """Whether anything of a text can be seen; Telegram refuses a message of which nothing can."""
    return any(
        (kind := unicodedata.category(c)) not in ("Cc", "Cf", "Cs") and kind[0] not in "ZM" for c in text
    )


def size(text: str) -> int:
    """How long a text is for Telegram: in UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def html(page: Page) -> str:
    """A page as Telegram's HTML."""
    return "".join(_gap(at, each) + _marked(each) for at, each in enumerate(page))


def plain(page: Page) -> str:
    """A page as it reads, without any markup."""
    return "".join(_gap(at, each) + _bare(each) for at, each in enumerate(page))


def pages(blocks: Iterable[Block], limit: int = LIMIT) -> tuple[Page, ...]:
    """Blocks put into as few messages as hold them, each within the limits."""
    filled: list[Page] = []
    page: Page = ()
    for piece in (piece for each in blocks for piece in _pieces(each, limit)):
        if page and (size(plain((*page, piece))) > limit or _entities((*page, piece)) > ENTITIES):
            filled.append(page)
            page = ()
        page = (*page, piece)
    return (*filled, page) if page else tuple(filled)


def cut(text: str, room: int) -> tuple[str, str]:
    """The most of a text that has room, up to the best border, and the rest."""
    if size(text) <= room:
        return text, ""
    most = text[:room]
    while size(most) > room:
        most = most[: len(most) - max(1, (size(most) - room) // 2)]
    for border in BORDERS:
        at = most.rfind(border)
        if at > len(most) // 2:
            return text[: at + len(border.rstrip())], text[at + len(border) :]
    return most, text[len(most) :]


def shortened(text: str, room: int) -> str:
    """A text on one line that ends in … where it had to be cut."""
    text = " ".join(clean(text).split())
    return text if size(text) <= room else cut(text, room - 1)[0].rstrip(" ,·") + "…"


def _gap(at: int, each: Block) -> str:
    return "" if at == 0 else "\n" if each.tight else "\n\n"


def _bare(each: Block) -> str:
    return "".join(span.text for span in each.spans)


def _marked(each: Block) -> str:
    inside = "".join(_tagged(span.tag, escape(span.text, quote=False)) for span in each.spans)
    return _tagged(each.wrap, inside)


def _tagged(tag: str, inside: str) -> str:
    return f"<{tag}>{inside}</{tag.partition(' ')[0]}>" if tag and inside else inside


def _entities(page: Page) -> int:
    return sum(bool(each.wrap) + sum(bool(s.tag) for s in each.spans) for each in page)


def _pieces(each: Block, limit: int) -> Iterator[Block]:
    """A block cut into pieces that fit a message each, its markup closed and opened again."""
    held: tuple[Span, ...] = ()
    room = limit
    for span in each.spans:
        rest = span.text
        while size(rest) > room:
            head, rest = cut(rest, room) if room > limit // 4 else ("", rest)
            yield replace(each, spans=(*held, replace(span, text=head)))
            held, room = (), limit
        held, room = (*held, replace(span, text=rest)), room - size(rest)
    if any(span.text for span in held):
        yield replace(each, spans=held)
