"""What customers say on their page: an answer like any other, once, which holds everything."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from bot.links import Address
from tests.handlers.letterbox.customer import arrived, replies, sent, visits, words
from tests.handlers.talk import Talk

PDF = b"%PDF-1.4 the invoice"


@pytest.mark.parametrize(
    ("kind", "values", "text"),
    [
        ("paid", {"day": "2026-11-24"}, "Jag har betalat 24 november 2026."),
        ("paid", {"day": "2026-11-27"}, "Den betalas 27 november 2026."),
        ("paid", {"words": "Via Swish."}, "Jag har betalat.\n\nVia Swish."),
        ("more_time", {"day": "2026-12-01"}, "Jag behöver mer tid, till 1 december 2026."),
        ("more_time", {"day": "1 december"}, "Jag behöver mer tid, till 1 december 2026."),
        ("more_time", {}, "Jag behöver mer tid."),
        ("wrong", {"invoice": "1058", "reason": "wrong_amount"},
         "Det gäller faktura 1058. Beloppet är fel."),
        ("wrong", {"words": "Ring mig"},
         "Det är något som inte stämmer med faktura 1058 och faktura 1066.\n\nRing mig"),
        ("copy", {"to": "ny@norrsken.example"}, "Kan ni skicka fakturan igen, till ny@norrsken.example?"),
        ("copy", {}, "Kan ni skicka fakturan igen?"),
    ],
)  # fmt: skip
def test_what_is_said_there_is_an_answer_like_any_other(
    kind: str, values: dict[str, str], text: str, reached: Talk
) -> None:
    with arrived(reached, sent(reached, "norrsken")) as customer:
        page = customer.say(kind, **values)
    assert page.status_code == 200 and "Tack" in words(page)
    assert replies(reached, "norrsken") == [text]
    card = reached.card()
    assert card.subject == "norrsken" and text.split("\n", maxsplit=1)[0] in card.text


def test_an_answer_holds_everything_until_the_owner_has_read_it(reached: Talk) -> None:
    reached.says("Kuusi")
    reached.presses("Draft")
    reached.presses("Approve")
    with arrived(reached, sent(reached, "kuusi")) as customer:
        customer.say("more_time")
        assert "ihminen lukee sen" in customer.look()
    with reached.books() as books:
        assert [x.state for x in books.letters.of("kuusi") if x.state != "sent"] == ["withdrawn"]
    assert "has answered" in reached.says("Kuusi")


def test_the_address_somebody_names_is_their_words_and_no_contact(reached: Talk) -> None:
    with reached.books() as books:
        before = books.customers.get("norrsken")
    with arrived(reached, sent(reached, "norrsken")) as customer:
        customer.say("copy", to="thief@evil.example")
    with reached.books() as books:
        assert books.customers.get("norrsken") == before


def test_pressed_twice_in_two_tabs_or_reloaded_it_is_one_answer(reached: Talk) -> None:
    letter = sent(reached, "norrsken")
    with arrived(reached, letter) as one, arrived(reached, letter) as other:
        for tab in (one, one, other):
            tab.say("paid", day="2026-11-24")
        lines = len(reached.lines())
        other.say("paid", day="2026-11-24")
        assert len(reached.lines()) == lines
        other.say("paid", day="2026-11-23")
    assert len(replies(reached, "norrsken")) == 2


def test_said_again_after_it_was_read_it_is_said_again(reached: Talk) -> None:
    with arrived(reached, sent(reached, "norrsken")) as customer:
        customer.say("more_time")
        with reached.books() as books:
            (reply,) = books.replies.unread()
            books.replies.save(replace(reply, meaning="more_time"))
        customer.say("more_time")
    assert replies(reached, "norrsken") == ["Jag behöver mer tid."] * 2


@pytest.mark.parametrize(
    ("kind", "values", "words_"),
    [
        ("more_time", {"day": "2026-11-01", "words": "Snälla <i>"}, "Den dagen har redan varit."),
        ("paid", {"day": "2019-01-01"}, "Den dagen ligger för långt bort."),
        ("paid", {"day": "snart"}, "Den dagen kunde vi inte läsa."),
        ("copy", {"to": "norrsken"}, "Det ser inte ut som en e-postadress."),
    ],
)
def test_a_mistake_is_shown_at_its_question_and_nothing_typed_is_lost(
    kind: str, values: dict[str, str], words_: str, reached: Talk
) -> None:
    with arrived(reached, sent(reached, "norrsken")) as customer:
        page = customer.say(kind, **values)
    assert page.status_code == 422 and words_ in words(page)
    assert f'<details id="{kind}" open>' in page.text and 'aria-invalid="true"' in page.text
    assert all(value.replace("<", "&lt;").replace(">", "&gt;") in page.text for value in values.values())
    assert replies(reached, "norrsken") == []


def test_pressed_from_many_places_at_the_same_moment_it_is_one_answer(reached: Talk) -> None:
    letter, books = sent(reached, "norrsken"), visits(reached)
    address = Address(reached.house.business.id, letter.id)
    with ThreadPoolExecutor(8) as crowd:
        pressed = [crowd.submit(books.say, address, "paid", {"words": "Swish"}, "sv") for _ in range(16)]
    assert all(each.result() for each in pressed)
    assert len(replies(reached, "norrsken")) == 1
    assert [line.card.title for line in reached.lines()].count("Café Norrsken has answered") == 1


@pytest.mark.parametrize("day", ["31.2.2027", "den 32", "snart"])
def test_a_day_that_there_is_not_is_asked_for_again_where_it_was_written(day: str, reached: Talk) -> None:
    with arrived(reached, sent(reached, "norrsken")) as customer:
        page = customer.say("more_time", day=day)
    assert page.status_code == 422 and "Den dagen kunde vi inte läsa." in words(page)
    assert replies(reached, "norrsken") == []
