"""The app: puts the parts together and runs them in one process; the only file that knows them all."""

from __future__ import annotations

import asyncio
import os
import secrets
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Mount

from bot.chat import PAGE, Card, Posted, Request
from bot.countries import at_home
from bot.letters import Letter
from bot.parties import LANGUAGES, Business
from bot.platforms import Door, Platform
from bot.settings import SettingError, Settings
from bot.sign_ins import no_sign_in
from handlers import platforms, start
from handlers.clock import Enqueue, Hands, Outcome
from handlers.console import Console
from handlers.conversation import Conversation, told
from handlers.doctor import Finding, examine
from handlers.letterbox.incoming import Incoming
from handlers.letterbox.mailers import Mailers
from handlers.letterbox.microsoft import SignIns
from handlers.letterbox.model import Asking, Endpoint
from handlers.letterbox.packing import pack
from handlers.letterbox.page_door import PageDoor
from handlers.letterbox.page_visits import Visits
from handlers.outcomes import report
from handlers.platforms.web import Feed, Server, watching, web_app
from handlers.running import backups
from handlers.running.http import Traced
from handlers.running.logs import keep_log
from handlers.running.opening import address, books_of, listening_socket, tell_of_restored
from handlers.running.pulse import Pulse
from handlers.running.watch import Watch, permit
from handlers.showing import Shown
from handlers.switchboard import Exchange, Publish
from handlers.today import morning
from handlers.watching import arrivals
from handlers.works import Works, listening, ringing, told_to_stop
from storage.books import Books
from storage.ids import digest_of, new_id
from storage.ledgers import fetch
from storage.readers import read
from storage.registers import look_up

MEGABYTE = 1024 * 1024


def _now() -> datetime:
    return datetime.now(UTC)


class App:
    """Everything that runs, put together from the settings."""

    def __init__(self, settings: Settings, now: Callable[[], datetime] = _now) -> None:
        self.settings = settings
        self.now = now
        self.database = books_of(settings)
        self.ring = ringing(self.database)
        self.watch = Watch(self.database, now, backups.Kept.of(settings), Pulse(settings.tick_seconds))
        self.feed = Feed()
        self._seen: dict[str, int] = {}
        limit = settings.max_upload_mb * MEGABYTE
        self.sign_ins = SignIns(self.database, settings, now)
        self.mailers = Mailers(self.database, settings, now, self.sign_ins)
        self.incoming = Incoming(self.database, settings, self.sign_ins)
        self.pages = PageDoor(self.database, settings)
        self.asking = Asking(self.database, now, Endpoint.of(settings))
        self.inbox = Conversation(
            self.database,
            now,
            partial(read, limit=limit),
            bool(settings.smtp_host),
            self.mailers.trouble,
            self._doors,
            fetch,
            look_up,
            try_mailbox=self.incoming.trouble,
            common_mailbox=self.incoming.common,
            sign_in=self.sign_ins if self.sign_ins.is_open else no_sign_in,
            link=self.pages.link,
            model=self.asking.model,
            ask=self.asking,
        )
        self.exchange = Exchange(
            self.database,
            self.inbox,
            now,
            self._show,
            sign_up=settings.sign_up,
            upload_limit=settings.max_upload_mb * MEGABYTE,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.database.close()

    def business(self) -> Business:
        """The business that is talked about, or a new one that has yet to be met."""
        return self.known() or self.meet(os.environ.get("LANG", "")[:2].lower())

    def known(self) -> Business | None:
        """The business the owner last turned to, if there is one."""
        never = datetime.min.replace(tzinfo=UTC)
        return max(self.database.businesses(), key=lambda b: b.opened or never, default=None)

    def meet(self, language: str) -> Business:
        """Greet a new owner, in the language that is set, else in this one."""
        language = self.settings.language or language
        spoken = next((each for each in LANGUAGES if each == language), "en")
        business = Business(id=new_id(), name="", country=at_home(spoken), language=spoken, opened=self.now())
        self.database.add_business(business)
        with self.database.books(business.id, self.now()) as books:
            self.inbox.post(books, start.welcome(self.inbox.desk(books)))
        return business

    def _meet_first(self, language: str) -> None:
        """Greet an owner who is new."""
        if self.known() is None:
            self.meet(language)

    @property
    def console(self) -> Console:
        """The owner at the command line."""
        return Console(self.inbox, self.database, self.business().id, self.now, self.ring)

    def look_into(self, folder: Path) -> None:
        """Show the owner the files of a watched folder that are new to it, once they have come whole."""
        business = self.known()
        if business is None or not business.name:
            return
        arrived = tuple(arrivals(folder, self.now().timestamp()))
        with self.database.books(business.id, self.now()) as books:
            fresh = tuple(f for f in arrived if books.imports.seen(digest_of(f.content)) is None)
        if fresh:
            self._publish(business.id, self.inbox(Request(business.id, files=fresh)))

    def ask(self, request: Request) -> tuple[Posted, ...]:
        """Take a request from the page; the chats on the platforms hear of what it changes."""
        lines = self.inbox(replace(request, where=PAGE))
        self.exchange.wake(request.business)
        return lines

    def doctor(self) -> Iterator[Finding]:
        """Whether everything this stands on is in order."""
        return examine(self.settings, self.database, self.mailers.common, self.business(), self.now())

    def restored(self, *, settle: bool) -> Iterator[str]:
        """Tell every owner that the books were put back; `settle`: by other means, so see to them first."""
        if settle:
            yield backups.settle(self.settings, self.database, self.now())
        tell_of_restored(self.database, self.inbox, self.now())

    def works(self, publish: Publish) -> Works:
        """What goes on behind the chat; `publish` hears of what is said there."""
        hands = partial(self.hands, publish=publish)
        return Works(
            self.database, self.settings, self.now, hands, self.inbox, self.incoming, self.watch.pulse
        )

    def hands(self, enqueue: Enqueue, worker: str = "only", publish: Publish | None = None) -> Hands:
        """What the clock needs of the rest."""
        return Hands(
            database=self.database,
            now=self.now,
            worker=worker,
            enqueue=enqueue,
            digest=self._digest,
            report=self._report,
            pack=partial(pack, sender=self.settings.smtp_from, tagged=self.settings.reply_tag),
            send=self.mailers.send,
            publish=publish or self._publish,
            say=self.inbox.post,
            renew=self.inbox.renewed,
            pace=max(1, round(min(60, self.settings.tick_seconds))),
            lease=2 * self.mailers.common.longest + timedelta(minutes=1),
        )

    def _publish(self, business: str, lines: tuple[Posted, ...]) -> None:
        """Tell open pages and the chats on the platforms of what the clock said."""
        self._show(business, lines)
        self.exchange.wake(business)

    def said_beside(self, business: str) -> None:
        """Tell open pages and the chats of what a worker in another process said; "": whoever it was for."""
        shown = self.known()
        if shown and business in {"", shown.id}:
            is_new = shown.id not in self._seen
            with self.database.books(shown.id, self.now()) as books:
                since = self._seen.get(shown.id, books.places.latest("revision"))
                self._seen[shown.id], lines = books.lines.since(since)
            if is_new:
                self.feed.turn()
            else:
                self.feed.publish(*told(lines, shown))
        self.exchange.wake(business)

    def _show(self, business: str, lines: tuple[Posted, ...]) -> None:
        """Tell open pages of lines, if they show that business."""
        shown = self.known()
        if shown and shown.id == business:
            self.feed.publish(*told(lines, shown))

    def _digest(self, books: Books, today: date, away: int) -> Card | None:
        """The list of a day; None where a quiet day is to be passed over in silence."""
        desk = replace(self.inbox.desk(books), today=today)
        card = morning(desk, away=away, greet=True)
        return None if desk.business.quiet == "silence" and not card.items else card

    def _report(self, books: Books, letter: Letter, outcome: Outcome) -> Card:
        desk = self.inbox.desk(books)
        return report(letter, outcome.kind, outcome.reason, outcome.facts, desk)

    def site(self, token: str, opened: Sequence[Platform] = ()) -> Starlette:
        """All that is served: the web chat, opened by a token, what the platforms call, customers' pages."""

        @asynccontextmanager
        async def life(_site: Starlette) -> AsyncIterator[None]:
            await self.exchange.start(opened)
            try:
                yield
            finally:
                await self.exchange.stop()

        called = [route for platform in opened for route in platform.routes()]
        pages = self.pages.routes(Visits(self.database, self.inbox, self.now, self._publish))
        watched = watching(self.watch.told, self.watch.figures, permit(self.settings))
        routes = [*called, *pages, *watched, Mount("/", self.page(token))]
        return Starlette(routes=routes, lifespan=life, middleware=[Middleware(Traced)])

    def page(self, token: str) -> Starlette:
        """The web chat."""
        return web_app(
            inbox=self.ask,
            lines=Shown(self.database, self.now, self.business, self._meet_first),
            token=token,
            feed=self.feed,
            hosts=(self.settings.host,),
            upload_limit=self.settings.max_upload_mb * MEGABYTE,
        )

    def _doors(self) -> tuple[Door, ...]:
        return self.exchange.doors()

    def platforms(self) -> tuple[Platform, ...]:
        """The platforms that the settings ask for."""
        opened = (
            module.open(self.settings.of(name), self.exchange.line(name), self.settings.public_url)
            for name, module in platforms.found().items()
        )
        return tuple(platform for platform in opened if platform)

    async def serve(self, tell: Callable[[str], None]) -> None:
        """Run the chat until it is told to stop; `tell` prints where it is."""
        token = self.settings.token.get_secret_value() or secrets.token_urlsafe(16)
        business = self.known()
        keep_log(self.settings.log, self.settings.log_format)
        works = self.works(self._publish)
        if self.settings.watch:
            works.often(partial(asyncio.to_thread, self.look_into, self.settings.watch))
        if self.database.is_sqlite:  # a command beside this process has no bell to ring
            works.often(partial(asyncio.to_thread, self.said_beside, ""))
        with listening_socket(self.settings) as taken, self.watch.tally.counting():
            async with works.running(), listening(self.database, self.said_beside):
                name = business.name if business and business.name else "Purr"
                tell(f"{name}: http://{address(taken)}/?token={token}")
                await Server(self.site(token, self.platforms()), self.feed).serve([taken])
        self.database.close()

    async def work(self, tell: Callable[[str], None]) -> None:
        """Work beside the chat's process, on the same PostgreSQL, until told to stop."""
        if self.database.is_sqlite:
            raise SettingError("DATABASE_URL", "must name a PostgreSQL: a SQLite file is one process's.")
        keep_log(self.settings.log, self.settings.log_format)
        works = self.works(self.ring)
        stopped = told_to_stop()
        async with works.running():
            tell(f"{works.worker}: at work")
            await stopped.wait()
        self.database.close()
