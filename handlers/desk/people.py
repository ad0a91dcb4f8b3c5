"""The people of a business, as the desk knows them."""

from __future__ import annotations

from dataclasses import replace

from bot import members
from bot.members import Member
from handlers.desk import Desk


def people(desk: Desk) -> tuple[Member, ...]:
    """Everybody who works with these books, the owner first and by the name the business gives."""
    owner = desk.books.members.owner()
    name = desk.business.owner or desk.business.name
    if owner.name != name:
        desk.books.members.save(replace(owner, name=name))
    return members.here(desk.books.members.all())
