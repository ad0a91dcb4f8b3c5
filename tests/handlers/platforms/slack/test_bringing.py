from __future__ import annotations

import pytest

from bot.chat import Card, Handout, Picture
from bot.platforms import Brought, Later, Unreachable
from handlers.platforms.slack import bringing
from tests.handlers.platforms.slack.scene import CHANNEL_PLACE, TALK_PLACE, Scene, played
from tests.handlers.platforms.slack.workspace import CHANNEL, TALK, Fault

NAME = "räkning & “1”.pdf"
GIVEN = Card("Here is the *file*.", handouts=(Handout(NAME, "paper.i.n", 9, here=True),), subject="norrsken")
FILE = Brought(NAME, b"%PDF-1.7\n")
START, END = "files.getUploadURLExternal", "files.completeUploadExternal"


def test_a_file_comes_into_the_talk_with_its_words() -> None:
    async def act(on: Scene) -> None:
        message = await on.show(GIVEN, file=FILE)
        (shared,) = on.place.shared
        assert (shared["channel"], shared["thread"], shared["content"]) == (TALK, "", FILE.content)
        assert shared["title"] == NAME and shared["comment"] == "Here is the *\u200bfile*\u200b."
        assert message == f"{TALK}:{bringing.MARK}" and on.place.said() == []

    played(act)


def test_in_a_channel_it_hangs_in_the_customers_thread() -> None:
    async def act(on: Scene) -> None:
        await on.show(GIVEN, CHANNEL_PLACE, about="Café Norrsken", file=FILE)
        (root,) = on.place.said(CHANNEL)
        assert [shared["thread"] for shared in on.place.shared] == [root["ts"]]

    played(act)


def test_a_thread_whose_first_message_was_deleted_begins_anew_for_a_file_too() -> None:
    async def act(on: Scene) -> None:
        await on.show(Card("A draft.", subject="norrsken"), CHANNEL_PLACE, about="Café Norrsken")
        on.place.messages.clear()
        await on.show(GIVEN, CHANNEL_PLACE, about="Café Norrsken", file=FILE)
        (root,) = on.place.said(CHANNEL)
        assert [shared["thread"] for shared in on.place.shared] == [root["ts"]]

    played(act)


def test_what_was_brought_is_left_as_it_is() -> None:
    async def act(on: Scene) -> None:
        message = await on.show(GIVEN, file=FILE)
        assert await on.show(GIVEN, message=message) == message
        assert len(on.place.shared) == 1 and on.place.said() == []

    played(act)


@pytest.mark.parametrize("step", [START, END])
def test_a_step_that_slack_cannot_take_now_is_begun_anew_later(step: str) -> None:
    async def act(on: Scene) -> None:
        on.place.fail(step, Fault(status=429, retry_after=7))
        with pytest.raises(Later) as later:
            await on.show(GIVEN, file=FILE)
        assert later.value.seconds == 7 and on.place.shared == [] and on.place.said() == []
        await on.show(GIVEN, file=FILE)
        assert len(on.place.shared) == 1

    played(act)


def test_bytes_that_cannot_be_handed_over_just_now_are_handed_over_later() -> None:
    async def act(on: Scene) -> None:
        on.place.upload_status = 503
        with pytest.raises(Later):
            await on.show(GIVEN, file=FILE)

    played(act)


def test_an_app_without_the_scope_says_which_one_and_names_the_page() -> None:
    async def act(on: Scene) -> None:
        on.place.withheld.add("files:write")
        await on.show(GIVEN, file=FILE)
        (said,) = on.place.said()
        assert "files:write" in said["text"] and "on Purr’s web page" in said["text"]
        assert on.place.shared == []

    played(act)


@pytest.mark.parametrize("fault", ["file_uploads_disabled", "storage_limit_reached", "blocked_file_type"])
def test_a_file_that_slack_does_not_take_is_to_be_had_on_the_page(fault: str) -> None:
    async def act(on: Scene) -> None:
        on.place.fail(START, Fault(fault))
        await on.show(GIVEN, file=FILE)
        (said,) = on.place.said()
        assert said["text"].startswith(f"Slack did not take “{NAME}”".replace("&", "&amp;"))

    played(act)


@pytest.mark.parametrize(
    ("file", "words"),
    [(None, "I don’t have"), (Brought(NAME, b""), "Slack did not take")],
)
def test_a_file_that_is_gone_or_empty_is_said_to_be(file: Brought | None, words: str) -> None:
    async def act(on: Scene) -> None:
        await on.show(GIVEN, file=file)
        (said,) = on.place.said()
        assert said["text"].startswith(words) and on.place.shared == []

    played(act)


def test_a_file_too_big_for_slack_is_not_even_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bringing, "LARGEST", 8)

    async def act(on: Scene) -> None:
        await on.show(GIVEN, file=FILE)
        (said,) = on.place.said()
        assert "too big for Slack" in said["text"] and on.place.made(START) == []

    played(act)


def test_a_channel_that_purr_was_removed_from_is_lost() -> None:
    async def act(on: Scene) -> None:
        on.place.members.discard(TALK)
        with pytest.raises(Unreachable) as lost:
            await on.show(GIVEN, TALK_PLACE, file=FILE)
        assert lost.value.reason == "gone"

    played(act)


DRAWN = Card(
    "What is owed.",
    pictures=(Picture(b"<svg/>", "image/svg+xml", "Owed, by age. Not late: 5 kr", b"\x89PNG"),),
)


def test_a_picture_comes_below_its_line_once() -> None:
    async def act(on: Scene) -> None:
        message = await on.show(DRAWN)
        (shared,) = on.place.shared
        assert (shared["channel"], shared["title"], shared["content"]) == (
            TALK,
            "Owed, by age.png",
            b"\x89PNG",
        )
        await on.show(DRAWN, message=message)
        assert len(on.place.shared) == 1 and len(on.place.said()) == 1

    played(act)


@pytest.mark.parametrize("fault", [Fault(status=429, retry_after=7), Fault(error="missing_scope")])
@pytest.mark.parametrize("step", [START, END])
def test_a_picture_that_slack_does_not_take_leaves_its_line_shown(step: str, fault: Fault) -> None:
    async def act(on: Scene) -> None:
        on.place.fail(step, fault)
        assert (await on.show(DRAWN)).startswith(f"{TALK}:")
        assert len(on.place.said()) == 1 and on.place.shared == []

    played(act)
