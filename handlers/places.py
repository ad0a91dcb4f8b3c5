"""Places: where the morning list comes, and which business a chat talks about."""

from __future__ import annotations

from bot.chat import PAGE, Card, Item, Request
from bot.errors import Refusal
from bot.parties import Business
from handlers.desk import Answers, Desk, new_id
from handlers.desk.people import people


def here(request: Request, desk: Desk) -> Card:
    """The morning list comes to this chat from now on, and to no other of its platform."""
    if not _on_page(request):
        if not desk.books.places.only(request.where):
            raise Refusal("place_unknown")
        desk.books.history.add("list_moved", who=request.who)
    return desk.card("place_here", {"time": desk.business.nudge_at, "web": _on_page(request)})


def off(request: Request, desk: Desk) -> Card:
    """The morning list comes here no more."""
    if not _on_page(request):
        desk.books.places.off(request.where)
    return desk.card("place_off", {"web": _on_page(request)})


def listing(request: Request, desk: Desk) -> Card:
    """The businesses this person may turn to; this one among them."""
    this = Item(desk.business.name, desk.word("this_business"))
    others = tuple(
        Item(name, button=desk.button("turn", "business.turn", ident)) for ident, name in request.businesses
    )
    new = (desk.button("new_business", "business.new", style="quiet"),) if _may_begin(request) else ()
    return desk.card("businesses", {"count": len(others) + 1}, items=(this, *others), buttons=new)


def _may_begin(request: Request) -> bool:
    """Whether another business may be begun here: by an owner, in a chat of their own."""
    return request.role == "owner" and request.turns and not _on_page(request)


def new(request: Request, desk: Desk) -> Card:
    """Begin another business, whose owner is whoever asks."""
    if not _may_begin(request):
        raise Refusal("turns_elsewhere")
    fresh = Business(id=new_id(), name="", country=desk.country, language=desk.language)
    desk.books.found(fresh)
    members = desk.beside(fresh.id).books.members
    owner = members.owner()
    for same in (m for m in people(desk) if m.name == request.who):
        for person in desk.books.members.identities(same.id):
            members.link(owner.id, person)
    return desk.card("business_begun", turn=fresh.id)


def turn(request: Request, desk: Desk) -> Card:
    """Go on about another business, if it is one of this person's."""
    name = dict(request.businesses).get(request.action.subject)
    if name is None:
        raise Refusal("not_found")
    return desk.card("turned", {"business": name}, turn=request.action.subject)


def _on_page(request: Request) -> bool:
    return request.where in ("", PAGE)


ANSWERS: Answers = {
    "place.here": here,
    "place.off": off,
    "business.list": listing,
    "business.turn": turn,
    "business.new": new,
}
