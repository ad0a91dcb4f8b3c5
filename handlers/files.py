"""Files: dropped into the chat, kept, read together, and shown before they change anything."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, urlencode

from bot.banking import Row
from bot.chat import Card, Field, Item, Request, Upload
from bot.countries import country as country_of
from bot.documents import Document, Problem, Reading
from bot.errors import Refusal
from bot.intake import Entry, Intake
from bot.invoices import days_overdue
from handlers.desk import Answers, Desk, bank, digest_of, faults, flaws, papers
from handlers.desk.intake import counts, planned, take_in

ROWS = 7
"""How many rows a preview shows."""
NAMES = 3
"""How many files of a bundle are named."""
NEEDED = ("customer", "number", "amount")
"""Columns no list can do without; of the others there may be none."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A kept file as it was read, with the columns the owner named for it."""

    digest: str
    name: str
    content: bytes
    chosen: Mapping[str, str]
    reading: Reading


def dropped(request: Request, desk: Desk) -> Card:
    """Files dropped into the chat: kept, read, and shown on one card; a PDF goes to its invoice at once."""
    if not request.files:
        raise Refusal("no_file")
    return _shown([_received(f, desk) for f in {f.content: f for f in request.files}.values()], desk)


def _shown(files: Sequence[Opened], desk: Desk) -> Card:
    """What lists and bank files would change, a card each, and where the papers among them belong."""
    banks = [f for f in files if _is_bank(f.reading)]
    lists = [f for f in files if f.reading.format != "pdf" and f not in banks]
    attached = [_paper(f, desk) for f in files if f.reading.format == "pdf"] + _carried(files, desk)
    shown = [*([_preview(lists, desk)] if lists else []), *([_money(banks, desk)] if banks else [])]
    first, *rest = [*shown, *attached]
    return replace(first, more=(*first.more, *rest))


def _is_bank(reading: Reading) -> bool:
    """Whether a file tells of money that came, or of days on which none did."""
    return bool(reading.receipts or reading.through)


def _money(files: Sequence[Opened], desk: Desk) -> Card:
    """What bank files would change, before they do."""
    found = bank.arrived([f.reading for f in files], desk)
    checks = faults.told(_read_problems(files), desk)
    facts = bank.sums(found.tally) | {"name": _names(files, desk)}
    buttons = (
        desk.button("import", "bank.confirm", _bundle(files), style="primary"),
        desk.button("leave", "import.cancel", style="quiet"),
    )
    told = sorted(found.rows, key=lambda row: row.loose)
    rows = tuple(_money_row(row, desk) for row in told[:ROWS])
    if (more := len(found.rows) - ROWS) > 0:
        rows = (*rows, Item(desk.word("and_more", count=more)))
    return desk.card("bank_preview", facts, items=rows, checks=checks, buttons=buttons)


def _money_row(row: Row, desk: Desk) -> Item:
    """One payment: from whom, and where it goes."""
    numbers = [invoice.number for invoice, _ in row.match.shares] if row.match else []
    where = "back" if row.taken_from else "goes" if row.match else "asks" if row.asks else "loose"
    payer = row.money.payer or desk.word("payer_unknown")
    said = desk.word(f"money_row.{where}", numbers=numbers)
    return Item(payer, said, desk.word("money", amounts=(row.money.amount,)))


def confirm_money(request: Request, desk: Desk) -> Card:
    """Take bank files into the books; the same files twice change nothing."""
    files = _again(request.action.subject, desk, {})
    tally, told = bank.take_in(([f.reading] for f in files), request.who, desk)
    for file in files:
        read = file.reading
        desk.books.imports.done(file.digest, len(read.receipts), len(read.problems), read.through)
    return bank.taken(tally, told, desk)


def _received(upload: Upload, desk: Desk) -> Opened:
    digest = digest_of(upload.content)
    desk.books.imports.keep(digest, upload.name, upload.content)
    return _opened(digest, upload.name, upload.content, {}, desk)


def _opened(digest: str, name: str, content: bytes, chosen: Mapping[str, str], desk: Desk) -> Opened:
    currency = country_of(desk.country).currency
    reading = desk.read(content, name, columns=chosen, currency=currency, today=desk.today)
    return Opened(digest, name, content, chosen, reading)


def _paper(file: Opened, desk: Desk) -> Card:
    card = papers.place(file.digest, Upload(file.name, file.content), desk)
    return replace(card, checks=faults.told(file.reading.problems, desk))


def _carried(files: Iterable[Opened], desk: Desk) -> list[Card]:
    """The papers that carry an e-invoice, each kept with that invoice where it is in the books."""
    return [
        papers.attach(entry.invoice, Upload(file.name, file.content), desk)
        for file in files
        if file.reading.format == "factur-x"
        for entry in planned(file.reading.documents, desk).entries
        if entry.what == "same" and entry.invoice and entry.document.kind == "invoice"
    ]


def columns(request: Request, desk: Desk) -> Card:
    """The owner has said what the columns are: read the files again with that."""
    return _shown(_again(request.action.value, desk, {request.action.subject: request.values}), desk)


def _bundle(files: Iterable[Opened]) -> str:
    """Files as an action carries them: by their digests, each with its columns where the owner named them."""
    return " ".join(f"{f.digest}?{urlencode(f.chosen)}" if f.chosen else f.digest for f in files)


def _again(bundle: str, desk: Desk, answers: Mapping[str, Mapping[str, str]]) -> list[Opened]:
    """The files of a bundle, read again."""
    found = []
    for part in bundle.split():
        digest, _, named = part.partition("?")
        chosen = answers.get(digest) or dict(parse_qsl(named, keep_blank_values=True))
        kept = desk.books.imports.get(digest)
        found.append(_opened(digest, kept.name, kept.content, chosen, desk))
    return found


def _preview(files: Sequence[Opened], desk: Desk) -> Card:
    """What files would change together, before they do; or the question that must be answered first."""
    if unsure := next((f for f in files if f.reading.questions), None):
        return _ask_columns(unsure, files, desk)
    found = planned(_documents(files), desk)
    problems = (*_read_problems(files), *found.problems)
    name = _names(files, desk)
    if not found.entries:
        return desk.card("nothing_read", {"name": name}, checks=faults.told(problems, desk))
    buttons = (
        desk.button("import", "import.confirm", _bundle(files), style="primary"),
        desk.button("leave", "import.cancel", style="quiet"),
    )
    return desk.card(
        "import_preview" if found.changes else "import_same",
        counts(found) | {"name": name, "problems": len(problems)},
        items=_rows(found, desk),
        checks=(*faults.told(problems, desk), *flaws.told(found, desk)),
        buttons=buttons if found.changes else (),
    )


def _names(files: Sequence[Opened], desk: Desk) -> str:
    named = ", ".join(f.name for f in files[:NAMES])
    more = len(files) - NAMES
    return f"{named} {desk.word('and_more', count=more)}" if more > 0 else named


def _documents(files: Sequence[Opened]) -> list[Document]:
    """All documents, each with the name of its file where there are several."""
    return [replace(d, source=_source(f, files)) for f in files for d in f.reading.documents]


def _read_problems(files: Sequence[Opened]) -> list[Problem]:
    return [replace(p, source=_source(f, files)) for f in files for p in f.reading.problems]


def _source(file: Opened, files: Sequence[Opened]) -> str:
    return file.name if len(files) > 1 else ""


def _ask_columns(unsure: Opened, files: Sequence[Opened], desk: Desk) -> Card:
    fields = tuple(
        Field(
            q.column,
            desk.word(f"columns.{q.column}"),
            "choice",
            options=tuple((c, c) for c in q.choices),
            hint=", ".join(q.sample[:3]),
            required=q.column in NEEDED,
        )
        for q in unsure.reading.questions
    )
    form = desk.form("import.columns", unsure.digest, fields, value=_bundle(files), submit="go_on")
    return desk.card("which_columns", {"name": unsure.name}, form=form)


def _rows(found: Intake, desk: Desk) -> tuple[Item, ...]:
    shown = [e for e in found.entries if e.what != "same"]
    rows = [_row(e, desk) for e in shown[:ROWS]]
    if len(shown) > ROWS:
        rows.append(Item(desk.word("and_more", count=len(shown) - ROWS)))
    return tuple(rows)


def _row(entry: Entry, desk: Desk) -> Item:
    document = entry.document
    amount = desk.word("money", amounts=(document.amount,)) if document.amount else ""
    if entry.what == "not_chased":
        said = desk.word(f"not_chased.{entry.why}")
    else:
        late = days_overdue(entry.invoice, desk.today) if entry.invoice else 0
        said = desk.word(f"entries.{entry.what}", due=document.due, days=late, today=desk.today)
    name = entry.customer.name if entry.customer else document.buyer.name
    return Item(f"{document.number} · {name}", said, amount)


def confirm(request: Request, desk: Desk) -> Card:
    """Take kept files into the books, all at once; the same files twice change nothing."""
    files = _again(request.action.subject, desk, {})
    taken = take_in(planned(_documents(files), desk), request.who, desk)
    carried = _carried(files, desk)
    for file in files:
        desk.books.imports.done(file.digest, len(file.reading.documents), len(file.reading.problems))
    return replace(taken, more=(*taken.more, *carried))


def cancel(_request: Request, desk: Desk) -> Card:
    """Leave files alone; they stay kept."""
    return desk.card("import_cancelled")


ANSWERS: Answers = {
    "file.dropped": dropped,
    "import.columns": columns,
    "import.confirm": confirm,
    "bank.confirm": confirm_money,
    "import.cancel": cancel,
}
