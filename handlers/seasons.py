"""Quiet seasons: the days of the year on which the owner wants no list; told, added and taken out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.chat import Action, Button, Card, Form, Item, Request
from bot.seasons import USUAL, Season, check_season, in_year, usual
from handlers.desk import Answers, Desk, notes


def show(_request: Request, desk: Desk) -> Card:
    """When no list comes, and the way to change it."""
    known = desk.business.seasons
    items = tuple(_row(season, desk) for season in known)
    quick = tuple(
        desk.button(f"season_{name}", "season.add", value=_written(each))
        for name, each in ((name, usual(name, desk.today)) for name in USUAL)
        if not any(each.is_as(other) for other in known)
    )
    return desk.card("seasons", {"count": len(known)}, items=items, buttons=quick, form=_form(desk))


def add(request: Request, desk: Desk) -> Card:
    """Rest in one more season."""
    season = check_season(_asked(request, desk), desk.business.seasons)
    if not any(season.is_as(other) for other in desk.business.seasons):
        _keep((*desk.business.seasons, season), request, desk)
    return show(request, desk)


def remove(request: Request, desk: Desk) -> Card:
    """Rest in a season no longer."""
    gone = request.action.value
    _keep(tuple(s for s in desk.business.seasons if _written(s) != gone), request, desk)
    return show(request, desk)


def _keep(seasons: tuple[Season, ...], request: Request, desk: Desk) -> None:
    changed = replace(desk.business, seasons=tuple(sorted(seasons, key=lambda s: (s.first, s.last))))
    desk.books.save_business(changed)
    notes.plan_list(desk)
    desk.books.history.add("settings_changed", who=request.who)


def _row(season: Season, desk: Desk) -> Item:
    gone = Button(desk.word("buttons.remove"), Action("season.remove", value=_written(season)))
    how = "yearly" if season.yearly else "once"
    days = (season.first, season.last)
    if season.yearly:
        days = (in_year(season.first, desk.today.year), in_year(season.last, desk.today.year))
    said = desk.word("season.days", first=days[0], last=days[1])
    return Item(said, desk.word(f"season.{how}"), button=gone)


def _form(desk: Desk) -> Form:
    options = tuple((each, desk.word(f"season.{each}")) for each in ("yearly", "once"))
    fields = (
        desk.field("season_first", "date"),
        desk.field("season_last", "date"),
        desk.field("season_how", "choice", "yearly", options=options),
    )
    return desk.form("season.add", "", fields, submit="add")


def _asked(request: Request, desk: Desk) -> Season:
    """The season that was chosen by a button, or told in the form."""
    if request.action.value:
        first, last, how = request.action.value.split()
        return Season(first=date.fromisoformat(first), last=date.fromisoformat(last), yearly=how == "yearly")
    told = request.values
    return Season(
        first=desk.day(told.get("season_first", "")),
        last=desk.day(told.get("season_last", "")),
        yearly=told.get("season_how") != "once",
    )


def _written(season: Season) -> str:
    """A season as the action of a button names it."""
    how = "yearly" if season.yearly else "once"
    return f"{season.first.isoformat()} {season.last.isoformat()} {how}"


ANSWERS: Answers = {"season.list": show, "season.add": add, "season.remove": remove}
