"""Sign-ins: a mailbox whose provider wants its owner to sign in on its own page, instead of a password."""

from __future__ import annotations

from dataclasses import replace

from bot.chat import Action, Card, Fact, Request
from bot.errors import Refusal
from bot.parties import MailServer
from bot.sign_ins import Invitation, SignedIn
from handlers.desk import Answers, Desk, boxes, notes


def begin(request: Request, desk: Desk) -> Card:
    """A code, and the page where the owner writes it."""
    if desk.business.example:
        raise Refusal("example_alone")
    invited = desk.sign_in("")
    if not isinstance(invited, Invitation):
        return _again("unreachable" if invited == "unreachable" else "refused", request, desk)
    kept = MailServer(host=invited.address, user=invited.code, password=invited.key)
    desk.books.mailboxes.save(kept, "invited")
    return _asked(kept, "", request, desk)


def _asked(invited: MailServer, trouble: str, request: Request, desk: Desk) -> Card:
    facts = (
        Fact(desk.word("mail.sign_in.address"), invited.host, invited.host),
        Fact(desk.word("mail.sign_in.code"), invited.user, invited.user),
    )
    done = desk.button("signed_in", "sign_in.done", value=request.action.value, style="primary")
    said = desk.word(f"mail.sign_in.trouble.{trouble}") if trouble else ""
    return desk.card("sign_in", {"trouble": said}, facts=facts, buttons=(done,), in_place=bool(trouble))


def _again(trouble: str, request: Request, desk: Desk) -> Card:
    """It came to nothing: why, and the way to begin anew."""
    anew = desk.button("sign_in", "sign_in.begin", value=request.action.value)
    return desk.card("sign_in_over", {"why": desk.word(f"mail.sign_in.trouble.{trouble}")}, buttons=(anew,))


def done(request: Request, desk: Desk) -> Card | Action:
    """The owner says that they signed in: whatever lets us in is kept."""
    invited = desk.books.mailboxes.invited()
    found = desk.sign_in(invited.password) if invited else "over"
    if invited and found == "waiting":
        return _asked(invited, "waiting", request, desk)
    if not isinstance(found, SignedIn):
        return _again(found if isinstance(found, str) else "refused", request, desk)
    tried = desk.try_mailbox(found.incoming), desk.try_mail(found.outgoing)
    desk.books.mailboxes.forget("invited")
    return _let_in(found, *tried, request, desk)


def _let_in(found: SignedIn, unread: str, unsent: str, request: Request, desk: Desk) -> Card | Action:
    """Look into the mailbox and send through it, each if that was asked for or nothing else is there to."""
    is_for_sending = request.action.value == "out"
    if not unread and not (is_for_sending and desk.incoming):
        boxes.connect(replace(found.incoming, password=""), request.who, desk)
    if not unsent and (is_for_sending or not desk.server):
        desk.books.mailboxes.save(replace(found.outgoing, password=""))
        desk.books.history.add("mail_server_set", who=request.who, what=found.outgoing.host)
    desk.books.mailboxes.sign_in(replace(found.incoming, password=found.renewal))
    boxes.sign_out(desk)
    if is_for_sending and not unsent:
        desk.turn_to(replace(desk.business, sends="mail"))
        notes.plan_list(desk)
        return Action("start.ready")
    facts = {
        "user": found.user,
        "unread": desk.word(f"mail.trouble.{unread}") if unread else "",
        "unsent": desk.word(f"delivery.{unsent}", to="") if unsent else "",
    }
    return desk.card("signed_in", facts)


ANSWERS: Answers = {"sign_in.begin": begin, "sign_in.done": done}
