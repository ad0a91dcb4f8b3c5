"""A line of the conversation as HTML: the owner's bubble, or Purr's card with all its parts."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass, replace
from urllib.parse import quote
from zlib import crc32

from bot.chat import Button, Card, Check, Fact, Handout, Item, Paper, Picture, Posted, Rule
from handlers.platforms.web.forms import form_part
from handlers.platforms.web.icons import icon
from handlers.platforms.web.markup import Html, joined, paragraphs, tag
from handlers.platforms.web.words import Words

WIDE = 18
"""How many characters of a value fit half of a phone."""
NARROW = 10
"""The same beside a copy button."""
ORDER = {"primary": 0, "plain": 1, "quiet": 2}


@dataclass(frozen=True, slots=True)
class Look:
    """What rendering needs to know of the reader: their language, its words, and the session's secret."""

    language: str
    words: Words
    csrf: str


def conversation(lines: tuple[Posted, ...], look: Look) -> Html:
    """Lines one after the other, as the page, a part of it, or the live stream shows them."""
    return joined(*(line(posted, look) for posted in lines))


def line(posted: Posted, look: Look) -> Html:
    """One line; `data-version` tells the page whether it changed, so that half-filled forms survive."""
    body = _said(posted, look)
    return tag(
        "article",
        tag("span", look.words["you"] if posted.mine else "Purr", class_="unseen"),
        None if posted.mine else tag("span", icon("purr"), class_="face"),
        tag("div", body, _time(posted, look), class_="said"),
        class_="line mine" if posted.mine else "line purr",
        id=f"line-{posted.id}",
        tabindex=-1,
        data_at=int(posted.at.timestamp() * 1000),
        data_day=posted.at.date().isoformat(),
        data_version=f"{crc32(body.encode()):08x}",
    )


def _time(posted: Posted, look: Look) -> Html:
    return tag("time", posted.at.strftime(look.words["clock"]), datetime=posted.at.isoformat())


def _said(posted: Posted, look: Look) -> Html:
    cards = (posted.card, *posted.card.more)
    return joined(*(_card(card, f"{posted.id}-{at}", posted.outcome, look) for at, card in enumerate(cards)))


def _card(card: Card, key: str, outcome: str, look: Look) -> Html:
    title = tag("h2", card.title, id=f"title-{key}") if card.title else None
    shown = joined(
        title,
        tag("div", paragraphs(card.text), class_="text") if card.text.strip() else None,
        _facts(card.facts, look),
        _checks(card.checks, look),
        _law(card.law, look),
        *(_picture(picture) for picture in card.pictures),
        _items(card.items, key, bool(outcome), look),
        _paper(card.paper, look) if card.paper else None,
        *(_handout(handout) for handout in card.handouts),
        _outcome(outcome) if outcome else _ways(card, key, look),
    )
    kind = "card" if outcome or not _is_only_words(card) else "bubble"
    return tag("section", shown, class_=kind, aria_labelledby=f"title-{key}" if title else None)


def _is_only_words(card: Card) -> bool:
    return replace(card, text="", subject="", in_place=False, more=()) == Card("")


def _outcome(outcome: str) -> Html:
    return tag("p", icon("ok"), tag("span", outcome.removeprefix("✓").strip()), class_="outcome")


def _ways(card: Card, key: str, look: Look) -> Html:
    form = form_part(card.form, key, look.words, look.csrf) if card.form else None
    buttons = sorted(card.buttons, key=lambda button: ORDER[button.style])
    row = tag("div", *(_button(button, look) for button in buttons), class_="buttons") if buttons else None
    return joined(form, row, tag("p", card.foot, class_="foot") if card.foot else None)


def _button(button: Button, look: Look, described_by: str | None = None) -> Html:
    return tag(
        "button",
        button.label,
        type="submit" if button.token else "button",
        form="press" if button.token else None,
        name="press" if button.token else None,
        value=button.token or None,
        class_=f"button {button.style}{' look' if button.look else ''}",
        data_copy=button.copy or None,
        data_copied=look.words["copied"] if button.copy else None,
        aria_describedby=described_by,
    )


def _facts(facts: tuple[Fact, ...], look: Look) -> Html | None:
    return tag("dl", *(_fact(fact, look) for fact in facts), class_="facts") if facts else None


def _fact(fact: Fact, look: Look) -> Html:
    copy = _copy(fact, look) if fact.copy else None
    room = NARROW if fact.copy else WIDE
    wide = "wide" if len(fact.value) > room else None
    return tag("div", tag("dt", fact.label), tag("dd", _value(fact.value), copy), class_=wide)


def _value(text: str) -> Html:
    """A value; an address on the web can be followed."""
    if text.startswith("https://"):
        return tag("a", text, href=text, target="_blank", rel="noopener noreferrer")
    return tag("span", text)


def _copy(fact: Fact, look: Look) -> Html:
    return tag(
        "button",
        icon("copy"),
        type="button",
        class_="copy",
        aria_label=f"{look.words['copy']}: {fact.label}",
        title=look.words["copy"],
        data_copy=fact.copy,
        data_copied=look.words["copied"],
    )


def _checks(checks: tuple[Check, ...], look: Look) -> Html | None:
    return tag("ul", *(_check(check, look) for check in checks), class_="checks") if checks else None


def _check(check: Check, look: Look) -> Html:
    state = tag("span", f"{look.words[check.state]}: ", class_="unseen")
    return tag("li", icon(check.state), tag("span", state, check.text), class_=check.state)


def _law(law: tuple[Rule, ...], look: Look) -> Html | None:
    """The compass: the sum of it in sight, the steps behind it unfold without a script."""
    if not law:
        return None
    sum_of_it = joined(tag("span", "§ ", class_="mark", aria_hidden="true"), *_ruled(law[0]))
    if not law[1:]:
        return tag("p", sum_of_it, class_="law")
    steps = tag("ul", *(_step(rule, look) for rule in law[1:]))
    return tag("details", tag("summary", sum_of_it), steps, class_="law")


def _step(rule: Rule, look: Look) -> Html:
    sign, said = ("● ", "law_open") if rule.open else ("○ ", "law_shut")
    mark = tag("span", sign, class_="mark", role="img", aria_label=look.words[said])
    return tag("li", mark, *_ruled(rule), class_=None if rule.open else "shut")


def _ruled(rule: Rule) -> tuple[str, ...]:
    return (rule.text, " ", tag("small", rule.source)) if rule.source else (rule.text,)


def _items(items: tuple[Item, ...], key: str, over: bool, look: Look) -> Html | None:
    rows = (_item(item, f"item-{key}-{at}", over, look) for at, item in enumerate(items))
    return tag("ul", *rows, class_="items") if items else None


def _item(item: Item, key: str, over: bool, look: Look) -> Html:
    button = _button(item.button, look, described_by=key) if item.button and not over else None
    return tag(
        "li",
        tag("span", item.title, class_="name", id=key),
        tag("span", item.amount, class_="amount") if item.amount else None,
        tag("span", item.text, class_="about") if item.text else None,
        button,
    )


def _picture(picture: Picture) -> Html:
    source = f"data:{picture.kind};base64,{b64encode(picture.content).decode()}"
    return tag("figure", tag("img", src=source, alt=picture.alt))


def _handout(handout: Handout) -> Html:
    """A file to take away; the link stays when the card is answered."""
    size = f"{handout.kilobytes} kB"
    said = (icon("save"), tag("span", handout.name), tag("small", size))
    return tag(
        "a", *said, href=f"/files/{quote(handout.ref, safe='')}", download=handout.name, class_="handout"
    )


def _paper(paper: Paper, look: Look) -> Html:
    rows = [(look.words["to"], paper.to)] if paper.to else []
    head = (
        joined(tag("dt", name), tag("dd", value))
        for name, value in [*rows, (look.words["subject"], paper.subject)]
    )
    return tag(
        "div",
        tag("dl", *head, lang=look.language),
        tag("div", paper.body.replace("\r\n", "\n").strip("\n"), class_="letter"),
        class_="paper",
        lang=paper.language or None,
    )
