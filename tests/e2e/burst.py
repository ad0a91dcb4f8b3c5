"""A burst: two hundred presses on the digest of two hundred customers, while what they open is being sent."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from itertools import cycle, islice
from pathlib import Path

from aiohttp import ClientSession, ClientTimeout, TCPConnector

from tests.e2e import payloads, plays, slack, standins, telegram
from tests.e2e.product import Purr
from tests.e2e.running import Stuck
from tests.e2e.story import Story
from tests.e2e.surface import Knob
from tests.e2e.tape import wait
from tests.e2e.telling import Report, tell
from tests.e2e.words import Late, Words
from tests.mailserver import mail_server

PRESSES, CUSTOMERS = 200, 200
EVERY = 0.01
"""Seconds from one press to the next: a hundred a second."""
ALLOWED = 300.0
Press = Callable[[ClientSession, Knob], Awaitable[float]]
TOWN = tuple(
    Late(f"Kund {n:03d} & Co", f"c{n}@town.example", f"Kim {n}", str(5000 + n), 9 + n % 20, f"{900 + n},00")
    for n in range(CUSTOMERS)
)


def over_http(report: Report, folder: Path) -> None:
    """The burst on Slack over HTTP."""
    with mail_server() as mail, plays.slack_http(report, folder, mail) as (running, owner):
        story = Story(report, running, mail, owner, Words("sv"))
        _play(story, partial(_posted, owner, running))


def by_socket(report: Report, folder: Path) -> None:
    """The burst on Slack in Socket Mode."""
    with mail_server() as mail, plays.slack_socket(report, folder, mail) as (running, owner):
        story = Story(report, running, mail, owner, Words("sv"))
        _play(story, partial(_enveloped, owner))


def on_telegram(report: Report, folder: Path) -> None:
    """The burst on Telegram."""
    with mail_server() as mail, plays.telegram_chat(folder, mail, "sv") as (running, owner):
        story = Story(report, running, mail, owner, Words("sv"))
        _play(story, partial(_queued, owner))


def _play(story: Story, press: Press) -> None:
    report, purr = story.report, story.purr
    story.meeting()
    with report.step(f"{CUSTOMERS} customers are late"):
        story.drop(TOWN)
        digest = story.owner.opener(story.words.button("open"), TOWN[-1].name[:5])[0]
    knobs = [k for k in digest.knobs if TOWN[0].name[:5] in k.label + k.row]
    before = _lines(purr)
    with report.step(f"{PRESSES} presses while what they open is sent"):
        took = asyncio.run(_all(press, list(islice(cycle(knobs), PRESSES))))
    tell(_table(took))
    with report.step(f"acknowledged within {ALLOWED:.0f} ms at p99"):
        if _at(took, 0.99) >= ALLOWED:
            raise Stuck(f"p99 is {_at(took, 0.99):.0f} ms")
    with report.step("each press was answered once"):
        wait("all that was heard to be answered", lambda: _answered(purr), 60)
        if (more := _lines(purr) - before) != PRESSES:
            raise Stuck(f"{more} cards are new, not {PRESSES}")
    with report.step("stopped with all that still to be shown"):
        tell(f"          in {purr.stop():.1f} s")


def _lines(purr: Purr) -> int:
    return int(str(purr.rows("select count(*) from lines")[0][0]))


def _answered(purr: Purr) -> bool:
    return purr.rows("select count(*) from heard where not done") == [(0,)]


async def _all(press: Press, knobs: Sequence[Knob]) -> list[float]:
    """Press one after the other, waiting for none; the milliseconds of each."""
    async with ClientSession(connector=TCPConnector(limit=0), timeout=ClientTimeout(total=90)) as client:
        began = asyncio.get_running_loop().time()
        tasks = []
        for number, knob in enumerate(knobs):
            await asyncio.sleep(began + number * EVERY - asyncio.get_running_loop().time())
            tasks.append(asyncio.create_task(_timed(press, client, knob)))
        return list(await asyncio.gather(*tasks))


async def _timed(press: Press, client: ClientSession, knob: Knob) -> float:
    return await press(client, knob)


async def _posted(owner: slack.Owner, purr: Purr, client: ClientSession, knob: Knob) -> float:
    body, kind = slack.encoded("interactive", _payload(owner, knob))
    headers = payloads.signed(standins.SIGNING_SECRET, body, kind)
    began = time.perf_counter()
    async with client.post(purr.events, data=body.encode(), headers=headers) as answer:
        await answer.read()
        if answer.status != 200:
            raise Stuck(f"a press was answered with {answer.status}")
    return (time.perf_counter() - began) * 1000


async def _enveloped(owner: slack.Owner, client: ClientSession, knob: Knob) -> float:
    envelope = {"type": "interactive", "payload": _payload(owner, knob)}
    async with client.post(f"{owner.workspace.slack.bridge}/_send", json=envelope) as answer:
        if answer.status != 200:
            raise Stuck(f"a press was answered with {answer.status}")
        return float((await answer.json())["ms"])


def _payload(owner: slack.Owner, knob: Knob) -> payloads.Json:
    on, action = knob.handle
    return payloads.press(owner.who, on, action, f"{payloads.stamp()}.burst", owner.response_url)


async def _queued(owner: telegram.Owner, client: ClientSession, knob: Knob) -> float:
    """Pressed at the Bot API; acknowledged when the callback is answered there."""
    fields = {"chat": owner.chat, "label": knob.label, "user_id": owner.user}
    began = time.time()
    async with client.post(f"{owner.telegram.control}/_ctl/press", json=fields) as answer:
        ident = (await answer.json())["callback_query"]["id"]
    until = began + 60
    while time.time() < until:
        for call in owner.telegram.tape.calls("answerCallbackQuery"):
            if str(call["params"]["callback_query_id"]) == ident:
                return float(call["t"] - began) * 1000
        await asyncio.sleep(0.5)
    raise Stuck("a press was not acknowledged in a minute")


def _table(took: Sequence[float]) -> str:
    rows = [("p50", 0.5), ("p90", 0.9), ("p99", 0.99), ("most", 1.0)]
    head = "".join(f"{name:>9}" for name, _ in rows)
    values = "".join(f"{_at(took, part):9.1f}" for _, part in rows)
    return f"          {'presses':>9}{head}   ms\n          {len(took):9}{values}"


def _at(took: Sequence[float], part: float) -> float:
    ordered = sorted(took)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))]
