"""How buyers are: each temperament makes what comes of one bill, from a seeded chance."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random

from bot import workdays
from bot.instalments import propose
from bot.money import Money
from tests.year.truth import Bill, Buyer, By, Coin, Saying, Word


@dataclass
class Story:
    """What comes of one bill, written down as it is made up. Money moves on bank days only."""

    buyer: Buyer
    bill: Bill
    country: str
    chance: Random
    coins: list[Coin] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)

    def bank_day(self, after_due: int) -> date:
        """The bank day so many days after the due date, or the next."""
        return workdays.on_or_after(self.bill.due + timedelta(days=after_due), self.country)

    def pays(self, day: date, amount: Money | None = None, by: By = "reference") -> None:
        """Money comes for the bill."""
        mark = f"{self.bill.number}-{len(self.coins) + 1}"
        self.coins.append(Coin(day, self.bill.number, self.buyer.key, amount or self.bill.amount, by, mark))

    def writes(self, saying: Saying, after_due: int, text: str) -> Word:
        """The buyer writes one evening."""
        day = self.bill.due + timedelta(days=after_due)
        unread = 0 if saying == "plan" else self.chance.choice((0, 0, 0, 2))
        return Word(day, self.buyer.key, saying, self.bill.number, text, unread=unread)


def punctual(story: Story) -> None:
    """Pays in time."""
    story.pays(workdays.before(story.bill.due + timedelta(days=1), story.country))


def forgetter(story: Story) -> None:
    """Pays late, and says nothing."""
    story.pays(story.bank_day(story.chance.randint(4, 40)))


def silent(story: Story) -> None:
    """Never pays, never says a word."""


def disputer(story: Story) -> None:
    """Contests the bill; it is settled weeks later, and then mostly paid."""
    closed = story.bank_day(story.chance.randint(25, 60))
    word = story.writes("dispute", story.chance.randint(2, 12), "This is not what we ordered.")
    story.words.append(replace(word, closed=closed))
    if story.chance.random() < 0.7:
        story.pays(workdays.add(closed, story.chance.randint(2, 15), story.country))


def word_keeper(story: Story) -> None:
    """Names a day and pays on it."""
    until = story.bank_day(story.chance.randint(18, 30))
    word = story.writes("promise", story.chance.randint(3, 8), "We will pay, give us some days.")
    story.words.append(replace(word, until=until))
    story.pays(until)


def word_breaker(story: Story) -> None:
    """Names a day and pays long after it, if at all."""
    until = story.bank_day(story.chance.randint(14, 20))
    word = story.writes("promise", story.chance.randint(3, 8), "We will pay, give us some days.")
    story.words.append(replace(word, until=until))
    if story.chance.random() < 0.6:
        story.pays(story.bank_day(story.chance.randint(45, 80)))


def _plan(story: Story) -> Word:
    first = story.bank_day(28)
    parts = propose([story.bill.amount], 3, first, story.country)
    shown = tuple((p.day, p.amount) for p in parts)
    word = replace(story.writes("plan", 4, "May we pay in three parts?"), until=first, parts=shown)
    story.words.append(word)
    return word


def plan_keeper(story: Story) -> None:
    """Agrees on three parts and pays each on its day."""
    for day, amount in _plan(story).parts:
        story.pays(day, amount)


def plan_breaker(story: Story) -> None:
    """Agrees on three parts, pays the first, and stops."""
    day, amount = _plan(story).parts[0]
    story.pays(day, amount)


def part_payer(story: Story) -> None:
    """Pays some of it, and the rest weeks later."""
    half = story.bill.amount.split(2)[0]
    story.pays(story.bank_day(story.chance.randint(-2, 6)), half)
    story.pays(story.bank_day(story.chance.randint(20, 45)), story.bill.amount - half)


def double_payer(story: Story) -> None:
    """Pays late, and then once more by mistake."""
    first = story.bank_day(story.chance.randint(1, 12))
    story.pays(first)
    story.pays(workdays.add(first, 3, story.country))


def taker_back(story: Story) -> None:
    """Pays in time, has the money taken back by the bank, and pays again later."""
    day = workdays.on_or_after(story.bill.due - timedelta(days=1), story.country)
    story.pays(day)
    story.pays(workdays.add(day, story.chance.randint(2, 5), story.country), -story.bill.amount)
    story.pays(story.bank_day(story.chance.randint(25, 50)))


def two_names(story: Story) -> None:
    """Pays late under another name, at times with the number in words, at times with nothing at all."""
    story.pays(story.bank_day(story.chance.randint(2, 25)), by=story.chance.choice(("number", "name")))


def recluse(story: Story) -> None:
    """Asks not to be written to."""
    story.words.append(
        story.writes("no_contact", story.chance.randint(4, 20), "Please do not write to me again.")
    )


def asker(story: Story) -> None:
    """Asks something, and pays late."""
    story.words.append(story.writes("question", story.chance.randint(2, 12), "Which delivery is this for?"))
    story.pays(story.bank_day(story.chance.randint(15, 45)))


TEMPERS: Mapping[str, Callable[[Story], None]] = {
    each.__name__: each
    for each in (
        punctual, forgetter, silent, disputer, word_keeper, word_breaker, plan_keeper, plan_breaker,
        part_payer, double_payer, taker_back, two_names, recluse, asker,
    )
}  # fmt: skip
"""Every temperament by its name."""
