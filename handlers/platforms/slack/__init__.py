"""Slack: the same talk with Purr, in a direct message, a channel, a customer's thread and the Home tab."""

from __future__ import annotations

from collections.abc import Mapping

from bot.platforms import Option, Platform, Switchboard
from handlers.platforms.slack.app import Slack

OPTIONS = (
    Option(
        "bot_token",
        "Slack: the bot token of your workspace (xoxb-…).",
        secret=True,
        comment="With the app token Purr calls Slack and needs no address of its own; see docs/slack.md.",
    ),
    Option("app_token", "Slack: the app-level token for Socket Mode (xapp-…).", secret=True),
    Option(
        "signing_secret",
        "Slack: the signing secret, when Slack calls Purr over HTTP.",
        secret=True,
        comment="Instead of the app token. With the two below, many workspaces can install Purr.",
    ),
    Option("client_id", "Slack: the client id, for installing in many workspaces."),
    Option("client_secret", "Slack: the client secret.", secret=True),
    Option("api", "Slack: where its Web API is.", "https://slack.com/api/"),
    Option("authorize", "Slack: where installing begins.", "https://slack.com/oauth/v2/authorize"),
)


def open(options: Mapping[str, str], switchboard: Switchboard, address: str) -> Platform | None:
    """Slack, when its options are set for Socket Mode, for signed HTTP, or for many workspaces."""
    given = {option.name: options.get(option.name, "") or option.default for option in OPTIONS}
    own = given["bot_token"] and (given["app_token"] or given["signing_secret"])
    many = given["signing_secret"] and given["client_id"] and given["client_secret"]
    return Slack(given, switchboard, address) if own or many else None
