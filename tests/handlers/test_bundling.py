"""Small sums in the chat: turned on and off, told on the card and the list, and written about when asked."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.countries import codes
from bot.parties import LANGUAGES, Business
from tests.handlers.talk import Talk
from tests.town import HEAD

ROWS = (
    "Café Solsidan;sol@solsidan.example;Siri Sol;3001;2026-10-12;2026-11-11;85;SEK;30015;Bullar;en",
    "Café Månen;mia@manen.example;Mia Måne;3002;2026-10-12;2026-11-11;500;SEK;30023;Bullar;en",
    "Kiosk Norr;nora@norr.example;Nora Norr;3003;2026-10-12;2026-11-11;640;SEK;30031;Bullar;en",
)


@pytest.fixture
def alone(tmp_path: Path) -> Talk:
    """Three customers who are late, one of them with very little."""
    talk = Talk.about(tmp_path, empty=True)
    with talk.books() as books:
        books.save_business(replace(books.business, small=200_00))
    talk.drops("open.csv", "\n".join((HEAD, *ROWS)))
    talk.presses("Take it in")
    talk.says("old")
    talk.presses("Follow up all")
    return talk


def kept(talk: Talk) -> Business:
    with talk.books() as books:
        return books.business


def test_the_usual_sum_is_offered_and_off_until_it_is_saved(talk: Talk) -> None:
    talk.says("settings")
    assert "costs more than it brings" in talk.presses("Small sums")
    assert not kept(talk).small
    said = talk.presses("Save")
    assert "SEK 200 or less" in said and "30 days" in said
    assert (kept(talk).small, kept(talk).small_days) == (200_00, 30)
    talk.presses("Let nothing wait")
    assert (kept(talk).small, kept(talk).small_days) == (0, 30)


def test_a_sum_and_a_time_of_their_own_are_kept(talk: Talk) -> None:
    talk.says("small sums")
    talk.presses("Save", small_sum="149,50", small_days="14")
    assert (kept(talk).small, kept(talk).small_days) == (149_50, 14)
    form = talk.card().form
    assert form and [f.value for f in form.fields] == ["SEK\u00a0149.50", "14"]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"small_sum": "1 001"}, "Small sums are those of at most SEK 1,000"),
        ({"small_sum": "10 euro"}, "Small sums are those of at most SEK 1,000"),
        ({"small_sum": "some"}, "can't read “some” as an amount"),
        ({"small_days": "400"}, "a number of days from 7 to 90"),
        ({"small_days": "a month"}, "a number of days from 7 to 90"),
        ({"small_days": "9" * 5_000}, "a number of days from 7 to 90"),
    ],
)
def test_what_is_no_small_sum_is_refused_in_words(talk: Talk, values: dict[str, str], said: str) -> None:
    talk.says("small sums")
    assert said in talk.refused("Save", **values).replace("\u00a0", " ")


@pytest.mark.parametrize("code", codes())
@pytest.mark.parametrize("spoken", LANGUAGES)
def test_what_the_form_offers_is_understood_everywhere(tmp_path: Path, code: str, spoken: str) -> None:
    talk = Talk.about(tmp_path, language=spoken, empty=True)
    with talk.books() as books:
        books.save_business(replace(books.business, country=code))
    talk.acts("bundling.show")
    form = talk.card().form
    assert form
    talk.presses(form.submit)
    assert kept(talk).small == (20_00 if code == "FI" else 200_00)


def test_in_another_countrys_money_the_sum_is_said_anew(talk: Talk) -> None:
    talk.says("small sums")
    talk.presses("Save")
    talk.acts("start.country", value="FI")
    assert not kept(talk).small


def test_the_card_says_what_waits_and_until_when(alone: Talk) -> None:
    said = alone.says("Solsidan").replace("\u00a0", " ")
    assert "SEK 85 waits until more is late, 11 December at the latest." in said
    assert "I ask again on Friday 11 December" in said


def test_the_list_counts_it_among_those_who_can_wait(alone: Talk) -> None:
    assert "Two customers need you today" in alone.says("today")
    said = alone.presses("Just late")
    assert "One customer owes a small sum that waits until more is late." in said
    assert "only just passed" not in said
    assert [i.title for i in alone.card().items] == ["Café Solsidan"]
    assert alone.card().items[0].text == "waits until more is late, 11 December at the latest"


def test_a_quiet_day_tells_of_it_in_one_sentence(alone: Talk) -> None:
    for number in ("3002", "3003"):
        alone.says(f"paid {number}")
    said = alone.says("today")
    assert "Nothing to chase today. One small sum waits until more is late." in said


def test_drafts_for_all_leave_it_out(alone: Talk) -> None:
    alone.says("today")
    alone.presses("Draft all")
    with alone.books() as books:
        names = {books.customers.get(x.customer).name for x in books.letters.all()}
    assert names == {"Café Månen", "Kiosk Norr"}


def test_the_owner_may_write_about_it_all_the_same(alone: Talk) -> None:
    alone.says("Solsidan")
    alone.presses("Draft")
    alone.presses("Approve")
    with alone.books() as books:
        (letter,) = books.letters.all()
    assert (letter.kind, letter.level, letter.state) == ("reminder", 1, "approved")


def test_more_that_is_late_ends_it(alone: Talk) -> None:
    row = "Café Solsidan;sol@solsidan.example;Siri Sol;3009;2026-10-12;2026-11-20;150;SEK;30098;Bullar;en"
    alone.drops("more.csv", f"{HEAD}\n{row}")
    alone.presses("Take it in")
    assert "Time for a first, friendly reminder." in alone.says("Solsidan")
