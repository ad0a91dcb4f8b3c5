"""What Slack refuses of blocks and views: the library's own models, and what they leave out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

Json = dict[str, Any]
BLOCKS = {"message": 50, "modal": 100, "home": 100}


def problems_of_message(message: Json) -> Iterator[str]:
    """What is wrong with a message."""
    if not message.get("text"):
        yield "no top-level text"
    if len(message.get("text") or "") > 4000:
        yield "text over 4000"
    yield from _problems(message.get("blocks") or [], BLOCKS["message"])


def problems_of_view(view: Json) -> Iterator[str]:
    """What is wrong with a view."""
    try:
        View(**view).to_dict()
    except (SlackObjectFormationError, TypeError) as wrong:
        yield f"view: {wrong}"
    yield from _problems(view["blocks"], BLOCKS[view["type"]])
    if any(block["type"] == "input" for block in view["blocks"]) and not view.get("submit"):
        yield "input without submit"
    if len(view.get("private_metadata") or "") > 3000:
        yield "private_metadata over 3000"


def _problems(blocks: list[Json], most: int) -> Iterator[str]:
    if len(blocks) > most:
        yield f"{len(blocks)} blocks"
    named = [block["block_id"] for block in blocks if block.get("block_id")]
    if len(named) != len(set(named)):
        yield "a block_id twice"
    for block in blocks:
        yield from _problems_of_block(block)


def _problems_of_block(block: Json) -> Iterator[str]:
    try:
        known = Block.parse(block)
        if known is None:
            yield f"unknown block {block.get('type')}"
        else:
            known.to_dict()
    except (SlackObjectFormationError, TypeError) as wrong:
        yield f"{block.get('type')}: {wrong}"
    parts = list(_parts(block))
    actions = [part["action_id"] for part in parts if "action_id" in part]
    if len(actions) != len(set(actions)):
        yield "an action_id twice in a block"
    for part in parts:
        if part.get("type") == "button" and part["text"]["type"] != "plain_text":
            yield "a button that is not plain"
        if any(len(field["text"]) > 2000 for field in part.get("fields") or ()):
            yield "a field over 2000"
        if any(len(option["text"]["text"]) > 75 for option in part.get("options") or ()):
            yield "an option over 75"


def _parts(part: Any) -> Iterator[Json]:
    if isinstance(part, dict):
        yield part
    for each in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
        yield from _parts(each)
