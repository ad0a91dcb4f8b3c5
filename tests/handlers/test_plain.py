"""Cards as plain text."""

from __future__ import annotations

from bot.chat import Action, Button, Card, Check, Item, Rule
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


def test_the_law_stands_below_the_checks_each_step_with_its_source() -> None:
    law = (
        Rule("A reminder today."),
        Rule("A reminder is free.", "Debt Act § 5"),
        Rule("A fee from Friday.", "Debt Act § 9", open=False),
    )
    card = Card("Late.", checks=(Check("ok", "Complete."),), law=law, items=(Item("Havet"),))
    assert text_of(card).splitlines() == [
        "Late.",
        "✓ Complete.",
        "§ A reminder today.",
        "  ● A reminder is free. · Debt Act § 5",
        "  ○ A fee from Friday. · Debt Act § 9",
        "  Havet",
    ]


def test_cards_that_follow_stand_apart() -> None:
    assert text_of(Card("One.", more=(Card("Two."),))) == "One.\n\nTwo."
