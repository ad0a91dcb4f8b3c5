"""Windows for the tests of forms: opened from a card, and handed in as Slack does it."""

from __future__ import annotations

from typing import Any

from bot.chat import Action, Card, Field, Form
from handlers.platforms.slack.modal import modal
from handlers.platforms.slack.text import Json
from handlers.platforms.slack.words import words_of
from tests.handlers.platforms.slack.drawn import check_view, line

EN = words_of("en")


def asking(*fields: Field, title: str = "", text: str = "When will they pay?") -> Card:
    """A card with a form."""
    return Card(text, title=title, form=Form(Action("promise.add"), fields, "Save", "the-token"))


def opened(*fields: Field, **more: str) -> Json:
    """The window for a form."""
    view = modal(line(asking(*fields, **more)), EN, "C1")
    check_view(view)
    return view


def handed_in(view: Json, **typed: str) -> Json:
    """The view as Slack sends it: what it held at first, but for what was typed or chosen by its label."""
    state = {}
    for block in view["blocks"]:
        if block["type"] == "input":
            element = block["element"]
            value = _value(element, typed.get(block["block_id"]))
            state[block["block_id"]] = {element["action_id"]: {"type": element["type"], **value}}
    return {**view, "state": {"values": state}}


def _value(element: Json, typed: str | None) -> dict[str, Any]:
    if "options" in element or "option_groups" in element:
        groups = element.get("option_groups", [element])
        options = [option for group in groups for option in group["options"]]
        chosen = next((o for o in options if o["text"]["text"] == typed), element.get("initial_option"))
        return {"selected_option": chosen}
    if element["type"] == "datepicker":
        return {"selected_date": typed or element.get("initial_date")}
    if element["type"] == "file_input":
        return {"files": [{"id": "F1", "name": "list.csv", "url_private_download": "https://f", "size": 3}]}
    return {"value": (element.get("initial_value") if typed is None else typed) or None}


def element(view: Json, at: int = -1) -> Json:
    """The box of a question."""
    found: Json = view["blocks"][at]["element"]
    return found
