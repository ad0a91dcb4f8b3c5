from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator

from bot.chat import Card
from handlers.platforms.web.feed import Feed, Heard
from tests.handlers.platforms.web.visit import posted

FIRST, SECOND, THIRD = posted("1", "one"), posted("2", "two"), posted("3", "three")


async def heard(stream: AsyncIterator[Heard], count: int) -> list[Heard]:
    return [await asyncio.wait_for(anext(stream), 5) for _ in range(count)]


def hear(feed: Feed, after: str, count: int) -> list[Heard]:
    return asyncio.run(heard(feed.listen(after, patience=0.01), count))


def test_a_page_hears_what_came_after_its_mark_in_order() -> None:
    feed = Feed()
    feed.publish(FIRST)
    mark = feed.mark()
    feed.publish(SECOND, THIRD)
    assert [each.posted for each in hear(feed, mark, 2)] == [SECOND, THIRD]


def test_the_mark_of_the_last_line_heard_brings_nothing_twice() -> None:
    feed = Feed()
    start = feed.mark()
    feed.publish(FIRST, SECOND)
    (first,) = hear(feed, start, 1)
    assert [each.posted for each in hear(feed, first.mark, 1)] == [SECOND]


def test_a_line_published_by_another_thread_is_heard_at_once() -> None:
    feed = Feed()

    async def listen() -> list[Heard]:
        later = threading.Timer(0.05, feed.publish, [FIRST])
        later.start()
        return await heard(feed.listen(feed.mark(), patience=60), 1)

    assert [each.posted for each in asyncio.run(listen())] == [FIRST]


def test_quiet_is_told_as_a_sign_of_life() -> None:
    feed = Feed()
    assert hear(feed, feed.mark(), 1) == [Heard(feed.mark())]


def test_a_page_that_missed_too_much_is_told_to_look_anew() -> None:
    feed = Feed(keep=1)
    start = feed.mark()
    feed.publish(FIRST, SECOND)
    assert hear(feed, start, 1) == [Heard(feed.mark(), stale=True)]


def test_a_mark_of_an_earlier_run_or_of_nobody_is_stale() -> None:
    feed = Feed()
    for mark in (Feed().mark(), "", "x", "²-²", feed.mark() + "9" * 30):
        assert hear(feed, mark, 1)[0].stale


def test_closing_ends_every_stream() -> None:
    feed = Feed()

    async def listen() -> list[Heard]:
        threading.Timer(0.05, feed.close).start()
        return [each async for each in feed.listen(feed.mark(), patience=60)]

    assert asyncio.run(listen()) == []


def test_a_page_of_the_conversation_before_hears_that_it_is_stale() -> None:
    feed = Feed()
    feed.publish(posted("a", "Hej"))
    mark = feed.mark()
    feed.turn()
    assert hear(feed, mark, 1)[0].stale


def test_what_holds_no_more_is_told_to_no_page_that_comes_back() -> None:
    feed = Feed()
    mark = feed.mark()
    feed.publish(FIRST)
    feed.publish(SECOND, posted("3", Card("Erased.", anew=True)))
    assert hear(feed, mark, 1) == [Heard(feed.mark(), stale=True)]
