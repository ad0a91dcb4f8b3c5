"""Showing: a customer's lines in their thread, a changed one in its place, Home as a page, a hint to one."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from aiohttp import ClientError
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.chat import Card
from bot.platforms import Person, Place, Post, Switchboard, Told
from handlers.platforms.slack import blocks, bringing, home
from handlers.platforms.slack.clients import Clients
from handlers.platforms.slack.failures import LOST, UNFIT, code, details, understood
from handlers.platforms.slack.forms import Forms
from handlers.platforms.slack.incoming import HOME, Origin, direct, is_home, is_person
from handlers.platforms.slack.people import People
from handlers.platforms.slack.rooms import Rooms
from handlers.platforms.slack.threads import Threads, Whereabouts
from handlers.platforms.slack.words import Words, words_of

log = logging.getLogger(__name__)
Message = Mapping[str, Any]
Call = Callable[..., Awaitable[Any]]
NEARLY = 3900
"""How long a message's plain text may be: under four thousand, as Slack advises."""
QUIETLY = {"unfurl_links": False, "unfurl_media": False}


class Showing:
    """Everything that Purr writes into Slack."""

    def __init__(self, clients: Clients, switchboard: Switchboard) -> None:
        self.clients = clients
        self.switchboard = switchboard
        self.threads = Threads(switchboard.drawer)
        self.forms = Forms(switchboard.drawer)
        self.people = People(clients)
        self.rooms = Rooms(clients, switchboard.drawer)
        self.whereabouts = Whereabouts()
        self._homes: dict[str, str] = {}

    async def show(self, post: Post) -> str:
        """Show a line, and give the channel and time its message is known by."""
        if is_home(post.place.chat):
            await self.publish(post.place)
            return post.place.chat
        with understood():
            own = words_of(post.language)
            await self.forms.keep(post.line, own)
            client = await self.clients.of(post.place.team, patient=False)
            shown = (
                await self._brought(client, post, own)
                or await self._changed(client, post.message, blocks.message(post, own))
                or await self._new(client, post, blocks.message(post, own))
            )
        await self._settle(post.place, shown)
        self.whereabouts.note(post.place, post.line.id, shown)
        return shown

    async def publish(self, place: Place, seen: str = "") -> None:
        """Bring somebody's Home up to date; `seen` is the state of it they have before them."""
        known = seen or self._homes.pop(place.chat, "")
        try:
            await self._publish(place, known)
        except SlackApiError as error:
            if code(error) != "hash_conflict":
                raise
            await self._publish(place, "")

    async def _publish(self, place: Place, known: str) -> None:
        user = place.chat.removeprefix(HOME)
        told = await self.switchboard.home(Person("slack", user, place.team), place)
        own = words_of(told.language)
        for line in told.lines:
            await self.forms.keep(line, own)
        with understood():
            client = await self.clients.of(place.team)
            view = home.home(_cards(told), own)
            answer = await client.views_publish(user_id=user, view=view, hash=known or None)
        self._homes[place.chat] = str((answer.get("view") or {}).get("hash", ""))

    async def whisper(self, origin: Origin, message: Message) -> None:
        """Tell one person something where they are."""
        if origin.answer_url and await self._answered(origin.answer_url, message):
            return
        with understood():
            client = await self.clients.of(origin.team)
            if not origin.channel or direct(origin.channel):
                where = origin.channel or origin.user
                await _sent(client.chat_postMessage, message, channel=where, **QUIETLY)
            else:
                await _sent(
                    client.chat_postEphemeral,
                    message,
                    channel=origin.channel,
                    user=origin.user,
                    thread_ts=origin.thread or None,
                )

    async def link(self, place: Place, message: str) -> str:
        """The address of a message."""
        channel, _, ts = message.partition(":")
        client = await self.clients.of(place.team)
        try:
            answer = await client.chat_getPermalink(channel=channel, message_ts=ts)
        except SlackApiError:
            return f"https://slack.com/app_redirect?team={place.team}&channel={channel}&message_ts={ts}"
        return str(answer["permalink"])

    async def _answered(self, url: str, message: Message) -> bool:
        """Answer through the address that came with a request. It does not raise when it is refused."""
        hook = AsyncWebhookClient(url, session=self.clients.session, logger=self.clients.log)
        try:
            answer = await hook.send_dict(
                {**message, "response_type": "ephemeral", "replace_original": False}
            )
        except (ClientError, OSError):
            return False
        if answer.status_code != 200:
            log.info("Slack: a response address gave %s", answer.status_code)
        return answer.status_code == 200

    async def _settle(self, place: Place, shown: str) -> None:
        """Where somebody's own id stood for the talk with them, it goes by its name from now on."""
        talk = shown.partition(":")[0]
        if is_person(place.chat) and talk != place.chat:
            await self.rooms.remember(Origin(place.team, talk, place.chat))
            await self.switchboard.moved(place, talk)

    async def _changed(self, client: AsyncWebClient, known: str, message: Message) -> str:
        """Change a message where it stands; empty when there is none to change."""
        channel, _, ts = known.partition(":")
        if not ts:
            return ""
        try:
            await _sent(client.chat_update, message, channel=channel, ts=ts)
        except SlackApiError as error:
            if code(error) not in LOST:
                raise
            return ""
        return known

    async def _brought(self, client: AsyncWebClient, post: Post, own: Words) -> str:
        """Bring the file of a line, or say in its place why that cannot be; empty for other lines."""
        asked = next((each for each in post.line.card.handouts if each.here), None)
        if asked is None:
            return ""
        if post.message:
            return post.message
        root = await self._root(client, post)
        try:
            why = await bringing.bring(client, self.clients.session, post, root)
        except SlackApiError as error:
            if code(error) not in bringing.THREADLESS:
                raise
            await self.threads.end(post.place, post.line.card.subject)
            why = await bringing.bring(client, self.clients.session, post, await self._root(client, post))
        if not why:
            return f"{post.place.chat}:{bringing.MARK}"
        return await self._new(client, post, blocks.message(bringing.instead(post, asked, own[why]), own))

    async def _new(self, client: AsyncWebClient, post: Post, message: Message) -> str:
        root = await self._root(client, post)
        try:
            answer = await _posted(client, post.place.chat, message, root)
        except SlackApiError as error:
            if not root or code(error) != "thread_not_found":
                raise
            await self.threads.end(post.place, post.line.card.subject)
            answer = await _posted(client, post.place.chat, message, await self._root(client, post))
        await bringing.pictures(client, self.clients.session, post, str(answer["channel"]), root)
        return f"{answer['channel']}:{answer['ts']}"

    async def _root(self, client: AsyncWebClient, post: Post) -> str:
        """The first message of the customer's thread, written when there is none; a talk is not threaded."""
        customer = post.line.card.subject
        if not customer or post.place.direct:
            return ""
        if root := await self.threads.root(post.place, customer):
            return root
        answer = await _posted(client, post.place.chat, blocks.root(post))
        await self.threads.begin(post.place, customer, str(answer["ts"]))
        return str(answer["ts"])


def _cards(told: Told) -> list[Card]:
    """What Home shows: what is open, and what is said to one who is not known yet."""
    return [*(line.card for line in told.lines if not line.outcome), *([told.hint] if told.hint else [])]


async def _posted(client: AsyncWebClient, channel: str, message: Message, root: str = "") -> Any:
    return await _sent(client.chat_postMessage, message, channel=channel, thread_ts=root or None, **QUIETLY)


async def _sent(call: Call, message: Message, **where: Any) -> Any:
    """Write a message; in plain words when Slack refuses its blocks, so that Purr never falls silent."""
    try:
        return await call(**message, **where)
    except SlackApiError as error:
        if code(error) not in UNFIT:
            raise
        log.error("Slack does not take these blocks: %s %s", code(error), details(error))
        return await call(text=message["text"][:NEARLY], blocks=[], **where)
