from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass, field

from bot.chat import Action, Button, Card, Request
from bot.platforms import Later, Moved, Place, Post, Unreachable
from tests.handlers.platforms.pocket import HERE, NAME, Pocket, Talk
from tests.handlers.platforms.wire import Wire, wired
from tests.handlers.stage import House, shown
from tests.handlers.switchboard.people import (
    CAFE,
    CHANNEL,
    cafe,
    hired,
    lines,
    pause,
    pocket_of,
    restart,
    say,
    tell,
)

TROUBLE = "I am blocked there"


def texts(talk: Talk) -> list[str]:
    """What stands in a chat, message by message."""
    return [shown(post.line.card).strip().split("\n")[0] for post in talk.posts()]


def troubles(wire: Wire) -> dict[str, str]:
    with wire.house.app.database.books(wire.house.business.id, wire.house.clock()) as books:
        return {chat.chat: chat.trouble for chat in books.places.all()}


def test_lines_are_shown_in_the_order_they_were_said(asa: Talk, wire: Wire) -> None:
    for n in range(25):
        say(wire, f"line {n}")
    wire.settle()
    assert texts(asa)[1:] == [f"line {n}" for n in range(25)]


def test_a_line_changed_in_one_chat_is_edited_in_every_chat_that_shows_it(asa: Talk, wire: Wire) -> None:
    bo = hired(wire, "owner", "Bo")
    say(wire, Card("A letter waits", buttons=(Button("Look", Action("today.show")),)))
    wire.settle()
    count = len(asa.posts()), len(bo.posts())
    told = bo.ask(asa.pressing("Look"))
    assert told and told.lines
    for talk in (asa, bo):
        [post] = [p for p in talk.posts() if p.line.card.text == "A letter waits"]
        assert (post.line.outcome, post.line.card.buttons) == ("Look", ())
    assert (len(asa.posts()), len(bo.posts())) == (count[0], count[1] + 1)


@dataclass
class Crowded(Pocket):
    """A pocket that takes a while to show a line; `most` is how many it had in hand at once in one place."""

    in_hand: Counter[Place] = field(default_factory=Counter)
    most: int = 0

    async def show(self, post: Post) -> str:
        self.in_hand[post.place] += 1
        self.most = max(self.most, self.in_hand[post.place])
        await asyncio.sleep(0.01)
        self.in_hand[post.place] -= 1
        return await Pocket.show(self, post)


def test_in_one_place_one_line_is_shown_at_a_time_though_it_serves_two_businesses(house: House) -> None:
    with wired(house, NAME, Crowded) as wire:
        asa = Talk.linked(wire)
        asa.ask(Request("", action=Action("member.join", value=cafe(wire))))
        for n in range(5):
            say(wire, f"bakery {n}")
            say(wire, f"café {n}", CAFE.id)
        wire.settle()
        assert isinstance(wire.platform, Crowded)
        assert wire.platform.most == 1
        assert len(asa.posts()) == 12


def test_a_platform_that_asks_to_wait_is_tried_again_and_shown_it_once(asa: Talk, wire: Wire) -> None:
    pocket_of(wire).fails.append(Later(0.1))
    say(wire, "Good morning")
    wire.settle()
    assert texts(asa)[1:] == ["Good morning"]


def test_while_one_chat_waits_the_others_are_shown_theirs(asa: Talk, wire: Wire) -> None:
    bo = hired(wire, "owner", "Bo")
    pocket_of(wire).fails.append(Later(60))
    tell(asa, "help")
    while pocket_of(wire).fails:
        wire.run(pause())
    bo.read = len(pocket_of(wire).shows)
    tell(bo, "today")
    for _ in range(100):
        wire.run(pause())
        if len(bo.posts()) > 1:
            break
    assert len(texts(asa)) == 1
    assert len(texts(bo)) == 2


def test_a_chat_that_moved_is_followed_and_all_later_lines_with_it(asa: Talk, wire: Wire) -> None:
    channel = Talk(wire, CHANNEL, asa.person)
    channel.say("today")
    pocket_of(wire).fails.append(Moved("supergroup"))
    channel.say("help")
    there = Talk(wire, Place(NAME, "supergroup", direct=False), asa.person)
    assert len(there.posts()) == 1
    there.say("today")
    assert len(there.posts()) == 2
    assert set(troubles(wire)) == {HERE.chat, "supergroup"}


def test_who_has_blocked_purr_is_written_to_no_more_and_the_owner_hears_it_elsewhere(
    asa: Talk, wire: Wire
) -> None:
    bo = hired(wire, "owner", "Bo")
    pocket_of(wire).fails.append(Unreachable("blocked"))
    bo.say("today")
    assert troubles(wire) == {HERE.chat: "", bo.place.chat: "blocked"}
    assert TROUBLE in asa.seen()
    assert TROUBLE in shown(lines(wire)[-1].card)
    before = len(bo.posts())
    say(wire, "Good morning")
    wire.settle()
    assert len(bo.posts()) == before
    assert "Good morning" in asa.seen()


def test_a_token_that_is_not_accepted_is_the_trouble_of_its_team_and_told_once(asa: Talk, wire: Wire) -> None:
    teams = [
        Talk(wire, Place(NAME, f"dm-{n}", team), asa.person) for n, team in enumerate(("T1", "T1", "T2"))
    ]
    with wire.house.app.database.books(wire.house.business.id, wire.house.clock()) as books:
        for talk in teams:
            books.places.open(talk.place, nudges=False)
    wire.run(wire.exchange.line(NAME).gone(teams[0].place, "token"))
    wire.settle()
    assert troubles(wire) == {HERE.chat: "", "dm-0": "token", "dm-1": "token", "dm-2": ""}
    wire.run(wire.exchange.line(NAME).gone(teams[1].place, "token"))
    wire.settle()
    assert sum("no longer accepts my key" in shown(line.card) for line in lines(wire)) == 1


def test_a_line_that_breaks_the_platform_is_given_up_and_the_rest_goes_on(asa: Talk, wire: Wire) -> None:
    pocket_of(wire).fails.extend(ValueError("no such glyph") for _ in range(3))
    say(wire, "breaks")
    say(wire, "goes on")
    wire.settle()
    assert texts(asa)[1:] == ["goes on", "Pocket"]
    assert not pocket_of(wire).fails
    assert "not all I say gets through there" in shown(lines(wire)[-1].card)


def test_a_line_that_breaks_once_is_shown_all_the_same(asa: Talk, wire: Wire) -> None:
    pocket_of(wire).fails.append(ValueError("a slip"))
    say(wire, "breaks once")
    wire.settle()
    assert texts(asa)[1:] == ["breaks once"]


def test_what_was_not_shown_when_purr_stopped_is_shown_at_the_next_start_once(asa: Talk, wire: Wire) -> None:
    pocket_of(wire).fails.append(Later(60))
    say(wire, "Good morning")
    wire.run(pause())
    restart(wire)
    assert texts(asa)[1:] == ["Good morning"]
    restart(wire)
    assert texts(asa)[1:] == ["Good morning"]


def test_a_token_put_right_is_tried_anew_at_the_next_start(asa: Talk, wire: Wire) -> None:
    wire.run(wire.exchange.line(NAME).gone(HERE, "token"))
    say(wire, "Good morning")
    wire.settle()
    assert texts(asa)[1:] == []
    restart(wire)
    assert "Good morning" in texts(asa)
