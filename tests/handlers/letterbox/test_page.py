"""The customer's page through its front door: what a link shows, and what it does not."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.letters import Charge, Letter
from bot.money import Money
from bot.parties import LANGUAGES
from bot.payments import Payment
from bot.presses import KINDS
from tests.handlers.letterbox.customer import arrived, replies, sent, words
from tests.handlers.talk import Talk

PDF = b"%PDF-1.4 the invoice"


PDF = b"%PDF-1.4 the invoice"
NASTY = """<script>alert(1)</script>"><img src=x onerror=alert(1)>'{{ 7 * 7 }}&lt;"""
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=12, max_size=24)


def kr(amount: str) -> Money:
    return Money.of(amount, "SEK")


def open_invoices(reached: Talk, customer: str) -> list[str]:
    with reached.books() as books:
        return [i.id for i in books.invoices.of(customer) if i.amount != i.paid]


def test_the_page_says_who_asks_what_for_and_how_to_pay(reached: Talk) -> None:
    with arrived(reached, sent(reached, "norrsken")) as customer:
        said = customer.look()
    for words_ in ("Åsas Bageri AB", "070-174 06 05", "asa@asasbageri.example", "1058", "1066"):
        assert words_ in said
    for words_ in ("Bröd och bullar", "13 november", "4 125 kr", "999-0219", "10587", "6 105 kr"):
        assert words_ in said


def test_it_says_nothing_of_the_customer_and_nothing_beside_its_letter(reached: Talk) -> None:
    letter = sent(reached, "norrsken")
    with reached.books() as books:
        customer, invoices = books.customers.get("norrsken"), books.invoices.of("norrsken")
    with arrived(reached, letter) as visitor:
        whole = visitor.client.get(visitor.path).text
    named = {c.invoice for c in letter.claims}
    hidden = [customer.name, customer.number, customer.phone, *(c.email for c in customer.contacts)]
    hidden += [i.number for i in invoices if i.id not in named]
    assert len(hidden) > 6
    assert [text for text in hidden if text and text in whole] == []


def test_what_is_paid_after_the_letter_is_no_longer_asked_for(reached: Talk) -> None:
    letter = sent(reached, "bygg")
    with reached.books() as books:
        books.save_business(replace(books.business, swish="1231234567"))
    with arrived(reached, letter) as customer:
        assert (
            "18 400 kr" in customer.look()
            and 'src="data:image/png' in customer.client.get(customer.path).text
        )
        _pay(reached, letter, "8400")
        said = customer.look()
        assert "10 000 kr" in said and "18 400" not in said
        _pay(reached, letter, "10000")
        page = customer.client.get(customer.path)
    assert "Här finns inget mer att betala" in words(page) and page.status_code == 200
    assert not re.search(r"<img|<form|999-0219|10 000", page.text)


def _pay(reached: Talk, letter: Letter, kronor: str) -> None:
    with reached.books() as books:
        invoice = letter.claims[0].invoice
        day = reached.house.clock().date()
        books.payments.add(
            Payment(id=f"pay-{kronor}", customer=letter.customer, invoice=invoice, amount=kr(kronor), day=day)
        )


def test_a_fee_is_shown_on_the_page_of_the_letter_that_asks_for_it(reached: Talk) -> None:
    (invoice,) = open_invoices(reached, "bygg")
    letter = sent(reached, "bygg", charges=(Charge("fee", invoice, kr("60")),))
    with arrived(reached, letter) as customer:
        said = customer.look()
    assert "Påminnelseavgift 60 kr" in said and "Tillsammans 18 460 kr" in said
    with arrived(reached, sent(reached, "bygg", "without")) as customer:
        assert "Påminnelseavgift" not in customer.look()


@pytest.mark.parametrize("code", LANGUAGES)
def test_it_is_read_in_five_languages_and_leads_to_the_other_four(code: str, reached: Talk) -> None:
    with arrived(reached, sent(reached, "norrsken")) as customer:
        page = customer.client.get(f"{customer.path}?lang={code}").text
    assert f'<html lang="{code}">' in page
    assert set(re.findall(r'href="\?lang=(\w\w)"', page)) == set(LANGUAGES) - {code}


def test_a_reader_who_counts_in_another_currency_sees_its_code(reached: Talk) -> None:
    with arrived(reached, sent(reached, "bygg")) as customer:
        assert "18 400,00 SEK" in customer.look("?lang=nb")
        assert "18 400 kr" in customer.look()


def test_the_invoice_can_be_taken_away_as_long_as_it_is_open(reached: Talk) -> None:
    letter = sent(reached, "bygg")
    with reached.books() as books:
        books.files.attach(letter.claims[0].invoice, "faktura Å.pdf", PDF)
    with arrived(reached, letter) as customer:
        found = re.search(r'href="(\w+)/(\w+)" download', customer.client.get(customer.path).text)
        assert found
        paper = customer.client.get(f"/p/{found[1]}/{found[2]}")
        assert (paper.content, paper.headers["content-type"]) == (PDF, "application/pdf")
        assert paper.headers["content-disposition"] == "attachment; filename*=UTF-8''faktura%20%C3%85.pdf"
        assert customer.client.get(f"{customer.path}/{'0' * 32}").status_code == 404
    with arrived(reached, sent(reached, "norrsken")) as other:
        assert other.client.get(f"{other.path}/{found[2]}").status_code == 404


def test_names_and_descriptions_are_text_and_never_markup(reached: Talk) -> None:
    letter = sent(reached, "bygg")
    with reached.books() as books:
        invoice = books.invoices.get(letter.claims[0].invoice)
        books.invoices.save(
            replace(invoice, description=NASTY[:70], number=f"1{NASTY[:30]}", reference="<b>1")
        )
        books.save_business(replace(books.business, name=NASTY, phone=NASTY, email=f'{NASTY}@"x'))
    with arrived(reached, letter) as customer:
        page = customer.client.get(customer.path).text
        wrong = customer.say("more_time", day="2020-01-01", words=NASTY).text
    for text in (page, wrong):
        assert "<img" not in text and "<b>" not in text and "alert(1)</script>" not in text
        assert "{{ 7 * 7 }}" in text and "49" not in re.sub(r"#\w+", "", text.split("</style>")[1])
        assert len(re.findall(r"<script", text)) == 1


def test_looking_changes_nothing(reached: Talk) -> None:
    letter = sent(reached, "norrsken")
    before = reached.kept()
    with arrived(reached, letter) as customer:
        for query in ("", "?said=paid", "?lang=fi&say=paid&day=2026-11-24"):
            page = customer.client.get(f"{customer.path}{query}")
            assert page.status_code == 200 and "set-cookie" not in page.headers
        head = customer.client.head(customer.path)
        assert (head.status_code, head.content) == (200, b"")
    assert reached.kept() == before
    assert not reached.lines()


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ours=TEXTS, theirs=TEXTS, kind=st.sampled_from(KINDS))
def test_no_field_of_one_customer_stands_on_the_page_of_another(
    reached: Talk, ours: str, theirs: str, kind: str
) -> None:
    marks = {"norrsken": f"OURS{ours.encode().hex()}", "bygg": f"THEIRS{theirs.encode().hex()}"}
    letters = {}
    for who, mark in marks.items():
        with reached.books() as books:
            count = len(books.letters.of(who))
            for invoice in books.invoices.of(who):
                books.invoices.save(replace(invoice, description=mark))
        letters[who] = sent(reached, who, f"{who}-{count}")
    for who, other in (("norrsken", "bygg"), ("bygg", "norrsken")):
        with arrived(reached, letters[who]) as customer:
            pages = [customer.client.get(customer.path).text, customer.say(kind, words=marks[who]).text]
            pages.append(customer.client.get(customer.path).text)
        assert all(marks[other] not in page for page in pages)
        assert all(marks[other] not in text for text in replies(reached, who))
