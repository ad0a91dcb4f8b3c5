"""Mails: what came into the mailbox, each taken for what it is; the owner is asked whose if need be."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from bot.chat import Action, Button, Card, Item, Posted, Request
from bot.errors import Refusal
from bot.mail import Kept, Kind, Mail
from bot.mail_trail import Found
from bot.parties import Customer
from bot.replies import LATELY, likely_senders
from handlers.desk import Answers, Desk, answered, bounced, heard, mailed
from handlers.desk.drafts import silence
from handlers.desk.trails import follow, letter_of, trail

ROWS = 5
"""Among how many customers the owner chooses whose a mail is; any other is named."""
BEGINNING = 300
"""How much of a mail is shown before the rest is asked for, in characters."""
WHOLE = "whole"
LISTED = 8
"""How many mails one list shows."""


def arrived(mail: Mail, raw: bytes, since: date, desk: Desk) -> Card | None:
    """Take in a mail. Nothing comes of one that was seen before or concerns no customer; nor is it kept."""
    if desk.books.mails.seen(mail.identity):
        return None
    found = follow(mail, since, desk)
    if not found.concerns and (mail.readable or mail.sender):
        desk.books.mails.add(Kept(id=mail.identity, at=desk.now, state="unrelated"))
        return None
    kept = mailed.kept(mail, found, desk)
    desk.books.mails.add(kept)
    desk.books.mails.keep_source(kept.id, raw)
    return _taken(mail, kept, desk) if found.customer else _ask(kept, found, desk)


def put_by(mail: Mail, raw: bytes, desk: Desk) -> Card:
    """Keep a mail that could not be taken in, and ask whose it is."""
    kept = replace(mailed.kept(replace(mail, readable=False), Found(), desk), state="waiting")
    desk.books.mails.add(kept)
    desk.books.mails.keep_source(kept.id, raw)
    return _ask(kept, Found(), desk)


def _taken(mail: Mail, kept: Kept, desk: Desk) -> Card | None:
    """What a mail of a customer means for what to do next."""
    kept = replace(kept, letter=letter_of(mail, kept.customer, desk))
    desk.books.mails.save(kept)
    mailed.it_went(kept.letter, desk)
    return TAKEN[mail.kind](mail, kept, desk)


def _answer(mail: Mail, kept: Kept, desk: Desk) -> Card:
    """A person has written: it holds everything, and the owner reads it."""
    reply = answered.take(kept.customer, mailed.words(kept, desk), "mail", desk, written=mail.at)
    desk.books.mails.save(replace(kept, reply=reply.id))
    return heard.card(reply, desk.books.case(kept.customer), desk)


def _bounce(mail: Mail, kept: Kept, desk: Desk) -> Card | None:
    """A letter came back. What is only delayed is noted; a copy that failed is told and holds nothing."""
    failed = [each for each in mail.undelivered if each.fate == "failed"]
    if mail.undelivered and not failed:
        desk.books.history.add("mail_delayed", customer=kept.customer, what=kept.sender)
        return None
    letter = desk.books.letters.get(kept.letter) if kept.letter else None
    if letter and mail.undelivered and not mailed.hits(letter, failed):
        desk.books.history.add("letter_bounced", customer=kept.customer, what=bounced.why(mail, desk))
        facts = {"customer": _name(kept.customer, desk), "said": bounced.why(mail, desk)}
        return desk.card("mail_copy_bounced", facts, subject=kept.customer)
    return _returned(kept, "letter_bounced", bounced.why(mail, desk) or kept.text, desk)


def _complaint(_mail: Mail, kept: Kept, desk: Desk) -> Card:
    """They told their mail provider that they do not want such mail."""
    return _returned(kept, "mail_complaint", desk.word("mail.complained"), desk)


def _returned(kept: Kept, event: str, said: str, desk: Desk) -> Card:
    """A letter that did not do what it was sent for: it never arrived, and everything waits for the owner."""
    if event == "letter_bounced":
        mailed.never_arrived(kept.letter, desk)
    reply = answered.take(kept.customer, said or kept.subject, "bounce", desk)
    desk.books.mails.save(replace(kept, reply=reply.id))
    desk.books.history.add(event, customer=kept.customer, what=said)
    return bounced.card(reply, desk.books.case(kept.customer), desk)


def _away(_mail: Mail, kept: Kept, desk: Desk) -> Card:
    """A machine has answered: worth knowing, and no reason to wait."""
    words = mailed.words(kept, desk)
    desk.books.history.add("mail_away", customer=kept.customer, text=words)
    facts = {"customer": _name(kept.customer, desk), "text": words}
    return desk.card("mail_away", facts, subject=kept.customer)


def _opened(_mail: Mail, kept: Kept, desk: Desk) -> None:
    """A receipt: noted."""
    desk.books.history.add("mail_opened", customer=kept.customer)


TAKEN: Mapping[Kind, Callable[[Mail, Kept, Desk], Card | None]] = {
    "reply": _answer,
    "other": _answer,
    "bounce": _bounce,
    "complaint": _complaint,
    "auto_reply": _away,
    "read_receipt": _opened,
}


def _name(customer: str, desk: Desk) -> str:
    return desk.books.customers.get(customer).name


def _ask(kept: Kept, found: Found, desk: Desk) -> Card:
    """Ask whose a mail is. Until that is known, nothing goes to those whose it may be."""
    desk.books.history.add("mail_unplaced")
    likely = _candidates(found, desk)
    stopped = [c.name for c in likely if c.id in found.likely and silence(c.id, desk)]
    return _whose(kept, likely, stopped, desk)


def _candidates(found: Found, desk: Desk) -> list[Customer]:
    """Those whom it may be from, the likeliest first; where nothing tells, those last written to."""
    named = (found.customer,) if found.customer else found.likely
    likely = [*(named or likely_senders(desk.books.letters.latest(LATELY)))][:ROWS]
    known = {c.id: c for c in desk.books.customers.among(likely)}
    return [known[each] for each in likely if each in known]


def _whose(
    kept: Kept, likely: list[Customer], stopped: list[str], desk: Desk, *, whole: bool = False
) -> Card:
    items = tuple(
        Item(c.name, c.to, button=Button(desk.word("buttons.this_one"), Action("mail.place", kept.id, c.id)))
        for c in likely
    )
    words, mail = mailed.words(kept, desk), mailed.told(kept, desk)
    whole = whole or len(words) <= BEGINNING
    facts = {"who": kept.who, "text": words, "most": None if whole else BEGINNING, "stopped": stopped}
    field = desk.field("customer", hint=desk.word("hints.customer"))
    more = () if whole else (desk.button("show_all", "mail.show", kept.id, WHOLE, style="quiet"),)
    return desk.card(
        "mail_whose",
        facts,
        facts=mail.facts,
        checks=mail.checks,
        handouts=mail.handouts,
        items=items,
        form=desk.form("mail.place", kept.id, (field,), submit="go_on"),
        buttons=(*more, desk.button("nobodys", "mail.aside", kept.id, style="quiet")),
    )


def listing(_request: Request, desk: Desk) -> Card | Action:
    """The mails of which nobody knows whose they are, the latest first; where there is one, that one."""
    waiting = desk.books.mails.waiting()[::-1]
    if not waiting:
        raise Refusal("mail_settled")
    if len(waiting) == 1:
        return Action("mail.show", waiting[0].id)
    rows = tuple(_row(kept, desk) for kept in waiting[:LISTED])
    return desk.card("mails_waiting", {"count": len(waiting)}, items=rows)


def _row(kept: Kept, desk: Desk) -> Item:
    opens = Button(desk.word("buttons.open"), Action("mail.show", kept.id), look=True)
    return Item(
        kept.who or desk.word("mail.stranger"), desk.word("mail.begins", text=_gist(kept, desk)), button=opens
    )


def _gist(kept: Kept, desk: Desk) -> str:
    return kept.subject or mailed.words(kept, desk)


def show(request: Request, desk: Desk) -> Card:
    """A mail that waits to be told whose it is, opened again; or all of it, in place of its beginning."""
    kept = _waiting(request.action.subject, desk)
    whole = request.action.value == WHOLE
    likely = _candidates(trail(mailed.read_again(kept, desk), desk), desk)
    return replace(_whose(kept, likely, [], desk, whole=whole), in_place=whole)


def place(request: Request, desk: Desk) -> Card | Action:
    """The owner says whose a mail is; from then on that address is known."""
    kept = _waiting(request.action.subject, desk)
    customer = desk.customer(request.action.value or request.values.get("customer", "").strip())
    placed = replace(kept, state="placed", way="asked", customer=customer.id)
    for line in _asking(kept, desk):
        desk.books.lines.close(line.id, customer.name)
    return _taken(mailed.read_again(kept, desk), placed, desk) or Action("customer.show", customer.id)


def aside(request: Request, desk: Desk) -> Card:
    """It is none of a customer's: nothing of it is kept but that it was seen, and its card goes too."""
    kept = _waiting(request.action.subject, desk)
    desk.books.mails.drop(kept.id)
    desk.books.history.add("mail_aside", who=request.who)
    gone = desk.card("mail_aside", in_place=True)
    for line in _asking(kept, desk):
        desk.books.lines.replace(line.id, gone)
    return gone


def _asking(kept: Kept, desk: Desk) -> tuple[Posted, ...]:
    """The other lines that still ask whose a mail is."""
    return desk.books.lines.offering(Action("mail.aside", kept.id))


def _waiting(ident: str, desk: Desk) -> Kept:
    kept = desk.books.mails.get(ident)
    if kept.state != "waiting":
        raise Refusal("mail_settled")
    return kept


ANSWERS: Answers = {
    "mail.list": listing,
    "mail.show": show,
    "mail.place": place,
    "mail.aside": aside,
}
