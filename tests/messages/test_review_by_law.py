"""The review of final notices and demands: their parts, their names, and what comes after them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from bot.letters import Kind
from messages.formats import letter_formats
from messages.review import blocks, review
from messages.voice import Text
from tests.messages.notices import FURTHER, NOTICES, by_law, notice
from tests.messages.reviewed import found, kinds

Which = tuple[str, str, Kind]


@pytest.mark.parametrize("invoices", [1, 3])
@pytest.mark.parametrize("bare", [True, False])
@pytest.mark.parametrize("which", NOTICES)
def test_one_that_is_whole_passes_without_a_word(which: Which, bare: bool, invoices: int) -> None:
    facts = by_law(*which, invoices=invoices, bare=bare)
    assert not found(notice(facts), facts)


def lacking(which: Which, row: str) -> set[object]:
    """The parts that are missed when the line that holds some words is taken out, of two only the last."""
    facts = by_law(*which)
    whole = notice(facts)
    lines = whole.body.split("\n")
    del lines[max(at for at, line in enumerate(lines) if row in line)]
    findings = review(whole.subject, "\n".join(lines), facts)
    assert blocks(findings)
    return {one.facts.get("part") for one in findings if one.kind == "missing"}


@pytest.mark.parametrize(
    ("row", "part"),
    [
        ("forfalt", "amount"),
        ("forfalt", "reference"),
        ("Tidligere", "charge"),
        ("Gebyr for", "charge"),
        ("Forsinkelsesrente", "charge"),
        ("Standardkompensasjon", "charge"),
        ("13,5", "rate"),
        ("13,5", "from_date"),
        ("Å betale", "to_pay"),
        ("Å betale", "pay_by"),
        ("Konto", "account"),
        ("inkasso ", "hand_over"),
        ("Ring", "reach"),
        ("Kari", "sender"),
    ],
)
def test_every_part_that_the_law_asks_for_is_missed(row: str, part: str) -> None:
    for kind in ("final_notice", "demand"):
        assert part in lacking(("NO", "nb", kind), row)


@pytest.mark.parametrize(
    ("which", "row"),
    [
        (("SE", "sv", "final_notice"), "till inkasso"),
        (("DK", "da", "final_notice"), "til inkasso"),
        (("FI", "fi", "final_notice"), "perintään"),
        (("FI", "sv", "final_notice"), "till inkasso"),
        (("NO", "en", "final_notice"), "collection agency"),
    ],
)
def test_that_collection_follows_is_said_in_every_language(which: Which, row: str) -> None:
    assert lacking(which, row) == {"hand_over"}


@pytest.mark.parametrize("which", NOTICES)
def test_one_that_does_not_say_what_it_is_by_law_is_stopped_with_the_word(which: Which) -> None:
    facts = by_law(*which)
    whole = notice(facts)
    name = whole.subject.split(":")[0]
    body = whole.body.replace(name.casefold(), "brev")
    (lacks,) = review("1042", body, facts)
    assert lacks.facts == {"part": "term"} and lacks.severity == "error"
    assert name.casefold()[:-1] in lacks.suggestion


@pytest.mark.parametrize("language", ["nb", "en"])
def test_a_demand_says_that_costs_and_legal_steps_may_follow_and_a_final_notice_does_not(
    language: str,
) -> None:
    demand, warning = by_law("NO", language, "demand"), by_law("NO", language, "final_notice")
    whole = notice(demand)
    without = whole.body.replace(FURTHER[language], "")
    assert {one.facts.get("part") for one in review(whole.subject, without, demand)} == {"further"}
    assert "threat" in kinds(FURTHER[language], warning, notice(warning))


@pytest.mark.parametrize("which", NOTICES)
def test_a_figure_that_belongs_to_another_place_in_the_letter_is_an_error(which: Which) -> None:
    one, three = by_law(*which), by_law(*which, invoices=3)
    habits, first, second = letter_formats(one), three.lines[0], three.lines[1]
    due, started = habits.date(date(2026, 11, 3)), habits.date(date(2026, 11, 4))
    slips = [
        (one, due, started),
        (three, due, started),
        (three, habits.percent(Decimal("12.25")), habits.percent(Decimal("13.5"))),
        (three, f"{first.number}: ", f"{second.number}: "),
        (three, f"{first.number} · ", f"{second.number} · "),
    ]
    for facts, right, wrong in slips:
        whole = notice(facts)
        before, _, after = whole.body.rpartition(right)
        assert blocks(review(whole.subject, f"{before}{wrong}{after}", facts)), (right, wrong)


def test_two_charges_of_one_sum_have_to_stand_twice() -> None:
    facts = by_law("NO", "nb", "final_notice")
    whole = notice(facts)
    folded = whole.body.replace("Tidligere purregebyr: 38,00\xa0kr\n", "")
    assert {one.facts.get("part") for one in review(whole.subject, folded, facts)} == {"charge"}


@pytest.mark.parametrize(
    ("country", "language", "sentence", "kind"),
    [
        ("NO", "nb", "Du får en betalingsanmerkning.", "threat"),
        ("NO", "nb", "Jeg tar kontakt med en advokat.", "threat"),
        ("NO", "nb", "Jeg er skuffet over deg.", "shame"),
        ("NO", "nb", "Du har unnlatt å betale.", "blame"),
        ("NO", "nb", "Saken havner i tingretten.", "threat"),
        ("NO", "nb", "Saken går nå til inkasso.", "legal"),
        ("NO", "nb", "Et inkassobyrå tar over onsdag 25. november.", "legal"),
        ("SE", "sv", "Annars går ärendet till Kronofogden.", "threat"),
        ("SE", "sv", "Då ansöker jag om betalningsföreläggande.", "threat"),
        ("SE", "sv", "Du får en betalningsanmärkning.", "threat"),
        ("SE", "sv", "Du är en dålig betalare.", "shame"),
        ("DK", "da", "Du bliver registreret i RKI.", "threat"),
        ("DK", "da", "Sagen havner i fogedretten.", "threat"),
        ("DK", "da", "Det er pinligt.", "shame"),
        ("FI", "fi", "Saat maksuhäiriömerkinnän.", "threat"),
        ("FI", "fi", "Asia etenee ulosottoon.", "threat"),
        ("NO", "nb", "Saken er sendt til inkasso.", "legal"),
        ("NO", "nb", "Betaler du ikke før 25. november, går det til inkasso.", "legal"),
        ("SE", "sv", "Ärendet har lämnats till inkasso.", "legal"),
        ("DK", "da", "Sagen er overgivet til inkasso.", "legal"),
        ("FI", "fi", "Asia siirtyy perintään.", "legal"),
        ("FI", "sv", "Nu går ärendet till indrivning.", "legal"),
        ("NO", "en", "I've handed it to a collection agency.", "legal"),
        ("FI", "sv", "Du får en betalningsanmärkning.", "threat"),
        ("NO", "en", "Your credit rating will suffer.", "threat"),
        ("NO", "en", "I'll take it to court.", "threat"),
        ("NO", "en", "I am disappointed.", "shame"),
    ],
)
def test_it_threatens_and_shames_no_more_than_a_reminder(
    country: str, language: str, sentence: str, kind: str
) -> None:
    facts = by_law(country, language, "final_notice")
    assert kind in kinds(sentence, facts, notice(facts))


@pytest.mark.parametrize(
    ("country", "language", "sentence"),
    [
        ("NO", "nb", "Så slipper du at kravet går til inkasso."),
        ("NO", "nb", "Jeg vil gjerne ordne det før det går til inkasso."),
        ("SE", "sv", "Jag löser det hellre med dig än lämnar det till inkasso."),
        ("DK", "da", "Så undgår du, at det går til inkasso."),
        ("FI", "fi", "Sovin asian mieluummin ennen kuin se menee perintään."),
        ("NO", "en", "Let us sort it out before it goes to debt collection."),
    ],
)
def test_how_collection_can_be_avoided_may_be_said(country: str, language: str, sentence: str) -> None:
    facts = by_law(country, language, "final_notice")
    assert not kinds(sentence, facts, notice(facts))


def test_its_hand_over_is_true_only_on_the_day_that_is_set_up() -> None:
    facts = by_law("NO", "nb", "final_notice")
    whole = notice(facts)
    on_the_deadline = Text(whole.subject, whole.body.replace("torsdag 26. november", "onsdag 25. november"))
    findings = {(one.kind, one.quote, one.suggestion) for one in found(on_the_deadline, facts)}
    assert ("legal", "til inkasso", "til inkasso torsdag 26. november") in findings
    assert ("missing", "", "26. november") in findings
    assert "legal" in {one.kind for one in found(whole, replace(facts, next_step=""))}


def test_what_to_write_instead_is_the_word_of_the_letter() -> None:
    facts = by_law("SE", "sv", "final_notice")
    whole = notice(facts)
    (named,) = review(whole.subject, f"{whole.body}\nDetta är ett kravbrev.", facts)
    assert (named.kind, named.suggestion) == ("legal", "ett inkassokrav")
