"""What is wrong with invoices as they were written."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.documents import Document, Party
from bot.flaws import of_all, of_one
from bot.money import Money
from bot.parties import Business

BAKERY = Business(
    id="b", name="Åsas Bageri", country="SE", language="sv", account="5050-1055", scheme="ocr_length"
)
SOUND = Document(
    "invoice",
    "1042",
    Money(250000, "SEK"),
    issued=date(2026, 10, 1),
    due=date(2026, 10, 31),
    reference="1234566",
    account="5050-1055",
    seller=Party(name="Åsas Bageri", org_no="556036-0793"),
    buyer=Party(name="Café Norrsken", org_no="556036-0793", kind="business", country="SE"),
    description="Semlor",
    delivered=date(2026, 9, 28),
)


def flaws(**more: Any) -> list[str]:
    return list(of_one(replace(SOUND, **more), BAKERY))


def test_a_sound_invoice_has_no_flaw() -> None:
    assert not flaws()


@pytest.mark.parametrize(
    ("more", "flaw"),
    [
        ({"due": None}, "no_due"),
        ({"due": date(2026, 9, 30)}, "due_before_issued"),
        ({"delivered": date(2026, 9, 16)}, "late_invoiced"),
        ({"account": "5050-1056"}, "account_odd"),
        ({"account": "991-2346"}, "account_other"),
        ({"account": ""}, "account_missing"),
        ({"reference": "1234567"}, "reference_odd"),
        ({"reference": ""}, "reference_missing"),
        ({"description": ""}, "no_description"),
        ({"seller": Party(name="Åsas Bageri")}, "seller_number"),
        ({"buyer": replace(SOUND.buyer, name="")}, "buyer_name"),
        ({"buyer": replace(SOUND.buyer, org_no="")}, "buyer_number"),
        ({"buyer": replace(SOUND.buyer, org_no="556036-0794")}, "buyer_number_odd"),
    ],
)
def test_a_flaw_is_named(more: dict[str, Any], flaw: str) -> None:
    assert flaws(**more) == [flaw]


@pytest.mark.parametrize("number", ["SE556036079301", "165560360793", "5560360793"])
def test_a_company_number_may_be_written_with_what_the_tax_office_adds(number: str) -> None:
    assert not flaws(buyer=replace(SOUND.buyer, org_no=number))


def test_a_private_customer_needs_no_number() -> None:
    assert not flaws(buyer=Party(name="Ada Ek", kind="consumer"))


def test_a_number_of_a_country_that_is_not_ours_is_taken_as_it_is() -> None:
    assert not flaws(buyer=replace(SOUND.buyer, org_no="DE123", country="DE"))


def test_a_list_of_invoices_is_not_blamed_for_what_only_the_invoice_would_say() -> None:
    bare = {"seller": Party(), "account": "", "reference": "", "description": "", "delivered": None}
    assert not flaws(**bare, buyer=Party(name="Café Norrsken"))


def test_the_account_may_stand_there_as_an_iban() -> None:
    norwegian = replace(BAKERY, country="NO", account="1503 20 53373", scheme="none")
    iban = replace(SOUND, account="NO9315032053373", buyer=Party(name="Ada", kind="consumer"))
    assert "account_other" not in [*of_one(iban, norwegian)]


def test_the_commonest_flaw_comes_first_with_the_invoices_that_have_it() -> None:
    two = [replace(SOUND, number=n, description="") for n in ("1", "2")]
    found = of_all([replace(SOUND, number="3", due=None), *two], BAKERY)
    assert list(found.items()) == [("no_description", ("1", "2")), ("no_due", ("3",))]
