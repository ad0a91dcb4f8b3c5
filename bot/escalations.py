"""Escalations: claims that leave the ladder, handed over or written off, and what stands in the way."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from bot import cases
from bot.cases import Case
from bot.claims import answers
from bot.errors import Refusal
from bot.invoices import Invoice, is_open, outstanding
from bot.letters import Claim
from bot.matching import Incoming, Owed, matches
from bot.money import Money
from bot.parties import Business

Kind = Literal["hand_over", "write_off"]
Reason = Literal["cannot_pay", "small", "goodwill", "no_proof", "barred", "other"]
REASONS: tuple[Reason, ...] = ("cannot_pay", "small", "goodwill", "no_proof", "barred", "other")
"""Why a claim is written off, in the order in which the reasons are offered."""
LONGEST_NAME = 80
"""How many characters an agency's name may have."""
IN_THE_WAY = frozenset({"reply", "letter_pending", "promise", "deferral", "waiver", "offer", "plan"})
"""The blocks behind which somebody waits for us, or we for them; a pause is the owner's own to end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalation:
    """Some claims that left the ladder on a day, and by whose word.

    `claims` are what was open then; `left` is what the agency was last said to be left of them. `to` is the
    agency; `reason` and `words` why a claim was written off; `pack` the evidence that went along. `ended`:
    since when the claims are the owner's own matter again.
    """

    id: str
    customer: str
    kind: Kind
    day: date
    by: str
    claims: tuple[Claim, ...]
    left: tuple[Claim, ...] = ()
    to: str = ""
    reason: Reason | Literal[""] = ""
    words: str = ""
    pack: str = ""
    ended: date | None = None


@dataclass(frozen=True, slots=True)
class Moved:
    """What came in on an invoice since its agency last heard of it, below nothing when taken back."""

    invoice: Invoice
    came: Money
    left: Money


def leaving(case: Case, today: date, country: str, only: Collection[str] = ()) -> tuple[Invoice, ...]:
    """The late claims that are still the owner's to decide on, of some invoices or of all."""
    late = (i for i in cases.late(case, today, country) if i.state == "open")
    found = tuple(i for i in late if not only or i.id in only)
    if not found:
        raise Refusal("nothing_late", customer=case.customer.name)
    return found


def uncontested(invoices: Iterable[Invoice], case: Case) -> tuple[Invoice, ...]:
    """Those of some claims that nobody contests; all of them where that is none, so that it is said."""
    found = tuple(invoices)
    return tuple(i for i in found if not _is_contested(i, case)) or found


def staying(going: Collection[Invoice], case: Case, today: date, country: str) -> tuple[Invoice, ...]:
    """The late claims that stay with the owner while others go, because they are contested."""
    late = (i for i in cases.late(case, today, country) if i.state == "open" and i not in going)
    return tuple(i for i in late if _is_contested(i, case))


def _is_contested(invoice: Invoice, case: Case) -> bool:
    return any(d.closed is None and d.invoice == invoice.id for d in case.disputes)


def in_the_way(
    invoices: Iterable[Invoice],
    case: Case,
    business: Business,
    today: date,
    waiting: Iterable[Incoming] = (),
) -> tuple[Refusal, ...]:
    """Why these claims cannot leave the ladder today: somebody waits, pays, contests, or has perhaps paid.

    `waiting` is money of which nobody knows yet where it belongs.
    """
    numbers = {i.id: i.number for i in invoices}
    found = (
        *_blocked(numbers, case, business, today),
        *_contested(numbers, case),
        *_perhaps_paid(case, business, waiting),
    )
    return tuple({each.key: each for each in reversed(found)}.values())[::-1]


def check_free(
    invoices: Iterable[Invoice],
    case: Case,
    business: Business,
    today: date,
    waiting: Iterable[Incoming] = (),
) -> None:
    """Refuse to let claims leave the ladder while something stands in the way."""
    for refusal in in_the_way(invoices, case, business, today, waiting):
        raise refusal


def _blocked(numbers: Collection[str], case: Case, business: Business, today: date) -> Iterator[Refusal]:
    for block in cases.blocks(case, today, business.country):
        if block.kind in IN_THE_WAY and (not block.invoice or block.invoice in numbers):
            yield Refusal(f"escalate_{block.kind}", **{"customer": case.customer.name} | block.facts)


def _contested(numbers: dict[str, str], case: Case) -> Iterator[Refusal]:
    for dispute in case.disputes:
        if dispute.closed is None and dispute.invoice in numbers:
            number = numbers[dispute.invoice]
            yield Refusal("escalate_dispute", customer=case.customer.name, invoice=number)


def _perhaps_paid(case: Case, business: Business, waiting: Iterable[Incoming]) -> Iterator[Refusal]:
    """Money of theirs on no invoice, and money that may be theirs."""
    if case.credit:
        yield Refusal("escalate_credit", customer=case.customer.name, amounts=case.credit)
    owed = Owed(business.country, case.invoices, [case.customer])
    for money in waiting:
        if money.amount.minor > 0 and matches(money, owed):
            yield Refusal("escalate_unmatched", customer=case.customer.name, amount=money.amount)


def may_go(invoices: Collection[Invoice], case: Case, business: Business, today: date) -> tuple[Invoice, ...]:
    """Those of the claims that the law lets be handed over today; refused where there is none, and why."""
    told = answers(invoices, case, business, today)
    if ready := tuple(i for i in invoices if told[i.id].escalation.may):
        return ready
    for invoice in invoices:
        lapse = told[invoice.id].limitation
        if lapse.barred:
            raise Refusal("escalate_barred", invoice=invoice.number, day=lapse.bars_on)
    if any("regime_unreviewed" in each.refusals for each in told.values()):
        raise Refusal("escalate_unreviewed")
    opens = [each.escalation.opens for each in told.values() if each.escalation.opens]
    raise Refusal("escalate_not_open", day=min(opens, default=None))


def hand_over(
    ident: str, invoices: Iterable[Invoice], case: Case, agency: str, by: str, today: date
) -> Escalation:
    """The claims given to an agency, as they stand."""
    to = " ".join(agency.split())[:LONGEST_NAME].strip()
    if not to:
        raise Refusal("agency_empty")
    return replace(_left(ident, "hand_over", invoices, case, by, today), to=to)


def write_off(
    ident: str, invoices: Iterable[Invoice], case: Case, reason: str, words: str, by: str, today: date
) -> Escalation:
    """The claims given up, as they stand, and why."""
    chosen: Reason = next((r for r in REASONS if r == reason), "other")
    left = _left(ident, "write_off", invoices, case, by, today)
    return replace(left, reason=chosen, words=words.strip())


def _left(
    ident: str, kind: Kind, invoices: Iterable[Invoice], case: Case, by: str, today: date
) -> Escalation:
    """The claims as they stand, out of the ladder from today on."""
    claims = tuple(Claim(i.id, outstanding(i)) for i in invoices)
    return Escalation(
        id=ident, customer=case.customer.id, kind=kind, day=today, by=by, claims=claims, left=claims
    )


def ended(escalation: Escalation, today: date) -> Escalation:
    """The claims are the owner's own matter again; refused when they are that already."""
    if escalation.ended:
        raise Refusal("escalation_ended", day=escalation.ended)
    return replace(escalation, ended=today)


def moved(escalation: Escalation, invoices: Iterable[Invoice]) -> tuple[Moved, ...]:
    """What an agency has yet to hear of: the invoices it has on which something came in or was taken back."""
    known = {c.invoice: c.amount for c in escalation.left}
    if escalation.kind != "hand_over" or escalation.ended:
        return ()
    now = ((i, outstanding(i)) for i in invoices if i.id in known)
    return tuple(Moved(i, known[i.id] - left, left) for i, left in now if left != known[i.id])


def told(escalation: Escalation, news: Iterable[Moved]) -> Escalation:
    """The same, now that the owner has been asked to pass the news on."""
    left = {m.invoice.id: m.left for m in news}
    return replace(
        escalation, left=tuple(Claim(c.invoice, left.get(c.invoice, c.amount)) for c in escalation.left)
    )


def usual_agency(earlier: Iterable[Escalation]) -> str:
    """The agency that a business last handed a claim over to."""
    return next((e.to for e in reversed(tuple(earlier)) if e.kind == "hand_over" and e.to), "")


def elsewhere(case: Case) -> tuple[Invoice, ...]:
    """The claims on a customer that have left the ladder, as long as there is something in them."""
    return tuple(
        i for i in case.invoices if i.state == "written_off" or (i.state == "handed_over" and is_open(i))
    )
