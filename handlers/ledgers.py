"""Ledgers: the accounting systems that open invoices are read from; connected, read, taken in, forgotten."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from bot.chat import Action, Button, Card, Field, Item, Request
from bot.errors import Refusal
from bot.ledgers import Connection, Pulled, System
from bot.rounds import SOON
from handlers.desk import Answers, Desk, faults, flaws, ledgers
from handlers.desk.intake import counts, take_in

ASKED = "ledger_"
"""How a question's name begins; the rest is what the system calls what it asks for."""
SEEN = ("company", "client_id", "tenant")
"""What is asked for and is no secret, so that it may be seen while it is typed."""


def show(request: Request, desk: Desk) -> Card:
    """Which systems are connected, when each was read, and for an owner the way to connect another."""
    connected = {each.system: each for each in desk.books.connections.all()}
    known = [(system, connected[system.key]) for system in desk.systems if system.key in connected]
    others = [system for system in desk.systems if system.key not in connected]
    decides = request.role == "owner"
    card = desk.card(
        "ledgers",
        {"count": len(known)},
        items=tuple(_item(system, connection, desk) for system, connection in known),
        buttons=tuple(_forget(system, desk) for system, _ in known) if decides else (),
    )
    asks = decides and bool(others)
    return (
        replace(card, form=desk.form("ledger.form", "", _choice(others, desk), submit="go_on"))
        if asks
        else card
    )


def _choice(systems: Iterable[System], desk: Desk) -> tuple[Field, ...]:
    return (desk.field("ledger", "choice", options=tuple((s.key, s.name) for s in systems)),)


def _item(system: System, connection: Connection, desk: Desk) -> Item:
    """One system: when it was last read, or what is wrong."""
    if connection.trouble:
        said = desk.word(f"ledger_trouble.{connection.trouble}")
    elif connection.pulled_at:
        said = ledgers.seen(connection.pulled_at, "", desk)
    else:
        said = desk.word("ledgers.never")
    return Item(system.name, said, button=desk.button("fetch", "ledger.pull", system.key))


def _forget(system: System, desk: Desk) -> Button:
    label = desk.word("ledgers.disconnect", name=system.name)
    return Button(label, Action("ledger.forget", system.key), style="quiet")


def form(request: Request, desk: Desk) -> Card:
    """Ask for what lets Purr into a system."""
    return _ask(_system(request.values.get("ledger") or request.action.subject, desk), desk, {})


def _system(key: str, desk: Desk) -> System:
    if desk.business.example:
        raise Refusal("example_alone")
    found = next((each for each in desk.systems if each.key == key), None)
    if found is None:
        raise Refusal("not_found")
    return found


def _ask(system: System, desk: Desk, known: Mapping[str, str], trouble: str = "") -> Card:
    error = desk.word(f"ledger_trouble.{trouble}") if trouble else ""
    fields = tuple(
        Field(
            f"{ASKED}{name}",
            desk.word(f"ledgers.{system.key}.{name}"),
            "text" if name in SEEN else "password",
            known.get(f"{ASKED}{name}", "") if name in SEEN else "",
            error=error if name == system.fields[0] else "",
        )
        for name in system.fields
    )
    form = desk.form("ledger.connect", system.key, fields, submit="try_it")
    return desk.card("ask_ledger", {"name": system.name}, form=form, in_place=bool(trouble))


def connect(request: Request, desk: Desk) -> Card:
    """Try a system; only one that lets Purr in is kept, and what is open there is shown."""
    system = _system(request.action.subject, desk)
    given = {name: request.values.get(f"{ASKED}{name}", "").strip() for name in system.fields}
    connection = _anew(system, given, desk)
    found = desk.fetch(connection, desk.today)
    if isinstance(found, str):
        return _ask(system, desk, request.values, found)
    desk.books.connections.save(connection)
    desk.books.history.add("ledger_connected", who=request.who, what=system.name)
    return _preview(system, connection, found, desk)


def _anew(system: System, given: Mapping[str, str], desk: Desk) -> Connection:
    """A connection to be tried; a new key of the same company goes on where the last reading ended.

    What was paid since must not be missed. A reading that is under way with the old key comes to nothing.
    """
    known = desk.books.connections.get(system.key)
    same = known and all(known.secrets.get(name) == given[name] for name in SEEN if name in given)
    if not known or not same:
        return Connection(system=system.key, secrets=given)
    next_at = desk.now + SOON if known.pulled_at else None
    return replace(known, secrets=given, trouble="", failures=0, told=False, next_at=next_at)


def pull(request: Request, desk: Desk) -> Card:
    """Read a connected system, and show what that would change."""
    system = _system(request.action.subject, desk)
    connection = _connection(system, desk)
    found = desk.fetch(connection, desk.today)
    if isinstance(found, str):
        return _trouble(connection, found, desk)
    return _preview(system, connection, found, desk)


def _connection(system: System, desk: Desk) -> Connection:
    found = desk.books.connections.get(system.key)
    if found is None:
        raise Refusal("not_found")
    return found


def _trouble(connection: Connection, trouble: str, desk: Desk) -> Card:
    told = ledgers.failed(connection, trouble, desk, shown=True)
    assert told is not None, "who asked hears of it"
    return told


def _preview(system: System, connection: Connection, found: Pulled, desk: Desk) -> Card:
    """What a system would change, before it does."""
    intake = ledgers.changes(found, desk)
    problems = ledgers.troubles(found, intake)
    facts = counts(intake) | {"name": system.name, "problems": len(problems)}
    checks = (*faults.told(problems, desk), *flaws.told(intake, desk))
    if not intake.changes:
        ledgers.noted(connection, found, problems, desk, by_hand=True)
        return desk.card("import_same", facts, checks=checks)
    buttons = (
        desk.button("import", "ledger.take", system.key, style="primary"),
        desk.button("leave", "import.cancel", style="quiet"),
    )
    return desk.card("import_preview", facts, checks=checks, buttons=buttons)


def take(request: Request, desk: Desk) -> Card:
    """Take what a system knows now into the books; the same twice changes nothing."""
    system = _system(request.action.subject, desk)
    connection = _connection(system, desk)
    found = desk.fetch(connection, desk.today)
    if isinstance(found, str):
        return _trouble(connection, found, desk)
    intake = ledgers.changes(found, desk)
    taken = take_in(intake, request.who, desk)
    ledgers.noted(connection, found, ledgers.troubles(found, intake), desk, by_hand=True)
    return taken


def forget(request: Request, desk: Desk) -> Card:
    """Throw away what lets Purr into a system; what came from there stays."""
    system = _system(request.action.subject, desk)
    if not desk.books.connections.forget(system.key):
        raise Refusal("not_found")
    desk.books.history.add("ledger_forgotten", who=request.who, what=system.name)
    return desk.card("ledger_forgotten", {"name": system.name})


ANSWERS: Answers = {
    "ledger.list": show,
    "ledger.form": form,
    "ledger.connect": connect,
    "ledger.pull": pull,
    "ledger.take": take,
    "ledger.forget": forget,
}
