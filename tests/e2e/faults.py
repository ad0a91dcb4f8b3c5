"""What goes wrong on the way: limits, faults, repeats, restarts, and people who shut the door."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx2

from tests.e2e import payloads, plays, product, slack, standins, telegram
from tests.e2e.product import Purr
from tests.e2e.running import Stuck
from tests.e2e.story import DRAIN, Story
from tests.e2e.surface import offers, plain, shows
from tests.e2e.tape import wait
from tests.e2e.telling import Report
from tests.e2e.words import BLOMMAN, NORRSKEN, Words
from tests.mailserver import MailServer, mail_server

STUMBLING = "chat.postMessage:429:1,chat.postMessage:500:1,chat.update:429:1,views.open:500:1"
WORDS = Words("sv")
BLOCKED = "jag är blockerad där"
GROUP, SUPERGROUP = -50, -1_000_050


@dataclass
class Both:
    """One bakery that is talked about in Slack and in Telegram."""

    report: Report
    purr: Purr
    mail: MailServer
    ana: slack.Owner
    chat: telegram.Owner

    @property
    def story(self) -> Story:
        """Its story on Slack."""
        return Story(self.report, self.purr, self.mail, self.ana, WORDS)


def run(report: Report, folder: Path) -> None:
    """All of it, with one Purr on both platforms."""
    with mail_server() as mail, _both(report, folder, mail) as both:
        both.story.meeting()
        both.story.list_taken_in()
        with report.step("nothing was doubled by the faults of Slack's side"):
            _no_doubles(both)
        for name, deed in DEEDS:
            with report.step(name):
                deed(both)
        with report.step("stopped in order, its log without complaints"):
            both.purr.stop()
            if found := both.purr.complaints():
                raise Stuck("\n".join(found[:10]))


@contextmanager
def _both(report: Report, folder: Path, mail: MailServer) -> Iterator[Both]:
    with httpx2.Client(timeout=30) as client, standins.telegram(folder) as bots:
        settings = product.on_telegram(bots)
        with plays.slack_http(report, folder, mail, STUMBLING, **settings) as (running, ana):
            yield Both(report, running, mail, ana, telegram.Owner(bots, client, "sv"))


def _no_doubles(both: Both) -> None:
    texts = [plain(m.text) for m in both.ana.seen()]
    if doubled := {t for t in texts if texts.count(t) > 1}:
        raise Stuck(f"said twice: {doubled}")


def _linked(both: Both) -> None:
    """The owner asks for a code in Slack, sees it alone, and hands it in on Telegram."""
    both.ana.say(WORDS.says("settings"))
    both.ana.press(WORDS.button("people"))
    both.ana.press(WORDS.button("connect"))
    code = wait("a code", lambda: next((c for h in both.ana.hints() if (c := _code(h))), ""))
    both.chat.say(f"/start {code}")
    shows(both.chat, "Åsas & <Bageri>")


def _code(hint: str) -> str:
    return next((w.replace("-", "") for w in hint.split() if len(w) == 9 and w[4] == "-" and w.isupper()), "")


def _telegram_stumbles(both: Both) -> None:
    """429 and 500 while a digest is sent: it comes, once."""
    known = {"method": "sendMessage", "times": 1}
    limited = {"description": "Too Many Requests: retry after 1", "parameters": {"retry_after": 1}}
    both.chat.control("fault", code=429, **known, **limited)
    both.chat.control("fault", code=500, description="Internal Server Error", **known)
    before = len(both.chat.seen())
    both.chat.say(WORDS.says("today"))
    wait("the digest", lambda: len(both.chat.seen()) > before)
    time.sleep(3)
    if (more := len(both.chat.seen()) - before) != 1:
        raise Stuck(f"{more} messages came")


def _redelivered(both: Both) -> None:
    """The same event three times, as Slack does when it waits in vain: it is heard once."""
    text = WORDS.says("help")
    event = payloads.message(both.ana.who, payloads.stamp(), text)
    before = _mine(both, text)
    for attempt in range(3):
        both.ana.deliver("events_api", event, attempt)
    time.sleep(3)
    if (more := _mine(both, text) - before) != 1:
        raise Stuck(f"it was heard {more} times")


def _mine(both: Both, text: str) -> int:
    rows = both.purr.rows("select card from lines where mine")
    return sum(f'"{text}"' in str(row[0]) for row in rows)


def _pressed_twice(both: Both) -> None:
    """Two presses of one button at the same time: one letter, and a word for whoever came second."""
    both.story.draft(NORRSKEN)
    _, knob = offers(both.ana, WORDS.button("approve"))
    before, hints = len(both.mail.messages), len(both.ana.hints())
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(both.ana.press_on, [knob, knob]))
    wait("the letter", lambda: len(both.mail.messages) > before, DRAIN)
    wait("a word for the second", lambda: len(both.ana.hints()) > hints)
    time.sleep(2)
    if len(both.mail.messages) != before + 1:
        raise Stuck(f"{len(both.mail.messages) - before} letters came")


def _after_a_restart(both: Both) -> None:
    """A button from before works after; one that is used up says so."""
    knob = both.ana.opener(WORDS.button("open"), BLOMMAN.name)[1]
    both.purr.stop()
    both.purr.start()
    both.ana.press_on(knob)
    offers(both.ana, WORDS.button("draft"))


def _blocked(both: Both) -> None:
    """Telegram is shut to Purr: the owner hears of it in Slack."""
    both.chat.control("block", chat=both.chat.chat)
    before = len(both.mail.messages)
    both.ana.press(WORDS.button("draft"))
    both.ana.press(WORDS.button("approve"))
    wait("the letter", lambda: len(both.mail.messages) > before, DRAIN)
    shows(both.ana, BLOCKED)


def _moved(both: Both) -> None:
    """A group becomes another: what follows is shown there."""
    group = telegram.Owner(both.chat.telegram, both.chat.client, "sv", GROUP, both.chat.user)
    group.say(f"@dun_bot {WORDS.says('today')}")
    wait("an answer in the group", group.seen)
    group.control("migrate", chat=GROUP, to=SUPERGROUP)
    moved = telegram.Owner(both.chat.telegram, both.chat.client, "sv", SUPERGROUP, both.chat.user)
    group.say(f"@dun_bot {WORDS.says('help')}")
    wait("an answer in the new group", moved.seen)


def _refused(both: Both) -> None:
    """The Bot API refused nothing but what it was told to."""
    meant = ("Too Many Requests", "Internal Server Error", "blocked", "supergroup")
    if found := [p for p in both.chat.problems() if not any(m in p["answer"] for m in meant)]:
        raise Stuck(str(found))


DEEDS = (
    ("linked to Telegram by a code that only the owner saw", _linked),
    ("429 and 500 from Telegram: the digest comes, once", _telegram_stumbles),
    ("an event that Slack brings three times is heard once", _redelivered),
    ("pressed twice at once: one letter, and a private word", _pressed_twice),
    ("a button from before a restart", _after_a_restart),
    ("blocked in Telegram: told in Slack", _blocked),
    ("a group that has moved", _moved),
    ("nothing was refused but what was meant to be", _refused),
)
