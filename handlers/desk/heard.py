"""What a customer's answer says, on a card: the sentence it relies on, what it means, and what to press."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from bot.cases import Case, owed
from bot.chat import Action, Button, Card, Check
from bot.countries import country
from bot.disputes import REASONS
from bot.hearing import Asked, Hearing, Intent
from bot.invoices import is_open, open_totals
from bot.model import beyond, may_ask, merged
from bot.money import Money, totals
from bot.plans import Plan, terms
from bot.promises import is_deferred
from bot.proposals import BESIDE, MEANS, Proposal, about, proposals, with_refund
from bot.replies import MEANINGS, Reply
from bot.workdays import local_day
from handlers.desk import Desk, bounced, foreign, mailed
from handlers.desk.choices import packed
from messages.ear import refunds

ADVISED = frozenset(
    {"dispute", "question", "call", "wrong_recipient", "hardship", "insolvency", "legal", "no_contact"}
)
"""Meanings of which the card says what one does next."""
DOUBTS = frozenset({"orders", "day_unreadable", "payment_elsewhere", "new_details"})
"""What the ear may be unsure of, and there are words for."""


def hear(reply: Reply, case: Case, desk: Desk) -> Hearing:
    """What an answer says, read against what was owed and offered when it came."""
    due = min((i.due for i in case.invoices if is_open(i) and i.due), default=None)
    plan = offered(case)
    asked = Asked(
        today=local_day(reply.at, desk.business.zone),
        owed=_owed(reply, case, desk),
        due=due,
        offered=terms(plan) if plan else None,
    )
    found = desk.hear(reply.text, asked)
    is_foreign = foreign.is_named(reply.text, asked.owed.currency)
    return replace(found, unsure=foreign.OTHER_CURRENCY) if is_foreign else found


def offered(case: Case) -> Plan | None:
    """The plan that waits for the customer's word, if there is one."""
    return next((p for p in reversed(case.plans) if p.state == "offered"), None)


def _owed(reply: Reply, case: Case, desk: Desk) -> Money:
    """What an agreement would be about, in the currency the answer names; where there is none, all open."""
    found = [*totals(c.amount for c in owed(case)), *open_totals(case.invoices)]
    spoken = [each for each in found if foreign.speaks_of(reply.text, each.currency)]
    return next(iter([*spoken, *found]), Money(0, country(desk.country).currency))


def proposed(reply: Reply, case: Case, desk: Desk) -> tuple[Proposal, ...]:
    """What Purr proposes to write down of an answer, the likeliest first."""
    return _read(hear(reply, case, desk), reply, case, desk)


def _read(heard: Hearing, reply: Reply, case: Case, desk: Desk) -> tuple[Proposal, ...]:
    """What follows from what was heard; money that is wanted back comes first."""
    found = proposals(heard, _owed(reply, case, desk), desk.today)
    return with_refund(found, refunds.asked(reply.text))


def quoted(reply: Reply, meaning: str, case: Case, desk: Desk) -> str:
    """The sentence in which an answer says something; all of it where none is told apart."""
    found = (p.quote for p in proposed(reply, case, desk) if p.meaning == meaning and p.quote)
    return next(found, reply.text.strip())


def card(reply: Reply, case: Case, desk: Desk, *, opinion: tuple[Intent, ...] | None = None) -> Card:
    """An unread answer: its words, what it seems to mean, and what Purr proposes to do with it.

    `opinion` is what a language model thinks it says, if one was asked.
    """
    if reply.source == "bounce":
        return bounced.card(reply, case, desk)
    heard = hear(reply, case, desk)
    found = _read(heard, reply, case, desk)
    quotes = [each.quote for each in found if each.quote and each.quote != reply.text.strip()]
    facts = {
        "customer": case.customer.name,
        "came": desk.word(f"agreements.came.{reply.source}"),
        "text": reply.text,
        "at": reply.at,
        "reading": " ".join(_said(each, case, desk) for each in found),
        "quote": quotes[0] if quotes else "",
        "next": " ".join(
            desk.word(f"agreements.then.{each.meaning}") for each in found if each.meaning in ADVISED
        ),
        "unsure": _doubt(heard, opinion or (), reply, case, desk) if found else "",
    }
    buttons = _buttons(found, reply, case, desk) if found else meanings(reply, desk)
    if opinion is None and may_ask(desk.business, desk.model.site):
        buttons = (*buttons, desk.button("ask_model", "reply.ask", reply.id, style="quiet"))
    if opinion and found:
        buttons = (*buttons, *_besides(beyond(heard, opinion), found, reply, case, desk))
    mail = mailed.of_reply(reply, desk)
    return desk.card(
        "answered",
        facts,
        facts=mail.facts,
        checks=mail.checks if opinion is None else (*mail.checks, _second(heard, opinion, desk)),
        handouts=mail.handouts,
        buttons=buttons,
        subject=case.customer.id,
    )


def _doubt(heard: Hearing, opinion: tuple[Intent, ...], reply: Reply, case: Case, desk: Desk) -> str:
    """Why the owner should read it too; nothing where Purr is sure."""
    if not heard.unsure and merged(heard, opinion) == heard:
        return ""
    if heard.unsure == foreign.OTHER_CURRENCY:
        currency = _owed(reply, case, desk).currency
        amounts = foreign.named(reply.text, currency)
        return desk.word("agreements.unsure.other_currency", amounts=amounts, currency=currency)
    return desk.word(f"agreements.unsure.{heard.unsure if heard.unsure in DOUBTS else 'other'}")


def _second(own: Hearing, opinion: tuple[Intent, ...], desk: Desk) -> Check:
    """What a language model thinks besides, that it thinks the same, or that it was no use."""
    if not opinion:
        return Check("look", desk.word("model.no_opinion"))
    if not (more := beyond(own, opinion)):
        return Check("ok", desk.word("model.agrees"))
    said = dict.fromkeys(desk.word(f"buttons.means_{MEANS[each]}") for each in more)
    return Check("look", desk.word("model.also_thinks", said=list(said)))


def _besides(
    more: tuple[Intent, ...], found: tuple[Proposal, ...], reply: Reply, case: Case, desk: Desk
) -> Iterator[Button]:
    """The ways to take up what only a language model thinks: its word is no figure, so all is asked."""
    offered_ = {each.meaning for each in found} | BESIDE
    for meaning in dict.fromkeys(MEANS[each] for each in more if MEANS[each] not in offered_):
        intent = next(each for each in more if MEANS[each] == meaning)
        asked = _form(Proposal(meaning=meaning, intent=intent), reply, case)
        yield Button(desk.word(f"buttons.means_{meaning}"), asked or _other(meaning, reply, case))


def meanings(reply: Reply, desk: Desk) -> tuple[Button, ...]:
    """What an answer can mean, one tap each."""
    return tuple(desk.button(f"means_{m}", "reply.read", reply.id, m) for m in MEANINGS)


def _said(proposal: Proposal, case: Case, desk: Desk) -> str:
    """What an answer seems to mean, in one sentence."""
    return desk.word(f"agreements.heard.{_key(proposal, case)}", **_figures(proposal, desk))


def _key(proposal: Proposal, case: Case) -> str:
    """Which words tell of a proposal: those of its meaning, of an offer answered, or of several payments."""
    if proposal.intent in ("plan_accept", "plan_reject") and offered(case):
        return proposal.intent
    return "parts" if proposal.parts else proposal.meaning


def _figures(proposal: Proposal, desk: Desk) -> dict[str, object]:
    said = proposal.terms
    return {
        "day": proposal.day or (said.first_day if said else None),
        "amount": proposal.amount,
        "count": said.instalments if said else None,
        "each": said.amount_each if said else None,
        "weekly": said is not None and said.interval == "weekly",
        "parts": proposal.parts,
        "reason": desk.word(f"dispute_reasons.{proposal.reason or 'other'}"),
    }


def _buttons(found: tuple[Proposal, ...], reply: Reply, case: Case, desk: Desk) -> tuple[Button, ...]:
    """What Purr proposes, first; the form to change its figures; and the way to say otherwise."""
    likely = [_button(each, reply, case, desk) for each in found]
    form = _form(found[0], reply, case)
    change = [Button(desk.word("buttons.change"), form)] if form and form != likely[0].action else []
    other = desk.button("means_else", "reply.meanings", reply.id, style="quiet", look=True)
    return (replace(likely[0], style="primary"), *likely[1:], *change, other)


def _button(proposal: Proposal, reply: Reply, case: Case, desk: Desk) -> Button:
    action = _taken(proposal, reply, case) or _form(proposal, reply, case)
    if action is None:
        label = desk.word(f"agreements.proposals.{proposal.meaning}") if proposal.meaning in WAYS else ""
        return Button(
            label or desk.word(f"buttons.means_{proposal.meaning}"), _other(proposal.meaning, reply, case)
        )
    named = _key(proposal, case)
    return Button(desk.word(f"agreements.proposals.{named}", **_figures(proposal, desk)), action)


WAYS: Mapping[str, str] = {
    "paid": "reply.paid",
    "invoice_copy": "reply.copy",
    "call": "call.show",
    "refund": "refund.asked",
}
"""Meanings that lead to something that Purr does or the owner looks at."""


def _other(meaning: str, reply: Reply, case: Case) -> Action:
    """What a meaning without figures leads to."""
    if meaning in WAYS:
        return Action(WAYS[meaning], case.customer.id, reply.id)
    return Action("reply.read", reply.id, meaning)


def _taken(proposal: Proposal, reply: Reply, case: Case) -> Action | None:
    """What writes a proposal down at one tap; nothing where a figure is wanting or the owner chooses."""
    customer = case.customer.id
    if not proposal.certain:
        return None
    match proposal.meaning:
        case "promise" if proposal.day:
            return Action(
                "promise.add", customer, packed(reply.id, proposal.day, _written(proposal.amount, case))
            )
        case "more_time" if proposal.day and not is_deferred(owed(case), case.promises):
            return Action("promise.grant", customer, packed(reply.id, proposal.day))
        case "plan" if (plan := offered(case)) and proposal.intent in ("plan_accept", "plan_reject"):
            verb = "plan.accept" if proposal.intent == "plan_accept" else "plan.reject"
            return Action(verb, plan.id, reply.id)
        case "plan" if proposal.parts:
            return Action("plan.preview", customer, packed(reply.id, *_plan_values(proposal)))
        case "plan" if proposal.terms and (proposal.terms.instalments or proposal.terms.amount_each):
            return Action("plan.preview", customer, packed(reply.id, *_plan_values(proposal)))
        case "dispute" if len(meant := _contested(reply, case)) == 1:
            return Action("dispute.take", customer, packed(reply.id, meant[0], proposal.reason or "other"))
    return None


def _form(proposal: Proposal, reply: Reply, case: Case) -> Action | None:
    """The form for what a proposal writes down, with the figures it knows."""
    customer = case.customer.id
    match proposal.meaning:
        case "promise":
            known = packed(reply.id, proposal.day or "", _written(proposal.amount, case))
            return Action("promise.form", customer, known)
        case "more_time" if is_deferred(owed(case), case.promises):
            return Action("plan.form", customer, packed(reply.id, "", proposal.day or ""))
        case "more_time":
            return Action("promise.grant_form", customer, packed(reply.id, proposal.day or ""))
        case "plan":
            return Action("plan.form", customer, packed(reply.id, *_plan_values(proposal)))
        case "dispute":
            meant = _contested(reply, case)
            only = meant[0] if len(meant) == 1 else ""
            return Action("dispute.form", customer, packed(reply.id, only, proposal.reason or REASONS[0]))
    return None


def _contested(reply: Reply, case: Case) -> list[str]:
    return [i.id for i in about(reply.text, (i for i in case.invoices if is_open(i)))]


def _plan_values(proposal: Proposal) -> tuple[object, ...]:
    """The terms of a plan as its form takes them: count, first day, each, interval, parts, currency."""
    if proposal.parts:
        named = (f"{o.day}={o.amount.decimal if o.amount else ''}" for o in proposal.parts if o.day)
        currency = next((o.amount.currency for o in proposal.parts if o.amount), "")
        return ("", "", "", "", ",".join(named), currency)
    if (said := proposal.terms) is None:
        return ()
    each = said.amount_each
    terms_ = (said.instalments or "", _day(said.first_day), _plain(each), said.interval)
    return (*terms_, "", each.currency) if each else terms_


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _written(amount: Money | None, case: Case) -> str:
    """A promised amount, with its currency where the first thing they owe is in another."""
    first = next((c.amount.currency for c in owed(case)), "")
    return f"{_plain(amount)} {amount.currency}" if amount and amount.currency != first else _plain(amount)


def _plain(amount: Money | None) -> str:
    """An amount as a form takes it in any language."""
    return str(amount.decimal) if amount else ""
