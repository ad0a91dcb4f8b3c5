"""Facts that the review is tried on: every letter of ours, and what it finds in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from bot.additions import per_kind
from bot.charges import Segment
from bot.letters import TONES, Charge, Facts, Line, NextStep, Part
from bot.letters import Kind as LetterKind
from bot.money import Money, totals
from bot.parties import LANGUAGES
from messages.review import Finding, review
from messages.voice import Text, letter

TODAY = date(2026, 11, 10)
KINDS: tuple[LetterKind, ...] = (
    "reminder", "later", "taken_back", "plan_offer", "plan", "promise", "soon", "copy", "payment_unseen",
    "dispute", "refund", "thanks",
)  # fmt: skip
DAYS = {
    "plan": "reply_by", "plan_offer": "reply_by", "payment_unseen": "hold_until", "dispute": "answer_day",
    "refund": "answer_day",
    "thanks": "paid_day", "later": "said_day", "taken_back": "said_day",
}  # fmt: skip
STEPS: tuple[NextStep, ...] = ("", "writes", "calls", "final_notice")
MOVED: NextStep = "hand_over"
"""What only a letter that moves the day of another may say comes next without being a final notice."""
SENDERS = {
    "NO": ("Fjell Bakeri AS", "Kari Nordmann", "22 33 44 55", "1503 40 12345", "bban", "NOK",
    "inkassovarsel"),
    "SE": ("Åsas Bageri AB", "Åsa Lind", "070-174 06 05", "999-0219", "bankgiro", "SEK", "inkassokrav"),
    "DK": ("Havnens Bageri ApS", "Mette Holm", "28 41 06 95", "+71<000000001042006+87654321<", "fik", "DKK",
    "inkassovarsel"),
    "FI": ("Leipomo Koski Oy", "Aino Koski", "040 123 4567", "FI21 1234 5600 0007 85", "iban", "EUR",
    "maksuvaatimus"),
}  # fmt: skip
NUMBERS = {
    "NO": ("104208", "104216", "104224"),
    "SE": ("104208", "104216", "104224"),
    "FI": ("10427", "10430", "10443"),
}
NUMBERS["DK"] = (
    "+71<000000001042006+87654321<",
    "+71<000000001043004+87654321<",
    "+71<000000001044002+87654321<",
)

PARTIES = {
    "NO": ("923 609 016", "974 760 673"),
    "SE": ("556036-0793", "202100-5489"),
    "DK": ("24256790", "10150817"),
    "FI": ("0112038-9", "0201256-6"),
}
"""The number of the business and that of its customer."""


def facts_of(
    country: str, language: str, kind: LetterKind = "reminder", *, invoices: int = 1,
    step: NextStep = "writes",
    cents: int = 0,
) -> Facts:  # fmt: skip
    """The facts of a letter of any kind."""
    business, owner, phone, account, account_kind, currency, term = SENDERS[country]
    lines = tuple(
        Line(
            number=str(1042 + 275 * n), amount=Money(1_250_000 + 31_700 * n + cents, currency),
            due=date(2026, 11, 3 + n),
            what="40 kanelbullar, v. 44: BRÖD!", reference=NUMBERS[country][n],
        )
        for n in range(invoices)
    )  # fmt: skip
    total = Money(sum(line.amount.minor for line in lines), currency)
    parts = tuple(
        Part(number=n + 1, day=date(2026, 12 + n, 1) if n == 0 else date(2027, n, 4), amount=each,
        reference=lines[0].reference)
        for n, each in enumerate(total.split(3))
    )  # fmt: skip
    day = TODAY + timedelta(days=20)
    return Facts(
        kind=kind, language=language, today=TODAY, country=country, business=business, owner=owner,
        customer="Café Norrsken", first_name="Nils", lines=lines, totals=(total,), phone=phone,
        account=account,
        account_kind=account_kind, pay_by=date(2026, 11, 20), next_step=step, next_day=date(2026, 11, 24),
        parts=parts if kind in ("plan", "plan_offer") else (),
        cross_border=language not in ("en", {"NO": "nb", "SE": "sv", "DK": "da", "FI": "fi"}[country]),
        fields={
            "final_notice_term": term, "attached": True, "page": "https://purr.example/p/9f31-77120045",
            "call_day": TODAY,
            **({DAYS[kind]: TODAY if kind == "thanks" else day} if kind in DAYS else {}), "offer_parts": 3,
            "offer_day": day,
            "issue": "ONLY 12 of the 40 boxes came! Rettslige skritt, 2026-01-01.", "deferral": False,
            "contested": None,
        },
    )  # fmt: skip


def charged(facts: Facts) -> Facts:
    """The same with everything added to its first invoice: two fees of one sum, two rates, compensation."""
    first, currency = facts.lines[0], facts.lines[0].amount.currency
    until = date(2026, 11, 6)
    segments = (
        Segment(date(2026, 11, 4), until, first.amount, Decimal("12.25")),
        Segment(until + timedelta(days=1), facts.today, first.amount, Decimal("13.5")),
    )
    charges = (
        Charge("earlier_fees", first.number, Money(3800, currency)),
        Charge("fee", first.number, Money(3800, currency)),
        Charge("interest", first.number, Money(2981, currency), segments),
        Charge("compensation", first.number, Money(43000, currency)),
    )
    business, customer = PARTIES[facts.country]
    return replace(
        facts,
        charges=charges,
        sums=per_kind(charges),
        to_pay=totals([*facts.totals, *(each.amount for each in charges)]),
        fields=facts.fields | {"business_number": business, "customer_number": customer},
    )


def our_facts() -> Iterator[Facts]:
    """Every letter we write."""
    for language in LANGUAGES:
        for country in SENDERS:
            for kind in KINDS:
                for invoices in (1,) if kind == "dispute" else (1, 3):
                    yield facts_of(country, language, kind, invoices=invoices, cents=50 * (invoices - 1))
            for step in (*STEPS, MOVED):
                yield facts_of(country, language, "later", step=step)
            for tone in TONES:
                for step in STEPS:
                    yield replace(facts_of(country, language, step=step), tone=tone)
                    yield replace(
                        facts_of(country, language, step=step, invoices=2), tone=tone, phone="", first_name=""
                    )
                for invoices in (1, 3):
                    yield charged(replace(facts_of(country, language, invoices=invoices), tone=tone))


OURS = tuple(our_facts())


def found(written: Text, facts: Facts) -> tuple[Finding, ...]:
    """What the review finds in a letter."""
    return review(written.subject, written.body, facts)


def kinds(body: str, facts: Facts, written: Text | None = None) -> set[str]:
    """What the review finds in a letter into which a sentence was written."""
    whole = written or letter(facts)
    return {one.kind for one in review(whole.subject, f"{whole.body}\n{body}", facts)}
