from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from bot import escalations
from bot.payments import Payment
from handlers.desk.escalated import news
from tests.bot.test_escalations import noticed
from tests.cast import ASA, kr, move_in
from tests.handlers.talk import Talk

TODAY = date(2026, 11, 25)


def test_each_agency_hears_of_its_own_claims_once(tmp_path: Path) -> None:
    case = noticed()
    second = replace(case.invoices[0], id="second", number="2043")
    case = replace(case, invoices=(*case.invoices, second))
    made = Talk.about(tmp_path, empty=True)
    with made.books() as books:
        move_in(books, case)
        for claim, agency in zip(case.invoices, ("First", "Second"), strict=True):
            books.escalations.add(escalations.hand_over(agency, (claim,), case, agency, ASA, TODAY))
        books.payments.add(
            Payment(id="p", customer="bygg", invoice="second", day=TODAY, amount=kr("400"), key="k")
        )
    with made.desk() as desk:
        (card,) = news("bygg", desk)
        assert card.title == "Tell Second" and "invoice 2043" in card.text
        assert news("bygg", desk) == news("somebody else", desk) == ()
