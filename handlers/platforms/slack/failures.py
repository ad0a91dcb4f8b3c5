"""What it means when Slack says no: later, never, or not like this."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from aiohttp import ClientError
from slack_sdk.errors import SlackApiError, SlackTokenRotationError

from bot.platforms import Later, Unreachable

TOO_MANY = 429
BROKEN = 500
BUSY = frozenset(
    "ratelimited rate_limited fatal_error internal_error service_unavailable request_timeout "
    "team_added_to_org".split()
)
GONE = frozenset("channel_not_found is_archived not_in_channel user_not_found".split())
BLOCKED = frozenset(
    "access_denied cannot_dm_bot ekm_access_denied messages_tab_disabled no_permission restricted_action "
    "restricted_action_read_only_channel restricted_action_non_threadable_channel user_disabled "
    "user_not_visible".split()
)
DEAD = frozenset(
    "account_inactive invalid_auth missing_scope not_allowed_token_type not_authed "
    "team_access_not_granted token_expired token_revoked".split()
)
"""The token is not accepted, whatever is asked."""
UNFIT = frozenset("invalid_blocks invalid_blocks_format msg_blocks_too_long msg_too_long".split())
LOST = frozenset("message_not_found cant_update_message edit_window_closed".split())


def code(error: SlackApiError) -> str:
    """What Slack calls it; empty when it did not say."""
    data = getattr(error.response, "data", None)
    return str(data.get("error", "")) if isinstance(data, Mapping) else ""


def details(error: SlackApiError) -> list[str]:
    """Where in the blocks something is wrong."""
    data = getattr(error.response, "data", None)
    metadata = data.get("response_metadata") if isinstance(data, Mapping) else None
    return [str(each) for each in (metadata or {}).get("messages", [])]


def meaning(error: SlackApiError) -> Exception:
    """What an error of the Web API asks the caller to do; the error itself when it is our own fault."""
    status = getattr(error.response, "status_code", 0) or getattr(error.response, "status", 0)
    name = code(error)
    if status == TOO_MANY or status >= BROKEN or name in BUSY:
        headers = getattr(error.response, "headers", {})
        return Later(float(headers.get("Retry-After", 0)))
    if name in DEAD:
        return Unreachable("token")
    if name in GONE or name in BLOCKED:
        return Unreachable("gone" if name in GONE else "blocked")
    return error


@contextmanager
def understood() -> Iterator[None]:
    """Turns what Slack and the network raise into what the courier understands."""
    try:
        yield
    except SlackApiError as error:
        raise meaning(error) from error
    except SlackTokenRotationError as error:
        raise Unreachable("token") from error
    except (ClientError, OSError) as error:
        raise Later from error
