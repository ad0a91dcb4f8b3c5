"""A line of the conversation as a Slack message: what it says, its ways on, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil
from typing import Literal

from bot.chat import Button, Card
from bot.platforms import Post
from handlers.platforms.slack.cards import context, foot, law, shown, spoken
from handlers.platforms.slack.fitting import MESSAGE, Part, fitted
from handlers.platforms.slack.rich import Piece
from handlers.platforms.slack.rows import button
from handlers.platforms.slack.text import Json, label, spelled
from handlers.platforms.slack.words import Words

NOTICE = 3900
"""Characters of the text beside the blocks."""
IN_A_ROW = 5
ROWS = 20
ORDER = {"primary": 0, "plain": 1, "quiet": 2}


def message(post: Post, words: Words) -> Json:
    """A line as it is shown in a chat: its blocks, and all its words again for those who cannot see them."""
    card, outcome = post.line.card, post.line.outcome.removeprefix("✓").strip()
    over = bool(outcome)
    parts = [
        *_small(post.business),
        *drawn(card, words, alive=not over),
        *_small(f"✓ {outcome}" if over else ""),
    ]
    told = [post.business, *spoken(card, words), outcome or card.foot]
    return _message(parts, told)


def root(post: Post) -> Json:
    """What a customer's thread begins with: their name."""
    name = {"type": "header", "text": label(post.about or "Purr", 150)}
    return _message([Part([Piece(name)]), *_small(post.business)], [post.about, post.business])


def hint(card: Card, words: Words) -> Json:
    """A card for one person's eyes alone."""
    cards = (card, *card.more)
    parts = [part for each in cards for part in drawn(each, words)]
    return _message(parts, [line for each in cards for line in (*spoken(each, words), each.foot)])


def drawn(card: Card, words: Words, *, alive: bool = True) -> list[Part]:
    """All parts of a card, the small print last; `alive`: with its ways on."""
    ways = [*_asking(card, words), *_buttons(card)] if alive else []
    return [*shown(card, words, alive=alive), Part(ways), Part(foot(card) if alive else []), law(card)]


def _message(parts: Sequence[Part], told: Sequence[str]) -> Json:
    text = spelled("\n".join(line.strip() for line in told if line.strip()) or "Purr", NOTICE)
    return {"text": text, "blocks": fitted(parts, MESSAGE) or [context("–")]}


def _small(text: str) -> Iterator[Part]:
    if text.strip():
        yield Part([Piece(context(text))])


def _asking(card: Card, words: Words) -> Iterator[Piece]:
    """The button that opens the form."""
    if card.form and card.form.token:
        leads = all(button.style != "primary" for button in card.buttons)
        style: Literal["primary", "plain"] = "primary" if leads else "plain"
        opens = Button(words["fill_in"], card.form.action, style, token=card.form.token)
        labels = ", ".join(field.label for field in card.form.fields)
        yield _row([button(opens, "form:0", labels)])


def _buttons(card: Card) -> Iterator[Piece]:
    """A card's own buttons, the first first, a few in a row; with very many the rows get longer."""
    pressed = sorted((b for b in card.buttons if b.token), key=lambda b: ORDER[b.style])
    first = len(card.items)
    each = [button(b, f"press:{first + at}", card.title) for at, b in enumerate(pressed)]
    long = max(IN_A_ROW, ceil(len(each) / ROWS))
    yield from (_row(each[at : at + long]) for at in range(0, len(each), long))


def _row(elements: list[Json]) -> Piece:
    return Piece({"type": "actions", "elements": elements})
