"""The page around the conversation, and the pages that say why there is none."""

from __future__ import annotations

from dataclasses import dataclass

from bot.chat import Posted
from handlers.platforms.web.cards import Look, conversation
from handlers.platforms.web.icons import icon
from handlers.platforms.web.markup import Html, tag
from handlers.platforms.web.words import Words

TOLD = ("copied", "not_copied", "lost", "restarted", "not_sent", "too_big", "close", "waiting", "reading")

VIEWPORT = "width=device-width, initial-scale=1, viewport-fit=cover, interactive-widget=resizes-content"


@dataclass(frozen=True, slots=True)
class View:
    """What is on the page: whose it is, its lines, whether there are older ones, and where the feed stood."""

    business: str
    title: str
    lines: tuple[Posted, ...]
    earlier: str
    mark: str
    upload_limit: int


def whole_page(view: View, look: Look) -> str:
    """The chat, ready to use before any script has run."""
    body = tag(
        "body",
        tag("a", look.words["skip"], href="#words", class_="skip"),
        _header(view, look.words),
        tag("main", log(view, look), id="scroll"),
        _signs(look.words),
        _composer(look),
        tag("form", _secret(look), id="press", method="post", action="/press", hidden=True),
        tag("div", tag("p", icon("purr"), look.words["drop"]), id="drop", hidden=True),
        data_after=view.mark,
        data_business=view.business,
        data_limit=view.upload_limit,
        **{f"data_say_{key}": said(look.words, key, limit=megabytes(view.upload_limit)) for key in TOLD},
    )
    return _document(f"{view.title} · Purr" if view.title else "Purr", look.language, body, script=True)


def log(view: View, look: Look) -> Html:
    """The conversation, and the way to what came before it."""
    way = (
        tag("a", look.words["earlier"], href=f"/?before={view.earlier}", id="earlier")
        if view.earlier
        else None
    )
    empty = (
        tag("p", icon("purr"), tag("span", look.words["empty"]), class_="empty") if not view.lines else None
    )
    return tag(
        "div",
        way,
        empty,
        conversation(view.lines, look),
        id="log",
        role="log",
        aria_live="polite",
        aria_label=look.words["conversation"],
        tabindex=0,
        data_business=view.business,
        data_title=view.title or "Purr",
        data_language=look.language,
    )


def closed_page(title: str, text: str, look: Look, address: str = "") -> str:
    """A page that says in a sentence why the conversation is not shown, and what to do."""
    shown = tag(
        "main",
        icon("purr"),
        tag("h1", title),
        tag("p", text),
        tag("p", tag("code", address)) if address else None,
        tag("p", tag("a", look.words["retry" if address else "back"], href="/", class_="button plain")),
        class_="alone",
    )
    return _document(title, look.language, tag("body", shown), script=False)


def notice(text: str, words: Words) -> Html:
    """One honest line for a page whose script asked."""
    return tag("p", text, class_="notice", data_close=words["close"])


def said(words: Words, key: str, **facts: object) -> str:
    """A text with its facts filled in."""
    return words[key].format(**facts) if facts else words[key]


def megabytes(limit: int) -> int:
    """A limit as people read it: whole megabytes, never nought."""
    return max(1, limit // 1_000_000)


def _document(title: str, language: str, body: Html, *, script: bool) -> str:
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("title", title),
        tag(
            "meta",
            name="viewport",
            content=VIEWPORT,
        ),
        tag("meta", name="color-scheme", content="light dark"),
        tag("link", rel="icon", href="/static/purr.svg", type="image/svg+xml"),
        tag("link", rel="stylesheet", href="/static/chat.css"),
        tag("script", src="/static/chat.js", type="module") if script else None,
    )
    return "<!doctype html>" + tag("html", head, body, lang=language)


def _header(view: View, words: Words) -> Html:
    named = tag("div", tag("h1", view.title or "Purr", id="title"), tag("p", words["tagline"]))
    return tag("header", tag("div", tag("span", icon("purr"), class_="face"), named, class_="column"))


def _signs(words: Words) -> Html:
    down = tag(
        "button",
        icon("down"),
        type="button",
        id="newest",
        aria_label=words["newest"],
        title=words["newest"],
        hidden=True,
    )
    return tag(
        "div",
        tag("div", id="notices", role="alert"),
        tag("div", id="told", role="status", class_="unseen"),
        tag(
            "p",
            tag("span", words["waiting"]),
            tag("i"),
            tag("i"),
            tag("i"),
            id="waiting",
            role="status",
            hidden=True,
        ),
        down,
        id="signs",
        class_="column",
    )


def _composer(look: Look) -> Html:
    words = look.words
    files = tag("input", type="file", name="files", id="files", multiple=True)
    return tag(
        "form",
        _secret(look),
        tag(
            "label",
            files,
            icon("clip"),
            tag("span", words["attach"], class_="unseen"),
            class_="attach",
            title=words["attach"],
        ),
        tag(
            "textarea",
            name="text",
            id="words",
            rows=1,
            placeholder=words["placeholder"],
            aria_label=words["placeholder"],
            autocomplete="off",
            enterkeyhint="send",
        ),
        tag(
            "button",
            icon("send"),
            tag("span", words["send"], class_="unseen"),
            type="submit",
            class_="send",
            title=words["send"],
        ),
        id="say",
        class_="column",
        method="post",
        action="/say",
        enctype="multipart/form-data",
    )


def _secret(look: Look) -> Html:
    return tag("input", type="hidden", name="csrf", value=look.csrf)
