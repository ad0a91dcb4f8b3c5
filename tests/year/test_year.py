"""A year of which all is known beforehand: no promise is broken in it. `make soak` lives much longer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from functools import cache
from pathlib import Path

import pytest

from bot.replay import play
from tests.mailserver import MailServer, mail_server
from tests.year.facts import facts, replayed
from tests.year.life import Life
from tests.year.making import YEAR, town
from tests.year.people import TEMPERS
from tests.year.promises import broken
from tests.year.sources import unfounded
from tests.year.truth import Coin, Firm, Word

SEED = 7
"""Any would do; this one's first weeks bring letters, answers and agreements."""
WEEKS = timedelta(days=25)
MADE = town(SEED)
LETTERS = cache(lambda: play(facts(MADE.firms[0], MADE)).letters)
"""What the first business would have sent in its whole year."""


@pytest.fixture(scope="module")
def server() -> Iterator[MailServer]:
    with mail_server() as running:
        yield running


def test_the_same_seed_makes_the_same_town_with_every_temperament_in_three_countries() -> None:
    assert town(SEED) == MADE
    assert town(SEED + 1) != MADE
    assert len({f.business.country for f in MADE.firms}) == 3
    assert all({b.temper for b in firm.buyers} == set(TEMPERS) for firm in MADE.firms)


def test_a_whole_year_of_three_businesses_breaks_no_promise_by_the_rules() -> None:
    found = [(len(year.letters), list(wrong)) for year, wrong in replayed(MADE)]
    assert [wrong for _, wrong in found] == [[], [], []]
    assert min(letters for letters, _ in found) > 20


def test_some_weeks_of_one_business_break_no_promise_in_the_real_product(
    server: MailServer, tmp_path: Path
) -> None:
    made = town(SEED, YEAR[0], YEAR[0] + WEEKS, buyers=6)
    life = Life.of(replace(made, firms=made.firms[:1]), tmp_path, server).run()
    assert life.wrong == []
    assert (life.days, life.letters > 3) == (WEEKS.days + 1, True)


def told(other: Firm) -> str:
    """What is found wrong with a year's letters where the truth is another than they were written from."""
    numbers = {b.number: b.number for b in other.bills}
    found = (
        broken([x for x in LETTERS() if x.customer == buyer.key], buyer.key, other, numbers)
        for buyer in other.buyers
    )
    return "\n".join(each for one in found for each in one)


def test_the_proof_sees_a_letter_to_somebody_who_had_paid_contested_promised_or_wanted_none() -> None:
    firm = MADE.firms[0]
    letter = LETTERS()[0]
    bill = next(b for b in firm.bills if b.number == letter.claims[0].invoice)
    eve = letter.made - timedelta(days=1)
    coin = Coin(eve, bill.number, bill.buyer, bill.amount, "reference", "x")
    word = Word(eve, bill.buyer, "dispute", bill.number, "No.")
    assert told(firm) == ""
    assert "it is paid" in told(replace(firm, coins=(*firm.coins, coin)))
    assert "it is disputed" in told(replace(firm, words=(*firm.words, word)))
    hermit, promised = replace(word, saying="no_contact"), replace(word, saying="promise", until=letter.made)
    assert "they asked not to be written to" in told(replace(firm, words=(*firm.words, hermit)))
    assert "they have promised" in told(replace(firm, words=(*firm.words, promised)))


def test_the_proof_sees_a_sum_that_the_books_do_not_have_and_a_charge_without_a_source() -> None:
    firm = MADE.firms[0]
    less = replace(firm, bills=tuple(replace(b, amount=b.amount.split(2)[0]) for b in firm.bills))
    assert "is owed" in told(less)
    numbers = {b.number: b.number for b in firm.bills}
    letter = next(x for x in LETTERS() if x.charges)
    dearer = (replace(letter.charges[0], amount=letter.charges[0].amount + letter.charges[0].amount),)
    assert list(unfounded(letter, firm, numbers)) == []
    assert list(unfounded(replace(letter, charges=dearer), firm, numbers)) != []
