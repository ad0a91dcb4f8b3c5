from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx2
import pytest
from starlette.applications import Starlette

from bot.platforms import Later, Unreachable
from handlers.platforms import slack
from handlers.platforms.slack.app import Slack
from tests.e2e import payloads
from tests.e2e.payloads import Json
from tests.handlers.platforms.slack.double import Double
from tests.handlers.platforms.slack.scene import AT_TALK, BUTTON, played
from tests.handlers.platforms.slack.surface import options
from tests.handlers.platforms.slack.workspace import (
    APP_TOKEN,
    CLIENT,
    CLIENT_SECRET,
    CODE,
    SECRET,
    TEAM,
    Fault,
    Workspace,
    workspace,
)

# slack_sdk 3.48 logs in to oauth.v2.access in a way that aiohttp 3.14 calls old
pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")
ADDRESS = "https://purr.example"
MANY = {"bot_token": "", "client_id": CLIENT, "client_secret": CLIENT_SECRET}
SOCKET = {"app_token": APP_TOKEN, "signing_secret": ""}


def opened(place: Workspace, double: Double, **more: str) -> Slack:
    """Slack with these options."""
    platform = slack.open(options(place, **more), double, ADDRESS)
    assert isinstance(platform, Slack)
    return platform


@pytest.mark.parametrize(
    ("given", "opens"),
    [
        ({}, False),
        ({"bot_token": "xoxb-1"}, False),
        ({"app_token": "xapp-1"}, False),
        ({"bot_token": "xoxb-1", "app_token": "xapp-1"}, True),
        ({"bot_token": "xoxb-1", "signing_secret": "s"}, True),
        ({"signing_secret": "s", "client_id": "1", "client_secret": "2"}, True),
    ],
    ids=lambda each: "+".join(each) if isinstance(each, dict) else str(each),
)
def test_it_opens_when_its_options_are_complete(given: dict[str, str], opens: bool) -> None:
    assert (slack.open(given, Double(), "") is not None) is opens


def test_slacks_own_variables_are_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("BOT_TOKEN", "SIGNING_SECRET", "CLIENT_ID", "CLIENT_SECRET", "APP_TOKEN"):
        monkeypatch.setenv(f"SLACK_{name}", "somebody else's")
    assert slack.open({}, Double(), "") is None

    async def act(on: object) -> None:
        return None

    played(act)


@pytest.mark.parametrize(
    ("more", "reason"), [({"bot_token": "xoxb-wrong"}, "token"), ({"app_token": "xapp-wrong"}, "token")]
)
def test_a_token_that_is_not_accepted_is_said_at_once(more: dict[str, str], reason: str) -> None:
    async def act(place: Workspace) -> None:
        with pytest.raises(Unreachable) as lost:
            await opened(place, Double(), **more).start()
        assert lost.value.reason == reason

    began = time.monotonic()
    with workspace() as place:
        asyncio.run(act(place))
    assert time.monotonic() - began < 5


def test_a_slack_that_cannot_be_reached_is_tried_later_and_then_starts() -> None:
    async def act(place: Workspace) -> None:
        platform = opened(place, Double())
        place.fail("auth.test", *[Fault("internal_error", status=500)] * 2)
        with pytest.raises(Later):
            await platform.start()
        await platform.start()
        await platform.quiet()
        await platform.stop()

    with workspace() as place:
        asyncio.run(act(place))


async def until(what: object, within: float = 5.0) -> None:
    """Wait until something is so."""
    assert callable(what)
    end = time.monotonic() + within
    while not what():
        assert time.monotonic() < end, "it did not come to be"
        await asyncio.sleep(0.02)


def test_over_the_socket_a_press_is_acknowledged_and_a_lost_connection_comes_back() -> None:
    async def act(place: Workspace) -> None:
        double = Double()
        platform = opened(place, double, **SOCKET)
        assert platform.routes() == ()
        await platform.start()
        try:
            await until(lambda: place.connections)
            press = payloads.press(AT_TALK, {"ts": "1.1"}, BUTTON, "t1", place.response_url)
            assert await asyncio.to_thread(place.tell, "interactive", press) is not None
            await asyncio.to_thread(place.disconnect)
            await until(lambda: place.links == 2 and place.connections == 1)
            said = payloads.message(AT_TALK, "1.2", "today")
            assert await asyncio.to_thread(place.tell, "events_api", said) is not None
            assert len(double.heard) == 2
        finally:
            await platform.quiet()
            await platform.stop()

    with workspace() as place:
        asyncio.run(act(place))


def test_what_comes_while_purr_is_stopping_is_not_acknowledged_and_what_was_heard_is_answered() -> None:
    async def act(place: Workspace) -> None:
        double = Double()
        platform = opened(place, double, **SOCKET)
        await platform.start()
        await until(lambda: place.connections)
        double.hold = asyncio.Event()
        said = payloads.message(AT_TALK, "1.1", "today")
        assert await asyncio.to_thread(place.tell, "events_api", said) is not None
        quiet = asyncio.create_task(platform.quiet())
        await asyncio.sleep(0.05)
        late = payloads.message(AT_TALK, "1.2", "again")
        assert await asyncio.to_thread(place.tell, "events_api", late, 0.3) is None
        assert not quiet.done()
        double.hold.set()
        await quiet
        await platform.stop()
        assert len(double.heard) == 1

    with workspace() as place:
        asyncio.run(act(place))


@contextmanager
def called(
    place: Workspace, double: Double, **more: str
) -> Iterator[tuple[asyncio.Runner, httpx2.AsyncClient]]:
    """Slack with its routes, as Slack and browsers call them."""
    platform = opened(place, double, **more)
    site = Starlette(routes=list(platform.routes()))
    with asyncio.Runner() as runner:
        runner.run(platform.start())
        client = httpx2.AsyncClient(transport=httpx2.ASGITransport(app=site), base_url=ADDRESS)
        try:
            yield runner, client
        finally:
            runner.run(client.aclose())
            runner.run(platform.quiet())
            runner.run(platform.stop())


def signed(payload: Json, secret: str = SECRET, **headers: str) -> Json:
    """An event as Slack posts it."""
    body = json.dumps(payload)
    return {"content": body, "headers": payloads.signed(secret, body, "application/json") | headers}


def test_a_signed_event_is_heard_and_a_forged_or_old_one_is_not() -> None:
    double = Double()
    with workspace() as place, called(place, double) as (runner, client):
        said = payloads.message(AT_TALK, "1.1", "today")
        old = {"X-Slack-Request-Timestamp": str(int(time.time()) - 400)}
        answers = [
            runner.run(client.post("/slack/events", **each)).status_code
            for each in (signed(said), signed(said, "wrong"), signed(said, **old))
        ]
        assert answers == [200, 401, 401]
        assert len(double.heard) == 1


def test_a_signed_press_and_slacks_question_for_the_address_are_answered() -> None:
    double = Double()
    with workspace() as place, called(place, double) as (runner, client):
        press = payloads.press(AT_TALK, {"ts": "1.1"}, BUTTON, "t1", place.response_url)
        body = urlencode({"payload": json.dumps(press)})
        headers = payloads.signed(SECRET, body, "application/x-www-form-urlencoded")
        assert runner.run(client.post("/slack/events", content=body, headers=headers)).status_code == 200
        asked = signed({"type": "url_verification", "challenge": "abc"})
        assert "abc" in runner.run(client.post("/slack/events", **asked)).text


def test_what_is_too_large_to_come_from_slack_is_not_read() -> None:
    with workspace() as place, called(place, Double()) as (runner, client):
        large = signed({"type": "event_callback", "event": "x" * 1024 * 1024})
        assert runner.run(client.post("/slack/events", **large)).status_code == 413


def test_before_it_starts_slack_is_asked_to_come_again() -> None:
    async def act(place: Workspace) -> int:
        site = Starlette(routes=list(opened(place, Double()).routes()))
        async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app=site), base_url=ADDRESS) as client:
            return (await client.post("/slack/events", **signed({"type": "event_callback"}))).status_code

    with workspace() as place:
        assert asyncio.run(act(place)) == 503


def test_a_press_that_comes_while_purr_begins_is_heard() -> None:
    double = Double()

    async def act(place: Workspace) -> int:
        slack = opened(place, double)
        site = Starlette(routes=list(slack.routes()))
        press = payloads.press(AT_TALK, {"ts": "1.1"}, BUTTON, "t1", place.response_url)
        body = urlencode({"payload": json.dumps(press)})
        headers = payloads.signed(SECRET, body, "application/x-www-form-urlencoded")
        async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app=site), base_url=ADDRESS) as client:
            pressed = asyncio.create_task(client.post("/slack/events", content=body, headers=headers))
            await asyncio.sleep(0.1)
            await slack.start()
            answer = await pressed
            await slack.quiet()
            await slack.stop()
        return answer.status_code

    with workspace() as place:
        assert asyncio.run(act(place)) == 200
    assert len(double.heard) == 1


async def installed(client: httpx2.AsyncClient) -> httpx2.Response:
    """Install Purr in a workspace, as a browser does."""
    page = await client.get("/slack/install")
    link = next(part for part in page.text.split('"') if "/oauth/v2/authorize" in part)
    asked = parse_qs(urlsplit(link.replace("&amp;", "&")).query)
    assert asked["redirect_uri"] == [f"{ADDRESS}/slack/oauth_redirect"]
    cookie = page.headers["set-cookie"].partition(";")[0]
    where = f"/slack/oauth_redirect?{urlencode({'code': CODE, 'state': asked['state'][0]})}"
    return await client.get(where, headers={"Cookie": cookie})


def test_a_workspace_installs_purr_and_can_remove_it() -> None:
    double = Double()
    with workspace() as place, called(place, double, **MANY) as (runner, client):
        event = signed(payloads.message(AT_TALK, "1.1", "today"))
        runner.run(client.post("/slack/events", **event))
        assert double.heard == [], "a workspace that has not installed Purr is not heard"
        assert runner.run(installed(client)).status_code == 200
        runner.run(client.post("/slack/events", **event))
        assert len(double.heard) == 1
        runner.run(client.post("/slack/events", **signed(payloads.uninstalled(AT_TALK))))
        assert [(gone.team, reason) for gone, reason in double.lost] == [(TEAM, "token")]
        assert runner.run(double.drawer.get(f"installation:{TEAM}")) == ""


def test_an_installation_cannot_be_ended_twice_or_in_another_browser() -> None:
    double = Double()
    with workspace() as place, called(place, double, **MANY) as (runner, client):
        first = runner.run(installed(client))
        again = runner.run(client.get(str(first.url), headers={"Cookie": first.request.headers["cookie"]}))
        elsewhere = runner.run(client.get(str(first.url)))
        assert (first.status_code, again.status_code, elsewhere.status_code) == (200, 401, 400)


def test_the_way_in_is_a_command_for_no_address_of_slack_carries_a_code() -> None:
    with workspace() as place:
        assert opened(place, Double(), **MANY).door.way == "/purr link {code}"
