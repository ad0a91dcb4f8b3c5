"""The conversation as it was kept: lines, and the tokens by which their buttons are pressed, each once."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace

import sqlalchemy as sa

from bot.chat import Action, Button, Card, Form, Handout, Item, Posted
from storage.columns import FLAG
from storage.ids import new_id
from storage.repository import Listed
from storage.scope import finding
from storage.shapes import Shape
from storage.tables import counter, scoped

LINE = Shape(Posted)
HOME = "home"
"""The topic of pages of their own, which are no part of the talk."""
lines = scoped(
    "lines",
    LINE,
    counter("place"),
    counter("revision"),
    sa.Column("closed", FLAG, nullable=False),
    sa.Column("asked_in", sa.Text(), nullable=False),
    sa.Column("topic", sa.Text(), nullable=False),
    indexes=[("place",), ("revision",), ("topic",)],
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
sa.Index("tokens_token", tokens.c.token)
BY_TOKEN = finding(tokens, *(tokens.c[name] for name in TOKEN.names)).where(
    tokens.c.token == sa.bindparam("asked")
)


class Lines(Listed[Posted]):
    """The conversation with one business, oldest first; `asked_in` is the chat that new lines belong to."""

    noun = "line"
    table = lines
    shape = LINE
    asked_in = ""

    def add(self, card: Card, *, mine: bool = False) -> Posted:
        """Keep a card as a new line, with fresh tokens to press; those in `more` are lines of their own."""
        line = Posted(new_id(), self.scope.now, with_tokens(card), mine)
        where = {"asked_in": self.asked_in, "topic": line.card.topic}
        self.scope.insert(lines, {**LINE.row(line), "closed": False, **where})
        self._keep_tokens(line)
        return line

    def recent(self, before: str = "", limit: int = 50) -> tuple[Posted, ...]:
        """The latest lines, or the latest before a line."""
        query = self._query(lines.c.topic != HOME).order_by(None).order_by(lines.c.place.desc()).limit(limit)
        if before:
            known = self.scope.select(lines, lines.c.place).where(lines.c.id == before)
            query = query.where(lines.c.place < known.scalar_subquery())
        return self._values(query)[::-1]

    def asked_here(self, limit: int = 10) -> tuple[Posted, ...]:
        """The latest lines of the chat that new lines belong to, the newest first."""
        query = self._query(lines.c.asked_in == self.asked_in).order_by(None)
        return self._values(query.order_by(lines.c.place.desc()).limit(limit))

    def since(self, cursor: int) -> tuple[int, tuple[Posted, ...]]:
        """Lines that are new or changed since a cursor, and the cursor for the next time; 0 begins."""
        query = self._query(lines.c.revision > cursor, lines.c.topic != HOME).add_columns(lines.c.revision)
        rows = self.scope.rows(query)
        return max((row[-1] for row in rows), default=cursor), tuple(LINE.value(row) for row in rows)

    def press(self, token: str) -> Press | None:
        """What a token stands for; None when this business never had it."""
        found = self.scope.found(BY_TOKEN, asked=token)
        if not found:
            return None
        kept = TOKEN.value(found[0])
        return Press(self.get(kept.line), kept.action, kept.look, kept.spent)

    def close(self, key: str, outcome: str) -> Posted | None:
        """Take the buttons off a line and say what happened; None when that was done already.

        Its files can still be asked for.
        """
        line = self.get(key)
        shut = replace(line, card=without_buttons(line.card), outcome=outcome)
        is_first = self._change(shut, closed=True, only_open=True)
        return shut if is_first else None

    def replace(self, key: str, card: Card) -> Posted:
        """Put another card in a line's place, with tokens of its own; the old ones are spent.

        A form that is asked once more keeps its token: a platform may hold it open meanwhile.
        """
        known, fresh = self.get(key), with_tokens(card)
        again = self._asked_before(key, fresh.form.action) if fresh.form else ""
        line = replace(known, card=_with_form_token(fresh, again), outcome="")
        self._change(line, closed=False)
        if again:
            self.scope.change(tokens, {"token": again}, {"spent": False})
        self._keep_tokens(line, {part.token for part in _pressed(line.card)} - {again})
        return line

    def _asked_before(self, line: str, action: Action) -> str:
        """The token of a form that a line has shown, by what it asks for; the line may be closed by now."""
        is_it = sa.and_(tokens.c.line == line, tokens.c.action == action, sa.not_(tokens.c.look))
        found = self.scope.rows(self.scope.select(tokens, tokens.c.token).where(is_it).limit(1))
        return str(found[0][0]) if found else ""

    def retire(self, card: Card, outcome: str) -> tuple[Posted, ...]:
        """Take the buttons off earlier lists of the same kind, in the chat that new lines belong to."""
        kind = lines.c.topic.startswith(card.topic.partition(" ")[0])
        same = (
            self._where(kind, lines.c.asked_in == self.asked_in, sa.not_(lines.c.closed))
            if card.topic
            else ()
        )
        return tuple(shut for line in same if (shut := self.close(line.id, outcome)))

    def page(self) -> Posted | None:
        """The page of its own that is shown where new lines belong to."""
        found = self._where(lines.c.topic == HOME, lines.c.asked_in == self.asked_in, sa.not_(lines.c.closed))
        return found[-1] if found else None

    def offering(self, action: Action) -> tuple[Posted, ...]:
        """The lines on which an action can still be pressed."""
        can = self.scope.select(tokens, tokens.c.line).where(
            tokens.c.action == action, sa.not_(tokens.c.spent)
        )
        return self._where(lines.c.id.in_(can))

    def topical(self) -> tuple[Posted, ...]:
        """The lists that are kept up to date."""
        return self._where(lines.c.topic != "", sa.not_(lines.c.closed))

    def renew(self, line: Posted, card: Card) -> Posted | None:
        """Bring a list up to date; what can still be pressed keeps its token. None: nothing has changed."""
        fresh = replace(line, card=_with_known_tokens(card, line.card))
        if fresh == line:
            return None
        kept = {part.token for part in _pressed(fresh.card)}
        added = kept - {part.token for part in _pressed(line.card)}
        self._rewrite(fresh, closed=False)
        self._spend(line, kept)
        self._keep_tokens(fresh, added)
        return fresh

    def _change(self, line: Posted, *, closed: bool, only_open: bool = False) -> bool:
        if not self._rewrite(line, closed=closed, only_open=only_open):
            return False
        self._spend(line, {part.token for part in _pressed(line.card)})
        return True

    def _rewrite(self, line: Posted, *, closed: bool, only_open: bool = False) -> bool:
        at = {"id": line.id, "closed": False} if only_open else {"id": line.id}
        values = {"card": line.card, "outcome": line.outcome, "closed": closed, "topic": line.card.topic}
        return self.scope.change(lines, at, values, counted="revision") == 1

    def _spend(self, line: Posted, kept: Collection[str]) -> None:
        """Spend the tokens of a line but for those that can still be pressed."""
        if kept:
            gone = sa.and_(tokens.c.line == line.id, tokens.c.token.not_in(kept))
            self.scope.update(tokens, gone, {"spent": True})
        else:
            self.scope.change(tokens, {"line": line.id}, {"spent": True})

    def _keep_tokens(self, line: Posted, only: Collection[str] | None = None) -> None:
        for part in _pressed(line.card):
            if only is not None and part.token not in only:
                continue
            look = isinstance(part, Button) and part.look
            self.scope.insert(tokens, TOKEN.row(Token(part.token, line.id, part.action, look)))


def with_tokens(card: Card) -> Card:
    """A card alone, with a fresh token on everything that can be pressed."""
    return replace(
        card,
        items=tuple(_item(item, _button(item.button)) if item.button else item for item in card.items),
        form=replace(card.form, token=_token()) if card.form else None,
        buttons=tuple(_button(button) for button in card.buttons),
        handouts=tuple(_handout(each, _button) for each in card.handouts),
        more=(),
    )


def _with_known_tokens(card: Card, known: Card) -> Card:
    """A card with fresh tokens, but for what could be pressed before."""
    old = {part.action: part.token for part in _pressed(known)}
    fresh = with_tokens(card)

    def same(button: Button) -> Button:
        return replace(button, token=old.get(button.action, button.token))

    kept = replace(
        fresh,
        items=tuple(_item(i, same(i.button)) if i.button else i for i in fresh.items),
        buttons=tuple(map(same, fresh.buttons)),
        handouts=tuple(_handout(each, same) for each in fresh.handouts),
    )
    return _with_form_token(kept, old.get(fresh.form.action, "") if fresh.form else "")


def _with_form_token(card: Card, token: str) -> Card:
    return replace(card, form=replace(card.form, token=token)) if card.form and token else card


def without_buttons(card: Card) -> Card:
    """A card on which nothing is left to press but for its files, and nothing to say about doing nothing."""
    return replace(
        card, items=tuple(_item(item, None) for item in card.items), form=None, buttons=(), foot=""
    )


def _pressed(card: Card) -> Iterator[Button | Form]:
    yield from card.buttons
    yield from (item.button for item in card.items if item.button)
    yield from (handout.button for handout in card.handouts if handout.button)
    if card.form:
        yield card.form


def _item(item: Item, button: Button | None) -> Item:
    return replace(item, button=button)


def _handout(handout: Handout, made: Callable[[Button], Button]) -> Handout:
    return replace(handout, button=made(handout.button)) if handout.button else handout


def _button(button: Button) -> Button:
    return replace(button, token=_token())


def _token() -> str:
    """Sixteen random bytes: 22 characters, not to be guessed."""
    return secrets.token_urlsafe(16)
