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
from bot.claims import question
from bot.countries import country
from bot.invoices import Invoice
from bot.letters import Addition, Charge, Claim, Kind
from bot.money import Money
from bot.parties import Business
from bot.questions import Judged

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

    @property
    def additions(self) -> tuple[Addition, ...]:
        """The choices that the charges belong to."""
        return tuple(dict.fromkeys(c.addition for c in self.charges))


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


def _possible(
    kind: Kind, invoice: Invoice, told: Answer, case: Case, business: Business, *, fresh: bool
) -> Iterator[Charge]:
    """Everything that the law lets a letter ask for beyond an invoice; one letter asks for one fee."""
    national, let_off = country(business.country).currency, _let_off(case)
    earlier = _fees(told.letters, let_off)
    if earlier:
        yield Charge("earlier_fees", invoice.id, Money.of(earlier, national))
    permission = _permission(kind, told)
    if fresh and permission and permission.may_charge and permission.max_fee is not None:
        yield Charge("fee", invoice.id, Money.of(permission.max_fee, national))
    segments = _since(told.interest.segments if told.interest else (), let_off)
    if interest := accrued(segments, invoice.amount.currency):
        yield Charge("interest", invoice.id, interest, segments)
    if told.compensation is not None and not let_off:
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


def _let_off(case: Case) -> date | None:
    """The last day on which the owner let the customer off what had been added until then."""
    given = (p for p in case.promises if p.kind == "waiver" and p.state == "kept")
    return max((p.made for p in given), default=None)


def _fees(letters: Iterable[Judged], let_off: date | None) -> Decimal:
    """The lawful fees of the letters so far, but for those the customer was let off."""
    counted = (x for x in letters if let_off is None or x.letter.sent > let_off)
    return sum((x.fee for x in counted if not x.letter.earlier_invoice), Decimal(0))


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
