"""What the tests of Slack's looks share: Slack's limits, and what can be read and pressed in a message."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from html import unescape
from typing import Any

from hypothesis import strategies as st
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.chat import (
    Action,
    Button,
    Card,
    Check,
    Fact,
    Field,
    Form,
    Handout,
    Item,
    Moment,
    Paper,
    Picture,
    Posted,
    Rule,
)
from bot.platforms import Place, Post
from handlers.platforms.slack.fitting import weight
from handlers.platforms.slack.text import Json, units

DATE = re.compile(r"<!date\^[^|>]*\|([^>]*)>")
"""An instant, which Slack shows on the reader's clock."""
NOON = datetime(2026, 11, 16, 12, 0, tzinfo=UTC)
PLACE = Place("slack", "C1", "T1", direct=False)
NASTY = (
    "<!channel> & <@U1|you>",
    "*_~`",
    ":wave:",
    "> quoted",
    "Ξένια 🧁🧁 Ltd",
    "شركة المخبز",
    "面包店",
    "x" * 400,
    "long words " * 300,
    "\n\n",
    " ",
    "<!date^1^{time}|now>",
    "a\u200bb",
)
texts = st.one_of(
    st.sampled_from(NASTY), st.text(max_size=40), st.lists(st.sampled_from(NASTY)).map("\n".join)
)
MOST = {"header": 150, "button": 75, "option": 75, "label": 2000, "hint": 2000}


def line(card: Card, outcome: str = "") -> Posted:
    """A line of the conversation."""
    return Posted("7", NOON, card, outcome=outcome)


def post(card: Card, outcome: str = "", **more: Any) -> Post:
    """A line as a chat of the workspace gets it."""
    return Post(PLACE, line(card, outcome), "en", **more)


def press(token: str, label: str = "Open", **more: Any) -> Button:
    """A button that can be pressed."""
    return Button(label, Action("x.y"), token=token, **more)


def everywhere(text: str, rows: int = 1) -> Card:
    """A card with a text in every place that holds one."""
    kinds = ("text", "area", "date", "choice", "email", "password", "file")
    fields = tuple(
        Field(f"f{at}", text, kind, text, ((text, text), ("b", text)), text, text)  # type: ignore[arg-type]
        for at, kind in enumerate(kinds)
    )
    return Card(
        text,
        title=text,
        facts=(Fact(text, text, text),) * rows,
        checks=(Check("ok", text), Check("look", text), Check("stop", text)) * rows,
        law=(Rule(text, text), Rule(text, text, open=False)) * rows,
        items=tuple(Item(text, text, text, press(f"i{at}", text)) for at in range(rows)),
        paper=Paper(text, text, text, "en"),
        pictures=(Picture(b"png", "image/png", text),),
        handouts=(Handout(text, "abc", 7),),
        form=Form(Action("x.y"), fields, text, "the-form"),
        buttons=tuple(press(f"b{at}", text) for at in range(rows)),
        foot=text,
        moments=(Moment(text, NOON), Moment("now", NOON)),
    )


def parts_of(drawn: object) -> Iterator[Json]:
    """Every object inside blocks."""
    if isinstance(drawn, dict):
        yield drawn
        for value in drawn.values():
            yield from parts_of(value)
    elif isinstance(drawn, list):
        for value in drawn:
            yield from parts_of(value)


def words_in(drawn: object) -> str:
    """All that can be read."""
    if isinstance(drawn, list):
        return "\n".join(filter(None, map(words_in, drawn)))
    if not isinstance(drawn, dict):
        return ""
    if drawn.get("type") in ("rich_text_section", "rich_text_preformatted"):
        return "".join(part.get("text", part.get("fallback")) for part in drawn["elements"])
    if isinstance(text := drawn.get("text"), str):
        return unescape(DATE.sub(r"\1", text)) if drawn["type"] == "mrkdwn" else text
    return words_in(list(drawn.values()))


def tokens_in(blocks: list[Json]) -> list[str]:
    """All that can be pressed."""
    return [part["value"] for part in parts_of(blocks) if part.get("type") == "button"]


def check_message(message: Json) -> None:
    """A message keeps all of Slack's limits."""
    assert 0 < units(message["text"]) < 4000
    check_blocks(message["blocks"], 50)


def check_view(view: Json) -> None:
    """A view keeps all of Slack's limits."""
    View(**view).to_dict()
    check_blocks(view["blocks"], 100)
    for name in ("title", "submit", "close"):
        assert name not in view or 0 < units(view[name]["text"]) <= 24
    assert units(view.get("private_metadata", "")) <= 3000
    assert weight(view) < 200_000
    asked = [block["block_id"] for block in view["blocks"] if block["type"] == "input"]
    assert len(asked) == len(set(asked))
    assert not asked or view["submit"]


def check_blocks(blocks: list[Json], most: int) -> None:
    """Blocks keep all of Slack's limits, those that its library knows and those that it leaves out."""
    assert 0 < len(blocks) <= most
    for block in blocks:
        parsed = Block.parse(block)
        assert parsed is not None
        parsed.to_dict()
        actions = [part["action_id"] for part in parts_of(block) if "action_id" in part]
        assert len(actions) == len(set(actions))
        assert len(block.get("elements", ())) <= {"actions": 25, "context": 10}.get(block["type"], 999)
        for part in parts_of(block):
            _check_part(part)


def _check_part(part: Json) -> None:
    kind = part.get("type", "option")
    if isinstance(part.get("text"), str):
        assert 0 < units(part["text"]) <= 3000
    elif "text" in part:
        assert units(part["text"]["text"]) <= MOST.get(kind, 3000)
    for name, most in (("description", 75), ("label", 2000), ("hint", 2000)):
        if name in part:
            assert units(part[name]["text"]) <= most
    if kind == "button":
        assert units(part["value"]) <= 2000 and part["text"]["type"] == "plain_text"
        assert units(part.get("accessibility_label", "")) <= 75
    if kind == "option" and "value" in part:
        assert 0 < units(part["value"]) <= 150
    assert len(part.get("options", ())) <= (10 if kind == "radio_buttons" else 100)
    assert units(part.get("initial_value", "")) <= 3000
