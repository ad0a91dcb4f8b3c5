"""What follows once something was heard: a hint, a form that opens, a pointer to where the card is."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from contextlib import contextmanager

from slack_sdk.errors import SlackApiError

from bot.chat import Posted
from bot.platforms import Later, Told, Unreachable
from handlers.platforms.slack import blocks, modal
from handlers.platforms.slack.failures import code, understood
from handlers.platforms.slack.forms import placed, question, where_of
from handlers.platforms.slack.incoming import Origin, home_of
from handlers.platforms.slack.showing import Message, Showing
from handlers.platforms.slack.words import Words, words_of

log = logging.getLogger(__name__)
TRIGGER_SECONDS = 2.5
"""How long after a press a form may still open; Slack gives three."""
SHOWN_SECONDS = 5.0
"""How long a card may take to be shown before nobody waits to be pointed to it."""


class Answering:
    """Tells the one who asked what the lines alone do not."""

    def __init__(self, showing: Showing) -> None:
        self.showing = showing

    async def follow(self, told: asyncio.Future[Told], origin: Origin) -> None:
        """See a request through to its end."""
        await asyncio.wait({told}, timeout=TRIGGER_SECONDS)
        in_time = told.done()
        try:
            outcome = await told
        except Exception:
            log.exception("Slack: a request was kept, but not answered")
            await self.say(origin, "trouble")
            return
        if in_time and origin.trigger and (line := question(outcome.lines)):
            await self.open(origin, modal.modal(line, words_of(outcome.language)))
        await self.conclude(outcome, origin)

    async def conclude(self, told: Told, origin: Origin) -> None:
        """Say what concerns this person alone: a hint, and where the answer is if not before their eyes."""
        await self.hint(told, origin)
        if origin.away and told.lines:
            await self.say(origin, "elsewhere")
        if origin.at_home:
            await self.showing.publish(home_of(origin.team, origin.user))
        await self.point(told, origin)

    async def open(self, origin: Origin, view: Message) -> None:
        """Open a form; when its moment has passed, its button is still there."""
        with _if_it_will():
            client = await self.showing.clients.of(origin.team, patient=False)
            await client.views_open(trigger_id=origin.trigger, view=placed(view, origin))

    async def hint(self, told: Told, origin: Origin) -> None:
        """Say what is meant for this person alone."""
        if told.hint:
            await self._whisper(origin, blocks.hint(told.hint, words_of(told.language)))

    async def say(self, origin: Origin, key: str) -> None:
        """Say something of our own to one person, in their language."""
        person = await self.showing.people.person(origin.team, origin.user, origin.name)
        await self._whisper(origin, {"text": words_of(person.language)[key]})

    async def point(self, told: Told, origin: Origin) -> None:
        """Who pressed outside a customer's thread is told where the card is."""
        line = next((line for line in reversed(told.lines) if _stands_in_a_thread(line)), None)
        if line is None or origin.place.direct:
            return
        if origin.thread and origin.thread == await self.showing.threads.root(
            origin.place, line.card.subject
        ):
            return
        if message := await self.showing.whereabouts.of(origin.place, line.id, SHOWN_SECONDS):
            link = await self.showing.link(origin.place, message)
            await self._whisper(origin, {"text": _pointer(words_of(told.language), link)})

    async def update(self, view_id: str, origin: Origin, told: asyncio.Future[Told]) -> None:
        """Bring an open view, which was told to wait, to what came of it."""
        try:
            outcome = await told
        except Exception:
            log.exception("Slack: a form was kept, but not answered")
            await self.say(origin, "trouble")
            return
        own, line = words_of(outcome.language), question(outcome.lines)
        view = modal.modal(line, own, where_of(origin)) if line else modal.done(own)
        with _if_it_will():
            client = await self.showing.clients.of(origin.team)
            await client.views_update(view_id=view_id, view=view)
        await self.conclude(outcome, origin)

    async def _whisper(self, origin: Origin, message: Message) -> None:
        try:
            await self.showing.whisper(origin, message)
        except (SlackApiError, Later, Unreachable) as error:
            log.warning("Slack: a hint did not arrive: %s", error)


@contextmanager
def _if_it_will() -> Iterator[None]:
    """A window that cannot be opened or changed keeps nobody from being told the rest."""
    try:
        with understood():
            yield
    except (SlackApiError, Later, Unreachable) as error:
        why = code(error) if isinstance(error, SlackApiError) else type(error).__name__
        log.info("Slack: a window was not opened or changed: %s", why)


def _stands_in_a_thread(line: Posted) -> bool:
    return bool(line.id and line.card.subject and not line.mine and not line.outcome)


def _pointer(own: Words, link: str) -> str:
    return f"<{link}|{own['see_thread']}>"
