"""Files of any size: taken in as they are read, in one piece, and no differently from those shown first."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.chat import Card
from bot.documents import Reading
from bot.money import Money
from handlers.desk import bulk
from handlers.desk.bank import unwatched
from storage.readers import Unreadable, parts
from tests.handlers.talk import Talk
from tests.handlers.test_bank import bank_file, entry

HEAD = "Customer;Email;Invoice no;Issued;Due date;Amount;Currency;OCR;Description;Language\n"
ROW = "Café {at};ask@cafe{at}.example;{n};2026-11-01;2026-12-20;{n},50;SEK;{n}7;Bread;en\n"
CREDIT = "Café 1;ask@cafe1.example;99;2026-11-02;;-10,00;SEK;;Credit;en\n"


def rows(count: int) -> str:
    return "".join(ROW.format(n=3_000 + n, at=n % 40) for n in range(count))


def taken(talk: Talk, file: Path, content: str, seen: list[float] | None = None) -> Card:
    file.write_text(content, "utf-8")
    watch = unwatched if seen is None else seen.append
    with talk.books() as books:
        desk = talk.house.app.inbox.desk(books)
        named = bulk.Named(file.name, str(hash(content)))
        return bulk.take_in(parts(file, currency="SEK", today=desk.today), named, "Åsa", desk, watch)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "big"


def test_a_long_list_comes_in_whole_and_again_changes_nothing(talk: Talk, file: Path) -> None:
    seen: list[float] = []
    content = HEAD + CREDIT + rows(2_300)
    before = talk.kept()
    card = taken(talk, file, content, seen)
    assert "2,300 invoices taken in" in card.text and "One credit note" in card.text
    assert seen == sorted(seen) and seen[-1] == 1.0 and len(seen) > 2
    after = talk.kept()
    assert len(after["invoices"]) == len(before["invoices"]) + 2_300
    assert "here already" in taken(talk, file, content).text
    assert talk.kept() == after


def test_a_bad_row_is_told_with_its_line_and_the_rest_counts(talk: Talk, file: Path) -> None:
    card = taken(talk, file, HEAD + rows(3) + ROW.replace("2026-12-20", "2026-13-20").format(n=9, at=1))
    assert "Three invoices taken in" in card.text
    assert card.checks[0].state == "stop" and "5" in card.checks[0].text


def test_money_of_a_long_file_is_laid_in_place_whichever_comes_first(talk: Talk, file: Path) -> None:
    seen: list[float] = []
    bank = bank_file(*(entry(f"{3_000 + n}.50", f"{3_000 + n}7", mark=f"M{n}") for n in range(1_200)))
    card = taken(talk, file, bank, seen)
    assert "1,200 payments taken in" in card.text and seen[-1] == 1.0 and seen == sorted(seen)
    taken(talk, file, HEAD + rows(1_200))
    assert all(not left(talk, str(3_000 + n)) for n in (0, 1, 600, 1_199))
    assert "no new payments" in taken(talk, file, bank).text


def left(talk: Talk, number: str) -> Money:
    with talk.books() as books:
        (found,) = books.invoices.by_number(number)
        return found.amount - found.paid


def test_a_list_whose_columns_are_unclear_changes_nothing_and_says_so(talk: Talk, file: Path) -> None:
    before = talk.kept()
    card = taken(talk, file, "Customer;Invoice no;Amount;Total\nCafé;1;5,00;6,00\n")
    assert "Which column is which" in card.text and talk.kept()["invoices"] == before["invoices"]


def test_a_file_that_ends_in_an_error_leaves_nothing_behind(talk: Talk, file: Path) -> None:
    before = talk.kept()
    bank = bank_file(*(entry(f"{3_000 + n}.50", f"{3_000 + n}7", mark=f"M{n}") for n in range(1_200)))
    with pytest.raises(Unreadable):
        taken(talk, file, bank.replace("</BkToCstmrDbtCdtNtfctn>", "</Oops>"))
    assert talk.kept() == before


def test_a_file_that_gives_nothing_is_called_so(talk: Talk) -> None:
    def nothing() -> Iterator[Reading]:
        yield Reading(format="csv")

    with talk.books() as books:
        desk = talk.house.app.inbox.desk(books)
        card = bulk.take_in(nothing(), bulk.Named("empty.csv", "1"), "", desk, unwatched)
    assert "no invoices in empty.csv" in card.text
