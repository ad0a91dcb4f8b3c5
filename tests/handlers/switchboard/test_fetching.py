from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest

from bot.chat import Request
from bot.errors import DeliveryError, Refusal
from bot.platforms import Attachment, Heard, Later, Moved, Place, TooLarge, Unreachable
from handlers.switchboard.fetching import Fetched, Fetching
from tests.handlers.platforms.pocket import ASA, HERE, Pocket
from tests.handlers.platforms.slack.double import Double

LIMIT = 2 * 1024 * 1024
HELLO = b"Hello"


@dataclass
class Shelf(Pocket):
    """A pocket from which files come after these failures; `asked` are the sizes it was asked for."""

    ills: deque[Exception] = field(default_factory=deque)
    asked: list[int] = field(default_factory=list)
    content: bytes = HELLO

    async def fetch(self, place: Place, attachment: Attachment) -> bytes:
        self.asked.append(attachment.size)
        if self.ills:
            raise self.ills.popleft()
        return self.content


def fetched(shelf: Shelf, *sizes: int) -> tuple[Fetched, list[float]]:
    """What came of it, and how long was waited in between."""
    waits: list[float] = []

    async def rest(seconds: float) -> None:
        waits.append(seconds)

    files = tuple(Attachment(f"{n}.csv", str(n), size) for n, size in enumerate(sizes))
    heard = Heard("1", HERE, ASA, Request(""), files)
    return asyncio.run(Fetching(shelf, LIMIT, rest)(heard)), waits


def shelf(*ills: Exception, content: bytes = HELLO) -> Shelf:
    return Shelf(Double(), ills=deque(ills), content=content)


def told(got: Fetched) -> Sequence[object]:
    assert isinstance(got.refusal, Refusal) and got.files == ()
    return got.refusal.key, got.refusal.facts


def test_files_come_in_their_order() -> None:
    got, waits = fetched(shelf(), 5, 5)
    assert [(file.name, file.content) for file in got.files] == [("0.csv", HELLO), ("1.csv", HELLO)]
    assert got.refusal is None and waits == []


def test_a_file_that_cannot_be_had_now_is_tried_again_ever_more_patiently() -> None:
    got, waits = fetched(shelf(Later(), Later(), Later(20), Later(900)), 5)
    assert [file.content for file in got.files] == [HELLO]
    assert waits == [1, 2, 20, 30]


def test_after_five_tries_the_owner_is_asked_for_it_once_more() -> None:
    got, waits = fetched(shelf(*(Later() for _ in range(5))), 5)
    assert told(got) == ("file_lost", {"name": "0.csv"})
    assert len(waits) == 4


@pytest.mark.parametrize("ill", [Unreachable("token"), Moved("there"), DeliveryError("404", permanent=True)])
def test_what_cannot_be_had_at_all_is_not_tried_again(ill: Exception) -> None:
    got, waits = fetched(shelf(ill), 5)
    assert told(got) == ("file_lost", {"name": "0.csv"}) and waits == []


def test_a_file_that_says_it_is_too_large_is_not_fetched() -> None:
    there = shelf()
    got, _ = fetched(there, LIMIT + 1)
    assert told(got) == ("file_big", {"name": "0.csv", "limit": 2})
    assert there.asked == []


def test_of_a_file_of_unknown_size_no_more_is_asked_for_than_may_be() -> None:
    there = shelf(TooLarge())
    got, _ = fetched(there, 0)
    assert told(got) == ("file_big", {"name": "0.csv", "limit": 2})
    assert there.asked == [LIMIT]


def test_a_file_that_turns_out_too_large_is_not_taken_in() -> None:
    got, _ = fetched(shelf(content=bytes(LIMIT + 1)), 0)
    assert told(got) == ("file_big", {"name": "0.csv", "limit": 2})


def test_one_that_is_missing_keeps_nobody_from_the_rest() -> None:
    got, _ = fetched(shelf(Unreachable("gone")), 5, 5)
    assert [file.name for file in got.files] == ["1.csv"]
    assert got.refusal
