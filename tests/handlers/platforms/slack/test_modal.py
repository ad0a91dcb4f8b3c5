from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.chat import Action, Card, Field, Form
from handlers.platforms.slack.modal import FORM, done, errors, files, modal, origin, values, working
from handlers.platforms.slack.text import Json
from handlers.platforms.slack.words import words_of
from tests.handlers.platforms.slack.drawn import check_view, everywhere, line, parts_of, texts, words_in

EN = words_of("en")


def asking(*fields: Field, title: str = "", text: str = "When will they pay?") -> Card:
    return Card(text, title=title, form=Form(Action("promise.add"), fields, "Save", "the-token"))


def opened(*fields: Field, **more: str) -> Json:
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
    found: Json = view["blocks"][at]["element"]
    return found


def test_each_kind_of_question_has_its_box() -> None:
    choice = (("a", "Aye"), ("b", "Nay"))
    view = opened(
        Field("t", "Text"),
        Field("a", "Area", "area", "Hi\nyou"),
        Field("d", "Day", "date", "2026-11-30"),
        Field("c", "Choice", "choice", "b", choice),
        Field("e", "E-mail", "email", "a@b.example"),
        Field("p", "Password", "password", "secret"),
        Field("f", "File", "file"),
    )
    kinds = [b["element"]["type"] for b in view["blocks"] if b["type"] == "input"]
    assert kinds == [
        "plain_text_input",
        "plain_text_input",
        "datepicker",
        "radio_buttons",
        "email_text_input",
        "plain_text_input",
        "file_input",
    ]
    assert values(handed_in(view)) == {
        "t": "",
        "a": "Hi\nyou",
        "d": "2026-11-30",
        "c": "b",
        "e": "a@b.example",
        "p": "",
    }
    assert [file["name"] for file in files(handed_in(view))] == ["list.csv"]


def test_a_password_is_not_shown_and_the_window_is_honest_about_typing_it() -> None:
    view = opened(Field("p", "Password", "password", "secret", hint="From your provider"))
    assert "secret" not in str(view)
    assert view["blocks"][-1]["hint"]["text"] == "From your provider\nSlack shows what you write here."


def test_what_may_be_left_empty_is_optional_and_a_choice_can_be_taken_back() -> None:
    view = opened(
        Field("c", "Language", "choice", "sv", (("sv", "Swedish"),), required=False), Field("t", "Text")
    )
    assert [b["optional"] for b in view["blocks"][1:]] == [True, False]
    assert values(handed_in(view))["c"] == "sv"
    assert values(handed_in(view, c="Not chosen"))["c"] == ""


def test_a_day_in_words_is_written_where_words_can_be() -> None:
    assert element(opened(Field("d", "Day", "date", "on Friday")))["initial_value"] == "on Friday"
    assert element(opened(Field("d", "Day", "date")))["type"] == "datepicker"


def test_the_window_says_what_it_is_about() -> None:
    view = opened(Field("d", "Day", hint="For example: Friday"), title="Plan for Café Norrsken")
    assert view["title"]["text"] == "Plan for Café Norrsken"
    assert words_in(view["blocks"]).startswith("When will they pay?")
    assert view["submit"]["text"] == "Save"
    assert opened(Field("d", "Day"))["title"]["text"] == "Purr"


def test_a_title_that_is_too_long_is_cut_between_words_and_stands_in_full_below() -> None:
    view = opened(Field("d", "Day"), title="Letter to Bygg & Betong i Söder AB")
    assert view["title"]["text"] == "Letter to Bygg & Betong…"
    assert words_in(view["blocks"]).startswith("Letter to Bygg & Betong i Söder AB")


def test_a_window_knows_what_it_was_opened_for() -> None:
    view = opened(Field("d", "Day"))
    about = origin(view)
    assert (view["callback_id"], about.line, about.token, about.where) == (FORM, "7", "the-token", "C1")
    waiting = working(EN, view)
    check_view(waiting)
    check_view(done(EN))
    assert origin(waiting) == about


def test_what_was_typed_in_one_form_does_not_come_up_in_the_next() -> None:
    assert element(opened(Field("d", "Day")))["action_id"] == "the-token"


def test_errors_are_keyed_by_question() -> None:
    wrong = asking(Field("day", "Day", error="There is no such day."), Field("amount", "Amount"))
    assert errors(line(wrong)) == {"day": "There is no such day."}
    assert errors(line(asking(Field("day", "Day")))) is None
    assert errors(line(Card("Done."))) is None
    assert "! There is no such day." in words_in(modal(line(wrong), EN)["blocks"])


@pytest.mark.parametrize("count", [5, 6, 100, 101, 950])
def test_any_number_of_choices_can_be_chosen_from(count: int) -> None:
    options = tuple((f"id-{n}", f"Customer {n}") for n in range(count))
    view = opened(Field("c", "Customer", "choice", "id-3", options))
    assert values(handed_in(view)) == {"c": "id-3"}
    assert values(handed_in(view, c=f"Customer {count - 1}")) == {"c": f"id-{count - 1}"}


def test_a_long_choice_goes_on_in_a_second_line() -> None:
    label = "Invoice 1058 · Bröd och bullar till konferensen i november · " + "två leveranser i veckan"
    (option,) = element(opened(Field("c", "Which", "choice", "", (("v", label),))))["options"]
    assert f"{option['text']['text']} {option['description']['text']}" == label


def test_a_choice_whose_value_slack_cannot_carry_travels_with_the_window() -> None:
    long = tuple((f"{n} {'column ' * 30}", f"Column {n}") for n in range(8))
    view = opened(Field("c", "Column", "choice", "", long))
    assert values(handed_in(view, c="Column 7")) == {"c": long[7][0]}


def test_choices_beyond_what_a_window_can_carry_are_counted() -> None:
    long = tuple((f"{n} {'column ' * 100}", f"Column {n}") for n in range(8))
    view = opened(Field("c", "Column", "choice", "", long))
    assert view["blocks"][-1]["hint"]["text"] == f"and {8 - len(element(view)['options'])} more"


@given(
    st.lists(st.sampled_from(["word", "\n", "\n\n", " ", "x" * 2999, "å" * 3500, "🧁"]), max_size=12).map(
        "".join
    )
)
def test_a_text_of_any_length_comes_back_as_it_was(text: str) -> None:
    view = opened(Field("body", "Letter", "area", text))
    assert values(handed_in(view)) == {"body": text}


def test_a_text_too_long_for_one_box_says_which_part_each_is() -> None:
    view = opened(Field("body", "Letter", "area", "line\n" * 900, hint="As it is"))
    labels = [b["label"]["text"] for b in view["blocks"][1:]]
    assert labels == ["Letter (1 of 2)", "Letter (2 of 2)"]
    assert [("hint" in b) for b in view["blocks"][1:]] == [False, True]


@given(texts)
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
def test_no_text_breaks_a_window(text: str) -> None:
    view = modal(line(everywhere(text)), EN)
    check_view(view)
    assert not [part for part in parts_of(view) if part.get("type") == "mrkdwn"]
    values(handed_in(view))
