"""Letters that tests know: Åsas Bageri writes to Café Norrsken about everything there is to write about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from bot.additions import per_kind
from bot.announcements import of_notice
from bot.charges import Segment
from bot.countries import country as country_of
from bot.letters import TONES, Charge, Facts, Kind, Line, Part
from bot.money import Money, totals
from bot.parties import Business

TODAY = date(2026, 11, 12)
OFFICIAL = {"nb": ("NO",), "sv": ("SE", "FI"), "da": ("DK",), "fi": ("FI",), "en": ("NO", "SE", "DK", "FI")}
"""The countries whose final notices are written in a language; in English the owner reads those of any."""
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
NUMBERS = {
    "NO": ("923609016", "974760673"),
    "SE": ("5560360793", "5560125790"),
    "DK": ("10403782", "24256790"),
    "FI": ("0112038-9", "1927400-1"),
}
"""The numbers of the bakery and of the café in the register of each country."""
FEES = {"NO": 38, "SE": 60, "DK": 100, "FI": 5}
NOTICE_FEES = {**FEES, "SE": 180}
RATES = {"NO": "12.25", "SE": "10", "DK": "9.75", "FI": "9.5"}
EARLIER_RATES = {"NO": "12", "SE": "10", "DK": "9.75", "FI": "9.5"}
COMPENSATION = {"NO": 430, "SE": 450, "DK": 310, "FI": 40}
TURN = date(2026, 7, 1)
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


def charged(
    letter: Facts,
    *,
    fee: bool = False,
    earlier: bool = False,
    interest: bool = True,
    compensation: bool = False,
) -> Facts:
    """The same with fees for its first invoice, and interest and compensation for each."""
    home, currency, first = letter.country, letter.lines[0].amount.currency, letter.lines[0].number
    own = (FEES if letter.kind == "reminder" else NOTICE_FEES)[home]
    charges = (
        *([Charge("earlier_fees", first, Money.of(FEES[home], currency))] if earlier else ()),
        *([Charge("fee", first, Money.of(113 if letter.kind == "demand" else own, currency))] if fee else ()),
        *(late(line, home) for line in letter.lines if interest),
        *(
            Charge("compensation", line.number, Money.of(COMPENSATION[home], currency))
            for line in letter.lines
            if compensation
        ),
    )
    to_pay = totals([*letter.totals, *(charge.amount for charge in charges)])
    return replace(letter, charges=charges, sums=per_kind(charges), to_pay=to_pay)


def late(line: Line, home: str) -> Charge:
    """Interest on an invoice from the day after due to the day of the letter, cut at the half-year."""
    start = (line.due or TODAY) + timedelta(days=1)
    spring = Segment(start, TURN - timedelta(days=1), line.amount, Decimal(EARLIER_RATES[home]))
    autumn = Segment(max(start, TURN), TODAY, line.amount, Decimal(RATES[home]))
    parts = (*([spring] if start < TURN else ()), autumn)
    minor = sum((p.principal.minor * p.rate * p.days / 36500 for p in parts), Decimal(0))
    amount = Money(int(minor.quantize(Decimal(1), ROUND_HALF_UP)), line.amount.currency)
    return Charge("interest", line.number, amount, parts)


def notice(language: str, home: str, count: int = 1, *, kind: Kind = "final_notice") -> Facts:
    """A final notice or demand of a country, about so many invoices; the last of five is from the spring."""
    about = facts(language, count, country=home)
    dated = tuple(replace(line, issued=line.due and line.due - timedelta(days=14)) for line in about.lines)
    old = replace(dated[-1], issued=date(2026, 5, 21), due=date(2026, 6, 19))
    business = Business(id="b", name=about.business, country=home, language=language)
    said = of_notice(kind, business, TODAY)
    own, other = NUMBERS[home]
    return replace(
        about,
        kind=kind,
        tone="firm",
        lines=dated if count < 5 else (*dated[:-1], old),
        to_pay=about.totals,
        pay_by=said.pay_by,
        next_step=said.step,
        next_day=said.day,
        fields={
            "attached": True,
            "final_notice_term": country_of(home).final_notice_term,
            "business_number": own,
            "customer_number": other,
        },
    )


def bare(letter: Facts) -> Facts:
    """The same to a person, from a business without a number and a telephone, about unreferenced invoices."""
    lines = tuple(replace(line, reference="", issued=None) for line in letter.lines)
    fields = {"final_notice_term": letter.fields["final_notice_term"]}
    return replace(without_references(letter), lines=lines, phone="", fields=fields)


def legal_cases(language: str) -> dict[str, Facts]:
    """The letters whose content a law prescribes, by their names: of each country in its own languages."""
    found: dict[str, Facts] = {}
    for home in OFFICIAL[language]:
        one, five = notice(language, home), to_desk(notice(language, home, 5))
        found |= {
            f"final_notice.{home}.one": one,
            f"final_notice.{home}.one_charged": charged(one, fee=True, earlier=True),
            f"final_notice.{home}.three": notice(language, home, 3),
            f"final_notice.{home}.five_charged_to_a_firm": charged(five, fee=home == "DK", compensation=True),
            f"final_notice.{home}.bare": bare(one),
        }
    if "NO" in OFFICIAL[language]:
        one, five = (notice(language, "NO", count, kind="demand") for count in (1, 5))
        found |= {
            "demand.NO.one_charged": charged(one, fee=True, earlier=True),
            "demand.NO.five_charged_to_a_firm": charged(to_desk(five), fee=True, earlier=True),
            "demand.NO.bare": bare(one),
        }
    return found


def cases(language: str) -> dict[str, Facts]:
    """Every letter that is kept as a golden file, by its name."""
    one, three = facts(language), facts(language, 3)
    offer: dict[str, object] = {"offer_parts": 3, "offer_day": date(2026, 12, 1)}
    called: dict[str, object] = {"call_day": date(2026, 11, 11)}
    unseen: dict[str, object] = {"hold_until": date(2026, 11, 18)}
    dispute: dict[str, object] = {"issue": ISSUE[language], "answer_day": date(2026, 11, 18)}
    contested: dict[str, object] = {**dispute, "contested": Money(20050, one.lines[0].amount.currency)}
    moved: dict[str, object] = {"said_day": date(2026, 11, 13)}
    noticed: dict[str, object] = {"final_notice_term": country_of(one.country).final_notice_term}
    nothing_next = replace(one, pay_by=None, next_step="", next_day=None)
    part = Money(MINOR[0], one.lines[0].amount.currency)
    settled: dict[str, object] = {"paid_day": date(2026, 11, 10)}
    let_off: dict[str, object] = {"dropped": Money(9649, one.lines[0].amount.currency), "given": False}
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
        "reminder.warm.charged": charged(one, fee=True, interest=False),
        "reminder.neutral.charged_three": charged(replace(three, tone="neutral", fields=offer), fee=True),
        "reminder.firm.charged": charged(with_final_notice(one), fee=True, earlier=True),
        "reminder.firm.charged_three_to_a_firm": charged(
            replace(to_desk(three), tone="firm", next_step="calls"), compensation=True
        ),
        "plan.by_telephone": plan(language, fields=called),
        "plan.one_invoice_by_message": plan(language, 1),
        "plan.accepted": plan(language, fields={"reply_by": None, "accepted": True}),
        "plan_offer.two": replace(plan(language), kind="plan_offer"),
        "plan_offer.one_to_a_firm_by_telephone": replace(
            to_desk(plan(language, 1, fields=called)), kind="plan_offer"
        ),
        "promise.one": replace(one, kind="promise", fields={}),
        "promise.three_by_telephone": replace(three, kind="promise", fields=called),
        "promise.deferral": replace(to_desk(one), kind="promise", fields={"deferral": True}),
        "later.writes": replace(one, kind="later", fields=moved),
        "later.calls_three_to_a_firm": replace(to_desk(three), kind="later", next_step="calls", fields=moved),
        "later.final_notice": replace(with_final_notice(one), kind="later", fields=moved | noticed),
        "later.hand_over": replace(one, kind="later", next_step="hand_over", fields=moved),
        "taken_back.one": replace(nothing_next, kind="taken_back", fields=moved),
        "taken_back.three_to_a_firm": replace(
            to_desk(three), kind="taken_back", pay_by=None, next_step="", next_day=None, fields=moved
        ),
        "soon.one": replace(nothing_next, kind="soon", pay_by=one.pay_by, fields={}),
        "soon.three_to_a_firm": replace(to_desk(three), kind="soon", totals=(part,), fields={}),
        "copy.one_attached": replace(one, kind="copy"),
        "copy.three_by_telephone": replace(to_desk(three), kind="copy", fields={**called, "attached": False}),
        "payment_unseen.one": replace(one, kind="payment_unseen", fields=unseen),
        "payment_unseen.three": replace(to_desk(three), kind="payment_unseen", fields=unseen),
        "waiver.one": replace(one, kind="waiver", fields=let_off),
        "waiver.three_to_a_firm": replace(to_desk(three), kind="waiver", fields=let_off),
        "waiver.given": replace(one, kind="waiver", pay_by=None, fields={**let_off, "given": True}),
        "waiver.given_three_to_a_firm": replace(
            to_desk(three), kind="waiver", pay_by=None, fields={**let_off, "given": True}
        ),
        "dispute.whole": replace(one, kind="dispute", fields=dispute),
        "dispute.part": replace(to_desk(one), kind="dispute", fields=contested),
        "refund.one": replace(nothing_next, kind="refund", fields=dispute),
        "refund.three_to_a_firm": replace(
            to_desk(three),
            kind="refund",
            pay_by=None,
            next_step="",
            next_day=None,
            fields=dispute | {"issue": ""},
        ),
        "thanks.one": replace(one, kind="thanks", fields=settled),
        "thanks.three": replace(to_desk(three), kind="thanks", fields=settled),
        **legal_cases(language),
    }
