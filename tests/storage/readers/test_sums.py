"""What a camt statement says of itself, read from its head."""

from __future__ import annotations

from datetime import date

import pytest

from storage.readers._sums import Sums, account_of, disagreement, is_one_of_several, through
from storage.readers._xml import Element, parse


def statement(inside: str) -> Element:
    return parse(f"<Stmt>{inside}</Stmt>".encode())


def balance(kind: str, amount: str, day: str, more: str = "") -> str:
    return (
        f'<Bal><Tp><CdOrPrtry><Cd>{kind}</Cd></CdOrPrtry>{more}</Tp><Amt Ccy="SEK">{amount}</Amt>'
        f"<CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>{day}</Dt></Dt></Bal>"
    )


def period(begin: str, end: str) -> str:
    return f"<FrToDt><FrDtTm>{begin}</FrDtTm><ToDtTm>{end}</ToDtTm></FrToDt>"


@pytest.mark.parametrize(
    "written", ["<IBAN>FI21 1234 5600 0007 85</IBAN>", "<Othr><Id>FI2112345600000785</Id></Othr>"]
)
def test_an_account_is_known_by_its_number_without_blanks(written: str) -> None:
    head = f"<Acct><Id>{written}</Id><Ownr><Nm>Åsas Bageri</Nm></Ownr></Acct>"
    assert account_of(statement(head)) == ("FI2112345600000785", "Åsas Bageri")


@pytest.mark.parametrize(
    ("begin", "end", "day"),
    [
        ("2026-11-25T00:00:00", "2026-11-25T23:59:59", date(2026, 11, 25)),
        ("2026-11-25T00:00:00", "2026-11-26T00:00:00", date(2026, 11, 25)),
        ("2026-11-25T00:00:00", "2026-11-25T00:00:00", date(2026, 11, 25)),
    ],
)
def test_a_period_that_ends_at_midnight_ends_the_day_before(begin: str, end: str, day: date) -> None:
    assert through(statement(period(begin, end)), Sums()) == day


def test_without_a_period_the_closing_balance_tells_the_day() -> None:
    assert through(statement(balance("CLBD", "1", "2026-11-24")), Sums()) == date(2026, 11, 24)
    assert through(statement(""), Sums()) is None


def test_of_several_days_the_first_opening_and_the_last_closing_count() -> None:
    days = [("OPBD", "1", "2026-11-24"), ("CLBD", "9", "2026-11-24"), ("OPBD", "9", "2026-11-25")]
    head = "".join(balance(*each) for each in [*days, ("CLBD", "1", "2026-11-25")])
    assert disagreement(statement(head), Sums()) is None


def test_balances_in_between_and_in_another_currency_are_no_proof() -> None:
    between = balance("CLBD", "9", "2026-11-24", "<SubTp><Cd>INTM</Cd></SubTp>")
    assert disagreement(statement(balance("OPBD", "1", "2026-11-24") + between), Sums()) is None
    head = balance("OPBD", "1", "2026-11-24") + balance("CLBD", "9", "2026-11-24")
    assert disagreement(statement(head), Sums(net={"EUR": 800})) is None


def test_a_garbled_balance_is_no_proof_either() -> None:
    head = balance("OPBD", "1", "2026-11-24") + balance("CLBD", "9..1", "2026-11-24")
    assert disagreement(statement(head), Sums()) is None


@pytest.mark.parametrize(
    ("page", "last", "several"), [("1", "true", False), ("1", "false", True), ("2", "true", True)]
)
def test_a_page_is_one_of_several_unless_it_is_first_and_last(page: str, last: str, several: bool) -> None:
    head = f"<StmtPgntn><PgNb>{page}</PgNb><LastPgInd>{last}</LastPgInd></StmtPgntn>"
    assert is_one_of_several(statement(head)) == several
