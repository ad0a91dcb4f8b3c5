"""The questions of a card as a form that works with and without JavaScript."""

from __future__ import annotations

from bot.chat import Field, Form
from handlers.platforms.web.markup import Html, joined, tag
from handlers.platforms.web.words import Words

NAME = "v."
FEW = 5
TYPES = {"text": "text", "date": "date", "email": "email", "file": "file", "password": "password"}


def form_part(form: Form, key: str, words: Words, csrf: str) -> Html:
    """A form in place; the names of its fields carry a prefix, so none can pose as the session's secret."""
    return tag(
        "form",
        tag("input", type="hidden", name="csrf", value=csrf),
        tag("input", type="hidden", name="press", value=form.token),
        *(_question(field, f"{key}-{field.name}", words) for field in form.fields),
        tag("div", tag("button", form.submit, type="submit", class_="button primary"), class_="buttons"),
        method="post",
        action="/press",
        enctype="multipart/form-data",
        class_="form",
    )


def _question(field: Field, key: str, words: Words) -> Html:
    if field.kind == "choice" and len(field.options) <= FEW:
        return _radios(field, key, words)
    label = tag("label", field.label, _optional(field, words), for_=key)
    return tag("div", label, _input(field, key, words), _notes(field, key), class_=_state(field))


def _input(field: Field, key: str, words: Words) -> Html:
    common = _attributes(field, key)
    if field.kind == "area":
        rows = min(16, max(3, field.value.count("\n") + 2))
        # HTML drops the first line break inside a textarea, so one is written for it to drop.
        return tag("textarea", Html("\n"), field.value, rows=rows, **common)
    if field.kind == "choice":
        return tag("select", *_options(field, words), **common)
    value = field.value if field.kind != "file" else None
    return tag("input", type=TYPES[field.kind], value=value, **common)


def _options(field: Field, words: Words) -> tuple[Html, ...]:
    empty = tag("option", words["choose"], value="", selected=not field.value)
    known = (
        tag("option", label, value=value, selected=value == field.value) for value, label in field.options
    )
    return (empty, *known)


def _radios(field: Field, key: str, words: Words) -> Html:
    return tag(
        "fieldset",
        tag("legend", field.label, _optional(field, words)),
        tag(
            "div",
            *(_radio(field, option, f"{key}-{at}") for at, option in enumerate(field.options)),
            class_="radios",
        ),
        _notes(field, key),
        class_=_state(field),
        aria_describedby=_described(field, key),
    )


def _radio(field: Field, option: tuple[str, str], key: str) -> Html:
    value, label = option
    chosen = tag(
        "input",
        type="radio",
        id=key,
        name=NAME + field.name,
        value=value,
        checked=value == field.value,
        required=field.required,
    )
    return tag("label", chosen, tag("span", label), for_=key)


def _attributes(field: Field, key: str) -> dict[str, str | bool | None]:
    return {
        "id": key,
        "name": NAME + field.name,
        "required": field.required,
        "aria_invalid": "true" if field.error else None,
        "aria_describedby": _described(field, key),
    }


def _notes(field: Field, key: str) -> Html:
    return joined(
        tag("p", field.error, class_="error", id=f"{key}-error") if field.error else None,
        tag("p", field.hint, class_="hint", id=f"{key}-hint") if field.hint else None,
    )


def _described(field: Field, key: str) -> str | None:
    named = ((field.error, "error"), (field.hint, "hint"))
    return " ".join(f"{key}-{name}" for text, name in named if text) or None


def _optional(field: Field, words: Words) -> Html | None:
    return None if field.required else tag("span", f" ({words['optional']})", class_="optional")


def _state(field: Field) -> str:
    return "field wrong" if field.error else "field"
