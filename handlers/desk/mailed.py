"""Mails on the desk: what is kept of one, what a card tells of it, and what it proves of our letters."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import NamedTuple

from bot.chat import Check, Fact, Handout
from bot.identity import masked
from bot.letters import Letter
from bot.mail import Kept, Mail, Undelivered
from bot.mail_trail import Found, folded
from bot.replies import Reply
from bot.workdays import local_day
from handlers.desk import Desk, answered, handouts
from messages.ear.answers import unquoted
from storage.mail import read

FILES = 20
"""How many names of its files are kept with it."""


def kept(mail: Mail, found: Found, desk: Desk) -> Kept:
    """A mail as it stands in the books: its own words, without what it quotes."""
    files = [each.name for each in mail.attachments]
    return Kept(
        id=mail.identity,
        at=desk.now,
        state="placed" if found.customer else "waiting",
        kind=mail.kind,
        way=found.way,
        message_id=mail.message_id,
        sender=mail.sender,
        name=mail.name,
        subject=masked(mail.subject),
        text=answered.shortened(masked(unquoted(mail.text))),
        customer=found.customer,
        attachments=tuple(files[:FILES]),
        readable=mail.readable,
    )


def read_again(one: Kept, desk: Desk) -> Mail:
    """The mail as it came."""
    return read(desk.books.mails.source(one.id))


def words(one: Kept, desk: Desk) -> str:
    """What a mail says; where it says nothing, its subject, its files, or that it cannot be read."""
    if one.text.strip():
        return one.text
    if not one.readable:
        return one.subject or desk.word("mail.unreadable")
    return one.subject or ", ".join(one.attachments) or desk.word("mail.empty")


class Told(NamedTuple):
    """What a card tells of a mail beside its words, and the files that came with it."""

    facts: tuple[Fact, ...] = ()
    checks: tuple[Check, ...] = ()
    handouts: tuple[Handout, ...] = ()


def of_reply(reply: Reply, desk: Desk) -> Told:
    """Who wrote an answer that came by mail, its files, and whether all of it could be read."""
    if reply.source != "mail" or (one := desk.books.mails.of_reply(reply.id)) is None:
        return Told()
    return told(one, desk)


def told(one: Kept, desk: Desk) -> Told:
    """What stands on a mail, its files, and whether it is broken: then something of it may be missing."""
    given, remarks = handouts.of_mail(one, desk)
    names = "" if given else ", ".join(one.attachments)
    known = {"from": one.who, "subject": one.subject, "files": names}
    broken = () if one.readable else (Check("look", desk.word("mail.broken")),)
    facts = (Fact(desk.word(f"mail.{name}"), value) for name, value in known.items() if value)
    return Told(tuple(facts), (*broken, *remarks), given)


def hits(letter: Letter, failed: Collection[Undelivered]) -> bool:
    """Whether a letter failed to reach the one it was for, and not just whoever got a copy."""
    wrong = {folded(address) for each in failed for address in each.addresses}
    return folded(letter.to) in wrong or folded(letter.cc or letter.to) not in wrong


def it_went(ident: str, desk: Desk) -> None:
    """A mail about a letter of unknown fate proves that it went out."""
    letter = desk.books.letters.get(ident) if ident else None
    if letter is None or letter.state != "unknown":
        return
    at = letter.send_at or desk.now
    day = local_day(at, desk.business.zone)
    desk.books.letters.save(replace(letter, state="sent", sent_at=at, sent_day=day))
    desk.books.history.add("went_out", customer=letter.customer)


def never_arrived(ident: str, desk: Desk) -> None:
    """A letter that came back counts as none: what it announced and added does not stand."""
    letter = desk.books.letters.get(ident) if ident else None
    if letter and letter.reached:
        desk.books.letters.save(replace(letter, state="failed"))
