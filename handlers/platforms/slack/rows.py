"""The rows of a card: each with a button where it can be opened, else together in a list."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from bot.chat import Button, Card, Item
from handlers.platforms.slack.rich import Piece, Row, said, stacked
from handlers.platforms.slack.text import (
    Json,
    cut,
    dated,
    fits_mrkdwn,
    label,
    mrkdwn,
    on_one_line,
    plain,
    timed,
)

LABEL = 75
NAME = 150
LINE = 300
VALUE = 1000


def button(of: Button, action_id: str, about: str = "") -> Json:
    """A button that sends its token; `about` is read out after its label."""
    drawn: Json = {
        "type": "button",
        "text": label(of.label, LABEL),
        "action_id": action_id,
        "value": of.token,
    }
    if about.strip():
        drawn["accessibility_label"] = label(f"{of.label.strip()}: {about.strip()}", LABEL)["text"]
    return drawn | ({"style": "primary"} if of.style == "primary" else {})


def items(card: Card, *, alive: bool) -> list[Piece]:
    """Rows in their order; those that cannot be opened stand together in a list."""

    def opens(numbered: tuple[int, Item]) -> bool:
        return alive and bool(numbered[1].button and numbered[1].button.token)

    runs = ((opening, list(run)) for opening, run in groupby(enumerate(card.items), key=opens))
    return [piece for opening, run in runs for piece in _run(run, card, opening=opening)]


def _run(run: Sequence[tuple[int, Item]], card: Card, *, opening: bool) -> list[Piece]:
    if opening:
        return [Piece(_opening(item, at, card)) for at, item in run]
    return stacked([_listed(item, card) for _, item in run], listed=True)


def _opening(item: Item, at: int, card: Card) -> Json:
    drawn: Json = {"type": "section", "text": _row_text(item, card)}
    return drawn | ({"accessory": button(item.button, f"press:{at}", item.title)} if item.button else {})


def _row_text(item: Item, card: Card) -> Json:
    """A name in bold with a line about it; without the bold where a sign in them would become markup."""
    name, about = cut(on_one_line(item.title), NAME), cut(on_one_line(_about(item)), LINE)
    if not name or not fits_mrkdwn(name, about):
        return plain(f"{name}\n{about}")
    bold = f"*{''.join(map(dated, timed(name, ())))}*"
    return mrkdwn("\n".join(filter(None, (bold, "".join(map(dated, timed(about, card.moments)))))))


def _about(item: Item) -> str:
    return " · ".join(filter(None, (item.amount.strip(), item.text.strip())))


def _listed(item: Item, card: Card) -> Row:
    name, about = cut(item.title.strip(), LINE), cut(_about(item), VALUE)
    between = ("\n" if item.text.strip() else " · ") if name and about else ""
    plainly = [*said(between), *said(about, card.moments)]
    return [*said(name, card.moments, bold=bool(about)), *plainly] or said("–")
