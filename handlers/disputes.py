"""Disputes: the customer contests an invoice; that part rests until it is settled."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import NamedTuple

from bot import drafts, workdays
from bot.cases import Case
from bot.chat import Action, Card, Request
from bot.countries import country
from bot.disputes import REASONS, Dispute, Reason, check_part
from bot.errors import Refusal
from bot.invoices import Invoice, is_open, outstanding
from bot.letters import Claim
from bot.money import Money
from handlers.desk import Answers, Desk, choices, heard, law, new_id, notes
from handlers.desk import drafts as table
from handlers.desk.choices import packed, unpacked

OUTCOMES = ("agreed", "corrected", "credited", "dropped")


def form(request: Request, desk: Desk) -> Card:
    """Which invoice, why, and how much of it; the customer's own words."""
    reply, only, reason = unpacked(request.action.value, 3)
    case = desk.books.case(request.action.subject)
    return _ask(case, _Said(reply, only, reason, _their_words(reply, case, desk)), desk)


class _Said(NamedTuple):
    """What is known of a dispute before it is written down."""

    reply: str = ""
    invoice: str = ""
    reason: str = ""
    words: str = ""


def _ask(case: Case, said: _Said, desk: Desk) -> Card:
    owed = _open(case)
    meant = [i for i in owed if i.id == said.invoice] or owed
    fields = (
        *choices.which(meant, desk),
        desk.field(
            "reason",
            "choice",
            said.reason or REASONS[0],
            options=tuple((r, desk.word(f"dispute_reasons.{r}")) for r in REASONS),
        ),
        desk.field("part", required=False, hint=desk.word("hints.part")),
        desk.field("words", "area", said.words, required=False),
    )
    only = meant[0].id if len(meant) == 1 else ""
    form = desk.form("dispute.open", case.customer.id, fields, value=packed(said.reply, only))
    return desk.card("dispute", {"customer": case.customer.name}, form=form, subject=case.customer.id)


def _open(case: Case) -> list[Invoice]:
    found = [i for i in case.invoices if is_open(i)]
    if not found:
        raise Refusal("nothing_open", customer=case.customer.name)
    return found


def _their_words(reply: str, case: Case, desk: Desk) -> str:
    return heard.quoted(desk.books.replies.get(reply), "dispute", case, desk) if reply else ""


def contest(request: Request, desk: Desk) -> Card:
    """Write the dispute down: everything on that part stops, and a kind letter says so.

    Said in words, as `Mogens disagrees`, it asks first what for.
    """
    if not request.values:
        case = desk.books.case(desk.customer(request.action.subject).id)
        return _ask(case, _Said(words=request.action.value), desk)
    reply, only = unpacked(request.action.value, 2)
    values = request.values
    said = _Said(
        reply, values.get("invoice") or only, values.get("reason", ""), values.get("words", "").strip()
    )
    return _written_down(said, values.get("part", ""), request, desk)


def take(request: Request, desk: Desk) -> Card:
    """Write down what an answer says, at one tap: the invoice, the reason, and their own words."""
    reply, invoice, reason = unpacked(request.action.value, 3)
    case = desk.books.case(request.action.subject)
    said = _Said(reply, invoice, reason, _their_words(reply, case, desk))
    return _written_down(said, "", request, desk)


def _written_down(said: _Said, part: str, request: Request, desk: Desk) -> Card:
    case = desk.books.case(request.action.subject)
    invoice = desk.books.invoices.get(said.invoice)
    if not is_open(invoice):
        raise Refusal("invoice_settled", invoice=invoice.number)
    reason: Reason = next((r for r in REASONS if r == said.reason), "other")
    dispute = Dispute(
        id=new_id(),
        customer=case.customer.id,
        invoice=invoice.id,
        opened=desk.today,
        reason=reason,
        part=_part(part, invoice, desk),
        words=said.words,
    )
    desk.books.disputes.add(dispute)
    notes.read_reply(said.reply, "dispute", request.who, desk)
    stopped = table.silence(case.customer.id, desk)
    what = desk.word(f"dispute_reasons.{reason}")
    desk.books.history.add(
        "disputed", customer=case.customer.id, invoice=invoice.id, who=request.who, what=what
    )
    return _opened(case, invoice, dispute, stopped, desk)


def _part(written: str, invoice: Invoice, desk: Desk) -> Money | None:
    return check_part(desk.amount(written, invoice.amount.currency), invoice) if written.strip() else None


def _opened(case: Case, invoice: Invoice, dispute: Dispute, stopped: bool, desk: Desk) -> Card:
    facts = {
        "customer": case.customer.name,
        "invoice": invoice.number,
        "part": dispute.part,
        "stopped": stopped,
        "others": [i.number for i in case.invoices if is_open(i) and i.id != invoice.id],
    }
    by = drafts.answer_day(desk.today, desk.country)
    write = desk.button("tell_them", "dispute.confirm", dispute.id, style="primary")
    return desk.card(
        "disputed",
        facts | {"answer_day": by, "today": desk.today},
        buttons=(write,),
        subject=case.customer.id,
    )


def confirm(request: Request, desk: Desk) -> Action:
    """Draft the letter that says all is on hold."""
    dispute = desk.books.disputes.get(request.action.subject)
    case = desk.books.case(dispute.customer)
    if not case.customer.language:
        return Action("customer.ask_language", case.customer.id, f"dispute.confirm|{dispute.id}")
    invoice = desk.books.invoices.get(dispute.invoice)
    claims = (Claim(invoice.id, dispute.part or outstanding(invoice)),)
    occasion = drafts.of_dispute(dispute, desk.country)
    return Action("letter.show", table.compose(case, claims, occasion, desk, dispute.id).id)


def settle_form(request: Request, desk: Desk) -> Card:
    """How the dispute ended: whether something is credited, or another invoice takes its place."""
    dispute = _still_open(request.action.subject, desk)
    customer = desk.books.customers.get(dispute.customer)
    outcomes = tuple((o, desk.word(f"outcomes.{o}")) for o in OUTCOMES)
    fields = (
        desk.field("outcome", "choice", OUTCOMES[0], options=outcomes),
        desk.field("credit", required=False, hint=desk.word("hints.credit")),
        desk.field("new_number", required=False, hint=desk.word("hints.new_number")),
        desk.field("new_amount", required=False, hint=desk.word("hints.new_number")),
    )
    form = desk.form("dispute.close", dispute.id, fields, submit="settle")
    home = country(desk.country)
    facts = {
        "customer": customer.name,
        "invoice": desk.books.invoices.get(dispute.invoice).number,
        "days": (desk.today - dispute.opened).days,
        "forum": desk.word(f"law_routes.{home.code}.{home.forum}"),
    }
    return desk.card("dispute_settle", facts, law=law.forum(desk), form=form, subject=customer.id)


def _still_open(ident: str, desk: Desk) -> Dispute:
    dispute = desk.books.disputes.get(ident)
    if dispute.closed:
        raise Refusal("dispute_settled", invoice=desk.books.invoices.get(dispute.invoice).number)
    return dispute


def close(request: Request, desk: Desk) -> Card:
    """Close a dispute; a credit lowers what is owed."""
    dispute = _still_open(request.action.subject, desk)
    customer = desk.books.customers.get(dispute.customer)
    invoice = desk.books.invoices.get(dispute.invoice)
    outcome = request.values.get("outcome", OUTCOMES[0])
    replaced = _replaced(invoice, request, desk) if outcome == "corrected" else None
    if not replaced and (written := request.values.get("credit", "").strip()):
        notes.credit(check_part(desk.amount(written, invoice.amount.currency), invoice), invoice, desk)
    desk.books.disputes.save(replace(dispute, closed=desk.today, outcome=outcome))
    kept = notes.settle_agreements(customer.id, desk)
    what = desk.word(f"outcomes.{outcome}")
    desk.books.history.add(
        "dispute_closed", customer=customer.id, invoice=invoice.id, who=request.who, what=what
    )
    left = outstanding(desk.books.invoices.get(invoice.id))
    facts = {
        "customer": customer.name,
        "invoice": invoice.number,
        "left": (left,) if left else (),
        "replaced": replaced,
    }
    return desk.card("dispute_closed", facts, subject=customer.id, more=kept)


def _replaced(invoice: Invoice, request: Request, desk: Desk) -> Invoice | None:
    """The corrected invoice that takes the place of the contested one, which is credited in full."""
    number = request.values.get("new_number", "").strip()
    if not number:
        return None
    known = [i for i in desk.books.invoices.by_number(number) if i.customer == invoice.customer]
    if any(i.id == invoice.id for i in known):
        raise Refusal("same_number", invoice=number)
    corrected = known[0] if known else _corrected(invoice, number, request.values.get("new_amount", ""), desk)
    if outstanding(invoice):
        notes.credit(outstanding(invoice), invoice, desk)
    desk.books.history.add(
        "invoice_replaced", customer=invoice.customer, invoice=invoice.id, who=request.who, what=number
    )
    return corrected


def _corrected(invoice: Invoice, number: str, amount: str, desk: Desk) -> Invoice:
    due = desk.today + timedelta(days=country(desk.country).terms_days)
    asked = desk.amount(amount, invoice.amount.currency)
    fresh = replace(
        invoice,
        id=new_id(),
        number=number,
        amount=asked,
        paid=Money(0, asked.currency),
        issued=desk.today,
        due=workdays.on_or_after(due, desk.country),
        reference="",
        state="open",
        parked=False,
        settled=None,
    )
    desk.books.invoices.add(fresh)
    return fresh


ANSWERS: Answers = {
    "dispute.form": form,
    "dispute.open": contest,
    "dispute.take": take,
    "dispute.confirm": confirm,
    "dispute.settle": settle_form,
    "dispute.close": close,
}
