"""Finland's register, as its published documentation has it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.ledgers import LedgerError
from bot.registers import Registered
from storage.registers import ask
from tests.storage.ledgers.office import Office, Said

NUMBER = "2331972-7"
KUKKA: dict[str, Any] = {
    "businessId": {"value": NUMBER, "registrationDate": "2010-03-01", "source": "3"},
    "names": [
        {"name": "Vanha Kukka Oy", "type": "1", "endDate": "2015-01-01"},
        {"name": "Lilla Blomman", "type": "3"},
        {"name": "Pikku Kukka Oy", "type": "1"},
    ],
    "companySituations": [],
    "addresses": [
        {"type": 2, "postOfficeBox": "12", "postCode": "00101", "postOffices": []},
        {
            "type": 1,
            "street": "Mannerheimintie",
            "buildingNumber": "5",
            "entrance": "B",
            "postCode": "00100",
            "postOffices": [
                {"city": "HELSINGFORS", "languageCode": "2"},
                {"city": "HELSINKI", "languageCode": "1"},
            ],
        },
    ],
}


def asked(office: Office, number: str = NUMBER, **more: Any) -> Registered:
    office.pages["/companies"] = lambda params: Said({"totalResults": 1, "companies": [KUKKA | more]})
    return ask("FI", number, base=office.base, sleep=office.slept.append)


@pytest.mark.parametrize("written", [NUMBER, "23319727", "FI23319727"])
def test_a_company_is_found_with_the_name_and_address_it_has_now(office: Office, written: str) -> None:
    found = asked(office, written)
    assert (found.number, found.name, found.standing) == (NUMBER, "Pikku Kukka Oy", "active")
    assert found.address == ("Mannerheimintie 5 B", "00100 HELSINKI")
    assert office.asked[0].params == {"businessId": NUMBER}


@pytest.mark.parametrize(
    ("code", "standing"), [("KONK", "bankrupt"), ("SANE", "restructuring"), ("SELTILA", "winding_up")]
)
def test_what_is_going_on_with_a_company_is_told(office: Office, code: str, standing: str) -> None:
    going_on = [{"type": code, "registrationDate": "2026-11-03", "source": "1"}]
    found = asked(office, companySituations=going_on)
    assert (found.standing, found.since) == (standing, date(2026, 11, 3))


def test_the_gravest_of_several_is_told(office: Office) -> None:
    both = [{"type": "SELTILA"}, {"type": "KONK"}]
    assert asked(office, companySituations=both).standing == "bankrupt"


def test_what_is_over_is_not_told(office: Office) -> None:
    over = [{"type": "SANE", "registrationDate": "2020-01-01", "endDate": "2024-01-01"}]
    assert asked(office, companySituations=over).standing == "active"


def test_a_company_that_has_ended_is_dissolved(office: Office) -> None:
    assert asked(office, endDate="2026-02-01").standing == "dissolved"


def test_a_post_box_stands_where_there_is_no_street(office: Office) -> None:
    assert asked(office, addresses=KUKKA["addresses"][:1]).address == ("PL 12", "00101")


def test_a_number_nobody_has_is_not_found(office: Office) -> None:
    office.pages["/companies"] = lambda params: Said({"totalResults": 0, "companies": []})
    with pytest.raises(LedgerError, match="not_found"):
        ask("FI", NUMBER, base=office.base)


@pytest.mark.parametrize("odd", ["none", {"companies": "none"}, {"companies": [1]}])
def test_an_answer_of_another_shape_is_never_taken_for_the_truth(office: Office, odd: Any) -> None:
    office.pages["/companies"] = lambda params: Said(odd)
    with pytest.raises(LedgerError, match="garbled"):
        ask("FI", NUMBER, base=office.base)
