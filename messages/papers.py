"""Papers: the index of an evidence pack, put into words and set as a PDF that reaches for nothing outside."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typst

from bot import references
from bot.countries import codes
from bot.dossiers import Dossier, Stated
from bot.letters import Charge
from bot.money import Money, totals
from bot.parties import Business, Customer
from messages.languages import LAYOUTS
from messages.timelines import Entry, Teller, planned, promised, teller, timeline

LAYOUT = "pack.typ"
LONGEST = 1500
"""How many characters of an answer the index shows; the whole of it is in its file."""
Part = dict[str, Any]
Sheet = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A file of the pack: its name there, its SHA-256, its size in bytes, and whose text it is, if any."""

    name: str
    sha256: str
    size: int
    about: str = ""


def typeset(sheet: Sheet, day: date) -> bytes:
    """The sheet as a PDF; the same sheet and day give the same bytes.

    Only the layouts can be read, fonts are Typst's own, and there are no packages to fetch.
    """
    with TemporaryDirectory() as nothing:
        compiler = typst.Compiler(
            input=LAYOUTS / LAYOUT,
            root=LAYOUTS,
            font_paths=typst.Fonts(include_system_fonts=False, include_embedded_fonts=True),
            ignore_system_fonts=True,
            sys_inputs={"data": json.dumps(sheet, ensure_ascii=False, sort_keys=True)},
            package_path=Path(nothing),
            package_cache_path=Path(nothing),
        )
        made = compiler.compile(format="pdf", timestamp=datetime.combine(day, time(), UTC))
    assert isinstance(made, bytes)
    return made


def sheet(dossier: Dossier, files: Sequence[Enclosed], language: str) -> Sheet:
    """The index in words: parties, claim, what is missing, what happened, and the files by their digests."""
    told = teller(language, dossier.business.country, dossier.day)
    names = {each.about: each.name for each in files if each.about}
    entries = timeline(dossier, told)
    parts = (
        *_parties(dossier, told),
        *_claim(dossier, told),
        _missing(dossier, told),
        _happened(entries, names, told),
        _answers(dossier, names, told),
        _agreements(dossier, told),
        _disputes(dossier, told),
        _files(files, told),
    )
    debtor, creditor = dossier.customer.name, dossier.business.name
    return {
        "lang": language,
        "author": creditor,
        "title": told.word("paper.title"),
        "subtitle": told.word("paper.subtitle", creditor=creditor, debtor=debtor),
        "as_of": told.word("paper.as_of", day=told.day(dossier.day)),
        "note": f"{told.word('paper.note')} {told.word('paper.kept')}",
        "page": told.word("paper.page", number="#", count="#"),
        "parts": parts,
    }


def _pairs(heading: str, rows: Iterable[tuple[str, str]]) -> Part:
    return {"kind": "pairs", "heading": heading, "rows": [row for row in rows if row[1]]}


def _table(heading: str, head: Sequence[str], rows: Iterable[Sequence[str]], **looks: Any) -> Part:
    usual = {"aligned": ["l"] * len(head), "widths": [1] * len(head), "size": 9}
    return {"kind": "table", "heading": heading, "head": head, "rows": list(rows)} | usual | looks


def _lines(heading: str, rows: Iterable[str], none: str) -> Part:
    return {"kind": "lines", "heading": heading, "rows": list(rows) or [none]}


def _parties(dossier: Dossier, told: Teller) -> Iterator[Part]:
    word = told.word
    yield _pairs(word("paper.creditor"), _creditor(dossier.business, told))
    yield _pairs(word("paper.debtor"), _debtor(dossier.customer, dossier.business.country, told))


def _creditor(business: Business, told: Teller) -> Iterator[tuple[str, str]]:
    yield told.word("paper.name"), business.name
    yield told.word("paper.number"), references.pretty_number(business.number, business.country)
    yield told.word("paper.address"), ", ".join(business.address)
    yield told.word("paper.contact"), business.owner
    yield told.word("paper.email"), business.email
    yield told.word("paper.phone"), business.phone
    yield told.word("paper.account"), references.pretty_account(business.account, business.country)


def _debtor(customer: Customer, home: str, told: Teller) -> Iterator[tuple[str, str]]:
    country = customer.country if customer.country in codes() else home
    yield told.word("paper.name"), ", ".join(customer.names)
    yield told.word("paper.number"), references.pretty_number(customer.number, country)
    yield told.word("paper.kind"), told.voice.word(f"kinds.{customer.kind}")
    yield told.word("paper.address"), ", ".join((*customer.address, customer.country))
    yield told.word("paper.contact"), ", ".join(dict.fromkeys(c.name for c in customer.contacts if c.name))
    yield told.word("paper.email"), ", ".join(dict.fromkeys(c.email for c in customer.contacts if c.email))
    yield told.word("paper.phone"), ", ".join(dict.fromkeys(c.phone for c in customer.contacts if c.phone))


def _claim(dossier: Dossier, told: Teller) -> Iterator[Part]:
    """The sums of all invoices first, then each invoice by itself, then how its interest comes about."""
    word = told.word
    head = [word(f"paper.{key}") for key in ("invoice", "due", "left", "fees", "interest", "sum")]
    rows = [_row(each, told) for each in dossier.claims]
    sums = told.formats.money(dossier.sums) if dossier.sums else word("paper.unknown")
    rows.append([word("paper.total"), "", told.formats.money(_left(dossier)), "", "", sums])
    yield _table(word("paper.claim"), head, rows, aligned=["l", "l", "r", "r", "r", "r"])
    for each in dossier.claims:
        yield _pairs(f"{word('paper.invoice')} {each.invoice.number}", _stated(each, told))
    if segments := [row for each in dossier.claims for row in _segments(each, told)]:
        keys = ("invoice", "from", "to", "days", "left", "rate")
        columns = [word(f"paper.{key}") for key in keys]
        yield _table(word("paper.computed"), columns, segments, aligned=["l", "l", "l", "r", "r", "r"])


def _left(dossier: Dossier) -> tuple[Money, ...]:
    return totals(each.left for each in dossier.claims)


def _row(each: Stated, told: Teller) -> list[str]:
    unknown = told.word("paper.unknown")
    known = told.formats.money(each.sums) if each.sums else unknown
    return [
        each.invoice.number,
        told.day(each.invoice.due),
        told.formats.money(each.left),
        unknown if "charges" in each.unknown else _sum(each, told, "earlier_fees", "fee", "compensation"),
        unknown if "interest" in each.unknown else _sum(each, told, "interest"),
        known,
    ]


def _sum(each: Stated, told: Teller, *kinds: str) -> str:
    found = totals(c.amount for c in each.charges if c.kind in kinds)
    return told.formats.money(found or (Money(0, each.left.currency),))


def _stated(each: Stated, told: Teller) -> Iterator[tuple[str, str]]:
    invoice = each.invoice
    for key, value in (
        ("issued", told.day(invoice.issued)),
        ("delivered", told.day(invoice.delivered)),
        ("due", told.day(invoice.due)),
        ("what", invoice.description),
        ("reference", invoice.reference),
        ("amount", told.formats.money(invoice.amount)),
        ("paid", "; ".join(f"{told.day(p.day)} {told.money(p.amount)}" for p in each.paid)),
        ("left", told.formats.money(each.left)),
    ):
        yield told.word(f"paper.{key}"), value
    yield from (_charge(charge, told) for charge in each.charges)
    yield told.word("paper.sum"), told.formats.money(each.sums) if each.sums else told.word("paper.unknown")
    yield told.word("paper.lapses"), told.day(each.lapses)


def _charge(charge: Charge, told: Teller) -> tuple[str, str]:
    return told.voice.word(f"charges.{charge.kind}"), told.formats.money(charge.amount)


def _segments(each: Stated, told: Teller) -> Iterator[list[str]]:
    for one in (s for charge in each.charges for s in charge.segments):
        rate = told.formats.percent(one.rate)
        money = told.formats.money(one.principal)
        yield [each.invoice.number, told.day(one.start), told.day(one.end), str(one.days), money, rate]


def _missing(dossier: Dossier, told: Teller) -> Part:
    lacking = [told.word(f"lacks.{f.key}", **f.facts) for f in dossier.missing]
    unknown = ((u, each.invoice.number) for each in dossier.claims for u in each.unknown)
    lacking += [told.word(f"lacks.{key}", invoice=number) for key, number in unknown]
    if any(x.state in ("failed", "unknown") for x in dossier.letters):
        lacking.append(told.word("lacks.mail"))
    return _lines(told.word("paper.missing"), lacking, told.word("paper.complete"))


def _happened(entries: Iterable[Entry], names: Mapping[str, str], told: Teller) -> Part:
    rows = [[told.day(e.day), e.text, names.get(e.about, "")] for e in entries]
    head = ["", "", told.word("paper.file")]
    return _table(told.word("paper.timeline"), head, rows, widths=[0, 3, 2])


def _answers(dossier: Dossier, names: Mapping[str, str], told: Teller) -> Part:
    rows = [
        [f"{told.day(dossier.local(r.at).date())} · {names.get(r.id, '')}", _clipped(r.text)]
        for r in dossier.replies
    ]
    if not rows:
        return _lines(told.word("paper.answers"), (), told.word("paper.none"))
    return {"kind": "texts", "heading": told.word("paper.answers"), "rows": rows}


def _clipped(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rstrip()} …"


def _agreements(dossier: Dossier, told: Teller) -> Part:
    plans = [(p.agreed, planned(p, told), p.state) for p in dossier.plans]
    promises = [(p.made, promised(p, told), p.state) for p in dossier.promises]
    lines = (
        f"{told.day(day)}: {text} ({told.word(f'standings.{state}')})"
        for day, text, state in sorted([*plans, *promises])
    )
    return _lines(told.word("paper.agreements"), lines, told.word("paper.none"))


def _disputes(dossier: Dossier, told: Teller) -> Part:
    numbers = {i.id: i.number for i in dossier.invoices}
    rows = [
        [
            f"{told.day(d.opened)} · {told.word('paper.invoice')} {numbers[d.invoice]}",
            d.words or told.voice.word(f"dispute_reasons.{d.reason}"),
        ]
        for d in dossier.disputes
    ]
    if not rows:
        return _lines(told.word("paper.disputes"), (), told.word("paper.none"))
    return {"kind": "texts", "heading": told.word("paper.disputes"), "rows": rows}


def _files(files: Iterable[Enclosed], told: Teller) -> Part:
    rows = [[each.name, each.sha256, str(each.size)] for each in files]
    head = [told.word("paper.file"), "SHA-256", "B"]
    return _table(told.word("paper.files"), head, rows, widths=[5, 6, 0], size=6.5, aligned=["l", "l", "r"])
