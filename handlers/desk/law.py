"""The law on the desk: the compass as lines of a card, what a letter adds, and the ways to change that."""

from __future__ import annotations

from collections.abc import Iterable

from bot.additions import Proposal, propose
from bot.cases import Case
from bot.chat import Button, Check, Rule
from bot.compass import Mark, compass
from bot.countries import country
from bot.invoices import Invoice
from bot.letters import ADDITIONS, LADDER, Addition, Charge, Letter
from handlers.desk import Desk

REASONS = frozenset(
    {"reminder", "fee", "final_notice", "demand", "escalate", "interest", "compensation", "limitation"}
)
"""The lines whose reason the law gives."""


def rules(case: Case, desk: Desk, invoices: Iterable[Invoice] | None = None) -> tuple[Rule, ...]:
    """What the law allows with a customer today, about some invoices or all that are late."""
    return tuple(_rule(mark, desk) for mark in compass(case, desk.business, desk.today, invoices))


def forum(desk: Desk) -> tuple[Rule, ...]:
    """Where the law has a contested claim settled that the two do not settle between them."""
    under = country(desk.country).law
    return (Rule(desk.word(f"law_forum.{desk.country}"), under.sources["forum"]),) if under else ()


def term(desk: Desk) -> str:
    """What the country's final notice is called in the owner's language."""
    return desk.word(f"terms.{desk.country}.final_notice")


def _rule(mark: Mark, desk: Desk) -> Rule:
    said = [desk.word(f"law.{mark.key}", **{"open": mark.open} | _facts(mark, desk))]
    if mark.key in REASONS:
        said.append(desk.word(f"law_why.{desk.country}.{mark.key}"))
    if mark.unsure:
        said.append(desk.word("law.unsure"))
    return Rule(" ".join(filter(None, said)), mark.source, mark.open)


def _facts(mark: Mark, desk: Desk) -> dict[str, object]:
    """The facts of a line, with names of letters and places put into words."""
    facts = dict(mark.facts)
    if "term" in facts:
        facts["term"] = term(desk)
    if isinstance(routes := facts.get("routes"), tuple):
        facts["routes"] = [desk.word(f"law_routes.{route}") for route in routes]
    return facts


def proposal(letter: Letter, case: Case, desk: Desk) -> Proposal:
    """What the letter may ask for beyond its invoices as things stand today."""
    if letter.kind not in LADDER:
        return Proposal()
    return propose(letter.kind, letter.claims, case, desk.business, desk.today, letter.wanted)


def checks(offered: Proposal, desk: Desk) -> tuple[Check, ...]:
    """What the owner should look at before adding it, and what has no verified figure."""
    doubtful = (
        desk.word(
            "checks.check_charge",
            charge=desk.word(f"charges.{each.kind}"),
            amount=each.amount,
            source=_source(each, desk),
        )
        for each in offered.doubtful
    )
    missing = (
        desk.word("checks.charge_missing", charge=desk.word(f"charges.{each}")) for each in offered.missing
    )
    return tuple(Check("look", text) for text in (*doubtful, *missing))


def _source(charge: Charge, desk: Desk) -> str:
    law = country(desk.country).law
    part = {"fee": "reminder", "earlier_fees": "reminder"}.get(charge.kind, charge.kind)
    return law.sources.get(part, "") if law else ""


def buttons(letter: Letter, offered: Proposal, desk: Desk) -> tuple[Button, ...]:
    """The ways to take something out of a letter, or to put it in after looking at it."""
    if letter.edited:
        return ()
    inside = {c.addition for c in letter.charges}
    outside = {c.addition for c in offered.doubtful} | (_left_out(letter, offered) - inside)
    return (
        *(_button("without", each, letter, desk) for each in ADDITIONS if each in inside),
        *(_button("with", each, letter, desk) for each in ADDITIONS if each in outside),
    )


def _left_out(letter: Letter, offered: Proposal) -> set[Addition]:
    """What the owner took out of this letter and may put back."""
    return set() if letter.wanted is None else {c.addition for c in offered.left_out}


def _button(how: str, addition: Addition, letter: Letter, desk: Desk) -> Button:
    value = f"{how}|{addition}"
    return desk.button(f"{how}_{addition}", "letter.charge", letter.id, value, style="quiet")
