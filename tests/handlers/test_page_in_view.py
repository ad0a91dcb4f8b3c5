"""What the eye rests on: after a press the answer is in view, whatever else was brought up to date."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from handlers.example import fill
from tests.handlers.page import OnPage, Upstairs, shown
from tests.handlers.stage import Clock, bakery
from tests.handlers.talk import MORNING
from tests.mailserver import MailServer

pytestmark = pytest.mark.browser


def test_the_answer_is_in_view_though_the_morning_list_above_it_changed_too(tmp_path: Path) -> None:
    house = Upstairs(tmp_path, MailServer(port=9), bakery("SE", "en"), Clock(MORNING))
    with house.app.database.books(house.business.id, house.clock()) as books:
        fill(house.app.inbox.desk(books))
    with shown(house, OnPage) as page:
        page.page.set_viewport_size({"width": 390, "height": 700})
        page.say("today")
        page.say("Norrsken")
        page.press("They answered", {})
        page.press("Save", {"answer": "You sent the wrong goods."})
        answered = page.page.locator("#log .line").filter(has_text="You sent the wrong goods.").last
        expect(answered.get_by_role("button").first).to_be_in_viewport()
