"""An owner on Telegram: what they do is queued at the Bot API stand-in, and they see what it holds."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

import httpx2

from tests.e2e import standins
from tests.e2e.running import Stuck
from tests.e2e.surface import Seen, offers
from tests.e2e.tape import wait

Json = dict[str, Any]
BOT = 123456
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

    def drop(self, name: str, content: bytes) -> None:
        """A document."""
        ident = self.telegram.attic.keep(name, content)
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
            "from": {"id": self.user, "is_bot": False, "first_name": "Åsa", "language_code": self.language},
        }
        return self.control("update", message=known | message)

    def press(self, label: str) -> None:
        """The newest button of this label."""
        offers(self, label)
        self.control("press", label=label, **self._who)

    def fill(self, values: Mapping[str, str], submit: str) -> None:
        """Answer what is asked, ask for what is not, and hand it in."""
        left = dict(values)
        while left:
            question = self._question(patience=1.5)
            if question is None:
                label = next(iter(left))
                self.press(next(b for b in offers(self, submit).buttons if label in b))
                question = self._question(patience=20)
            label = next((k for k in left if question and k in question.text), "")
            if question is None or not label:
                raise Stuck(f"{list(left)} are to be filled in, but {question} is asked")
            self._answer(question, left.pop(label))
        if self._question(patience=1) is None and self._has(submit):
            self.press(submit)

    def _answer(self, question: Seen, value: str) -> None:
        self._answered.add(int(question.id))
        if value in question.buttons:
            self.control("press", label=value, **self._who)
        else:
            self.say(value, reply_to=int(question.id))

    def _has(self, label: str) -> bool:
        return any(label in m.buttons for m in self.seen())

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

    def problems(self) -> list[Json]:
        """What the stand-in had to refuse."""
        return list(self.client.get(f"{self.telegram.control}/_ctl/problems").json())


def _asks(call: Json) -> bool:
    return bool(
        (call["params"].get("reply_markup") or {}) and "force_reply" in str(call["params"]["reply_markup"])
    )


def _seen(message: Json) -> Seen:
    rows = (message.get("reply_markup") or {}).get("inline_keyboard", [])
    pressed = {b["text"]: b for row in rows for b in row}
    return Seen(str(message["message_id"]), message.get("text") or message.get("caption") or "", pressed)
