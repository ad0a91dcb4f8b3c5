"""The customer's page on a telephone, in a real browser: read, pressed and copied as a customer does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, ViewportSize, expect

from bot.parties import LANGUAGES
from tests.handlers.letterbox.customer import replies, sent, site, with_page
from tests.handlers.platforms.browser import PHONE, browser, served
from tests.handlers.talk import Talk

pytestmark = pytest.mark.browser
HERE = "http://127.0.0.1"
SMALL: ViewportSize = {"width": 320, "height": 640}
TARGET = 44
"""Pixels that a thumb needs."""
PRESSED = {
    "nb": ("Jeg trenger mer tid", "Send", "Takk for at du sier fra"),
    "sv": ("Jag behöver mer tid", "Skicka", "Tack för att du säger till"),
    "da": ("Jeg har brug for mere tid", "Send", "Tak, fordi du siger til"),
    "fi": ("Tarvitsen lisää aikaa", "Lähetä", "Kiitos, että kerroit"),
    "en": ("I need more time", "Send", "Thank you for telling us"),
}
WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
TALL = "nodes => nodes.map(n => n.getBoundingClientRect()).filter(r => r.width).map(r => r.height)"
TOUCHED = "summary, button, a, select, textarea, input:not([type=hidden]):not([type=radio])"
CONTRAST = """() => {
  const rgb = text => text.match(/[0-9.]+/g).slice(0, 3).map(n => n / 255)
    .map(c => c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
  const light = text => { const [r, g, b] = rgb(text); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const behind = node => { for (; node; node = node.parentElement) {
    const colour = getComputedStyle(node).backgroundColor;
    if (!/, 0\\)$|transparent/.test(colour)) return colour; } return 'rgb(255, 255, 255)'; };
  const worst = [...document.querySelectorAll('h1, h2, p, dt, dd, a, button, label, legend, summary')]
    .map(n => [light(getComputedStyle(n).color), light(behind(n))].sort((a, b) => b - a))
    .map(([over, under]) => (over + 0.05) / (under + 0.05));
  return Math.min(...worst);
}"""


@pytest.fixture
def talk(home: Path) -> Talk:
    talk = Talk.about(home, public_url=HERE)
    with_page(talk)
    return talk


@pytest.fixture
def chromium() -> Iterator[Browser]:
    with browser() as opened:
        yield opened


@contextmanager
def shown(
    chromium: Browser,
    talk: Talk,
    query: str = "",
    *,
    scripts: bool = False,
    size: ViewportSize = PHONE,
    colours: Literal["light", "dark"] = "light",
) -> Iterator[Page]:
    """The page of what Norrsken owes, on a telephone."""
    link = talk.house.app.inbox.link
    assert link
    address = link(talk.house.business.id, "norrsken-letter").removeprefix(HERE)
    with served(site(talk)) as url:
        context: BrowserContext = chromium.new_context(
            viewport=size, java_script_enabled=scripts, color_scheme=colours, has_touch=True
        )
        page = context.new_page()
        complaints: list[str] = []
        page.on("console", lambda said: complaints.append(said.text) if _is_complaint(said) else None)
        page.on("request", lambda asked: complaints.append(asked.url) if not _own(asked.url, url) else None)
        page.goto(f"{url}{address}{query}")
        yield page
        assert context.cookies() == []
        context.close()
    assert complaints == []


def _is_complaint(said: ConsoleMessage) -> bool:
    """Whether the browser minds something; that a form was not taken is told on the page."""
    return said.type == "error" and "422" not in said.text


def _own(asked: str, url: str) -> bool:
    """Whether something is fetched from here, or stands in the page itself."""
    return asked.startswith((url, "data:"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_scripts_it_is_read_and_answered_in_every_language(
    language: str, chromium: Browser, talk: Talk
) -> None:
    sent(talk, "norrsken")
    what, send, thanks = PRESSED[language]
    with shown(chromium, talk, f"?lang={language}") as page:
        assert page.locator("html").get_attribute("lang") == language
        page.locator("summary", has_text=what).tap()
        form = page.locator("details#more_time form")
        form.locator("input[type=date]").fill("2026-12-01")
        form.locator("textarea").fill("Vi venter penger fra en kunde.")
        form.get_by_role("button", name=send).tap()
        expect(page.get_by_role("status")).to_contain_text(thanks)
        assert page.locator("html").get_attribute("lang") == language
        page.reload()
    (said,) = replies(talk, "norrsken")
    assert "2026" in said and said.endswith("Vi venter penger fra en kunde.")


@pytest.mark.parametrize("size", [PHONE, SMALL])
def test_nothing_is_cut_off_and_every_target_is_large_enough_for_a_thumb(
    size: ViewportSize, chromium: Browser, talk: Talk
) -> None:
    sent(talk, "norrsken")
    with shown(chromium, talk, "?lang=fi", scripts=True, size=size) as page:
        for folded in page.locator("summary").all():
            folded.click()
        assert page.evaluate(WIDE) <= 0
        for each in (TOUCHED, ".choice"):
            assert min(page.locator(each).evaluate_all(TALL)) >= TARGET


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_it_can_be_read_by_day_and_by_night(
    colours: Literal["light", "dark"], chromium: Browser, talk: Talk
) -> None:
    sent(talk, "norrsken")
    with shown(chromium, talk, scripts=True, colours=colours) as page:
        assert page.evaluate(CONTRAST) >= 4.5


def test_every_question_has_a_label_and_the_headings_go_down_step_by_step(
    chromium: Browser, talk: Talk
) -> None:
    sent(talk, "norrsken")
    with shown(chromium, talk) as page:
        questions = page.locator("textarea, select, input:not([type=hidden])")
        unnamed = (
            "nodes => nodes.filter(n => !n.labels.length || !n.labels[0].textContent.trim()).map(n => n.id)"
        )
        assert questions.count() >= 12 and questions.evaluate_all(unnamed) == []
        levels = page.locator("h1, h2, h3").evaluate_all("nodes => nodes.map(n => n.tagName)")
        assert levels[0] == "H1" and levels.count("H1") == 1 and "H3" not in levels
        ids = page.locator("[id]").evaluate_all("nodes => nodes.map(n => n.id)")
        assert len(ids) == len(set(ids))


def test_the_keyboard_reaches_everything_and_shows_where_it_is(chromium: Browser, talk: Talk) -> None:
    sent(talk, "norrsken")
    with shown(chromium, talk) as page:
        page.locator("summary").first.focus()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.locator("#paid-day").evaluate("node => node === document.activeElement")
        assert page.locator("#paid-day").evaluate("node => getComputedStyle(node).outlineStyle") == "solid"


def test_what_is_mistaken_is_shown_where_it_was_written(chromium: Browser, talk: Talk) -> None:
    sent(talk, "norrsken")
    with shown(chromium, talk) as page:
        page.locator("summary", has_text="Jag behöver mer tid").tap()
        page.locator("#more_time-day").fill("2026-11-01")
        page.locator("#more_time-words").fill("Snälla")
        page.locator("#more_time button").tap()
        expect(page.get_by_role("alert")).to_be_in_viewport()
        expect(page.locator("#more_time-words")).to_have_value("Snälla")
        page.locator("#more_time-day").fill("2026-12-01")
        page.locator("#more_time button").tap()
        expect(page.get_by_role("status")).to_be_in_viewport()
    assert replies(talk, "norrsken") == ["Jag behöver mer tid, till 1 december 2026.\n\nSnälla"]


def test_a_number_is_copied_bare_with_one_touch(chromium: Browser, talk: Talk) -> None:
    sent(talk, "norrsken")
    with shown(chromium, talk, "?lang=en", scripts=True) as page:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.get_by_role("button", name="Copy: Bankgiro").first.tap()
        expect(page.get_by_text("Copied")).to_be_visible()
        assert page.evaluate("navigator.clipboard.readText()") == "9990219"


def test_pressed_many_times_in_a_hurry_it_is_said_once(chromium: Browser, talk: Talk) -> None:
    sent(talk, "norrsken")
    with shown(chromium, talk, scripts=True) as page:
        page.locator("summary").first.click()
        form = page.locator("details#paid form")
        form.evaluate("form => { for (let n = 0; n < 4; n++) form.querySelector('button').click(); }")
        expect(page.get_by_role("status")).to_be_visible()
        page.go_back()
        page.locator("summary").first.click()
        form.get_by_role("button").click()
        expect(page.get_by_role("status")).to_be_visible()
    assert replies(talk, "norrsken") == ["Jag har betalat."]
