"""Who talks to Purr in these tests, besides the owner: a helper, a stranger, somebody with two businesses."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from bot.chat import Card, Posted, Request, Role
from bot.members import Member
from bot.platforms import Attachment, Heard, Person, Place, Switchboard, Told
from tests.handlers.platforms.pocket import NAME, NUMBERS, Pocket, Talk
from tests.handlers.platforms.wire import Wire, invite
from tests.handlers.stage import BAKERY
from tests.handlers.talk import MORNING

CAFE = replace(BAKERY, id="cafe", name="Abels Café", owner="Åsa Lind", language="en")
CHANNEL = Place(NAME, "channel", direct=False)
HER_CODE = "CAFECAFE"


def person(name: str) -> Person:
    """Somebody on the platform."""
    return Person(NAME, name.lower(), name=name, language="en")


def stranger(wire: Wire, name: str = "Eve") -> Talk:
    """Somebody nobody knows."""
    return Talk(wire, Place(NAME, f"dm-{name.lower()}"), person(name))


def hired(wire: Wire, role: Role, name: str = "Ola") -> Talk:
    """Somebody who works at the bakery, and has come in."""
    with wire.house.app.database.books(wire.house.business.id, wire.house.clock()) as books:
        books.members.add(Member(id=name.lower(), name=name, role=role, added=MORNING.date()))
    code = invite(wire.house, name.upper().ljust(8, "X"), name.lower())
    return Talk.linked(wire, Place(NAME, f"dm-{name.lower()}"), person(name), code)


def cafe(wire: Wire) -> str:
    """A second business, with a code for its owner."""
    wire.house.app.database.add_business(CAFE)
    return invite(wire.house, HER_CODE, business=CAFE.id)


def say(wire: Wire, said: str | Card, business: str = "") -> None:
    """Let Purr say something by itself."""
    business = business or wire.house.business.id
    with wire.house.app.database.books(business, wire.house.clock()) as books:
        wire.house.app.inbox.post(books, Card(said) if isinstance(said, str) else said)
    wire.exchange.wake(business)


def lines(wire: Wire, business: str = "") -> tuple[Posted, ...]:
    """What was said about a business, as the page shows it."""
    with wire.house.app.database.books(business or wire.house.business.id, wire.house.clock()) as books:
        return books.lines.recent(limit=200)


def asked(wire: Wire) -> list[str]:
    """What was said to the bakery, in the order it was answered."""
    return [line.card.text for line in lines(wire) if line.mine]


def pocket_of(wire: Wire) -> Pocket:
    """The platform underneath."""
    assert isinstance(wire.platform, Pocket)
    return wire.platform


def tell(talk: Talk, text: str, delivery: str = "", *files: Attachment) -> Told | None:
    """Write something, and wait for the answer but not until it is shown."""
    heard = Heard(delivery or f"told-{next(NUMBERS)}", talk.place, talk.person, Request("", text=text), files)

    async def answered() -> Told | None:
        future = await talk.wire.exchange.hear(heard)
        return await future if future else None

    return talk.wire.run(answered())


def restart(wire: Wire) -> None:
    """Start anew on the same platform, which knows its messages still."""
    there = pocket_of(wire)

    def opening(switchboard: Switchboard) -> Pocket:
        there.switchboard = switchboard
        return there

    wire.restart(opening)


async def pause() -> None:
    """Let the loop do what it has to."""
    await asyncio.sleep(0.05)
