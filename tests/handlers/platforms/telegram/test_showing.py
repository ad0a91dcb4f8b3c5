from __future__ import annotations

from dataclasses import replace

import pytest

from bot.chat import Action, Button, Card, Handout
from bot.platforms import Brought, Later, Unreachable
from handlers.platforms.telegram import showing, wire
from tests.handlers.platforms.telegram.board import post
from tests.handlers.platforms.telegram.botapi import sent_back
from tests.handlers.platforms.telegram.stand import running, stand, until

TOKEN = "t" * 22
LONG = "\n\n".join("Vi har inte sett någon betalning. " * 20 for _ in range(14))


def card(text: str = "Hej") -> Card:
    return Card(text, buttons=(Button("Draft", Action("letter.draft"), token=TOKEN),))


@running
async def test_a_card_comes_as_a_message_with_its_buttons_and_is_changed_in_place() -> None:
    async with stand() as (api, _, telegram):
        api.say(7, "hello")
        number = await telegram.show(post(card()))
        assert (api.last(7)["text"], sent_back(api.last(7))) == ("Hej", [TOKEN])
        again = await telegram.show(post(Card("Hej"), message=number, outcome="Draft"))
        assert again == number
        assert (api.last(7)["text"], sent_back(api.last(7))) == ("Hej\n\n✓ Draft", [])
        assert len(list(api.shown(7))) == 1


@running
async def test_showing_the_same_again_is_fine() -> None:
    async with stand() as (api, _, telegram):
        api.say(7, "hello")
        number = await telegram.show(post(card()))
        assert await telegram.show(post(card(), message=number)) == number


@running
async def test_a_long_card_is_several_messages_and_what_is_left_over_goes_when_it_gets_short() -> None:
    async with stand() as (api, _, telegram):
        api.say(7, "hello")
        numbers = await telegram.show(post(card(LONG)))
        assert len(numbers.split(",")) == len(list(api.shown(7))) == 3
        assert [bool(sent_back(m)) for m in api.shown(7)] == [False, False, True]
        left = await telegram.show(post(card("Short"), message=numbers))
        assert left == numbers.split(",")[0]
        assert [m["text"] for m in api.shown(7)] == ["Short"]


@running
async def test_a_message_that_was_deleted_is_sent_anew() -> None:
    async with stand() as (api, _, telegram):
        api.say(7, "hello")
        number = await telegram.show(post(card()))
        api.last(7)["gone"] = True
        fresh = await telegram.show(post(card("Changed"), message=number))
        assert fresh != number and api.last(7)["text"] == "Changed"


@running
async def test_what_was_sent_before_a_failure_is_not_sent_twice() -> None:
    async with stand() as (api, _, telegram):
        api.say(7, "hello")
        numbers = await telegram.show(post(card(LONG), ident="first"))
        api.fail("sendMessage", 500, "Internal Server Error")
        with pytest.raises(Later):
            await telegram.show(post(card(LONG + "\n\n" + LONG), message=numbers, ident="first"))
        await telegram.show(post(card(LONG + "\n\n" + LONG), message=numbers, ident="first"))
        texts = [m["text"] for m in api.shown(7)]
        assert len(texts) == len(set(map(id, texts))) == 5


@running
async def test_what_a_message_is_about_is_noted_once_and_follows_its_card() -> None:
    async with stand() as (api, board, telegram):
        api.say(7, "hello")
        number = await telegram.show(post(Card("Hej", subject="norrsken")))
        noted = f"about 7 {number}"
        for subject in ("bygg", "norrsken"):
            await telegram.show(post(Card("Hej", subject=subject), message=number))
            assert await board.drawer.get(noted) == subject
        await board.drawer.put(noted, "")
        await telegram.show(post(Card("Hej då", subject="norrsken"), message=number))
        assert not await board.drawer.get(noted)


@running
async def test_only_the_morning_list_and_an_answer_make_a_sound() -> None:
    async with stand() as (api, board, telegram):
        api.say(7, "hello")
        api.offer(8, "old")
        await until(lambda: board.heard)
        await telegram.show(post(card(), chat=7))
        await telegram.show(post(card(), chat=8))
        await telegram.show(post(replace(card(), topic="digest 2026-11-25"), chat=8))
        assert [m["silent"] for c in (7, 8) for m in api.shown(c) if "silent" in m] == [False, True, False]


PAPER = Handout("räkning “1”.pdf", "paper.i.n", 9, here=True)
GIVEN = Card("Here is the file.", handouts=(PAPER,), subject="norrsken")
FILE = Brought(PAPER.name, b"%PDF-1.7\n")


@running
async def test_a_file_comes_as_a_document_under_its_own_name_and_once() -> None:
    async with stand() as (api, board, telegram):
        api.say(7, "hello")
        number = await telegram.show(post(GIVEN, file=FILE))
        last = api.last(7)
        assert (last["caption"], last["document"]["file_name"]) == ("Here is the file.", PAPER.name)
        assert api.files[last["document"]["file_id"]] == FILE.content
        assert await telegram.show(post(GIVEN, message=number)) == number
        assert len(list(api.shown(7))) == 1
        assert await board.drawer.get(f"about 7 {number}") == "norrsken"


@running
async def test_a_file_that_telegram_cannot_take_now_is_sent_later() -> None:
    async with stand() as (api, _, telegram):
        api.say(7, "hello")
        api.fail("sendDocument", 429, "Too Many Requests: retry after 3", retry_after=3)
        with pytest.raises(Later) as later:
            await telegram.show(post(GIVEN, file=FILE))
        assert later.value.seconds == 3 and list(api.shown(7)) == []


@pytest.mark.parametrize(
    ("content", "code", "no", "said"),
    [
        (None, 0, "", "I don’t have “räkning “1”.pdf” any more."),
        (b"", 0, "", "Telegram did not take “räkning “1”.pdf”."),
        (b"x", 400, "wrong type of the web page content", "Telegram did not take “räkning “1”.pdf”."),
        (b"x", 413, "Request Entity Too Large", "Telegram did not take “räkning “1”.pdf”."),
        (b"x" * 9, 0, "", "“räkning “1”.pdf” is larger than the 50 MB that Telegram takes."),
    ],
)
def test_a_file_that_cannot_come_is_named_with_the_way_to_it(
    content: bytes | None, code: int, no: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(showing, "LARGEST", 8)
    monkeypatch.setattr(wire, "LARGEST", 8)

    @running
    async def act() -> None:
        async with stand() as (api, _, telegram):
            api.say(7, "hello")
            if no:
                api.fail("sendDocument", code, no)
            await telegram.show(post(GIVEN, file=None if content is None else Brought(PAPER.name, content)))
            assert api.last(7)["text"].startswith(said)
            assert "Purr’s web page" in api.last(7)["text"] or content is None

    act()


@running
async def test_a_chat_that_is_gone_is_lost_with_its_file() -> None:
    async with stand() as (api, _, telegram):
        api.say(7, "hello")
        api.fail("sendDocument", 400, "chat not found")
        with pytest.raises(Unreachable) as lost:
            await telegram.show(post(GIVEN, file=FILE))
        assert lost.value.reason == "gone"
