"""Reports asked for in the chat: figures as text, pictures beside them, files to take away."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Literal

import pytest

from bot.causes import Closing
from bot.chat import Action, Request
from bot.invoices import Invoice
from bot.money import Money
from bot.parties import LANGUAGES
from bot.payments import Payment
from handlers.desk import handouts
from handlers.today import morning
from storage.books import Books
from tests.cast import CAFE_NORRSKEN
from tests.handlers.stage import plain
from tests.handlers.talk import MORNING, Talk

TODAY = MORNING.date()
SAID = {
    "en": ("reports", "ageing", "forecast", "dso", "which letters work", "week", "why late"),
    "nb": (
        "rapporter",
        "aldersfordeling",
        "prognose",
        "kredittid",
        "hvilke brev virker",
        "uka",
        "hvorfor sent",
    ),
    "sv": (
        "rapporter",
        "åldersanalys",
        "prognos",
        "kredittid",
        "vilka brev fungerar",
        "veckan",
        "varför sent",
    ),
    "da": (
        "rapporter",
        "debitorliste",
        "prognose",
        "kredittid",
        "hvilke breve virker",
        "ugen",
        "hvorfor sent",
    ),
    "fi": ("raportit", "ikäjakauma", "ennuste", "dso", "mitkä kirjeet auttavat", "viikko", "miksi myöhässä"),
}
VERBS = ("show", "ageing", "cash", "days", "letters", "week", "why")


def sell(books: Books, number: str, amount: Money, late: int, customer: str = "norrsken") -> Invoice:
    due = TODAY - timedelta(days=late)
    made = Invoice(
        id=f"sold-{number}",
        customer=customer,
        number=number,
        amount=amount,
        paid=replace(amount, minor=0),
        due=due,
        issued=due - timedelta(days=30),
    )
    books.invoices.add(made)
    return made


def pay(
    books: Books, invoice: Invoice, days_ago: int, kind: Literal["payment", "credit_note"] = "payment"
) -> None:
    day = TODAY - timedelta(days=days_ago)
    name = f"{invoice.id}-{day}"
    money = Payment(
        id=name, customer=invoice.customer, invoice=invoice.id, day=day, amount=invoice.amount, kind=kind
    )
    books.payments.add(money)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_report_is_asked_for_in_words(language: str, home: Path) -> None:
    talk = Talk.about(home, language=language)
    for words, verb in zip(SAID[language], VERBS, strict=True):
        assert talk.says(words) == talk.acts(f"report.{verb}"), words


def test_what_is_owed_stands_by_age_with_its_picture_and_files(talk: Talk) -> None:
    with talk.books() as books:
        sell(books, "2001", Money.of("1000", "SEK"), -10)
        sell(books, "2002", Money.of("70.50", "EUR"), 40)
    said = talk.says("ageing")
    assert "Owed to you: SEK 36,855.00 and EUR 70.50." in said
    card = talk.card()
    assert [(i.title, i.text) for i in card.items][:3] == [
        ("Not late", "One invoice"),
        ("1–29 days late", "Six invoices"),
        ("30–59 days late", "One invoice"),
    ]
    assert plain(card.items[2].amount) == "EUR 70.50"
    assert [p.alt.partition(".")[0] for p in card.pictures] == ["Owed, by age, SEK", "Owed, by age, EUR"]
    assert all(p.still.startswith(b"\x89PNG") and b"<title" in p.content for p in card.pictures)
    assert [h.name.rpartition(".")[2] for h in card.handouts] == ["png", "png", "xlsx", "csv"]


def test_what_is_expected_follows_the_habit_of_the_customer(home: Path) -> None:
    talk = Talk.about(home, empty=True)
    with talk.books() as books:
        books.customers.add(CAFE_NORRSKEN)
        for n in range(3):
            pay(books, sell(books, f"30{n}0", Money.of("100", "SEK"), 60 + n), 60 + n - 4)
        sell(books, "3099", Money.of("777", "SEK"), -9)  # due on Friday 4 December: four days later
    talk.says("forecast")
    weeks = {i.title: (plain(i.amount), i.text) for i in talk.card().items}
    assert weeks["Week 49, from 30 November"] == ("SEK 0", "")
    assert weeks["Week 50, from 7 December"] == ("SEK 777", "Can only come that week")


def test_the_days_of_sales_are_stated_with_their_definition(talk: Talk) -> None:
    said = talk.says("dso")
    assert "100 days: SEK 35,855 is owed to you, SEK 32,205 was invoiced in 90 days." in said
    assert "divided by what was invoiced in the last 90 days, times 90" in said
    assert talk.card().items[-1].title == "25 November"


def test_letters_are_counted_by_what_followed(talk: Talk) -> None:
    talk.says("which letters work")
    rows = {i.title: (i.amount, i.text) for i in talk.card().items}
    assert rows["Reminder 1, neutral"] == ("0 of 1", "No money within two weeks")
    assert rows["Reminder 2, neutral"] == ("", "Too early to tell")


def test_the_week_says_what_came_what_is_next_and_who_needs_a_decision(talk: Talk) -> None:
    with talk.books() as books:
        pay(books, books.invoices.by_number("1066")[0], 1)
    said = talk.says("week")
    assert "Came in this week: SEK 1,980, in one payment." in said
    assert "Likely next week: SEK 4,125." in said
    assert "Five customers need a decision from you. Start with these." in said
    assert len(talk.card().items) == 3 and all(i.button for i in talk.card().items)
    for customer in ("Blomman", "Mogens"):
        talk.says(f"snooze {customer} until 20 December")
    assert "Three customers need a decision from you.\n" in talk.says("week") + "\n"


@pytest.mark.parametrize(
    ("language", "gone", "earlier"),
    [
        ("en", "What came in this week was taken back.", "SEK 500 that came earlier was taken back."),
        ("nb", "Det som kom inn denne uka, er tilbakeført.", "500 kr som kom tidligere, er tilbakeført."),
        ("sv", "Det som kom in den här veckan har återförts.", "500 kr som kom tidigare har återförts."),
        (
            "da",
            "Det, der kom ind i denne uge, er ført tilbage.",
            "500 kr., der kom tidligere, er ført tilbage.",
        ),
        ("fi", "Tällä viikolla tulleet maksut on peruttu.", "Aiempia maksuja on peruttu: 500,00 SEK."),
    ],
)
def test_the_week_says_what_was_taken_back(language: str, gone: str, earlier: str, home: Path) -> None:
    talk = Talk.about(home, language=language)
    with talk.books() as books:
        invoice = books.invoices.by_number("1066")[0]
        pay(books, invoice, 1)
        pay(books, replace(invoice, amount=-invoice.amount), 0)
    said = plain(talk.acts("report.week"))
    assert gone in said and earlier not in said
    with talk.books() as books:
        pay(books, replace(invoice, id="", amount=Money.of("-500", "SEK")), 0)
    assert f"{gone}\n{earlier}" in plain(talk.acts("report.week"))


@pytest.mark.parametrize(
    ("language", "one", "three"),
    [
        ("en", "For one letter it is too early to tell", "For three letters it is too early to tell"),
        ("nb", "For ett brev er det for tidlig å si", "For tre brev er det for tidlig å si"),
        ("sv", "För ett brev är det för tidigt att säga", "För tre brev är det för tidigt att säga"),
        ("da", "For ét brev er det for tidligt at sige", "For tre breve er det for tidligt at sige"),
        ("fi", "Yhdestä kirjeestä on liian aikaista sanoa", "3 kirjeestä on liian aikaista sanoa"),
    ],
)
def test_letters_of_the_last_days_are_told_apart(language: str, one: str, three: str, home: Path) -> None:
    with Talk.about(home, language=language).desk() as desk:
        said = [desk.word("reports.followed", sent=9, days=4, waiting=n) for n in (1, 3)]
    assert [each.partition(". ")[2] for each in said] == [one, three]


@pytest.mark.parametrize(("days", "is_offered"), [(1, False), (2, True), (3, False)])
def test_the_week_is_offered_with_the_list_on_friday(talk: Talk, days: int, is_offered: bool) -> None:
    talk.house.clock.at = MORNING + timedelta(days=days)
    talk.says("today")
    assert ("The week" in [b.label for b in talk.card().buttons]) is is_offered
    if is_offered:
        assert "The week in three minutes" in talk.presses("The week")


def test_the_month_that_is_summed_up_leads_to_the_months_before(talk: Talk) -> None:
    with talk.books() as books:
        books.closings.add(Closing(id="1", customer="kuusi", day=TODAY, days=9, cause="forgot"))
    talk.house.clock.at = MORNING + timedelta(days=6)
    with talk.desk() as desk:
        (month,) = morning(desk, greet=True).more
    assert [b.action.verb for b in month.buttons] == ["report.why"]


def test_the_reasons_are_shown_by_month(talk: Talk) -> None:
    with talk.books() as books:
        for n, cause in enumerate(("forgot", "forgot", "approval")):
            said = Closing(id=str(n), customer="kuusi", day=TODAY, days=9)
            books.closings.add(replace(said, cause="forgot" if cause == "forgot" else "approval"))
    talk.says("why late")
    (month,) = talk.card().items
    assert month.amount == "3" and month.text.startswith("2 · ")


def test_where_nothing_is_known_every_report_says_so(home: Path) -> None:
    talk = Talk.about(home, empty=True)
    for verb in VERBS:
        talk.acts(f"report.{verb}")
        card = talk.card()
        assert card.text and not card.items and not card.pictures and not card.handouts, verb


def test_a_viewer_may_look_and_a_file_comes_into_the_chat(talk: Talk) -> None:
    talk.ask(Request(talk.house.business.id, action=Action("report.cash"), role="viewer"))
    asked = next(h for h in talk.card().handouts if h.name.endswith(".png"))
    assert asked.button
    assert "Here is the file." in talk.presses(asked.button.label)
    brought = talk.card().handouts[0]
    with talk.books() as books:
        found = handouts.found(brought.ref, books)
        assert found and found.content.startswith(b"\x89PNG")
        assert handouts.found("report.nothing.csv", books) is None
        assert handouts.found("report.cash.exe", books) is None
        assert handouts.found("report.all.xlsx", books)
