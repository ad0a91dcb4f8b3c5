"""Slack: the same talk with Purr, in a direct message, a channel, a customer's thread and the Home tab."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module

from bot.platforms import Option, Platform, Switchboard

OPTIONS = (
    Option("bot_token", "the bot token of your workspace, which begins with xoxb-", secret=True),
    Option(
        "app_token",
        "the app-level token, which begins with xapp-; with it Purr needs no address of its own",
        secret=True,
    ),
    Option(
        "signing_secret", "the signing secret of your app, for when Slack calls Purr over HTTP", secret=True
    ),
    Option("client_id", "the client id of your app, for installing Purr in many workspaces"),
    Option("client_secret", "the client secret of your app", secret=True),
    Option("api", "the address of Slack's Web API, with a slash at its end", "https://slack.com/api/"),
    Option("authorize", "the address where installing Purr begins", "https://slack.com/oauth/v2/authorize"),
)


def open(options: Mapping[str, str], switchboard: Switchboard, address: str) -> Platform | None:
    """Slack, when its options are set for Socket Mode, for signed HTTP, or for many workspaces."""
    given = {option.name: options.get(option.name, "") or option.default for option in OPTIONS}
    own = given["bot_token"] and (given["app_token"] or given["signing_secret"])
    many = given["signing_secret"] and given["client_id"] and given["client_secret"]
    if not (own or many):
        return None
    app = import_module(
        f"{__name__}.app"
    )  # its libraries take half a second, which nobody pays who has no Slack
    platform: Platform = app.Slack(given, switchboard, address)
    return platform
