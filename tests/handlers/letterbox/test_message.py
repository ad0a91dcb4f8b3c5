"""An e-mail says the same in text and HTML, reaches whom it should, and cannot be bent by what it carries."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from html import unescape
from re import sub

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import DeliveryError
from bot.letters import Letter
from bot.parties import Business
from handlers.letterbox.message import build, mailbox, message_id, paper_name

AT = datetime(2026, 11, 25, 8, 30, tzinfo=UTC)
BAKERY = Business(
    id="bakery",
    name="Åsas Bageri",
    country="SE",
    language="sv",
    owner="Åsa Lind",
    email="asa@asasbageri.test",
)
BODY = """Hej Kari

Faktura 1042 på 12 500 kr förföll den 3 november.
Kan du betala senast fredag?

Hälsningar Åsa
"""
LETTER = Letter(
    id="l1",
    customer="c1",
    kind="reminder",
    language="sv",
    subject="Faktura 1042 från Åsas Bageri",
    body=BODY,
    made=date(2026, 11, 25),
    to="kari@norrsken.test",
    cc="chef@norrsken.test",
)
PDF = b"%PDF-1.7 an invoice"
PNG = b"\x89PNG\r\n\x1a\n a picture"


def built(letter: Letter = LETTER, business: Business = BAKERY, **more: object) -> EmailMessage:
    given: dict[str, object] = {"sender": "brev@asasbageri.test", "key": "letter:l1", "at": AT} | more
    return build(letter, business=business, **given)  # type: ignore[arg-type] # each test names what it changes


def arrived(message: EmailMessage) -> EmailMessage:
    """The message as the other side reads it, from its bytes."""
    return message_from_bytes(message.as_bytes(), EmailMessage, policy=default)


def parts(message: EmailMessage, kind: str) -> list[EmailMessage]:
    return [part for part in walked(message) if part.get_content_type() == kind]


def walked(message: EmailMessage) -> Iterator[EmailMessage]:
    for part in message.walk():
        assert isinstance(part, EmailMessage)
        yield part


def words(html: str) -> str:
    return unescape(sub(r"<[^>]+>", "", sub(r"<br>|</p>", "\n", html)))


def test_it_comes_from_a_person_of_the_firm_and_answers_reach_her() -> None:
    message = arrived(built())
    assert str(message["From"]) == '"Åsa Lind, Åsas Bageri" <brev@asasbageri.test>'
    assert str(message["Reply-To"]) == "Åsas Bageri <asa@asasbageri.test>"
    assert str(message["To"]) == "kari@norrsken.test"
    assert str(message["Cc"]) == "chef@norrsken.test"
    assert str(message["Subject"]) == "Faktura 1042 från Åsas Bageri"
    assert message["Date"].datetime == AT


def test_an_answer_goes_to_the_sender_where_the_firm_has_no_other_address() -> None:
    assert arrived(built(sender="asa@asasbageri.test"))["Reply-To"] is None
    assert arrived(built(business=replace(BAKERY, email="")))["Reply-To"] is None


def test_nobody_gets_it_twice() -> None:
    assert arrived(built(replace(LETTER, cc="KARI@norrsken.test".lower())))["Cc"] is None


def test_text_and_html_say_the_same_lines() -> None:
    message = arrived(built())
    (text,), (html,) = parts(message, "text/plain"), parts(message, "text/html")
    assert text.get_content().replace("\r\n", "\n") == BODY
    said = [line.strip() for line in words(html.get_content()).splitlines() if line.strip()]
    assert said == [line for line in BODY.splitlines() if line]


def test_a_long_line_stays_one_line() -> None:
    line = "Faktura " + "mycket " * 80
    (text,) = parts(arrived(built(replace(LETTER, body=line + "\nSlut\n"))), "text/plain")
    assert text.get_content().splitlines() == [line, "Slut"]


def test_what_looks_like_markup_is_shown_and_not_run() -> None:
    (html,) = parts(arrived(built(replace(LETTER, body='<script src="x">&amp;</script>'))), "text/html")
    assert "<script" not in html.get_content()
    assert '<script src="x">&amp;</script>' in words(html.get_content())


def test_nothing_in_it_is_fetched_from_anywhere() -> None:
    content = built(qr_png=PNG).as_string()
    assert "http:" not in content
    assert "https:" not in content


def test_the_code_to_pay_is_inside_only_where_there_is_one() -> None:
    message = arrived(built(qr_png=PNG))
    (html,), (picture,) = parts(message, "text/html"), parts(message, "image/png")
    assert 'src="cid:qr"' in html.get_content()
    assert (picture["Content-ID"], picture.get_content()) == ("<qr>", PNG)
    assert "cid:" not in built().as_string()


def test_each_invoice_is_attached_under_a_name_of_its_own() -> None:
    message = arrived(built(attachments=[("1042.pdf", PDF), ("../1042.pdf", PDF), ("x.txt", b"text")]))
    found = [(a.get_filename(), a.get_content_type()) for a in message.iter_attachments()]
    assert found == [
        ("1042.pdf", "application/pdf"),
        ("1042 (2).pdf", "application/pdf"),
        ("x.txt", "application/octet-stream"),
    ]


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("Faktura 1042.pdf", "Faktura 1042.pdf"),
        ("/etc/../Räkning åäö.pdf", "Räkning åäö.pdf"),
        ("C:\\temp\\1042.pdf", "1042.pdf"),
        ("a\r\nBcc: x@y.pdf", "a Bcc_ x@y.pdf"),
        ("..", "invoice"),
        ("", "invoice"),
        ("x" * 300 + ".pdf", "x" * 76 + ".pdf"),
    ],
)
def test_a_file_name_is_only_a_name(name: str, safe: str) -> None:
    assert paper_name(name) == safe


@given(st.text())
def test_no_file_name_leads_anywhere(name: str) -> None:
    safe = paper_name(name)
    assert safe
    assert safe.isprintable()
    assert not {"/", "\\"} & set(safe)
    assert not safe.startswith(".")
    assert len(safe) <= 80


@given(st.text(), st.text(max_size=60), st.text(max_size=60))
def test_no_text_can_add_a_header(subject: str, owner: str, name: str) -> None:
    plain = set(built().keys())
    message = arrived(built(replace(LETTER, subject=subject), replace(BAKERY, owner=owner, name=name)))
    assert set(message.keys()) == plain
    assert len(message["To"].addresses) == 1
    assert message["From"].addresses[0].addr_spec == "brev@asasbageri.test"


def test_umlauts_in_a_domain_are_written_as_servers_want_them() -> None:
    message = arrived(built(replace(LETTER, to="info@blåbær.no")))
    assert message["To"].addresses[0].addr_spec == "info@xn--blbr-roah.no"


NO_ADDRESSES = [
    "", "kari", "kari@", "@norrsken.test", "kåri@norrsken.test", "a@b.test, c@d.test", "<a@b.test>",
    "a@b.test\nBcc: c@d.test", "a b@c.test", "a@b..test", "a..b@c.test",
]  # fmt: skip


@pytest.mark.parametrize("text", NO_ADDRESSES)
def test_what_is_no_address_is_refused_for_good(text: str) -> None:
    with pytest.raises(DeliveryError) as refused:
        mailbox(text)
    assert (refused.value.reason, refused.value.permanent) == ("smtp_address", True)


def test_one_delivery_has_one_identity_that_tells_nothing() -> None:
    first = message_id(BAKERY, "letter:l1", "brev@asasbageri.test")
    assert first == message_id(BAKERY, "letter:l1", "brev@asasbageri.test") == built()["Message-ID"]
    assert first != message_id(BAKERY, "letter:l2", "brev@asasbageri.test")
    assert first != message_id(replace(BAKERY, id="other"), "letter:l1", "brev@asasbageri.test")
    assert first.endswith("@asasbageri.test>")
    assert "l1" not in first


def test_a_letter_names_what_went_before_so_that_it_stands_in_one_thread() -> None:
    message = arrived(built(thread=("<1@a.test>", "<2@b.test>"), answers="<2@b.test>"))
    assert message["References"] == "<1@a.test> <2@b.test>"
    assert message["In-Reply-To"] == "<2@b.test>"


def test_the_first_letter_names_nothing() -> None:
    message = arrived(built())
    assert message["References"] is None and message["In-Reply-To"] is None


def test_answers_go_to_an_address_that_names_the_letter_where_that_is_set() -> None:
    assert "asa+l1@asasbageri.test" in str(arrived(built(tagged=True))["Reply-To"])
    own = replace(BAKERY, email="brev@asasbageri.test")
    assert arrived(built(business=own))["Reply-To"] is None
    assert "brev+l1@asasbageri.test" in str(arrived(built(business=own, tagged=True))["Reply-To"])


def test_a_link_in_the_text_can_be_pressed_and_bends_nothing() -> None:
    link = "https://purr.example/p/abc234"
    message = built(replace(LETTER, body=f'Hej\n{link}\nhttps://a.example/"><script>\n'))
    (page,) = parts(arrived(message), "text/html")
    html = page.get_content()
    assert f'<a href="{link}">{link}</a><br>' in html
    assert "<script" not in html and '<a href="https://a.example/">' in html
