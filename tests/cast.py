"""The people every test knows: a bakery, its owner, and four customers, on any day."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from bot.cases import Case
from bot.disputes import Dispute
from bot.instalments import propose
from bot.invoices import Invoice
from bot.letters import Claim, Letter, fingerprint
from bot.money import Money
from bot.parties import Business, Contact, Customer
from bot.payments import Payment
from bot.plans import Plan
from storage.books import Books

ASA = "Åsa Lind"
ASAS_BAGERI = Business(
    id="asas-bageri",
    name="Åsas Bageri AB",
    country="SE",
    language="sv",
    number="559912-3451",
    owner=ASA,
    email="asa@asasbageri.example",
    phone="070-174 06 05",
    account="999-0219",
    scheme="ocr",
    zone="Europe/Stockholm",
    sends="mail",
)
CAFE_NORRSKEN = Customer(
    id="norrsken",
    name="Café Norrsken",
    number="559912-3469",
    kind="business",
    country="SE",
    language="sv",
    contacts=(
        Contact(name="Nils Sundin", email="nils@norrsken.example", phone="070-174 06 11"),
        Contact(email="ekonomi@norrsken.example", role="accounts"),
    ),
)
BYGG_OCH_BETONG = Customer(
    id="bygg",
    name="Bygg & Betong i Söder AB",
    number="559912-3477",
    kind="business",
    country="SE",
    language="sv",
    contacts=(Contact(name="Bo Ek", email="bo@byggbetong.example"),),
)
LILLA_BLOMMAN = Customer(
    id="blomman",
    name="Lilla Blomman",
    kind="business",
    country="SE",
    language="sv",
    contacts=(Contact(name="Lilian Ros", email="lilian@lillablomman.example", phone="070-174 06 22"),),
)
HERR_MOGENS = Customer(
    id="mogens",
    name="Mogens Højgård",
    kind="consumer",
    country="DK",
    language="da",
    contacts=(Contact(name="Mogens Højgård", email="mogens@hojgaard.example"),),
)
IBAN = "SE4550000000058398257466"


def kr(amount: str) -> Money:
    """So many Swedish kronor."""
    return Money.of(amount, "SEK")


def noon(day: date) -> datetime:
    """Noon, in UTC."""
    return datetime.combine(day, time(12), UTC)


def invoice(customer: Customer, number: str, amount: str, due: date, reference: str = "") -> Invoice:
    """An unpaid invoice for bread, due on a day and issued thirty days before."""
    return Invoice(
        id=f"{customer.id}-{number}",
        customer=customer.id,
        number=number,
        amount=kr(amount),
        paid=kr("0"),
        due=due,
        issued=due - timedelta(days=30),
        delivered=due - timedelta(days=32),
        reference=reference,
        description="Bröd och bullar",
    )


def settled(claim: Invoice, day: date) -> Invoice:
    """The same invoice, paid in full on a day."""
    return replace(claim, paid=claim.amount, settled=day)


def reminder(claim: Invoice, level: int, made: date) -> Letter:
    """A reminder of an invoice that Åsa approved and that went out the day it was made."""
    letter = Letter(
        id=f"{claim.id}-{level}",
        customer=claim.customer,
        kind="reminder",
        language="sv",
        subject=f"Faktura {claim.number}",
        body="Hej! Vi saknar er betalning.",
        made=made,
        level=level,
        to="bo@byggbetong.example",
        claims=(Claim(claim.id, claim.amount),),
        pay_by=made + timedelta(days=8),
        state="sent",
        approved_by=ASA,
        approved_at=noon(made),
        send_at=noon(made),
        sent_at=noon(made),
        sent_day=made,
    )
    return replace(letter, approved_text=fingerprint(letter))


def norrsken(today: date) -> Case:
    """Always late and always pays: four invoices settled some 18 days late, one 12 days overdue."""
    late = (17, 18, 18, 21)
    dues = [today - timedelta(days=60 + 30 * n) for n in range(len(late))]
    paid = (
        settled(invoice(CAFE_NORRSKEN, f"19{n}0", "2350.00", due), due + timedelta(days=days))
        for n, (due, days) in enumerate(zip(dues, late, strict=True))
    )
    open_one = invoice(CAFE_NORRSKEN, "2041", "4125.50", today - timedelta(days=12), "20412")
    return Case(customer=CAFE_NORRSKEN, invoices=(*list(paid)[::-1], open_one))


def bygg(today: date) -> Case:
    """Never answers: 27 days overdue, two reminders sent, and not a word."""
    claim = invoice(BYGG_OCH_BETONG, "2042", "18400.00", today - timedelta(days=27), "20420")
    sent = (reminder(claim, 1, today - timedelta(days=21)), reminder(claim, 2, today - timedelta(days=11)))
    return Case(customer=BYGG_OCH_BETONG, invoices=(claim,), letters=sent)


def blomman(today: date) -> Case:
    """Has a plan in three parts, agreed forty days ago; the first has come in, the second is not due yet."""
    claim = invoice(LILLA_BLOMMAN, "2051", "9000.00", today - timedelta(days=62), "20511")
    agreed = today - timedelta(days=40)
    plan = Plan(
        id="blomman-plan",
        customer=LILLA_BLOMMAN.id,
        invoices=(claim.id,),
        instalments=propose([claim.amount], 3, today - timedelta(days=26), "SE"),
        agreed=agreed,
        agreed_by=ASA,
    )
    case = Case(customer=LILLA_BLOMMAN, invoices=(replace(claim, paid=kr("3000.00")),), plans=(plan,))
    return replace(case, payments=payments(case))


def mogens(today: date) -> Case:
    """Disputes everything: one dispute settled, one open about all of a late invoice in Danish kroner."""
    first = invoice(HERR_MOGENS, "1988", "640.00", today - timedelta(days=90))
    second = invoice(HERR_MOGENS, "2060", "0", today - timedelta(days=20), "RF18539007547034")
    second = replace(second, amount=Money.of("1280.00", "DKK"), paid=Money.of("0", "DKK"), account=IBAN)
    opened, closed = today - timedelta(days=85), today - timedelta(days=75)
    disputes = (
        Dispute(
            id="mogens-1",
            customer=HERR_MOGENS.id,
            invoice=first.id,
            opened=opened,
            reason="wrong_amount",
            words="Det var ikke det, vi aftalte.",
            closed=closed,
            outcome="upheld",
        ),
        Dispute(
            id="mogens-2",
            customer=HERR_MOGENS.id,
            invoice=second.id,
            opened=today - timedelta(days=3),
            reason="quality",
            words="Kagen var tør.",
        ),
    )
    return Case(
        customer=HERR_MOGENS,
        invoices=(settled(first, today - timedelta(days=70)), second),
        disputes=disputes,
    )


def everyone(today: date) -> tuple[Case, ...]:
    """All four customers, by name."""
    return (bygg(today), norrsken(today), blomman(today), mogens(today))


def payments(case: Case) -> tuple[Payment, ...]:
    """What must have come in for a case's invoices to be as they are."""
    return tuple(
        Payment(
            id=f"{claim.id}-paid",
            customer=claim.customer,
            invoice=claim.id,
            day=claim.settled or claim.due or date.min,
            amount=claim.paid,
            key=f"bank:{claim.number}",
        )
        for claim in case.invoices
        if claim.paid
    )


def move_in(books: Books, *cases: Case) -> None:
    """Write cases into the books, with the payments behind them."""
    for case in cases:
        books.customers.add(case.customer)
        for claim in case.invoices:
            books.invoices.add(claim)
        for payment in payments(case):
            books.payments.add(payment)
        for letter in case.letters:
            books.letters.add(letter)
        for plan in case.plans:
            books.plans.add(plan)
        for dispute in case.disputes:
            books.disputes.add(dispute)
