"""The words of a draft: a first reminder from its facts, with its amounts and days as people write them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path

from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from bot.letters import Facts, Line
from bot.money import Money, totals
from bot.references import with_check_digit
from messages.voice import Text, letter

TODAY = date(2026, 11, 25)
LETTERS = 300
"""How many different ones there are; each is written many times."""
SPOKEN = ("nb", "sv", "da", "fi", "en")
PLAIN = """\
Subject: {{ "Reminder" if lines|length == 1 else "Reminders" }} of {{ lines[0].number }} from {{ business }}

Hello{% if first_name %} {{ first_name }}{% endif %}

{{ "an invoice is" if lines|length == 1 else "invoices are" }} not paid yet. Can you pay by {{ pay_by|day }}?
{% for line in lines %}
{{ line.number }} · {{ line.what }} · due {{ line.due|day }} ({{ (today - line.due).days }} days ago) \
· {{ line.amount|money("SEK") }} · reference {{ line.reference }}
{%- endfor %}
Total: {{ total|money("SEK") }}
Account: {{ account }}. Use the reference of each invoice.
{% if attached %}The invoices are attached. {% endif %}If it is much at once, we can divide it.
If one of them is wrong, we mend that first. If one was paid of late, never mind that part.
If I hear nothing, I call you {{ next_day|day }}.

Yours,
{{ owner }}, {{ business }}, {{ phone }}
"""


def ours(_folder: Path, size: int) -> Callable[[], int]:
    """The letter itself, in five languages in turn: all that the voice does, nothing that looks it over."""
    about = [_facts(n) for n in range(LETTERS)]
    _check(letter(about[1]))
    _written(about, LETTERS)
    return partial(_written, about, size)


def floor(_folder: Path, size: int) -> Callable[[], int]:
    """The same told plainly: one sandboxed template with plain filters, compiled once, in one language."""
    render = plain()
    about = [_plain(_facts(n)) for n in range(LETTERS)]
    if len(render(about[0]).splitlines()) < 12:
        raise SystemExit("the floor says less than a letter")

    def work() -> int:
        told = (render(about[n % LETTERS]) for n in range(size))
        return sum(_number(n % LETTERS) in text for n, text in enumerate(told))

    return work


def plain() -> Callable[..., str]:
    """What renders the plain template."""
    environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined)
    environment.filters |= {"money": _money, "day": _day}
    return environment.from_string(PLAIN).render


def _written(about: list[Facts], size: int) -> int:
    told = (letter(about[n % LETTERS]) for n in range(size))
    return sum(_number(n % LETTERS) in text.body for n, text in enumerate(told))


def _check(text: Text) -> None:
    """Stop unless an amount and a day stand in a Swedish letter as Swedes write them."""
    for said in ("4\u00a0226,50\u00a0kr", "onsdag 2 december", _number(1)):
        if said not in text.body:
            raise SystemExit(f"the letter does not say {said!r}: {text.body}")


def _number(n: int) -> str:
    return f"{10_000 + n}"


def _facts(n: int) -> Facts:
    language = SPOKEN[n % len(SPOKEN)]
    lines = tuple(_line(n, at) for at in range(1 + n % 3))
    return Facts(
        kind="reminder",
        language=language,
        today=TODAY,
        country="SE",
        business="Åsas Bageri AB",
        owner="Åsa Lind",
        customer=f"Café {n} & Co",
        to_firm=True,
        lines=lines,
        totals=totals(line.amount for line in lines),
        account="999-0219",
        account_kind="bankgiro",
        phone="070-174 06 05",
        level=1,
        tone="neutral",
        pay_by=TODAY + timedelta(days=7),
        next_step="calls",
        next_day=TODAY + timedelta(days=8),
        fields={"attached": True},
    )


def _line(n: int, at: int) -> Line:
    number = _number(n) if not at else f"{_number(n)}-{at}"
    return Line(
        number=number,
        amount=Money(412_550 + 10_100 * n if not at else 99_900 + 100 * at, "SEK"),
        due=TODAY - timedelta(days=5 + n % 40 + at),
        issued=TODAY - timedelta(days=35 + n % 40 + at),
        what="Bread and rolls, October",
        reference=with_check_digit(f"{_number(n)}{at}"),
    )


def _plain(facts: Facts) -> dict[str, object]:
    """The same facts as bare values."""
    lines = [{name: getattr(line, name) for name in Line.__slots__} for line in facts.lines]
    for line, each in zip(lines, facts.lines, strict=True):
        line["amount"] = each.amount.decimal
    stated = ("business", "owner", "phone", "first_name", "account", "today", "pay_by", "next_day")
    return {
        **{name: getattr(facts, name) for name in stated},
        "lines": lines,
        "total": facts.totals[0].decimal,
        "attached": facts.fields["attached"],
    }


def _money(amount: Decimal, currency: str) -> str:
    return f"{amount:,.2f} {currency}"


def _day(day: date) -> str:
    return day.strftime("%d %b %Y")
