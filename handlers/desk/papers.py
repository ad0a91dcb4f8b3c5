"""Papers on the desk: a PDF with the invoice it belongs to, so that it goes along with its letters."""

from __future__ import annotations

from bot.chat import Action, Button, Card, Item, Upload
from bot.invoices import Invoice
from handlers.desk import Desk
from handlers.desk.drafts import silence

LIKELY = 7
"""How many invoices are offered where it is not clear which one is meant."""


def place(digest: str, paper: Upload, desk: Desk) -> Card:
    """A PDF belongs to the invoice whose number it bears; the owner is asked where that is not clear."""
    known = {i.number: i for i in desk.books.invoices.open()}
    numbers = desk.numbers_in(paper.content, paper.name, known)
    if len(numbers) == 1:
        return attach(known[numbers[0]], paper, desk)
    key = "pdf_unclear" if numbers else "pdf_unknown"
    likely = [known[n] for n in numbers] or list(known.values())
    items = tuple(_whose(invoice, digest, desk) for invoice in likely[:LIKELY])
    return Card(desk.word(f"refusals.{key}", name=paper.name, numbers=numbers), items=items)


def _whose(invoice: Invoice, digest: str, desk: Desk) -> Item:
    name = desk.books.customers.get(invoice.customer).name
    this = Button(desk.word("buttons.this_one"), Action("file.attach", invoice.id, digest))
    return Item(f"{invoice.number} · {name}", invoice.description, button=this)


def attach(invoice: Invoice, paper: Upload, desk: Desk) -> Card:
    """Keep a PDF with its invoice; a letter on its way was approved without it, so it is taken back."""
    desk.books.files.attach(invoice.id, paper.name, paper.content)
    customer = desk.books.customers.get(invoice.customer)
    facts = {"name": paper.name, "invoice": invoice.number, "customer": customer.name}
    off = desk.button("detach", "file.detach", invoice.id, paper.name, style="quiet")
    stopped = silence(customer.id, desk)
    told = (desk.card("undone", {"customer": customer.name}, subject=customer.id),) if stopped else ()
    return desk.card("pdf_attached", facts, buttons=(off,), subject=customer.id, more=told)
