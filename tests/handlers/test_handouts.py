"""A file is brought when it is asked for, by those who may, and also when its card has been answered."""

from __future__ import annotations

from bot.chat import Action, Request, Role
from tests.handlers.desk.test_handouts import PDF, mail_with
from tests.handlers.post import Post
from tests.handlers.talk import Talk


def test_the_line_that_answers_brings_the_file(talk: Talk) -> None:
    talk.says("evidence pack Bygg")
    (asked,) = talk.card().handouts
    assert asked.button and asked.button.label == f"Send {asked.name} here"
    assert "Here is the file." in talk.presses(asked.button.label)
    (brought,) = talk.card().handouts
    assert (brought.here, brought.ref, brought.button) == (True, asked.ref, None)


def test_it_can_be_asked_for_again_and_after_its_card_was_answered(talk: Talk) -> None:
    talk.drops("1058.pdf", PDF.decode())
    talk.says("Norrsken")
    talk.presses("Draft")
    talk.presses("Not now")
    line = next(x for x in reversed(talk.lines()) if x.card.paper and x.card.handouts)
    assert line.outcome == "Not now" and line.card.buttons == ()
    for _ in range(2):
        assert "Here is the file." in talk.presses("Send 1058.pdf here")


def test_a_program_is_brought_with_its_warning(talk: Talk) -> None:
    Post(talk).comes(mail_with(("faktura.exe", b"MZ")))
    assert "it can start a program" in talk.presses("Send faktura.exe here")


def test_a_file_that_is_gone_is_said_to_be(talk: Talk) -> None:
    talk.drops("1058.pdf", PDF.decode())
    talk.says("Norrsken")
    with talk.books() as books:
        books.files.detach(books.invoices.by_number("1058")[0].id, "1058.pdf")
    assert "I don't have that file any more." in talk.presses("Send 1058.pdf here")


def fetched(talk: Talk, verb: str, ref: str, role: Role) -> str:
    return talk.ask(Request(talk.house.business.id, action=Action(verb, ref), role=role))


def test_a_viewer_looks_at_invoices_but_takes_no_evidence_and_no_mail(talk: Talk) -> None:
    talk.says("evidence pack Bygg")
    pack = talk.card().handouts[0].ref
    Post(talk).comes(mail_with(("kvitto.pdf", PDF)))
    mail = talk.card().handouts[0].ref
    talk.drops("1071.pdf", PDF.decode())
    talk.says("Havet")
    paper = talk.card().handouts[0].ref
    given = "Here is the file."
    assert given in fetched(talk, "paper.fetch", paper, "viewer")
    for verb, ref in (("pack.fetch", pack), ("mail.fetch", mail)):
        assert given not in fetched(talk, verb, ref, "viewer")
        assert given in fetched(talk, verb, ref, "helper")
        assert given not in fetched(talk, "paper.fetch", ref, "viewer")
