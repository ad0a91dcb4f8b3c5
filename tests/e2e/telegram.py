"""An owner on Telegram: what they do is queued at the Bot API stand-in, and they see what it holds."""

from __future__ import annotations

import itertools
import time
from collections.abc import Mapping
from typing import Any

import httpx2

from tests.e2e import standins
from tests.e2e.attic import OWN
from tests.e2e.running import Stuck
from tests.e2e.surface import Knob, Seen, look_for, offers, plain
from tests.e2e.tape import wait

Json = dict[str, Any]
_presses = itertools.count(1)
BOT = 123456
NAME = 20
"""How much of a name certainly stands on a button."""
PENCIL, CHOSEN = "✎", "●"
FORWARDED_FROM = {"id": 77, "is_bot": False, "first_name": "Nils"}


class Owner:
    """A person in a chat with Purr."""

    platform = "telegram"

    def __init__(
        self, telegram: standins.Telegram, client: httpx2.Client, language: str, chat: int = 7, user: int = 0
    ) -> None:
        self.telegram, self.client, self.language = telegram, client, language
        self.chat, self.user = chat, user or abs(chat)
        self._answered: set[int] = set()

    def control(self, what: str, **fields: Any) -> Json:
        """Something the stand-in is told."""
        answer = self.client.post(f"{self.telegram.control}/_ctl/{what}", json=fields)
        if answer.status_code != 200:
            raise Stuck(f"{what} {fields}: {answer.text[:300]}")
        return dict(answer.json())

    def say(self, text: str, reply_to: int = 0) -> None:
        """Words, perhaps as an answer to a message."""
        extra = {"reply_to": reply_to} if reply_to else {}
        self.control("say", text=text, **self._who, **extra)

    @property
    def _who(self) -> Json:
        return {"chat": self.chat, "user": "Åsa", "user_id": self.user, "lang": self.language}

    @property
    def _person(self) -> Json:
        return {"id": self.user, "is_bot": False, "first_name": "Åsa", "language_code": self.language}

    def drop(self, name: str, content: bytes) -> None:
        """A document."""
        ident = self.client.post(f"{self.telegram.front}/keep", content=content).text
        document = {
            "file_id": ident,
            "file_unique_id": f"u{ident}",
            "file_name": name,
            "file_size": len(content),
        }
        self.update(document=document | {"mime_type": "text/csv"})

    def forward(self, text: str) -> None:
        """A message that a customer wrote, handed on."""
        origin = {"type": "user", "sender_user": FORWARDED_FROM, "date": int(time.time()) - 60}
        self.update(text=text, forward_origin=origin)

    def update(self, **message: Any) -> Json:
        """A message that the stand-in has no verb for."""
        kind = (
            {"type": "private", "first_name": "Åsa"}
            if self.chat > 0
            else {"type": "group", "title": "Finance"}
        )
        known = {
            "message_id": 100_000 + len(self.messages()) + int(time.monotonic() * 1000) % 90_000,
            "date": int(time.time()),
            "chat": {"id": self.chat, **kind},
            "from": self._person,
        }
        return self.control("update", message=known | message)

    def press(self, label: str, row: str = "") -> None:
        """The newest button of this label; in a list the button itself names whom it opens."""
        self._press_newest((self.opener(label, row) if row else offers(self, label))[1].label)

    def press_on(self, knob: Knob) -> None:
        """A button as it was seen."""
        message, data = knob.handle
        ident = f"{OWN}{next(_presses):017d}"
        pressed = {"id": ident, "chat_instance": "1", "from": self._person, "message": message, "data": data}
        self.control("update", callback_query=pressed)

    def _press_newest(self, label: str) -> None:
        """The newest button with these words, found by the stand-in itself."""
        self.control("press", label=label, **self._who)

    def opener(self, label: str, row: str) -> tuple[Seen, Knob]:
        """The newest list with a button that begins with somebody's name."""

        def found(seen: Seen) -> Knob | None:
            return next((k for k in seen.knobs if plain(k.label).startswith(plain(row)[:NAME])), None)

        return look_for(self, f"a button for {row}", found)

    def fill(self, values: Mapping[str, str], submit: str) -> None:
        """Answer what is asked, ask for what is not, and hand it in."""
        form = offers(self, submit)[0]
        alone = sum(k.label.startswith(PENCIL) for k in form.knobs) < 2
        left = dict(values)
        while left:
            question = self._question(patience=1)
            label = next((name for name in left if question and name in question.text), "")
            if question and label:
                self._answered.add(int(question.id))
                self.say(left.pop(label), reply_to=int(question.id))
            else:
                self._ask(submit, left)
        if not (alone and values):
            self.press(submit)

    def _ask(self, submit: str, left: dict[str, str]) -> None:
        """Press the button of a field: a choice is then made at once, anything else is asked for."""
        label = next(iter(left))
        self._press_newest(f"{PENCIL} {label}")
        chosen = (left[label], f"{CHOSEN} {left[label]}")

        def found() -> str | None:
            if self._question(patience=0):
                return "question"
            form = offers(self, submit)[0]
            return next((k.label for k in form.knobs if k.label in chosen), None)

        option = wait(f"a question about {label}, or its options", found)
        if option != "question":
            self._press_newest(option)
            del left[label]
            wait(f"{label} answered", lambda: offers(self, submit)[0].knob(f"{PENCIL} {label}"))

    def _question(self, patience: float) -> Seen | None:
        """The newest message that asks for an answer and has got none."""

        def look() -> list[Seen]:
            asked = (c for c in self.telegram.tape.calls("sendMessage") if _asks(c) and self._mine(c))
            found = [
                Seen(str(c["response"]["result"]["message_id"]), c["response"]["result"]["text"])
                for c in asked
            ]
            return [q for q in found if int(q.id) not in self._answered]

        try:
            return wait("a question", look, patience)[-1]
        except Stuck:
            return None

    def _mine(self, call: Json) -> bool:
        return str(call["params"].get("chat_id")) == str(self.chat)

    def messages(self) -> list[Json]:
        """The chat as it stands."""
        answer = self.client.get(f"{self.telegram.control}/_ctl/chat/{self.chat}").json()
        return [m for m in answer if not m.get("deleted")]

    def seen(self) -> list[Seen]:
        """What Purr has shown in the chat, as it stands."""
        return [_seen(m) for m in self.messages() if m["from"]["id"] == BOT]

    def brought(self) -> list[str]:
        """The files that Purr has put into the chat; the stand-in calls them all alike."""
        sent = (m["document"] for m in self.messages() if m["from"]["id"] == BOT and "document" in m)
        return [str(document["file_name"]) for document in sent]

    def problems(self) -> list[Json]:
        """What the stand-in had to refuse."""
        return list(self.client.get(f"{self.telegram.control}/_ctl/problems").json())


def _asks(call: Json) -> bool:
    return bool(
        (call["params"].get("reply_markup") or {}) and "force_reply" in str(call["params"]["reply_markup"])
    )


def _seen(message: Json) -> Seen:
    rows = (message.get("reply_markup") or {}).get("inline_keyboard", [])
    knobs = tuple(
        Knob(b["text"], handle=(message, b["callback_data"]))
        for row in rows
        for b in row
        if "callback_data" in b
    )
    return Seen(str(message["message_id"]), message.get("text") or message.get("caption") or "", knobs)
