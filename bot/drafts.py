"""Drafts: the facts a letter may state, gathered from the books and never from anywhere else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot import identity, references, workdays
from bot.additions import per_kind
from bot.announcements import Announcement, still_set_up
from bot.cases import Case
from bot.countries import codes
from bot.countries import country as country_of
from bot.disputes import Dispute
from bot.errors import Refusal
from bot.instalments import Instalment
from bot.invoices import Invoice
from bot.letters import Addition, Charge, Claim, Facts, Kind, Letter, Line, Part, Tone
from bot.money import Money, totals
from bot.parties import Business, Customer
from bot.payments import Payment
from bot.plans import ANSWER_DAYS, Plan
from bot.promises import Promise

FOREIGN = "en"
"""Read everywhere, and the language of no law here."""
COPY_DAYS = 10
"""Days to pay an invoice that was sent once more."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """Why a letter is written, beyond its claims: kind, level and tone, what it announces or confirms.

    `pay_by` and `total` are what was promised or paid, where that is not all that is asked for; `charges` are
    asked for beyond the claims, of the additions `wanted`.
    """

    kind: Kind
    level: int = 0
    tone: Tone = "neutral"
    announcement: Announcement | None = None
    pay_by: date | None = None
    total: Money | None = None
    parts: tuple[Instalment, ...] = ()
    charges: tuple[Charge, ...] = ()
    wanted: tuple[Addition, ...] | None = None
    fields: tuple[tuple[str, object], ...] = ()


def facts(
    case: Case, claims: Sequence[Claim], business: Business, occasion: Occasion, today: date, language: str
) -> Facts:
    """Everything the voice needs for one letter to one customer."""
    by_id = {i.id: i for i in case.invoices}
    lines = tuple(line(by_id[c.invoice], c.amount, business) for c in claims)
    account = _account(business, (by_id[c.invoice] for c in claims))
    said, owed = occasion.announcement, totals(x.amount for x in lines)
    return Facts(
        kind=occasion.kind,
        language=language,
        today=today,
        country=business.country,
        business=business.name,
        owner=business.owner or business.name,
        phone=business.phone,
        customer=case.customer.name,
        first_name=case.customer.first_name,
        to_firm=not case.customer.first_name,
        cross_border=_abroad(case.customer.country, language, business.country),
        lines=lines,
        totals=(occasion.total,) if occasion.total else owed,
        to_pay=totals([*owed, *(c.amount for c in occasion.charges)]),
        charges=tuple(replace(c, invoice=by_id[c.invoice].number) for c in occasion.charges),
        sums=per_kind(occasion.charges),
        account=references.pretty_account(account, business.country),
        account_kind=references.account_kind(account, business.country),
        level=occasion.level,
        tone=occasion.tone,
        pay_by=said.pay_by if said else occasion.pay_by,
        next_step=said.step if said else "",
        next_day=said.day if said else None,
        parts=tuple(instalments(occasion.parts, lines)),
        swish=business.swish,
        fields=_of_the_law(case, business) | dict(occasion.fields),
    )


def _account(business: Business, invoices: Iterable[Invoice]) -> str:
    """Where to pay: the business's own account, else the one that an invoice names."""
    account = business.account or next((i.account for i in invoices if i.account), "")
    if not account:
        raise Refusal("no_account")
    return account


def _of_the_law(case: Case, business: Business) -> dict[str, object]:
    """What a final notice is called, and who both are."""
    return {
        "final_notice_term": country_of(business.country).final_notice_term,
        "business_number": references.pretty_number(business.number, business.country),
        "customer_number": _no_person(case.customer, business.country),
    }


def legal_language(language: str, country: str) -> str:
    """The language of a letter whose words the law prescribes: one that the country is governed in."""
    official = [each for each in country_of(country).languages if each != FOREIGN]
    return language if language in official or not official else official[0]


def _no_person(customer: Customer, home: str) -> str:
    """A company number as people write it; nothing where it is a person's own."""
    number = customer.number
    if identity.masked(number) != number:
        return ""
    return references.pretty_number(number, customer.country if customer.country in codes() else home)


def _abroad(country: str, language: str, home: str) -> bool:
    """Whether the reader counts in another currency than the sender: by country, else by language."""
    return country != home if country else language not in ("en", *country_of(home).languages)


def line(invoice: Invoice, amount: Money, business: Business) -> Line:
    """An invoice as a letter lists it, its reference grouped as people read it."""
    account = invoice.account or business.account
    scheme = references.recognise(invoice.reference, business.country)
    creditor = account if references.account_kind(account, business.country) == "fik" else ""
    written = references.pretty(invoice.reference, scheme, creditor) if scheme else invoice.reference
    return Line(
        number=invoice.number,
        amount=amount,
        due=invoice.due,
        issued=invoice.issued,
        what=invoice.description,
        reference=written,
        account=invoice.account,
    )


def instalments(parts: Iterable[Instalment], lines: Sequence[Line]) -> Iterable[Part]:
    """Instalments as a letter lists them, each with the reference of the invoice it begins to cover."""
    covered = 0
    for part in parts:
        reference = _reference_at(covered, lines)
        covered += part.amount.minor
        yield Part(number=part.number, day=part.day, amount=part.amount, reference=reference)


def _reference_at(covered: int, lines: Sequence[Line]) -> str:
    """The reference of the invoice that the next minor unit after those covered falls on."""
    for each in lines:
        covered -= each.amount.minor
        if covered < 0:
            return each.reference
    return lines[-1].reference if lines else ""


def answer_day(day: date, country: str) -> date:
    """By when somebody answers what was written on a day."""
    return workdays.add(day, ANSWER_DAYS, country)


def copy_day(day: date, country: str) -> date:
    """By when an invoice that is sent once more is to be paid."""
    return workdays.on_or_after(day + timedelta(days=COPY_DAYS), country)


def of_plan(plan: Plan, reply_by: date | None, kind: Kind = "plan", call_day: date | None = None) -> Occasion:
    """A plan in writing: an offer, or what was agreed; it asks for one word back unless that has come."""
    fields = (("call_day", call_day), ("reply_by", reply_by), ("accepted", reply_by is None))
    return Occasion(kind, parts=plan.instalments, fields=fields)


def of_promise(promise: Promise, call_day: date | None = None) -> Occasion:
    """The short confirmation of a promised day, or of a later one granted, or of what is let off."""
    if promise.kind == "waiver":
        given = promise.state == "kept"
        let_off = (("dropped", promise.drops), ("given", given))
        return Occasion("waiver", pay_by=None if given else promise.day, fields=let_off)
    fields = (("deferral", promise.kind == "deferral"), ("call_day", call_day))
    return Occasion("promise", pay_by=promise.day, total=promise.amount, fields=fields)


def of_soon(day: date, amount: Money | None) -> Occasion:
    """A friendly word some days before what was agreed falls due."""
    return Occasion("soon", pay_by=day, total=amount)


def of_copy(pay_by: date, call_day: date | None = None) -> Occasion:
    """The invoice once more, for whom it may have passed by, with time to pay it."""
    return Occasion("copy", pay_by=pay_by, fields=(("call_day", call_day),))


def of_later(said: Letter, pay_by: date, business: Business) -> Occasion:
    """What a letter announced for a day, moved to a later one; never a step that is no longer set up."""
    day = workdays.after(pay_by, business.country)
    moved = Announcement(pay_by, still_set_up(said.next_step, day, business), day)
    return Occasion("later", announcement=moved, fields=(("said_day", said.next_day),))


def of_taken_back(said: Letter) -> Occasion:
    """What a letter announced for a day, taken back."""
    return Occasion("taken_back", fields=(("said_day", said.next_day),))


def of_dispute(dispute: Dispute, country: str) -> Occasion:
    """The letter that says all is on hold, how we understood it, and when an answer comes."""
    by = answer_day(dispute.opened, country)
    return Occasion(
        "dispute", fields=(("issue", dispute.words), ("answer_day", by), ("contested", dispute.part))
    )


def of_refund(words: str, day: date, country: str) -> Occasion:
    """The answer to a wish for money back: it was seen, and when an answer comes."""
    return Occasion("refund", fields=(("issue", words), ("answer_day", answer_day(day, country))))


def of_payment(payment: Payment) -> Occasion:
    """The thank-you when money has come."""
    return Occasion("thanks", fields=(("paid_day", payment.day),))


def of_unseen(today: date, country: str) -> Occasion:
    """The answer to *I have paid* when the money is not to be seen yet."""
    return Occasion("payment_unseen", fields=(("hold_until", answer_day(today, country)),))
