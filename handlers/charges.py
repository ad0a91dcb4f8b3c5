"""Charges: whether letters add fees, interest and compensation, and whether a final notice is offered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from bot import choices
from bot.chat import Card, Field, Request
from bot.countries import country
from bot.letters import ADDITIONS
from bot.parties import Business
from handlers.desk import Answers, Desk
from handlers.desk.law import term


def show(request: Request, desk: Desk) -> Card:
    """What may be added to a late claim, all of it off until an owner turns it on."""
    law = country(desk.country).law
    facts = {
        "business": desk.business,
        "reviewed_through": law.reviewed_through if law else None,
        "term": term(desk),
    }
    return desk.card("charges", facts, form=desk.form("charges.save", "", tuple(_fields(desk))))


def _fields(desk: Desk) -> Iterator[Field]:
    """The choices in the order in which they come up; about the fee's agreement only where the law asks."""
    known, label = desk.business, term(desk)
    yield replace(
        _choice("final_notice", known.final_notice, desk, desk.word("hints.final_notice")),
        label=label[:1].upper() + label[1:],
    )
    yield _choice("fee", "fee" in known.charges, desk, _fee_hint(desk))
    if choices.takes_agreement(desk.country, desk.today):
        yield _choice("fee_agreed", known.fee_agreed, desk, desk.word("hints.fee_agreed"))
    yield _choice("interest", "interest" in known.charges, desk, desk.word("hints.interest"))
    yield _choice("terms_agreed", known.terms_agreed, desk, desk.word("hints.terms_agreed"))
    yield _choice("compensation", "compensation" in known.charges, desk, desk.word("hints.compensation"))


def _choice(name: str, is_on: bool, desk: Desk, hint: str = "") -> Field:
    options = tuple((each, desk.word(f"buttons.{each}")) for each in ("yes", "no"))
    return desk.field(name, "choice", "yes" if is_on else "no", options=options, hint=hint)


def _fee_hint(desk: Desk) -> str:
    """The most that a letter may ask for itself; nothing where that is not known today."""
    most = choices.largest_fee(desk.country, desk.today)
    return desk.word("hints.fee", most=most) if most else ""


def save(request: Request, desk: Desk) -> Card:
    """Keep what was chosen; letters written from now on go by it."""
    changed = _changed(desk.business, request.values)
    desk.books.save_business(changed)
    desk.books.history.add("charges_changed", who=request.who)
    facts = {
        "charges": tuple(desk.word(f"charges.{each}") for each in changed.charges),
        "final_notice": changed.final_notice,
        "term": term(desk),
    }
    return desk.card("charges_saved", facts)


def _changed(known: Business, values: Mapping[str, str]) -> Business:
    """The business by the answers given; what was not asked stays as it was."""

    def is_on(name: str, before: bool) -> bool:
        return values[name] == "yes" if name in values else before

    return replace(
        known,
        charges=tuple(each for each in ADDITIONS if is_on(each, each in known.charges)),
        final_notice=is_on("final_notice", known.final_notice),
        terms_agreed=is_on("terms_agreed", known.terms_agreed),
        fee_agreed=is_on("fee_agreed", known.fee_agreed),
    )


ANSWERS: Answers = {"charges.show": show, "charges.save": save}
