"""What every register in its folder must do."""

from __future__ import annotations

import pytest

from bot.countries import codes
from bot.ledgers import LedgerError
from storage.registers import ask, look_up, registers
from tests.storage.ledgers.office import Office, Said

NUMBERS = {"NO": "913312465", "FI": "2331972-7"}


def test_every_register_is_a_country_of_ours_and_has_a_number_to_be_tried_with() -> None:
    assert set(registers()) <= set(codes()) and set(registers()) == set(NUMBERS)


@pytest.mark.parametrize("country", sorted(NUMBERS))
def test_a_register_is_only_read_and_asked_for_nothing_but_a_number(office: Office, country: str) -> None:
    with pytest.raises(LedgerError, match="not_found"):
        ask(country, NUMBERS[country], base=office.base, sleep=office.slept.append)
    digits = "".join(c for c in NUMBERS[country] if c.isdigit())
    assert {each.method for each in office.asked} == {"GET"}
    assert all(digits in f"{each.path}{each.params}".replace("-", "") for each in office.asked)


@pytest.mark.parametrize("country", sorted(NUMBERS))
def test_a_busy_register_is_waited_for_and_then_left_for_another_day(office: Office, country: str) -> None:
    office.moods.extend([Said(status=503)] * 8)
    with pytest.raises(LedgerError, match="busy"):
        ask(country, NUMBERS[country], base=office.base, sleep=office.slept.append)
    assert office.slept


def test_the_reason_is_told_where_nothing_can_be_found() -> None:
    assert look_up("SE", "5560360793") == "not_found"
