"""Papers: the owner says which invoice a PDF belongs to, or that it is not to go along."""

from __future__ import annotations

from bot.chat import Action, Card, Request, Upload
from handlers.desk import Answers, Desk, drafts, papers


def attach(request: Request, desk: Desk) -> Card:
    """The PDF goes with this invoice."""
    kept = desk.books.imports.get(request.action.value)
    invoice = desk.books.invoices.get(request.action.subject)
    return papers.attach(invoice, Upload(kept.name, kept.content), desk)


def detach(request: Request, desk: Desk) -> Action:
    """The file goes along no longer; a letter approved with it is taken back, a draft is written anew."""
    invoice = desk.books.invoices.get(request.action.subject)
    desk.books.files.detach(invoice.id, request.action.value)
    drafts.silence(invoice.customer, desk)
    draft = desk.books.letters.draft(invoice.customer)
    if draft is None:
        return Action("customer.show", invoice.customer)
    return Action("letter.show", drafts.again(draft, desk).id)


ANSWERS: Answers = {
    "file.attach": attach,
    "file.detach": detach,
}
