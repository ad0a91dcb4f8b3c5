"""What an update says: from whom and where, and which request it makes; values only, nothing is done here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Literal

from telegram import CallbackQuery, MaybeInaccessibleMessage, Message, Update, User
from telegram import Chat as TelegramChat
from telegram.constants import ChatType, FileSizeLimit

from bot.chat import Action, Request
from bot.platforms import Attachment, Person, Place
from handlers.platforms.telegram.words import meanings

PLATFORM = "telegram"
HEARD = (Update.MESSAGE, Update.CALLBACK_QUERY, Update.MY_CHAT_MEMBER)
"""What is asked of Telegram: not what people change afterwards, nor what others write in channels."""
NEEDED = ("message_id", "date", "chat", "is_topic_message", "message_thread_id")
COMMAND = re.compile(r"/(\w{1,32})(?:@(\w+))?(?:\s+(.*))?", re.DOTALL)
BIGGEST = int(FileSizeLimit.FILESIZE_DOWNLOAD)
JOIN = Action("member.join")
HELLO = Action("help.hello")


@dataclass(frozen=True, slots=True)
class Command:
    """A command to this bot, and what was written after it."""

    word: str
    rest: str = ""


@dataclass(frozen=True, slots=True)
class Press:
    """A button that was pressed: the token it stands for, and which part of a form."""

    token: str
    part: str = ""

    @classmethod
    def of(cls, query: CallbackQuery) -> Press:
        """What the button said of itself."""
        token, _, part = (query.data or "").partition(".")
        return cls(token, part)


def light(raw: dict[str, Any]) -> dict[str, Any]:
    """An update without what comes back with every press: the words and buttons of the card."""
    query = raw.get("callback_query")
    if not query or "message" not in query:
        return raw
    message = {key: value for key, value in query["message"].items() if key in NEEDED}
    return {**raw, "callback_query": {**query, "message": message}}


def place_of(message: MaybeInaccessibleMessage) -> Place:
    """Where a message was written; a topic of a group is a place of its own."""
    chat = message.chat
    in_topic = isinstance(message, Message) and message.is_topic_message
    thread = f"/{message.message_thread_id}" if isinstance(message, Message) and in_topic else ""
    return Place(PLATFORM, f"{chat.id}{thread}", direct=is_direct(chat))


def is_direct(chat: TelegramChat) -> bool:
    """Whether it is a chat with one person."""
    return chat.type == ChatType.PRIVATE


def person_of(user: User) -> Person:
    """Who it was."""
    return Person(PLATFORM, str(user.id), name=user.full_name, language=user.language_code or "")


def command_of(message: Message, me: str) -> Command | None:
    """The command in a message, unless it is one to another bot."""
    found = COMMAND.fullmatch((message.text or "").strip())
    if found is None or (found[2] and found[2].lower() != me.lower()):
        return None
    return Command(found[1].lower(), (found[3] or "").strip())


def is_for(message: Message, me: User) -> bool:
    """Whether a message is meant for this bot: in a group one has to say so."""
    if is_direct(message.chat):
        return True
    text = message.text or message.caption or ""
    asked = message.reply_to_message
    to_me = asked is not None and asked.from_user is not None and asked.from_user.id == me.id
    named = re.search(rf"@{re.escape(me.username or '')}\b", text, re.IGNORECASE) is not None
    return to_me or named or (text.startswith("/") and command_of(message, me.username or "") is not None)


def request_of(message: Message, me: str, about: str = "") -> Request:
    """What words ask for; `about` is the customer whose card they answer."""
    if command := command_of(message, me):
        return _commanded(command)
    text = re.sub(rf"@{re.escape(me)}\b", "", message.text or "", flags=re.IGNORECASE).strip()
    if message.forward_origin:
        return Request("", action=Action("reply.log", about, text), private=True)
    return Request("", text=text, private=True)


def _commanded(command: Command) -> Request:
    if command.word == "start":
        action = Action(JOIN.verb, value=command.rest) if command.rest else HELLO
        return Request("", action=action, private=True)
    meant = meanings().get(command.word)
    if meant and meant.verb and not command.rest:
        return Request("", action=meant, private=True)
    return Request("", text=f"{command.word} {command.rest}".strip(), private=True)


def attachment_of(message: Message) -> Attachment | None:
    """The file in a message: a document, or the largest size of a photo."""
    if file := message.document:
        return Attachment(file.file_name or "file", file.file_id, file.file_size or 0)
    if message.photo:
        photo = message.photo[-1]
        return Attachment(f"photo-{message.message_id}.jpg", photo.file_id, photo.file_size or 0)
    return None


def delivery_of(update: Update, me: User) -> str:
    """The name of an update: its number, which every bot counts for itself."""
    return f"{me.id}:{update.update_id}"


def lost(update: Update) -> tuple[Place, Literal["blocked", "gone"]] | None:
    """The place this bot was thrown out of, if that is what an update says."""
    change = update.my_chat_member
    if change is None or change.new_chat_member.status not in ("kicked", "left"):
        return None
    direct = is_direct(change.chat)
    return Place(PLATFORM, str(change.chat.id), direct=direct), "blocked" if direct else "gone"
