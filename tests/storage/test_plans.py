from __future__ import annotations

from dataclasses import replace

from storage.books import Books
from tests.cast import LILLA_BLOMMAN, blomman, move_in
from tests.storage.conftest import TODAY


def test_a_plan_comes_back_with_its_invoices_and_instalments(books: Books) -> None:
    move_in(books, blomman(TODAY))
    assert books.plans.of(LILLA_BLOMMAN.id) == blomman(TODAY).plans


def test_what_became_of_a_plan_is_kept(books: Books) -> None:
    move_in(books, blomman(TODAY))
    (plan,) = blomman(TODAY).plans
    books.plans.save(replace(plan, state="in_default"))
    assert books.plans.get(plan.id).state == "in_default"
