from __future__ import annotations

from bot.chat import Action, Field, Form
from handlers.platforms.web.forms import form_part
from handlers.platforms.web.words import own_texts

WORDS = own_texts()["en"]
THREE = (("warm", "Warm"), ("neutral", "Neutral"), ("firm", "Firm"))
SIX = (*THREE, ("a", "A"), ("b", "B"), ("c", "C"))


def shown(*fields: Field) -> str:
    return form_part(Form(Action("plan.offer"), fields, "Save", "token-9"), "7-0", WORDS, "the-secret")


def test_a_form_posts_its_token_and_the_secret_without_a_script() -> None:
    html = shown(Field("day", "Day", "date"))
    assert '<input type="hidden" name="csrf" value="the-secret">' in html
    assert '<input type="hidden" name="press" value="token-9">' in html
    assert 'method="post" action="/press" enctype="multipart/form-data"' in html


def test_a_question_has_a_label_of_its_own() -> None:
    html = shown(Field("day", "Day", "date", "2026-11-20"))
    assert '<label for="7-0-day">Day</label>' in html
    assert '<input type="date" value="2026-11-20" id="7-0-day" name="v.day" required>' in html


def test_an_error_is_tied_to_its_question() -> None:
    html = shown(
        Field("mail", "E-mail", "email", "asa@", hint="For the copy.", error="The address has no end.")
    )
    assert 'aria-invalid="true" aria-describedby="7-0-mail-error 7-0-mail-hint"' in html
    assert '<p class="error" id="7-0-mail-error">The address has no end.</p>' in html
    assert '<p class="hint" id="7-0-mail-hint">For the copy.</p>' in html


def test_few_choices_are_shown_at_once_and_many_fold_away() -> None:
    few, many = (
        shown(Field("tone", "Tone", "choice", "warm", THREE)),
        shown(Field("tone", "Tone", "choice", "b", SIX)),
    )
    assert few.count('type="radio"') == 3
    assert 'value="warm" checked required' in few
    assert "<legend>Tone</legend>" in few
    assert '<option value="b" selected>B</option>' in many


def test_a_question_that_may_stay_empty_says_so() -> None:
    html = shown(Field("note", "Note", "area", required=False))
    assert '<span class="optional"> (may be left empty)</span>' in html
    assert "required" not in html


def test_the_first_line_break_of_a_long_text_survives() -> None:
    assert ">\n\nHello</textarea>" in shown(Field("body", "Letter", "area", "\nHello"))


def test_a_file_question_never_carries_a_value() -> None:
    assert '<input type="file" id="7-0-pdf" name="v.pdf" required>' in shown(
        Field("pdf", "PDF", "file", "x.pdf")
    )
