"""A camera: a browser the size of a phone, and pictures small enough for a document."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page

from tests.handlers.platforms.browser import PHONE, browser

SHARP = 2
"""Dots to a point, as phones have them."""
COLOURS = 28


@dataclass(frozen=True)
class Camera:
    """Where it puts its pictures."""

    chromium: Browser
    album: Path

    def page(self, now: datetime) -> Page:
        """A phone that shows a page, on a clock that stands still."""
        context = self.chromium.new_context(
            viewport=PHONE,
            device_scale_factor=SHARP,
            locale="en-GB",
            timezone_id="Europe/Stockholm",
            reduced_motion="reduce",
            has_touch=True,
        )
        page = context.new_page()
        page.clock.set_fixed_time(now)
        return page

    def keep(self, name: str, png: bytes) -> None:
        """Put a picture into the album, with no more colours than it needs."""
        picture = Image.open(BytesIO(png)).convert("RGB")
        few = picture.quantize(COLOURS, Image.Quantize.MAXCOVERAGE, kmeans=2, dither=Image.Dither.NONE)
        few.save(self.album / f"{name}.png", optimize=True)

    def draw(self, name: str, html: str) -> None:
        """Photograph a page that was drawn, whole."""
        with self.chromium.new_page(device_scale_factor=SHARP) as page:
            page.set_content(html)
            self.keep(name, page.locator("body").screenshot())


@contextmanager
def camera(album: Path) -> Iterator[Camera]:
    """A camera that puts its pictures into a folder."""
    album.mkdir(exist_ok=True, parents=True)
    with browser() as chromium:
        yield Camera(chromium, album)
