"""Packing a letter: its papers, and a code to pay by phone where it can be right."""

from __future__ import annotations

from dataclasses import replace
from email.message import EmailMessage

import pytest

from bot.letters import Claim, Letter
from bot.money import Money
from handlers.letterbox.packing import pack
from messages.payslip import payslip, qr_png
from tests.handlers.talk import Talk

PDF = b"%PDF-1.4 invoice"


def drafted(talk: Talk, name: str) -> Letter:
    talk.says(name)
    talk.presses("Draft")
    with talk.books() as books:
        return next(x for x in books.letters.all() if x.state == "draft")


def packed(talk: Talk, letter: Letter, sender: str = "") -> EmailMessage:
    with talk.books() as books:
        return pack(books, letter, "letter:1", sender)


def kinds(message: EmailMessage) -> list[str]:
    return [part.get_content_type() for part in message.walk() if not part.is_multipart()]


def test_the_mail_is_from_the_business_to_the_customer_with_the_text_as_approved(talk: Talk) -> None:
    letter = drafted(talk, "Norrsken")
    message = packed(talk, letter)
    assert "asa@asasbageri.example" in str(message["From"])
    assert "ekonomi@norrsken.example" in str(message["To"]) and message["Subject"] == letter.subject
    text = message.get_body(("plain",))
    assert text and letter.body.split("\n")[0] in text.get_content()


def test_another_sender_may_be_set(talk: Talk) -> None:
    assert "post@bud.example" in str(packed(talk, drafted(talk, "Kuusi"), "post@bud.example")["From"])


def test_the_pdf_of_each_invoice_goes_with_it(talk: Talk) -> None:
    letter = drafted(talk, "Norrsken")
    with talk.books() as books:
        for claim in letter.claims:
            books.files.attach(claim.invoice, f"{claim.invoice}.pdf", PDF + claim.invoice.encode())
    files = [part.get_filename() for part in packed(talk, letter).iter_attachments()]
    assert sorted(f for f in files if f) == sorted(f"{c.invoice}.pdf" for c in letter.claims)


def test_two_papers_of_one_name_both_go_renamed_apart(talk: Talk) -> None:
    letter = drafted(talk, "Norrsken")
    with talk.books() as books:
        for claim in letter.claims:
            books.files.attach(claim.invoice, "invoice.pdf", PDF + claim.invoice.encode())
    papers = list(packed(talk, letter).iter_attachments())
    assert [p.get_filename() for p in papers] == ["invoice.pdf", "invoice (2).pdf"]
    assert len({p.get_payload() for p in papers}) == 2


@pytest.mark.parametrize(
    ("swish", "name", "codes"), [("", "Kuusi", 0), ("1231181189", "Kuusi", 1), ("1231181189", "Norrsken", 0)]
)
def test_a_code_is_there_for_one_invoice_alone_and_where_a_phone_can_pay(
    swish: str, name: str, codes: int, talk: Talk
) -> None:
    with talk.books() as books:
        books.save_business(replace(books.business, swish=swish))
    assert kinds(packed(talk, drafted(talk, name))).count("image/png") == codes


def test_a_promise_carries_no_code_since_another_amount_may_have_been_promised(talk: Talk) -> None:
    with talk.books() as books:
        books.save_business(replace(books.business, swish="1231181189"))
    letter = replace(drafted(talk, "Kuusi"), kind="promise")
    assert "image/png" not in kinds(packed(talk, letter))


def test_the_code_pays_the_account_that_the_letter_names(talk: Talk) -> None:
    letter = drafted(talk, "Kuusi")
    euros = Money.of("145.00", "EUR")
    with talk.books() as books:
        invoice = books.invoices.get(letter.claims[0].invoice)
        finnish = replace(books.business, country="FI", account="FI21 1234 5600 0007 85", scheme="fi")
        books.save_business(finnish)
        theirs = replace(invoice, reference="1234561", account="FI4250001510000023")
        books.invoices.save(replace(theirs, amount=euros, paid=euros - euros))
    letter = replace(letter, claims=(Claim(letter.claims[0].invoice, euros),))
    (code,) = (p for p in packed(talk, letter).walk() if p.get_content_type() == "image/png")
    slip = payslip(finnish, "1234561", finnish.account, euros, invoice.number)
    assert "FI2112345600000785" in slip.qr
    assert code.get_content() == qr_png(slip.qr)
