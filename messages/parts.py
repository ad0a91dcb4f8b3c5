"""Parts: what must stand in a letter of each kind, and whether it is there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from itertools import chain
from unicodedata import normalize

from bot.charges import Segment
from bot.letters import LADDER, LEGAL, Facts, Kind, Part
from bot.money import Money
from messages import charges, figures, terms, wording
from messages.ear.words import plain, words

BY_LAW = (
    "number", "amount", "charge", "to_pay", "due", "pay_by", "account", "reference", "sender", "reach",
    "term", "hand_over", "rate", "from_date", "row", "stretch",
)  # fmt: skip
REQUIRED: Mapping[Kind, tuple[str, ...]] = {
    "reminder": (
        "number", "amount", "total", "charge", "to_pay", "due", "pay_by", "account", "reference", "sender",
        "reach", "term",
    ),
    "final_notice": BY_LAW,
    "demand": (*BY_LAW, "further"),
    "later": ("number", "amount", "total", "due", "pay_by", "day", "account", "reference", "sender", "reach"),
    "taken_back": ("number", "amount", "total", "due", "day", "account", "reference", "sender", "reach"),
    "plan_offer": ("number", "instalment", "total", "day", "account", "sender"),
    "plan": ("number", "instalment", "total", "day", "account", "sender"),
    "promise": ("number", "total", "due", "pay_by", "account", "reference", "sender"),
    "waiver": (
        "number", "amount", "total", "dropped", "due", "pay_by", "account", "reference", "sender", "reach"
    ),
    "soon": ("number", "total", "due", "pay_by", "account", "reference", "sender"),
    "copy": ("number", "amount", "total", "due", "pay_by", "account", "reference", "sender", "reach"),
    "payment_unseen": ("number", "amount", "due", "day", "account", "reference", "sender"),
    "dispute": ("number", "day", "sender"),
    "refund": ("number", "day", "sender"),
    "thanks": ("number", "total", "day", "sender"),
}  # fmt: skip
"""The parts without which a letter of a kind is not sent."""
DAYS = ("reply_by", "hold_until", "answer_day", "paid_day", "said_day")
"""The day that a letter of one kind is about, by its name among the facts of that kind."""
Checks = Iterator[tuple[bool, object]]
"""Whether each value of a part is there, and the value."""


def missing(text: str, facts: Facts) -> Iterator[tuple[str, object]]:
    """The parts that a text lacks, each with the first value that is not there."""
    for part in REQUIRED[facts.kind]:
        lacking = next((value for there, value in PARTS[part](text, facts) if not there), None)
        if lacking is not None:
            yield part, lacking


def _numbers(text: str, values: Iterable[str]) -> Checks:
    return ((figures.says_number(text, value), value) for value in values if value)


def _amounts(text: str, values: Iterable[object]) -> Checks:
    return ((figures.says_amount(text, value), value) for value in values if isinstance(value, Money))


def _days(text: str, values: Iterable[object]) -> Checks:
    return ((figures.says_day(text, value), value) for value in values if isinstance(value, date))


def _principals(text: str, facts: Facts) -> Checks:
    """Each invoice's own amount; that interest is reckoned on it does not say that it is asked for."""
    lines = (line for line in text.splitlines() if not figures.RATE.search(line))
    return _amounts("\n".join(lines), (line.amount for line in facts.lines))


def _rows(text: str, facts: Facts) -> Checks:
    """Of several invoices each has its number, days and amount side by side."""
    lines = text.splitlines()
    dated = any(line.issued and figures.says_day(text, line.issued) for line in facts.lines)
    for each in facts.lines if len(facts.lines) > 1 else ():
        days = (each.due, each.issued if dated else None)
        yield any(_together(line, (each.number,), (each.amount,), days) for line in lines), each.number


def _together(
    line: str, numbers: Iterable[str], amounts: Iterable[Money], days: Iterable[date | None]
) -> bool:
    """Whether all of some figures stand on a line."""
    checks = chain(_numbers(line, numbers), _amounts(line, amounts), _days(line, days))
    return all(there for there, _ in checks)


def _totals(text: str, facts: Facts) -> Checks:
    return _amounts(text, facts.totals if len(facts.lines) > 1 or facts.kind != "reminder" else ())


def _charges(text: str, facts: Facts) -> Checks:
    """Each charge stands apart: the law wants to see what is principal and what is not."""
    return ((charges.told(text, each, facts.sums, facts.language), each.amount) for each in facts.sums)


def _to_pay(text: str, facts: Facts) -> Checks:
    return _amounts(text, facts.to_pay if facts.sums or facts.kind in LEGAL else ())


def _dues(text: str, facts: Facts) -> Checks:
    """Letters that ask for what is late say when an invoice was due; others do where they list several."""
    told = facts.kind in LADDER or len(facts.lines) > 1
    return _days(text, (line.due for line in facts.lines if told))


def _accounts(text: str, facts: Facts) -> Checks:
    """A Danish payment line holds its account; it is looked for as the reference."""
    if facts.account_kind == "fik":
        return iter(())
    return _numbers(text, (facts.account, *(line.account for line in facts.lines if not facts.account)))


def _instalments(text: str, facts: Facts) -> Checks:
    """Each instalment has its day, amount and reference side by side."""
    lines = text.splitlines()
    return ((any(_states(line, part) for line in lines), part.day) for part in facts.parts)


def _states(line: str, part: Part) -> bool:
    paid = figures.says_day(line, part.day) and figures.says_amount(line, part.amount)
    return paid and (not part.reference or figures.says_number(line, part.reference))


def _senders(text: str, facts: Facts) -> Checks:
    spoken = " ".join(text.split())
    return (
        (" ".join(normalize("NFC", name).split()) in spoken, name) for name in (facts.owner, facts.business)
    )


def _ways_to_answer(text: str, facts: Facts) -> Checks:
    called = bool(facts.phone) and figures.says_number(text, facts.phone)
    yield called or bool(words(facts.language).review["reach"].search(plain(text))), facts.phone


def _terms(text: str, facts: Facts) -> Checks:
    """What the letter is: by law, or a reminder, which has to be known for one where it asks for a fee."""
    if facts.kind in LEGAL:
        yield terms.named(text, facts), terms.title(facts)
    elif any(each.addition == "fee" for each in facts.sums):
        yield terms.reminds(text, facts), wording.reminder(facts.language)


def _hand_over(text: str, facts: Facts) -> Checks:
    """One sentence says that collection follows, and from which day."""
    told = any(wording.hands_over(sentence, facts) for sentence in wording.sentences(text))
    yield told, facts.next_day or ""


def _further(text: str, facts: Facts) -> Checks:
    """A demand says that costs and legal steps may follow."""
    said = words(facts.language).review
    if steps := said.get("steps_at_law"):
        spoken = [plain(sentence) for sentence in wording.sentences(text)]
        yield any(steps.search(sentence) and said["fee"].search(sentence) for sentence in spoken), ""


def _pay_by(text: str, facts: Facts) -> Checks:
    """What is let off at once asks for nothing by a day."""
    return _days(text, () if facts.fields.get("given") else (facts.pay_by,))


def _rates(text: str, facts: Facts) -> Checks:
    return ((figures.says_rate(text, each.rate), each.rate) for each in _stretches(facts))


def _stretches(facts: Facts) -> Iterator[Segment]:
    """The stretches of interest that begin it, or from which its rate is another."""
    for charge in facts.charges:
        rates = (None, *(each.rate for each in charge.segments))
        yield from (each for before, each in zip(rates, charge.segments, strict=False) if each.rate != before)


def _reckoning(text: str, facts: Facts) -> Checks:
    """Of several stretches of interest each has its invoice, rate, principal and days side by side."""
    lines = text.splitlines()
    stretches = [(charge.invoice, each) for charge in facts.charges for each in charge.segments]
    for invoice, each in stretches if len(stretches) > 1 else ():
        numbers = (invoice,) if len(facts.lines) > 1 else ()
        figures_ = (numbers, (each.principal,), (each.start, each.end))
        told = any(figures.says_rate(line, each.rate) and _together(line, *figures_) for line in lines)
        yield told, each.start


PARTS: Mapping[str, Callable[[str, Facts], Checks]] = {
    "number": lambda text, facts: _numbers(text, (line.number for line in facts.lines)),
    "amount": _principals,
    "total": _totals,
    "charge": _charges,
    "to_pay": _to_pay,
    "dropped": lambda text, facts: _amounts(text, (facts.fields.get("dropped"),)),
    "due": _dues,
    "pay_by": _pay_by,
    "day": lambda text, facts: _days(text, map(facts.fields.get, DAYS)),
    "account": _accounts,
    "reference": lambda text, facts: _numbers(text, (line.reference for line in facts.lines)),
    "instalment": _instalments,
    "sender": _senders,
    "reach": _ways_to_answer,
    "term": _terms,
    "hand_over": _hand_over,
    "further": _further,
    "row": _rows,
    "stretch": _reckoning,
    "rate": _rates,
    "from_date": lambda text, facts: _days(text, (each.start for each in _stretches(facts))),
}
