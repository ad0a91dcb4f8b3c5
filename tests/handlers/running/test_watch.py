"""Health and figures: who may see them, what they tell, and that they tell nothing of anybody."""

from __future__ import annotations

import asyncio
import json
import re
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from socket import create_server, gethostname
from subprocess import PIPE, Popen, run

import httpx2
import pytest
from pydantic import SecretStr
from starlette.testclient import TestClient

from bot.settings import Settings
from handlers.app import App
from handlers.engine.port import Beat
from handlers.running import asking, roll
from handlers.running.pulse import Pulse
from handlers.running.traces import traced
from tests.handlers.platforms.browser import served
from tests.handlers.stage import Clock
from tests.handlers.talk import MORNING, Talk

ROOT = Path(__file__).parents[3]
HERE, THERE = "127.0.0.1", "192.0.2.7"
PROXIED = {"X-Forwarded-For": THERE}
WORD = {"Authorization": "Bearer sesam"}


@dataclass
class Seconds:
    """A clock that is moved by hand."""

    at: float = 0.0

    def __call__(self) -> float:
        return self.at


@contextmanager
def app(home: Path, **changed: object) -> Iterator[App]:
    settings = Settings(_env_file=None, data=home, metrics_token=SecretStr("sesam"))
    with App(settings.model_copy(update=changed), Clock(MORNING)) as opened:
        yield opened


def call(
    opened: App, path: str, caller: str = HERE, name: str = "localhost", **headers: str
) -> tuple[int, str]:
    site = TestClient(opened.site("kanel"), base_url=f"http://{name}:8484", client=(caller, 5000))
    answer = site.get(path, headers=headers)
    return answer.status_code, answer.text


@pytest.mark.parametrize("path", ["/health", "/metrics"])
def test_programs_on_this_machine_may_look_and_others_need_the_word(path: str, home: Path) -> None:
    with app(home) as opened:
        assert call(opened, path)[0] == 200
        assert call(opened, path, THERE, **WORD)[0] == 200
        for answer in (
            call(opened, path, THERE),
            call(opened, path, THERE, Authorization="Bearer sesa"),
            call(opened, path, THERE, Authorization="sesam"),
            call(opened, path, name="purr.example"),
            call(opened, path, **PROXIED),
        ):
            assert answer == (404, "")


@pytest.mark.parametrize("path", ["/health", "/metrics"])
def test_where_purr_is_reached_from_outside_nearness_is_not_enough(path: str, home: Path) -> None:
    with app(home, public_url="https://purr.example") as opened:
        assert call(opened, path)[0] == 404
        assert call(opened, path, **WORD)[0] == 200
    with app(home, metrics_token=SecretStr("")) as opened:
        assert call(opened, path, THERE, Authorization="Bearer ")[0] == 404


def test_health_is_good_while_the_clock_ticks_and_the_database_answers(home: Path) -> None:
    with app(home) as opened:
        seconds = Seconds()
        opened.watch.pulse = Pulse(60, seconds)
        assert call(opened, "/health")[0] == 200
        seconds.at = 3 * 60 + 31
        status, told = call(opened, "/health")
        assert status == 503 and "stands still" in told
        asyncio.run(once(opened.watch.pulse.after(well)))
        assert call(opened, "/health")[0] == 200
        with pytest.raises(ZeroDivisionError):
            asyncio.run(once(opened.watch.pulse.after(badly)))
        assert opened.watch.pulse.ticks == 1


async def once(beat: Beat) -> None:
    await beat()


async def well() -> None:
    """A tick that goes well."""


async def badly() -> None:
    raise ZeroDivisionError


def test_health_is_bad_where_the_database_does_not_answer(home: Path) -> None:
    with app(home) as opened:
        (home / "purr.db").write_bytes(b"not a database" * 400)
        opened.database.engine.dispose()
        status, told = call(opened, "/health")
    assert status == 503 and "does not answer" in told


def figure(text: str, name: str) -> float:
    (found,) = re.findall(rf"^{re.escape(name)} (\S+)$", text, re.MULTILINE)
    return float(found)


def test_figures_tell_what_waits_what_went_and_how_the_clock_goes(home: Path) -> None:
    with app(home) as opened:
        opened.meet("sv")
        business, now = opened.business().id, opened.now()
        with opened.database.books(business, now) as books:
            for key, minutes in (("a", 30), ("b", 10), ("later", -60)):
                books.deliveries.plan(f"letter:{key}", "letter", key, now - timedelta(minutes=minutes))
            books.deliveries.plan("letter:sent", "letter", "sent", now)
            books.deliveries.claim("letter:sent", "worker", timedelta(minutes=1))
            books.deliveries.sent("letter:sent")
        with opened.watch.tally.counting(), traced("delivery", "letter") as work:
            work.outcome = "sent"
        _, text = call(opened, "/metrics")
    assert figure(text, 'purr_deliveries{kind="letter",state="planned"}') == 3
    assert figure(text, 'purr_deliveries{kind="letter",state="sent"}') == 1
    assert figure(text, "purr_deliveries_due") == 2
    assert figure(text, "purr_deliveries_due_oldest_seconds") == 30 * 60
    assert figure(text, 'purr_work_total{kind="delivery",name="letter",outcome="sent"}') == 1
    assert figure(text, 'purr_work_seconds_bucket{kind="delivery",le="+Inf"}') == 1
    assert figure(text, "purr_businesses") == figure(text, "purr_database_up") == 1
    assert figure(text, "purr_ticks_total") == 0


def test_figures_are_written_as_prometheus_reads_them_and_tell_of_nobody(home: Path) -> None:
    talk = Talk.about(home)
    watch = talk.house.app.watch
    with watch.tally.counting():
        talk.says("Café Norrsken")
        with traced("chat", 'x"} 1\nowner{name="Åsa'):
            pass
    text = watch.figures()
    sample = re.compile(r'[a-z_]+(\{[a-z]+="[\w.+]+"(,[a-z]+="[\w.+]+")*\})? [\d.e+-]+', re.ASCII)
    for line in text.splitlines():
        assert re.match(r"# (HELP|TYPE) purr_[a-z_]+ ", line) or sample.fullmatch(line), line
    assert len(set(re.findall("# TYPE (.*) ", text))) == len(re.findall("# TYPE", text))
    assert figure(text, 'purr_work_total{kind="request",name="words",outcome="done"}') == 1
    assert "Norrsken" not in text and "sa" not in re.findall(r'name="(.*?)"', text)


@pytest.mark.parametrize(("takes", "fresh"), [(0.01, 5), (2, 100)])
def test_books_are_looked_at_anew_after_a_while_that_grows_with_how_long_it_takes(
    takes: float, fresh: float, home: Path
) -> None:
    seconds = Seconds()

    def slow() -> datetime:
        seconds.at += takes
        return MORNING

    with app(home) as opened:
        opened.watch.clock, opened.watch.now = seconds, slow
        told = [figure(opened.watch.figures(), "purr_businesses")]
        opened.meet("sv")
        for later in (fresh - 0.5, 1):
            seconds.at += later
            told.append(figure(opened.watch.figures(), "purr_businesses"))
    assert told == [0, 0, 1]


def test_without_a_database_the_other_figures_are_still_there(home: Path) -> None:
    with app(home) as opened:
        (home / "purr.db").write_bytes(b"not a database" * 400)
        opened.database.engine.dispose()
        status, text = call(opened, "/metrics")
    assert status == 200 and figure(text, "purr_database_up") == 0 and "purr_deliveries" not in text


@pytest.mark.parametrize("public_url", ["", "https://purr.example"])
def test_purr_health_asks_the_purr_that_runs_here(public_url: str, home: Path) -> None:
    with app(home, public_url=public_url) as opened, served(opened.site("kanel")) as url:
        here = opened.settings.model_copy(update={"port": int(url.rsplit(":", 1)[1])})
        assert asking.of_the_chat(here) == (True, "database answers; clock ticked 0 seconds ago")
        seconds = Seconds()
        opened.watch.pulse = Pulse(60, seconds)
        seconds.at = 999
        ok, said = asking.of_the_chat(here)
        assert not ok and "stands still" in said
    ok, said = asking.of_the_chat(here)
    assert not ok and said.startswith("Nothing answers at 127.0.0.1:")


def test_a_worker_is_well_while_it_is_on_the_roll(home: Path) -> None:
    with app(home) as opened:
        here = opened.settings
        assert roll.of_this_machine(here, MORNING) == (False, "Nobody on this machine is at work.")
        with opened.database.workers(MORNING) as workers:
            workers.seen(f"{gethostname()}-7-abcd")
            workers.seen("elsewhere-7-abcd")
        ok, said = roll.of_this_machine(here, MORNING)
        assert ok and "-7-abcd" in said and "elsewhere" not in said
        assert not roll.of_this_machine(here, MORNING + timedelta(minutes=1))[0]


@pytest.mark.slow
def test_a_purr_that_runs_tells_how_it_is_and_logs_for_programs(home: Path) -> None:
    """As Docker does it: the process, and `purr health` beside it."""
    told = {"PURR_DATA": str(home), "PYTHONPATH": str(ROOT), "PATH": "", "PURR_LOG_FORMAT": "json"}
    with closing(create_server(("127.0.0.1", 0))) as free:
        told["PURR_PORT"] = str(free.getsockname()[1])
    purr = [sys.executable, "-m", "bot"]
    with Popen(purr, env=told, cwd=home, stdout=PIPE, stderr=PIPE, text=True) as process:
        assert process.stdout and process.stderr and "token=" in process.stdout.readline()
        httpx2.get(f"http://127.0.0.1:{told['PURR_PORT']}/")
        well = run([*purr, "health"], env=told, cwd=home, capture_output=True, text=True, check=False)
        process.terminate()
        lines = [json.loads(line) for line in process.stderr.read().splitlines()]
    assert (well.returncode, well.stderr) == (0, "") and well.stdout.startswith(
        "database answers; clock ticked"
    )
    assert process.returncode == 0
    assert [(line["work"], line["name"], line["outcome"]) for line in lines] == [("http", "front", "403")]
