"""Flaws: what is wrong with invoices as they were written, each of which the owner can mend at the source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from bot import references
from bot.buyers import digits_of
from bot.countries import codes
from bot.countries import country as country_of
from bot.documents import Document, Party
from bot.parties import Business

SLOW_INVOICING = 14
"""Days from delivery to invoice after which the owner is told."""
LENGTH = 10
"""Digits of a Swedish company: a tax number has two more behind them, a person's number two before."""


def of_all(documents: Iterable[Document], business: Business) -> Mapping[str, tuple[str, ...]]:
    """The numbers of the invoices that have each flaw, the commonest flaw first."""
    found: dict[str, list[str]] = {}
    for document in documents:
        for flaw in of_one(document, business):
            found.setdefault(flaw, []).append(document.number)
    common = sorted(found.items(), key=lambda item: -len(item[1]))
    return {flaw: tuple(numbers) for flaw, numbers in common}


def of_one(document: Document, business: Business) -> Iterator[str]:
    """The flaws of one invoice; what it lacks is known of the invoice itself only, not of a list of them."""
    yield from _dates(document)
    yield from _odd(document, business)
    if document.seller.name:
        yield from _missing(document, business)


def _dates(document: Document) -> Iterator[str]:
    if document.due is None:
        yield "no_due"
    elif document.issued and document.due < document.issued:
        yield "due_before_issued"
    took = document.issued - document.delivered if document.issued and document.delivered else None
    if took and took.days > SLOW_INVOICING:
        yield "late_invoiced"


def _odd(document: Document, business: Business) -> Iterator[str]:
    """What is there and cannot be right."""
    if document.account and not references.valid_account(document.account, business.country):
        yield "account_odd"
    elif is_other_account(document.account, business):
        yield "account_other"
    if is_odd_reference(document.reference, business):
        yield "reference_odd"
    if document.buyer.org_no and not _number_holds(document.buyer, business):
        yield "buyer_number_odd"


def is_other_account(account: str, business: Business) -> bool:
    """Whether an invoice names another account than the business has; one may be the other's IBAN."""
    there, ours = sorted(
        (references.normalise(a) for a in (account, business.account)), key=len, reverse=True
    )
    return bool(ours) and not there.endswith(ours)


def is_odd_reference(reference: str, business: Business) -> bool:
    """Whether a payment reference is none that the bank would take."""
    checked = bool(reference) and business.scheme != "none"
    return checked and not references.recognise(reference, business.country)


def _missing(document: Document, business: Business) -> Iterator[str]:
    buyer = document.buyer
    lacks = {
        "seller_number": not document.seller.org_no,
        "buyer_name": not buyer.name,
        "buyer_number": buyer.kind == "business" and not buyer.org_no,
        "account_missing": not document.account,
        "reference_missing": business.scheme not in ("", "none") and not document.reference,
        "no_description": not document.description,
    }
    yield from (flaw for flaw, lacking in lacks.items() if lacking)


def _number_holds(party: Party, business: Business) -> bool:
    """Whether a company's number holds; of a country that is not ours it is taken as it is."""
    country = party.country[:2].upper() or business.country
    if country not in codes() or not country_of(country).number_kind:
        return True
    digits = digits_of(party.org_no)
    return any(references.number_valid(each, country) for each in (digits, digits[:LENGTH], digits[-LENGTH:]))
