"""The owner talks to Purr on Telegram: the real adapter and switchboard, against a Bot API server of ours."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import cast

from bot.chat import Field, Form
from bot.platforms import Pace, Switchboard
from handlers.platforms.telegram import open as open_telegram
from handlers.platforms.telegram.platform import Telegram
from tests.handlers.platforms.telegram.botapi import BotApi, Json, sent_back
from tests.handlers.platforms.wire import Wire, invite, wired
from tests.handlers.stage import House, plain, pressable

HERE = 7
PATIENCE = 20.0


@dataclass
class OnTelegram:
    """A chat with the bot. What is said or pressed has been answered when it returns."""

    wire: Wire
    api: BotApi
    chat: int = HERE
    read: int = 0

    @property
    def telegram(self) -> Telegram:
        """The adapter."""
        return cast(Telegram, self.wire.platform)

    def say(self, text: str) -> None:
        """Write something."""
        self.api.say(self.chat, text)
        self.settle()

    def drop(self, name: str, content: bytes) -> None:
        """Drop a file."""
        self.api.drop(self.chat, name, content)
        self.settle()

    def press(self, label: str, values: dict[str, str]) -> None:
        """Press the newest button of this label, the questions of its form answered first."""
        token, form = self._found(label)
        for name, value in values.items():
            assert form, f"{label!r} is no form"
            at = next(at for at, each in enumerate(form.fields) if each.name == name)
            self._fill(form, at, value)
        if not values or self._visible(token):
            self._tap(f"{token}.s" if form else token)

    def seen(self) -> str:
        """Everything shown or changed since it was last asked."""
        self.settle()
        fresh = self.api.transcript[self.read :]
        self.read = len(self.api.transcript)
        return plain("\n".join(text for chat, text in fresh if chat in (0, self.chat)))

    def settle(self) -> None:
        """Wait until all that was said is kept, answered and shown."""
        end = time.monotonic() + PATIENCE
        while self.api.pending and self.api.pending[-1]["update_id"] >= self.api.confirmed:
            assert time.monotonic() < end, "Purr did not hear it"
            time.sleep(0.002)
        for _ in range(2):
            self.wire.settle()
            self.wire.run(self.telegram.settled())
        assert self.api.problems == []

    def _found(self, label: str) -> tuple[str, Form | None]:
        house = self.wire.house
        with house.app.database.books(house.business.id, house.clock()) as books:
            lines = books.lines.recent(limit=200)
        for card in (line.card for line in reversed(lines)):
            for name, token in pressable(card):
                if name == label and self._visible(token):
                    return token, card.form if card.form and card.form.token == token else None
        raise AssertionError(f"there is no button {label!r} to press")

    def _fill(self, form: Form, at: int, value: str) -> None:
        question, part = form.fields[at], f"{form.token}.{at}"
        if question.kind == "choice":
            options = [each for each, _ in question.options]
            option = f"{part}.{options.index(value)}"
            if not self._shows(option):
                self._tap(self._way_to(form, part))
            self._tap(option)
            return
        if not self._question(question):
            self._tap(self._way_to(form, part))
        asked = self._question(question)
        assert asked, f"{question.label!r} is not asked for"
        self.api.say(self.chat, value, reply_to=asked["message_id"])
        self.settle()

    def _way_to(self, form: Form, part: str) -> str:
        """The button of a question; where another one's options are shown, one goes back first."""
        if not self._shows(part) and self._shows(f"{form.token}.b"):
            self._tap(f"{form.token}.b")
        return part if self._shows(part) else f"{form.token}.s"

    def _tap(self, data: str) -> None:
        self.api.press(self.chat, data)
        self.settle()

    def _question(self, question: Field) -> Json | None:
        asks = (m for m in self.api.shown(self.chat, newest=True) if "asks" in m)
        return next((m for m in asks if m["text"].startswith(plain(question.label))), None)

    def _shows(self, data: str) -> bool:
        return any(data in sent_back(message) for message in self.api.shown(self.chat))

    def _visible(self, token: str) -> bool:
        data = (each for message in self.api.shown(self.chat) for each in sent_back(message))
        return any(each.partition(".")[0] == token for each in data)


@contextmanager
def on_telegram(house: House) -> Iterator[OnTelegram]:
    """A house whose owner has come in on Telegram by a link."""
    with BotApi().served() as api:

        def opening(switchboard: Switchboard) -> Telegram:
            telegram = cast(Telegram, open_telegram(api.options(), switchboard, ""))
            telegram.pace = Pace(chat=10_000, burst=1_000, group=10_000, overall=10_000)
            return telegram

        with wired(house, "telegram", opening) as wire:
            surface = OnTelegram(wire, api)
            surface.say(f"/start {invite(house)}")
            yield surface
