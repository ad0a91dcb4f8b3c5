"""Settings: the hour of the digest, the time to undo, quiet days, two approvals, registers, page, model."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import time
from typing import Literal

from bot import members
from bot.chat import Action, Button, Card, Field, Request
from bot.errors import Refusal
from handlers.desk import Answers, Desk, notes
from handlers.desk.people import people

UNDO = ("0", "2", "10", "30", "60")
QUIET: tuple[Literal["line", "silence"], ...] = ("line", "silence")
SECOND: tuple[Literal["never", "final", "always"], ...] = ("never", "final", "always")


def show(request: Request, desk: Desk) -> Card:
    """How Purr works for this business, and for an owner the way to change it."""
    who = desk.button("people", "member.list", look=True)
    if request.role != "owner":
        return desk.card("settings", {"business": desk.business}, buttons=(who,))
    return desk.card(
        "settings",
        {"business": desk.business},
        form=desk.form("settings.save", "", _fields(desk)),
        buttons=(
            who,
            desk.button("charges", "charges.show"),
            desk.button("seasons", "season.list", look=True),
            Button(desk.word("bundling.button"), Action("bundling.show"), look=True),
            Button(desk.word("wordings.title"), Action("wording.list"), look=True),
            *(() if desk.business.example else _systems(desk)),
            desk.button("questions_again", "start.again"),
            *_example(desk),
        ),
    )


def _systems(desk: Desk) -> tuple[Button, ...]:
    """What a business is connected to."""
    return (
        desk.button("sending", "sending.mail"),
        desk.button("mailbox", "mailbox.show", look=True),
        desk.button("ledgers", "ledger.list", look=True),
    )


def _fields(desk: Desk) -> tuple[Field, ...]:
    known = desk.business
    quiet = tuple((q, desk.word(f"quiet.{q}")) for q in QUIET)
    second = tuple((s, desk.word(f"second.{s}")) for s in SECOND)
    return (
        desk.field("nudge_at", value=known.nudge_at.strftime("%H:%M")),
        desk.field("undo", "choice", str(known.undo_minutes), options=tuple((n, n) for n in UNDO)),
        desk.field("quiet", "choice", known.quiet, options=quiet),
        desk.field("second", "choice", known.second_approver, options=second),
        *_permissions(desk),
    )


def _permissions(desk: Desk) -> Iterator[Field]:
    """What is off until the owner turns it on, where it can be had at all."""
    known = desk.business
    if "" in desk.registers:
        yield _yes_no("registers", known.registers, "registers", desk)
    if desk.has_page:
        yield _yes_no("page", known.page, "page.owner", desk)
    if desk.model.site and not known.example:
        yield _yes_no("model", known.model, "model", desk, site=desk.model.site)


def _yes_no(name: str, now: bool, words: str, desk: Desk, **facts: object) -> Field:
    options = tuple((key, desk.word(f"{words}.{key}")) for key in ("no", "yes"))
    hint = desk.word(f"hints.{name}", **facts)
    return desk.field(name, "choice", "yes" if now else "no", options=options, hint=hint)


def _is_yes(request: Request, name: str, before: bool) -> bool:
    """What was chosen; as it was where it was not asked."""
    return request.values[name] == "yes" if name in request.values else before


def _example(desk: Desk) -> tuple[Button, ...]:
    if desk.business.example:
        return (desk.button("own_business", "example.close"),)
    return (desk.button("example", "example.open", style="quiet"),)


def save(request: Request, desk: Desk) -> Card:
    """Keep the settings; the next digest comes at the new hour."""
    hour = _clock(request.values.get("nudge_at", ""))
    undo = request.values.get("undo", "")
    quiet = next((q for q in QUIET if q == request.values.get("quiet")), desk.business.quiet)
    second = next((s for s in SECOND if s == request.values.get("second")), desk.business.second_approver)
    minutes = int(undo) if undo in UNDO else desk.business.undo_minutes
    asks = _is_yes(request, "model", desk.business.model)
    changed = replace(
        desk.business,
        nudge_at=hour,
        undo_minutes=minutes,
        quiet=quiet,
        second_approver=second,
        registers=_is_yes(request, "registers", desk.business.registers),
        page=_is_yes(request, "page", desk.business.page),
        model=asks,
        model_seen=desk.business.model_seen if asks else (),
    )
    members.check_second(changed, people(desk))
    desk.books.save_business(changed)
    notes.plan_list(desk)
    desk.books.history.add("settings_changed", who=request.who)
    return desk.card("settings_saved", {"time": hour, "undo": minutes})


def _clock(written: str) -> time:
    try:
        return time.fromisoformat(written.strip().replace(".", ":").zfill(5))
    except ValueError:
        raise Refusal("time_unreadable", words=written) from None


ANSWERS: Answers = {"settings.show": show, "settings.save": save}
