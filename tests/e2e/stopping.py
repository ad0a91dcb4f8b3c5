"""Told to stop in the middle of work, or killed, and started again: nothing is lost, nothing done twice."""

from __future__ import annotations

import signal
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import httpx2

from tests.e2e import plays, telegram
from tests.e2e.running import Stuck
from tests.e2e.story import DRAIN, Story
from tests.e2e.surface import Knob, Seen, plain
from tests.e2e.tape import wait
from tests.e2e.telling import Report, tell
from tests.e2e.words import Late, Words
from tests.mailserver import mail_server

STREET = tuple(
    Late(f"Gata {n:02d} AB", f"g{n}@street.example", f"Kim {n}", str(7000 + n), 9 + n, f"{700 + n},00")
    for n in range(6)
)
HEARD_BEFORE_THE_END = 2
APART = 0.1
"""How many presses are acknowledged when the word to stop comes."""


def on_slack(report: Report, folder: Path, how: signal.Signals = signal.SIGTERM) -> None:
    """Slack, over HTTP: what was not acknowledged is pressed again, as a person would."""
    with mail_server() as mail, plays.slack_http(report, folder, mail) as (running, owner):
        _play(Stop(Story(report, running, mail, owner, Words("sv"))), how)


def on_telegram(report: Report, folder: Path, how: signal.Signals = signal.SIGTERM) -> None:
    """Telegram: what was not taken comes again by itself."""
    with mail_server() as mail, plays.telegram_chat(folder, mail, "sv") as (running, owner):
        _play(Stop(Story(report, running, mail, owner, Words("sv"))), how)


@dataclass
class Stop:
    """A business whose drafts all wait for a yes."""

    story: Story

    @property
    def approve(self) -> str:
        """The button of a yes."""
        return self.story.words.button("approve")

    def waiting(self) -> list[tuple[Seen, Knob]]:
        """Every draft that can be approved now."""
        return [(m, knob) for m in self.story.owner.seen() if (knob := m.knob(self.approve))]

    def prepare(self) -> None:
        """A draft to everybody in the street."""
        self.story.drop(STREET)
        for late in STREET:
            self.story.owner.press(self.story.words.button("open"), late.name)
            self._draft(late)

    def _draft(self, late: Late) -> None:
        drafts = len(self.waiting())
        label = self.story.words.button("draft")

        def card() -> Knob | None:
            mine = [m for m in self.story.owner.seen() if plain(m.text).startswith(plain(late.name))]
            return next((k for m in reversed(mine) if (k := m.knob(label))), None)

        wait(f"the card of {late.name}", card)
        self.story.owner.press(label)
        wait(f"a draft to {late.name}", lambda: len(self.waiting()) > drafts)


def _play(stop: Stop, how: signal.Signals) -> None:
    story = stop.story
    report, purr = story.report, story.purr
    story.meeting()
    with report.step(f"{len(STREET)} drafts wait"):
        stop.prepare()
    drafts = stop.waiting()
    with report.step(f"all are approved at once, and in the middle of that comes {how.name}"):
        heard = _approve_and_stop(stop, drafts, how)
        tell(f"          {heard} of {len(drafts)} were heard before the end")
    with report.step("started again, what was not heard is done again"):
        purr.start()
        _again(stop)
    with report.step("every letter has come, once"):
        wait("the letters", lambda: len(story.mail.messages) >= len(STREET), DRAIN)
        _once(Counter(str(m["To"]) for m in story.mail.messages), "letters")
    with report.step("each is told of once, in the talk and in the books"):
        wait("what was told", lambda: len(_told(stop)) >= len(STREET), DRAIN)
        time.sleep(3)
        _once(_told(stop), "messages")
    with report.step("stopped in order, its log without complaints"):
        purr.stop()
        if found := purr.complaints():
            raise Stuck("\n".join(found[:10]))


def _approve_and_stop(stop: Stop, drafts: list[tuple[Seen, Knob]], how: signal.Signals) -> int:
    """Press all, each from a thread of its own; how many were acknowledged."""
    heard, enough = [], threading.Event()

    def press(knob: Knob) -> None:
        try:
            stop.story.owner.press_on(knob)
        except (Stuck, httpx2.HTTPError):
            return
        heard.append(knob)
        if len(heard) >= HEARD_BEFORE_THE_END:
            enough.set()

    def press_all() -> None:
        with ThreadPoolExecutor(len(drafts)) as pool:
            for _, knob in drafts:
                pool.submit(press, knob)
                time.sleep(APART)

    pressing = threading.Thread(target=press_all)
    pressing.start()
    enough.wait(20)
    stop.story.purr.stop(how)
    pressing.join(30)
    return len(heard)


def _again(stop: Stop) -> None:
    """On Slack a press that was not acknowledged is lost, so one presses again; Telegram brings it."""
    if isinstance(stop.story.owner, telegram.Owner):
        return
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline and (left := stop.waiting()):
        time.sleep(2)  # what was heard is still being answered and shown
        still = stop.waiting()
        for _, knob in [each for each in still if each in left]:
            stop.story.owner.press_on(knob)
        time.sleep(3)


def _told(stop: Stop) -> Counter[str]:
    """For each customer, how many messages say that their letter went."""
    said = stop.story.words.says("sent", "")
    texts = [plain(m.text) for m in stop.story.owner.seen() if plain(m.text).startswith(plain(said))]
    return Counter(late.name for late in STREET for text in texts if late.name in text)


def _once(counted: Counter[str], what: str) -> None:
    if sorted(counted.values()) != [1] * len(STREET):
        raise Stuck(f"{what}: {dict(counted)}")
