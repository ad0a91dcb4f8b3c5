"""The Home tab: what is open, on one page."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from bot.chat import Card
from handlers.platforms.slack.blocks import drawn
from handlers.platforms.slack.cards import context
from handlers.platforms.slack.fitting import PAGE, Part, fitted
from handlers.platforms.slack.rich import Piece
from handlers.platforms.slack.text import Json
from handlers.platforms.slack.words import Words


def home(cards: Sequence[Card], words: Words) -> Json:
    """Cards one below the other, each with its ways on."""
    border = Part([Piece({"type": "divider"})])
    every = (card for first in cards for card in (first, *first.more))
    parts = chain.from_iterable((border, *drawn(card, words)) for card in every)
    return {"type": "home", "blocks": fitted(list(parts)[1:], PAGE) or [context(words["empty"])]}
