"""What a card shows, as blocks: its words, facts, checks, rows, letter and pictures."""

from __future__ import annotations

from collections.abc import Iterator

from bot.chat import Card, Check, Fact, Field, Handout, Paper
from handlers.platforms.slack.fitting import Part
from handlers.platforms.slack.rich import ROOM, Piece, Row, block, said, section, sheet, stacked
from handlers.platforms.slack.rows import LINE, VALUE, button, items
from handlers.platforms.slack.text import (
    MOST,
    Json,
    cut,
    escape,
    fits_mrkdwn,
    label,
    marked,
    mrkdwn,
    on_one_line,
    parted,
    plain,
    units,
)
from handlers.platforms.slack.words import Words

HEADER = 150
RULE, SOURCE = 450, 120
"""Of a line of the law: no longer than one text of a block, even if every character is escaped."""
LARGEST = 1_000_000_000
"""How many bytes of a file Slack takes."""
SIGN = {"ok": "✓", "look": "•", "stop": "!"}


def shown(card: Card, words: Words, *, alive: bool) -> list[Part]:
    """All of a card that is to be read but the law; `alive`: its rows can still be opened."""

    def cut_off(_count: int) -> Json:
        return context(words["cut"])

    def and_more(count: int) -> Json:
        return context(words["more"].format(count=count))

    return [
        Part(_title(card.title)),
        Part(_text(card), 1, cut_off),
        Part(stacked([_fact(fact, card) for fact in card.facts]), 3, and_more),
        Part(stacked([_check(check, card, words) for check in card.checks]), 2, and_more),
        Part(items(card, alive=alive), 6, and_more),
        Part(_paper(card.paper, words) if card.paper else [], 4, cut_off),
        Part(_alt(card), 5, and_more),
        Part([Piece(_handout(each, at, words)) for at, each in enumerate(card.handouts)], 5, and_more),
        Part(stacked([_error(field) for field in asked_again(card)]), 2, and_more) if alive else Part([]),
    ]


def _alt(card: Card) -> list[Piece]:
    """What pictures show, in words; where rows tell the same there is no need of it."""
    return [Piece(context(picture.alt)) for picture in card.pictures if not card.items]


def _handout(handout: Handout, at: int, words: Words) -> Json:
    """A file to take away, with the button that asks for it, or where it is to be had."""
    if not (handout.button and handout.button.token):
        return context(handout.told(words["handout"]))
    if handout.size > LARGEST:
        return context(handout.told(words["file_large"]))
    text = plain(cut(handout.told(words["file"]), LINE))
    return {"type": "section", "text": text, "accessory": button(handout.button, f"press:file{at}")}


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


def _title(title: str) -> list[Piece]:
    if not title.strip():
        return []
    if units(title.strip()) <= HEADER:
        return [Piece({"type": "header", "text": label(title, HEADER)})]
    return [Piece(block(section(said(cut(title.strip(), ROOM), bold=True))))]


def _text(card: Card) -> list[Piece]:
    text = card.text.replace("\r\n", "\n").strip()
    parts = [part for _, part in parted(text, ROOM)] if text else []
    return [Piece(block(section(said(part, card.moments)))) for part in parts if part.strip()]


def _fact(fact: Fact, card: Card) -> Row:
    name, value, bare = cut(fact.label, LINE), cut(fact.value, VALUE), cut(fact.copy, VALUE)
    if bare and _squeezed(bare) == _squeezed(value):
        return [*said(name, bold=True), *said("  "), *said(value, code=True)]
    copied = [*said("  "), *said(bare, code=True)] if bare else []
    return [*said(name, bold=True), *said("  "), *said(value, card.moments), *copied]


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _check(check: Check, card: Card, words: Words) -> Row:
    """A finding; whether it is fine is said by a sign, and if it is not, in words too."""
    told = [] if check.state == "ok" else said(f"{words[check.state]}: ", bold=True)
    return [*said(f"{SIGN[check.state]} "), *told, *said(cut(check.text, VALUE), card.moments)]


def law(card: Card) -> Part:
    """The compass in small grey letters; its sources slanted, unless a sign in it would become markup."""
    lines = [(cut(on_one_line(rule.text), RULE), cut(on_one_line(rule.source), SOURCE)) for rule in card.law]
    signs = ("§", *("●" if rule.open else "○" for rule in card.law[1:]))
    slants = fits_mrkdwn(*(part for line in lines for part in line))
    drawn = "\n".join(_rule(sign, *line, slants=slants) for sign, line in zip(signs, lines, strict=False))
    element = mrkdwn if slants else plain
    parts = [part for _, part in parted(drawn, MOST)] if card.law else []
    return Part([Piece({"type": "context", "elements": [element(part)]}) for part in parts], 7)


def _rule(sign: str, text: str, source: str, *, slants: bool) -> str:
    if slants:
        text, source = escape(text), source and f"_{escape(source)}_"
    return f"{sign} {text}  {source}".rstrip()


def _error(field: Field) -> Row:
    return [*said(f"! {cut(field.label, LINE)}: ", bold=True), *said(cut(field.error, VALUE))]


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
    yield from (each.told(words["file"]) for each in card.handouts)
    yield from (f"{field.label}: {field.error}" for field in asked_again(card))
    yield from (f"{rule.text} {rule.source}" for rule in card.law)
