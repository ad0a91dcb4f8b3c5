"""The trail from a mail to a customer, followed through the books of one business."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from bot.mail import Mail, Way
from bot.mail_trail import Found, is_old, is_ours, listens, may_return, numbers, told_apart, whose
from handlers.desk import Desk

PERSONAL = frozenset({"reply", "auto_reply"})
"""Mails that their sender's address may tie to a customer; a newsletter it does not."""


def follow(mail: Mail, since: date, desk: Desk) -> Found:
    """Whose a mail is. Of what we sent ourselves, and of what is older than the mailbox, it is nobody's."""
    server = desk.books.mailboxes.incoming()
    own = (desk.business.email, server.user if server else "")
    if mail.kind in ("reply", "other") and is_ours(mail, own):
        return Found()
    if is_old(mail, since) and not _by_letter(mail, desk):
        return Found()
    return trail(mail, desk)


def trail(mail: Mail, desk: Desk) -> Found:
    """Whom the signs in a mail name; a short number is as good as a colleague: a guess, to be asked about."""
    exact, colleagues = _people(mail, desk)
    telling, short = told_apart(numbers(f"{mail.subject}\n{mail.text}"))
    signs: dict[Way, Collection[str]] = {
        "letter": _by_letter(mail, desk),
        "tag": set(desk.books.signs.tags(mail.tags).values()),
        "number": desk.books.signs.numbers(telling),
        "sender": exact,
    }
    guesses = colleagues - exact if mail.kind == "reply" else set()
    if mail.kind != "other":
        guesses |= desk.books.signs.numbers(short)
    return whose(signs, guesses)


def letter_of(mail: Mail, customer: str, desk: Desk) -> str:
    """Our letter to a customer that a mail is about; empty when it names none."""
    ours = desk.books.signs.letters(mail.refers_to)
    named = [each for each in mail.refers_to if ours.get(each) == customer]
    tagged = [tag for tag, owner in desk.books.signs.tags(mail.tags).items() if owner == customer]
    letters = desk.books.letters.of(customer)
    found = [x.id for x in letters for each in named[:1] if x.message_id == each]
    to_there = [x.id for x in letters if may_return(x, mail, desk.today)]
    return next(iter([*found, *tagged, *to_there[-1:]]), "")


def _by_letter(mail: Mail, desk: Desk) -> set[str]:
    """The customer whose letter or mail it answers: the closest that is known."""
    known = desk.books.signs.letters(mail.refers_to) | desk.books.signs.threads(mail.refers_to)
    closest = next((known[each] for each in mail.refers_to if each in known), "")
    return {closest} if closest else set()


def _people(mail: Mail, desk: Desk) -> tuple[set[str], set[str]]:
    """Who wrote it, and who works where they do; of a mail that did not arrive, whom it was for."""
    if mail.undelivered:
        wrong = (a for each in mail.undelivered for a in each.addresses)
        return {customer for a in wrong for customer in desk.books.signs.recipient(a)}, set()
    if mail.kind not in PERSONAL:
        return set(), set()
    exact, there = desk.books.signs.people(mail.sender)
    return {c for c in exact if _listens(c, mail, desk)}, {c for c in there if _listens(c, mail, desk)}


def _listens(customer: str, mail: Mail, desk: Desk) -> bool:
    return listens(desk.books.case(customer), mail, desk.today)
