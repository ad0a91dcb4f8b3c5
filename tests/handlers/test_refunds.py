"""Refunds: what fits is offered: a credit note, a dispute, or an answer in writing."""

from __future__ import annotations

from bot.money import Money
from tests.handlers.stage import plain
from tests.handlers.talk import Talk

BACK = "reply from Norrsken: The buns were paid twice. Jag vill ha pengarna tillbaka."


def test_money_back_is_heard_and_what_fits_is_offered(talk: Talk) -> None:
    said = talk.says(BACK)
    assert "They want money back." in said and "It says: “Jag vill ha pengarna tillbaka.”" in said
    said = plain(talk.presses("See what fits"))
    assert "Café Norrsken wants money back." in said and "Was the invoice too high?" in said
    assert [b.label for b in talk.card().buttons] == ["Write an answer", "Note a credit", "Disputed", "Call"]


def test_a_credit_note_lowers_what_is_owed_and_reads_the_answer(talk: Talk) -> None:
    talk.says(BACK)
    talk.presses("See what fits")
    talk.presses("Note a credit")
    with talk.books() as books:
        (claim,) = books.invoices.by_number("1066")
    said = plain(talk.presses("Save", invoice=claim.id, credit="105"))
    assert "SEK 105 credited on invoice 1066" in said and "The credit note itself you make" in said
    with talk.books() as books:
        (note,) = [p for p in books.payments.of("norrsken") if p.kind == "credit_note"]
        assert (note.amount, note.invoice) == (Money.of("105", "SEK"), claim.id)
        assert [r.meaning for r in books.replies.of("norrsken")][-1:] == ["refund"]
        assert books.history.of("norrsken")[0].kind == "reply_read"
    assert "Credited: SEK" in plain(talk.says("history of Norrsken"))


def test_no_more_is_credited_than_is_left(talk: Talk) -> None:
    talk.acts("refund.form", "kuusi")
    said = talk.refused("Save", credit="99999")
    assert "You can credit at most" in said and "on invoice 1055." in said
    assert "You can credit at most" in talk.refused("Save", credit="10 EUR")


def test_an_answer_is_drafted_with_its_day_and_nothing_is_asked_until_then(talk: Talk) -> None:
    talk.says(BACK)
    talk.presses("See what fits")
    said = talk.presses("Write an answer")
    assert "”Jag vill ha pengarna tillbaka.”" in said and "kontot de kom från" in said
    assert "Jag skickar ingen påminnelse innan dess." in said
    talk.presses("Approve")
    assert "Café Norrsken" not in talk.says("today")


def test_who_owes_nothing_is_answered_about_what_they_paid(talk: Talk) -> None:
    talk.says("paid 1055")
    talk.says("reply from Kuusi: Haluan rahani takaisin.")
    said = talk.presses("See what fits")
    assert "They owe nothing now" in said and "I never touch the money." in said
    assert [b.label for b in talk.card().buttons] == ["Write an answer", "Call"]
    assert "1055" in talk.presses("Write an answer")


def test_the_owner_can_say_that_money_is_wanted_back(talk: Talk) -> None:
    talk.says("reply from Norrsken: Hej.")
    if "Means something else" in [b.label for b in talk.card().buttons]:
        talk.presses("Means something else")
    assert "wants money back" in talk.presses("Wants money back")


def test_who_wants_money_back_promises_none_in_the_same_breath(talk: Talk) -> None:
    said = talk.says("reply from Norrsken: Jeg vil ha pengene tilbake.")
    assert "They want money back." in said and "promise" not in said
