"""The voice: facts become words — a card or a word for the owner, a letter to the customer."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from operator import attrgetter

from jinja2 import (
    Environment,
    FileSystemLoader,
    StrictUndefined,
    Template,
    TemplateNotFound,
    Undefined,
    pass_context,
)
from jinja2.runtime import Context

from bot import references
from bot.countries import country as country_of
from bot.letters import Facts
from messages.formats import OF_A_TEXT, OF_ANY_TEXT, Formats, formats, letter_formats, one_line
from messages.languages import FOLDER, LAYOUTS, Language, WordsMissing, language
from messages.whole import part, whole

REFERENCE_KINDS = {"kid": "kid", "ocr": "ocr", "fik": "fik", "fi": "viite", "rf": "rf"}
EMPTY_LINES = re.compile("\n\n\n+")
TWO_STOPS = re.compile(r"(?<=\bkr\.)\.(?!\.)")
"""What follows *kr.* at the end of a sentence, which ends it already."""
NOT_SAID: Mapping[str, object] = {
    "attached": False,
    "page": "",
    "final_notice_term": "",
    "offer_parts": 0,
    "offer_day": None,
    "call_day": None,
    "deferral": False,
    "contested": None,
    "business_number": "",
    "customer_number": "",
    "dropped": None,
    "given": False,
    "accepted": False,
}
"""Facts of one kind of letter that may be left out, and what their absence means."""
STATED = tuple(each.name for each in fields(Facts) if each.name != "fields")
OF_FACTS = attrgetter(*STATED)


@dataclass(frozen=True, slots=True)
class Said:
    """A card's words: `foot` says what happens if nothing is pressed."""

    title: str
    text: str
    foot: str

    @classmethod
    def of(cls, rendered: str) -> Said:
        """A rendered template taken apart."""
        text, title, foot = _bare(rendered), "", ""
        if text.startswith("# "):
            title, _, text = text.removeprefix("# ").partition("\n")
        above, _, last = text.rpartition("\n")
        if last.startswith("~ "):
            text, foot = above, last.removeprefix("~ ")
        return cls(title, text.strip(), foot)


def _bare(rendered: str) -> str:
    """What a template said, without the blanks and empty lines that templates leave behind."""
    bare = "\n".join([line.rstrip(" \t") for line in rendered.split("\n")])
    text = EMPTY_LINES.sub("\n\n", bare).strip()
    return TWO_STOPS.sub("", text) if "kr.." in text else text


@dataclass(frozen=True, slots=True)
class Text:
    """A letter's words."""

    subject: str
    body: str


class Voice:
    """Speaks to one owner in their language; of another currency than their country's it names the code."""

    def __init__(self, code: str, *, country: str = "", today: date | None = None) -> None:
        self.language = language(code)
        self.today = today
        self.own = country_of(country).currency if country else ""

    def card(self, name: str, /, **facts: object) -> Said:
        """The words of a card: perhaps a line `# title`, paragraphs, perhaps a last line `~ foot`."""
        return Said.of(self._render(_template(self.language.code, f"cards/{name}.j2"), facts))

    def page(self, name: str, /, **facts: object) -> str:
        """A page for a browser, from a layout: every fact that stands in it is text and no markup."""
        return self._render(_pages().get_template(f"{name}.html.j2"), facts)

    def word(self, key: str, /, **facts: object) -> str:
        """A short word of the language by its dotted key, such as `buttons.approve`."""
        template = _word(self.language.code, key)
        return template if isinstance(template, str) else self._render(template, facts).strip()

    def _formats(self, facts: object) -> Formats:
        return formats(self.language, facts, today=self.today, own=self.own)

    def _render(self, template: Template, facts: Mapping[str, object]) -> str:
        return template.render({"today": self.today} | dict(facts), formats=self._formats(facts))


def drawing(name: str, /, **facts: object) -> str:
    """A drawing, from a layout: every fact that stands in it is text and no markup."""
    return _pages().get_template(f"{name}.svg.j2").render(facts)


def letter(facts: Facts) -> Text:
    """The letter that states these facts, from the most specific template there is.

    `facts.fields` adds what one kind needs: `reply_by` (plan), `hold_until` (payment_unseen), `issue` and
    `answer_day` (dispute, refund), `paid_day` (thanks). For a promise, `totals` and `pay_by` are what was
    promised.
    """
    spoken = language(facts.language)
    template = _letter(spoken.code, facts.kind, facts.tone, facts.country)
    rendered = template.render(_context(facts, spoken), formats=letter_formats(facts))
    said = Said.of(rendered)
    return Text(said.title, said.text)


def passages(facts: Facts) -> Callable[[str], str]:
    """What our letter of these facts says in a part, by the name of its block, or for a form of *you*."""
    spoken = language(facts.language)
    context, habits = _context(facts, spoken), letter_formats(facts)

    def said(name: str) -> str:
        if name in spoken.table("you"):
            return str(context[name])
        block = _block(name, spoken.code, facts.kind, facts.tone, facts.country)
        return _bare(block.render(context, formats=habits))

    return said


def is_written(facts: Facts) -> bool:
    """Whether there is a template for such a letter in its language: the law's own letters are in its own."""
    paths = _paths(facts.kind, facts.tone, facts.country)
    return any((FOLDER / facts.language / path).is_file() for path in paths)


def _paths(kind: str, tone: str, country: str) -> tuple[str, ...]:
    """Where the words of a letter may stand, the most specific first."""
    names = (f"{kind}.{tone}", kind)
    return tuple(f"letters/{name}.j2" for stem in names for name in (f"{stem}.{country}", stem))


def _context(facts: Facts, spoken: Language) -> dict[str, object]:
    """The facts by the names that templates use, each text on one line, and the words that follow."""
    stated: dict[str, object] = dict(zip(STATED, OF_FACTS(facts), strict=True))
    stated |= {**NOT_SAID, **facts.fields, **_next_step(facts, spoken)}
    stated |= {
        "one": len(facts.lines) == 1,
        "line": facts.lines[0],
        "count": len(facts.lines),
        "account": "" if _in_the_reference(facts) else facts.account,
        "account_kind": facts.account_kind or "account",
        "reference_kind": _reference_kind(facts),
        "words": spoken.tables,
    }
    stated |= {name: one_line(value) for name, value in stated.items() if value and isinstance(value, str)}
    stated |= _you(spoken.code, facts.to_firm and not facts.first_name)
    return stated


def _next_step(facts: Facts, spoken: Language) -> dict[str, object]:
    """The next step in words: a final notice by the legal word of the country, and only where it has one."""
    term = facts.fields.get("final_notice_term", "")
    if facts.next_step != "final_notice":
        return {"next_step": facts.next_step}
    if not term:
        return {"next_step": "writes"}
    key = f"final_notice.{facts.country}.{term}"
    words = spoken.find(key)
    if not isinstance(words, str):
        raise WordsMissing(f"{spoken.code}/language.toml has no {key}")
    return {"final_notice": words}


def _in_the_reference(facts: Facts) -> bool:
    """Whether each reference is a whole Danish payment line, which names the creditor itself."""
    return facts.account_kind == "fik" and all(references.fik(line.reference) for line in facts.lines)


def _reference_kind(facts: Facts) -> str:
    """What the references are called: `none` when one is missing, `reference` when of no one kind."""
    if not all(line.reference for line in facts.lines):
        return "none"
    schemes = {references.recognise(line.reference, facts.country) for line in facts.lines}
    scheme = schemes.pop() if len(schemes) == 1 else ""
    return next((kind for prefix, kind in REFERENCE_KINDS.items() if scheme.startswith(prefix)), "reference")


@cache
def _template(code: str, *paths: str) -> Template:
    try:
        return environment(code).select_template(paths)
    except TemplateNotFound as missing:
        raise WordsMissing(f"{code} has no {paths[-1]}") from missing


@cache
def _letter(code: str, kind: str, tone: str, country: str) -> Template:
    """The template of a letter, made whole when it is first needed."""
    return whole(environment(code), str(_template(code, *_paths(kind, tone, country)).name))


@cache
def _block(mark: str, code: str, kind: str, tone: str, country: str) -> Template:
    """One part alone: a block of all marks' own, else that block of our letter of the kind."""
    able, ours = environment(code), str(_template(code, *_paths(kind, tone, country)).name)
    found = part(able, "mark.j2", mark) or part(able, ours, mark)
    if found is None:
        raise WordsMissing(f"{code} has no block {mark} for a {kind}")
    return found


@cache
def _you(code: str, plural: bool) -> Mapping[str, object]:
    """The forms of *you* that fit the reader."""
    return {name: forms[plural] for name, forms in language(code).table("you").items()}


@cache
def _word(code: str, key: str) -> Template | str:
    """The template of a word, or the word itself where nothing is put into it."""
    found = language(code).find(key)
    if not isinstance(found, str):
        raise WordsMissing(f"{code}/language.toml has no {key}")
    return environment(code).from_string(found) if "{" in found else found.strip()


@cache
def environment(code: str) -> Environment:
    """The templates of one language, with the filters they may use; what is not said is an error."""
    environment = Environment(  # noqa: S701 - plain text leaves here; each platform escapes for itself
        loader=FileSystemLoader([FOLDER / code, LAYOUTS]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    return _able(environment)


@cache
def _pages() -> Environment:
    """The layouts of pages, where what a fact holds can never become markup."""
    return _able(
        Environment(
            loader=FileSystemLoader(LAYOUTS),
            undefined=StrictUndefined,
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
        )
    )


def _able(environment: Environment) -> Environment:
    environment.filters.update(OF_ANY_TEXT)
    environment.filters.update({name: _of_a_text(rule) for name, rule in OF_A_TEXT.items()})
    return environment


def _of_a_text(rule: Callable[..., object]) -> Callable[..., object]:
    """A filter that follows the habits of the text it stands in."""

    @pass_context
    def filtered(context: Context, value: object, *values: object, **options: object) -> object:
        if isinstance(value, Undefined):
            str(value)  # what is strictly undefined says its name as soon as it is used
        return rule(context.parent["formats"], value, *values, **options)

    return filtered
