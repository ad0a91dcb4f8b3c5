from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from bot.chat import Action, Field, Form
from handlers.platforms.telegram.keys import Key
from handlers.platforms.telegram.rich import block, plain
from handlers.platforms.telegram.sheet import NONE, Sheet, new_sheet, read

TOKEN = "t" * 22
OPTIONS = (("quality", "Quality"), ("price", "Price"))
FIELDS = st.builds(
    Field,
    st.text(min_size=1, max_size=20),
    st.text(max_size=40),
    st.sampled_from(["text", "area", "date", "email", "password"]),
    st.text(max_size=80),
    hint=st.text(max_size=40),
    error=st.text(max_size=40),
    required=st.booleans(),
)


def sheet(*fields: Field) -> Sheet:
    return new_sheet(
        Form(Action("x.y"), fields, "Save", TOKEN), "en", (block("Head"),), (), (Key("Not now", "q"),)
    )


def labels(of: Sheet) -> list[str]:
    return [key.label for row in of.messages()[-1].rows for key in row]


@given(st.lists(FIELDS, min_size=1, max_size=5), st.text(max_size=50))
def test_a_sheet_is_the_same_after_it_was_kept(fields: list[Field], answer: str) -> None:
    made = sheet(*fields).answered(0, answer)
    kept = Sheet(
        **{name: getattr(made, name) for name in made.__slots__} | {"until": datetime(2027, 1, 1, tzinfo=UTC)}
    )
    assert read(kept.data()) == kept


def test_what_is_handed_in_is_every_answer_and_what_stood_there() -> None:
    made = sheet(Field("to", "To", value="a@b.example"), Field("subject", "Subject", value="Faktura"))
    assert made.answered(0, "c@d.example").values == {"to": "c@d.example", "subject": "Faktura"}


def test_each_question_has_a_button_and_the_form_one_that_hands_it_in() -> None:
    made = sheet(Field("name", "Name"), Field("day", "Day", "date", "2026-12-01"))
    assert labels(made) == ["✎ Name", "✎ Day", "Save", "Not now"]
    assert plain(made.messages()[-1].page) == "Head\n\nName: …\nDay: 2026-12-01"


def test_one_empty_question_needs_one_button_only() -> None:
    assert labels(sheet(Field("name", "Name"))) == ["Save", "Not now"]


def test_options_take_the_place_of_the_questions_until_one_is_chosen() -> None:
    made = sheet(Field("why", "Why", "choice", "price", OPTIONS), Field("name", "Name"))
    choosing = replace(made, choosing=0)
    assert labels(choosing) == ["Quality", "● Price", "‹ Back", "Save", "Not now"]
    assert labels(choosing.answered(0, "quality")) == labels(made)


def test_a_choice_that_is_all_there_is_shows_its_options_at_once() -> None:
    assert labels(sheet(Field("why", "Why", "choice", options=OPTIONS))) == [
        "Quality",
        "Price",
        "Save",
        "Not now",
    ]


def test_what_is_wrong_or_missing_is_asked_first() -> None:
    made = sheet(Field("name", "Name", value="Åsa"), Field("day", "Day", value="31.2.", error="No such day."))
    assert made.wanting() == 1
    assert "! No such day." in plain(made.messages()[-1].page)
    mended = made.answered(1, "28.2.")
    assert mended.wanting() == NONE
    assert "No such day." not in plain(mended.messages()[-1].page)


def test_a_password_is_not_repeated() -> None:
    made = sheet(Field("key", "Password", "password")).answered(0, "hunter2")
    assert "hunter2" not in plain(made.messages()[-1].page)
