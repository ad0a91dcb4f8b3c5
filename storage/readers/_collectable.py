"""Whether a customer may be reminded of an e-invoice, by its kind (UNCL 1001), its means and its totals."""

from __future__ import annotations

from collections.abc import Sequence

from bot.documents import Collectable, Document
from storage.readers._means import Means

CREDIT_TYPES = {"81", "83", "261", "262", "296", "381", "396", "532"}
INVOICE_TYPES = {"", *"80 82 84 326 380 383 384 386 388 394 395 575 623 780 875 876 877".split()}
ASK_FIRST = {"389": "self_billed", "393": "factored"}
NOT_A_CLAIM = {"325", "751"}
"""A pro-forma invoice; figures for the books only."""


def collectable_of(
    document: Document, code: str, means: Sequence[Means], agrees: bool, stated: bool
) -> tuple[Collectable, str]:
    """Whether the customer may be reminded of it, and if not freely, why.

    `agrees`: its totals do. `stated`: a due date is written, though it may be an impossible one.
    """
    kind = document.kind
    if kind in ("credit_note", "reminder", "statement"):
        return "no", kind
    if kind == "other":
        return "no", "pro_forma"
    if not document.amount:
        return "no", "nothing_due"
    if means and not any(m.is_transfer for m in means):
        return "no", "card_or_debit"
    doubts = {
        "payment_request": kind == "payment_request",
        ASK_FIRST.get(code, ""): code in ASK_FIRST,
        "type_unknown": code not in INVOICE_TYPES and code not in ASK_FIRST,
        "mixed_means": any(not m.is_transfer for m in means),
        "totals_disagree": not agrees,
        "due_impossible": stated and document.due is None,
        "no_due_date": not stated and document.due is None,
    }
    doubt = next((why for why, there in doubts.items() if there), "")
    return ("ask", doubt) if doubt else ("yes", "")
