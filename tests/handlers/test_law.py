"""The law in the chat: the compass on cards, asked for in words, and in drafts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.handlers.talk import Talk


@pytest.fixture
def charging(talk: Talk) -> Talk:
    """The bakery has turned everything on."""
    with talk.books() as books:
        books.save_business(
            replace(
                books.business,
                charges=("fee", "interest", "compensation"),
                terms_agreed=True,
                fee_agreed=True,
                final_notice=True,
            )
        )
    return talk


def test_the_card_of_who_is_late_says_what_the_law_allows_today_first_in_one_sentence(talk: Talk) -> None:
    talk.says("Norrsken")
    first, *steps = talk.card().law
    assert first.text.startswith("The law today: ")
    assert any(rule.open and rule.source == "inkassolagen 5 §, 6 §" for rule in steps)
    assert any("You have not turned fees on." in rule.text for rule in steps)


def test_the_law_of_an_invoice_is_asked_for_in_words_with_what_is_owed(charging: Talk) -> None:
    said = charging.says("law 1058")
    assert "not legal advice" in said
    card = charging.card()
    assert [item.title.split(" ")[0] for item in card.items] == ["1058"]
    assert "450" in card.items[0].text  # the compensation between businesses
    assert card.items[0].amount


def test_the_law_of_somebody_who_owes_nothing_late_is_refused_in_words(talk: Talk) -> None:
    assert "no customer" in talk.says("law 99999")


def test_the_first_letter_adds_nothing_until_the_owner_puts_it_in_and_it_can_come_out_again(
    charging: Talk,
) -> None:
    charging.acts("letter.draft", "norrsken")
    with charging.books() as books:
        fresh = books.letters.draft("norrsken")
        assert fresh is not None
        assert fresh.charges == ()
    charging.presses("Add compensation")
    with charging.books() as books:
        draft = books.letters.draft("norrsken")
        assert draft is not None
        assert [c.kind for c in draft.charges] == ["compensation", "compensation"]
        assert "Förseningsersättning" in draft.body
    charging.presses("No compensation")
    with charging.books() as books:
        draft = books.letters.draft("norrsken")
        assert draft is not None
        assert draft.charges == ()
        assert "Förseningsersättning" not in draft.body


def test_words_of_the_owner_s_own_are_not_written_over_by_an_old_button(charging: Talk) -> None:
    charging.acts("letter.draft", "norrsken")
    with charging.books() as books:
        draft = books.letters.draft("norrsken")
        assert draft is not None
        books.letters.save(replace(draft, edited=True, body="My own words"))
    charging.acts("letter.charge", draft.id, "with|fee")
    with charging.books() as books:
        kept = books.letters.draft("norrsken")
        assert kept is not None
        assert kept.body == "My own words"
