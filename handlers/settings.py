"""Settings: the hour of the digest, the time to undo, quiet days, two approvals, registers, page, model."""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from typing import Literal

from bot import members, nudges
from bot.chat import Button, Card, Field, Request
from bot.errors import Refusal
from handlers.desk import Answers, Desk
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
        *(_registers(desk) if "" in desk.registers else ()),
        *(_page(desk) if desk.has_page else ()),
        *(_model(desk) if desk.model.site and not desk.business.example else ()),
    )


def _page(desk: Desk) -> tuple[Field, ...]:
    options = tuple((key, desk.word(f"page.owner.{key}")) for key in ("no", "yes"))
    wanted = "yes" if desk.business.page else "no"
    return (desk.field("page", "choice", wanted, options=options, hint=desk.word("hints.page")),)


def _model(desk: Desk) -> tuple[Field, ...]:
    options = tuple((key, desk.word(f"model.{key}")) for key in ("no", "yes"))
    asked = "yes" if desk.business.model else "no"
    hint = desk.word("hints.model", site=desk.model.site)
    return (desk.field("model", "choice", asked, options=options, hint=hint),)


def _registers(desk: Desk) -> tuple[Field, ...]:
    options = tuple((key, desk.word(f"registers.{key}")) for key in ("no", "yes"))
    asked = "yes" if desk.business.registers else "no"
    return (desk.field("registers", "choice", asked, options=options, hint=desk.word("hints.registers")),)


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
    watch = request.values.get("registers", "yes" if desk.business.registers else "no") == "yes"
    page = request.values.get("page", "yes" if desk.business.page else "no") == "yes"
    asks = request.values.get("model", "yes" if desk.business.model else "no") == "yes"
    changed = replace(
        desk.business,
        nudge_at=hour,
        undo_minutes=minutes,
        quiet=quiet,
        second_approver=second,
        registers=watch,
        page=page,
        model=asks,
        model_seen=desk.business.model_seen if asks else (),
    )
    members.check_second(changed, people(desk))
    desk.books.save_business(changed)
    at = nudges.next_nudge(changed, desk.now)
    desk.books.set_next_nudge(at)
    desk.books.history.add("settings_changed", who=request.who)
    return desk.card("settings_saved", {"time": hour, "undo": minutes})


def _clock(written: str) -> time:
    try:
        return time.fromisoformat(written.strip().replace(".", ":").zfill(5))
    except ValueError:
        raise Refusal("time_unreadable", words=written) from None


ANSWERS: Answers = {"settings.show": show, "settings.save": save}
