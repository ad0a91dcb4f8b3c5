from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from handlers.platforms.slack.app import SCOPES
from handlers.platforms.slack.clients import Clients
from handlers.platforms.slack.flight import Flight
from handlers.platforms.slack.hearing import COMMAND, SHORTCUT, Hearing
from handlers.platforms.slack.showing import Showing
from tests.handlers.platforms.slack.double import Double

DOCS = Path(__file__).parents[4] / "docs"
SOCKET, HTTP = DOCS / "slack-manifest-socket.json", DOCS / "slack-manifest-http.json"
NEEDED_FOR = {
    "app_mention": "app_mentions:read",
    "message.im": "im:history",
    "member_joined_channel": "channels:read",
    "channel_archive": "channels:read",
    "channel_deleted": "channels:read",
    "channel_left": "channels:read",
    "group_archive": "groups:read",
    "group_deleted": "groups:read",
    "group_left": "groups:read",
    "user_change": "users:read",
}
FREE = {"app_home_opened", "app_uninstalled", "tokens_revoked"}
both = pytest.mark.parametrize("file", [SOCKET, HTTP], ids=["socket", "http"])


def read(file: Path) -> dict[str, Any]:
    manifest: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return manifest


def listened_to() -> set[str]:
    """The events that have a listener, as a manifest names them."""

    async def ask() -> set[str]:
        clients = Clients("http://127.0.0.1:9/api/")
        double = Double()
        names = set(Hearing(double, Showing(clients, double), Flight()).events())
        await clients.close()
        return names - {"message"} | {"message.im"}

    return asyncio.run(ask())


@both
def test_a_manifest_keeps_slacks_limits(file: Path) -> None:
    manifest = read(file)
    shown = manifest["display_information"]
    assert len(shown["name"]) <= 35 and len(shown["description"]) <= 140
    for shortcut in manifest["features"]["shortcuts"]:
        assert len(shortcut["name"]) <= 24 and len(shortcut["description"]) <= 150
    for command in manifest["features"]["slash_commands"]:
        assert len(command["command"]) <= 32 and command["should_escape"]
        assert len(command["description"]) <= 2000 and len(command["usage_hint"]) <= 1000


@both
def test_what_a_manifest_asks_for_is_listened_to_and_nothing_else(file: Path) -> None:
    manifest = read(file)
    assert set(manifest["settings"]["event_subscriptions"]["bot_events"]) == listened_to()
    assert [each["command"] for each in manifest["features"]["slash_commands"]] == [COMMAND]
    assert [each["callback_id"] for each in manifest["features"]["shortcuts"]] == [SHORTCUT]


@both
def test_the_scopes_are_the_least_that_will_do(file: Path) -> None:
    manifest = read(file)
    scopes = manifest["oauth_config"]["scopes"]["bot"]
    events = set(manifest["settings"]["event_subscriptions"]["bot_events"]) - FREE
    writing_commands_files = {"chat:write", "commands", "files:read", "files:write"}
    assert set(scopes) == {NEEDED_FOR[event] for event in events} | writing_commands_files
    assert tuple(scopes) == SCOPES


def test_one_is_for_the_socket_and_the_other_for_many_workspaces() -> None:
    own, many = read(SOCKET), read(HTTP)
    assert own["settings"]["socket_mode_enabled"] and not own["settings"]["token_rotation_enabled"]
    assert many["settings"]["token_rotation_enabled"] and not many["settings"]["socket_mode_enabled"]
    assert many["oauth_config"]["redirect_urls"][0].endswith("/slack/oauth_redirect")
    addresses = (
        many["settings"]["event_subscriptions"]["request_url"],
        many["settings"]["interactivity"]["request_url"],
        many["features"]["slash_commands"][0]["url"],
    )
    assert all(address.endswith("/slack/events") for address in addresses)


def test_a_talk_with_purr_is_open_for_writing() -> None:
    for file in (SOCKET, HTTP):
        home = read(file)["features"]["app_home"]
        assert home["home_tab_enabled"] and home["messages_tab_enabled"]
        assert not home["messages_tab_read_only_enabled"]
