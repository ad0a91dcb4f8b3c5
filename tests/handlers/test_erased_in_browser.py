"""An open page lets go of who was erased, however far up they were spoken of, without being loaded anew."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from handlers.example import fill
from tests.handlers.page import OnPage, Upstairs, shown
from tests.handlers.stage import Clock, bakery
from tests.handlers.talk import MORNING, Talk
from tests.handlers.test_privacy import settle
from tests.mailserver import MailServer

pytestmark = pytest.mark.browser


def test_an_open_page_shows_no_line_of_who_was_erased(tmp_path: Path) -> None:
    house = Upstairs(tmp_path, MailServer(port=9), bakery("SE", "en"), Clock(MORNING))
    talk = Talk(house)
    with talk.desk() as desk:
        fill(desk)
    settle(talk, "norrsken")
    talk.says("Norrsken")
    for _ in range(30):
        talk.says("help")
    with shown(house, OnPage) as page:
        log, theirs = page.page.locator("#log"), page.page.locator(".line").filter(has_text="Norrsken")
        page.page.locator("#earlier").click()
        expect(page.page.locator("#earlier")).to_have_count(0)
        page.page.evaluate("self.sameAsBefore = true")
        page.say("erase Norrsken")
        assert theirs.count() > 3
        page.press("Erase", {"word": "ERASE"})
        expect(theirs).to_have_count(0)
        expect(log.locator(".line").last).to_contain_text("Erased")
        expect(page.page.locator("#earlier")).to_have_count(1)
        assert page.page.evaluate("self.sameAsBefore")
        page.page.locator("#earlier").click()
        expect(page.page.locator("#earlier")).to_have_count(0)
        expect(theirs).to_have_count(0)
        days = log.locator(".day").all_inner_texts()
        assert len(days) == len(set(days)) == 1
