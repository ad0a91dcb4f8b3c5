"""Cards as plain text."""

from __future__ import annotations

from bot.chat import Action, Button, Card, Check, Item
from handlers.plain import text_of


def test_a_card_is_lines_with_its_amounts_in_a_column_and_nothing_to_press() -> None:
    card = Card(
        "Two customers.",
        title="Wednesday",
        checks=(Check("ok", "Complete."), Check("stop", "It bounced.")),
        items=(Item("Café", "late", "SEK 4,125"), Item("Havet", amount="SEK 20")),
        buttons=(Button("Open", Action("customer.show")),),
        foot="Nothing is sent.",
    )
    assert text_of(card).splitlines() == [
        "Wednesday",
        "Two customers.",
        "✓ Complete.",
        "! It bounced.",
        "SEK 4,125  Café · late",
        "   SEK 20  Havet",
        "Nothing is sent.",
    ]


def test_cards_that_follow_stand_apart() -> None:
    assert text_of(Card("One.", more=(Card("Two."),))) == "One.\n\nTwo."
