from __future__ import annotations

from dataclasses import replace

import pytest
import sqlalchemy as sa

from storage.books import Books
from storage.engine import Database
from tests.cast import ASAS_BAGERI, HERR_MOGENS, kr, mogens, move_in
from tests.storage.conftest import NOW, TODAY


def test_a_dispute_keeps_the_customers_words_and_its_part(books: Books) -> None:
    move_in(books, mogens(TODAY))
    closed, still_open = mogens(TODAY).disputes
    part = replace(still_open, part=kr("120.50"), words="Øv — den var «tør»!")
    books.disputes.save(part)
    assert books.disputes.of(HERR_MOGENS.id) == (closed, part)


def test_a_dispute_about_no_invoice_is_refused_by_the_database(database: Database) -> None:
    stray = replace(mogens(TODAY), disputes=(replace(mogens(TODAY).disputes[0], invoice="nothing"),))
    with pytest.raises(sa.exc.IntegrityError), database.books(ASAS_BAGERI.id, NOW) as books:
        move_in(books, stray)
