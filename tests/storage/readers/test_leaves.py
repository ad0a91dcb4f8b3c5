"""The texts below an element by their paths, and what counts as an amount or a day there."""

from __future__ import annotations

from datetime import date

import pytest

from bot.money import Money
from storage.readers._leaves import Leaves, day_of, first, leaves_of, money
from storage.readers._source import Unreadable
from storage.readers._xml import parse

ENTRY = b"""<n:Ntry xmlns:n="urn:n"><n:Amt Ccy="SEK"> 450.00 </n:Amt><n:Sts><n:Cd>BOOK</n:Cd></n:Sts>
<n:Chrgs/>
<n:NtryDtls><n:TxDtls><n:Refs><n:TxId>1</n:TxId></n:Refs></n:TxDtls><n:TxDtls><n:RtrInf/></n:TxDtls></n:NtryDtls>
</n:Ntry>"""


def test_each_text_stands_at_its_path_and_each_transaction_apart() -> None:
    parts: list[Leaves] = []
    assert leaves_of(parse(ENTRY), parts) == {"Amt": ["450.00"], "Amt@": ["SEK"], "Sts/Cd": ["BOOK"]}
    assert parts == [{"Refs/TxId": ["1"]}, {"RtrInf": [""]}]


def test_the_first_path_that_has_a_text_gives_it() -> None:
    assert first({"b": ["2", "3"], "c": ["4"]}, "a", "b", "c") == "2"
    assert first({}, "a") == ""


@pytest.mark.parametrize("written", ["450", "450.", "450.0", "450.00", "450.00000", "000450.00"])
def test_an_amount_has_a_point_and_no_more_decimals_than_its_currency(written: str) -> None:
    assert money(written, "SEK") == Money(45_000, "SEK")


@pytest.mark.parametrize(
    ("written", "currency", "code"),
    [
        ("", "SEK", "missing_amount"),
        ("450.001", "SEK", "bad_amount"),
        ("4 500", "SEK", "bad_amount"),
        ("1E3", "SEK", "bad_amount"),
        ("\u0664\u0665", "SEK", "bad_amount"),
        ("450", "sek", "bad_currency"),
        ("450.5", "JPY", "bad_amount"),
    ],
)
def test_anything_else_is_refused(written: str, currency: str, code: str) -> None:
    with pytest.raises(Unreadable) as raised:
        money(written, currency)
    assert raised.value.problem.code == code


@pytest.mark.parametrize(
    "written", ["2026-11-25", "2026-11-25Z", "2026-11-25+01:00", "2026-11-25T23:59:59.000+01:00"]
)
def test_a_day_is_the_one_on_its_writers_calendar(written: str) -> None:
    assert day_of(written) == date(2026, 11, 25)


@pytest.mark.parametrize(
    "written", ["", "2026-02-30", "26-11-25", "20261125", "25.11.2026", "9999-12-31", "2026-11-25?"]
)
def test_what_is_no_day_is_refused(written: str) -> None:
    with pytest.raises(Unreadable):
        day_of(written)
