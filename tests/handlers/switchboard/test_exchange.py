from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from bot.chat import Action, Request
from bot.platforms import Attachment, Heard, Later, Place, Switchboard, Told, Unreachable
from handlers.switchboard import Exchange, exchange
from storage.drawers import drawers
from tests.handlers.platforms.pocket import ASA, HERE, NAME, Pocket, Talk, pocket
from tests.handlers.platforms.wire import Wire, wired
from tests.handlers.stage import House, shown
from tests.handlers.switchboard.people import (
    asked,
    hired,
    lines,
    pause,
    person,
    pocket_of,
    restart,
    say,
    stranger,
    tell,
)

BIG = 26 * 1024 * 1024


@dataclass
class Slow(Pocket):
    """A pocket whose files come when the gate is opened."""

    gate: asyncio.Event = field(default_factory=asyncio.Event)

    async def fetch(self, place: Place, attachment: Attachment) -> bytes:
        await self.gate.wait()
        return await Pocket.fetch(self, place, attachment)


@pytest.fixture
def slow(house: House) -> Iterator[Talk]:
    """The owner on a platform whose files are slow to come."""
    with wired(house, NAME, Slow) as wire:
        yield Talk.linked(wire)


def heard(delivery: str, text: str, place: Place = HERE) -> Heard:
    return Heard(delivery, place, ASA, Request("", text=text))


def keep(house: House, *many: Heard) -> None:
    """Keep what came in, and be killed before it is answered."""
    for each in many:
        with house.app.database.arrivals(house.clock()) as arrivals:
            arrivals.keep([each])


@contextmanager
def keeping(wire: Wire) -> Iterator[Callable[[], int]]:
    """Count the transactions in which something is kept, by the moments they were kept at."""
    moments: set[str] = set()

    def hear(_c: object, _cursor: object, statement: str, values: Any, *_: object) -> None:
        if statement.startswith("INSERT INTO heard"):
            moments.update(str(each)[:23] for each in values if re.match(r"\d{4}-\d\d-\d\dT", str(each)))

    engine = wire.house.app.database.engine
    sa.event.listen(engine, "before_cursor_execute", hear)
    yield lambda: len(moments)
    sa.event.remove(engine, "before_cursor_execute", hear)


async def all_of(exchange: Exchange, many: list[Heard]) -> list[Told | None]:
    futures = await asyncio.gather(*(exchange.hear(each) for each in many))
    return [await future if future else None for future in futures]


def test_a_delivery_heard_twice_is_answered_once(asa: Talk, wire: Wire) -> None:
    assert tell(asa, "today", "same")
    assert tell(asa, "today", "same") is None
    assert asked(wire) == ["today"]


def test_a_delivery_heard_twice_at_once_is_answered_once(asa: Talk, wire: Wire) -> None:
    told = wire.run(all_of(wire.exchange, [heard("same", "today")] * 5))
    assert [bool(each) for each in told] == [True, False, False, False, False]
    assert asked(wire) == ["today"]


def test_a_delivery_that_comes_again_after_a_restart_is_not_answered_again(asa: Talk, wire: Wire) -> None:
    assert tell(asa, "today", "same")
    restart(wire)
    assert tell(asa, "today", "same") is None
    assert asked(wire) == ["today"]


def test_what_was_kept_and_not_answered_is_answered_at_the_next_start_in_order_and_once(
    asa: Talk, wire: Wire
) -> None:
    keep(wire.house, heard("b", "today"), heard("a", "help"))
    restart(wire)
    assert asked(wire) == ["today", "help"]
    assert "Five customers need you today" in asa.seen()
    restart(wire)
    assert asked(wire) == ["today", "help"]


def test_a_press_that_was_kept_and_not_answered_acts_once(asa: Talk, wire: Wire) -> None:
    press = asa.pressing("Today")
    keep(wire.house, Heard("press", HERE, ASA, press))
    restart(wire)
    [welcome] = [line for line in lines(wire) if "Welcome" in line.card.title]
    assert welcome.outcome == "Today"
    assert asa.ask(press, delivery="press") is None


def test_what_another_start_has_answered_meanwhile_is_not_answered_again(asa: Talk, wire: Wire) -> None:
    once = heard("same", "today")
    keep(wire.house, once)
    assert wire.exchange.answering(once).lines
    assert wire.exchange.answering(once) == Told()
    assert asked(wire) == ["today"]


def test_things_in_one_place_are_answered_in_the_order_they_came(asa: Talk, wire: Wire) -> None:
    many = [heard(f"n-{100 - n}", f"words {n}") for n in range(12)]
    wire.run(all_of(wire.exchange, many))
    assert asked(wire) == [f"words {n}" for n in range(12)]


def test_one_place_waits_for_its_file_and_another_does_not_wait_for_it(slow: Talk) -> None:
    wire = slow.wire
    there = Place(NAME, "other", direct=True)

    async def drop_and_write() -> None:
        pocket = wire.platform
        assert isinstance(pocket, Slow)
        pocket.files["a.txt"] = b"Hello"
        file = Heard("file", HERE, ASA, Request(""), (Attachment("a.txt", "a.txt", 5),))
        first, second = await wire.exchange.hear(file), await wire.exchange.hear(heard("next", "after"))
        assert first and second
        elsewhere = await wire.exchange.hear(heard("else", "meanwhile", there))
        assert elsewhere
        await elsewhere
        assert not first.done() and not second.done()
        pocket.gate.set()
        await asyncio.gather(first, second)

    wire.run(drop_and_write())
    assert asked(wire) == ["meanwhile", "a.txt", "after"]


def test_a_burst_of_two_hundred_is_kept_in_few_transactions(wire: Wire) -> None:
    many = [Heard(f"{n}", Place(NAME, f"dm-{n}"), person("Eve"), Request("", text="!")) for n in range(200)]
    with keeping(wire) as transactions:
        told = wire.run(all_of(wire.exchange, many))
    assert all(each and each.hint for each in told)
    assert transactions() <= 5


def test_a_file_that_was_dropped_is_taken_in(asa: Talk, wire: Wire) -> None:
    asa.drop("hello.txt", b"Hello")
    assert asked(wire) == ["hello.txt"]


def test_a_file_that_is_too_large_is_not_fetched_and_the_owner_hears_of_it(asa: Talk, wire: Wire) -> None:
    asa.ask(Request(""), Attachment("big.csv", "nowhere", BIG))
    assert asked(wire) == []
    assert "“big.csv” is too big for me: I take files of up to 25 MB." in asa.seen()


def test_of_several_files_those_that_can_be_had_are_taken_in(asa: Talk, wire: Wire) -> None:
    pocket_of(wire).files["small.txt"] = b"Hello"
    small, big = Attachment("small.txt", "small.txt", 5), Attachment("big.csv", "nowhere", BIG)
    asa.ask(Request(""), big, small)
    assert asked(wire) == ["small.txt"]
    assert "“big.csv” is too big for me" in asa.seen()


@dataclass
class Shy(Pocket):
    """A pocket whose files do not come."""

    no: Exception = field(default_factory=lambda: Unreachable("token"))

    async def fetch(self, place: Place, attachment: Attachment) -> bytes:
        raise self.no


def test_a_file_that_cannot_be_had_is_asked_for_once_more_and_is_no_fault(house: House) -> None:
    with wired(house, NAME, Shy) as wire:
        asa = Talk.linked(wire)
        asa.drop("a.csv", b"")
        assert "I could not get “a.csv”. Send it once more, please." in asa.seen()
        assert asked(wire) == []
        with house.app.database.arrivals(house.clock()) as arrivals:
            assert arrivals.waiting(NAME) == ()


def test_the_file_of_a_stranger_is_not_fetched(wire: Wire) -> None:
    eve = stranger(wire)
    eve.ask(Request(""), Attachment("big.csv", "nowhere", 5))
    assert "I don't know you yet." in eve.seen()


def test_a_wake_before_the_start_does_nothing(house: House) -> None:
    house.app.exchange.wake(house.business.id)
    with wired(house, NAME, pocket) as wire:
        assert pocket_of(wire).shows == []


def test_a_wake_after_the_stop_does_nothing(asa: Talk, wire: Wire) -> None:
    wire.run(wire.exchange.stop())
    say(wire, "Good morning")
    assert pocket_of(wire).life == ["start", "quiet", "stop"]
    restart(wire)
    assert "Good morning" in asa.seen()


def test_what_is_pressed_on_the_page_changes_the_chat_that_shows_it(asa: Talk, wire: Wire) -> None:
    press = asa.pressing("Today").press
    wire.house.app.ask(Request(wire.house.business.id, press=press))
    wire.settle()
    assert asa.posts()[0].line.outcome == "Today"


def test_what_is_done_on_the_page_does_not_come_to_the_chats(asa: Talk, wire: Wire) -> None:
    asa.seen()
    wire.house.app.ask(Request(wire.house.business.id, text="today"))
    assert asa.seen() == ""
    assert "Five customers need you today" in shown(lines(wire)[-1].card)


def test_what_was_being_answered_when_purr_stops_is_answered(slow: Talk) -> None:
    async def drop_and_stop() -> None:
        pocket = slow.wire.platform
        assert isinstance(pocket, Slow)
        pocket.files["a.txt"] = b"Hello"
        file = Heard("file", HERE, ASA, Request(""), (Attachment("a.txt", "a.txt", 5),))
        first = await slow.wire.exchange.hear(file)
        stop = asyncio.create_task(slow.wire.exchange.stop())
        await asyncio.sleep(0.05)
        assert pocket.life[-1] == "quiet"
        pocket.gate.set()
        await stop
        assert first and first.done()

    slow.wire.run(drop_and_stop())
    assert asked(slow.wire) == ["a.txt"]
    assert asyncio.all_tasks(slow.wire.loop) == set()


def test_what_takes_too_long_when_purr_stops_is_answered_at_the_next_start(
    slow: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exchange, "LAST", 0.1)
    pocket = slow.wire.platform
    assert isinstance(pocket, Slow)
    pocket.files["a.txt"] = b"Hello"

    async def drop_and_stop() -> None:
        first = await slow.wire.exchange.hear(
            Heard("file", HERE, ASA, Request(""), (Attachment("a.txt", "a.txt", 5),))
        )
        await slow.wire.exchange.stop()
        assert first and first.cancelled()
        pocket.gate.set()

    slow.wire.run(drop_and_stop())
    assert asked(slow.wire) == []
    restart(slow.wire)
    assert asked(slow.wire) == ["a.txt"]


def starting(*fails: Exception) -> Callable[[Switchboard], Pocket]:
    """A platform that fails so at its start."""

    def opening(switchboard: Switchboard) -> Pocket:
        made = Pocket(switchboard)
        made.fails.extend(fails)
        return made

    return opening


def test_a_platform_that_cannot_be_reached_is_tried_again(house: House) -> None:
    with wired(house, NAME, starting(Later(0.1))) as wire:
        assert pocket_of(wire).life == ["start"]
        assert [door.platform for door in wire.exchange.doors()] == [NAME]


def test_a_platform_whose_token_is_not_accepted_is_left_out_and_the_owner_is_told(
    asa: Talk, wire: Wire, caplog: pytest.LogCaptureFixture
) -> None:
    pocket_of(wire).fails.append(Unreachable("token"))
    with caplog.at_level(logging.ERROR):
        restart(wire)
    assert "pocket does not accept its token" in caplog.text
    assert wire.exchange.doors() == ()
    assert "Pocket no longer accepts my key" in shown(lines(wire)[-1].card)


def test_a_platform_that_breaks_at_the_start_is_left_out_and_the_rest_runs(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    with wired(house, NAME, starting(ValueError("a slip"))) as wire:
        assert wire.exchange.doors() == ()
    assert "pocket could not be started" in caplog.text


def test_the_owner_is_told_elsewhere_once_a_day_of_a_platform_that_breaks_at_the_start(
    asa: Talk, wire: Wire
) -> None:
    for days in (0, 0, 1):
        wire.house.clock.at += timedelta(days=days)
        pocket_of(wire).fails.append(ValueError("a slip"))
        restart(wire)
    said = [line for line in lines(wire) if "Pocket does not work as it should" in shown(line.card)]
    assert len(said) == 2


def test_what_is_over_is_thrown_away_while_purr_runs(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exchange, "SWEEP_SECONDS", 0.05)
    with wired(house, NAME, pocket) as wire:
        asa = Talk.linked(wire)
        drawer = wire.exchange.line(NAME).drawer
        wire.run(drawer.put("question", "amount", house.clock() + timedelta(days=1)))
        assert tell(asa, "today", "same")
        keep(house, heard("off", "today", Place("switched off", "1")))
        house.clock.at += timedelta(days=8)
        wire.run(pause())
        wire.run(pause())
        assert tell(asa, "today", "same")
        with house.app.database.arrivals(house.clock()) as arrivals:
            assert arrivals.waiting("switched off") == ()
        with house.app.database.engine.connect() as connection:
            assert connection.scalars(sa.select(drawers.c.key)).all() == []


def test_what_waits_on_a_platform_that_runs_is_answered_however_old_it_is(asa: Talk, wire: Wire) -> None:
    keep(wire.house, heard("old", "today"))
    wire.house.clock.at += timedelta(days=8)
    restart(wire)
    assert asked(wire) == ["today"]


def test_the_names_of_deliveries_are_forgotten_after_a_week(asa: Talk, wire: Wire) -> None:
    assert tell(asa, "today", "same")
    wire.house.clock.at = wire.house.clock.at.replace(month=12, day=24)
    restart(wire)
    assert tell(asa, "today", "same")


def test_a_helper_and_the_owner_are_answered_in_their_own_chats(asa: Talk, wire: Wire) -> None:
    ola = hired(wire, "helper")
    ola.seen()
    asa.seen()
    ola.say("help")
    assert ola.seen()
    assert asa.seen() == ""
    assert stranger(wire).posts() == []


def test_what_somebody_does_is_written_down_under_their_name(asa: Talk, wire: Wire) -> None:
    bo = hired(wire, "owner", "Bo")
    bo.ask(Request("", action=Action("member.add"), values={"member": "Ola", "role": "helper"}))
    with wire.house.app.database.books(wire.house.business.id, wire.house.clock()) as books:
        assert ("member_added", "Bo") in {(entry.kind, entry.who) for entry in books.history.all()}
