"""What Purr sends to Telegram, drawn in Telegram's look; markup that Telegram does not know is an error."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from typing import Any

from tests.handlers.platforms.telegram.markup import parsed
from tests.pictures.sheet import Said, data, page

Json = dict[str, Any]
SENT = {"text", "caption", "reply_markup", "photo", "document", "parse_mode"}
"""What of a message can be seen. All else that is sent is about how it comes, not how it looks."""
UNSEEN = {
    "chat_id", "message_id", "message_thread_id", "link_preview_options", "disable_notification",
    "disable_content_type_detection", "reply_parameters",
}  # fmt: skip


class Unknown(ValueError):
    """Something that this drawing has no look for."""


def drawn(chat: Iterable[Said], width: int = 390) -> str:
    """A chat as a page: what a person wrote, and messages of the bot's."""
    return page("telegram", "".join(map(_line, chat)), width)


def _line(said: Said) -> str:
    stamp = f"<time>{said.at}</time>"
    if not said.sent:
        return f"<div class='line mine'><div class='bubble'>{escape(said.text)}{stamp}</div></div>"
    return f"<div class='line'>{message(said.sent, stamp)}</div>"


def message(sent: Json, stamp: str = "") -> str:
    """One message as it was sent: its picture or file, its words, its buttons."""
    if odd := sent.keys() - SENT - UNSEEN:
        raise Unknown(", ".join(sorted(odd)))
    words = _words(sent.get("text") or sent.get("caption", ""), is_html=sent.get("parse_mode") == "HTML")
    keys = _keys(sent.get("reply_markup") or {})
    return f"<div class='bubble'>{_brought(sent)}{words}{stamp}</div>{keys}"


def _brought(sent: Json) -> str:
    if "photo" in sent:
        return f"<img src='{data(bytes(sent['photo'][1]))}'>"
    if "document" in sent:
        return f"<p class='file'><b>↓</b>{escape(sent['document'][0])}</p>"
    return ""


def _words(text: str, *, is_html: bool) -> str:
    """Telegram's HTML is a browser's too, once it is certain that nothing else is in it."""
    if not is_html:
        return escape(text)
    parsed(text)
    shown = re.sub(r"(</(?:blockquote|pre)>)\n", r"\1", text)  # such a block ends its line by itself
    return shown.replace("<blockquote expandable>", "<blockquote class='folds'>")


def _keys(markup: Json) -> str:
    if "force_reply" in markup:
        return f"<div class='asks'>{escape(markup.get('input_field_placeholder', ''))}</div>"
    if odd := markup.keys() - {"inline_keyboard"}:
        raise Unknown(", ".join(sorted(odd)))
    rows = (f"<div class='keys'>{''.join(map(_key, row))}</div>" for row in markup.get("inline_keyboard", ()))
    return "".join(rows)


def _key(of: Json) -> str:
    if odd := of.keys() - KEY:
        raise Unknown(", ".join(sorted(odd)))
    sign = next((sign for what, sign in SIGNS.items() if what in of), "")
    return f"<span class='key {of.get('style', '')}'>{escape(of['text'])}{sign}</span>"


SIGNS = {"copy_text": "<sup>⧉</sup>", "url": "<sup>↗</sup>"}
KEY = {"text", "callback_data", "style", *SIGNS}
