"""Wordings: an owner words a kind of letter once and for all, having seen it as a customer gets it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.chat import Action, Button, Card, Field, Form, Item, Request
from bot.parties import LANGUAGES
from bot.wording import REQUIRED, Wording
from handlers.desk import Answers, Desk, tongues, trials
from handlers.desk.trials import Which

MORE = "more"
"""The list of lists."""


def show(request: Request, desk: Desk) -> Card:
    """Which letters can be worded in a language, few at a time, each with the way to do it."""
    group, asked = request.action.subject, request.action.value
    code = asked if asked in LANGUAGES else desk.business.language
    if group == MORE:
        return desk.card("wordings", _about(code, desk), items=tuple(_groups(code, desk)))
    group = group if group in trials.GROUPS else trials.EVERYDAY
    more = Button(desk.word("wordings.more"), Action("wording.list", MORE, code))
    others = (
        Button(tongues.named(each, desk), Action("wording.list", group, each), "quiet")
        for each in LANGUAGES
        if each != code
    )
    items = tuple(_row(which, desk) for which in trials.listed(group, code, desk))
    return desk.card("wordings", _about(code, desk), items=items, buttons=(more, *others))


def _about(code: str, desk: Desk) -> dict[str, str]:
    return {"language": "" if code == desk.language else desk.word(f"languages.{code}")}


def _groups(code: str, desk: Desk) -> Iterator[Item]:
    """The lists of letters, each with what stands in it; the usual ones, known already, come last."""
    for group in sorted(trials.GROUPS, key=lambda each: each == trials.EVERYDAY):
        names = [desk.word(f"wordings.{which.name}") for which in trials.listed(group, code, desk)]
        opens = Button(desk.word("wordings.open"), Action("wording.list", group, code))
        yield Item(desk.word(f"wordings.{group}"), " · ".join(names), button=opens)


def _row(which: Which, desk: Desk) -> Item:
    whose = "own" if _own(which, desk) else "ours"
    return Item(
        desk.word(f"wordings.{which.name}"),
        desk.word(f"wordings.{whose}"),
        button=_button("change", "wording.form", which, desk),
    )


def _button(key: str, verb: str, which: Which, desk: Desk, value: str = "") -> Button:
    return Button(desk.word(f"wordings.{key}"), Action(verb, str(which), value))


def _own(which: Which, desk: Desk) -> Wording | None:
    return desk.books.wordings.find(which.sort, which.tone, which.language)


def form(request: Request, desk: Desk) -> Card:
    """A letter's words with their marks, to change: those that were tried, the owner's own, or ours."""
    which = Which.of(request.action.subject, desk)
    wording = _tried(request.action.value, which, desk) or _own(which, desk) or _ours(which, desk)
    words = {
        "title": desk.word(f"wordings.{which.name}"),
        "needed": tuple(trials.named(which, *REQUIRED[which.sort])),
    }
    return desk.card("wording", words, form=_form(wording, which, desk), buttons=_back(which, desk))


def _form(wording: Wording, which: Which, desk: Desk) -> Form:
    hint = desk.word("wordings.hint", marks=tuple(trials.offered(wording.body, which)))
    fields = (
        Field("own_subject", desk.word("wordings.subject"), value=wording.subject),
        Field("own_text", desk.word("wordings.text"), "area", wording.body, hint=hint),
    )
    return Form(Action("wording.preview", str(which)), fields, desk.word("wordings.preview"))


def _back(which: Which, desk: Desk) -> tuple[Button, ...]:
    """The way back to our words, where theirs are used."""
    return (_button("back", "wording.reset", which, desk),) if _own(which, desk) else ()


def _ours(which: Which, desk: Desk) -> Wording:
    """Our words for a letter."""
    start = trials.start(which)
    return _wording(start["subject"], start["body"], which, desk)


def _tried(packed: str, which: Which, desk: Desk) -> Wording | None:
    """The words that a button carries from one card to the next."""
    subject, _, body = packed.partition("\n")
    return _wording(subject, body, which, desk) if packed else None


def _packed(wording: Wording) -> str:
    return f"{wording.subject}\n{wording.body}"


def _wording(subject: str, body: str, which: Which, desk: Desk) -> Wording:
    return Wording(
        kind=which.sort,
        tone=which.tone,
        language=which.language,
        subject=" ".join(subject.split()) or trials.start(which)["subject"],
        body=body.replace("\r\n", "\n").strip(),
        since=desk.today,
    )


def preview(request: Request, desk: Desk) -> Card:
    """The letter as a customer would get it, and what stands against using these words."""
    which = Which.of(request.action.subject, desk)
    told = request.values
    wording = _wording(told.get("own_subject", ""), told.get("own_text", ""), which, desk)
    return _preview(wording, which, desk)


def _preview(wording: Wording, which: Which, desk: Desk) -> Card:
    trial, packed = trials.tried(wording, which, desk), _packed(wording)
    keep = replace(_button("keep", "wording.keep", which, desk, packed), style="primary")
    words = {"errors": trial.stops, "customer": trial.customer, "title": desk.word(f"wordings.{which.name}")}
    return desk.card(
        "wording_preview",
        words,
        checks=trial.checks,
        paper=trial.paper,
        buttons=(
            *(() if trial.stops else (keep,)),
            _button("change", "wording.form", which, desk, packed),
            *_back(which, desk),
        ),
        more=trial.beside,
    )


def keep(request: Request, desk: Desk) -> Card:
    """Use these words from now on; nothing that waits is changed."""
    which = Which.of(request.action.subject, desk)
    wording = _tried(request.action.value, which, desk) or _ours(which, desk)
    if trials.tried(wording, which, desk).stops:
        return _preview(wording, which, desk)
    desk.books.wordings.keep(replace(wording, by=request.who))
    return _changed("worded", which, request, desk)


def reset(request: Request, desk: Desk) -> Card:
    """Use our words again."""
    which = Which.of(request.action.subject, desk)
    if not desk.books.wordings.drop(which.sort, which.tone, which.language):
        return _list(which, request, desk)
    return _changed("unworded", which, request, desk)


def _changed(event: str, which: Which, request: Request, desk: Desk) -> Card:
    what = f"{desk.word(f'wordings.{which.name}')} ({desk.word(f'languages.{which.language}')})"
    desk.books.history.add(event, who=request.who, what=what)
    return _list(which, request, desk)


def _list(which: Which, request: Request, desk: Desk) -> Card:
    return show(replace(request, action=Action("wording.list", which.group, which.language)), desk)


ANSWERS: Answers = {
    "wording.list": show,
    "wording.form": form,
    "wording.preview": preview,
    "wording.keep": keep,
    "wording.reset": reset,
}
