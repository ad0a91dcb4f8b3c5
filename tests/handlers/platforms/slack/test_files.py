from __future__ import annotations

import asyncio

import pytest

from bot.errors import DeliveryError
from bot.platforms import Attachment, Later, TooLarge, Unreachable
from handlers.platforms.slack.clients import Clients
from handlers.platforms.slack.files import at_home, fetch
from tests.handlers.platforms.slack.workspace import TOKEN, Workspace, workspace

API = "https://slack.com/api/"


def fetched(place: Workspace, attachment: Attachment, token: str = TOKEN) -> bytes:
    async def act() -> bytes:
        clients = Clients(place.api)
        try:
            return await fetch(clients.session, attachment, token, place.api)
        finally:
            await clients.close()

    return asyncio.run(act())


def dropped(place: Workspace, size: int = 3) -> Attachment:
    file = place.drop("a.csv", b"a;b")
    return Attachment("a.csv", file["url_private_download"], size)


def test_a_file_is_fetched_with_the_token() -> None:
    with workspace() as place:
        assert fetched(place, dropped(place)) == b"a;b"
        assert place.sent_to == [TOKEN]


@pytest.mark.parametrize(
    ("address", "is_home"),
    [
        ("https://files.slack.com/files-pri/T1-F1/download/a.csv", True),
        ("https://slack.com/a.csv", True),
        ("http://files.slack.com/a.csv", False),
        ("https://files.slack.com.evil.example/a.csv", False),
        ("https://evilslack.com/a.csv", False),
        ("https://evil.example/?files.slack.com", False),
        ("https://files.slack.com@evil.example/a.csv", False),
        ("http://169.254.169.254/latest/meta-data", False),
        ("file:///etc/passwd", False),
        ("", False),
    ],
)
def test_the_token_goes_to_slack_alone(address: str, is_home: bool) -> None:
    assert at_home(address, API) is is_home


def test_a_file_elsewhere_is_not_fetched_and_the_token_not_shown() -> None:
    with workspace() as place, workspace() as other:
        with pytest.raises(DeliveryError) as refused:
            fetched(place, dropped(other))
        assert refused.value.permanent and other.sent_to == []


def test_a_file_that_is_larger_than_it_may_be_is_not_taken() -> None:
    with workspace() as place, pytest.raises(TooLarge):
        fetched(place, dropped(place, size=2))


def test_a_token_that_may_not_have_the_file_is_said() -> None:
    with workspace() as place, pytest.raises(Unreachable):
        fetched(place, dropped(place), "xoxb-wrong")


@pytest.mark.parametrize(("status", "error"), [(503, Later), (404, DeliveryError)])
def test_a_file_that_cannot_be_had_now_is_fetched_later(status: int, error: type[Exception]) -> None:
    with workspace() as place:
        place.download_status = status
        with pytest.raises(error):
            fetched(place, dropped(place))
