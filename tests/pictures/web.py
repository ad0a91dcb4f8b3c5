"""The day on the page: on a phone, once in the dark, once at a desk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from playwright.sync_api import ViewportSize

from tests.handlers.page import TOKEN, OnPage
from tests.handlers.platforms.browser import PHONE, served
from tests.pictures.camera import Camera
from tests.pictures.day import Friday, friday, lived

TALL: ViewportSize = {"width": 390, "height": 948}
DESK: ViewportSize = {"width": 1180, "height": 760}
UP = """line => {
  const head = document.querySelector('header').getBoundingClientRect().bottom;
  document.getElementById('scroll').scrollBy(0, line.getBoundingClientRect().top - head - 12);
  document.activeElement.blur();
}"""
"""Scrolls until a line begins right below the head of the page."""


@dataclass(frozen=True)
class View:
    """One picture: which of the last lines is at the top, or what within it, and what it is seen on."""

    name: str
    line: int = -1
    part: str = ".said"
    size: ViewportSize | None = None
    scheme: Literal["light", "dark"] = "light"


VIEWS: Mapping[str, tuple[View, ...]] = {
    "today": (View("today", size=TALL),),
    "card": (View("card"),),
    "letter": (View("letter", -2, ".paper"), View("reading")),
    "answer": (View("answer"),),
    "plan": (View("plan", scheme="dark"),),
    "paid": (View("paid", -2),),
    "forecast": (View("forecast"),),
    "week": (View("week", size=DESK),),
}


@dataclass
class Album:
    """The page, and the camera before it."""

    house: Friday
    page: OnPage
    camera: Camera

    def take(self, what: str) -> None:
        """The pictures of something that is there to see, once the page shows it."""
        with self.house.app.database.books(self.house.business.id, self.house.clock()) as books:
            newest = books.lines.recent(limit=1)
        self.page.page.locator(f"#line-{newest[-1].id}").wait_for()
        for view in VIEWS[what]:
            self._take(view)

    def _take(self, view: View) -> None:
        page = self.page.page
        page.emulate_media(color_scheme=view.scheme)
        page.set_viewport_size(view.size or PHONE)
        page.locator("#log .line").nth(view.line).locator(view.part).first.evaluate(UP)
        self.camera.keep(view.name, page.screenshot(animations="disabled"))


def take(camera: Camera) -> None:
    """All pictures of the page."""
    with friday() as house, served(house.app.site(TOKEN), stopping=house.app.feed.close) as url:
        page = camera.page(house.clock())
        page.goto(f"{url}/?token={TOKEN}")
        on_page = OnPage(house, page)
        lived(house, on_page, Album(house, on_page, camera).take)
