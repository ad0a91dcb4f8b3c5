"""Files of any size: taken into the books some at a time and in one piece, without being shown first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from bot.chat import Card, Check
from bot.documents import Document, Problem, Reading
from bot.intake import Tally
from handlers.desk import Desk, bank, faults, flaws
from handlers.desk.bank import Watch, changed, look_again
from handlers.desk.intake import Inflow, facts_of, taken, write


@dataclass(frozen=True, slots=True)
class Named:
    """What a file is called, and known by."""

    name: str
    digest: str


def take_in(readings: Iterable[Reading], named: Named, who: str, desk: Desk, watch: Watch) -> Card:
    """Take a file into the books as it is read, and say what was done."""
    name = named.name
    bulk = Bulk(desk)
    money, stopped = bank.take_in([bulk.passed(readings)], who, desk, watch)
    cards = [bank.taken(money, stopped, desk)] if money.count or money.known or money.through else []
    desk.books.imports.note(
        named.digest, name, bulk.documents + money.count, len(bulk.problems), money.through
    )
    if bulk.unsure:
        return desk.card("which_columns", {"name": name})
    if bulk.any or not cards:
        cards.insert(0, bulk.end(name, who))
    first, *rest = cards
    return replace(first, checks=bulk.checks(), more=(*first.more, *rest))


def unreadable(problem: Problem, name: str, desk: Desk) -> Card:
    """A file that gives nothing, and why."""
    return desk.card("nothing_read", {"name": name}, checks=faults.told([problem], desk))


@dataclass(slots=True)
class Bulk:
    """The documents of a file that are written down while it is read, and what was wrong with others."""

    desk: Desk
    inflow: Inflow = field(init=False)
    tally: Tally = field(default_factory=Tally)
    touched: dict[str, None] = field(default_factory=dict)
    credits: list[Document] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    flaws: tuple[Check, ...] = ()
    unsure: bool = False
    documents: int = 0

    def __post_init__(self) -> None:
        self.inflow = Inflow(self.desk)

    @property
    def any(self) -> bool:
        """Whether any document was read."""
        return self.tally != Tally()

    def passed(self, readings: Iterable[Reading]) -> Iterator[Reading]:
        """Each part, once its documents are in the books; credit notes wait for the last invoice."""
        for reading in readings:
            self.unsure = self.unsure or bool(reading.questions)
            self.problems += reading.problems
            self.credits += [d for d in reading.documents if d.kind == "credit_note"]
            self.write([d for d in reading.documents if d.kind != "credit_note"])
            self.documents += len(reading.documents)
            yield reading
        self.write(self.credits)

    def write(self, documents: list[Document]) -> None:
        """Write down what some documents change."""
        if not documents:
            return
        found = self.inflow.planned(documents)
        write(found, self.desk)
        self.flaws = self.flaws if self.any else flaws.told(found, self.desk)
        self.tally.add(found)
        self.touched |= dict.fromkeys(found.touched)
        self.problems += found.problems

    def end(self, name: str, who: str) -> Card:
        """What was done, with what follows from it."""
        facts = facts_of(self.tally) | {"name": name}
        if not self.any:
            return self.desk.card("nothing_read", facts)
        if not self.tally.changed and not self.touched:
            return self.desk.card("import_same", facts)
        self.desk.books.history.add("imported", who=who, what=str(self.tally.new))
        stopped = (*changed(self.touched, self.desk), *look_again(who, self.desk))
        return taken(facts, stopped, self.desk)

    def checks(self) -> tuple[Check, ...]:
        """What could not be read, and what is odd about the first of the rest."""
        return (*faults.told(self.problems, self.desk), *self.flaws)
