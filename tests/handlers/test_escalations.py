"""The four ways on in the chat, handing over, writing off, taking back, and who may."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.cases import Case
from bot.chat import Request, Role
from bot.disputes import Dispute
from bot.letters import Claim
from bot.promises import Promise
from tests.bot.test_escalations import noticed
from tests.cast import ASAS_BAGERI, kr, move_in, norrsken
from tests.handlers.talk import Talk

TODAY = date(2026, 11, 25)
AGENCY = {"agency": "Nordic Collections"}


def bygg(folder: Path, *more: Case) -> Talk:
    """Bygg after a final notice that ran out, in the books of an owner who speaks English."""
    made = Talk.about(folder, empty=True)
    with made.books() as books:
        known = replace(ASAS_BAGERI, id=books.business.id, language="en", terms_agreed=True)
        books.save_business(replace(known, final_notice=True))
        move_in(books, noticed(), *more)
    return made


def states(made: Talk) -> dict[str, str]:
    with made.books() as books:
        return {i.number: i.state for i in books.invoices.all()}


def kinds(made: Talk) -> list[str]:
    with made.books() as books:
        return [e.kind for e in books.history.of("bygg")]


def test_the_card_of_a_customer_who_is_to_be_decided_on_leads_to_the_four_ways(tmp_path: Path) -> None:
    made = bygg(tmp_path)
    made.says("Bygg")
    said = made.presses("What now?")
    assert [i.title for i in made.card().items] == ["Wait", "Split it up", "Hand over", "Write off"]
    assert all(i.text.startswith("Costs: ") and " Needs: " in i.text for i in made.card().items)
    assert "The postal address of Bygg & Betong i Söder AB is missing." in said
    assert any("Lapses on" in rule.text for rule in made.card().law)


def test_handed_over_the_pack_is_given_and_purr_is_silent(tmp_path: Path) -> None:
    made = bygg(tmp_path)
    made.says("hand over Bygg")
    said = made.presses("Hand over", **AGENCY)
    assert "Handed over to Nordic Collections" in said
    (handout,) = made.card().handouts
    with made.books() as books:
        (given,) = books.escalations.all()
        assert books.packs.get(handout.ref).id == given.pack
    assert states(made) == {"2042": "handed_over"}
    assert kinds(made)[0] == "handed_over"
    assert "Nothing" in made.says("today")
    assert "Handed over." in made.says("Bygg")


def test_the_agency_of_last_time_stands_in_the_form(tmp_path: Path) -> None:
    made = bygg(tmp_path)
    made.says("hand over Bygg")
    made.presses("Hand over", **AGENCY)
    made.says("reopen Bygg")
    made.says("hand over Bygg")
    form = made.card().form
    assert form and form.fields[0].value == "Nordic Collections"


def test_a_claim_cannot_be_handed_over_twice(tmp_path: Path) -> None:
    made = bygg(tmp_path)
    made.says("hand over Bygg")
    made.says("hand over Bygg")
    made.presses("Hand over", **AGENCY)
    with made.books() as books:
        line = next(x for x in books.lines.recent(limit=100) if x.card.form)
    assert line.card.form
    said = made.ask(Request(made.house.business.id, press=line.card.form.token, values={"agency": "Other"}))
    assert "owes nothing that is late" in said
    with made.books() as books:
        assert len(books.escalations.all()) == 1


def test_money_that_comes_later_is_told_once_and_so_is_money_taken_back(tmp_path: Path) -> None:
    made = bygg(tmp_path)
    made.says("hand over Bygg")
    made.presses("Hand over", **AGENCY)
    said = made.says("2042 paid 400")
    assert "Tell Nordic Collections" in said and "has paid SEK 400" in said
    assert "SEK 18,000" in said
    said = made.presses("Undo")
    assert "a payment was taken back" in said
    assert "Tell" not in made.says("Bygg")
    assert kinds(made).count("agency_news") == 2


def test_taken_back_it_stands_where_it_stood_and_nothing_milder_is_offered(tmp_path: Path) -> None:
    made = bygg(tmp_path)
    made.says("hand over Bygg")
    made.presses("Hand over", **AGENCY)
    said = made.presses("Take it back")
    assert states(made) == {"2042": "open"}
    assert "What happens now is for you to decide" in said
    labels = [b.label for b in made.card().buttons]
    assert "What now?" in labels and "Draft" not in labels


def test_written_off_with_a_reason_it_is_silent_and_can_be_taken_back(tmp_path: Path) -> None:
    made = bygg(tmp_path)
    made.says("write off 2042")
    said = made.presses("Write off", reason="cannot_pay", note="Told me so on the phone.")
    assert "VAT on bad debt can often be reclaimed: ask your accountant" in said
    with made.books() as books:
        (given,) = books.escalations.all()
    assert (given.reason, given.words) == ("cannot_pay", "Told me so on the phone.")
    assert states(made) == {"2042": "written_off"}
    assert "Written off: They cannot pay" in made.says("history of Bygg")
    made.says("reopen Bygg")
    assert states(made) == {"2042": "open"}


def test_one_invoice_of_several_may_leave_and_the_others_stay(tmp_path: Path) -> None:
    made = bygg(tmp_path)
    with made.books() as books:
        (claim,) = books.invoices.of("bygg")
        books.invoices.add(replace(claim, id="second", number="2043"))
    made.says("what now with 2043")
    made.presses("Write off")
    made.presses("Write off")
    assert states(made) == {"2042": "open", "2043": "written_off"}
    made.says("hand over Bygg")
    made.presses("Hand over", **AGENCY)
    made.says("reopen Bygg")
    assert [i.title for i in made.card().items] == ["2043", "2042"]


def test_only_what_the_law_lets_go_is_handed_over(tmp_path: Path) -> None:
    made = bygg(tmp_path)
    with made.books() as books:
        (claim,) = books.invoices.of("bygg")
        books.invoices.add(replace(claim, id="second", number="2043"))
    made.says("hand over Bygg")
    made.presses("Hand over", **AGENCY)
    assert states(made) == {"2042": "handed_over", "2043": "open"}


def test_a_draft_about_it_is_put_away_and_a_broken_promise_is_over(tmp_path: Path) -> None:
    made = bygg(tmp_path)
    made.acts("promise.add", "bygg", day="2026-11-24", amount="")
    with made.books() as books:
        for promise in books.promises.of("bygg"):
            books.promises.save(replace(promise, day=date(2026, 11, 20), state="open"))
    made.says("hand over Bygg")
    made.presses("Hand over", **AGENCY)
    with made.books() as books:
        assert {p.state for p in books.promises.of("bygg")} <= {"broken"}
        assert books.letters.draft("bygg") is None


@pytest.mark.parametrize("words", ["hand over Bygg", "write off Bygg"])
def test_what_stands_in_the_way_is_said_and_nothing_changes(tmp_path: Path, words: str) -> None:
    made = bygg(tmp_path)
    made.says("reply from Bygg: We paid yesterday!")
    before = made.kept()
    assert "has answered, and you have not read it" in made.says(words)
    assert made.kept() == before
    said = made.says("what now with Bygg")
    assert "It cannot be handed over or written off until" in said
    assert [i.button is not None for i in made.card().items] == [True, True, False, False]


def test_between_the_form_and_its_answer_an_answer_may_come(tmp_path: Path) -> None:
    made = bygg(tmp_path)
    made.says("hand over Bygg")
    made.acts("reply.log", "Bygg", "We pay today")
    assert "has answered, and you have not read it" in made.refused("Hand over", **AGENCY)


@pytest.mark.parametrize("role", ["helper", "viewer"])
@pytest.mark.parametrize("words", ["hand over Bygg", "write off Bygg", "reopen Bygg"])
def test_only_an_owner_lets_a_claim_leave_or_come_back(tmp_path: Path, role: Role, words: str) -> None:
    made = bygg(tmp_path)
    before = made.kept()
    said = made.ask(Request(made.house.business.id, text=words, role=role, who="Per"))
    assert "owner" in said and made.kept() == before


def test_everybody_may_look_at_the_ways_and_a_helper_makes_a_pack(tmp_path: Path) -> None:
    made = bygg(tmp_path)
    ask = Request(made.house.business.id, text="what now with Bygg", role="viewer", who="Per")
    assert "what now?" in made.ask(ask)
    made.ask(replace(ask, text="evidence pack Bygg", role="helper"))
    assert made.card().handouts
    assert "Ask an owner" in made.ask(replace(ask, text="evidence pack Bygg"))


def test_a_pack_of_one_invoice_is_about_that_alone(tmp_path: Path) -> None:
    made = bygg(tmp_path, norrsken(TODAY))
    made.says("evidence pack 2041")
    (handout,) = made.card().handouts
    with made.books() as books:
        assert books.packs.get(handout.ref).customer == "norrsken"
        assert books.packs.get(handout.ref).name == "Cafe-Norrsken_2026-11-25.zip"


def test_nothing_is_elsewhere_that_nobody_sent_there(tmp_path: Path) -> None:
    assert "nothing that was handed over or written off" in bygg(tmp_path).says("reopen Bygg")


def test_the_owner_is_told_of_money_by_a_bank_file_too(tmp_path: Path) -> None:
    made = bygg(tmp_path)
    made.says("hand over Bygg")
    made.presses("Hand over", **AGENCY)
    head = "Kund;Fakturanr;Förfallodatum;Belopp;Valuta;Restbelopp\n"
    made.drops("list.csv", f"{head}Bygg & Betong i Söder AB;2042;2026-10-30;18400,00;SEK;8400,00\n")
    said = made.presses("Take it in")
    assert "Tell Nordic Collections" in said
    assert made.owed("bygg") == kr("8400").minor


@pytest.mark.parametrize(
    ("words", "label"), [("write off Bygg", "Write off"), ("hand over Bygg", "Hand over")]
)
def test_what_fell_due_after_the_card_was_shown_does_not_leave_with_it(
    tmp_path: Path, words: str, label: str
) -> None:
    made = bygg(tmp_path)
    made.says(words)
    with made.books() as books:
        (one,) = books.invoices.all()
        letter = books.letters.of("bygg")[-1]
        later = replace(one, id="later", number="3001")
        books.invoices.add(later)
        noticed_too = (*letter.claims, Claim(later.id, later.amount))
        books.letters.save(replace(letter, claims=noticed_too))
    made.presses(label, **(AGENCY if label == "Hand over" else {}))
    assert states(made)["3001"] == "open" and states(made)["2042"] != "open"


def contested(folder: Path) -> Talk:
    """Bygg, with a second invoice past its final notice that they contest."""
    made = bygg(folder)
    with made.books() as books:
        (claim,) = books.invoices.of("bygg")
        books.invoices.add(replace(claim, id="second", number="2043"))
        books.disputes.add(Dispute(id="d", customer="bygg", invoice="second", opened=TODAY))
    return made


def test_a_contested_invoice_stays_while_the_others_are_handed_over(tmp_path: Path) -> None:
    made = contested(tmp_path)
    said = made.says("what now with Bygg")
    assert "Contested, and stays with you: invoice 2043. What can go: invoice 2042." in said
    made.presses("Hand over")
    assert "stays with you: invoice 2043." in made.says("hand over Bygg")
    said = made.presses("Hand over", **AGENCY)
    assert "stays with you: invoice 2043." in said
    assert states(made) == {"2042": "handed_over", "2043": "open"}


def test_a_contested_invoice_that_is_named_does_not_leave(tmp_path: Path) -> None:
    made = contested(tmp_path)
    assert "disagrees with invoice 2043. Settle that first." in made.says("write off 2043")
    made.says("hand over Bygg")
    with made.books() as books:
        books.disputes.add(Dispute(id="e", customer="bygg", invoice="bygg-2042", opened=TODAY))
    assert "disagrees with invoice 2042" in made.refused("Hand over", **AGENCY)
    assert states(made) == {"2042": "open", "2043": "open"}


def test_only_what_was_missed_is_broken_when_a_claim_leaves(tmp_path: Path) -> None:
    made = bygg(tmp_path)
    promise = Promise(
        id="missed",
        customer="bygg",
        made=date(2026, 11, 2),
        day=date(2026, 11, 20),
        claims=(Claim("bygg-2042", kr("18400")),),
    )
    with made.books() as books:
        (claim,) = books.invoices.of("bygg")
        books.invoices.add(replace(claim, id="second", number="2043", due=date(2026, 12, 20)))
        books.promises.add(promise)
        books.promises.add(replace(promise, id="offer", kind="waiver"))
        books.promises.add(replace(promise, id="other", claims=(Claim("second", kr("18400")),)))
    made.says("write off 2042")
    made.presses("Write off")
    with made.books() as books:
        found = {p.id: p.state for p in books.promises.of("bygg")}
    assert found == {"missed": "broken", "offer": "withdrawn", "other": "open"}
