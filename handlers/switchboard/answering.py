"""Answering what was heard: whose it is, then the conversation, or a word for a stranger."""

from __future__ import annotations

import logging
import re
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial

from bot.chat import Action, Card, Posted, Request, Upload
from bot.countries import at_home
from bot.errors import BooksShut, Refusal
from bot.members import Member, bare_code
from bot.parties import LANGUAGES, Business
from bot.platforms import LIKE, Heard, Person, Place, Told
from handlers import router, start
from handlers.conversation import Conversation
from handlers.running.traces import traced
from handlers.switchboard.callers import Attempts, Caller, as_member, caller
from messages.voice import Voice
from storage.arrivals import Arrivals
from storage.books import Books
from storage.conversations import HOME
from storage.directory import Directory
from storage.engine import Database
from storage.ids import digest_of, new_id
from storage.places import Chat

log = logging.getLogger(__name__)
JOIN = "member.join"
LOOKS_LIKE_A_CODE = re.compile(r"\w{4}[- ]?\w{4}")


@dataclass(frozen=True, slots=True)
class Answering:
    """All that answering needs. `say` hears of each business's new and changed lines.

    `sign_up`: whether somebody unknown may begin a business of their own.
    """

    database: Database
    conversation: Conversation
    now: Callable[[], datetime]
    say: Callable[[str, tuple[Posted, ...]], None]
    sign_up: bool = False
    attempts: Attempts = field(default_factory=Attempts)

    def __call__(self, heard: Heard, files: Sequence[Upload] = ()) -> Told:
        """Answer what was heard, once; a fault of ours is told honestly and not tried again.

        While the books are shut nothing can be answered: it is kept, and its turn comes again.
        """
        with traced("chat", heard.place.platform):
            return self._tried(heard, files)

    def _tried(self, heard: Heard, files: Sequence[Upload]) -> Told:
        if not self._is_waiting(heard):
            return Told()
        try:
            return self._answer(heard, tuple(files))
        except Refusal as refusal:
            return self.refused(heard, refusal)
        except BooksShut:
            raise
        except Exception:
            ident = secrets.token_hex(3)
            log.exception("what was heard on %s could not be answered: %s", heard.place.platform, ident)
            return self.refused(heard, Refusal("bug", id=ident))

    def refused(self, heard: Heard, refusal: Refusal) -> Told:
        """Say why not, to this person alone, and note that it has been answered."""
        with self.database.directory(self.now()) as directory:
            known = directory.memberships(heard.person)
            about = next(
                (t.business for t in directory.talks(heard.place)), known[0].business if known else ""
            )
            language = directory.language(about) if known else _language(heard.person)
        self._done(heard)
        return Told(hint=self.worded(refusal, language), language=language)

    def worded(self, refusal: Refusal, language: str) -> Card:
        """A refusal in words alone."""
        return Card(Voice(language).word(f"refusals.{refusal.key}", **refusal.facts))

    def knows(self, person: Person) -> bool:
        """Whether somebody belongs to a business."""
        with self.database.directory(self.now()) as directory:
            return bool(directory.memberships(person))

    def home(self, person: Person, place: Place) -> Told:
        """The page of a person who is known: one card that is kept up to date."""
        who = self._caller(Heard("", place, person, Request("")))
        if who is None:
            return self._stranger(person)
        chat = self._chat(who, place, is_page=True)
        with self.database.books(who.business, self.now()) as books:
            books.lines.asked_in = chat.id
            self.conversation.renewed(books)
            page = books.lines.page()
        if page is None:
            show = Request("", action=Action("home.show"))
            said = self.conversation(self._request(show, who, chat))
            page = next(line for line in said if line.card.topic == HOME)
        return self._told((page,), who)

    def _answer(self, heard: Heard, files: tuple[Upload, ...]) -> Told:
        if code := self._code(heard):
            return self._join(heard, code)
        who = self._caller(heard)
        if who is None:
            return self._unknown(heard)
        chat = self._chat(who, heard.place)
        asked = replace(heard.request, files=(*heard.request.files, *files))
        lines = self.conversation(self._request(asked, who, chat), partial(_settled, heard))
        told = self._said(lines, who)
        return self._turned(told, heard) or told

    def _said(self, lines: Sequence[Posted], who: Caller) -> Told:
        told = self._told(lines, who)
        if told.lines:
            self.say(told.business, told.lines)
        return told

    def _told(self, lines: Sequence[Posted], who: Caller) -> Told:
        hint = next((line.card for line in lines if not line.id), None)
        with self.database.directory(self.now()) as directory:
            language = directory.language(who.business)
        return Told(tuple(line for line in lines if line.id), hint, language, who.business)

    def _request(self, request: Request, who: Caller, chat: Chat) -> Request:
        """What was asked, with whose it is; a channel stays with its business."""
        return replace(
            request,
            business=who.business,
            who=who.who,
            role=who.role,
            where=chat.id,
            private=True,
            turns=chat.direct,
            businesses=who.others,
        )

    def _caller(self, heard: Heard) -> Caller | None:
        with self.database.directory(self.now()) as directory:
            return caller(heard, directory)

    def _chat(self, who: Caller, place: Place, *, is_page: bool = False) -> Chat:
        """The chat at a place, opened when it is new; what comes by itself comes to a talk of one's own."""
        with self.database.books(who.business, self.now()) as books:
            known = books.places.at(place)
            if known and not known.trouble and known.member == _alone(place, who):
                return known
        return self._open(who, place, is_page=is_page)

    def _open(self, who: Caller, place: Place, *, is_page: bool = False) -> Chat:
        nudges = place.direct and who.role != "viewer" and not is_page
        with self.database.books(who.business, self.now()) as books:
            return books.places.open(place, nudges=nudges, member=_alone(place, who))

    def _turned(self, told: Told, heard: Heard) -> Told | None:
        """Go on about another business where the answer says so, as who the person is there."""
        wanted = next((line.card.turn for line in told.lines if line.card.turn), "")
        if not wanted:
            return None
        with self.database.directory(self.now()) as directory:
            other = as_member(heard, wanted, directory)
        chat = self._open(other, heard.place)
        with self.database.books(wanted, self.now()) as books:
            first = "today.show" if books.business.name else "start.begin"
        begins = self._request(Request("", action=Action(first)), other, chat)
        after = self._said(self.conversation(begins), other)
        return replace(after, lines=(*told.lines, *after.lines))

    def _code(self, heard: Heard) -> str:
        """The code somebody hands in: as such, or as all that a stranger says."""
        action = heard.request.action
        if action.verb == JOIN:
            return bare_code(action.value) or "?"
        text = heard.request.text.strip()
        if not LOOKS_LIKE_A_CODE.fullmatch(text) or self._caller(heard):
            return ""
        return bare_code(text)

    def _join(self, heard: Heard, code: str) -> Told:
        person, now = heard.person, self.now()
        self.attempts.check(person, now)
        digest = digest_of(code.encode())
        with self.database.directory(now) as directory:
            business = directory.invites(digest)
        member = self._linked(business, digest, heard) if business else None
        if member is None:
            self.attempts.wrong(person, now)
            raise Refusal("code_unknown")
        return self._welcome(heard, Caller(business, member.name, member.role, member.id))

    def _linked(self, business: str, digest: str, heard: Heard) -> Member | None:
        """Use the code up and know the person by it, both or neither; None when somebody was faster."""
        with self.database.books(business, self.now()) as books:
            found = Directory(books.connection, books.now).redeem(digest)
            if found is None:
                return None
            member = books.members.get(found[1])
            books.members.link(member.id, heard.person)
            books.history.add("member_linked", who=member.name, what=heard.person.platform)
            _settled(heard, books)
        return member

    def _welcome(self, heard: Heard, who: Caller) -> Told:
        """Greet somebody who has come in; in a channel, which may be about another business, in private."""
        welcome = Request(who.business, who.who, action=Action("member.joined", who.member), role=who.role)
        if heard.place.direct:
            asked = self._request(welcome, who, self._open(who, heard.place))
            return self._said(self.conversation(asked, partial(_settled, heard)), who)
        with self.database.books(who.business, self.now()) as books:
            card = router.answer(welcome, self.conversation.desk(books))
            _settled(heard, books)
        return self._told((Posted("", self.now(), replace(card, buttons=())),), who)

    def _unknown(self, heard: Heard) -> Told:
        """A stranger: where anybody may begin, the first meeting; else how to come in."""
        if not (self.sign_up and heard.place.direct):
            self._done(heard)
            return self._stranger(heard.person)
        business = _begun(heard.person)
        with self.database.begun(business, self.now()) as books:
            member = books.members.owner()
            books.members.link(member.id, heard.person)
            books.lines.asked_in = books.places.open(heard.place, nudges=True, member=member.id).id
            lines = self.conversation.post(books, start.welcome(self.conversation.desk(books)))
            _settled(heard, books)
        self.say(business.id, lines)
        return Told(lines, language=business.language, business=business.id)

    def _stranger(self, person: Person) -> Told:
        language = _language(person)
        said = Voice(language).card("stranger")
        return Told(hint=Card(said.text, said.title), language=language)

    def _is_waiting(self, heard: Heard) -> bool:
        with self.database.arrivals(self.now()) as arrivals:
            return arrivals.is_waiting(heard)

    def _done(self, heard: Heard) -> None:
        with self.database.arrivals(self.now()) as arrivals:
            arrivals.done(heard)


def _settled(heard: Heard, books: Books) -> None:
    Arrivals(books.connection, books.now).done(heard)


def _alone(place: Place, who: Caller) -> str:
    """The member who alone talks in a place; empty where several may."""
    return who.member if place.direct else ""


def _language(person: Person) -> str:
    """The language to speak to somebody who is not known: theirs, if it is one of ours."""
    code = LIKE.get(person.language[:2], person.language[:2])
    return code if code in LANGUAGES else "en"


def _begun(person: Person) -> Business:
    language = _language(person)
    return Business(id=new_id(), name="", country=at_home(language), language=language)
