"""Letters sent so far: which were lawful on their day, and which of them count."""

from __future__ import annotations

from datetime import date

from bot.countries import country
from bot.dunning import judged, out_of_reach, standing
from bot.questions import Judged, Question, Standing
from tests.bot.asked import notice, question, reminder

DUE = date(2026, 3, 2)
DANISH = country("DK")


def weighed(asked: Question) -> tuple[Judged, ...]:
    assert DANISH.law
    return judged(asked, DUE, DANISH, DANISH.law)


def stands(asked: Question) -> Standing:
    return standing(asked, DUE, weighed(asked))


def test_a_letter_of_its_due_date_is_no_reminder() -> None:
    letters = (reminder("2026-03-02", None, "100"), reminder("2026-03-03", None, "100"))
    found = weighed(question("DK", "2026-04-01", "2026-03-02", *letters))
    assert [(x.valid, int(x.fee)) for x in found] == [(False, 0), (True, 100)]


def test_the_standing_holds_the_letters_of_this_claim_up_to_the_day_oldest_first() -> None:
    late, early = reminder("2026-03-20", None, "100"), notice("2026-03-03", "2026-03-13", "100")
    other, later = reminder("2026-01-20", None, "100", earlier_invoice=True), reminder("2026-04-02")
    here = stands(question("DK", "2026-04-01", "2026-03-02", late, other, later, early, subscription=True))
    assert [x.letter for x in here.letters] == [early, late]
    assert here.charged == (early, late) and here.notices == (early,) and here.earlier == 1


def test_letters_on_earlier_invoices_count_in_unbroken_arrears_alone() -> None:
    other = reminder("2026-01-20", None, "100", earlier_invoice=True)
    assert stands(question("DK", "2026-04-01", "2026-03-02", other)).earlier == 0


def test_a_letter_on_an_earlier_invoice_keeps_its_form_and_the_most_of_its_fee() -> None:
    letters = (
        reminder("2026-01-20", None, "250", earlier_invoice=True),
        notice("2026-02-01", "2026-02-05", "100", earlier_invoice=True),
        reminder("2026-05-01", None, "100", earlier_invoice=True),
    )
    found = weighed(question("DK", "2026-04-01", "2026-03-02", *letters, subscription=True))
    assert [(x.valid, int(x.fee)) for x in found] == [(True, 100), (False, 0), (False, 0)]


def test_a_claim_is_out_of_reach_once_paid_handed_over_or_barred() -> None:
    law = DANISH.law
    assert law
    asked = question("DK", "2026-06-01", "2026-03-02", paid={"2026-03-10": "10000"}, handed_over="2026-03-05")
    assert not out_of_reach(asked, DUE, law, date(2026, 3, 4))
    assert out_of_reach(asked, DUE, law, date(2026, 3, 5))
    free = question("DK", "2029-06-01", "2026-03-02", paid={"2026-03-01": "1"})
    assert not out_of_reach(free, DUE, law, date(2029, 3, 2))
    assert out_of_reach(free, DUE, law, date(2029, 3, 3))
