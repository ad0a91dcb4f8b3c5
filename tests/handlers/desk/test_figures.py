"""Figures on the desk: of this business alone, of the last year, and each looked up once."""

from __future__ import annotations

import sqlalchemy as sa

from bot.money import Money
from handlers.desk.figures import BACK, Figures
from storage.books import Books
from tests.cast import ASAS_BAGERI
from tests.handlers.talk import Talk
from tests.handlers.test_reports import pay, sell


def test_another_business_has_none_of_them(talk: Talk) -> None:
    with talk.books() as books:
        assert books.found(ASAS_BAGERI)
        other = Figures.of(books.beside(ASAS_BAGERI.id))
        assert Figures.of(books).aged and Figures.of(books).led
        for nothing in (other.aged, other.sales_days, other.forecasts, other.led, other.payments):
            assert nothing == ()


def test_an_old_habit_is_forgotten_and_an_old_debt_is_not(talk: Talk) -> None:
    with talk.books() as books:
        pay(books, sell(books, "1", Money.of("5", "EUR"), BACK.days + 50), BACK.days + 40)
        sell(books, "2", Money.of("7", "EUR"), 500)
        figures = Figures.of(books)
        assert "sold-1" not in {i.id for i in figures.invoices}
        assert figures.aged[1].total == Money.of("7", "EUR")


def test_what_was_settled_by_a_credit_note_is_no_habit(talk: Talk) -> None:
    with talk.books() as books:
        before = Figures.of(books).habits
        claim = sell(books, "1", Money.of("5", "SEK"), 90)
        pay(books, claim, 5, kind="credit_note")
        assert Figures.of(books).habits == before
        pay(books, sell(books, "2", Money.of("5", "SEK"), 90), 5)
        assert 85 in Figures.of(books).habits.all


def test_however_often_they_are_asked_for_they_are_looked_up_once(talk: Talk) -> None:
    with talk.books() as books:
        figures = Figures.of(books)
        asked = _counted(books)
        for _ in range(3):
            assert figures.aged and figures.forecasts and figures.sales_days and figures.led
        assert len(asked) <= 12


def _counted(books: Books) -> list[str]:
    """The queries from now on."""
    asked: list[str] = []
    sa.event.listen(
        books.connection,
        "before_cursor_execute",
        lambda connection, cursor, statement, *rest: asked.append(statement),
    )
    return asked
