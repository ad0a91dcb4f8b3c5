"""Which e-invoices may be chased: by kind, means, totals and due date."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.documents import Document
from bot.money import Money
from storage.readers._collectable import collectable_of
from storage.readers._means import Means

INVOICE = Document("invoice", "1", Money(100, "NOK"), due=date(2026, 10, 31))
TRANSFER, CARD = Means("30", "", "", ""), Means("48", "", "", "")


def test_a_plain_invoice_may_be_chased() -> None:
    assert collectable_of(INVOICE, "380", [TRANSFER], agrees=True, stated=True) == ("yes", "")


@pytest.mark.parametrize("kind", ["credit_note", "reminder", "statement"])
def test_what_is_no_new_debt_is_never_chased(kind: str) -> None:
    document = replace(INVOICE, kind=kind)  # type: ignore[arg-type]  # one of Kind, by the list above
    assert collectable_of(document, "", [], agrees=True, stated=True) == ("no", kind)


@pytest.mark.parametrize(
    ("code", "means", "agrees", "due", "stated", "judged"),
    [
        ("380", [CARD], True, True, True, ("no", "card_or_debit")),
        ("380", [CARD, TRANSFER], True, True, True, ("ask", "mixed_means")),
        ("389", [TRANSFER], True, True, True, ("ask", "self_billed")),
        ("393", [TRANSFER], True, True, True, ("ask", "factored")),
        ("999", [TRANSFER], True, True, True, ("ask", "type_unknown")),
        ("380", [TRANSFER], False, True, True, ("ask", "totals_disagree")),
        ("380", [], True, False, True, ("ask", "due_impossible")),
        ("380", [], True, False, False, ("ask", "no_due_date")),
    ],
)
def test_what_is_asked_about_first(
    code: str, means: list[Means], agrees: bool, due: bool, stated: bool, judged: tuple[str, str]
) -> None:
    document = INVOICE if due else replace(INVOICE, due=None)
    assert collectable_of(document, code, means, agrees=agrees, stated=stated) == judged


def test_nothing_left_is_nothing_to_chase() -> None:
    empty = replace(INVOICE, amount=Money(0, "NOK"))
    assert collectable_of(empty, "380", [TRANSFER], agrees=True, stated=True) == ("no", "nothing_due")
