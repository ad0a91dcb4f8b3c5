"""A letter that came back: to which address, why, and what has to be put right before anything else goes."""

from __future__ import annotations

from bot.cases import Case
from bot.chat import Button, Card
from bot.mail import Mail, Undelivered
from bot.replies import Reply
from handlers.desk import Desk
from handlers.desk.notes import read_reply
from storage.mail import read


def card(reply: Reply, case: Case, desk: Desk) -> Card:
    """The letter did not arrive, or they do not want such mail: all rests until the owner has acted."""
    kept = desk.books.mails.of_reply(reply.id)
    mail = read(desk.books.mails.source(kept.id)) if kept else Mail(identity="")
    customer = case.customer
    if mail.kind == "complaint":
        buttons = (
            desk.button("means_no_contact", "reply.read", reply.id, "no_contact", style="primary"),
            desk.button("call", "call.show", customer.id),
            desk.button("means_other", "reply.read", reply.id, "other", style="quiet"),
        )
        return desk.card("mail_complaint", {"customer": customer.name}, buttons=buttons, subject=customer.id)
    return desk.card(
        "mail_bounced",
        {"customer": customer.name, "said": why(mail, desk), "words": reply.text},
        buttons=_ways_on(reply, desk),
        subject=customer.id,
    )


def why(mail: Mail, desk: Desk) -> str:
    """Which addresses a letter did not reach and why, a sentence each."""
    return " ".join(_sentence(each, desk) for each in mail.undelivered[:3])


def _sentence(one: Undelivered, desk: Desk) -> str:
    return desk.word(f"mail.causes.{one.cause}", address=one.addresses[0] if one.addresses else "")


def _ways_on(reply: Reply, desk: Desk) -> tuple[Button, ...]:
    return (
        desk.button("contact", "customer.contact", reply.customer, style="primary"),
        desk.button("call", "call.show", reply.customer),
        desk.button("means_other", "reply.read", reply.id, "other", style="quiet"),
    )


def corrected(customer: str, who: str, desk: Desk) -> None:
    """The owner has put the address right: what came back holds nothing any longer."""
    for reply in desk.books.replies.of(customer):
        if reply.source == "bounce" and reply.unread:
            read_reply(reply.id, "other", who, desk)
