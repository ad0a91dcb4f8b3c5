from __future__ import annotations

import asyncio
import threading
from collections.abc import Sequence
from contextlib import closing

import pytest

from bot.chat import Request
from bot.platforms import Heard, Person, Place
from handlers.switchboard.keeping import Keeper

PLACE, PERSON = Place("pocket", "dm"), Person("pocket", "7")


class Book:
    """Where deliveries are written down: `batches` are the transactions."""

    def __init__(self) -> None:
        self.batches: list[list[str]] = []
        self.known: set[str] = set()
        self.open = threading.Event()
        self.open.set()

    def write(self, many: Sequence[Heard]) -> list[bool]:
        self.open.wait(10)
        names = [heard.delivery for heard in many]
        self.batches.append(names)
        news = [name not in self.known and names.index(name) == at for at, name in enumerate(names)]
        self.known.update(names)
        return news


def named(delivery: object) -> Heard:
    return Heard(str(delivery), PLACE, PERSON, Request(""))


async def keep_all(keeper: Keeper, *deliveries: object) -> list[bool]:
    return await asyncio.gather(*(keeper.keep(named(each)) for each in deliveries))


def test_a_burst_is_kept_in_few_transactions_and_in_order() -> None:
    book = Book()
    with closing(Keeper(book.write)) as keeper:
        assert all(asyncio.run(keep_all(keeper, *range(200))))
    assert len(book.batches) <= 2
    assert [name for batch in book.batches for name in batch] == [str(n) for n in range(200)]


def test_what_comes_while_others_are_being_written_goes_together_next() -> None:
    book = Book()
    book.open.clear()

    async def burst(keeper: Keeper) -> None:
        first = asyncio.create_task(keeper.keep(named("first")))
        await asyncio.sleep(0.05)
        rest = [asyncio.create_task(keeper.keep(named(n))) for n in range(50)]
        await asyncio.sleep(0)
        assert not first.done()
        book.open.set()
        await asyncio.gather(first, *rest)

    with closing(Keeper(book.write)) as keeper:
        asyncio.run(burst(keeper))
    assert [len(batch) for batch in book.batches] == [1, 50]


def test_the_same_delivery_twice_is_new_once() -> None:
    with closing(Keeper(Book().write)) as keeper:
        assert asyncio.run(keep_all(keeper, "a", "b", "a")) == [True, True, False]


def test_each_who_waits_is_told_that_nothing_was_kept_and_the_next_is_tried() -> None:
    book = Book()

    def broken(many: Sequence[Heard]) -> list[bool]:
        if not book.known:
            book.known.add("tried")
            raise OSError("disk is full")
        return book.write(many)

    async def twice(keeper: Keeper) -> None:
        for problem in await asyncio.gather(*(keeper.keep(named(n)) for n in "ab"), return_exceptions=True):
            assert isinstance(problem, OSError)
        assert await keeper.keep(named("c"))

    with closing(Keeper(broken)) as keeper:
        asyncio.run(twice(keeper))


def test_one_who_does_not_wait_any_longer_keeps_nobody_from_it() -> None:
    book = Book()
    book.open.clear()

    async def impatient(keeper: Keeper) -> bool:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(keeper.keep(named("a")), 0.05)
        book.open.set()
        return await keeper.keep(named("b"))

    with closing(Keeper(book.write)) as keeper:
        assert asyncio.run(impatient(keeper))
    assert book.known == {"a", "b"}
