"""The web chat as a surface for dialogs: typed, pressed and read in a real browser."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from playwright.sync_api import Locator, Page, expect

from tests.handlers.platforms.browser import browser_page, served
from tests.handlers.stage import House, plain

TOKEN = "a-token-of-many-letters"
PATIENCE = 10.0
READ = """log => {
  for (const folded of log.querySelectorAll('details')) folded.open = true;
  return [...log.querySelectorAll('.line[id]')].map(line => ({
    id: line.id, mine: line.matches('.mine'), over: !!line.querySelector('.outcome'),
    text: line.querySelector('.said').innerText }));
}"""


class Upstairs(House):
    """A house whose clock works in a thread of its own, for the browser keeps a loop in this one."""

    def wait_until(self, at: datetime) -> None:
        """Let time pass."""
        with ThreadPoolExecutor(1) as beside:
            beside.submit(super().wait_until, at).result()


@dataclass
class OnPage:
    """The conversation as the owner sees it; `read` is what each line said when it was last looked at."""

    house: House
    page: Page
    read: dict[str, str] = field(default_factory=dict)

    def say(self, text: str) -> None:
        """Write and send with Enter."""
        words = self.page.locator("#words")
        words.fill(text)
        words.press("Enter")
        self._answered()

    def press(self, label: str, values: dict[str, str]) -> None:
        """Fill what is asked, and click."""
        line = self._line(label)
        for name, value in values.items():
            fill(line.locator(f"[name='v.{name}']"), value)
        line.get_by_role("button", name=label, exact=True).first.click()
        self._answered()

    def drop(self, name: str, content: bytes) -> None:
        """Hand a file over."""
        self.page.locator("#files").set_input_files({"name": name, "mimeType": "text/csv", "buffer": content})
        self._answered()

    def seen(self) -> str:
        """The text of the lines that are new or say something else, once all that is kept is shown."""
        shown = self._all_shown()
        fresh = [line for line in shown if self.read.get(line["id"]) != line["text"]]
        self.read = {line["id"]: line["text"] for line in shown}
        return plain("\n".join(line["text"] for line in fresh if not line["mine"] and not line["over"]))

    def _line(self, label: str) -> Locator:
        button = self.page.get_by_role("button", name=label, exact=True)
        return self.page.locator("#log .line").filter(has=button).last

    def _answered(self) -> None:
        expect(self.page.locator("#scroll")).not_to_have_attribute("aria-busy", "true")
        expect(self.page.locator(".sending")).to_have_count(0)

    def _all_shown(self) -> list[dict[str, str]]:
        """What the page shows, as soon as that is all there is: what the clock says comes by the stream."""
        until = time.monotonic() + PATIENCE
        with self.house.app.database.books(self.house.business.id, self.house.clock()) as books:
            kept = {f"line-{line.id}" for line in books.lines.recent()}
        while True:
            shown: list[dict[str, str]] = self.page.locator("#log").evaluate(READ)
            if kept <= {line["id"] for line in shown}:
                return shown
            assert time.monotonic() < until, "the page does not show all that was said"
            self.page.wait_for_timeout(20)


@dataclass
class ByKeyboard(OnPage):
    """The same with the keyboard alone."""

    def say(self, text: str) -> None:
        """Find the writing box, write, Enter."""
        self._tab_to("node => node.id === 'words'")
        self.page.keyboard.insert_text(text)
        self.page.keyboard.press("Enter")
        self._answered()

    def press(self, label: str, values: dict[str, str]) -> None:
        """Find each question, then the button, and press Enter."""
        for name, value in values.items():
            self._tab_to("(node, name) => node.name === `v.${name}`", name)
            self.page.keyboard.press("ControlOrMeta+a")
            self.page.keyboard.insert_text(value)
        self._tab_to(
            "(node, label) => node.matches('.line button') && node.innerText.trim() === label", label
        )
        self.page.keyboard.press("Enter")
        self._answered()

    def _tab_to(self, test: str, argument: str = "") -> None:
        """Back from the writing box, as somebody would who has just written: the newest comes first."""
        self.page.locator("body").evaluate("body => body.ownerDocument.getElementById('words').focus()")
        for _ in range(100):
            focused = self.page.evaluate_handle("document.activeElement")
            if self.page.evaluate(f"([node, given]) => ({test})(node, given)", [focused, argument]):
                return
            self.page.keyboard.press("Shift+Tab")
        raise AssertionError(f"the keyboard does not lead to {argument or 'the writing box'!r}")


def fill(question: Locator, value: str) -> None:
    """Answer one question of a form, whatever its kind."""
    kind = question.first.evaluate("node => node.type")
    if kind == "radio":
        question.and_(question.page.locator(f"[value='{value}']")).check(force=True)
    elif kind == "select-one":
        question.select_option(value)
    else:
        question.fill(value)


@contextmanager
def shown(house: House, surface: type[OnPage] = OnPage) -> Iterator[OnPage]:
    """A house whose chat is open in a browser."""
    app = house.app
    with (
        served(app.site(TOKEN), stopping=app.feed.close) as url,
        browser_page(f"{url}/?token={TOKEN}") as page,
    ):
        yield surface(house, page)
