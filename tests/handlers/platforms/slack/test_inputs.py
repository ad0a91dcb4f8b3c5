from __future__ import annotations

import pytest

from bot.chat import Field
from handlers.platforms.slack.modal import values
from tests.handlers.platforms.slack.windows import element, handed_in, opened


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
