"""The owner's own words for a kind of letter: tried, reviewed, kept, used in every new draft, taken back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.chat import Card
from bot.history import Event
from bot.letters import Letter
from bot.model import Model
from bot.parties import LANGUAGES
from handlers.desk import rewording, trials
from messages.languages import language
from tests.handlers.talk import Talk

SUBJECT = "[Invoices] from the bakery"
OURS = "It may simply have slipped through."
THEIRS = "The ovens are warm and we think of you."
OWN = f"""[greeting]

{THEIRS} [Invoices] for [amount] in all: still open.
Could you pay by [pay-by day]?

[invoice list]
[how to pay]

Reply to this email if something isn't right. Otherwise [next step].

[best wishes]"""
MINE = (
    "The customer gets this in Swedish, in your words. "
    "This is how mine would read in English; your own words may differ:"
)
HOMES = {"nb": "NO", "sv": "SE", "da": "DK", "fi": "FI", "en": "NO"}
"""A country of each language."""
NEEDED = ("[invoice list]", "[how to pay]", "[pay-by day]", "[next step]", "[best wishes]")


@pytest.fixture
def english(talk: Talk) -> Talk:
    """Café Norrsken reads English."""
    with talk.books() as books:
        books.customers.save(replace(books.customers.get("norrsken"), language="en"))
    return talk


def draft(talk: Talk, tone: str = "warm") -> Letter:
    """A fresh draft to the café in a tone."""
    talk.acts("letter.draft", "norrsken")
    letter = waiting(talk)
    if letter.tone != tone:
        talk.acts("letter.tone", letter.id, tone)
    return waiting(talk)


def waiting(talk: Talk) -> Letter:
    with talk.books() as books:
        letter = books.letters.draft("norrsken")
    assert letter
    return letter


def preview(talk: Talk, text: str = OWN, subject: str = SUBJECT, which: str = "warm.en") -> Card:
    talk.acts("wording.preview", which, own_subject=subject, own_text=text)
    return talk.card()


def labels(card: Card) -> set[str]:
    return {button.label for button in card.buttons}


def said(card: Card, state: str) -> list[str]:
    return [check.text for check in card.checks if check.state == state]


def events(talk: Talk) -> dict[str, Event]:
    with talk.books() as books:
        return {e.kind: e for e in books.history.all() if e.kind in ("worded", "unworded")}


def test_from_the_settings_to_a_draft_in_their_own_words_and_back(english: Talk) -> None:
    english.says("settings")
    english.presses("Your own letters")
    assert [item.text for item in english.card().items] == ["In my words"] * 4
    english.acts("wording.form", "warm.en")
    form = english.card().form
    assert form
    english.presses("See how it looks", own_text=form.fields[1].value.replace(OURS, THEIRS))
    shown = english.card().paper
    assert shown
    assert THEIRS in shown.body
    assert "[" not in shown.body
    english.presses("Use this")
    assert [item.text for item in english.card().items] == ["In your words", *["In my words"] * 3]
    assert THEIRS in draft(english).body
    english.acts("wording.form", "warm.en")
    english.presses("Back to mine")
    assert THEIRS not in draft(english).body
    assert {e.data["what"] for e in events(english).values()} == {"Warm reminder (English)"}
    assert {*events(english)} == {"worded", "unworded"}


def test_what_was_tried_can_be_changed_on(english: Talk) -> None:
    preview(english)
    english.presses("Change")
    form = english.card().form
    assert form
    assert [field.value for field in form.fields] == [SUBJECT, OWN]


@pytest.mark.parametrize("mark", NEEDED)
def test_a_text_without_a_part_that_must_be_there_is_told_which_and_not_kept(talk: Talk, mark: str) -> None:
    card = preview(talk, OWN.replace(mark, ""))
    assert said(card, "stop") == [f"The letter lacks {mark}. Put it back, and I can use your text."]
    assert "Use this" not in labels(card)
    talk.acts("wording.keep", "warm.en", f"{SUBJECT}\n{OWN.replace(mark, '')}")
    with talk.books() as books:
        assert books.wordings.find("reminder", "warm", "en") is None


@pytest.mark.parametrize(
    "words",
    ["You failed to pay.", "A fee of SEK 99 follows.", "Pay {{ amount }}.", "Pay [[amount]] now.", "{%"],
)
def test_what_the_review_minds_stops_the_words(talk: Talk, words: str) -> None:
    card = preview(talk, OWN.replace(THEIRS, words))
    assert bool(said(card, "stop")) == ("Use this" not in labels(card))
    assert said(card, "stop") or words == "{%"


def test_advice_and_brackets_that_are_no_mark_are_told_and_do_not_stop(talk: Talk) -> None:
    card = preview(talk, OWN.replace(THEIRS, "Kindly look at this [ovens]."))
    assert "Use this" in labels(card)
    assert any("Kindly" in each for each in said(card, "look"))
    assert "[ovens] isn't a mark I know, so it stays as it is." in said(card, "look")
    assert card.paper
    assert "Kindly look at this [ovens]." in card.paper.body


def test_a_text_longer_than_a_letter_is_not_kept(talk: Talk) -> None:
    card = preview(talk, OWN + " [more]" * 1000)
    assert "Use this" not in labels(card)
    assert len(card.checks) == 1, "nothing else in it is looked at, which takes long in a very long text"


def test_a_subject_that_is_too_long_is_told_apart_from_the_text(talk: Talk) -> None:
    card = preview(talk, OWN, "x" * 201)
    assert said(card, "stop") == ["The subject is too long. Keep it under 200 characters."]
    assert "Use this" not in labels(card)


def test_the_latest_draft_of_that_kind_shows_how_it_looks(english: Talk) -> None:
    letter = draft(english)
    card = preview(english)
    assert card.paper
    assert "Nils" in card.paper.body
    assert all(number in card.paper.body for number in _numbers(english, letter))


def _numbers(talk: Talk, letter: Letter) -> set[str]:
    with talk.books() as books:
        return {i.number for i in books.invoices.among([c.invoice for c in letter.claims])}


def test_a_letter_that_asks_for_more_than_the_words_allow_is_in_ours_and_says_so(english: Talk) -> None:
    preview(english)
    english.presses("Use this")
    with english.books() as books:
        added = replace(books.business, charges=("fee",), terms_agreed=True, fee_agreed=True)
        books.save_business(added)
    english.acts("letter.charge", draft(english).id, "with|fee")
    letter = waiting(english)
    assert letter.charges
    assert THEIRS not in letter.body
    english.acts("letter.show", letter.id)
    assert any("your own words for this letter" in each for each in said(english.card(), "look"))
    english.acts("letter.charge", letter.id, "without|fee")
    assert THEIRS in waiting(english).body
    assert not any("your own words" in each for each in said(english.card(), "look"))


def test_another_tone_or_language_is_in_its_own_words(english: Talk) -> None:
    preview(english)
    english.presses("Use this")
    assert THEIRS not in draft(english, "firm").body
    with english.books() as books:
        books.customers.save(replace(books.customers.get("norrsken"), language="nb"))
    assert THEIRS not in draft(english).body


def test_a_letter_written_by_hand_stays_as_it_is(english: Talk) -> None:
    letter = draft(english)
    english.acts("letter.save", letter.id, body=f"{letter.body}\n\nPS: new bread.")
    preview(english)
    english.presses("Use this")
    assert waiting(english).body.endswith("PS: new bread.")


@pytest.mark.parametrize("group", trials.GROUPS)
@pytest.mark.parametrize("code", LANGUAGES)
def test_our_own_words_with_marks_can_be_kept_as_they_are_in_every_language(
    code: str, group: str, tmp_path: Path
) -> None:
    talk = Talk.about(tmp_path, language=code)
    with talk.books() as books:
        books.save_business(replace(books.business, country=HOMES[code]))
    talk.acts("wording.list", group, code)
    rows = talk.card().items
    for row in rows:
        assert row.button
        talk.acts("wording.form", row.button.action.subject)
        talk.presses(str(language(code).find("wordings.preview")))
        assert talk.card().checks == (), row.title
        talk.presses(str(language(code).find("wordings.keep")))
    own = language(code).find("wordings.own")
    assert [item.text for item in talk.card().items] == [own] * len(rows)


@pytest.mark.parametrize(("code", "last"), [("nb", 6), ("sv", 5), ("da", 5), ("fi", 5), ("en", 4)])
def test_letters_are_listed_a_few_at_a_time_the_laws_own_where_the_law_is(
    code: str, last: int, tmp_path: Path
) -> None:
    talk = Talk.about(tmp_path, language="en")
    with talk.books() as books:
        books.save_business(replace(books.business, country=HOMES[code]))
    talk.acts("wording.list", value=code)
    talk.presses("More letters")
    lists = talk.card().items
    assert [len(each.text.split(" · ")) for each in lists] == [6, 5, last, 4]
    assert [each.button.label for each in lists if each.button] == ["Show"] * 4
    talk.acts("wording.list", "further", code)
    letters = [row.title for row in talk.card().items]
    assert letters == lists[-2].text.split(" · ")
    assert ("Norwegian payment demand" in letters) == (code == "nb")
    assert ("Last letter before collection" in letters) == (code != "en")


def test_a_promise_is_confirmed_in_their_words_and_a_deferral_in_its_own(english: Talk) -> None:
    text = "[greeting]\n\nGood, [amount] by [pay-by day]. The oven stays warm.\n\n[amounts and account]\n\n"
    english.acts("wording.keep", "promise.en", f"Agreed\n{text}[best wishes]")
    assert [row.text for row in english.card().items] == ["In your words", *["In my words"] * 5]
    english.acts("promise.add", "norrsken", day="4 December")
    english.presses("Write it")
    assert "by Friday 4 December 2026. The oven stays warm." in waiting(english).body
    with english.books() as books:
        promise = books.promises.of("norrsken")[-1]
        books.promises.save(replace(promise, kind="deferral"))
    english.acts("promise.confirm", promise.id)
    assert "That's fine: the new due date" in waiting(english).body


def test_a_final_notice_without_what_the_law_asks_for_is_told_so_and_not_kept(tmp_path: Path) -> None:
    talk = Talk.about(tmp_path, language="sv")
    ours = language("sv").table("wordings.start.by_law")["body"]
    for mark in ("[det lagen kräver]", "[belopp och konto]"):
        card = preview(talk, ours.replace(mark, ""), "[ämne]", "final_notice.sv")
        said_so = f"Brevet saknar {mark}. Sätt tillbaka det, så kan jag använda texten."
        assert said(card, "stop") == [said_so]
        assert "Använd det här" not in labels(card)


def test_beside_their_words_stands_what_ours_say_in_their_language(talk: Talk) -> None:
    ours = language("sv").table("wordings.start.warm")
    talk.acts("wording.preview", "warm.sv", own_subject=ours["subject"], own_text=f"{ours['body']}\n\nUgnen.")
    beside = talk.card()
    assert beside.text == MINE
    assert beside.paper and "Could you pay it by" in beside.paper.body and "Ugnen" not in beside.paper.body
    talk.presses("Use this")
    talk.acts("letter.draft", "norrsken")
    if "Ugnen." not in waiting(talk).body:
        talk.acts("letter.tone", waiting(talk).id, "warm")
        talk.acts("letter.show", waiting(talk).id)
    assert "Ugnen." in waiting(talk).body
    assert talk.card().text == MINE and talk.card().subject == "norrsken"
    talk.acts("wording.reset", "warm.sv")
    talk.acts("letter.again", waiting(talk).id)
    talk.acts("letter.show", waiting(talk).id)
    assert talk.card().text == "The customer gets this in Swedish. In English it says:"


def test_a_thank_you_is_in_their_words_too(english: Talk) -> None:
    text = "[greeting]\n\n[Amount] for [invoices] came on [day it came]. Enjoy a bun on us.\n\n[best wishes]"
    card = preview(english, text.replace("[day it came]", ""), "Thank you", "thanks.en")
    assert said(card, "stop") == ["The letter lacks [day it came]. Put it back, and I can use your text."]
    assert said(preview(english, f"{text} [invoice list]", "Thank you", "thanks.en"), "look") == [
        "[invoice list] isn't a mark I know, so it stays as it is."
    ]
    preview(english, text, "Thank you", "thanks.en")
    english.presses("Use this")
    with english.books() as books:
        payment = books.payments.of("norrsken")[-1].id
    english.acts("payment.thank", payment)
    assert "Enjoy a bun on us." in waiting(english).body


def test_a_model_sees_as_little_of_their_words_as_of_what_they_write_by_hand(english: Talk) -> None:
    preview(english, OWN.replace(THEIRS, "Petra asked about it."))
    english.presses("Use this")
    letter = draft(english)
    assert "Petra asked about it." in letter.body
    model = Model(site="model.example", name="small")
    with english.desk() as desk:
        desk.books.save_business(replace(desk.business, model=True))
        task = rewording.task(letter, "Åsa Lind", replace(desk, model=model))
    assert "Petra" not in str(task.question.data)
    assert "Reply to this email" in str(task.question.data)


def test_a_button_for_a_letter_that_is_not_written_here_leads_to_one_that_is(talk: Talk) -> None:
    talk.acts("wording.form", "demand.nb")
    assert talk.card().title == "Warm reminder"
    talk.acts("wording.preview", "final_notice.en", own_subject="Pay", own_text="Pay")
    assert any("[invoice list]" in each for each in said(talk.card(), "stop"))
