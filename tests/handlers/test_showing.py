"""What the web page shows and hands out is of the business that is talked about, and of no other."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from handlers.showing import Shown
from storage.escalations import Pack
from tests.handlers.talk import Talk


def shown(talk: Talk) -> Shown:
    app = talk.house.app
    return Shown(app.database, app.now, app.business, lambda language: None)


def test_the_page_shows_the_last_lines_under_the_name_of_the_business(talk: Talk) -> None:
    talk.says("today")
    page = shown(talk)
    assert page.title() == talk.house.business.name and page.language() == "en"
    assert page.recent(limit=1)[0].card == talk.card()


def test_a_file_is_handed_out_to_the_business_it_was_made_for_alone(talk: Talk) -> None:
    pack = Pack(id="pack", customer="norrsken", name="norrsken.zip", day=date(2026, 11, 25), content=b"zip")
    with talk.books() as books:
        books.packs.keep(pack)
    assert shown(talk).handout("pack") == ("norrsken.zip", b"zip")
    talk.house.app.database.add_business(replace(talk.house.business, id="other", opened=None))
    other = replace(shown(talk), talked_about=lambda: replace(talk.house.business, id="other"))
    assert other.handout("pack") is None
