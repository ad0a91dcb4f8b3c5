"""Erasing one customer: out of every table, out of the talk, out of what came in and what platforms keep."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date, timedelta

import sqlalchemy as sa

from bot.chat import Card, Item
from bot.errors import Refusal
from bot.parties import Customer
from storage.arrivals import heard
from storage.books import Books
from storage.conversations import lines, tokens
from storage.drawers import drawers
from storage.history import history
from storage.imports import imports
from storage.incoming import incoming
from storage.mentions import Names, names
from storage.personal import TRACES
from storage.scope import BATCH

FRESH = timedelta(days=1)
"""How long a file that was dropped may wait to be taken in; what was read before is not needed any more."""
OF_TWO = ("customers_joined", "customers_parted")
"""The events of one customer that name another."""


def erase(customer: Customer, called: str, said: str, who: str, books: Books, today: date) -> None:
    """Let go of a customer but for what bookkeeping asks for, in nobody's name.

    They are `called` so from now on; `said` stands in the chats where a line told of them. Of lists that are
    kept up to date only their rows go; the rest is left to whoever keeps them so.
    """
    overwrite(books)
    known = names(customer, books)
    gone = _untold(known, said, books)
    _unlisted(known, said, books)
    _unheard(known, gone, books)
    _let_go(known, books)
    _unread(known, books)
    for letter in books.letters.of(customer.id):
        if letter.reached:
            books.pages.close(letter.id, who)
    for trace in TRACES:
        trace.empty(customer.id, books.customers.scope)
    books.customers.save(
        Customer(
            id=customer.id,
            name=called,
            kind=customer.kind,
            country=customer.country,
            language=customer.language,
            erased=today,
        )
    )
    books.history.add("customer_erased", who=who)


def remove(customer: Customer, books: Books) -> None:
    """Let go of a customer whole, once no law asks for their figures any more."""
    overwrite(books)
    _let_go(names(customer, books), books)
    for trace in TRACES:
        trace.drop(customer.id, books.customers.scope)


def overwrite(books: Books) -> None:
    """On SQLite what is deleted stays in the file until something takes its place, unless it is told so."""
    if books.customers.scope.is_sqlite:
        books.connection.exec_driver_sql("PRAGMA secure_delete=ON")


def _untold(known: Names, said: str, books: Books) -> set[str]:
    """Blank every line that tells of them, wherever it is shown; the tokens that are gone with that."""
    scope, raw = books.lines.scope, sa.type_coerce(lines.c.card, sa.Text())
    is_list = sa.and_(lines.c.topic != "", sa.not_(lines.c.closed))
    query = scope.select(lines, lines.c.place, lines.c.id, lines.c.topic, raw, lines.c.outcome, lines.c.mine)
    query = query.where(sa.not_(is_list)).order_by(lines.c.place).limit(BATCH)
    after, gone = 0, set[str]()
    while some := scope.rows(query.where(lines.c.place > after)):
        after = some[-1][0]
        for _, key, topic, card, outcome, mine in some:
            if _tells(known, card, mine) or known.whole.is_in(outcome):
                books.lines.replace(key, Card(said, topic=topic))
                books.lines.close(key, "")
                gone.add(key)
    action = sa.type_coerce(tokens.c.action, sa.Text())
    pressed = scope.rows(scope.select(tokens, tokens.c.token, tokens.c.line, action))
    spent = {token for token, line, does in pressed if line in gone or known.are_told(does, words=False)}
    scope.delete(tokens, scope.among(tokens.c.token, spent))
    return spent


def _unlisted(known: Names, said: str, books: Books) -> None:
    """Take their rows out of lists that are kept up to date, and the words above them if they are named."""
    for line in books.lines.topical():
        items = tuple(row for row in line.card.items if not _is_theirs(row, known))
        text = said if known.whole.is_in(line.card.text) else line.card.text
        books.lines.renew(line, replace(line.card, items=items, text=text))


def _is_theirs(row: Item, known: Names) -> bool:
    opens = row.button.action.subject if row.button else ""
    return opens in known.ids or known.whole.is_in(f"{row.title} {row.text}")


def _tells(known: Names, card: str, is_mine: bool) -> bool:
    """Whether a line tells of them; where Purr tells of somebody else, a word of a name is only a word."""
    about = json.loads(card)["subject"]
    return about in known.ids or known.are_told(card, words=is_mine or not about)


def _unheard(known: Names, gone: Collection[str], books: Books) -> None:
    """What came in and waits, and what platforms keep, in the chats of this business alone."""
    if books.vault is None:
        return
    chats = {chat.chat for chat in books.places.all()}
    for platform, delivery, sealed in _rows(books, heard.c.platform, heard.c.delivery, heard.c.what):
        text = _opened(sealed, books)
        if text and known.are_told(text) and _names_any(text, chats):
            is_it = sa.and_(heard.c.platform == platform, heard.c.delivery == delivery)
            books.connection.execute(sa.update(heard).where(is_it).values(done=True, what=None))
    for platform, key, sealed in _rows(books, drawers.c.platform, drawers.c.key, drawers.c.text):
        parts = set(re.split(r"[ :]", key))
        text = _opened(sealed, books)
        is_theirs = known.ids & {*parts, *text.split()} or parts & {*gone}
        if is_theirs or (parts & chats and known.are_told(text)):
            is_it = sa.and_(drawers.c.platform == platform, drawers.c.key == key)
            books.connection.execute(sa.delete(drawers).where(is_it))


def _rows(books: Books, *columns: sa.Column[str]) -> Iterator[tuple[str, str, str]]:
    query = sa.select(*columns).where(columns[-1].is_not(None))
    return (tuple(row) for row in books.connection.execute(query).all())


def _opened(sealed: str, books: Books) -> str:
    try:
        return books.vault.open(sealed) if books.vault else ""
    except Refusal:
        return ""


def _names_any(text: str, chats: Collection[str]) -> bool:
    return json.loads(text)[0]["place"]["chat"] in chats


def _let_go(known: Names, books: Books) -> None:
    """The events about them, and those that name them: of before anybody said whose they were, and of two."""
    scope = books.history.scope
    others = sa.or_(history.c.customer == "", history.c.kind.in_(OF_TWO))
    raw = (history.c.id, history.c.customer, sa.type_coerce(history.c.data, sa.Text()))
    theirs = scope.among(history.c.customer, known.ids)
    rows = scope.rows(scope.select(history, *raw).where(sa.or_(theirs, others)))
    books.history.let_go([k for k, whose, data in rows if whose in known.ids or known.are_written(data)])


def _unread(known: Names, books: Books) -> None:
    """Files as they came, mails that nobody has placed, and money that fits nothing, where they name them."""
    scope = books.customers.scope
    is_read = sa.or_(imports.c.documents > 0, imports.c.problems > 0, imports.c.at < books.now - FRESH)
    scope.update(imports, is_read, {"content": b""})
    for digest, name in scope.rows(scope.select(imports, imports.c.digest, imports.c.name)):
        if known.any.is_in(name):
            scope.update(imports, imports.c.digest == digest, {"name": ""})
    for mail in books.mails.waiting():
        if known.are_written(f"{mail.sender} {mail.name} {mail.subject} {mail.text}", mail.name):
            books.mails.drop(mail.id)
    nobodys = scope.select(incoming, incoming.c.id, incoming.c.payer, incoming.c.text)
    for key, payer, text in scope.rows(nobodys.where(incoming.c.customer.is_(None))):
        if known.are_written(f"{payer} {text}", payer):
            scope.update(incoming, incoming.c.id == key, {"payer": "", "text": "", "account": ""})
