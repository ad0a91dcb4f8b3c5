"""Members: who works with these books, as what, and the codes that let them in."""

from __future__ import annotations

from dataclasses import replace

from bot import members, workdays
from bot.chat import Action, Button, Card, Fact, Item, Moment, Request, Role
from bot.errors import Refusal
from bot.members import Member
from bot.platforms import Door
from handlers.desk import Answers, Desk, digest_of, new_id
from handlers.desk.people import people


def listing(request: Request, desk: Desk) -> Card:
    """Who works here, as what, and where they chat; an owner can change it."""
    decides = request.role == "owner"
    invite = (desk.button("invite", "member.invite", style="primary"),) if decides else ()
    connect = desk.button("connect", "member.connect", look=True)
    items = tuple(_row(m, decides, desk) for m in people(desk))
    return desk.card("people", {"count": len(items)}, items=items, buttons=(*invite, connect))


def _row(member: Member, decides: bool, desk: Desk) -> Item:
    change = desk.button("change", "member.show", member.id, look=True) if decides else None
    return Item(
        member.name, desk.word("member_line", role=_role(member, desk), at=_at(member, desk)), button=change
    )


def _role(member: Member, desk: Desk) -> str:
    return desk.word(f"roles.{member.role}")


def _at(member: Member, desk: Desk) -> tuple[str, ...]:
    """The platforms where somebody is linked, by their titles."""
    titles = {door.platform: door.title for door in desk.doors}
    known = (person.platform for person in desk.books.members.identities(member.id))
    return tuple(dict.fromkeys(titles.get(each, each.capitalize()) for each in known))


def show(request: Request, desk: Desk) -> Card:
    """One person, and what may be changed about them."""
    member = _here(request.action.subject, desk)
    at = _at(member, desk)
    roles = [r for r in members.ROLES if r != member.role and member.id != members.OWNER]
    remove = (desk.button("remove", "member.remove", member.id, style="quiet"),) if roles else ()
    buttons = (
        desk.button("new_code", "member.code", member.id, look=True),
        *(Button(desk.word(f"make.{r}"), Action("member.role", member.id, r)) for r in roles),
        *((desk.button("disconnect", "member.disconnect", member.id, style="quiet"),) if at else ()),
        *remove,
    )
    return desk.card("person", {"name": member.name, "role": member.role, "at": at}, buttons=buttons)


def _here(ident: str, desk: Desk) -> Member:
    found = next((m for m in people(desk) if m.id == ident), None)
    if found is None:
        raise Refusal("not_found")
    return found


def invite(request: Request, desk: Desk) -> Card:
    """Ask who is to come in, and as what."""
    _check_doors(desk)
    return _ask(desk, request.action.value)


def _check_doors(desk: Desk) -> None:
    if desk.business.example:
        raise Refusal("example_alone")
    if not desk.doors:
        raise Refusal("no_doors")


def _ask(desk: Desk, name: str, role: str = members.ROLES[0], error: str = "") -> Card:
    roles = tuple((each, desk.word(f"roles_said.{each}")) for each in members.ROLES)
    fields = (
        desk.field("member", value=name, error=error),
        desk.field("role", "choice", role, options=roles),
    )
    form = desk.form("member.add", "", fields, submit="go_on")
    return desk.card("ask_member", form=form, in_place=bool(error))


def add(request: Request, desk: Desk) -> Card | Action:
    """Somebody is to come in: keep who, and make them a code."""
    name = " ".join(request.values.get("member", "").split())
    role = _chosen(request.values.get("role", ""))
    if members.is_known(name, people(desk)):
        return _ask(desk, name, role, desk.word("errors.member"))
    member = Member(id=new_id(), name=name, role=role, added=desk.today)
    desk.books.members.add(member)
    desk.books.history.add("member_added", who=request.who, what=name)
    return Action("member.code", member.id)


def _chosen(role: str) -> Role:
    return next((r for r in members.ROLES if r == role), members.ROLES[0])


def code(request: Request, desk: Desk) -> Card:
    """A fresh code for somebody who is to come in; earlier ones are void."""
    member = _here(request.action.subject, desk)
    members.check_own_code(member, request.who, desk.business, bool(_at(member, desk)))
    desk.books.history.add("code_made", who=request.who, what=member.name)
    return _code(member, False, desk)


def connect(request: Request, desk: Desk) -> Card:
    """A code for whoever asks, to talk on in another chat."""
    same = (m for m in people(desk) if m.name == request.who and m.role == request.role)
    member = next(same, desk.books.members.owner() if request.role == "owner" else None)
    if member is None:
        raise Refusal("not_found")
    return _code(member, True, desk)


def _code(member: Member, own: bool, desk: Desk) -> Card:
    """The card with a code. It is for the eyes of whoever asked; only what it is known by is kept."""
    _check_doors(desk)
    code = new_id()[: members.CODE].upper()
    until = desk.now + members.GOOD_FOR
    desk.books.members.invite(member.id, digest_of(code.encode()), until)
    time = workdays.local(until, desk.business.zone)
    facts = {"name": member.name, "own": own, "until": time}
    at = Moment(desk.word("clock", time=time), until)
    ways = tuple(_way_in(door, code) for door in desk.doors)
    shown = members.shown_code(code)
    return desk.card(
        "invite",
        facts,
        facts=(Fact(desk.word("fields.code"), shown, shown), *ways),
        whisper=True,
        moments=(at,),
    )


def _way_in(door: Door, code: str) -> Fact:
    """How a code is used on a platform: a link that carries it, or what to write there."""
    way = door.way.format(code=code)
    return Fact(door.title, way, way)


def joined(request: Request, desk: Desk) -> Card:
    """Somebody has just come in: who they are here, and what they may do."""
    member = _here(request.action.subject, desk)
    facts = {"name": member.name, "business": desk.business.name, "role": member.role}
    return desk.card("joined", facts, buttons=(desk.button("today", "today.show", style="primary"),))


def change_role(request: Request, desk: Desk) -> Action:
    """Let somebody do more, or less."""
    member = _here(request.action.subject, desk)
    members.check_stays(member)
    role = _chosen(request.action.value)
    desk.books.members.save(replace(member, role=role))
    if "viewer" in (role, member.role):
        desk.books.places.follow(member.id, nudges=role != "viewer")
    return _changed("member_role", member, request, desk)


def disconnect(request: Request, desk: Desk) -> Action:
    """Somebody's chats know them no more; they can come in anew with a code."""
    member = _here(request.action.subject, desk)
    desk.books.members.forget(member.id)
    return _changed("member_disconnected", member, request, desk)


def remove(request: Request, desk: Desk) -> Action:
    """Somebody leaves: nothing they are known by lets them in any more."""
    member = _here(request.action.subject, desk)
    members.check_stays(member)
    desk.books.members.forget(member.id)
    desk.books.members.save(replace(member, left=desk.today))
    return _changed("member_left", member, request, desk)


def _changed(kind: str, member: Member, request: Request, desk: Desk) -> Action:
    members.check_second(desk.business, people(desk))
    desk.books.history.add(kind, who=request.who, what=member.name)
    return Action("member.list")


ANSWERS: Answers = {
    "member.list": listing,
    "member.show": show,
    "member.invite": invite,
    "member.add": add,
    "member.code": code,
    "member.connect": connect,
    "member.joined": joined,
    "member.role": change_role,
    "member.disconnect": disconnect,
    "member.remove": remove,
}
