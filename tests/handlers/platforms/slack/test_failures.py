from __future__ import annotations

from collections.abc import Callable
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError

from bot.platforms import Later, Unreachable
from handlers.platforms.slack.failures import code, details, understood


class Answer:
    """What Slack answered."""

    def __init__(self, data: Any, status: int = 200, headers: dict[str, str] | None = None) -> None:
        self.data, self.status_code, self.headers = data, status, headers or {}


REFUSED: Callable[..., SlackApiError] = SlackApiError


def raised(error: Exception) -> Exception:
    with pytest.raises((Later, Unreachable, SlackApiError, LookupError)) as caught, understood():
        raise error
    return caught.value


def test_an_answer_that_is_no_json_is_later_when_slack_is_down() -> None:
    error = REFUSED("down", Answer("<html>", 503))
    assert code(error) == "" and details(error) == []
    assert isinstance(raised(error), Later)


def test_slack_says_how_long_to_wait() -> None:
    answer = Answer({"ok": False, "error": "ratelimited"}, 429, {"Retry-After": "30"})
    later = raised(REFUSED("slow down", answer))
    assert isinstance(later, Later) and later.seconds == 30


@pytest.mark.parametrize("error", [aiohttp.ClientError(), TimeoutError(), ConnectionResetError()], ids=repr)
def test_a_lost_connection_is_later(error: Exception) -> None:
    assert isinstance(raised(error), Later)


def test_a_fault_of_our_own_stays_what_it_is() -> None:
    error = REFUSED("wrong", Answer({"ok": False, "error": "invalid_arguments"}))
    assert raised(error) is error
    assert raised(LookupError("ours")).args == ("ours",)


@pytest.mark.parametrize(
    ("error", "reason"),
    [("no_permission", "blocked"), ("ekm_access_denied", "blocked"), ("missing_scope", "token")],
)
def test_what_an_administrator_has_forbidden_is_told_to_the_owner(error: str, reason: str) -> None:
    lost = raised(REFUSED("no", Answer({"ok": False, "error": error})))
    assert isinstance(lost, Unreachable) and lost.reason == reason


def test_a_channel_that_is_gone_is_unreachable() -> None:
    lost = raised(REFUSED("gone", Answer({"ok": False, "error": "channel_not_found"})))
    assert isinstance(lost, Unreachable) and lost.reason == "gone"
