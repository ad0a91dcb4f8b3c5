"""Sending: by the owner's own hand, or through a mail server that was tried before it is trusted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.chat import Action, Card, Field, Request
from bot.parties import Security
from handlers.desk import Answers, Desk, boxes, notes, servers

PORTS: dict[Security, int] = {"starttls": 587, "tls": 465, "none": 25}
WELL_KNOWN = {
    "gmail.com": "smtp.gmail.com",
    "outlook.com": "smtp-mail.outlook.com",
    "hotmail.com": "smtp-mail.outlook.com",
    "live.se": "smtp-mail.outlook.com",
    "icloud.com": "smtp.mail.me.com",
    "online.no": "smtp.online.no",
    "telia.com": "mailout.telia.com",
    "elisanet.fi": "smtp.elisa.fi",
}
"""Mail servers that are not called smtp and the rest of the address."""


def by_hand(_request: Request, desk: Desk) -> Action:
    """The owner copies each letter and sends it."""
    desk.turn_to(replace(desk.business, sends="self"))
    return _planned(desk)


def by_mail(_request: Request, desk: Desk) -> Card:
    """Letters go out by mail: from which address."""
    fields = (desk.field("own_email", "email", desk.business.email),)
    return desk.card("ask_mail", form=desk.form("sending.address", "", fields, submit="go_on"))


def address(request: Request, desk: Desk) -> Card | Action:
    """The address is known: if no server is set up, ask for it, with a guess from the address."""
    email = request.values.get("own_email", "").strip()
    desk.books.save_business(replace(desk.business, email=email))
    if desk.server:
        desk.turn_to(replace(desk.business, sends="mail"))
        return _planned(desk)
    return _ask_server(desk, {"mail_host": guess(email), "mail_user": email})


def guess(email: str) -> str:
    """What the mail server of an address is probably called."""
    domain = email.rpartition("@")[2].casefold()
    return WELL_KNOWN.get(domain, f"smtp.{domain}" if domain else "")


def _ask_server(desk: Desk, known: Mapping[str, str], trouble: str = "") -> Card:
    error = desk.word(f"delivery.{trouble}", to="") if trouble else ""
    security = servers.options(PORTS, desk)
    fields: tuple[Field, ...] = (
        desk.field("mail_host", value=known.get("mail_host", ""), error=error),
        desk.field("mail_user", value=known.get("mail_user", ""), required=False),
        desk.field("mail_password", "password", hint=desk.word("hints.mail_password"), required=False),
        desk.field("mail_security", "choice", known.get("mail_security", security[0][0]), options=security),
    )
    form = desk.form("sending.server", "", fields, submit="try_it")
    ways = servers.sign_in("out", desk)
    return desk.card("ask_server", form=form, buttons=ways, in_place=bool(trouble))


def server(request: Request, desk: Desk) -> Card | Action:
    """Try the server; only one that answers and lets us in is kept."""
    given = servers.written(request.values, PORTS)
    if trouble := desk.try_mail(given):
        return _ask_server(desk, request.values, trouble)
    desk.books.mailboxes.save(given)
    boxes.sign_out(desk)
    desk.turn_to(replace(desk.business, sends="mail"))
    desk.books.history.add("mail_server_set", who=request.who, what=given.host)
    return _planned(desk)


def _planned(desk: Desk) -> Action:
    """The last answer of the first meeting: the digest is planned."""
    notes.plan_list(desk)
    return Action("start.ready")


ANSWERS: Answers = {
    "sending.self": by_hand,
    "sending.mail": by_mail,
    "sending.address": address,
    "sending.server": server,
}
