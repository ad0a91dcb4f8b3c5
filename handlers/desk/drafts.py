"""Drafts on the desk: kept, read again from the books, checked, and taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TypedDict

from bot import drafts, members
from bot.cases import Case
from bot.chat import Card
from bot.drafts import Occasion
from bot.errors import Refusal
from bot.letters import Claim, Facts, Letter, NextStep, fingerprint
from bot.reminders import Announcement, announce
from handlers.desk import Desk
from handlers.desk.people import people
from messages import review, voice
from messages.review import Finding
from messages.voice import Text
from storage.ids import new_id


class Dates(TypedDict, total=False):
    """What a reminder says comes next."""

    pay_by: date
    next_step: NextStep
    next_day: date


def compose(case: Case, claims: Sequence[Claim], occasion: Occasion, desk: Desk, about: str = "") -> Letter:
    """A fresh draft, kept; an earlier draft to the same customer gives way to it."""
    customer = case.customer
    if not claims:
        raise Refusal("nothing_open", customer=customer.name)
    language = customer.language or desk.business.language
    facts = drafts.facts(case, claims, desk.business, occasion, desk.today, language)
    text = write(facts)
    put_away(customer.id, desk)
    letter = Letter(
        id=new_id(),
        customer=customer.id,
        kind=facts.kind,
        language=language,
        made=desk.today,
        subject=text.subject,
        body=text.body,
        level=facts.level,
        tone=facts.tone,
        to=customer.to,
        cc=customer.cc,
        claims=tuple(claims),
        pay_by=facts.pay_by,
        next_step=facts.next_step,
        next_day=facts.next_day,
        about=about,
    )
    desk.books.letters.add(letter)
    return letter


def again(old: Letter, desk: Desk) -> Letter:
    """An earlier letter as a new draft of today, since none goes out twice under one name.

    Its dates are today's; its words too, unless the owner had written their own.
    """
    case = desk.books.case(old.customer)
    fresh = replace(
        _unsigned(old),
        id=new_id(),
        made=desk.today,
        to=case.customer.to or old.to if old.state == "failed" else old.to,
        **_promised_anew(old, case, desk),
    )
    if not old.edited:
        text = write(facts_of(fresh, case, desk))
        fresh = replace(fresh, subject=text.subject, body=text.body)
    put_away(old.customer, desk)
    desk.books.letters.add(fresh)
    return fresh


def put_away(customer: str, desk: Desk) -> None:
    """The draft on a customer's table gives way."""
    if earlier := desk.books.letters.draft(customer):
        desk.books.letters.save(replace(earlier, state="withdrawn"))


def _unsigned(letter: Letter) -> Letter:
    """A letter as nobody has approved or sent it yet."""
    return replace(
        letter,
        state="draft",
        first_yes="",
        approved_by="",
        approved_at=None,
        approved_text="",
        send_at=None,
        sent_at=None,
        sent_day=None,
        message_id="",
    )


def _promised_anew(letter: Letter, case: Case, desk: Desk) -> Dates:
    """What a reminder says comes next, counted from today."""
    if letter.kind != "reminder":
        return {}
    about = {c.invoice for c in letter.claims}
    said = announce((i for i in case.invoices if i.id in about), letter.level, desk.business, desk.today)
    return {"pay_by": said.pay_by, "next_step": said.step, "next_day": said.day}


def facts_of(letter: Letter, case: Case, desk: Desk) -> Facts:
    """What a letter may state, gathered again from the books as they are now."""
    return drafts.facts(
        case, letter.claims, desk.business, occasion(letter, desk), letter.made, letter.language
    )


def occasion(letter: Letter, desk: Desk) -> Occasion:
    """Why a letter was written, looked up again."""
    match letter.kind:
        case "plan":
            return drafts.of_plan(desk.books.plans.get(letter.about), letter.made, desk.country)
        case "promise":
            return drafts.of_promise(desk.books.promises.get(letter.about))
        case "dispute":
            return drafts.of_dispute(desk.books.disputes.get(letter.about), desk.country)
        case "thanks":
            return drafts.of_payment(desk.books.payments.get(letter.about))
        case "payment_unseen":
            return drafts.of_unseen(letter.made, desk.country)
    return _reminder(letter, desk)


def _reminder(letter: Letter, desk: Desk) -> Occasion:
    said = None
    if letter.pay_by and letter.next_day:
        said = Announcement(letter.pay_by, letter.next_step, letter.next_day)
    attached = any(desk.books.files.of_invoice(c.invoice) for c in letter.claims)
    return Occasion("reminder", letter.level, letter.tone, said, fields=(("attached", attached),))


def write(facts: Facts) -> Text:
    """The letter these facts make, in its own language."""
    return voice.letter(facts)


def open_draft(ident: str, desk: Desk) -> Letter:
    """The letter if it is still a draft; otherwise a refusal that says what became of it."""
    letter = desk.books.letters.get(ident)
    if letter.state != "draft":
        raise Refusal(f"letter_{letter.state}", customer=desk.books.customers.get(letter.customer).name)
    return letter


def findings(letter: Letter, facts: Facts) -> tuple[Finding, ...]:
    """What the review says of a draft; words that the owner keeps on purpose no longer stop it."""
    found = review.review(letter.subject, letter.body, facts)
    return tuple(replace(f, severity="advice") if letter.kept and f.keepable else f for f in found)


def words_of(finding: Finding, desk: Desk) -> str:
    """A finding in the owner's language, with its suggestion."""
    known = {"quote": finding.quote, "suggestion": finding.suggestion, **finding.facts}
    return desk.word(f"findings.{finding.kind}", **known)


def seal(letter: Letter, desk: Desk) -> str:
    """What a yes is bound to: exactly this text, these recipients and these papers."""
    return f"{fingerprint(letter)}.{desk.books.files.digest(c.invoice for c in letter.claims)}"


def first_yes(letter: Letter, desk: Desk) -> str:
    """Whose yes a draft has that takes two; empty once its text or papers are others."""
    if not letter.first_yes:
        return ""
    papers = desk.books.files.digest(c.invoice for c in letter.claims)
    return members.first_yes(letter, papers, people(desk))


def silence(customer: str, desk: Desk) -> bool:
    """Take back every letter to a customer that has not gone out; whether there was one."""
    waiting = [x for x in desk.books.letters.of(customer) if x.state == "approved"]
    stopped = [x for x in waiting if desk.books.deliveries.cancel(f"letter:{x.id}")]
    for each in stopped:
        desk.books.letters.save(replace(each, state="withdrawn"))
        desk.books.history.add("letter_stopped", customer=customer)
    return bool(stopped)


def silence_all(desk: Desk) -> tuple[Card, ...]:
    """Take back every letter that has not gone out; a card for each customer who now gets none."""
    waiting = sorted({x.customer for x in desk.books.letters.all() if x.state == "approved"})
    stopped = [desk.books.customers.get(each) for each in waiting if silence(each, desk)]
    return tuple(desk.card("undone", {"customer": c.name}, subject=c.id) for c in stopped)
