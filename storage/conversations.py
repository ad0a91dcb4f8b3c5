"""The conversation as it was kept: lines, and the tokens by which their buttons are pressed, each once."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass, replace

import sqlalchemy as sa

from bot.chat import Action, Button, Card, Form, Item, Posted
from storage.columns import FLAG
from storage.ids import new_id
from storage.repository import Listed
from storage.shapes import Shape
from storage.tables import counter, scoped

LINE = Shape(Posted)
lines = scoped(
    "lines",
    LINE,
    counter("place"),
    counter("revision"),
    sa.Column("closed", FLAG, nullable=False),
    indexes=[("place",), ("revision",)],
)


@dataclass(frozen=True, slots=True)
class Token:
    """What a button or form stands for, on which line, and whether it is spent."""

    token: str
    line: str
    action: Action
    look: bool = False
    spent: bool = False


@dataclass(frozen=True, slots=True)
class Press:
    """What a token meant when it was pressed."""

    line: Posted
    action: Action
    look: bool
    spent: bool


TOKEN = Shape(Token)
tokens = scoped("tokens", TOKEN, key=["token"], refs={"line": "lines"}, indexes=[("line",)])


class Lines(Listed[Posted]):
    """The conversation with one business, oldest first."""

    noun = "line"
    table = lines
    shape = LINE

    def add(self, card: Card, *, mine: bool = False) -> Posted:
        """Keep a card as a new line, with fresh tokens to press; those in `more` are lines of their own."""
        line = Posted(new_id(), self.scope.now, with_tokens(card), mine)
        self.scope.insert(lines, {**LINE.row(line), "closed": False})
        self._keep_tokens(line)
        return line

    def recent(self, before: str = "", limit: int = 50) -> tuple[Posted, ...]:
        """The latest lines, or the latest before a line."""
        query = self._query().order_by(None).order_by(lines.c.place.desc()).limit(limit)
        if before:
            known = self.scope.select(lines, lines.c.place).where(lines.c.id == before)
            query = query.where(lines.c.place < known.scalar_subquery())
        return self._values(query)[::-1]

    def since(self, cursor: int) -> tuple[int, tuple[Posted, ...]]:
        """Lines that are new or changed since a cursor, and the cursor for the next time; 0 begins."""
        query = self._query(lines.c.revision > cursor).add_columns(lines.c.revision)
        rows = self.scope.rows(query)
        return max((row[-1] for row in rows), default=cursor), tuple(LINE.value(row) for row in rows)

    def press(self, token: str) -> Press | None:
        """What a token stands for; None when this business never had it."""
        columns = [tokens.c[name] for name in TOKEN.names]
        found = self.scope.rows(self.scope.select(tokens, *columns).where(tokens.c.token == token))
        if not found:
            return None
        kept = TOKEN.value(found[0])
        return Press(self.get(kept.line), kept.action, kept.look, kept.spent)

    def close(self, key: str, outcome: str) -> Posted | None:
        """Take the buttons off a line and say what happened; None when that was done already."""
        line = self.get(key)
        shut = replace(line, card=without_buttons(line.card), outcome=outcome)
        is_first = self._change(sa.and_(lines.c.id == key, ~lines.c.closed), shut, closed=True)
        return shut if is_first else None

    def replace(self, key: str, card: Card) -> Posted:
        """Put another card in a line's place, with tokens of its own; the old ones are spent."""
        line = replace(self.get(key), card=with_tokens(card), outcome="")
        self._change(lines.c.id == key, line, closed=False)
        self._keep_tokens(line)
        return line

    def _change(self, where: sa.ColumnElement[bool], line: Posted, closed: bool) -> bool:
        changed = self.scope.next(lines, "revision")
        values = {"card": line.card, "outcome": line.outcome, "closed": closed, "revision": changed}
        if not self.scope.update(lines, where, values):
            return False
        self.scope.update(tokens, tokens.c.line == line.id, {"spent": True})
        return True

    def _keep_tokens(self, line: Posted) -> None:
        for part in _pressed(line.card):
            look = isinstance(part, Button) and part.look
            self.scope.insert(tokens, TOKEN.row(Token(part.token, line.id, part.action, look)))


def with_tokens(card: Card) -> Card:
    """A card alone, with a fresh token on everything that can be pressed."""
    return replace(
        card,
        items=tuple(_item(item, _button(item.button)) if item.button else item for item in card.items),
        form=replace(card.form, token=_token()) if card.form else None,
        buttons=tuple(_button(button) for button in card.buttons),
        more=(),
    )


def without_buttons(card: Card) -> Card:
    """A card on which nothing is left to press."""
    return replace(card, items=tuple(_item(item, None) for item in card.items), form=None, buttons=())


def _pressed(card: Card) -> Iterator[Button | Form]:
    yield from card.buttons
    yield from (item.button for item in card.items if item.button)
    if card.form:
        yield card.form


def _item(item: Item, button: Button | None) -> Item:
    return replace(item, button=button)


def _button(button: Button) -> Button:
    return replace(button, token=_token())


def _token() -> str:
    """Sixteen random bytes: 22 characters, not to be guessed."""
    return secrets.token_urlsafe(16)
