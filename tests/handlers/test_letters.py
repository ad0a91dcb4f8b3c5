"""Letters: the draft on the table, its tone, the owner's own words, and putting it away."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.chat import Form
from tests.handlers.talk import Talk


@pytest.fixture
def draft(talk: Talk) -> Talk:
    talk.says("Kuusi")
    talk.presses("Draft")
    return talk


def body(talk: Talk) -> str:
    with talk.books() as books:
        letter = books.letters.draft("kuusi")
    assert letter
    return letter.body


def test_the_draft_shows_its_figures_its_tone_and_why(draft: Talk) -> None:
    said = "\n".join(line.card.text for line in draft.lines())
    assert "Warm tone: Kahvila Kuusi Oy has never been late before." in said
    facts = {f.label: f.value for line in draft.lines() for f in line.card.facts}
    assert facts["Invoices"] == "1055" and "1,450" in facts["Amount"]


def test_the_draft_says_that_a_reference_it_names_is_none_that_the_bank_takes(home: Path) -> None:
    talk = Talk.about(home, empty=True)
    head = "Customer;Email;Invoice no;Issued;Due date;Amount;Currency;OCR;Description;Language\n"
    row = "Hotel Aurora;bella@aurora.example;{0};2026-10-12;2026-11-11;900,00;SEK;{1};Bread;sv\n"
    talk.drops("open.csv", head + row.format("3041", "30410") + row.format("1042", "10421"))
    talk.presses("Take it in")
    talk.presses("Follow up all")
    talk.says("Aurora")
    talk.presses("Draft")
    told = [c.text for line in talk.lines() if line.card.paper for c in line.card.checks]
    assert [each for each in told if "check digit" in each] == [
        "The payment reference of 3041 has a wrong check digit: 30410."
    ]


def test_another_tone_keeps_the_facts_and_takes_the_drafts_place(draft: Talk) -> None:
    warm, lines = body(draft), len(draft.lines())
    draft.presses("Firmer")
    neutral = body(draft)
    assert warm != neutral and len(draft.lines()) == lines
    assert all("1055" in text and "10553" in text.replace(" ", "") for text in (warm, neutral))
    draft.presses("Warmer")
    assert body(draft) == warm


def test_the_owners_own_words_are_kept_and_their_tone_is_not_changed_any_more(draft: Talk) -> None:
    draft.presses("Edit")
    form = draft.part("Save")
    assert isinstance(form, Form)
    written = next(f.value for f in form.fields if f.name == "body")
    draft.presses("Save", body=written.replace("Hei Aino", "Hei rakas Aino"))
    assert "Hei rakas Aino" in body(draft)
    with pytest.raises(AssertionError, match="no button 'Firmer'"):
        draft.part("Firmer")


def test_a_text_without_the_amount_cannot_be_approved_until_it_is_mended(draft: Talk) -> None:
    whole = body(draft)
    draft.presses("Edit")
    draft.presses("Save", body="Hei Aino, maksa pian.")
    with pytest.raises(AssertionError, match="no button 'Approve'"):
        draft.part("Approve")
    draft.presses("Edit")
    draft.presses("Save", body=whole)
    assert draft.part("Approve").token


def test_an_address_named_in_a_letter_is_remembered_where_there_was_none(talk: Talk) -> None:
    talk.says("Kuusi")
    talk.presses("Contact")
    talk.presses("Save", email="")
    talk.presses("Draft")
    talk.presses("Edit")
    talk.presses("Save", to="aino@kuusi.example")
    with talk.books() as books:
        assert books.customers.get("kuusi").to == "aino@kuusi.example"


def test_a_draft_put_away_sends_nothing_and_may_be_drafted_again(draft: Talk) -> None:
    draft.presses("Not now")
    with draft.books() as books:
        assert [x.state for x in books.letters.of("kuusi")] == ["withdrawn"]
    assert draft.presses("Draft")


def test_a_draft_that_another_took_the_place_of_cannot_be_edited(draft: Talk) -> None:
    old = draft.part("Edit")
    draft.says("Kuusi")
    draft.presses("Draft")
    assert "was put away" in draft.acts(old.action.verb, old.action.subject)


def test_words_the_review_minds_can_be_kept_on_purpose_but_a_wrong_figure_cannot(draft: Talk) -> None:
    whole = body(draft)
    draft.presses("Edit")
    draft.presses("Save", body=f"{whole}\n\nOlet laiminlyönyt maksun.")
    with pytest.raises(AssertionError, match="no button 'Approve'"):
        draft.part("Approve")
    draft.presses("Keep my words")
    draft.part("Approve")
    draft.presses("Edit")
    draft.presses("Save", body=whole.replace("10553", "10554"))
    with pytest.raises(AssertionError, match="no button 'Keep my words'"):
        draft.part("Keep my words")


def test_what_is_too_long_for_a_letter_is_said_so_and_the_draft_stays_as_it_was(talk: Talk) -> None:
    talk.says("Norrsken")
    talk.presses("Draft")
    with talk.books() as books:
        before = books.letters.draft("norrsken")
    talk.presses("Edit")
    assert "too long for a letter" in talk.refused("Save", body="1 " * 50_000)
    with talk.books() as books:
        assert books.letters.draft("norrsken") == before
