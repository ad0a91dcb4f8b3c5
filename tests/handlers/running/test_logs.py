"""The log: people's lines by default; for programs JSON, tied together by request, telling nobody's words."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from bot.chat import Request, Upload
from bot.documents import Reading
from handlers.running import traces
from handlers.running.logs import keep_log
from handlers.running.traces import traced
from tests.handlers.day import day
from tests.handlers.talk import Talk
from tests.mailserver import Mood, mail_server

log = logging.getLogger("handlers.somewhere")
SECRET = "Kari Nordmann owes 4125.50"


Keeping = Callable[..., AbstractContextManager[io.StringIO]]


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> Keeping:
    """The log as a process of its own keeps it, and what it writes."""
    root = logging.getLogger()

    @contextmanager
    def keep(level: str = "info", form: str = "json") -> Iterator[io.StringIO]:
        said, before = io.StringIO(), root.level
        with monkeypatch.context() as changed:
            changed.setattr(root, "handlers", [])
            changed.setattr("sys.stderr", said)
            for other in ("httpx2", "mail.log"):  # those of the tests' visitor and mail server
                changed.setattr(logging.getLogger(other), "disabled", True)
            keep_log(level, form)
            try:
                yield said
            finally:
                root.setLevel(before)
                logging.captureWarnings(False)

    return keep


def lines(said: io.StringIO) -> list[dict[str, str]]:
    return [json.loads(line) for line in said.getvalue().splitlines()]


def test_all_that_one_request_logs_carries_its_id_and_others_carry_theirs(
    kept: Keeping,
) -> None:
    def work(name: str) -> None:
        with traced("http", name):
            log.warning("begun %s", name)
            with traced("request", name):
                log.warning("inside %s", name)

    with kept() as said, ThreadPoolExecutor(4) as threads:
        list(threads.map(work, "abcd"))
    log.warning("outside")
    ids = {name: {line["trace"] for line in lines(said) if name in line["says"].split()} for name in "abcd"}
    assert all(len(each) == 1 for each in ids.values()) and len(set.union(*ids.values())) == 4


def test_a_line_of_a_piece_of_work_tells_what_it_was_how_it_ended_and_how_long_it_took(
    kept: Keeping,
) -> None:
    with kept() as said, traced("delivery", "letter") as work:
        work.outcome = "sent"
    (line,) = lines(said)
    assert (line["work"], line["name"], line["outcome"]) == ("delivery", "letter", "sent")
    assert float(line["ms"]) >= 0 and line["level"] == "info"


def test_work_that_breaks_is_told_by_the_kind_of_the_error_unless_it_was_answered(kept: Keeping) -> None:
    with kept() as said:
        for answered in (False, True):
            with suppress(ZeroDivisionError), traced("http", "say") as work:
                if answered:
                    work.outcome = "200"
                    work.answered()
                raise ZeroDivisionError(SECRET)
    assert [line["outcome"] for line in lines(said)] == ["ZeroDivisionError", "200"]


def test_an_error_is_told_by_its_kind_and_place_never_by_its_words(kept: Keeping) -> None:
    with kept() as said:
        try:
            try:
                raise KeyError(SECRET)
            except KeyError as inner:
                raise ValueError(SECRET) from inner
        except ValueError:
            log.exception("it broke: %s", "3f2a")
    (line,) = lines(said)
    assert [error["kind"] for error in line["errors"]] == ["ValueError", "KeyError"]  # type: ignore[index]
    assert "test_logs.py" in said.getvalue() and "Kari" not in said.getvalue()


def test_people_too_are_told_of_an_error_where_it_was_and_not_what_it_said(kept: Keeping) -> None:
    with kept(form="text") as said:
        try:
            raise ValueError(SECRET) from KeyError(SECRET)
        except ValueError:
            log.exception("it broke: %s", "3f2a")
    assert "it broke: 3f2a\nValueError at\n" in said.getvalue() and "KeyError at" in said.getvalue()
    assert "test_logs.py" in said.getvalue() and "Kari" not in said.getvalue()


def test_people_read_plain_lines_and_are_not_told_of_every_request(kept: Keeping) -> None:
    with kept(form="text") as said, traced("http", "say"):
        log.warning("look at this")
    assert said.getvalue().count("\n") == 1
    assert said.getvalue().rstrip().endswith("WARNING handlers.somewhere: look at this")


def test_who_wants_everything_is_told_of_every_request_also_in_plain_lines(
    kept: Keeping,
) -> None:
    with kept("debug", "text") as said, traced("http", "say"):
        pass
    assert "http say: done" in said.getvalue()


def test_outside_of_any_work_a_line_has_no_id(kept: Keeping) -> None:
    with kept() as said:
        log.warning("alone")
    assert "trace" not in lines(said)[0] and traces.current() == ""


@pytest.mark.parametrize(
    ("mood", "outcome"),
    [
        ("accept", "sent"),
        ("greylist", "delayed"),
        ("refuse_recipient", "failed"),
        ("drop_after_data", "unknown"),
    ],
)
def test_what_became_of_a_letter_is_told_without_saying_whose(
    mood: Mood, outcome: str, home: Path, kept: Keeping
) -> None:
    with mail_server(mood) as server, day(f"sqlite:///{home / 'purr.db'}", server) as today, kept() as said:
        today.plan()
        today.run()
    works = [line for line in lines(said) if line.get("work") == "delivery"]
    assert {line["name"]: line["outcome"] for line in works} == {"nudge": "done", "letter": outcome}
    assert len({line["trace"] for line in works}) == 2
    assert "norrsken" not in said.getvalue().casefold()


def breaks(content: bytes, name: str = "", **_: object) -> Reading:
    raise ValueError(f"{name}: {content!r}")


def test_a_day_of_an_owner_leaves_nobodys_words_in_the_log(home: Path, kept: Keeping) -> None:
    """The owner asks, drafts, edits and breaks something; a stranger guesses at a customer's page."""
    talk = Talk.about(home, public_url="https://purr.example")
    request = Request(talk.house.business.id, files=(Upload(f"{SECRET}.csv", b"no list"),))
    with kept() as said:
        site = TestClient(talk.house.app.site("kanelbulle"), base_url="https://purr.example")
        talk.says("Café Norrsken")
        talk.presses("Draft")
        replace(talk.house.app.inbox, read=breaks)(request)
        site.get("/p/a-token-of-a-customer")
        site.get("/?token=kanelbulle")
        site.get("/nils@norrsken.example")
    found = lines(said)
    works = {line["name"] for line in found if "work" in line}
    assert works == {"words", "press", "files", "p", "front", "other"}
    for word in ("Norrsken", "norrsken", "Kari", "4125", "kanelbulle", "a-token", "Nils", "Åsa"):
        assert word not in said.getvalue(), word


@pytest.mark.parametrize("library", ["httpx", "httpcore.connection"])
def test_libraries_that_tell_whole_addresses_are_not_heard_even_where_all_is(
    library: str, kept: Keeping
) -> None:
    with kept("debug") as said:
        logging.getLogger(library).info("HTTP Request: POST https://api.telegram.org/bot123:hemlig/getMe")
    assert said.getvalue() == ""
