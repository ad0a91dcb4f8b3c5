"""Drafts on the desk: kept, read again from the books, checked, and taken back."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple, TypedDict

from bot import checks, drafts, members
from bot.additions import propose
from bot.announcements import Announcement, announce, of_notice
from bot.cases import Case
from bot.chat import Card, Check
from bot.drafts import Occasion
from bot.errors import Refusal
from bot.letters import (
    LADDER,
    LEGAL,
    Addition,
    Charge,
    Claim,
    Facts,
    Kind,
    Letter,
    NextStep,
    Tone,
    fingerprint,
)
from handlers.desk import Desk
from handlers.desk.occasions import attached, occasion
from handlers.desk.own import OwnWords, in_own_words
from handlers.desk.people import people
from messages import review, voice
from messages.review import Finding
from messages.voice import Text
from storage.ids import new_id


class Rung(NamedTuple):
    """A step of the ladder as a letter takes it, and the additions that the owner chose for it."""

    kind: Kind
    level: int
    tone: Tone
    wanted: tuple[Addition, ...] | None = None


class Anew(TypedDict, total=False):
    """What a letter of the ladder says comes next, and what it adds, as of the day it is written."""

    pay_by: date
    next_step: NextStep
    next_day: date
    charges: tuple[Charge, ...]


def asking(
    rung: Rung, claims: Sequence[Claim], case: Case, desk: Desk, papers: Collection[str] | None = None
) -> Occasion:
    """Why a letter of the ladder is written today: what the law lets it add, and what it says comes next.

    `papers` are the invoices that a file goes with, where somebody has looked already.
    """
    charges = _charges(rung, claims, case, desk)
    said = _said(rung, charges, claims, case, desk)
    return Occasion(
        rung.kind,
        rung.level,
        rung.tone,
        said,
        charges=charges,
        wanted=rung.wanted,
        fields=attached(claims, desk, papers),
    )


def _charges(rung: Rung, claims: Sequence[Claim], case: Case, desk: Desk) -> tuple[Charge, ...]:
    """What it asks for beyond the claims; of the law nothing is asked where nothing is wanted."""
    if rung.wanted == ():
        return ()
    return propose(rung.kind, claims, case, desk.business, desk.today, rung.wanted).charges


def _said(
    rung: Rung, charges: Sequence[Charge], claims: Sequence[Claim], case: Case, desk: Desk
) -> Announcement:
    if rung.kind in LEGAL:
        return of_notice(rung.kind, desk.business, desk.today)
    about = {c.invoice for c in claims}
    charged = any(c.kind == "fee" for c in charges)
    invoices = (i for i in case.invoices if i.id in about)
    return announce(invoices, rung.level, desk.business, desk.today, charged=charged)


def compose(case: Case, claims: Sequence[Claim], occasion: Occasion, desk: Desk, about: str = "") -> Letter:
    """A fresh draft, kept; an earlier draft to the same customer gives way to it."""
    letter = composed(case, claims, occasion, desk, about)
    put_away(case.customer.id, desk)
    desk.books.letters.add(letter)
    return letter


def composed(case: Case, claims: Sequence[Claim], occasion: Occasion, desk: Desk, about: str = "") -> Letter:
    """A fresh draft of today that nobody has kept yet."""
    customer = case.customer
    if not claims:
        raise Refusal("nothing_open", customer=customer.name)
    language = customer.language or desk.business.language
    if occasion.kind in LEGAL:
        language = drafts.legal_language(language, desk.country)
    ident = new_id()
    why = _with_page(occasion, ident, desk)
    facts = drafts.facts(case, claims, desk.business, why, desk.today, language)
    text = write(facts, desk)
    return Letter(
        id=ident,
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
        charges=occasion.charges,
        wanted=occasion.wanted,
        pay_by=facts.pay_by,
        next_step=facts.next_step,
        next_day=facts.next_day,
        about=about,
    )


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
        **_anew(old, case, desk),
    )
    fresh = _with_own_page(fresh, old, desk) if old.edited else worded(fresh, case, desk)
    put_away(old.customer, desk)
    desk.books.letters.add(fresh)
    return fresh


def _with_own_page(fresh: Letter, old: Letter, desk: Desk) -> Letter:
    """The owner's own words, with the link to this letter's page in the place of the old one's."""
    link = desk.page(old.id)
    return replace(fresh, body=fresh.body.replace(link, desk.page(fresh.id))) if link else fresh


def worded(letter: Letter, case: Case, desk: Desk) -> Letter:
    """A letter in the words that there are for its facts."""
    text = write(facts_of(letter, case, desk), desk)
    return replace(letter, subject=text.subject, body=text.body)


def with_additions(letter: Letter, wanted: Sequence[Addition], case: Case, desk: Desk) -> Letter:
    """A draft that asks beyond its invoices for what the owner wants, as far as the law lets it."""
    chosen = replace(letter, wanted=tuple(wanted))
    return worded(replace(chosen, **_anew(chosen, case, desk)), case, desk)


def put_away(customer: str, desk: Desk) -> int:
    """The drafts to a customer give way; how many there were: one, or those of two who were made one."""
    drafts = [x for x in desk.books.letters.of(customer) if x.state == "draft"]
    for each in drafts:
        desk.books.letters.save(replace(each, state="withdrawn"))
    return len(drafts)


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


def _anew(letter: Letter, case: Case, desk: Desk) -> Anew:
    """What a letter of the ladder says comes next and adds, counted from today."""
    if letter.kind not in LADDER:
        return {}
    rung = Rung(letter.kind, letter.level, letter.tone, letter.wanted)
    charges = _charges(rung, letter.claims, case, desk)
    said = _said(rung, charges, letter.claims, case, desk)
    return {"pay_by": said.pay_by, "next_step": said.step, "next_day": said.day, "charges": charges}


def facts_of(letter: Letter, case: Case, desk: Desk) -> Facts:
    """What a letter may state, gathered again from the books as they are now."""
    why = _with_page(occasion(letter, desk), letter.id, desk)
    return drafts.facts(case, letter.claims, desk.business, why, letter.made, letter.language)


def _with_page(occasion: Occasion, letter: str, desk: Desk) -> Occasion:
    """Why a letter is written, with the link to its own page where there is one."""
    link = desk.page(letter)
    return replace(occasion, fields=(*occasion.fields, ("page", link))) if link else occasion


def write(facts: Facts, desk: Desk) -> Text:
    """The letter these facts make, in the owner's own words where there are any that fit."""
    own = in_own_words(facts, desk)
    return own.text if own and own.fits else ours(facts)


def ours(facts: Facts) -> Text:
    """The letter these facts make, in Purr's words."""
    return voice.letter(facts)


def is_written(facts: Facts) -> bool:
    """Whether a letter of this kind exists in this language."""
    return voice.is_written(facts)


def open_draft(ident: str, desk: Desk) -> Letter:
    """The letter if it is still a draft; otherwise a refusal that says what became of it."""
    letter = desk.books.letters.get(ident)
    if letter.state != "draft":
        raise Refusal(f"letter_{letter.state}", customer=desk.books.customers.get(letter.customer).name)
    return letter


def findings(letter: Letter, facts: Facts, own: OwnWords | None = None) -> tuple[Finding, ...]:
    """What the review says of a draft, if it has not been asked of it in the owner's `own` words.

    Words that the owner keeps on purpose no longer stop it.
    """
    known = own.found if own and own.is_said_by(letter) else None
    found = review.review(letter.subject, letter.body, facts) if known is None else known
    return tuple(replace(f, severity="advice") if letter.kept and f.keepable else f for f in found)


def remarks(found: Iterable[Finding], desk: Desk) -> tuple[Check, ...]:
    """What the review says, as lines of a card."""
    return tuple(Check("stop" if f.severity == "error" else "look", words_of(f, desk)) for f in found)


def words_of(finding: Finding, desk: Desk) -> str:
    """A finding in the owner's language, with its suggestion."""
    known = {"quote": finding.quote, "suggestion": finding.suggestion, **finding.facts}
    return desk.word(f"findings.{finding.kind}", **known)


def seal(letter: Letter, desk: Desk) -> str:
    """What a yes is bound to: exactly this text, these recipients and papers, and an old look at the bank."""
    unseen = ".unseen" if is_unseen(letter, desk) else ""
    return f"{fingerprint(letter)}.{desk.books.files.digest(c.invoice for c in letter.claims)}{unseen}"


def is_unseen(letter: Letter, desk: Desk) -> bool:
    """Whether it asks for money that may have come since the last bank file, where there are such files."""
    return letter.kind in LADDER and checks.is_stale(desk.books.imports.bank_through(), desk.today)


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
    waiting = sorted(desk.books.letters.approved())
    stopped = [desk.books.customers.get(each) for each in waiting if silence(each, desk)]
    return tuple(desk.card("undone", {"customer": c.name}, subject=c.id) for c in stopped)
