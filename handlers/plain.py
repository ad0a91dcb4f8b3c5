"""Cards as plain text, for the command line."""

from __future__ import annotations

from collections.abc import Iterator

from bot.chat import Card, Rule

MARKS = {"ok": "✓", "look": "•", "stop": "!"}
HOLDS = {True: "●", False: "○"}


def text_of(card: Card) -> str:
    """A card and those that follow it, as lines; what can be pressed is left out."""
    return "\n\n".join("\n".join(_lines(each)) for each in (card, *card.more))


def _lines(card: Card) -> Iterator[str]:
    yield from filter(None, (card.title, card.text))
    yield from (f"{MARKS[check.state]} {check.text}" for check in card.checks)
    yield from _law(card.law)
    width = max((len(item.amount) for item in card.items), default=0)
    for item in card.items:
        yield f"{item.amount:>{width}}  {item.title}{' · ' if item.text else ''}{item.text}".rstrip()
    yield from (f"{handout.name} ({handout.size // 1024 + 1} kB)" for handout in card.handouts)
    if card.foot:
        yield card.foot


def _law(law: tuple[Rule, ...]) -> Iterator[str]:
    for at, rule in enumerate(law):
        mark = f"  {HOLDS[rule.open]}" if at else "§"
        yield f"{mark} {rule.text}{f' · {rule.source}' if rule.source else ''}"
