"""Papers on the desk: where a PDF belongs, by the numbers it bears."""

from __future__ import annotations

import pytest

from bot.chat import Upload
from handlers.desk import papers
from tests.handlers.talk import Talk

CONTENT = b"%PDF-1.7\nnothing else"


@pytest.mark.parametrize(
    ("name", "offered"),
    [("1058.pdf", []), ("1058, 1066.pdf", ["1058", "1066"])],
)
def test_a_pdf_goes_to_the_one_invoice_it_bears_the_number_of(
    name: str, offered: list[str], talk: Talk
) -> None:
    with talk.desk() as desk:
        card = papers.place("d", Upload(name, CONTENT), desk)
        kept = [f for i in desk.books.invoices.open() for _, f in desk.books.files.names([i.id])]
    assert [item.title.split(" · ")[0] for item in card.items] == offered
    assert kept == ([] if offered else [name])


def test_where_no_number_is_known_a_handful_of_invoices_is_offered(talk: Talk) -> None:
    with talk.desk() as desk:
        card = papers.place("d", Upload("scan.pdf", CONTENT), desk)
    assert 1 < len(card.items) <= papers.LIKELY
    assert {i.button.action.verb for i in card.items if i.button} == {"file.attach"}
