"""What a card shows, as blocks: its words, facts, checks, rows, letter and pictures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from bot.chat import Button, Card, Check, Fact, Field, Item, Paper
from handlers.platforms.slack.fitting import Part
from handlers.platforms.slack.rich import (
    ROOM,
    Piece,
    Row,
    block,
    said,
    section,
    sheet,
    stacked,
)
from handlers.platforms.slack.text import (
    Json,
    cut,
    dated,
    fits_mrkdwn,
    marked,
    mrkdwn,
    parted,
    plain,
    timed,
    units,
)
from handlers.platforms.slack.words import Words

HEADER = 150
LABEL = 75
NAME = 150
LINE = 300
VALUE = 1000
SIGN = {"ok": "✓", "look": "•", "stop": "!"}


def shown(card: Card, words: Words, *, alive: bool) -> list[Part]:
    """All of a card that is to be read; `alive`: its rows can still be opened."""

    def cut_off(_count: int) -> Json:
        return context(words["cut"])

    def and_more(count: int) -> Json:
        return context(words["more"].format(count=count))

    return [
        Part(_title(card.title)),
        Part(_text(card), 1, cut_off),
        Part(stacked([_fact(fact, card) for fact in card.facts]), 3, and_more),
        Part(stacked([_check(check, card, words) for check in card.checks]), 2, and_more),
        Part(_items(card, alive=alive), 6, and_more),
        Part(_paper(card.paper, words) if card.paper else [], 4, cut_off),
        Part([Piece(context(picture.alt)) for picture in card.pictures], 5, and_more),
        Part(stacked([_error(field) for field in asked_again(card)]), 2, and_more) if alive else Part([]),
    ]


def context(text: str) -> Json:
    """A line in small grey letters."""
    return {"type": "context", "elements": [plain(text, VALUE)]}


def foot(card: Card) -> list[Piece]:
    """What happens if nothing is pressed."""
    element = marked(card.foot, card.moments)
    return [Piece({"type": "context", "elements": [element]})] if card.foot.strip() else []


def asked_again(card: Card) -> list[Field]:
    """The questions that have something to mend."""
    return [field for field in card.form.fields if field.error] if card.form else []


def button(of: Button, action_id: str, about: str = "") -> Json:
    """A button that sends its token; `about` is read out after its label."""
    drawn: Json = {
        "type": "button",
        "text": plain(of.label, LABEL),
        "action_id": action_id,
        "value": of.token,
    }
    if about.strip():
        drawn["accessibility_label"] = cut(f"{of.label.strip()}: {about.strip()}", LABEL)
    return drawn | ({"style": "primary"} if of.style == "primary" else {})


def _title(title: str) -> list[Piece]:
    if not title.strip():
        return []
    if units(title.strip()) <= HEADER:
        return [Piece({"type": "header", "text": plain(title, HEADER)})]
    return [Piece(block(section(said(cut(title.strip(), ROOM), bold=True))))]


def _text(card: Card) -> list[Piece]:
    text = card.text.replace("\r\n", "\n").strip()
    parts = [part for _, part in parted(text, ROOM)] if text else []
    return [Piece(block(section(said(part, card.moments)))) for part in parts if part.strip()]


def _fact(fact: Fact, card: Card) -> Row:
    label, value, bare = cut(fact.label, LINE), cut(fact.value, VALUE), cut(fact.copy, VALUE)
    if bare and _squeezed(bare) == _squeezed(value):
        return [*said(label, bold=True), *said("  "), *said(value, code=True)]
    copied = [*said("  "), *said(bare, code=True)] if bare else []
    return [*said(label, bold=True), *said("  "), *said(value, card.moments), *copied]


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _check(check: Check, card: Card, words: Words) -> Row:
    """A finding; whether it is fine is said by a sign, and if it is not, in words too."""
    told = [] if check.state == "ok" else said(f"{words[check.state]}: ", bold=True)
    return [*said(f"{SIGN[check.state]} "), *told, *said(cut(check.text, VALUE), card.moments)]


def _error(field: Field) -> Row:
    return [*said(f"! {cut(field.label, LINE)}: ", bold=True), *said(cut(field.error, VALUE))]


def _items(card: Card, *, alive: bool) -> list[Piece]:
    """Rows in their order; those that cannot be opened stand together in a list."""

    def opens(numbered: tuple[int, Item]) -> bool:
        return alive and bool(numbered[1].button and numbered[1].button.token)

    runs = ((opening, list(run)) for opening, run in groupby(enumerate(card.items), key=opens))
    return [piece for opening, run in runs for piece in _run(run, card, opening=opening)]


def _run(run: Sequence[tuple[int, Item]], card: Card, *, opening: bool) -> list[Piece]:
    if opening:
        return [Piece(_opening(item, at, card)) for at, item in run]
    return stacked([_listed(item, card) for _, item in run], listed=True)


def _opening(item: Item, at: int, card: Card) -> Json:
    drawn: Json = {"type": "section", "text": _row_text(item, card)}
    return drawn | ({"accessory": button(item.button, f"press:{at}", item.title)} if item.button else {})


def _row_text(item: Item, card: Card) -> Json:
    """A name in bold with a line about it; without the bold where a sign in them would become markup."""
    name, about = cut(item.title.strip(), NAME), cut(_about(item), LINE)
    if not name or not fits_mrkdwn(name, about):
        return plain(f"{name}\n{about}")
    bold = f"*{''.join(map(dated, timed(name, ())))}*"
    return mrkdwn("\n".join(filter(None, (bold, "".join(map(dated, timed(about, card.moments)))))))


def _about(item: Item) -> str:
    return " · ".join(filter(None, (item.amount.strip(), item.text.strip())))


def _listed(item: Item, card: Card) -> Row:
    name, about = cut(item.title.strip(), LINE), cut(_about(item), VALUE)
    between = ("\n" if item.text.strip() else " · ") if name and about else ""
    plainly = [*said(between), *said(about, card.moments)]
    return [*said(name, card.moments, bold=bool(about)), *plainly] or said("–")


def _paper(paper: Paper, words: Words) -> list[Piece]:
    """The letter word for word, as one text to copy where it is short enough."""
    head = [
        [*said(f"{words[name]}: ", bold=True), *said(cut(value, VALUE))]
        for name, value in (("to", paper.to), ("subject", paper.subject))
        if value.strip()
    ]
    body = paper.body.replace("\r\n", "\n").strip("\n")
    sheets = [sheet(part) for _, part in parted(body, ROOM) if part]
    first = [*([section(*head)] if head else []), *sheets[:1]]
    return [Piece(block(*first))] * bool(first) + [Piece(block(each)) for each in sheets[1:]]


def spoken(card: Card, words: Words) -> Iterator[str]:
    """The whole card in plain lines, the most telling first: for a notification and for those who listen."""
    yield from (card.title, card.text)
    yield from (f"{fact.label}: {fact.value}" for fact in card.facts)
    yield from (f"{words[check.state]}: {check.text}" for check in card.checks)
    yield from (", ".join(filter(None, (i.title, i.amount, i.text))) for i in card.items)
    if card.paper:
        yield from (f"{words['subject']}: {card.paper.subject}", card.paper.body)
    yield from (picture.alt for picture in card.pictures)
    yield from (f"{field.label}: {field.error}" for field in asked_again(card))
