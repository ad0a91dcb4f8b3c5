"""An example business, always alive: its dates follow today, and it never touches the owner's own books."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta

from bot import instalments, references, workdays
from bot.chat import PAGE, Card, Request
from bot.disputes import Dispute
from bot.errors import Refusal
from bot.invoices import Invoice
from bot.letters import Claim, Letter
from bot.money import Money
from bot.nudges import next_nudge
from bot.parties import EXAMPLE, Business, Contact, Customer, own
from bot.payments import Payment
from bot.plans import Plan
from handlers.desk import Answers, Desk, new_id

OWNER = "Åsa Lind"
BAKERY = Business(
    id=EXAMPLE,
    name="Åsas Bageri AB",
    country="SE",
    language="sv",
    number="559912-3451",
    owner=OWNER,
    email="asa@asasbageri.example",
    phone="070-174 06 05",
    account="999-0219",
    scheme="ocr",
    zone="Europe/Stockholm",
    example=True,
)


SWEDISH = Customer(id="", name="", kind="business", country="SE", language="sv")


def enter(request: Request, desk: Desk) -> Card:
    """Turn to the example business; it is made the first time."""
    if not request.turns:
        raise Refusal("turns_elsewhere")
    home = replace(BAKERY, id=EXAMPLE + own(desk.business.id), language=desk.language)
    is_new = desk.books.found(home)
    other = desk.beside(home.id)
    other.books.save_business(_shown(replace(other.business, language=desk.language), request, desk))
    if is_new:
        fill(other)
        other.books.set_next_nudge(next_nudge(home, desk.now))
    today = desk.button("today", "today.show", style="primary", look=True)
    other.books.lines.add(desk.card("example", buttons=(today, desk.button("own_business", "example.close"))))
    return desk.card("example_opened", turn=home.id)


def leave(request: Request, desk: Desk) -> Card:
    """Turn back to the owner's own business."""
    other = desk.beside(own(desk.business.id))
    other.books.save_business(_shown(other.business, request, desk))
    return desk.card("example_closed", turn=other.business.id)


def _shown(business: Business, request: Request, desk: Desk) -> Business:
    """The business as the page now shows it; what a chat turns to is the chat's own affair."""
    return replace(business, opened=desk.now) if request.where in ("", PAGE) else business


def fill(desk: Desk) -> None:
    """Put the customers of the bakery into its books, as they are on this day."""
    for each in (_norrsken, _bygg, _blomman, _mogens, _kuusi, _havet):
        each(desk)
    desk.books.history.add("imported", who=OWNER, what="6")


def _meet(desk: Desk, customer: Customer) -> Customer:
    desk.books.customers.add(customer)
    return customer


def _invoice(desk: Desk, customer: Customer, number: str, kronor: int, late: int, what: str) -> Invoice:
    """An invoice `late` days after its due date, its reference the number with a check digit."""
    due = desk.today - timedelta(days=late)
    invoice = Invoice(
        id=new_id(),
        customer=customer.id,
        number=number,
        amount=_kr(kronor),
        paid=_kr(0),
        due=due,
        issued=due - timedelta(days=30),
        delivered=due - timedelta(days=32),
        reference=references.with_check_digit(number),
        description=what,
    )
    desk.books.invoices.add(invoice)
    return invoice


def _kr(kronor: int) -> Money:
    return Money(kronor * 100, "SEK")


def _norrsken(desk: Desk) -> None:
    """Always late, always pays."""
    contacts = (
        Contact(name="Nils Sundin", email="nils@norrsken.example", phone="070-174 06 11"),
        Contact(email="ekonomi@norrsken.example", role="accounts"),
    )
    cafe = _meet(
        desk, replace(SWEDISH, id="norrsken", name="Café Norrsken", number="559912-3469", contacts=contacts)
    )
    for number, late in (("1021", 96), ("1033", 66), ("1047", 36)):
        _pay(desk, _invoice(desk, cafe, number, 2350, late, "Bröd och bullar"), late - 18)
    _invoice(desk, cafe, "1058", 4125, 12, "Bröd och bullar, vecka 41–44")
    _invoice(desk, cafe, "1066", 1980, 6, "Semlor till lanseringen")


def _pay(desk: Desk, invoice: Invoice, days_ago: int) -> None:
    day = desk.today - timedelta(days=days_ago)
    payment = Payment(
        id=new_id(), customer=invoice.customer, invoice=invoice.id, day=day, amount=invoice.amount
    )
    desk.books.payments.add(replace(payment, at=_noon(desk, days_ago)))


def _noon(desk: Desk, days_ago: int) -> datetime:
    return workdays.instant(desk.today - timedelta(days=days_ago), time(12), desk.business.zone)


def _bygg(desk: Desk) -> None:
    """Never answers: two letters, and not a word."""
    contacts = (Contact(name="Bo Ek", email="bo@byggbetong.example", phone="070-174 06 33"),)
    bygg = _meet(
        desk,
        replace(SWEDISH, id="bygg", name="Bygg & Betong i Söder AB", number="559912-3477", contacts=contacts),
    )
    invoice = _invoice(desk, bygg, "1029", 18400, 27, "Fika till bygget, september")
    for level, days_ago in ((1, 21), (2, 11)):
        _reminder(desk, invoice, level, days_ago)


def _reminder(desk: Desk, invoice: Invoice, level: int, days_ago: int) -> None:
    made, at = desk.today - timedelta(days=days_ago), _noon(desk, days_ago)
    letter = Letter(
        id=new_id(),
        customer=invoice.customer,
        kind="reminder",
        language="sv",
        level=level,
        made=made,
        subject=f"Faktura {invoice.number} från {BAKERY.name}",
        body=f"Hej Bo\n\nFaktura {invoice.number} är inte betald än.",
        to="bo@byggbetong.example",
        claims=(Claim(invoice.id, invoice.amount),),
        pay_by=made + timedelta(days=7),
        state="sent",
        approved_by=OWNER,
        approved_at=at,
        send_at=at,
        sent_at=at,
        sent_day=made,
    )
    desk.books.letters.add(letter)
    desk.books.at(at).history.add(
        "sent", customer=invoice.customer, invoice=invoice.id, who=OWNER, text=letter.body
    )


def _blomman(desk: Desk) -> None:
    """Has a plan: the first instalment has come, the second is missing."""
    contacts = (Contact(name="Lilian Ros", email="lilian@lillablomman.example", phone="070-174 06 22"),)
    flowers = _meet(desk, replace(SWEDISH, id="blomman", name="Lilla Blomman", contacts=contacts))
    invoice = _invoice(desk, flowers, "1014", 9000, 62, "Tårtor, sommaren")
    first = workdays.on_or_after(desk.today - timedelta(days=36), "SE")
    parts = instalments.propose([invoice.amount], 3, first, "SE")
    agreed = desk.today - timedelta(days=44)
    plan = Plan(
        id=new_id(),
        customer="blomman",
        invoices=(invoice.id,),
        instalments=parts,
        agreed=agreed,
        agreed_by=OWNER,
    )
    desk.books.plans.add(plan)
    paid = Payment(
        id=new_id(),
        customer="blomman",
        invoice=invoice.id,
        day=first,
        amount=parts[0].amount,
        at=_noon(desk, 36),
    )
    desk.books.payments.add(paid)


def _mogens(desk: Desk) -> None:
    """Disputes everything."""
    contacts = (Contact(name="Mogens Højgård", email="mogens@hojgaard.example"),)
    mogens = Customer(
        id="mogens", name="Mogens Højgård", kind="consumer", country="DK", language="da", contacts=contacts
    )
    _meet(desk, mogens)
    invoice = _invoice(desk, mogens, "1041", 640, 20, "Födelsedagstårta")
    words = "Lagkagen var skæv, og der manglede jordbær."
    dispute = Dispute(
        id=new_id(),
        customer="mogens",
        invoice=invoice.id,
        opened=desk.today - timedelta(days=7),
        reason="quality",
        words=words,
    )
    desk.books.disputes.add(dispute)


def _kuusi(desk: Desk) -> None:
    """Never late before, and reads Finnish."""
    contacts = (Contact(name="Aino Kuusela", email="aino@kahvilakuusi.example", phone="040 7654321"),)
    kuusi = _meet(
        desk,
        replace(SWEDISH, id="kuusi", name="Kahvila Kuusi Oy", country="FI", language="fi", contacts=contacts),
    )
    _pay(desk, _invoice(desk, kuusi, "1018", 1450, 70, "Karelska piroger"), 71)
    _invoice(desk, kuusi, "1055", 1450, 8, "Karelska piroger")


def _havet(desk: Desk) -> None:
    """Only just late."""
    contacts = (Contact(name="Maja Strand", email="maja@havet.example", phone="070-174 06 44"),)
    havet = _meet(desk, replace(SWEDISH, id="havet", name="Restaurang Havet", contacts=contacts))
    _invoice(desk, havet, "1071", 3260, 2, "Rågbröd")


ANSWERS: Answers = {"example.open": enter, "example.close": leave}
