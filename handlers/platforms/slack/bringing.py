"""Bringing: a file put into a talk or a customer's thread, and what is said where Slack does not take it."""

from __future__ import annotations

import logging
from dataclasses import replace
from io import BytesIO

from aiohttp import ClientError, ClientSession, ClientTimeout
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.chat import Card, Handout
from bot.platforms import Brought, Later, Post, Unreachable
from handlers.platforms.slack.cards import LARGEST
from handlers.platforms.slack.failures import code, meaning
from handlers.platforms.slack.files import TRY_LATER
from handlers.platforms.slack.incoming import is_person
from handlers.platforms.slack.text import spelled

MARK = "file"
"""What stands where a message has its time: Slack tells none for a file, and nobody changes it."""
PATIENCE = ClientTimeout(total=300)
UNALLOWED = frozenset(("missing_scope", "not_allowed_token_type"))
THREADLESS = frozenset(("thread_not_found", "invalid_thread_ts"))
LONGEST = 3000
"""How long the words beside a file may be."""
OK = 200

log = logging.getLogger(__name__)


async def bring(client: AsyncWebClient, session: ClientSession, post: Post, thread: str) -> str:
    """Put the file of a line where it is shown; the name of the words that say why not, or nothing.

    Nobody sees a file before the last of the three steps, so that one that fails is begun anew.
    """
    if post.file is None:
        return "file_gone"
    if len(post.file.content) > LARGEST:
        return "file_large"
    # Neither an empty file nor somebody's id in the place of a channel is taken.
    if not post.file.content or is_person(post.place.chat):
        return "file_refused"
    try:
        return await _brought(client, session, post, post.file, thread)
    except SlackApiError as error:
        return _why(error)


async def pictures(
    client: AsyncWebClient, session: ClientSession, post: Post, channel: str, thread: str
) -> None:
    """Put the pictures of a line below it; one that cannot be is left to the button that asks for it.

    Nothing is raised: the line is shown already, and would be shown anew.
    """
    place = replace(post.place, chat=channel)
    bare = replace(post, place=place, business="", line=replace(post.line, card=Card("")))
    for each in (one for one in post.line.card.pictures if one.png):
        file = Brought(f"{each.alt.partition('. ')[0]}.png", each.png)
        try:
            why = await bring(client, session, replace(bare, file=file), thread)
        except (SlackApiError, Later, Unreachable, ClientError, OSError) as problem:
            why = type(problem).__name__
        if why:
            log.warning("Slack: a picture was not taken: %s", why)


def instead(post: Post, asked: Handout, sentence: str) -> Post:
    """The line with a sentence in the place of its file."""
    card = replace(post.line.card, title="", text=asked.told(sentence), handouts=())
    return replace(post, line=replace(post.line, card=card))


async def _brought(
    client: AsyncWebClient, session: ClientSession, post: Post, file: Brought, thread: str
) -> str:
    slot = await client.files_getUploadURLExternal(filename=file.name, length=len(file.content))
    async with session.post(str(slot["upload_url"]), data=BytesIO(file.content), timeout=PATIENCE) as answer:
        if answer.status in TRY_LATER:
            raise Later(float(answer.headers.get("Retry-After", 0)))
        if answer.status != OK:
            return "file_refused"
    await client.files_completeUploadExternal(
        files=[{"id": str(slot["file_id"]), "title": file.name}],
        channel_id=post.place.chat,
        thread_ts=thread or None,
        initial_comment=_comment(post) or None,
    )
    return ""


def _comment(post: Post) -> str:
    card = post.line.card
    return spelled("\n".join(filter(None, (post.business, card.title, card.text))), LONGEST)


def _why(error: SlackApiError) -> str:
    """Which words say why a file was not taken; what concerns more than this file is raised on."""
    name = code(error)
    if name in UNALLOWED:
        return "file_scope"
    if name in THREADLESS or meaning(error) is not error:
        raise error
    return "file_refused"
