"""Clearance: whether a letter may go out, asked when it is written, approved, and sent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from bot import cases, law, letters, workdays
from bot.additions import propose
from bot.answers import Answer
from bot.cases import Case
from bot.claims import question
from bot.countries import country
from bot.errors import Refusal
from bot.invoices import outstanding
from bot.ladder import in_force, in_notice, ladder, sent_letters
from bot.letters import LADDER, LEGAL, Claim, Kind, Letter
from bot.parties import Business
from bot.registers import SILENT
from bot.reminders import Step

STALE = timedelta(days=3)
"""How long after it was written a letter may still go out: the time to undo, and to try a server again."""
ASKING: frozenset[Kind] = frozenset(
    {"later", "taken_back", "plan_offer", "plan", "promise", "waiver", "soon", "copy", "payment_unseen"}
)
"""Letters beside the ladder that name what is to be paid."""


def check_sending(letter: Letter, case: Case, business: Business, today: date) -> None:
    """Refuse a letter that is no longer true: not approved in this text, blocked, or with other figures.

    Asked again at the moment of sending; `case` is read in the same transaction.
    """
    letters.check_approved(letter)
    if (letter.pay_by and letter.pay_by < today) or today - letter.made > STALE:
        raise Refusal("letter_withdrawn", customer=case.customer.name)
    rest = replace(case, letters=tuple(x for x in case.letters if x.id != letter.id))
    if letter.kind == "later":
        check_chasing(letter.claims, rest, business, today)
    if letter.kind not in LADDER:
        _check_answering(letter, rest)
        return
    if any(x.went_on >= letter.made for x in sent_letters(rest.letters)):
        raise Refusal("letter_sent", customer=case.customer.name)
    check_forward(letter.kind, letter.claims, rest)
    check_gap(rest, business, today)
    check_chasing(letter.claims, rest, business, today)
    check_lawful(letter, rest, business, today)


def check_forward(kind: Kind, claims: Iterable[Claim], case: Case) -> None:
    """Refuse to step back: after a final notice nothing milder follows, nor another one."""
    if kind != "demand" and any(in_notice(c.invoice, case.letters) for c in claims):
        raise Refusal("letters_done", customer=case.customer.name)


def check_lawful(letter: Letter, case: Case, business: Business, today: date) -> None:
    """Refuse a letter that the law does not allow today: its kind, its deadline, or what it adds."""
    by_id = {i.id: i for i in case.invoices}
    for claim in letter.claims:
        told = law.ask(question(by_id[claim.invoice], case, business, today))
        if told.limitation.barred:
            raise Refusal("law_barred", invoice=by_id[claim.invoice].number, day=told.limitation.bars_on)
        if letter.kind in LEGAL:
            _check_form(letter, told, by_id[claim.invoice].number)
            _check_reviewed(letter, business)
    _check_charges(letter, case, business, today)


def _check_form(letter: Letter, told: Answer, number: str) -> None:
    """A final notice or demand goes out where the law lets it, with a deadline that is long enough."""
    permission = told.demand if letter.kind == "demand" else told.final_notice
    if "regime_unreviewed" in told.refusals and not (permission and permission.may_send):
        raise Refusal("law_unreviewed")
    if permission is None or not permission.may_send or permission.min_deadline is None:
        raise Refusal("law_not_open", invoice=number, day=permission.opens if permission else None)
    if letter.pay_by is None or letter.pay_by < permission.min_deadline:
        raise Refusal("deadline_short", day=letter.pay_by)


def _check_reviewed(letter: Letter, business: Business) -> None:
    """What a final notice says comes next must lie in a time whose rules somebody has reviewed."""
    home = country(business.country).law
    if home and letter.next_day and not home.reviewed(letter.next_day):
        raise Refusal("law_unreviewed")


def _check_charges(letter: Letter, case: Case, business: Business, today: date) -> None:
    """What a letter adds is no more than may be added on the day it goes out."""
    wanted = tuple(dict.fromkeys(c.addition for c in letter.charges))
    now = propose(letter.kind, letter.claims, case, business, today, wanted)
    most = {(c.kind, c.invoice): c.amount for c in now.charges}
    for charge in letter.charges:
        allowed = most.get((charge.kind, charge.invoice))
        if allowed is None or allowed < charge.amount:
            raise Refusal("charges_changed")


def check_gap(case: Case, business: Business, today: date) -> None:
    """Refuse a reminder before the least number of days since the last one to this customer has passed."""
    soonest = _soonest(case, business)
    if today < soonest:
        raise Refusal("too_soon", day=workdays.on_or_after(soonest, business.country))


def is_too_soon(case: Case, business: Business, today: date) -> bool:
    """Whether the last letter to this customer went out too short a while ago for another."""
    return today < _soonest(case, business)


def is_ready(case: Case, step: Step, business: Business, today: date) -> bool:
    """Whether the next letter can be written without asking the owner anything, and none waits already."""
    if step.kind not in ("reminder", "final_notice") or not step.claims or not case.customer.language:
        return False
    waits = any(letter.state == "draft" for letter in case.letters)
    return not waits and not is_too_soon(case, business, today)


def _soonest(case: Case, business: Business) -> date:
    last = max((x.went_on for x in sent_letters(case.letters)), default=None)
    return last + timedelta(days=ladder(business).gap) if last else date.min


def check_chasing(asked: tuple[Claim, ...], case: Case, business: Business, today: date) -> None:
    """Refuse to ask for these claims when the customer is blocked, one is settled, or a figure has moved."""
    for block in cases.blocks(case, today, business.country):
        if not block.invoice or any(c.invoice == block.invoice for c in asked):
            raise Refusal(f"blocked_{block.kind}", **{"customer": case.customer.name} | block.facts)
    now = {c.invoice: c.amount for c in cases.claims(case, today, business.country)}
    by_id = {i.id: i for i in case.invoices}
    for claim in asked:
        if claim.invoice not in now:
            raise Refusal("paid_meanwhile", invoice=by_id[claim.invoice].number)
        if now[claim.invoice] != claim.amount:
            raise Refusal("amount_changed", invoice=by_id[claim.invoice].number, amount=now[claim.invoice])


def _check_answering(letter: Letter, case: Case) -> None:
    """Refuse an answer of ours that has become untrue: they want none, have written since, or have paid."""
    if case.customer.no_contact:
        raise Refusal("blocked_no_contact", customer=case.customer.name)
    if letter.kind in ASKING and case.customer.standing in SILENT:
        raise Refusal(f"blocked_{case.customer.standing}", customer=case.customer.name)
    if any(r.unread for r in case.replies):
        raise Refusal("blocked_reply", customer=case.customer.name)
    if letter.about and not _still_agreed(letter, case):
        raise Refusal("letter_withdrawn", customer=case.customer.name)
    by_id = {i.id: i for i in case.invoices}
    for claim in letter.claims if letter.kind in ASKING else ():
        invoice = by_id[claim.invoice]
        if not (left := outstanding(invoice)):
            raise Refusal("paid_meanwhile", invoice=invoice.number)
        if left < claim.amount:
            raise Refusal("amount_changed", invoice=invoice.number, amount=left)


def _still_agreed(letter: Letter, case: Case) -> bool:
    """Whether the plan, promise or dispute that a letter is about, or our word of before, still stands."""
    if letter.kind in ("later", "taken_back"):
        return any(x.id == letter.about for x in in_force(case.letters))
    state = "offered" if letter.kind == "plan_offer" else "active"
    standing = {p.id for p in case.plans if p.state == state}
    standing |= {p.id for p in case.promises if p.state == "open"}
    standing |= {d.id for d in case.disputes if d.closed is None}
    standing |= {p.id for p in case.promises if p.kind == "waiver" and p.state == "kept"}
    return letter.kind in ("thanks", "refund") or letter.about in standing
