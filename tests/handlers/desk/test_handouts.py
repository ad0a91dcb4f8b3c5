"""Files that cards give away: of these books alone, named safely, with a word where they may do harm."""

from __future__ import annotations

from dataclasses import replace
from email.message import EmailMessage
from email.policy import SMTP

import pytest

from bot.chat import Card, Handout
from handlers.desk import handouts
from storage import mails
from tests.handlers.post import CAFE, Post
from tests.handlers.talk import Talk

PDF = b"%PDF-1.7 receipt"
COLLEAGUE = "kim@norrsken.example"


@pytest.fixture
def post(talk: Talk) -> Post:
    return Post(talk)


def mail_with(*files: tuple[str, bytes], sender: str = CAFE) -> bytes:
    """A mail that brings files."""
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"], message["Subject"] = sender, "asa@asasbageri.example", "Re: invoice"
    message["Message-ID"] = f"<with-files@{sender}>"
    message.set_content("See the attached file.")
    for name, content in files:
        message.add_attachment(content, "application", "octet-stream", filename=name)
    return message.as_bytes()


def kept(talk: Talk, ref: str, business: str = "") -> tuple[str, bytes] | None:
    books = talk.house.app.database.books(business or talk.house.business.id, talk.house.clock())
    with books as opened:
        file = handouts.found(ref, opened)
    return (file.name, file.content) if file else None


def only(card: Card) -> Handout:
    (given,) = card.handouts
    return given


def test_what_a_customer_attached_is_given_away_on_the_card_of_their_answer(post: Post) -> None:
    post.comes(mail_with(("kvitto å.pdf", PDF)))
    given = only(post.talk.card())
    assert (given.name, given.size) == ("kvitto å.pdf", len(PDF))
    assert kept(post.talk, given.ref) == ("kvitto å.pdf", PDF)


def test_so_it_is_on_the_card_of_a_mail_that_waits(post: Post) -> None:
    post.comes(mail_with(("kvitto.pdf", PDF), sender=COLLEAGUE))
    assert "Whose mail is this?" in post.talk.card().title
    assert kept(post.talk, only(post.talk.card()).ref) == ("kvitto.pdf", PDF)


def test_several_files_are_told_apart_though_they_are_called_alike(post: Post) -> None:
    post.comes(mail_with(("a.pdf", b"%PDF one"), ("a.pdf", b"%PDF two")))
    refs = [given.ref for given in post.talk.card().handouts]
    assert [kept(post.talk, ref) for ref in refs] == [("a.pdf", b"%PDF one"), ("a.pdf", b"%PDF two")]


def test_a_program_is_given_away_with_a_word_of_warning(post: Post) -> None:
    post.comes(mail_with(("faktura.pdf", b"MZ\x90\x00"), ("kvitto.pdf", PDF)))
    (check,) = post.talk.card().checks
    assert check.state == "look" and "faktura.pdf can start a program" in check.text
    assert len(post.talk.card().handouts) == 2


def test_of_a_mail_that_was_not_kept_whole_no_file_is_given_away(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = mail_with(("kvitto.pdf", PDF))
    monkeypatch.setattr(mails, "LIMIT", len(raw) - 10)
    monkeypatch.setattr(handouts, "LIMIT", len(raw) - 10)
    post.comes(raw)
    card = post.talk.card()
    assert card.handouts == () and "You'll find its files in your mailbox" in card.checks[0].text
    assert ("Attached", "kvitto.pdf") in [(fact.label, fact.value) for fact in card.facts]


def test_the_papers_of_an_invoice_are_on_its_customers_card_and_on_the_draft(talk: Talk) -> None:
    talk.drops("1058.pdf", PDF.decode())
    talk.says("Norrsken")
    given = only(talk.card())
    assert kept(talk, given.ref) == ("1058.pdf", PDF)
    talk.presses("Draft")
    draft = next(line.card for line in talk.lines() if line.card.paper and line.card.buttons)
    assert only(draft).ref == given.ref


def test_a_paper_that_was_taken_off_is_no_longer_to_be_had(talk: Talk) -> None:
    talk.drops("1058.pdf", PDF.decode())
    talk.says("Norrsken")
    ref = only(talk.card()).ref
    with talk.books() as books:
        invoice = books.invoices.by_number("1058")[0].id
        books.files.detach(invoice, "1058.pdf")
    assert kept(talk, ref) is None


def test_nothing_of_a_mail_that_was_put_aside_is_to_be_had(post: Post) -> None:
    post.comes(mail_with(("kvitto.pdf", PDF), sender=COLLEAGUE))
    ref = only(post.talk.card()).ref
    post.talk.presses("Not a customer")
    assert kept(post.talk, ref) is None


def test_no_other_business_gets_any_of_them(post: Post) -> None:
    talk = post.talk
    talk.house.app.database.add_business(replace(talk.house.business, id="other", opened=None))
    talk.drops("1058.pdf", PDF.decode())
    talk.says("Norrsken")
    refs = [only(talk.card()).ref]
    talk.says("evidence pack Bygg")
    refs.append(only(talk.card()).ref)
    post.comes(mail_with(("kvitto.pdf", PDF)))
    refs.append(only(talk.card()).ref)
    assert [kept(talk, ref, "other") for ref in refs] == [None, None, None]
    assert all(kept(talk, ref) for ref in refs)


@pytest.mark.parametrize(
    "ref", ["", ".", "..", "mail", "mail..", "mail.x.-1", "mail.x.٣", "paper.x", "paper.x.y.z", "a.b", "%2e"]
)
def test_a_name_that_names_nothing_finds_nothing(talk: Talk, ref: str) -> None:
    assert kept(talk, ref) is None
