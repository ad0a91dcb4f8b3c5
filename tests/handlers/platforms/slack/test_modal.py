from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.chat import Card, Field
from handlers.platforms.slack.modal import FORM, done, errors, files, modal, origin, values, working
from handlers.platforms.slack.words import words_of
from tests.handlers.platforms.slack.drawn import check_view, everywhere, line, parts_of, texts, words_in
from tests.handlers.platforms.slack.windows import asking, element, handed_in, opened

EN = words_of("en")


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
@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])
def test_no_text_breaks_a_window(text: str) -> None:
    view = modal(line(everywhere(text)), EN)
    check_view(view)
    assert not [part for part in parts_of(view) if part.get("type") == "mrkdwn"]
    values(handed_in(view))
