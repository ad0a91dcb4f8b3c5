"""The owner at the command line: what is asked there, answered as text."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from bot.chat import Action, Card, Posted, Request, Upload
from bot.countries import country as country_of
from bot.errors import Refusal
from bot.replay import play
from handlers import router
from handlers.conversation import Conversation, refused
from handlers.desk import Desk, bulk, handouts
from handlers.desk.bank import Watch, unwatched
from handlers.desk.bygone import bygone
from handlers.desk.handouts import File
from handlers.plain import text_of
from handlers.replay import card as replayed
from handlers.replay import figures
from handlers.switchboard import Publish
from handlers.today import morning
from storage.books import Books
from storage.engine import Database
from storage.ids import digest_of_file
from storage.readers import Unreadable, parts

SHOWN_FIRST = 1024 * 1024
"""Files of more bytes than this together are taken in as they are read, with no preview."""
MOST_DAYS = 100
"""How many days worth a look are printed."""
TAKES = {"import.confirm", "bank.confirm"}
Ask = Callable[[str, str], str]
"""Shows a text, asks for what a label says, and gives what is written."""


def unheard(_business: str, _lines: tuple[Posted, ...]) -> None:
    """Tell nobody: no chat is open."""


@dataclass(frozen=True, slots=True)
class Console:
    """The books of one business, for whoever sits at the machine they lie on."""

    inbox: Conversation
    database: Database
    business: str
    now: Callable[[], datetime]
    publish: Publish = unheard

    def digest(self, day: date | None = None) -> str:
        """What needs the owner, as text, today or on another day."""
        with self.database.books(self.business, self.now()) as books:
            return text_of(morning(self._desk(books, day)))

    def law(self, named: str, day: date | None = None) -> str:
        """What the law allows for an invoice or a customer, as text, today or on another day."""
        with self.database.books(self.business, self.now()) as books:
            return text_of(self._card(Action("law.show", named), self._desk(books, day)))

    def pack(self, named: str) -> File | str:
        """The evidence about a customer's claims or one invoice, as a file; else why there is none."""
        return self._file(Action("pack.show", named))

    def export(self, named: str) -> File | str:
        """All that is kept about a customer, as a file; else why there is none."""
        return self._file(Action("privacy.export", named))

    def erase(self, named: str, ask: Ask | None = None) -> tuple[bool, str]:
        """Erase a customer: whether it is done, and what is to be said.

        `ask` shows what it means and gives the word that is written; without it the whole name is enough.
        """
        with self.database.books(self.business, self.now()) as books:
            desk = self._desk(books)
            card, word = self._card(Action("privacy.erase", named), desk), desk.word("privacy.word")
            whole = desk.customer(named).name if card.form else ""
            careful = desk.word("privacy.whole_name", name=whole)
        if card.form is None:
            return False, text_of(card)
        if ask is None and whole.casefold() != named.casefold():
            return False, careful
        written = ask(text_of(card), card.form.fields[0].label) if ask else word
        return self._erased(card.form.action, written)

    def replay(self, *, as_json: bool = False) -> str:
        """What would have been asked in the last year, as text, or as one JSON object."""
        with self.database.books(self.business, self.now()) as books:
            gone = bygone(self._desk(books))
        year = play(gone.facts) if gone else None
        with self.database.books(self.business, self.now()) as books:
            desk = self._desk(books)
            if gone is None or year is None:
                return "{}" if as_json else text_of(desk.card("replay_none"))
            if as_json:
                return json.dumps(figures(gone, year), ensure_ascii=False)
            return text_of(replayed(gone, year, desk, rows=MOST_DAYS))

    def take_in(self, files: Sequence[Path], watch: Watch = unwatched) -> Iterator[str]:
        """Take files into the books, and say what changed: shown first, or, if big, as they are read."""
        if sum(file.stat().st_size for file in files) > SHOWN_FIRST:
            yield from (self._as_read(file, watch) for file in files)
            return
        request = Request(self.business, files=tuple(Upload(f.name, f.read_bytes()) for f in files))
        with self.database.books(self.business, self.now()) as books:
            desk = self._desk(books)
            card = router.answer(request, desk)
            yield text_of(card)
            actions = [button.action for each in (card, *card.more) for button in each.buttons]
            for action in (a for a in actions if a.verb in TAKES):
                yield text_of(router.answer(replace(request, action=action), desk))

    def _erased(self, action: Action, word: str) -> tuple[bool, str]:
        """Do it, and say so in the chat too; not at another word, nor if something has come up meanwhile."""
        with self.database.books(self.business, self.now()) as books:
            card = self._card(action, self._desk(books), {"word": word})
            if not card.anew:
                return False, card.form.fields[0].error if card.form else text_of(card)
            said = self.inbox.post(books, card)
            said += self.inbox.renewed(books, said)
        self.publish(self.business, said)
        return True, text_of(card)

    def _file(self, action: Action) -> File | str:
        """The file that an answer gives away; else its words."""
        with self.database.books(self.business, self.now()) as books:
            card = self._card(action, self._desk(books))
            found = handouts.found(card.handouts[0].ref, books) if card.handouts else None
        return found or text_of(card)

    def _card(self, action: Action, desk: Desk, values: Mapping[str, str] | None = None) -> Card:
        """What an action brings, done by the owner at the command line."""
        business = desk.books.business
        who = desk.word("privacy.at_console", who=business.owner or business.name)
        try:
            return router.answer(Request(self.business, who, action=action, values=values or {}), desk)
        except Refusal as no:
            return refused(no, desk)

    def _as_read(self, file: Path, watch: Watch) -> str:
        """Take a file in while it is read; nothing of it, where it turns out that it cannot be."""
        try:
            with self.database.books(self.business, self.now()) as books:
                desk = self._desk(books)
                currency = country_of(desk.country).currency
                readings = parts(file, currency=currency, today=desk.today)
                named = bulk.Named(file.name, digest_of_file(file))
                return text_of(bulk.take_in(readings, named, "", desk, watch))
        except Unreadable as reason:
            with self.database.books(self.business, self.now()) as books:
                return text_of(bulk.unreadable(reason.problem, file.name, self._desk(books)))

    def _desk(self, books: Books, day: date | None = None) -> Desk:
        """The desk of today, or as it would be on another day."""
        desk = self.inbox.desk(books)
        return desk if day is None else replace(desk, today=day)
