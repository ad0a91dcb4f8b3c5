"""Norway's register, as its published documentation has it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.ledgers import LedgerError
from bot.registers import Registered
from storage.registers import ask
from tests.storage.ledgers.office import Office, Said

NUMBER = "913312465"
NORRSKEN = {
    "organisasjonsnummer": NUMBER,
    "navn": "CAFÉ NORRSKEN AS",
    "organisasjonsform": {"kode": "AS", "beskrivelse": "Aksjeselskap"},
    "forretningsadresse": {
        "land": "Norge",
        "landkode": "NO",
        "postnummer": "9008",
        "poststed": "TROMSØ",
        "adresse": ["Storgata 12", "2. etasje"],
    },
    "konkurs": False,
    "underAvvikling": False,
    "underTvangsavviklingEllerTvangsopplosning": False,
}


def asked(office: Office, number: str = NUMBER, *, kind: str = "enheter", **more: Any) -> Registered:
    office.pages[f"/{kind}/{NUMBER}"] = lambda params: Said(NORRSKEN | more)
    return ask("NO", number, base=office.base, sleep=office.slept.append)


def test_a_company_is_found_by_its_number(office: Office) -> None:
    found = asked(office)
    assert (found.name, found.standing, found.since) == ("CAFÉ NORRSKEN AS", "active", None)
    assert found.address == ("Storgata 12", "2. etasje", "9008 TROMSØ")


@pytest.mark.parametrize("written", ["913 312 465", "NO 913312465 MVA", "NO913312465MVA"])
def test_its_number_may_be_written_as_on_an_invoice(office: Office, written: str) -> None:
    assert asked(office, written).number == NUMBER


def test_a_bankrupt_company_is_told_with_its_day(office: Office) -> None:
    found = asked(office, konkurs=True, konkursdato="2026-11-03", underAvvikling=True)
    assert (found.standing, found.since) == ("bankrupt", date(2026, 11, 3))


@pytest.mark.parametrize(
    ("told", "standing"),
    [
        ({"slettedato": "2026-01-31"}, "dissolved"),
        ({"underAvvikling": True}, "winding_up"),
        ({"underTvangsavviklingEllerTvangsopplosning": True}, "winding_up"),
    ],
)
def test_a_company_that_is_coming_to_an_end_is_told(
    office: Office, told: dict[str, Any], standing: str
) -> None:
    assert asked(office, **told).standing == standing


def test_a_branch_is_found_among_the_branches(office: Office) -> None:
    where: dict[str, Any] = {
        "beliggenhetsadresse": NORRSKEN["forretningsadresse"],
        "forretningsadresse": None,
    }
    assert asked(office, kind="underenheter", **where).address[-1] == "9008 TROMSØ"
    assert office.paths == [f"/enheter/{NUMBER}", f"/underenheter/{NUMBER}"]


def test_a_number_that_cannot_be_one_is_not_asked_about(office: Office) -> None:
    with pytest.raises(LedgerError, match="not_found"):
        ask("NO", "913312466", base=office.base)
    assert not office.asked


def test_a_number_nobody_has_is_not_found(office: Office) -> None:
    with pytest.raises(LedgerError, match="not_found"):
        ask("NO", NUMBER, base=office.base, sleep=office.slept.append)


@pytest.mark.parametrize("odd", [[], "no", {"konkurs": True, "konkursdato": "yesterday"}])
def test_an_answer_of_another_shape_is_never_taken_for_the_truth(office: Office, odd: Any) -> None:
    office.pages[f"/enheter/{NUMBER}"] = lambda params: Said(odd)
    with pytest.raises(LedgerError, match="garbled"):
        ask("NO", NUMBER, base=office.base, sleep=office.slept.append)


def test_a_country_without_a_register_has_nobody_to_ask() -> None:
    with pytest.raises(LedgerError, match="not_found"):
        ask("SE", "5560360793")
