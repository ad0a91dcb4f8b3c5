"""Members: what each role may do, whose yes counts, and codes as people write them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.errors import Refusal
from bot.letters import LEGAL, Kind, fingerprint
from bot.members import (
    DECIDES,
    OWNER,
    PREPARES,
    SHOWS,
    Member,
    allowed,
    bare_code,
    check_second,
    check_stays,
    first_yes,
    here,
    is_known,
    needs_second,
    owners,
    shown_code,
)
from handlers.router import ANSWERS
from tests.cast import ASAS_BAGERI, CAFE_NORRSKEN, invoice, reminder

DAY = date(2026, 11, 16)
ASA = Member(id=OWNER, name="Åsa Lind", role="owner", added=DAY)
PER = Member(id="per", name="Per Ek", role="owner", added=DAY)
KIM = Member(id="kim", name="Kim Holm", role="helper", added=DAY)
GONE = Member(id="lo", name="Lo Berg", role="owner", added=DAY, left=DAY)
LETTER = replace(reminder(invoice(CAFE_NORRSKEN, "2041", "4125.50", DAY), 1, DAY), state="draft", papers="p")
TWO = replace(ASAS_BAGERI, second_approver="always")


def test_every_action_is_shown_prepared_or_decided_on_purpose() -> None:
    assert sorted(SHOWS | PREPARES | DECIDES) == sorted(ANSWERS)
    assert not SHOWS & PREPARES and not PREPARES & DECIDES and not SHOWS & DECIDES


@pytest.mark.parametrize(
    "verb",
    [
        "letter.approve",
        "letter.copied",
        "settings.save",
        "member.invite",
        "charges.save",
        "waiver.offer",
        "waiver.give",
        "waiver.over",
    ],
)
def test_a_helper_prepares_but_does_not_decide(verb: str) -> None:
    assert allowed("helper", "letter.edit") and allowed("helper", "today.show")
    assert not allowed("helper", verb)
    assert allowed("owner", verb)


@pytest.mark.parametrize("verb", ["letter.edit", "payment.add", "file.dropped", "letter.approve"])
def test_a_viewer_looks_and_changes_nothing(verb: str) -> None:
    assert allowed("viewer", "customer.show") and not allowed("viewer", verb)


def test_what_nobody_has_thought_about_is_left_to_an_owner() -> None:
    assert [allowed(role, "no.such") for role in ("owner", "helper", "viewer")] == [True, False, False]


def test_who_has_left_neither_decides_nor_holds_a_name() -> None:
    everybody = (ASA, PER, KIM, GONE)
    assert here(everybody) == (ASA, PER, KIM)
    assert owners(everybody) == ("Åsa Lind", "Per Ek")
    assert is_known("ÅSA lind", everybody) and not is_known("Lo Berg", everybody)


def test_the_owner_of_the_business_stays() -> None:
    check_stays(PER)
    with pytest.raises(Refusal, match="owner_stays"):
        check_stays(ASA)


def test_two_cannot_approve_where_there_is_one_owner() -> None:
    check_second(ASAS_BAGERI, (ASA,))
    check_second(TWO, (ASA, PER))
    with pytest.raises(Refusal, match="second_alone"):
        check_second(TWO, (ASA, KIM, GONE))


def test_a_second_yes_is_needed_as_the_business_wants_it() -> None:
    assert needs_second(LETTER, TWO)
    assert not needs_second(LETTER, ASAS_BAGERI)
    assert not needs_second(LETTER, replace(ASAS_BAGERI, second_approver="final"))


@pytest.mark.parametrize("kind", sorted(LEGAL))
def test_the_last_letters_before_collection_take_a_second_yes_where_that_is_asked_for(kind: Kind) -> None:
    last = replace(LETTER, kind=kind)
    assert needs_second(last, replace(ASAS_BAGERI, second_approver="final"))
    assert not needs_second(last, ASAS_BAGERI)


def test_a_first_yes_holds_for_its_text_its_papers_and_while_its_owner_decides() -> None:
    said = replace(LETTER, first_yes="Per Ek", approved_text=fingerprint(LETTER))
    assert first_yes(said, "p", (ASA, PER)) == "Per Ek"
    assert first_yes(replace(said, body="Hej"), "p", (ASA, PER)) == ""
    assert first_yes(said, "other papers", (ASA, PER)) == ""
    assert first_yes(said, "p", (ASA, replace(PER, role="helper"))) == ""
    assert first_yes(said, "p", (ASA, replace(PER, left=DAY))) == ""


@pytest.mark.parametrize("written", ["ABCD-EFGH", "abcdefgh", " abcd efgh\n", "AbCd–eFgH"])
def test_a_code_is_understood_however_it_is_written(written: str) -> None:
    assert bare_code(written) == "ABCDEFGH"
    assert shown_code("abcdefgh") == "ABCD-EFGH"


@pytest.mark.parametrize("written", ["", "hello", "ABCD-EFG", "ABCD-EFGH-J", "Norrsken!"])
def test_what_is_no_code_is_none(written: str) -> None:
    assert bare_code(written) == ""
