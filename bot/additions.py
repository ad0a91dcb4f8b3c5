"""Additions: what a letter may ask for beyond its invoices, by the law and by the business's choice."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from bot import law
from bot.answers import Answer, Permission
from bot.cases import Case
from bot.charges import Segment, accrued, together
from bot.claims import fee_of, letters_about, question
from bot.countries import country
from bot.invoices import Invoice
from bot.letters import ADDITIONS, Addition, Charge, Claim, Kind
from bot.money import Money
from bot.parties import Business
from bot.promises import let_off

UNSURE: dict[str, tuple[str, ...]] = {
    "interest": ("interest",),
    "compensation": ("compensation", "charges"),
    "demand": ("demand",),
    "final_notice": ("final_notice",),
    "reminder": ("reminder",),
}
"""By part, the names under which the law calls it unsure. A due date that was moved only helps the debtor."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a letter asks for beyond its invoices, and what it might ask for if the owner checks it first.

    `left_out` is lawful and sure, and the owner took it out; `missing`: a figure for it is not verified.
    """

    charges: tuple[Charge, ...] = ()
    doubtful: tuple[Charge, ...] = ()
    left_out: tuple[Charge, ...] = ()
    missing: tuple[Addition, ...] = ()


def propose(
    kind: Kind,
    claims: Collection[Claim],
    case: Case,
    business: Business,
    day: date,
    wanted: Collection[Addition] | None = None,
) -> Proposal:
    """What a letter of a kind sent on a day may ask for beyond these claims; `wanted` is the owner's choice.

    Never more than the business has turned on; without a choice, nothing that the law is unsure of.
    """
    by_id = {i.id: i for i in case.invoices}
    charges: list[Charge] = []
    doubtful: list[Charge] = []
    left_out: list[Charge] = []
    missing: list[Addition] = []
    for claim in claims:
        asked = question(by_id[claim.invoice], case, business, day)
        told = law.ask(asked)
        if UNTOUCHED & set(told.refusals):
            continue
        fresh = not any(c.kind == "fee" for c in charges)
        found = tuple(_possible(kind, by_id[claim.invoice], told, case, business, fresh=fresh))
        found = tuple(c for c in found if c.addition in business.charges)
        unsure = _unsure(kind, told)
        chosen = [c for c in found if (c.addition in wanted if wanted is not None else c.kind not in unsure)]
        charges += _set_off(chosen, business)
        doubtful += [c for c in found if c not in chosen and c.kind in unsure]
        left_out += [c for c in found if c not in chosen and c.kind not in unsure]
        missing += _missing(told, asked.consumer, business)
    return Proposal(tuple(charges), tuple(doubtful), tuple(left_out), tuple(dict.fromkeys(missing)))


def toggled(inside: Collection[Addition], addition: str, *, put_in: bool) -> tuple[Addition, ...]:
    """The additions of a letter once one of them is put in or taken out."""
    return tuple(a for a in ADDITIONS if (a == addition and put_in) or (a in inside and a != addition))


def at_first(kind: Kind, level: int) -> tuple[Addition, ...] | None:
    """What a letter adds unless the owner says otherwise: nothing in the first, for most only forgot."""
    return () if kind == "reminder" and level <= 1 else None


def per_kind(charges: Iterable[Charge]) -> tuple[Charge, ...]:
    """One charge for each kind and currency, in the order they come in a letter."""
    sums: dict[tuple[str, str], Charge] = {}
    for each in charges:
        key = (each.kind, each.amount.currency)
        before = sums.get(key)
        total = before.amount + each.amount if before else each.amount
        sums[key] = Charge(each.kind, "", total)
    return tuple(sums[key] for key in sorted(sums, key=lambda key: ORDER.index(key[0])))


UNTOUCHED = frozenset({"currency_mixed", "disputed", "disputed_part"})
"""Nothing is added to a claim in another currency than fees are in, nor while any of it is contested."""
ORDER = ("earlier_fees", "fee", "interest", "compensation")


def so_far(invoice: Invoice, told: Answer, case: Case, business: Business) -> tuple[Charge, ...]:
    """What the law lets one ask for beyond an invoice without another letter, but for what was let off."""
    return tuple(_set_off([*_until_now(invoice, told, case, business)], business))


def _possible(
    kind: Kind, invoice: Invoice, told: Answer, case: Case, business: Business, *, fresh: bool
) -> Iterator[Charge]:
    """Everything that the law lets a letter ask for beyond an invoice; one letter asks for one fee."""
    permission = _permission(kind, told)
    if fresh and permission and permission.may_charge and permission.max_fee is not None:
        national = country(business.country).currency
        yield Charge("fee", invoice.id, Money.of(permission.max_fee, national))
    yield from _until_now(invoice, told, case, business)


def _until_now(invoice: Invoice, told: Answer, case: Case, business: Business) -> Iterator[Charge]:
    if "country_unsupported" in told.refusals:
        return
    national, until = country(business.country).currency, let_off(case.promises, invoice.id)
    if earlier := _fees(invoice, told, case, until):
        yield Charge("earlier_fees", invoice.id, Money.of(earlier, national))
    segments = _since(told.interest.segments if told.interest else (), until)
    if interest := accrued(segments, invoice.amount.currency):
        yield Charge("interest", invoice.id, interest, segments)
    if told.compensation is not None and not until:
        yield Charge("compensation", invoice.id, Money.of(told.compensation, national))


def _permission(kind: Kind, told: Answer) -> Permission | None:
    match kind:
        case "reminder":
            return told.reminder
        case "final_notice":
            return told.final_notice
        case "demand":
            return told.demand
    return None


def _fees(invoice: Invoice, told: Answer, case: Case, until: date | None) -> Decimal:
    """The lawful fees that letters so far asked for on this invoice, but for those it was let off."""
    judged = zip(letters_about(invoice, case), told.letters, strict=True)
    mine = ((x, y) for x, y in judged if (fee := fee_of(x)) and fee.invoice == invoice.id)
    return sum((y.fee for x, y in mine if until is None or x.went_on > until), Decimal(0))


def _since(segments: Iterable[Segment], let_off: date | None) -> tuple[Segment, ...]:
    """The stretches of interest after the day on which the customer was let off what had run until then."""
    if let_off is None:
        return tuple(segments)
    begins = let_off + timedelta(days=1)
    return tuple(replace(s, start=max(s.start, begins)) for s in segments if s.end >= begins)


def _unsure(kind: Kind, told: Answer) -> frozenset[str]:
    """The kinds of charge that rest on a reading or an unsettled point."""
    found = {part for part, names in UNSURE.items() if any(name in told.unsure for name in names)}
    return frozenset({"fee"} if kind in found else ()) | (found & {"interest", "compensation"})


def _set_off(charges: list[Charge], business: Business) -> list[Charge]:
    """Fees and compensation of one invoice as the country has it: both, or the larger alone."""
    home = country(business.country).law
    flat = next((c for c in charges if c.kind == "compensation"), None)
    if home is None or flat is None or home.compensation_adds:
        return charges
    fees = sum((c.amount.decimal for c in charges if c.addition == "fee"), Decimal(0))
    larger = together(fees, int(flat.amount.decimal), home)
    dropped = "compensation" if larger == fees else "fee"
    return [c for c in charges if c.addition != dropped]


def _missing(told: Answer, consumer: bool, business: Business) -> Iterator[Addition]:
    """What was to be added but has no verified figure."""
    if "rate_missing" not in told.refusals:
        return
    if told.interest is None and "interest" in business.charges:
        yield "interest"
    if told.owed.charges is None and "compensation" in business.charges and not consumer:
        yield "compensation"
