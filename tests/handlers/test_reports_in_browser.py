"""Reports on the page: the picture is in view, in light and dark, on a phone and at a desk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Locator, ViewportSize, expect

from bot.chat import Action, Request
from bot.money import Money
from handlers.example import fill
from tests.handlers.page import OnPage, Upstairs, shown
from tests.handlers.platforms.browser import PHONE
from tests.handlers.stage import Clock, bakery
from tests.handlers.talk import MORNING
from tests.handlers.test_reports import pay, sell
from tests.mailserver import MailServer

pytestmark = pytest.mark.browser

DESK: ViewportSize = {"width": 1280, "height": 800}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
PICTURED = ("ageing", "forecast", "dso", "which letters work")
GROUND = """async picture => {
  await picture.decode();
  const canvas = document.createElement('canvas');
  canvas.width = picture.naturalWidth; canvas.height = picture.naturalHeight;
  const pen = canvas.getContext('2d');
  pen.drawImage(picture, 0, 0);
  return [...pen.getImageData(4, canvas.height / 2, 1, 1).data].slice(0, 3);
}"""
"""The colour of a picture at its left edge, where nothing is drawn."""


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OnPage]:
    """The example's customers with some who pay and some who are not late yet."""
    house = Upstairs(
        Path(tmp_path_factory.mktemp("reports")), MailServer(port=9), bakery("SE", "en"), Clock(MORNING)
    )
    with house.app.database.books(house.business.id, house.clock()) as books:
        fill(house.app.inbox.desk(books))
        for n in range(6):
            pay(books, sell(books, f"40{n}0", Money.of("2100", "SEK"), 10 + n * 9, "kuusi"), 5 + n * 9)
            sell(books, f"50{n}0", Money.of(f"{1200 + n * 730}.50", "SEK"), -3 - n * 4, "kuusi")
    # The first of them reads templates and fonts, for which a page on a busy machine does not wait.
    house.app.inbox(Request(house.business.id, action=Action("report.cash")))
    with shown(house, OnPage) as open_page:
        yield open_page


def asked(page: OnPage, words: str) -> Locator:
    page.say(words)
    return page.page.locator("#log .line.purr").last


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("words", PICTURED)
def test_the_picture_is_in_view_with_its_figures_as_text_and_nothing_is_scrolled_sideways(
    page: OnPage, words: str, size: ViewportSize
) -> None:
    page.page.set_viewport_size(size)
    line = asked(page, words)
    picture = line.locator("figure img")
    expect(picture).to_be_in_viewport(ratio=0.9)
    assert picture.evaluate("async node => { await node.decode(); return node.naturalWidth }") > 0
    rows = {row.locator(".name").inner_text(): row.inner_text() for row in line.locator(".items li").all()}
    for bar in str(picture.get_attribute("alt")).partition(". ")[2].split("; "):
        label, _, amount = bar.rpartition(": ")
        assert amount in rows[label]
    for scrolled in ("document.scrollingElement", "document.getElementById('scroll')"):
        assert page.page.evaluate(f"{scrolled}.scrollWidth <= {scrolled}.clientWidth")
    box = picture.bounding_box()
    assert box and box["x"] >= 0 and box["x"] + box["width"] <= size["width"]
    assert box["width"] >= 300, "too small to read"


@pytest.mark.parametrize("words", PICTURED)
def test_the_picture_follows_light_and_dark(page: OnPage, words: str) -> None:
    page.page.set_viewport_size(PHONE)
    picture = asked(page, words).locator("figure img")
    seen = {}
    for scheme in SCHEMES:
        page.page.emulate_media(color_scheme=scheme)
        seen[scheme] = picture.evaluate(GROUND)
    assert seen == {"light": [255, 253, 248], "dark": [45, 41, 35]}


def test_a_file_of_a_report_is_saved_and_not_opened(page: OnPage) -> None:
    line = asked(page, "ageing")
    with page.page.expect_download() as saving:
        line.get_by_role("link", name=".csv").click()
    assert saving.value.suggested_filename == "Owed by age 2026-11-25.csv"
    assert "Café Norrsken;1058" in Path(saving.value.path()).read_text("utf-8-sig")


def test_sums_in_two_currencies_leave_room_for_what_they_are_about(page: OnPage) -> None:
    with page.house.app.database.books(page.house.business.id, page.house.clock()) as books:
        sell(books, "6000", Money.of("12450.50", "EUR"), 12, "kuusi")
    page.page.set_viewport_size(PHONE)
    row = asked(page, "ageing").locator(".items li", has_text="EUR").first
    name = row.locator(".name").bounding_box()
    assert name and name["width"] > 120, "crushed"
