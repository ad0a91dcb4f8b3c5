"""What is given away and shut is each business's own, and a link to somebody who was erased tells nothing."""

from __future__ import annotations

from dataclasses import replace

from bot.invoices import outstanding
from bot.payments import Payment
from handlers.desk import handouts
from storage.ids import digest_of
from tests.cast import CAFE_NORRSKEN, invoice
from tests.handlers.letterbox.customer import arrived, sent
from tests.handlers.talk import MORNING, Talk

OTHER = "next-door"


def next_door(talk: Talk) -> None:
    """Another business with a customer of its own."""
    database = talk.house.app.database
    database.add_business(replace(talk.house.business, id=OTHER, name="Next door"))
    with database.books(OTHER, MORNING) as books:
        books.customers.add(replace(CAFE_NORRSKEN, id="theirs", name="Their customer"))
        books.invoices.add(invoice(replace(CAFE_NORRSKEN, id="theirs"), "9", "10", MORNING.date()))
        books.files.attach("theirs-9", "theirs.pdf", b"%PDF theirs")


def test_no_file_of_another_business_is_given_away(talk: Talk) -> None:
    next_door(talk)
    paper = f"paper.theirs-9.{digest_of(b'theirs.pdf')}"
    with talk.house.app.database.books(OTHER, MORNING) as books:
        assert handouts.found("export.theirs", books) and handouts.found(paper, books)
    with talk.books() as books:
        assert handouts.found("export.theirs", books) is None
        assert handouts.found(paper, books) is None


def test_nobody_erases_a_customer_of_another_business(talk: Talk) -> None:
    next_door(talk)
    talk.acts("privacy.confirm", "theirs", word="ERASE")
    with talk.house.app.database.books(OTHER, MORNING) as books:
        assert books.customers.get("theirs").erased is None


def test_the_link_in_a_letter_to_somebody_who_was_erased_tells_nothing(talk: Talk) -> None:
    letter = sent(talk, "norrsken")
    with arrived(talk, letter) as customer:
        assert "1058" in customer.look()
        with talk.books() as books:
            for claim in books.invoices.of("norrsken"):
                if left := outstanding(claim):
                    key = f"paid-{claim.id}"
                    of = Payment(
                        id=key, customer="norrsken", invoice=claim.id, day=MORNING.date(), amount=left
                    )
                    books.payments.add(of)
        assert "Erased" in talk.acts("privacy.confirm", "norrsken", word="ERASE")
        assert "1058" not in customer.look()
        assert customer.client.get(customer.path).status_code == 404
