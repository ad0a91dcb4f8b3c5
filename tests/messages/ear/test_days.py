"""Days are understood as people say them, in five languages."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta

import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import Refusal
from bot.parties import LANGUAGES
from messages.ear.days import COUNTED, day
from messages.ear.words import words

WEDNESDAY = date(2026, 11, 18)
SAID = {
    "nb": """
        i dag = 11-18 | nå = 11-18 | i morgen = 11-19 | i overmorgen = 11-20 | i går = 11-17
        fredag = 11-20 | til fredag = 11-20 | på onsdag = 11-25 | førstkommende mandag = 11-23
        laurdag = 11-21
        neste fredag = 11-27 | fredag i neste uke = 11-27 | fredag om en uke = 11-27
        fredag om to uker = 12-04
        sist fredag = 11-13 | fredag som var = 11-13 | om 3 dagar = 11-21 | om fem dager = 11-23
        i 10 dager = 11-28
        for 3 dager siden = 11-15 | 3 virkedager = 11-23 | om to uker = 12-02 | om en måned = 12-18
        neste uke = 11-27 | før helga = 11-20 | til helga = 11-22 | denne uka = 11-20 | uke 48 = 11-27
        v. 48 = 11-27 | v.48 = 11-27 | uke 3 = 2027-01-22
        månedsskiftet = 11-30 | slutten av måneden = 11-30 | ut desember = 12-31 | siste bankdag = 11-30
        medio desember = 12-15 | primo desember = 12-05 | primo = 12-05 | før jul = 12-23
        før nyttår = 12-31 | i januar = 2027-01-31
        den 25. = 11-25 | den 12. = 12-12 | 20.11 = 11-20 | 20.11. = 11-20 | 20/11 = 11-20
        20.11.26 = 11-20 | 05/12 = 12-05 | 12/25 = 12-25
        20. november = 11-20 | 20 nov = 11-20 | 20. november 2027 = 2027-11-20 | 2026-12-01 = 12-01
        1. januar = 2027-01-01
        10. november = 11-10 | mandag 20. november = 11-20 | rundt 14., senest 21. november = 11-21
        FREDAG = 11-20 | lordag = 11-21
        etter jul = – | snart = – | om noen dager = – | når pengene kommer = – | = –
        syvende desember = 12-07 | den femtende = 12-15 | om fem minutter = 11-18
        om tretti (30) dager = 12-18
    """,
    "sv": """
        idag = 11-18 | i kväll = 11-18 | imorgon = 11-19 | i övermorgon = 11-20 | igår = 11-17
        fredag = 11-20 | på onsdag = 11-25
        nästa fredag = 11-27 | fredag nästa vecka = 11-27 | fredag om en vecka = 11-27
        i fredags = 11-13 | förra fredagen = 11-13
        om 3 dagar = 11-21 | om fjorton dagar = 12-02 | om två veckor = 12-02 | om en månad = 12-18
        5 bankdagar = 11-25
        nästa vecka = 11-27 | till helgen = 11-22 | före helgen = 11-20 | vecka 48 = 11-27 | v 48 = 11-27
        till månadsskiftet = 11-30 | månadsslutet = 11-30 | slutet av december = 12-31
        nästa månad = 12-31 | före jul = 12-23
        den 25:e = 11-25 | den 25 = 11-25 | 20/11 = 11-20 | den 20 november = 11-20 | 20 nov 2026 = 11-20
        2026-12-01 = 12-01
        i januari = 2027-01-31 | mandag = 11-23 | för 2 dagar sedan = 11-16 | efter nyår = – | snart = –
        den tjugofemte = 11-25 | den 25e = 11-25 | tosdan = 11-19 | på mån = 11-23 | om fem minuter = 11-18
        fjortonde december = 12-14
    """,
    "da": """
        i dag = 11-18 | i morgen = 11-19 | i overmorgen = 11-20 | i går = 11-17 | fredag = 11-20
        på onsdag = 11-25 | lørdag = 11-21
        næste fredag = 11-27 | fredag i næste uge = 11-27 | fredag om en uge = 11-27
        sidste fredag = 11-13 | i fredags = 11-13
        om 3 dage = 11-21 | om otte dage = 11-26 | om to uger = 12-02 | om en måned = 12-18
        30 dages henstand = 12-18 | 3 hverdage = 11-23
        næste uge = 11-27 | i weekenden = 11-22 | inden weekenden = 11-20 | uge 48 = 11-27
        månedsskiftet = 11-30 | ultimo december = 12-31
        den 25. = 11-25 | d. 25. november = 11-25 | den 20. november = 11-20 | 20/11 = 11-20
        20-11-2026 = 11-20 | 3. marts = 2027-03-03
        før jul = 12-23 | inden nytår = 12-31 | medio december = 12-15 | om nogle dage = – | efter påske = –
        femte december = 12-05 | om en time = 11-18 | i løbet af dagen = 11-18
    """,
    "fi": """
        tänään = 11-18 | nyt = 11-18 | huomenna = 11-19 | ylihuomenna = 11-20 | eilen = 11-17
        perjantai = 11-20 | perjantaina = 11-20
        perjantaihin = 11-20 | keskiviikkona = 11-25 | ensi perjantaina = 11-27
        ensi viikon perjantaina = 11-27 | perjantaina ensi viikolla = 11-27
        perjantaina viikon päästä = 11-27 | viime perjantaina = 11-13 | 3 päivän päästä = 11-21
        kolmen päivän kuluttua = 11-21
        kaksi viikkoa = 12-02 | kahden viikon päästä = 12-02 | viikon päästä = 11-25
        kuukauden kuluttua = 12-18 | 3 arkipäivää = 11-23
        ensi viikolla = 11-27 | viikonloppuna = 11-22 | viikolla 48 = 11-27 | vko 48 = 11-27
        kuun lopussa = 11-30 | joulukuun loppuun = 12-31
        joulukuussa = 12-31 | ensi kuussa = 12-31 | 25. päivä = 11-25 | 20.11. = 11-20
        20.11.2026 = 11-20 | 20. marraskuuta = 11-20
        marraskuun 25. päivä = 11-25 | 2 päivää sitten = 11-16 | ennen joulua = 12-23 | tanaan = 11-18
        pian = – | joulun jälkeen = –
        kolmas päivä = 12-03 | ysi päivä = 12-09 | 25. päivä = 11-25 | kahdella viikolla = 12-02
        tunnin päästä = 11-18 | kuun vikana päivänä = 11-30
    """,
    "en": """
        today = 11-18 | tonight = 11-18 | tomorrow = 11-19 | the day after tomorrow = 11-20
        yesterday = 11-17 | friday = 11-20
        on Wednesday = 11-25 | this Friday = 11-20 | next friday = 11-27 | Friday next week = 11-27
        friday week = 11-27 | Friday in a week = 11-27
        last friday = 11-13 | in 3 days = 11-21 | 5 days more = 11-23 | within ten days = 11-28
        in two weeks = 12-02 | a month = 12-18
        3 business days = 11-23 | next week = 11-27 | at the weekend = 11-22 | before the weekend = 11-20
        week 48 = 11-27
        end of the month = 11-30 | end of December = 12-31 | in January = 2027-01-31
        mid-December = 12-15 | before Christmas = 12-23
        the 25th = 11-25 | by the 12th = 12-12 | 20 November = 11-20 | November 20th, 2026 = 11-20
        20th of November = 11-20 | 20/11/2026 = 11-20
        2 days ago = 11-16 | soon = – | after Easter = – | in a few days = –
        the fifth of december = 12-05 | by the twentieth = 11-20 | in an hour = 11-18 | fridays = 11-20
    """,
}
TABLE = [
    (language, *(part.strip() for part in said.rsplit("=", 1)))
    for language, lines in SAID.items()
    for line in lines.strip().splitlines()
    for said in line.split(" | ")
]


@pytest.mark.parametrize(("language", "said", "meant"), TABLE)
def test_a_day_is_understood(language: str, said: str, meant: str) -> None:
    found = day(said, language, WEDNESDAY)
    assert found == (
        None if meant == "–" else date.fromisoformat(meant if len(meant) > 5 else f"2026-{meant}")
    )


def test_every_language_says_enough_to_be_sure() -> None:
    assert {language: len(SAID[language].split(" | ")) >= 25 for language in LANGUAGES} == dict.fromkeys(
        LANGUAGES, True
    )


def test_on_a_friday_friday_is_the_next_one() -> None:
    friday = date(2026, 11, 20)
    assert day("fredag", "nb", friday) == date(2026, 11, 27) == day("neste fredag", "nb", friday)


def test_a_neighbours_language_is_understood_too() -> None:
    assert day("nästa fredag", "nb", WEDNESDAY) == day("next friday", "fi", WEDNESDAY) == date(2026, 11, 27)


@pytest.mark.parametrize(
    "said",
    [
        "2026-02-30",
        "31. november",
        "31.11",
        "30.2.2026",
        "29. februar 2027",
        "uke 54",
        "den 32.",
        "32.12.2026",
        "0.5.2026",
    ],
)
def test_a_day_that_no_calendar_has_is_refused(said: str) -> None:
    with pytest.raises(Refusal) as refused:
        day(said, "nb", WEDNESDAY)
    assert refused.value.key == "day_unreadable" and refused.value.facts["words"] == said


def test_bank_days_are_the_countrys_where_one_is_named() -> None:
    maundy_wednesday = date(2027, 3, 24)
    assert day("2 bankdager", "nb", maundy_wednesday) == date(2027, 3, 26)
    assert day("2 bankdager", "nb", maundy_wednesday, "NO") == date(2027, 3, 31)


def test_the_last_of_a_long_month_is_the_last_of_a_short_one() -> None:
    assert day("om en måned", "nb", date(2027, 1, 31)) == date(2027, 2, 28)


def test_amounts_times_and_rates_are_no_days() -> None:
    assert [
        day(said, "nb", WEDNESDAY) for said in ("12.500 kr", "kl. 10.10", "12.25 %", "konto 1503.40.12345")
    ] == [None] * 4


DAYS = st.dates(date(2024, 1, 1), date(2035, 12, 31))


@given(DAYS, st.sampled_from(LANGUAGES), st.integers(0, 6))
def test_a_weekday_is_within_the_week_ahead_and_never_past(today: date, language: str, weekday: int) -> None:
    some_such_day = date(2026, 11, 16) + timedelta(days=weekday)
    found = day(format_date(some_such_day, "EEEE", locale=language), language, today)
    assert found is not None and today < found <= today + timedelta(days=7) and found.weekday() == weekday


@given(
    DAYS,
    DAYS,
    st.sampled_from(LANGUAGES),
    st.sampled_from(["full", "long", "d MMM y", "yyyy-MM-dd", "d.M.yyyy", "dd/MM/yy"]),
)
def test_a_written_day_is_read_as_it_was_written(
    written: date, today: date, language: str, form: str
) -> None:
    assert (
        day(format_date(written, form, locale="en_GB" if language == "en" else language), language, today)
        == written
    )


@given(DAYS, st.integers(-181, 183), st.sampled_from(LANGUAGES))
def test_a_day_without_a_year_is_the_nearest(today: date, apart: int, language: str) -> None:
    meant = today + timedelta(days=apart)
    if (meant.day, meant.month) != (29, 2):
        assert day(format_date(meant, "d MMMM", locale=language), language, today) == meant


@given(st.text(max_size=80), DAYS)
def test_no_text_makes_it_stumble(text: str, today: date) -> None:
    with suppress(Refusal):
        day(text, "nb", today)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_names_only_meanings_that_are_counted(language: str) -> None:
    assert set(words(language).days) <= set(COUNTED)
