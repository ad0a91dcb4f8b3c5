from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cases import Case
from bot.mail import Mail, Way
from bot.mail_trail import (
    MOST,
    WAYS,
    Found,
    bare,
    domain,
    folded,
    is_old,
    is_ours,
    listens,
    numbers,
    told_apart,
    whose,
)
from tests.cast import CAFE_NORRSKEN, bygg, invoice, norrsken, reminder

TODAY = date(2026, 11, 25)
MAIL = Mail(identity="1", sender="nils@norrsken.example", text="Hej")


def test_the_surest_sign_says_whose_it_is() -> None:
    signs: dict[Way, tuple[str, ...]] = {"letter": ("a",), "tag": ("b",), "number": ("c",), "sender": ("d",)}
    assert [whose({w: signs[w] for w in WAYS[n:]}).customer for n in range(4)] == ["a", "b", "c", "d"]


def test_where_a_sign_names_several_who_wrote_tells() -> None:
    assert whose({"number": ("a", "b"), "sender": ("b",)}) == Found("b", "number")


def test_where_nothing_tells_it_is_asked() -> None:
    assert whose({"number": ("b", "a")}) == Found(likely=("a", "b"))
    assert whose({"sender": ("a", "b")}) == Found(likely=("a", "b"))
    assert whose({}, {"a"}) == Found(likely=("a",))
    assert not whose({}).concerns


@given(
    st.dictionaries(st.sampled_from(WAYS), st.sets(st.sampled_from("abcd"))), st.sets(st.sampled_from("abcd"))
)
def test_it_is_never_tied_to_somebody_whom_no_sign_names(
    signs: dict[Way, set[str]], colleagues: set[str]
) -> None:
    found = whose(signs, colleagues)
    named = set().union(*signs.values()) if signs else set()
    assert {found.customer} - {""} <= named
    assert set(found.likely) <= named | colleagues


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Faktura 1058 är betald", ("1058",)),
        ("Vi bor på Storgatan 1058", ()),
        ("KID 0001 2345 678", ("0001", "00012345", "00012345678")),
        ("Viite: RF18 5390 0754 7034", ("RF18", "RF185390", "RF1853900754", "RF18539007547034")),
        ("betalat 12345678 idag", ("12345678",)),
        ("Re: Invoice INV-2041", ("INV-2041",)),
        ("ring 2041", ()),
        ("nils2041@norrsken.example", ()),
        ("laskun 55 maksu", ("55",)),
        ("faktura\n1058", ()),
    ],
)
def test_a_number_counts_that_is_long_or_called_one_on_its_line(text: str, found: tuple[str, ...]) -> None:
    assert set(found) <= set(numbers(text))
    assert bool(numbers(text)) == bool(found)


@given(st.text(alphabet="0123456789 -/faktur\n", max_size=3000))
def test_looking_for_numbers_ends(text: str) -> None:
    assert len(numbers(text)) <= MOST


def test_a_known_sender_is_heard_while_something_is_late() -> None:
    assert listens(norrsken(TODAY), MAIL, TODAY)


def test_a_known_sender_is_heard_after_we_have_written() -> None:
    paid = replace(bygg(TODAY), invoices=())
    assert listens(paid, MAIL, TODAY)
    assert not listens(paid, MAIL, TODAY + timedelta(days=90))


def test_everyday_mail_of_a_customer_who_owes_nothing_late_is_none_of_ours() -> None:
    not_due = Case(customer=CAFE_NORRSKEN, invoices=(invoice(CAFE_NORRSKEN, "1", "10", TODAY),))
    assert not listens(not_due, replace(MAIL, text="Kan jag få tjugo bullar?"), TODAY)
    assert listens(not_due, replace(MAIL, text="Kan jag betala i januari?"), TODAY)


def test_a_draft_that_never_went_makes_nobody_listen() -> None:
    claim = invoice(CAFE_NORRSKEN, "1", "10", TODAY)
    draft = replace(reminder(claim, 1, TODAY), state="draft")
    assert not listens(Case(customer=CAFE_NORRSKEN, invoices=(claim,), letters=(draft,)), MAIL, TODAY)


def test_what_we_sent_ourselves_is_ours() -> None:
    assert is_ours(MAIL, ["NILS@Norrsken.example"])
    assert not is_ours(MAIL, ["", "asa@asasbageri.example"])


def test_a_mail_from_before_the_mailbox_is_old() -> None:
    at = datetime(2026, 11, 20, tzinfo=UTC)
    assert is_old(replace(MAIL, at=at), date(2026, 11, 25))
    assert not is_old(replace(MAIL, at=at), date(2026, 11, 22))
    assert not is_old(MAIL, TODAY)


def test_addresses_are_compared_as_people_read_them() -> None:
    assert folded("Info@XN--BLBR-ROAH.no") == "info@blåbær.no"
    assert domain("a@gmail.com") == ""
    assert domain("a@Norrsken.example") == "norrsken.example"
    assert bare("RF18 5390-0754") == "rf1853900754"


def test_a_short_number_is_told_apart_from_one_that_is_telling() -> None:
    assert told_apart(["12", "1058", "A-12", "F-1058"]) == (("1058", "F-1058"), ("12", "A-12"))
