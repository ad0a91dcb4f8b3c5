"""Occasions: why a letter was written, looked up again from the books as they are now."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

from bot import cases, drafts, plans
from bot.announcements import Announcement
from bot.drafts import Occasion
from bot.letters import Claim, Letter
from bot.plans import Plan
from handlers.desk import Desk
from messages.ear import refunds

Fields = tuple[tuple[str, object], ...]


def occasion(letter: Letter, desk: Desk) -> Occasion:
    """Why a letter was written, looked up again."""
    match letter.kind:
        case "plan" | "plan_offer" | "promise" | "waiver" | "soon":
            return _agreed(letter, desk)
        case "dispute":
            return drafts.of_dispute(desk.books.disputes.get(letter.about), desk.country)
        case "thanks":
            return drafts.of_payment(desk.books.payments.get(letter.about))
        case "refund":
            return refund(letter.about, letter.made, desk)
        case "payment_unseen":
            return drafts.of_unseen(letter.made, desk.country)
        case "later":
            said = desk.books.letters.get(letter.about)
            return drafts.of_later(said, letter.pay_by or letter.made, desk.business)
        case "taken_back":
            return drafts.of_taken_back(desk.books.letters.get(letter.about))
        case "copy":
            spoken = _spoken_on(letter.customer, letter.made, desk)
            return copy(letter.claims, letter.pay_by or letter.made, spoken, desk)
    return _as_written(letter, desk)


def _agreed(letter: Letter, desk: Desk) -> Occasion:
    """A letter that offers, confirms or goes before what was agreed."""
    if letter.kind == "soon":
        return soon(letter.about, desk)
    if letter.kind in ("plan", "plan_offer"):
        return plan(desk.books.plans.get(letter.about), letter.made, desk, offer=letter.kind == "plan_offer")
    promise = desk.books.promises.get(letter.about)
    return drafts.of_promise(promise, _spoken_on(promise.customer, promise.made, desk))


def plan(agreed: Plan, today: date, desk: Desk, *, offer: bool) -> Occasion:
    """A plan in writing; one word back is asked for, unless it was given to an offer of ours."""
    spoken = _spoken_on(agreed.customer, agreed.agreed, desk)
    written = desk.books.letters.of(agreed.customer)
    accepted = not offer and any(
        x.kind == "plan_offer" and x.about == agreed.id and x.reached for x in written
    )
    reply_by = None if accepted else drafts.answer_day(today, desk.country)
    return drafts.of_plan(agreed, reply_by, "plan_offer" if offer else "plan", spoken)


def soon(about: str, desk: Desk) -> Occasion:
    """The friendly word before a day: of a promise, or of the next instalment of a plan."""
    for promise in desk.books.promises.among([about]):
        return drafts.of_soon(promise.day, promise.amount)
    agreed = desk.books.plans.get(about)
    paid = cases.received(agreed, desk.books.case(agreed.customer))
    part = plans.next_instalment(agreed, paid) or agreed.instalments[-1]
    return drafts.of_soon(part.day, part.amount)


def refund(reply: str, day: date, desk: Desk) -> Occasion:
    """Money is wanted back, in the customer's own words where there are any."""
    said = (refunds.asked(each.text) or each.text for each in desk.books.replies.among([reply]))
    return drafts.of_refund(next(said, ""), day, desk.country)


def copy(claims: Sequence[Claim], pay_by: date, spoken: date | None, desk: Desk) -> Occasion:
    """The invoice once more."""
    occasion = drafts.of_copy(pay_by, spoken)
    return replace(occasion, fields=(*occasion.fields, *attached(claims, desk)))


def attached(claims: Sequence[Claim], desk: Desk, papers: Collection[str] | None = None) -> Fields:
    """Whether there is a paper of any of these claims to go with the letter; `papers` are known already."""
    asked = {c.invoice for c in claims}
    found = desk.books.files.bearing(asked) if papers is None else asked.intersection(papers)
    return (("attached", bool(found)),)


def _spoken_on(customer: str, day: date, desk: Desk) -> date | None:
    return cases.spoken_on(desk.books.case(customer), day)


def _as_written(letter: Letter, desk: Desk) -> Occasion:
    """A letter of the ladder as it was written: what it said comes next, and what it added."""
    said = None
    if letter.pay_by and letter.next_day:
        said = Announcement(letter.pay_by, letter.next_step, letter.next_day)
    return Occasion(
        letter.kind,
        letter.level,
        letter.tone,
        said,
        charges=letter.charges,
        fields=attached(letter.claims, desk),
    )
