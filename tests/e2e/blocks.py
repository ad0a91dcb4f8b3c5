"""Reading what Purr put into Slack: the words of a message, what can be pressed, what a modal holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tests.e2e.payloads import Json
from tests.e2e.running import Stuck
from tests.e2e.surface import Knob, Seen


def seen(message: Json) -> Seen:
    """A message as a reader sees it."""
    return Seen(message["ts"], words(message), tuple(knobs(message.get("blocks") or [], message)))


def words(part: Mapping[str, Any]) -> str:
    """Every word of a message: what is shown, each once."""
    blocks = part.get("blocks") or []
    return "\n".join(_texts(blocks)) if blocks else str(part.get("text", ""))


def _texts(part: Any) -> Iterator[str]:
    if isinstance(part, list):
        for each in part:
            yield from _texts(each)
    elif isinstance(part, dict):
        if isinstance(part.get("text"), str):
            yield part["text"]
        for key, each in part.items():
            if key not in ("options", "option_groups", "accessory", "elements") or part.get("type") in PLAIN:
                yield from _texts(each)


PLAIN = (
    "context",
    "rich_text",
    "rich_text_section",
    "rich_text_preformatted",
    "rich_text_quote",
    "rich_text_list",
)
"""Blocks whose elements are words; those of others are to be pressed."""


def knobs(blocks: list[Json], on: Json) -> Iterator[Knob]:
    """What can be pressed, with the message or view it stands on and the action as Slack sends it."""
    for block in blocks:
        row = "\n".join(_texts(block))
        accessory = [block["accessory"]] if "accessory" in block else []
        for element in (*accessory, *(block.get("elements", []) if block["type"] == "actions" else [])):
            known = {k: element.get(k) for k in ("action_id", "type")} | {
                "block_id": block.get("block_id", "b")
            }
            if element["type"] == "button":
                action = {**known, "text": element["text"], "value": element.get("value")}
                yield Knob(element["text"]["text"], row, (on, action))
            for option in element.get("options", []):
                yield Knob(option["text"]["text"], row, (on, {**known, "selected_option": option}))


def state(view: Json, values: Mapping[str, str]) -> Json:
    """What a modal holds when these fields, by their labels, are filled in and the others left."""
    left = dict(values)
    found: Json = {}
    for block in view["blocks"]:
        if block["type"] != "input":
            continue
        element = block["element"]
        given = left.pop(block["label"]["text"], None)
        found[block["block_id"]] = {element["action_id"]: _filled(element, given)}
    if left:
        labels = [b["label"]["text"] for b in view["blocks"] if b["type"] == "input"]
        raise Stuck(f"the modal has no field {', '.join(left)}; it has {labels}")
    return found


def _filled(element: Json, given: str | None) -> Json:
    kind = element["type"]
    if kind in ("static_select", "radio_buttons"):
        chosen = next((o for o in element["options"] if given in (o["value"], o["text"]["text"])), None)
        if given is not None and chosen is None:
            raise Stuck(f"{given!r} is no option of {[o['text']['text'] for o in element['options']]}")
        return {"type": kind, "selected_option": chosen or element.get("initial_option")}
    if kind == "datepicker":
        return {"type": kind, "selected_date": given or element.get("initial_date")}
    return {"type": kind, "value": given if given is not None else element.get("initial_value")}
