"""Invoices: dropped files, shown before they change anything, and old debts asked about once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from urllib.parse import parse_qsl, urlencode

from bot.chat import Action, Button, Card, Check, Field, Item, Request, Upload
from bot.countries import country as country_of
from bot.documents import Document, Party, Problem, Reading
from bot.errors import Refusal
from bot.intake import Entry, Intake, Ledger, is_other_seller, plan
from bot.invoices import Invoice, days_overdue, outstanding
from bot.money import totals
from handlers.desk import Answers, Desk, digest_of, new_id

ROWS = 7
"""How many rows a preview shows."""
NEEDED = ("customer", "number", "amount")
"""Columns no list can do without; of the others there may be none."""
RECENT = 60
"""Days overdue up to which an old debt counts as recent."""


def dropped(request: Request, desk: Desk) -> Card:
    """Files dropped into the chat: kept, read, and shown."""
    if not request.files:
        raise Refusal("no_file")
    first, *rest = (_received(f, desk) for f in request.files)
    return replace(first, more=(*first.more, *rest))


def _received(upload: Upload, desk: Desk) -> Card:
    digest = digest_of(upload.content)
    desk.books.imports.keep(digest, upload.name, upload.content)
    reading = _read(upload.content, upload.name, {}, desk)
    if reading.format == "pdf":
        return _paper(digest, upload, reading, desk)
    return _preview(digest, upload.name, reading, {}, desk)


def _read(content: bytes, name: str, columns: Mapping[str, str], desk: Desk) -> Reading:
    currency = country_of(desk.country).currency
    return desk.read(content, name, columns=columns, currency=currency, today=desk.today)


def _paper(digest: str, upload: Upload, reading: Reading, desk: Desk) -> Card:
    """A PDF belongs to the invoice whose number it bears; the owner is asked where that is not clear."""
    known = {i.number: i for i in desk.books.invoices.open()}
    numbers = desk.numbers_in(upload.content, upload.name, known)
    if len(numbers) == 1:
        return _attach(known[numbers[0]], upload.name, upload.content, desk)
    key = "pdf_unclear" if numbers else "pdf_unknown"
    likely = [known[n] for n in numbers] or list(known.values())
    items = tuple(_whose(invoice, digest, desk) for invoice in likely[:ROWS])
    said = desk.word(f"refusals.{key}", name=upload.name, numbers=numbers)
    return Card(said, items=items, checks=_problems(reading.problems, desk))


def _whose(invoice: Invoice, digest: str, desk: Desk) -> Item:
    name = desk.books.customers.get(invoice.customer).name
    this = Button(desk.word("buttons.this_one"), Action("file.attach", invoice.id, digest))
    return Item(f"{invoice.number} · {name}", invoice.description, button=this)


def attach(request: Request, desk: Desk) -> Card:
    """The owner says which invoice a PDF belongs to."""
    kept = desk.books.imports.get(request.action.value)
    invoice = desk.books.invoices.get(request.action.subject)
    return _attach(invoice, kept.name, kept.content, desk)


def _attach(invoice: Invoice, name: str, content: bytes, desk: Desk) -> Card:
    desk.books.files.attach(invoice.id, name, content)
    customer = desk.books.customers.get(invoice.customer)
    facts = {"name": name, "invoice": invoice.number, "customer": customer.name}
    return desk.card("pdf_attached", facts, subject=customer.id)


def columns(request: Request, desk: Desk) -> Card:
    """The owner has said what the columns are: read the file again with that."""
    kept = desk.books.imports.get(request.action.subject)
    reading = _read(kept.content, kept.name, request.values, desk)
    return _preview(kept.digest, kept.name, reading, request.values, desk)


def _preview(digest: str, name: str, reading: Reading, chosen: Mapping[str, str], desk: Desk) -> Card:
    """What a file would change, before it does; or the question that must be answered first."""
    if reading.questions:
        return _ask_columns(digest, name, reading, desk)
    found = _intake(reading.documents, desk)
    problems = (*reading.problems, *found.problems)
    if not found.entries:
        return desk.card("nothing_read", {"name": name}, checks=_problems(problems, desk))
    facts = _counts(found) | {"name": name, "problems": len(problems)}
    buttons = (
        desk.button("import", "import.confirm", digest, urlencode(chosen), style="primary"),
        desk.button("leave", "import.cancel", digest, style="quiet"),
    )
    return desk.card(
        "import_preview" if found.changes else "import_same",
        facts,
        items=_rows(found, desk),
        checks=(*_problems(problems, desk), *_warnings(found, desk)),
        buttons=buttons if found.changes else (),
    )


def _ask_columns(digest: str, name: str, reading: Reading, desk: Desk) -> Card:
    fields = tuple(
        Field(
            q.column,
            desk.word(f"columns.{q.column}"),
            "choice",
            options=tuple((c, c) for c in q.choices),
            hint=", ".join(q.sample[:3]),
            required=q.column in NEEDED,
        )
        for q in reading.questions
    )
    form = desk.form("import.columns", digest, fields, submit="go_on")
    return desk.card("which_columns", {"name": name}, form=form)


def _intake(documents: Iterable[Document], desk: Desk) -> Intake:
    return plan(documents, _ledger(desk), desk.today, first=not desk.books.invoices.any())


def _ledger(desk: Desk) -> Ledger:
    keys = (p.key for p in desk.books.payments.all() if p.key)
    return Ledger(desk.business, desk.books.customers.all(), desk.books.invoices.all(), new_id, keys)


def _counts(found: Intake) -> dict[str, object]:
    new = found.of("new")
    return {
        "new": len(new),
        "paid": len(found.of("part_paid")),
        "moved": len(found.of("due_moved")),
        "credits": len(found.of("credit")),
        "same": len(found.of("same")),
        "left_out": len(found.of("not_chased")),
        "customers": len(found.newcomers),
        "parked": len(found.parked),
        "total": totals(outstanding(e.invoice) for e in new if e.invoice),
    }


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


def _problems(problems: Iterable[Problem], desk: Desk) -> tuple[Check, ...]:
    return tuple(
        Check("stop", desk.word(f"problems.{p.code}", line=p.line, **p.facts)) for p in list(problems)[:ROWS]
    )


def _warnings(found: Intake, desk: Desk) -> tuple[Check, ...]:
    """What is odd about a file that can still be read: another seller, no due date."""
    undated = [e.document.number for e in found.of("new") if e.document.due is None]
    names = sorted(
        {e.document.seller.name for e in found.of("new") if is_other_seller(e.document, desk.business)}
    )
    return (
        *((Check("look", desk.word("checks.seller_other", seller=", ".join(names))),) if names else ()),
        *((Check("look", desk.word("checks.no_due", numbers=", ".join(undated[:5]))),) if undated else ()),
    )


def confirm(request: Request, desk: Desk) -> Card:
    """Take a kept file into the books; the same file twice changes nothing."""
    kept = desk.books.imports.get(request.action.subject)
    chosen = dict(parse_qsl(request.action.value, keep_blank_values=True))
    reading = _read(kept.content, kept.name, chosen, desk)
    found = _intake(reading.documents, desk)
    take_in(found, request.who, desk)
    desk.books.imports.done(kept.digest, len(found.entries), len(reading.problems))
    return _taken(found, desk)


def take_in(found: Intake, who: str, desk: Desk) -> None:
    """Write an intake into the books."""
    for customer in found.newcomers:
        desk.books.customers.add(customer)
    for customer in found.met:
        desk.books.customers.save(customer)
    for entry in found.entries:
        if entry.what == "new" and entry.invoice:
            desk.books.invoices.add(entry.invoice)
        elif entry.what == "due_moved" and entry.invoice:
            desk.books.invoices.save(entry.invoice)
        if entry.payment:
            desk.books.payments.add(replace(entry.payment, at=desk.now))
    desk.books.history.add("imported", who=who, what=str(len(found.of("new"))))


def _taken(found: Intake, desk: Desk) -> Card:
    more = (parked_card(desk),) if found.parked else ()
    today = desk.button("today", "today.show", style="primary", look=True)
    return desk.card("imported", _counts(found), buttons=() if more else (today,), more=more)


def parked_card(desk: Desk) -> Card:
    """One question about all old debts."""
    parked = desk.books.invoices.parked()
    recent = [i for i in parked if days_overdue(i, desk.today) <= RECENT]
    facts = {"count": len(parked), "total": totals(outstanding(i) for i in parked), "recent": len(recent)}
    choices = [desk.button("take_one" if len(parked) == 1 else "take_all", "parked.take", value="all")]
    if 0 < len(recent) < len(parked):
        choices.append(desk.button("take_recent", "parked.take", value=str(RECENT), style="primary"))
    return desk.card(
        "first_run", facts, buttons=(*choices, desk.button("leave_old", "parked.leave", style="quiet"))
    )


def take(request: Request, desk: Desk) -> Card | Action:
    """Old debts the owner wants followed up like any other."""
    most = int(request.action.value) if request.action.value.isdigit() else None
    for invoice in desk.books.invoices.parked():
        if most is None or days_overdue(invoice, desk.today) <= most:
            desk.books.invoices.save(replace(invoice, parked=False))
    desk.books.history.add("old_taken", who=request.who, what=request.action.value)
    return Action("today.show")


def leave(request: Request, desk: Desk) -> Card:
    """Old debts stay untouched."""
    desk.books.history.add("old_left", who=request.who)
    return desk.card("old_left", {"count": len(desk.books.invoices.parked())})


def parked(_request: Request, desk: Desk) -> Card:
    """Ask about the old debts again."""
    if not desk.books.invoices.parked():
        raise Refusal("nothing_old")
    return parked_card(desk)


def cancel(_request: Request, desk: Desk) -> Card:
    """Leave a file alone; it stays kept."""
    return desk.card("import_cancelled")


def new(_request: Request, desk: Desk) -> Card:
    """Type an invoice in."""
    fields = (
        desk.field("customer"),
        desk.field("email", "email", required=False),
        desk.field("number"),
        desk.field("amount"),
        desk.field("due", "date"),
        desk.field("description", required=False),
        desk.field("reference", required=False),
    )
    return desk.card("new_invoice", form=desk.form("invoice.add", "", fields))


def add(request: Request, desk: Desk) -> Card:
    """Take a typed invoice into the books."""
    values = request.values
    document = Document(
        kind="invoice",
        number=values.get("number", "").strip(),
        amount=desk.amount(values.get("amount", ""), country_of(desk.country).currency),
        due=desk.day(values.get("due", "")),
        due_source="stated",
        reference=values.get("reference", "").strip(),
        description=values.get("description", "").strip(),
        buyer=Party(name=values.get("customer", "").strip(), email=values.get("email", "").strip()),
    )
    found = plan([document], _ledger(desk), desk.today, first=False)
    if found.problems:
        raise Refusal("customer_ambiguous", customer=document.buyer.name)
    take_in(found, request.who, desk)
    return _taken(found, desk)


ANSWERS: Answers = {
    "file.dropped": dropped,
    "file.attach": attach,
    "import.columns": columns,
    "import.confirm": confirm,
    "import.cancel": cancel,
    "parked.show": parked,
    "parked.take": take,
    "parked.leave": leave,
    "invoice.new": new,
    "invoice.add": add,
}
