from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.chat import Action, Request
from bot.platforms import Attachment, Place, Told
from handlers.app import App
from handlers.switchboard.callers import TRIES
from tests.handlers.platforms.pocket import ASA, HERE, NAME, Talk, pocket
from tests.handlers.platforms.wire import Wire, invite, wired
from tests.handlers.stage import Clock, House, bakery, shown
from tests.handlers.switchboard.people import CAFE, CHANNEL, cafe, hired, lines, pocket_of, say, stranger
from tests.handlers.talk import NOWHERE
from tests.handlers.talk import Talk as OnThePage

STRANGER = "I don't know you yet."
NO_CODE = "That code doesn't work"
LOST = Attachment("lost.csv", "nowhere")


def act(talk: Talk, verb: str, subject: str = "", value: str = "", **values: str) -> Told:
    """Something done by its name."""
    told = talk.ask(Request("", action=Action(verb, subject, value), values=values))
    assert told
    return told


def hint(told: Told | None) -> str:
    """What was whispered, when nothing else was said."""
    assert told and told.hint and told.lines == ()
    return shown(told.hint).strip()


def join(talk: Talk, code: str) -> Told:
    return act(talk, "member.join", value=code)


def kept(house: House) -> dict[str, list[str]]:
    """All rows but those of the talk itself, and of what was heard."""
    rows = OnThePage(house).kept()
    return {name: rows[name] for name in rows if name not in {"heard", "posts", "chats"}}


def nudged(wire: Wire, business: str = "") -> list[str]:
    with wire.house.app.database.books(business or wire.house.business.id, wire.house.clock()) as books:
        return [chat.chat for chat in books.places.all() if chat.nudges]


def test_a_stranger_gets_a_word_and_learns_nothing(asa: Talk, wire: Wire) -> None:
    eve, before = stranger(wire), kept(wire.house)
    for request in (
        Request("", text="today"),
        Request("", action=Action("today.show")),
        Request("", press="x"),
    ):
        said = hint(eve.ask(request))
        assert said.startswith(STRANGER)
        assert "Bageri" not in said
    assert eve.posts() == []
    assert kept(wire.house) == before


def test_a_stranger_is_spoken_to_in_their_language_if_it_is_one_of_ours(wire: Wire) -> None:
    eve = stranger(wire)
    spoken = {}
    for code in ("no", "nn-NO", "fi", "de", ""):
        eve.person = replace(eve.person, language=code)
        told = eve.ask(Request("", text="!"))
        spoken[code] = told and told.language
    assert spoken == {"no": "nb", "nn-NO": "nb", "fi": "fi", "de": "en", "": "en"}


def test_a_strangers_press_of_somebodys_button_does_nothing(asa: Talk, wire: Wire) -> None:
    press, before = asa.pressing("Today"), lines(wire)
    assert hint(stranger(wire).ask(press)).startswith(STRANGER)
    assert lines(wire) == before


def test_a_code_lets_somebody_in_as_who_it_was_made_for(wire: Wire) -> None:
    ola = hired(wire, "helper")
    assert "Welcome, Ola" in ola.seen()
    told = ola.ask(Request("", text="today"))
    assert told and told.business == wire.house.business.id
    assert "Five customers need you today" in ola.seen()


@pytest.mark.parametrize("written", ["ABCDEFGH", "abcd-efgh", " abcd efgh "])
def test_a_code_may_be_all_that_a_stranger_says(wire: Wire, written: str) -> None:
    invite(wire.house)
    talk = Talk(wire)
    talk.say(written)
    assert "Welcome, Åsa Lind" in talk.seen()


def test_a_code_works_once(asa: Talk, wire: Wire) -> None:
    assert NO_CODE in hint(join(stranger(wire), "ABCDEFGH"))


def test_a_code_does_not_work_after_an_hour(wire: Wire) -> None:
    asa = Talk.linked(wire)
    made = act(asa, "member.add", member="Ola", role="helper").hint
    assert made
    wire.house.clock.at += timedelta(hours=1)
    assert NO_CODE in hint(join(stranger(wire, "Ola"), made.facts[0].value))


def test_a_code_that_is_no_code_is_answered_as_a_wrong_one(wire: Wire) -> None:
    assert NO_CODE in hint(join(stranger(wire), "no code at all"))


def test_wrong_codes_are_limited_even_if_the_right_one_follows(wire: Wire) -> None:
    eve, code = stranger(wire), invite(wire.house)
    for n in range(TRIES):
        assert NO_CODE in hint(join(eve, f"WRONG{n:03}"))
    assert "That was a lot of codes" in hint(join(eve, code))
    wire.house.clock.at += timedelta(hours=2)
    assert join(eve, code).hint is None


def test_who_is_known_may_say_words_that_look_like_a_code(asa: Talk) -> None:
    told = asa.ask(Request("", text="norrsken"))
    assert told and told.hint is None


def test_a_code_used_in_a_channel_lets_in_and_says_so_to_them_alone(asa: Talk, wire: Wire) -> None:
    channel = Talk(wire, CHANNEL)
    channel.say("today")
    cafe(wire)
    ola = Talk(wire, CHANNEL, stranger(wire, "Ola").person)
    told = join(ola, "CAFECAFE")
    assert "Here we talk about Abels Café" in hint(told)
    assert all("Abels" not in shown(post.line.card) for post in channel.posts())
    again = channel.ask(Request("", text="today"))
    assert again and again.business == wire.house.business.id


def test_a_helper_prepares_and_a_viewer_looks(wire: Wire) -> None:
    helper, viewer = hired(wire, "helper", "Ola"), hired(wire, "viewer", "Vera")
    assert act(helper, "letter.draft", "norrsken").hint is None
    before = kept(wire.house)
    assert "you don't" not in hint(act(viewer, "letter.draft", "norrsken"))
    assert act(viewer, "customer.show", "norrsken").hint is None
    assert kept(wire.house) == before


def test_a_press_that_is_an_owners_is_a_private_no_for_a_helper_and_changes_nothing(
    asa: Talk, wire: Wire
) -> None:
    act(asa, "letter.draft", "norrsken")
    press = asa.pressing("Approve")
    for talk in (hired(wire, "helper", "Ola"), hired(wire, "viewer", "Vera")):
        before, said = kept(wire.house), lines(wire)
        told = hint(talk.ask(press))
        assert "owner" in told
        assert (kept(wire.house), lines(wire)) == (before, said)
    told_her = asa.ask(press)
    assert told_her and told_her.hint is None


def test_two_presses_of_one_button_act_once_and_the_second_gets_a_private_word(asa: Talk, wire: Wire) -> None:
    press = asa.pressing("Today")
    first = asa.ask(press)
    said = lines(wire)
    assert first and first.lines
    assert "That was done already: Today." in hint(asa.ask(press))
    assert lines(wire) == said


def test_who_left_is_a_stranger_and_the_morning_list_does_not_come_to_them(asa: Talk, wire: Wire) -> None:
    ola = hired(wire, "helper")
    assert nudged(wire) == [HERE.chat, ola.place.chat]
    act(asa, "member.remove", "ola")
    ola.seen()
    say(wire, "Good morning")
    assert "Good morning" in asa.seen()
    assert ola.seen() == ""
    assert hint(ola.ask(Request("", text="today"))).startswith(STRANGER)


def test_the_morning_list_comes_only_to_chats_with_nudges(asa: Talk, wire: Wire) -> None:
    viewer = hired(wire, "viewer", "Vera")
    channel = Talk(wire, CHANNEL)
    channel.say("help")
    assert nudged(wire) == [HERE.chat]
    wire.house.wait_until(wire.house.clock() + timedelta(days=1))
    wire.settle()
    assert "Thursday 26 November" in asa.seen()
    assert not any("Thursday 26 November" in shown(p.line.card).split("\n")[0] for p in viewer.posts())
    assert not any("Thursday 26 November" in shown(p.line.card).split("\n")[0] for p in channel.posts())


def test_a_chat_of_ones_own_turns_to_the_business_one_came_into_last(asa: Talk, wire: Wire) -> None:
    join(asa, cafe(wire))
    told = asa.ask(Request("", text="today"))
    assert told and told.business == CAFE.id
    assert [post.business for post in asa.posts()][-1] == CAFE.name


def test_a_button_of_one_business_acts_on_it_though_the_talk_is_about_another(asa: Talk, wire: Wire) -> None:
    press = asa.pressing("Today")
    join(asa, cafe(wire))
    before = lines(wire, CAFE.id)
    told = asa.ask(press)
    assert told and told.business == wire.house.business.id
    assert lines(wire, CAFE.id) == before
    after = asa.ask(Request("", text="today"))
    assert after and after.business == CAFE.id


def test_a_button_of_a_business_one_does_not_belong_to_is_refused_privately(asa: Talk, wire: Wire) -> None:
    ola = hired(wire, "owner")
    join(asa, cafe(wire))
    press, before = asa.pressing("Today"), lines(wire, CAFE.id)
    assert "That button is too old" in hint(ola.ask(press))
    assert lines(wire, CAFE.id) == before


def test_a_person_of_two_businesses_never_sees_one_in_the_channel_of_the_other(asa: Talk, wire: Wire) -> None:
    join(asa, cafe(wire))
    channel = Talk(wire, CHANNEL)
    assert "which business this channel is for" in hint(channel.ask(Request("", text="here")))
    opened = channel.ask(Request("", text="here for Åsas Bageri AB"))
    assert opened and opened.business == wire.house.business.id
    channel.say("today")
    channel.say("businesses")
    assert "That button is too old" in hint(channel.ask(asa.pressing("Today")))
    for post in channel.posts():
        assert CAFE.name not in shown(post.line.card)
        assert post.business == ""


def test_the_talk_turns_from_one_business_to_the_other_and_both_are_shown(asa: Talk, wire: Wire) -> None:
    join(asa, cafe(wire))
    asa.say("businesses")
    asa.seen()
    told = asa.ask(asa.pressing("Go to this one"))
    assert told and told.business == wire.house.business.id
    said = asa.seen()
    assert "Now we talk about Åsas Bageri AB." in said
    assert "Five customers need you today" in said


def test_the_example_is_entered_and_left_in_the_chat(asa: Talk, wire: Wire) -> None:
    opened = act(asa, "example.open")
    assert opened.business == f"example-{wire.house.business.id}"
    assert "You are in the example business now." in asa.seen()
    inside = asa.ask(Request("", text="today"))
    assert inside and inside.business == opened.business
    assert act(asa, "example.close").business == wire.house.business.id
    outside = asa.ask(Request("", text="today"))
    assert outside and outside.business == wire.house.business.id


def test_the_morning_list_of_the_example_stays_away_once_one_has_left_it(asa: Talk, wire: Wire) -> None:
    example = act(asa, "example.open").business
    act(asa, "example.close")
    asa.seen()
    say(wire, "Good morning", example)
    assert asa.seen() == ""


def test_the_example_of_one_owner_is_not_anothers(asa: Talk, wire: Wire) -> None:
    hers = act(asa, "example.open")
    bea = Talk.linked(wire, Place(NAME, "dm-bea"), stranger(wire, "Bea").person, cafe(wire))
    assert act(bea, "example.open").business == f"example-{CAFE.id}" != hers.business
    before = lines(wire, hers.business)
    assert "That button is too old" in hint(bea.ask(asa.pressing("Today")))
    assert lines(wire, hers.business) == before


def test_a_fault_of_ours_is_told_honestly_and_not_tried_again(asa: Talk, wire: Wire) -> None:
    told = asa.ask(Request("", text="a file"), LOST, delivery="broken")
    assert "went wrong" in hint(told) or "number" in hint(told)
    assert asa.ask(Request("", text="a file"), delivery="broken") is None
    with wire.house.app.database.arrivals(wire.house.clock()) as arrivals:
        assert arrivals.waiting(NAME) == ()


def test_the_page_of_a_person_is_one_card_kept_up_to_date(asa: Talk, wire: Wire) -> None:
    home = Place(NAME, "home-asa")
    line = wire.exchange.line(NAME)
    first = wire.run(line.home(ASA, home))
    assert first.business == wire.house.business.id
    [page] = first.lines
    assert page.card.topic == "home"
    assert wire.run(line.home(ASA, home)).lines[0].id == page.id
    assert page.id not in {each.id for each in lines(wire)}


def test_a_stranger_has_no_page(wire: Wire) -> None:
    told = wire.run(wire.exchange.line(NAME).home(stranger(wire).person, Place(NAME, "home-eve")))
    assert hint(told).startswith(STRANGER)


@pytest.fixture
def open_house(home: Path) -> Iterator[Wire]:
    """A house where anybody may begin a business."""
    house = House(home, NOWHERE, bakery("SE", "en"), Clock())
    house.app.database.close()
    house.app = App(house.app.settings.model_copy(update={"sign_up": True}), house.clock)
    with wired(house, NAME, pocket) as wire:
        yield wire


def test_where_anybody_may_begin_a_stranger_gets_a_business_of_their_own(open_house: Wire) -> None:
    eve = stranger(open_house)
    told = eve.ask(Request("", text="hello"))
    assert told and told.business not in {"", open_house.house.business.id}
    assert "Purr" in eve.seen()
    with open_house.house.app.database.directory(open_house.house.clock()) as directory:
        [membership] = directory.memberships(eve.person)
    assert (membership.business, membership.member.role) == (told.business, "owner")
    again = eve.ask(Request("", text="hello"))
    assert again and again.business == told.business


def test_nobody_begins_a_business_in_a_channel_or_by_a_wrong_code(open_house: Wire) -> None:
    before = open_house.house.app.database.businesses()
    eve = Talk(open_house, CHANNEL, stranger(open_house).person)
    assert hint(eve.ask(Request("", text="hello"))).startswith(STRANGER)
    assert NO_CODE in hint(join(stranger(open_house), "WRONGWRO"))
    assert open_house.house.app.database.businesses() == before


def test_a_chat_that_was_blocked_is_written_to_again_once_its_person_speaks(asa: Talk, wire: Wire) -> None:
    wire.run(wire.exchange.line(NAME).gone(HERE, "blocked"))
    wire.settle()
    before = len(pocket_of(wire).shows)
    asa.say("today")
    assert len(pocket_of(wire).shows) > before
