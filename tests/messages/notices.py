"""Final notices and demands as owners would write them, short and whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from bot.letters import Facts
from bot.letters import Kind as LetterKind
from messages.formats import letter_formats
from messages.voice import Text
from tests.messages.reviewed import charged, facts_of

NOTICES: tuple[tuple[str, str, LetterKind], ...] = (
    ("NO", "nb", "final_notice"),
    ("NO", "nb", "demand"),
    ("SE", "sv", "final_notice"),
    ("DK", "da", "final_notice"),
    ("FI", "fi", "final_notice"),
    ("FI", "sv", "final_notice"),
    ("NO", "en", "final_notice"),
    ("NO", "en", "demand"),
    ("SE", "en", "final_notice"),
    ("DK", "en", "final_notice"),
    ("FI", "en", "final_notice"),
)
"""Every country and language in which a letter of the law is written or shown, and its kind."""
FURTHER = {
    "nb": ", og da kan det komme kostnader og rettslige skritt",
    "en": ", and costs and legal steps may follow",
}
"""What only a demand says of that."""
NAMES = {"NO": "inkassovarsel", "SE": "inkassokrav", "DK": "inkassovarsel", "FI": "maksuvaatimus"}


@dataclass(frozen=True)
class Words:
    """A letter of the law in one language: its text, a line of an invoice, of a charge, of interest."""

    body: str
    line: str
    labels: Mapping[str, str]
    stretch: str


WORDS = {
    "nb": Words(
        """Dette er: {name}. Jeg har sendt deg to purringer, den siste purringen {first}.
{rows}
Å betale: {to_pay}, senest {pay_by}
Konto: {account}
Er det ikke betalt da, går kravet til inkasso {next_day}{further}.
Ring meg på {phone}
{sender}""",
        "{number} · forfalt {due} · {amount} · {reference}",
        {
            "earlier_fees": "Tidligere purregebyr",
            "fee": "Gebyr for dette brevet",
            "interest": "Forsinkelsesrente",
            "compensation": "Standardkompensasjon",
        },
        "{rate} av {principal} fra {start} til {end}",
    ),
    "sv": Words(
        """Detta är: {name}. Jag har skickat två påminnelser, den sista påminnelsen {first}.
{rows}
Att betala: {to_pay}, senast {pay_by}
Konto: {account}
Är det inte betalt då lämnar jag ärendet till inkasso {next_day}, och det blir dyrare.
Ring mig på {phone}
{sender}""",
        "{number} · förföll {due} · {amount} · {reference}",
        {
            "earlier_fees": "Tidigare påminnelseavgift",
            "fee": "Avgift för det här brevet",
            "interest": "Dröjsmålsränta",
            "compensation": "Förseningsersättning",
        },
        "{rate} på {principal} från {start} till {end}",
    ),
    "da": Words(
        """Dette er: {name}. Jeg har sendt dig to rykkere, den sidste rykker {first}.
{rows}
At betale: {to_pay}, senest {pay_by}
Konto: {account}
Er det ikke betalt til den tid, går kravet til inkasso {next_day}, og det bliver dyrere.
Ring til mig på {phone}
{sender}""",
        "{number} · forfaldt {due} · {amount} · {reference}",
        {
            "earlier_fees": "Tidligere rykkergebyr",
            "fee": "Gebyr for dette brev",
            "interest": "Morarente",
            "compensation": "Kompensationsbeløb",
        },
        "{rate} af {principal} fra {start} til {end}",
    ),
    "fi": Words(
        """Tämä on: {name}. Olen lähettänyt kaksi muistutusta, viimeisen muistutuksen {first}.
{rows}
Maksettavaa: {to_pay}, viimeistään {pay_by}
Tilinumero: {account}
Jos maksua ei näy siihen mennessä, siirrän laskun perintään {next_day}, ja siitä tulee lisää kuluja.
Soita {phone}
{sender}""",
        "{number} · eräpäivä {due} · {amount} · {reference}",
        {
            "earlier_fees": "Aiemmat muistutusmaksut",
            "fee": "Maksuvaatimuksen kulut",
            "interest": "Viivästyskorko",
            "compensation": "Vakiokorvaus",
        },
        "{rate}, {principal}, {start} alkaen, {end} asti",
    ),
    "en": Words(
        """This is: {name}. I have sent you two reminders, the last reminder on {first}.
{rows}
To pay: {to_pay}, by {pay_by}
Account: {account}
If it isn't paid by then, the claim goes to a collection agency on {next_day}{further}.
Ring me on {phone}
{sender}""",
        "{number} · due {due} · {amount} · {reference}",
        {
            "earlier_fees": "Earlier fees",
            "fee": "Fee for this letter",
            "interest": "Late interest",
            "compensation": "Compensation",
        },
        "{rate} of {principal} from {start} to {end}",
    ),
}


def by_law(country: str, language: str, kind: LetterKind, *, invoices: int = 1, bare: bool = False) -> Facts:
    """The facts of a final notice or demand, with everything added or `bare`."""
    facts = facts_of(country, language, kind, invoices=invoices, step="hand_over")
    facts = replace(facts, pay_by=date(2026, 11, 25), next_day=date(2026, 11, 26), to_pay=facts.totals)
    return facts if bare else charged(facts)


def notice(facts: Facts) -> Text:
    """A final notice or demand in the words of its language."""
    words, habits = WORDS[facts.language], letter_formats(facts)
    name = "betalingsoppfordring" if facts.kind == "demand" else NAMES[facts.country]
    numbers = [
        str(facts.fields[key]) for key in ("business_number", "customer_number") if key in facts.fields
    ]
    assert facts.pay_by and facts.next_day
    body = words.body.format(
        name=name,
        first=habits.date(date(2026, 11, 3)),
        rows="\n".join(rows(facts)),
        to_pay=habits.money(facts.to_pay),
        pay_by=habits.day(facts.pay_by),
        account=facts.account,
        next_day=habits.day(facts.next_day),
        further=FURTHER[facts.language] if facts.kind == "demand" else "",
        phone=facts.phone,
        sender=", ".join((facts.owner, facts.business, *numbers)),
    )
    return Text(f"{name.capitalize()}: {facts.lines[0].number}", body)


def rows(facts: Facts) -> list[str]:
    """The lines of a letter that say what is asked for: invoices, charges, and how interest comes about."""
    words, habits = WORDS[facts.language], letter_formats(facts)
    invoices = [
        words.line.format(
            number=line.number,
            due=habits.date(line.due),
            amount=habits.money(line.amount),
            reference=line.reference,
        )
        for line in facts.lines
        if line.due
    ]
    sums = [f"{words.labels[each.kind]}: {habits.money(each.amount)}" for each in facts.sums]
    stretches = [
        f"{charge.invoice}: "
        + words.stretch.format(
            rate=habits.percent(each.rate),
            principal=habits.money(each.principal),
            start=habits.date(each.start),
            end=habits.date(each.end),
        )
        for charge in facts.charges
        for each in charge.segments
    ]
    return [*invoices, *sums, *stretches]
