"""A stage for dialogs: a script an owner could read, played against whatever carries the conversation."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from functools import partial
from html import unescape
from pathlib import Path
from typing import Literal, Protocol
from zoneinfo import ZoneInfo

import httpx2
from pydantic import SecretStr
from starlette.testclient import TestClient

from bot.chat import Card, Posted, Request, Upload
from bot.ledgers import out_of_reach
from bot.nudges import next_nudge
from bot.parties import Business
from bot.settings import Settings
from handlers.app import App
from handlers.clock import jobs, tick
from handlers.engine.port import Job
from handlers.rounds.ledgers import Rounds, pull
from tests.blank import blank_books
from tests.mailserver import MailServer

DIALOGS = sorted((Path(__file__).parents[1] / "dialogs").glob("*.txt"))
OWNER = "Åsa Lind"
BAKERY = Business(
    id="bageri",
    name="Åsas Bageri AB",
    country="SE",
    language="en",
    number="559912-3451",
    owner=OWNER,
    email="asa@asasbageri.example",
    phone="070-174 06 05",
    account="999-0219",
    scheme="ocr",
    zone="Europe/Stockholm",
)
AT_HOME = {
    "NO": replace(BAKERY, number="923609016", account="12345678903", scheme="kid10", zone="Europe/Oslo"),
    "SE": BAKERY,
    "DK": replace(
        BAKERY, number="10150817", account="DK5000400440116243", scheme="fik71", zone="Europe/Copenhagen"
    ),
    "FI": replace(
        BAKERY, number="0112038-9", account="FI2112345600000785", scheme="fi", zone="Europe/Helsinki"
    ),
}
"""The bakery, were it in another country."""
AWAKE, SOME = range(7, 19), (7, 8, 9, 12, 15, 18)
"""Hours of an owner's day at which the clock works while time passes; of many days in a row, some of them."""
MANY = timedelta(days=3)


def bakery(country: str, language: str, sends: str = "mail") -> Business:
    """The bakery in a country, its owner speaking a language; letters go by mail or the owner's own hand."""
    own: Literal["mail", "self"] = "mail" if sends == "mail" else "self"
    return replace(AT_HOME[country], country=country, language=language, sends=own)


@dataclass
class Clock:
    """A clock that stands still until it is moved."""

    at: datetime = datetime(2026, 11, 16, 8, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at


class Surface(Protocol):
    """Where the owner talks to Purr: the router itself, or a page in a browser."""

    def say(self, text: str) -> None: ...

    def press(self, label: str, values: dict[str, str]) -> None: ...

    def drop(self, name: str, content: bytes) -> None: ...

    def seen(self) -> str:
        """Everything Purr has shown since it was last asked."""
        ...


@dataclass
class House:
    """One business in a house of its own, with a mail server and a clock that is moved by hand."""

    folder: Path
    mail: MailServer
    business: Business = BAKERY
    clock: Clock = field(default_factory=Clock)
    public_url: str = ""

    def __post_init__(self) -> None:
        settings = Settings(
            _env_file=None,
            data=self.folder,
            smtp_host=self.mail.host,
            smtp_port=self.mail.port,
            smtp_security="none",
            smtp_password=SecretStr(""),
            smtp_timeout=2,
            public_url=self.public_url,
        )
        blank_books(self.folder)
        self.app = App(settings, self.clock)
        self.app.inbox = replace(self.app.inbox, fetch=out_of_reach)
        self.app.database.add_business(self.business)
        with self.app.database.books(self.business.id, self.clock()) as books:
            books.set_next_nudge(next_nudge(self.business, self.clock()))
        self.jobs: list[tuple[str, str]] = []
        self.hands = self.app.hands(lambda _session, job, _key, *args: self.jobs.append((job, args[0])))
        rounds = Rounds(self.app.inbox.desk, out_of_reach, lambda connection, wanted, today: {})
        self.works: dict[str, Job] = {**jobs(self.hands), "pull": partial(pull, self.hands, rounds)}

    @classmethod
    def of(cls, script: Path, folder: Path, mail: MailServer) -> House:
        """The house that a script's first lines ask for: `Business: SE en mail`, `Now: …`."""
        text = script.read_text("utf-8")
        found = re.search(r"^Business: (\w\w) (\w\w) (mail|self)$", text, re.MULTILINE)
        begins = re.search(r"^Now: (.+)$", text, re.MULTILINE)
        assert found and begins, f"{script.name} does not say whose business it is, and when"
        reached = re.search(r"^Reached at: (.+)$", text, re.MULTILINE)
        business = bakery(*found.groups())
        at = datetime.fromisoformat(begins[1]).replace(tzinfo=ZoneInfo(business.zone)).astimezone(UTC)
        return cls(folder, mail, business, Clock(at), reached[1] if reached else "")

    def wait_until(self, at: datetime) -> None:
        """Let time pass from hour to hour, with the clock at work; the nights pass at once."""
        asyncio.run(self._pass(at, SOME if at - self.clock.at > MANY else AWAKE))

    async def _pass(self, at: datetime, hours: Container[int]) -> None:
        while self.clock.at < at:
            self.clock.at = min(self._next_of(hours), at)
            await self._work()

    def _next_of(self, hours: Container[int]) -> datetime:
        """The next of these hours of the owner's day."""
        hour = self.clock.at.replace(minute=0, second=0) + timedelta(hours=1)
        while hour.astimezone(ZoneInfo(self.business.zone)).hour not in hours:
            hour += timedelta(hours=1)
        return hour

    async def _work(self) -> None:
        await tick(self.hands)
        while self.jobs:
            job, business = self.jobs.pop(0)
            await self.works[job](business)


class Direct:
    """The conversation without a platform: cards as values, buttons by their labels."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.cursor = 0

    def say(self, text: str) -> None:
        self._ask(Request(self.house.business.id, text=text))

    def drop(self, name: str, content: bytes) -> None:
        self._ask(Request(self.house.business.id, files=(Upload(name, content),)))

    def press(self, label: str, values: dict[str, str]) -> None:
        for card in (p.card for p in reversed(self._lines())):
            for name, token in pressable(card):
                if name == label:
                    known = (
                        {f.name: f.value for f in card.form.fields}
                        if card.form and card.form.token == token
                        else {}
                    )
                    self._ask(Request(self.house.business.id, press=token, values=known | values))
                    return
        raise AssertionError(f"there is no button {label!r} to press")

    def seen(self) -> str:
        with self.house.app.database.books(self.house.business.id, self.house.clock()) as books:
            self.cursor, lines = books.lines.since(self.cursor)
        return "\n".join(whole(line.card) for line in lines if not line.mine and not line.outcome)

    def _ask(self, request: Request) -> None:
        self.house.app.inbox(request)

    def _lines(self) -> tuple[Posted, ...]:
        with self.house.app.database.books(self.house.business.id, self.house.clock()) as books:
            return books.lines.recent(limit=200)


def pressable(card: Card) -> Iterator[tuple[str, str]]:
    """What can be pressed on a card: label and token."""
    parts = (*(i.button for i in card.items), *(h.button for h in card.handouts))
    for button in (*card.buttons, *filter(None, parts)):
        yield button.label, button.token
    if card.form:
        yield card.form.submit, card.form.token


LAW = ("§ ", "● ", "○ ")
"""What a line of the law begins with, wherever it is read."""


def whole(card: Card) -> str:
    """Every word on a card, and its law on lines of their own."""
    signs = ("§", *("●" if rule.open else "○" for rule in card.law[1:]))
    law = (f"{sign} {rule.text} {rule.source}" for sign, rule in zip(signs, card.law, strict=False))
    return "\n".join([shown(card), *map(plain, law)])


def shown(card: Card) -> str:
    """Every word on a card but those of the law, which is looked up, not read."""
    parts = [card.title, card.text, card.foot, *(f"{f.label}: {f.value}" for f in card.facts)]
    parts += [c.text for c in card.checks] + [f"{i.title} {i.text} {i.amount}" for i in card.items]
    parts += [card.paper.subject, card.paper.body] if card.paper else []
    parts += [h.name for h in card.handouts]
    parts += [f"{f.label} {f.hint}" for f in card.form.fields] if card.form else []
    return plain("\n".join(parts))


def plain(text: str) -> str:
    """Text with ordinary blanks."""
    return re.sub(r"[\u00a0\u202f]", " ", text)


@dataclass
class Play:
    """One dialog being played: the house, the surface, and what has been read of each.

    The law is read apart: a line of the dialog that does not ask for it cannot mean it.
    """

    house: House
    surface: Surface
    shown: str = ""
    law: str = ""
    letters: int = 0

    def line(self, number: int, line: str, block: Sequence[str]) -> None:
        """Play one line of the script."""
        for pattern, act in ACTS:
            if found := re.fullmatch(pattern, line):
                act(self, *found.groups(), *([("\n".join(block))] if block else []))
                return
        raise AssertionError(f"line {number} is not understood: {line}")

    def now(self, when: str) -> None:
        self.forget()
        at = datetime.fromisoformat(when).replace(tzinfo=ZoneInfo(self.house.business.zone))
        self.house.wait_until(at.astimezone(UTC))
        self.look()

    def later(self, minutes: str) -> None:
        self.forget()
        self.house.wait_until(self.house.clock.at + timedelta(minutes=int(minutes)))
        self.look()

    def off(self, when: str) -> None:
        self.house.clock.at = datetime.fromisoformat(when).replace(tzinfo=ZoneInfo(self.house.business.zone))

    def say(self, text: str) -> None:
        self.act(lambda: self.surface.say(text))

    def press(self, label: str, values: str | None = None) -> None:
        given = dict(part.strip().split("=", 1) for part in values.split(",")) if values else {}
        self.act(lambda: self.surface.press(label, given))

    def drop(self, name: str, content: str) -> None:
        self.act(lambda: self.surface.drop(name, content.encode()))

    def old(self, count: str) -> None:
        head = "Customer;Email;Invoice no;Issued;Due date;Amount;Currency;Description;Language\n"
        rows = (
            f"Customer {n % 90};c{n % 90}@old.example;{5000 + n};2025-01-02;"
            f"2026-{1 + n % 10:02d}-15;{100 + n},00;SEK;Bread;sv"
            for n in range(int(count))
        )
        self.drop("old.csv", head + "\n".join(rows))

    def act(self, deed: Callable[[], object]) -> None:
        self.look()
        self.forget()
        deed()
        self.look()

    def forget(self) -> None:
        self.shown = self.law = ""

    def look(self) -> None:
        lines = self.surface.seen().split("\n")
        self.shown += "\n".join(line for line in lines if not line.startswith(LAW))
        self.law += "\n".join(line for line in lines if line.startswith(LAW))

    def expect(self, words: str) -> None:
        assert words in self.shown, f"Purr did not say {words!r}, but:\n{self.shown}"

    def once(self, words: str) -> None:
        assert self.shown.count(words) == 1, (
            f"{words!r} was said {self.shown.count(words)} times:\n{self.shown}"
        )

    def never(self, words: str) -> None:
        assert words not in self.shown, f"Purr said {words!r}:\n{self.shown}"

    def lawful(self, words: str) -> None:
        assert words in self.law, f"the law does not say {words!r}, but:\n{self.law}"

    def mail_to(self, address: str, words: str) -> None:
        message = self.house.mail.messages[-1]
        assert address in str(message["To"]), str(message["To"])
        assert words in plain(f"{message['Subject']}\n{body(message)}"), (
            f"{message['Subject']}\n{body(message)}"
        )

    def mail(self, words: str) -> None:
        self.mail_to("@", words)

    def count(self, number: str) -> None:
        expected = {"No": 0, "One": 1, "Two": 2}[number]
        assert len(self.house.mail.messages) == expected, [
            str(m["Subject"]) for m in self.house.mail.messages
        ]

    def page(self, expected: str) -> None:
        said = self._visit().text
        assert expected in spoken(said), f"the page does not say {expected!r}, but:\n{spoken(said)}"

    def page_hides(self, words: str) -> None:
        said = self._visit().text
        assert words not in spoken(said), f"the page says {words!r}:\n{spoken(said)}"

    def says_on_page(self, kind: str, values: str | None = None) -> None:
        given = dict(part.strip().split("=", 1) for part in values.split(",")) if values else {}
        self.act(lambda: self._visit({"say": kind} | given))

    def _visit(self, said: dict[str, str] | None = None) -> httpx2.Response:
        """Follow the link in the last mail that has one, and perhaps say something there."""
        texts = (body(message).replace("\n", " ") for message in reversed(self.house.mail.messages))
        link = next(found[0] for text in texts if (found := re.search(r"https?://\S+/p/\w+", text)))
        client = TestClient(self.house.app.site("token"), base_url=self.house.public_url)
        return client.post(link, data=said) if said else client.get(link)

    def refuses(self, mood: str) -> None:
        self.house.mail.mood = "refuse_recipient" if mood == "refuses the address" else "accept"


def spoken(page: str) -> str:
    """The words of a page in a browser."""
    bare = re.sub(r"<(style|script|title)\b.*?</\1>", " ", page, flags=re.DOTALL)
    return " ".join(plain(unescape(re.sub(r"<[^>]*>", " ", bare))).split())


def body(message: EmailMessage) -> str:
    """The words of a mail."""
    part = message.get_body(("plain",))
    return str(part.get_content()) if part else ""


ACTS: Sequence[tuple[str, Callable[..., None]]] = (
    (r"(?:Business|Reached at): .+", lambda play: None),
    (r"Now: (.+)", Play.now),
    (r"Later: (\d+) minutes", Play.later),
    (r"Off until: (.+)", Play.off),
    (r"File (\S+)", Play.drop),
    (r"Old invoices: (\d+)", Play.old),
    (r"Åsa: (.+)", Play.say),
    (r"Åsa presses (.+?)(?: with (.+))?", Play.press),
    (r"Purr: (.+)", Play.expect),
    (r"Purr says once: (.+)", Play.once),
    (r"Purr does not say: (.+)", Play.never),
    (r"Law: (.+)", Play.lawful),
    (r"Mail to (\S+): (.+)", Play.mail_to),
    (r"Mail: (.+)", Play.mail),
    (r"(No|One|Two) mails?(?: in all)?", Play.count),
    (r"The page: (.+)", Play.page),
    (r"The page does not say: (.+)", Play.page_hides),
    (r"On the page: (\w+)(?: with (.+))?", Play.says_on_page),
    (r"The mail server (refuses the address|is well again)", Play.refuses),
)


def play(script: Path, house: House, surface: Surface) -> None:
    """Play a whole dialog; the first line that does not come true stops it, by its number."""
    on_stage = Play(house, surface)
    lines = script.read_text("utf-8").splitlines()
    at = 0
    while at < len(lines):
        line, start = lines[at].strip(), at + 1
        block = [each.strip() for each in _block(lines[start:])]
        at = start + len(block)
        if line and not line.startswith("#"):
            try:
                on_stage.line(start, line, block)
            except AssertionError as wrong:
                raise AssertionError(f"{script.name} line {start}: {line}\n{wrong}") from None


def _block(lines: Sequence[str]) -> Iterator[str]:
    for line in lines:
        if not line.startswith("    "):
            return
        yield line
