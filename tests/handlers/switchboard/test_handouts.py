"""A file that is asked for in a chat comes there, once for a press, and to nobody else."""

from __future__ import annotations

from bot.chat import Handout, Request
from bot.platforms import Later, Post
from tests.handlers.platforms.pocket import Talk
from tests.handlers.platforms.wire import Wire
from tests.handlers.switchboard.people import cafe, hired, lines, pocket_of, restart
from tests.handlers.switchboard.test_answering import join

GIVEN = "Here is the file."


def asked(talk: Talk) -> Handout:
    """An evidence pack that is named in a chat."""
    talk.say("evidence pack Bygg")
    (handout,) = talk.posts()[-1].line.card.handouts
    assert handout.button and talk.posts()[-1].file is None
    return handout


def press(talk: Talk, handout: Handout) -> Request:
    assert handout.button
    return talk.pressing(handout.button.label)


def brought(wire: Wire) -> list[Post]:
    return [post for post in pocket_of(wire).shows if post.file]


def content(wire: Wire, ref: str) -> bytes:
    with wire.house.app.database.books(wire.house.business.id, wire.house.clock()) as books:
        return books.packs.get(ref).content


def test_a_press_brings_the_file_to_the_chat_it_was_pressed_in(asa: Talk, wire: Wire) -> None:
    ola = hired(wire, "helper")
    pack = asked(asa)
    asa.ask(press(asa, pack))
    (post,) = brought(wire)
    assert post.file and (post.file.name, post.place) == (pack.name, asa.place)
    assert post.file.content == content(wire, pack.ref)
    assert not any(GIVEN in each.line.card.text for each in ola.posts())


def test_nothing_is_brought_unasked(asa: Talk, wire: Wire) -> None:
    asked(asa)
    assert brought(wire) == []


def test_a_file_that_cannot_be_taken_just_now_is_brought_later_and_once(asa: Talk, wire: Wire) -> None:
    pack = asked(asa)
    pocket_of(wire).fails.extend([Later(0)])
    asa.ask(press(asa, pack))
    assert len(brought(wire)) == 1


def test_a_second_press_at_once_is_told_that_it_is_on_its_way(asa: Talk, wire: Wire) -> None:
    pack = asked(asa)
    again = press(asa, pack)
    asa.ask(again)
    told = asa.ask(again)
    assert told and told.hint and f"“{pack.name}” is on its way here." in told.hint.text
    assert len(brought(wire)) == 1


def test_a_delivery_that_comes_twice_brings_one_file(asa: Talk, wire: Wire) -> None:
    pack = press(asa, asked(asa))
    asa.ask(pack, delivery="the same")
    assert asa.ask(pack, delivery="the same") is None
    assert len(brought(wire)) == 1


def test_a_file_that_was_shown_is_not_brought_again_after_a_restart(asa: Talk, wire: Wire) -> None:
    asa.ask(press(asa, asked(asa)))
    restart(wire)
    asa.say("today")
    assert len(brought(wire)) == 1


def test_a_file_that_is_gone_by_then_is_shown_without_it(asa: Talk, wire: Wire) -> None:
    asa.say("Bygg")
    with wire.house.app.database.books(wire.house.business.id, wire.house.clock()) as books:
        gone = Handout("gone.pdf", "paper.none.none", 7, here=True)
        books.lines.asked_in = books.places.all()[0].id
        books.lines.add(
            wire.house.app.inbox.desk(books).card("file_here", {"program": False}, handouts=(gone,))
        )
    wire.exchange.wake(wire.house.business.id)
    wire.settle()
    assert GIVEN in asa.posts()[-1].line.card.text and brought(wire) == []


def test_a_button_of_another_business_brings_nothing(asa: Talk, wire: Wire) -> None:
    pack = press(asa, asked(asa))
    bo = Talk(wire, asa.place.__class__("pocket", "dm-bo"), asa.person.__class__("pocket", "bo"))
    join(bo, cafe(wire))
    told = bo.ask(pack)
    assert told and told.hint and GIVEN not in told.hint.text
    assert brought(wire) == []
    assert not any(GIVEN in line.card.text for line in (*lines(wire), *lines(wire, "cafe")))


def test_a_viewer_is_told_that_it_is_not_theirs_to_take(asa: Talk, wire: Wire) -> None:
    pack = press(asa, asked(asa))
    told = hired(wire, "viewer").ask(pack)
    assert told and told.hint and not told.lines
    assert brought(wire) == []
