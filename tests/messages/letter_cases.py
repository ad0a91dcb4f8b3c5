"""Letters that tests know: Åsas Bageri writes to Café Norrsken about everything there is to write about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from bot.countries import country as country_of
from bot.letters import TONES, Facts, Line, Part
from bot.money import Money, totals

TODAY = date(2026, 11, 12)
HOME = {"nb": "NO", "sv": "SE", "da": "DK", "fi": "FI", "en": "NO"}
ABROAD = {"nb": "SE", "sv": "NO", "da": "SE", "fi": "SE", "en": "FI"}
WHAT = {"nb": "Brød, uke", "sv": "Bröd, vecka", "da": "Brød, uge", "fi": "Leipä, viikko", "en": "Bread, week"}
ISSUE = {
    "nb": "To av kassene var tomme",
    "sv": "Två av lådorna var tomma",
    "da": "To af kasserne var tomme",
    "fi": "Kaksi laatikkoa oli tyhjiä",
    "en": "Two of the boxes were empty",
}


@dataclass(frozen=True)
class Paid:
    """How a business of a country is paid: its account, and the references of five invoices."""

    kind: str
    account: str
    references: tuple[str, ...]


PAID = {
    "NO": Paid("bban", "1503.11.12345", ("1042001", "1043009", "1044007", "1045004", "1046002")),
    "SE": Paid("bankgiro", "5050-1055", ("1042001", "1043009", "1044007", "1045004", "1046002")),
    "DK": Paid(
        "fik",
        "12345678",
        tuple(f"+71<0000000000{stem}+12345678<" for stem in ("10421", "10439", "10447", "10454", "10462")),
    ),
    "FI": Paid("iban", "FI21 1234 5600 0007 85", ("1 10424", "1 10437", "1 10440", "1 10453", "1 10466")),
}
MINOR = (125000, 98000, 240000, 64000, 310000)


def facts(language: str, count: int = 1, *, country: str = "", cents: int = 0, tone: str = "warm") -> Facts:
    """A first reminder about so many invoices; `cents` are added to the first of them."""
    home = country or HOME[language]
    paid, currency = PAID[home], country_of(home).currency
    lines = tuple(
        Line(
            number=str(1042 + at),
            amount=Money(MINOR[at] + (cents if at == 0 else 0), currency),
            due=date(2026, 11, 3 - at) if at < 3 else date(2026, 10, 23 - at),
            what=f"{WHAT[language]} {42 + at}",
            reference=paid.references[at],
        )
        for at in range(count)
    )
    first = Facts(
        kind="reminder",
        language=language,
        today=TODAY,
        country=home,
        business="Åsas Bageri",
        owner="Åsa Lind",
        customer="Café Norrsken",
        first_name="Maja",
        phone="+46 70 123 45 67",
        lines=lines,
        totals=totals(line.amount for line in lines),
        account=paid.account,
        account_kind=paid.kind,
        pay_by=date(2026, 11, 20),
        next_step="writes",
        next_day=date(2026, 11, 23),
        fields={"attached": True},
    )
    return replace(first, tone=next(known for known in TONES if known == tone))


def to_desk(letter: Facts) -> Facts:
    """The same to a firm where no person is known."""
    return replace(letter, first_name="", to_firm=True)


def in_two_currencies(letter: Facts) -> Facts:
    """The same with its last invoice in another currency."""
    other = "SEK" if letter.lines[-1].amount.currency != "SEK" else "NOK"
    *most, last = letter.lines
    lines = (*most, replace(last, amount=Money(last.amount.minor, other)))
    return replace(letter, lines=lines, totals=totals(line.amount for line in lines))


def without_references(letter: Facts) -> Facts:
    """The same where the invoices carry no reference, so the account is a plain one."""
    lines = tuple(replace(line, reference="") for line in letter.lines)
    return replace(letter, lines=lines, account="NO93 8601 1117 947", account_kind="iban")


def with_final_notice(letter: Facts) -> Facts:
    """The same where a final notice is set up and comes next."""
    term = country_of(letter.country).final_notice_term
    return replace(letter, tone="firm", next_step="final_notice", fields={"final_notice_term": term})


def plan(language: str, count: int = 2, fields: Mapping[str, object] | None = None) -> Facts:
    """A plan of three instalments over some invoices, into the next year."""
    about = facts(language, count)
    days = (date(2026, 11, 30), date(2026, 12, 30), date(2027, 1, 29))
    parts = tuple(
        Part(number=at + 1, day=day, amount=amount, reference=about.lines[0].reference)
        for at, (day, amount) in enumerate(zip(days, about.totals[0].split(3), strict=True))
    )
    return replace(about, kind="plan", parts=parts, fields={"reply_by": date(2026, 11, 17), **(fields or {})})


def cases(language: str) -> dict[str, Facts]:
    """Every letter that is kept as a golden file, by its name."""
    one, three = facts(language), facts(language, 3)
    offer: dict[str, object] = {"offer_parts": 3, "offer_day": date(2026, 12, 1)}
    called: dict[str, object] = {"call_day": date(2026, 11, 11)}
    unseen: dict[str, object] = {"hold_until": date(2026, 11, 18)}
    dispute: dict[str, object] = {"issue": ISSUE[language], "answer_day": date(2026, 11, 18)}
    contested: dict[str, object] = {**dispute, "contested": Money(20050, one.lines[0].amount.currency)}
    settled: dict[str, object] = {"paid_day": date(2026, 11, 10)}
    return {
        "reminder.warm.one": one,
        "reminder.warm.three": three,
        "reminder.warm.five_to_a_firm": to_desk(facts(language, 5)),
        "reminder.warm.cents": facts(language, cents=50),
        "reminder.warm.two_currencies": in_two_currencies(three),
        "reminder.warm.without_reference": without_references(one),
        "reminder.warm.no_next_step": replace(one, next_step="", next_day=None, fields={}),
        "reminder.neutral.one": replace(one, tone="neutral", next_step="calls"),
        "reminder.neutral.three": replace(three, tone="neutral", next_step="calls", fields=offer),
        "reminder.neutral.three_to_a_firm": replace(to_desk(three), tone="neutral", fields=offer),
        "reminder.neutral.cross_border": replace(
            facts(language, 2, country=ABROAD[language]), tone="neutral", cross_border=True
        ),
        "reminder.neutral.three_without_reference": replace(without_references(three), tone="neutral"),
        "reminder.firm.one": with_final_notice(one),
        "reminder.firm.one_calls": replace(one, tone="firm", next_step="calls"),
        "reminder.firm.three_to_a_firm": replace(to_desk(three), tone="firm", next_step="calls", phone=""),
        "reminder.firm.cross_border": replace(
            with_final_notice(facts(language, country=ABROAD[language])), cross_border=True
        ),
        "plan.by_telephone": plan(language, fields=called),
        "plan.one_invoice_by_message": plan(language, 1),
        "promise.one": replace(one, kind="promise", fields={}),
        "promise.three_by_telephone": replace(three, kind="promise", fields=called),
        "promise.deferral": replace(to_desk(one), kind="promise", fields={"deferral": True}),
        "payment_unseen.one": replace(one, kind="payment_unseen", fields=unseen),
        "payment_unseen.three": replace(to_desk(three), kind="payment_unseen", fields=unseen),
        "dispute.whole": replace(one, kind="dispute", fields=dispute),
        "dispute.part": replace(to_desk(one), kind="dispute", fields=contested),
        "thanks.one": replace(one, kind="thanks", fields=settled),
        "thanks.three": replace(to_desk(three), kind="thanks", fields=settled),
    }
