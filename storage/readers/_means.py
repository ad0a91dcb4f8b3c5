"""How a UBL document may be paid: of several means, the one a customer can transfer to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from storage.readers._xml import Element, children, text

NOT_A_TRANSFER = {"48", "49", "54", "55", "59", "68"}
"""UNCL 4461: cards, direct debit, online services."""

CARD_TYPE = {"50", "93"}
"""Danish giro and FIK slips, where PaymentID is the card type and InstructionID the reference."""

BANK_AND_BRANCH = "DK:BANK"
"""The channel whose account number is not whole without its branch (registreringsnummer)."""


@dataclass(frozen=True, slots=True)
class Means:
    """One way to pay: its reference, account and due date belong together."""

    code: str
    reference: str
    account: str
    due: str

    @property
    def is_transfer(self) -> bool:
        """Whether the customer pays by themselves, from their bank."""
        return self.code not in NOT_A_TRANSFER


def means_of(root: Element) -> list[Means]:
    """All that a document offers."""
    return [_means(element) for element in children(root, "PaymentMeans")]


def best(means: Sequence[Means]) -> Means:
    """A transfer before anything else, then one with a reference, then one with an account."""
    return max(
        means,
        key=lambda m: (m.is_transfer, bool(m.reference), bool(m.account)),
        default=Means("", "", "", ""),
    )


def _means(element: Element) -> Means:
    code = text(element, "PaymentMeansCode")
    account = _account(element)
    return Means(code, _reference(element, code, account), account, text(element, "PaymentDueDate"))


def _reference(element: Element, code: str, account: str) -> str:
    payment, instruction = text(element, "PaymentID"), text(element, "InstructionID")
    if code not in CARD_TYPE:
        return instruction or payment
    return f"+{payment}<{instruction}+{account}<" if instruction else ""


def _account(element: Element) -> str:
    own = text(element, "PayeeFinancialAccount", "ID") or text(element, "CreditAccount", "AccountID")
    branch = text(element, "PayeeFinancialAccount", "FinancialInstitutionBranch", "ID")
    if own and branch.isdigit() and text(element, "PaymentChannelCode") == BANK_AND_BRANCH:
        own = branch + own
    return "".join(own.split())
