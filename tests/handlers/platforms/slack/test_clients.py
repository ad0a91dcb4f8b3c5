from __future__ import annotations

import asyncio

import pytest
from slack_sdk.errors import SlackApiError

from bot.platforms import Unreachable
from handlers.platforms.slack.clients import SECONDS, Clients
from tests.handlers.platforms.slack.workspace import TOKEN, Fault, Workspace, workspace


def asked_of(place: Workspace, *, patient: bool) -> str:
    """Who a client speaks as."""

    async def act() -> str:
        clients = Clients(place.api)
        try:
            return str((await clients.plain(TOKEN, patient=patient).auth_test())["user_id"])
        finally:
            await clients.close()

    return asyncio.run(act())


@pytest.mark.slow
def test_a_patient_client_waits_as_long_as_it_is_asked_to() -> None:
    with workspace() as place:
        place.fail("auth.test", Fault(status=429, retry_after=1))
        assert asked_of(place, patient=True) == "U0PURR"


def test_another_says_that_it_was_asked_to_wait() -> None:
    with workspace() as place:
        place.fail("auth.test", Fault(status=429, retry_after=1))
        with pytest.raises(SlackApiError):
            asked_of(place, patient=False)


def test_a_server_that_stumbles_once_is_asked_again() -> None:
    with workspace() as place:
        place.fail("auth.test", Fault("internal_error", status=500))
        assert asked_of(place, patient=False) == "U0PURR"


def test_a_slack_that_hangs_is_not_waited_for_long() -> None:
    async def act() -> float | None:
        clients = Clients("http://127.0.0.1:9/api/")
        await clients.close()
        return clients.session.timeout.total

    assert asyncio.run(act()) == SECONDS


def test_all_clients_share_one_pool_of_connections() -> None:
    async def act() -> None:
        clients = Clients("http://127.0.0.1:9/api/")
        assert clients.plain("a").session is clients.plain("b").session is clients.session
        await clients.close()
        assert clients.session.closed

    asyncio.run(act())


def test_where_purr_is_not_installed_there_is_no_client() -> None:
    async def act() -> None:
        clients = Clients("http://127.0.0.1:9/api/")
        with pytest.raises(Unreachable) as lost:
            await clients.of("T9")
        assert lost.value.reason == "token"
        await clients.close()

    asyncio.run(act())
