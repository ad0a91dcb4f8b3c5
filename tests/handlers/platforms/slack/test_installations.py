from __future__ import annotations

import asyncio
import time

import pytest
from slack_bolt.error import BoltError
from slack_sdk.errors import SlackTokenRotationError
from slack_sdk.oauth.installation_store import Bot, Installation
from slack_sdk.oauth.token_rotation.async_rotator import AsyncTokenRotator

from bot.platforms import Place
from handlers.platforms.slack.clients import Clients
from handlers.platforms.slack.installations import Authorize, Installations, Many, One, States
from tests.handlers.platforms.slack.double import Box, Double
from tests.handlers.platforms.slack.workspace import (
    BOT,
    BOT_ID,
    CLIENT,
    CLIENT_SECRET,
    TEAM,
    Fault,
    Workspace,
    workspace,
)

# slack_sdk 3.48 logs in to oauth.v2.access in a way that aiohttp 3.14 calls old
pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")


def bot(minutes: float | None = None) -> Bot:
    """The bot of the workspace, its token good for so many minutes."""
    ends = None if minutes is None else int(time.time() + minutes * 60)
    return Bot(
        team_id=TEAM,
        bot_token="xoxb-old",
        bot_id=BOT_ID,
        bot_user_id=BOT,
        bot_refresh_token="xoxe-old",
        bot_token_expires_at=ends,
        installed_at=0.0,
    )


async def found(kept: Installations) -> Bot | None:
    return await kept.async_find_bot(enterprise_id=None, team_id=TEAM)


def test_an_installation_is_kept_over_restarts_and_no_users_token_with_it() -> None:
    async def act() -> None:
        board = Double()
        installation = Installation(team_id=TEAM, bot_token="xoxb-1", user_id="U1", user_token="xoxp-secret")
        await Installations(board).async_save(installation)
        known = await found(Installations(board))
        assert known and known.bot_token == "xoxb-1"
        assert "xoxp-secret" not in str(board.drawer)

    asyncio.run(act())


def test_a_workspace_that_is_installed_again_goes_on_with_the_chats_it_had() -> None:
    board = Double()
    installation = Installation(team_id=TEAM, bot_token="xoxb-1", user_id="U1")
    asyncio.run(Installations(board).async_save(installation))
    assert board.mends == [Place("slack", "", TEAM)]


def test_an_installation_of_a_whole_organisation_is_refused() -> None:
    async def act() -> None:
        board = Double()
        whole = Installation(enterprise_id="E1", is_enterprise_install=True, bot_token="xoxb-1", user_id="U1")
        with pytest.raises(BoltError):
            await Installations(board).async_save(whole)
        assert board.drawer == Box() and board.mends == []

    asyncio.run(act())


def test_an_installation_that_is_deleted_is_gone_at_once() -> None:
    async def act() -> None:
        board = Double()
        kept = Installations(board)
        await kept.async_save_bot(bot())
        await kept.async_delete_all(enterprise_id=None, team_id=TEAM)
        assert await found(kept) is None
        assert await found(Installations(board)) is None

    asyncio.run(act())


def test_a_state_is_good_once() -> None:
    async def act() -> None:
        states = States("secret")
        state = await states.async_issue()
        assert await states.async_consume(state)
        assert not await states.async_consume(state)

    asyncio.run(act())


def test_a_state_that_is_over_or_none_of_ours_is_no_good() -> None:
    async def act() -> None:
        states = States("secret")
        nonce, end, signature = (await states.async_issue()).split(".")
        later = f"{nonce}.{int(end) + 60}.{signature}"
        for state in ("", "x", "é.1.é", later, await States("another").async_issue()):
            assert not await states.async_consume(state), state
        assert not await states.async_consume(await States("secret", -1).async_issue())

    asyncio.run(act())


def rotated(minutes: float | None, *faults: Fault, times: int = 1) -> tuple[list[str], Workspace]:
    """The tokens that are got for a bot, asked so many times at once."""

    async def act(place: Workspace) -> list[str]:
        clients = Clients(place.api)
        kept = Installations(Double())
        await kept.async_save_bot(bot(minutes))
        place.expires_in = 43200
        place.fail("oauth.v2.access", *faults)
        rotator = AsyncTokenRotator(client=clients.plain(), client_id=CLIENT, client_secret=CLIENT_SECRET)
        many = Many(kept, rotator)
        try:
            bots = await asyncio.gather(*(many.of(TEAM) for _ in range(times)))
        finally:
            await clients.close()
        return [each.bot_token for each in bots if each]

    with workspace() as place:
        return asyncio.run(act(place)), place


@pytest.mark.parametrize("minutes", [None, 300])
def test_a_token_that_lasts_is_used_as_it_is(minutes: float | None) -> None:
    tokens, place = rotated(minutes)
    assert tokens == ["xoxb-old"] and place.made("oauth.v2.access") == []


def test_a_token_is_renewed_two_hours_before_its_end_and_once_for_all_who_ask() -> None:
    tokens, place = rotated(100, times=5)
    assert len(set(tokens)) == 1 and tokens[0] != "xoxb-old"
    (call,) = place.made("oauth.v2.access")
    assert call["refresh_token"] == "xoxe-old"


def test_a_token_that_cannot_be_renewed_serves_until_its_end() -> None:
    tokens, _ = rotated(30, Fault("internal_error"))
    assert tokens == ["xoxb-old"]


def test_a_token_that_is_over_and_cannot_be_renewed_is_an_error() -> None:
    with pytest.raises(SlackTokenRotationError):
        rotated(-1, Fault("invalid_refresh_token"))


def test_bolt_learns_the_bot_without_asking_slack() -> None:
    async def act() -> None:
        known = await Authorize(One(bot()))(enterprise_id=None, team_id=TEAM, user_id="U1")
        assert known and (known.bot_user_id, known.bot_token) == (BOT, "xoxb-old")

    asyncio.run(act())


def test_a_token_that_was_taken_back_is_not_used_again() -> None:
    async def act() -> None:
        one = One(bot())
        await one.forget(TEAM)
        assert await one.of(TEAM) is None
        assert await Authorize(one)(enterprise_id=None, team_id=TEAM, user_id="U1") is None

    asyncio.run(act())
