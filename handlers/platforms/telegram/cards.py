"""A line of the conversation as Telegram messages: words, buttons and pictures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from telegram.constants import KeyboardButtonStyle

from bot.chat import Button, Card, Fact, Form, Handout, Item, Paper, Rule
from handlers.platforms.telegram import keys
from handlers.platforms.telegram.keys import Key, Rows
from handlers.platforms.telegram.rich import (
    Block,
    Page,
    Span,
    block,
    pages,
    paragraphs,
    seen,
    shortened,
    size,
)
from handlers.platforms.telegram.words import Tongue

MARKS = {"ok": "✓", "look": "•", "stop": "!"}
ORDER = {"primary": 0, "plain": 1, "quiet": 2}
PRIMARY = str(KeyboardButtonStyle.PRIMARY)
ITEMS = 40
"""Rows of a list in one card; whoever wants the rest asks for it."""
TITLE = 26
READ_AT_ONCE = 900
"""A letter up to this length is open; a longer one unfolds when it is tapped."""
COPIES = 4
LARGEST = 50_000_000
"""How many bytes of a file a bot may send."""
NOTHING: Page = (block("…"),)


@dataclass(frozen=True, slots=True)
class Message:
    """One message: its words and its buttons, or a picture with its words."""

    page: Page
    rows: Rows = ()
    picture: bytes = b""


@dataclass(frozen=True, slots=True)
class Shown:
    """A card as messages; with a form, `head` stands above the questions, in a last message to come.

    Its buttons go `above` and `below` those of the form.
    """

    messages: tuple[Message, ...]
    head: Page = ()
    above: tuple[Key, ...] = ()
    below: tuple[Key, ...] = ()
    form: Form | None = None


def shown(card: Card, tongue: Tongue, outcome: str = "", business: str = "") -> Shown:
    """A card for those who read that language; `business` is named where several share a chat."""
    filled = _filled(card, tongue, outcome, business)
    # Where rows tell what a picture shows, its figures need not be read twice.
    pictures = tuple(_picture(p.png, card.title if card.items else p.alt) for p in card.pictures if p.png)
    first = (*pictures, *(Message(page) for page in filled[:-1]))
    above, below = tuple(_openers(card)), tuple(_keys(card, tongue))
    if card.form:
        return Shown(first, filled[-1] if filled else (), above, below, card.form)
    keyboard = keys.rows((*above[: keys.MOST - len(below)], *below))
    return Shown((*first, Message(filled[-1] if filled else NOTHING, keyboard)))


def _filled(card: Card, tongue: Tongue, outcome: str, business: str) -> tuple[Page, ...]:
    """The words of a card in as few messages as hold them; the law is left out before it takes one more."""
    without = pages(_blocks(replace(card, law=()), tongue, outcome, business))
    whole = pages(_blocks(card, tongue, outcome, business)) if card.law else without
    return whole if len(whole) <= max(1, len(without)) else without


def _picture(content: bytes, alt: str) -> Message:
    return Message((block(shortened(alt, 1024)),), picture=content)


def _blocks(card: Card, tongue: Tongue, outcome: str, business: str) -> Iterator[Block]:
    if business:
        yield block(Span(business, "i"))
    if seen(card.title):
        yield block(Span(card.title, "b"))
    yield from paragraphs(card.text)
    yield from _tight(_fact(fact) for fact in card.facts)
    yield from _tight(block(f"{MARKS[check.state]} {check.text}") for check in card.checks)
    if card.law:
        yield block(*_law(card.law), wrap="blockquote expandable")
    yield from _items(card.items, tongue)
    yield from (block(Span(p.alt, "i")) for p in card.pictures if not p.png and seen(p.alt))
    yield from _paper(card, card.paper, tongue) if card.paper else ()
    yield from (block(_handout(handout, tongue)) for handout in card.handouts)
    if seen(card.foot) and not outcome:
        yield block(Span(card.foot, "i"))
    if seen(outcome):
        yield block(f"✓ {outcome.removeprefix('✓').strip()}")


def _handout(handout: Handout, tongue: Tongue) -> str:
    """A file to take away, and where it is to be had if not here."""
    if not (handout.button and handout.button.token):
        return handout.told(tongue["handout"])
    return handout.told(tongue["file" if handout.size <= LARGEST else "file_large"])


def _tight(lines: Iterator[Block]) -> Iterator[Block]:
    return (Block(each.spans, tight=at > 0) for at, each in enumerate(lines))


def _fact(fact: Fact) -> Block:
    return block(f"{fact.label}: ", Span(fact.value, "code" if fact.copy else "b"))


def _law(law: tuple[Rule, ...]) -> Iterator[Span]:
    """The sum of it in sight, the steps unfold when they are tapped."""
    for at, rule in enumerate(law):
        mark = "§" if at == 0 else "\n●" if rule.open else "\n○"
        yield Span(f"{mark} {rule.text}{' ' if rule.source else ''}")
        if rule.source:
            yield Span(rule.source, "i")


def _items(items: tuple[Item, ...], tongue: Tongue) -> Iterator[Block]:
    for item in items[:ITEMS]:
        about = f"\n{item.text}" if item.text else ""
        yield block(Span(item.title, "b"), f" · {item.amount}" if item.amount else "", about)
    if len(items) > ITEMS:
        yield block(tongue["more"].format(count=len(items) - ITEMS))


def _paper(card: Card, paper: Paper, tongue: Tongue) -> Iterator[Block]:
    """The letter; in one piece to copy where it is the owner who sends it."""
    if seen(paper.to):
        yield block(f"{tongue['to']}: {paper.to}")
    copied = any(button.copy and button.style == "primary" for button in card.buttons)
    yield block(
        f"{tongue['subject']}: ", Span(paper.subject, "code" if copied else "b"), tight=seen(paper.to)
    )
    quote = "blockquote" if size(paper.body) <= READ_AT_ONCE else "blockquote expandable"
    yield from paragraphs(paper.body, wrap="pre" if copied else quote)


def _openers(card: Card) -> Iterator[Key]:
    """What opens the rows of a list: whose it is, and how much."""
    for item in card.items[:ITEMS]:
        if item.button and item.button.token:
            label = " · ".join(part for part in (shortened(item.title, TITLE), item.amount) if part)
            yield Key(label or item.button.label, item.button.token, alone=True)


def _keys(card: Card, tongue: Tongue) -> Iterator[Key]:
    """What stands below everything: the card's own buttons, and what can be copied."""
    ordered = sorted((b for b in card.buttons if b.token), key=lambda button: ORDER[button.style])
    yield from (_key(button) for button in ordered if button.style != "quiet")
    # What is copied as it is shown needs no button: a tap on it does that.
    short = (f for f in card.facts if f.copy != f.value and seen(f.copy) and size(f.copy) <= keys.COPIED)
    yield from (Key(_copies(f, tongue), copy=f.copy) for f, _ in zip(short, range(COPIES), strict=False))
    # A button on a phone has room for a name, not for a sentence around it.
    yield from (Key(f"↓ {each.name}", token) for each in card.handouts if (token := _asked_by(each)))
    yield from (_key(button) for button in ordered if button.style == "quiet")


def _asked_by(handout: Handout) -> str:
    """The token that asks for a file; empty where it cannot be brought."""
    return handout.button.token if handout.button and handout.size <= LARGEST else ""


def _key(button: Button) -> Key:
    first = button.style == "primary"
    return Key(button.label, button.token, style=PRIMARY if first else "", alone=first)


def _copies(fact: Fact, tongue: Tongue) -> str:
    return tongue["copy"].format(label=shortened(fact.label, TITLE))
