"""Words as Slack takes them: escaped, cut on word borders, with instants on the reader's own clock."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bot.chat import Moment

Json = dict[str, Any]

MOST = 3000
"""Characters in one text of a block."""
SIGNS = re.compile(r"[*_~`]|:[\w+'-]+:|^[ \t]*>", re.MULTILINE)
"""What mrkdwn would take for markup, and has no escape for."""
CLOCK = re.compile(r"(\D*)(\d{1,2}[.:]\d\d)")
BORDERS = ("\n\n", "\n", " ")


@dataclass(frozen=True, slots=True)
class Instant:
    """A moment to be shown in the reader's zone; `text` is for those who cannot."""

    text: str
    stamp: int
    format: str


def units(text: str) -> int:
    """The length as JavaScript counts it, which no limit of Slack's falls short of."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def cut(text: str, limit: int) -> str:
    """A text within a limit, ending between words and with … where something was left out."""
    if units(text) <= limit:
        return text
    head = _head(text, limit - 1)
    words, space, _ = head.rpartition(" ")
    breaks = not text[len(head)].isspace() and space and len(words) > limit // 2
    return (words if breaks else head).rstrip(" ,.;:–-\n") + "…"


def parted(text: str, limit: int = MOST) -> list[tuple[str, str]]:
    """A text in parts within a limit, each with what stood between it and the part before."""
    parts, between = [], ""
    while units(text) > limit:
        head = _head(text, limit)
        border = next((b for b in BORDERS if head.rfind(b) > 0), "")
        at = head.rfind(border) if border else len(head)
        parts.append((between, text[:at]))
        between, text = border, text[at + len(border) :]
    return [*parts, (between, text)]


def _head(text: str, limit: int) -> str:
    return text.encode("utf-16-le", "surrogatepass")[: 2 * limit].decode("utf-16-le", "ignore")


def plain(text: str, limit: int = MOST) -> Json:
    """A text in which nothing is markup, not even the name of an emoji."""
    return {"type": "plain_text", "text": cut(text.strip(), limit) or "–", "emoji": False}


def label(text: str, limit: int) -> Json:
    """A plain text on one line."""
    return plain(on_one_line(text), limit)


def on_one_line(text: str) -> str:
    """A text without line breaks."""
    return re.sub(r"\s*[\r\n]\s*", " ", text.strip())


def escape(text: str) -> str:
    """The three characters that mrkdwn has escapes for."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def spelled(text: str, limit: int) -> str:
    """A text for where mrkdwn cannot be avoided: a zero-width space keeps its signs from becoming markup."""
    safe = re.sub(r"([*_~`]|:(?=[\w+'-]+:)|^[ \t]*(?=>))", "\\1\u200b", cut(text, limit), flags=re.MULTILINE)
    while units(escape(cut(safe, limit))) > limit:
        safe = cut(safe, min(limit, units(safe)) * 4 // 5)
    return escape(cut(safe, limit))


def fits_mrkdwn(*texts: str) -> bool:
    """Whether texts hold nothing that mrkdwn would take for markup."""
    return not any(SIGNS.search(text) for text in texts)


def marked(text: str, moments: Sequence[Moment] = (), limit: int = 1000) -> Json:
    """A text as mrkdwn where it names an instant and may be, else as plain text."""
    pieces = list(timed(cut(text.strip(), limit), moments))
    if not fits_mrkdwn(text) or not any(isinstance(piece, Instant) for piece in pieces):
        return plain(text, limit)
    return mrkdwn("".join(map(dated, pieces)))


def mrkdwn(text: str) -> Json:
    """A text that is markup already; Slack adds no links or mentions of its own."""
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def dated(piece: str | Instant) -> str:
    """A piece of text as mrkdwn."""
    if isinstance(piece, str):
        return escape(piece)
    return f"<!date^{piece.stamp}^{piece.format}|{escape(piece.text)}>"


def timed(text: str, moments: Sequence[Moment]) -> Iterator[str | Instant]:
    """A text in pieces: words, and the instants that are named in them.

    Words that stand for two instants are left as they are. Of an hour only the figures are replaced.
    """
    known = {m.text: m for m in moments}
    sure = [t for t in known if t.strip() and len({m.at for m in moments if m.text == t}) == 1]
    names = "|".join(re.escape(t) for t in sorted(sure, key=len, reverse=True))
    for piece in re.split(rf"(?<!\w)({names})(?!\w)", text) if names else [text]:
        if piece in sure:
            yield from _instant(known[piece])
        elif piece:
            yield piece


def _instant(moment: Moment) -> Iterator[str | Instant]:
    stamp = int(moment.at.timestamp())
    hour = CLOCK.fullmatch(moment.text)
    if hour is None:
        yield Instant(moment.text, stamp, "{date_long} {time}")
        return
    before, figures = hour.groups()
    if before:
        yield before
    yield Instant(figures, stamp, "{time}")
