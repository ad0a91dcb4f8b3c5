"""The customer's page in words: what is owed and how to pay it, what they can say, and have said."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Literal

from bot.additions import per_kind
from bot.countries import country as country_of
from bot.disputes import REASONS
from bot.letters import Charge
from bot.money import Money, totals
from bot.pages import Owed, Sheet
from bot.parties import Business
from bot.presses import MOST_WORDS, Said
from messages.formats import clip
from messages.languages import codes, language
from messages.payslip import payslip, qr_png
from messages.voice import Voice

Notice = Literal["gone", "busy", "long", "broken"]
"""Why there is nothing to show, told alike to everybody."""
NUMBER = re.compile(r"[^\d+]")


@dataclass(frozen=True, slots=True)
class Entry:
    """One invoice on a page: how much, where to, under which reference, and the code a telephone scans."""

    number: str
    what: str
    due: date | None
    amount: Money | None
    amount_copy: str
    to_pay_copy: str
    account_label: str
    account: str
    account_copy: str
    reference_label: str
    reference: str
    reference_copy: str
    swish: str
    qr: str
    qr_kind: str
    qr_amount: Money
    note: str
    papers: tuple[Paper, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """An invoice to be taken away."""

    href: str


@dataclass(frozen=True, slots=True)
class Added:
    """What the letter asked for beyond its invoices."""

    label: str
    amount: Money


@dataclass(frozen=True, slots=True)
class Mistake:
    """What was sent in and could not be taken: in which form, as it was typed, and what is wrong where."""

    form: str
    typed: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """How a page is shown: in which language, on which day, after which press, with what of it mistaken.

    `nonce` lets its own style and script run and nothing else; `papers` are addresses by invoice.
    """

    language: str
    today: date
    nonce: str
    action: str
    told: str = ""
    wrong: Mistake | None = None
    papers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def page(sheet: Sheet, business: Business, shown: Shown) -> str:
    """The page of a letter, as things stand today."""
    voice = _voice(shown.language, business.country, shown.today)
    entries = tuple(_entry(owed, sheet, business, shown, voice) for owed in sheet.owed)
    facts = {
        "entries": entries,
        "charges": _added(sheet.charges, voice),
        "to_pay": sheet.to_pay,
        "numbers": sheet.numbers,
        "notes": _notes(sheet, voice, acknowledged=bool(shown.told)),
        "business": business,
        "dialled": NUMBER.sub("", business.phone),
        "told": _word(voice, f"thanks.{shown.told}") if shown.told else "",
        "action": shown.action,
        "wrong": shown.wrong,
    }
    heading = "title" if entries else "settled_title"
    told = {"numbers": sheet.numbers, "business": business.name}
    return _rendered(voice, shown.nonce, heading, "lead" if entries else "settled", facts, told)


def notice(code: str, key: Notice, nonce: str) -> str:
    """The page that says why there is nothing; it names nobody."""
    voice = _voice(code, "", None)
    facts: dict[str, object] = {
        "entries": (), "charges": (), "to_pay": (), "numbers": (), "notes": (), "business": None,
        "dialled": "", "told": "", "action": "", "wrong": None,
    }  # fmt: skip
    return _rendered(voice, nonce, f"notices.{key}_title", f"notices.{key}", facts, {})


def sentence(said: Said, code: str, today: date, country: str) -> str:
    """What a customer says on the page, as they would have written it, with their own words after it."""
    voice = _voice(code, country, today)
    named = said.reason not in ("", "other")
    facts = {
        "day": said.day,
        "numbers": said.numbers,
        "reason": _word(voice, f"reasons.{said.reason}") if named else "",
        "to": said.to,
    }
    return "\n\n".join(filter(None, (_word(voice, f"says.{said.kind}", **facts), said.words)))


def error(code: str, key: str) -> str:
    """What is wrong with an answer to one question."""
    return _word(_voice(code, "", None), f"errors.{key}")


def spoken(asked: str, accepted: str, otherwise: str = "en") -> str:
    """The language of a page: the one asked for, else the letter's, else what the browser wants."""
    if asked in codes():
        return asked
    wanted = (part.split(";")[0].strip().casefold().partition("-")[0] for part in accepted.split(","))
    known = {code: code for code in codes()} | {"no": "nb", "nn": "nb"}
    return next((known[each] for each in wanted if each in known), otherwise)


def _voice(code: str, country: str, today: date | None) -> Voice:
    """A voice that names the currency's code to a reader who counts in another."""
    at_home = country and code in ("en", *country_of(country).languages)
    return Voice(code, country=country if at_home or not country else _elsewhere(country), today=today)


def _elsewhere(country: str) -> str:
    """A country with another currency, so that amounts of this one carry their code."""
    return "NO" if country != "NO" else "SE"


def _word(voice: Voice, key: str, **facts: object) -> str:
    return voice.word(f"page.{key}", **facts)


def _rendered(
    voice: Voice, nonce: str, heading: str, lead: str, facts: Mapping[str, object], told: Mapping[str, object]
) -> str:
    code, wrong = voice.language.code, facts["wrong"]
    said = _word(voice, heading, **told)
    assert wrong is None or isinstance(wrong, Mistake)
    mistake = wrong or Mistake("")
    return voice.page(
        "page",
        **facts,
        language=code,
        nonce=nonce,
        title=said,
        heading=said,
        lead=_word(voice, lead, **told),
        say=lambda key, **more: _word(voice, key, **more),
        typed=lambda form, name: mistake.typed.get(name, "") if form == mistake.form else "",
        error=lambda form, name: mistake.errors.get(name, "") if form == mistake.form else "",
        others=[(each, language(each).name.capitalize()) for each in codes() if each != code],
        reasons=REASONS,
        most=MOST_WORDS,
    )


def _entry(owed: Owed, sheet: Sheet, business: Business, shown: Shown, voice: Voice) -> Entry:
    alone = len(sheet.owed) == 1
    due = totals([owed.amount, *(c.amount for c in sheet.charges)]) if alone else (owed.amount,)
    asked = due[0] if len(due) == 1 else owed.amount
    slip = payslip(business, owed.reference, owed.account, asked, owed.number)
    paying = bool(owed.amount)
    scans = paying and not sheet.agreed and slip.qr
    return Entry(
        number=owed.number,
        what=clip(owed.what),
        due=owed.due,
        amount=owed.amount if paying else None,
        amount_copy=_plain(owed.amount),
        to_pay_copy=_plain(asked),
        account_label=_label(voice, "account", slip.account_label_key),
        account=slip.account,
        account_copy=slip.account_copy,
        reference_label=_label(voice, "reference", slip.reference_label_key),
        reference=slip.reference if owed.reference else "",
        reference_copy=slip.reference_copy,
        swish=business.swish if owed.amount.currency == "SEK" else "",
        qr=_picture(slip.qr) if scans else "",
        qr_kind="swish" if slip.qr.startswith("C") else "bank",
        qr_amount=asked,
        note=_on_hold(owed, voice),
        papers=tuple(map(Paper, shown.papers.get(owed.invoice, ()))),
    )


def _label(voice: Voice, table: str, key: str) -> str:
    return voice.word(f"{table}.{key}")


def _plain(amount: Money) -> str:
    """An amount for a bank's field: digits, and a comma where there are cents."""
    return f"{amount.decimal}".replace(".", ",")


@lru_cache(maxsize=128)
def _picture(code: str) -> str:
    """A code as it stands in a page; drawn once, for drawing it takes as long as all the rest."""
    return f"data:image/png;base64,{base64.b64encode(qr_png(code)).decode()}"


def _on_hold(owed: Owed, voice: Voice) -> str:
    if not owed.contested:
        return ""
    return _word(voice, "contested_part" if owed.amount else "contested")


def _added(charges: tuple[Charge, ...], voice: Voice) -> tuple[Added, ...]:
    """What was asked for beyond the invoices, one line of a kind and currency."""
    return tuple(Added(voice.word(f"charges.{c.kind}"), c.amount) for c in per_kind(charges))


def _notes(sheet: Sheet, voice: Voice, *, acknowledged: bool) -> tuple[str, ...]:
    """What bears on all of it: an answer that waits, and what was agreed."""
    waits = sheet.waiting and not acknowledged
    agreed = (_word(voice, f"agreed_{a.kind}", day=a.day, amount=a.amount) for a in sheet.agreed)
    return (*((_word(voice, "waiting"),) if waits else ()), *agreed)
