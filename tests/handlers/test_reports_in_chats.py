"""Reports in Slack and Telegram: figures as text, the picture in the chat, the files when asked for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from handlers.example import fill
from tests.handlers.platforms.slack.surface import OnSlack, on_slack
from tests.handlers.platforms.telegram.surface import on_telegram
from tests.handlers.stage import Clock, House, bakery, plain
from tests.handlers.talk import MORNING, NOWHERE

PNG = b"\x89PNG"


@contextmanager
def filled(folder: Path) -> Iterator[House]:
    house = House(folder, NOWHERE, bakery("SE", "en"), Clock(MORNING))
    with house.app.database.books(house.business.id, house.clock()) as books:
        fill(house.app.inbox.desk(books))
    yield house


def test_telegram_shows_the_picture_and_the_figures_as_text(tmp_path: Path) -> None:
    with filled(tmp_path) as house, on_telegram(house) as talk:
        talk.seen()
        talk.say("ageing")
        said = talk.seen()
        (photo,) = talk.api.of("sendPhoto")
    assert bytes(photo["photo"][1]).startswith(PNG)
    assert photo["caption"] == "Owed, by age"  # its figures are read once, in the rows
    assert "1–29 days late · SEK 29,855" in said


def test_slack_tells_the_figures_shows_the_picture_and_brings_the_files_when_asked(tmp_path: Path) -> None:
    with filled(tmp_path) as house, on_slack(house) as talk:
        talk.seen()
        talk.say("forecast")
        said = plain(talk.seen())
        assert "Week 49, from 30 November" in said and "SEK 4,125" in said
        (shown,) = talk.place.shared
        assert (shown["title"], shown["comment"]) == ("Money to expect.png", "")
        assert shown["content"].startswith(PNG)
        for ending in ("png", "xlsx", "csv"):
            talk.press(next(label for label in labels(talk) if label.endswith(f".{ending} here")), {})
        shared = talk.place.shared
    assert [s["title"].rpartition(".")[2] for s in shared[1:]] == ["png", "xlsx", "csv"]
    assert shared[1]["content"] == shown["content"]
    assert shared[3]["content"].startswith("\ufeffWeek;From;To;".encode())


def test_slack_without_leave_to_bring_files_shows_the_report_all_the_same_and_once(tmp_path: Path) -> None:
    with filled(tmp_path) as house, on_slack(house) as talk:
        talk.place.withheld.add("files:write")
        talk.seen()
        talk.say("ageing")
        assert plain(talk.seen()).count("1–29 days late") == 1
        assert talk.place.shared == []


def labels(talk: OnSlack) -> Iterator[str]:
    """What can be pressed in the last messages."""
    for message in reversed(talk.place.said()):
        for block in message["blocks"]:
            if text := block.get("accessory", {}).get("text"):
                yield text["text"]
