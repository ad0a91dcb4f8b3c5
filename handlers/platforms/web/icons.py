"""The few drawings of the page, kept inline so that nothing is fetched from elsewhere."""

from __future__ import annotations

from handlers.platforms.web.markup import Html, tag


def icon(name: str) -> Html:
    """A drawing in the colour of the text around it; it is decoration, the words stand beside it."""
    return tag("svg", *_SHAPES[name], class_="icon", viewBox="0 0 24 24", aria_hidden="true")


def _stroke(*paths: str) -> tuple[Html, ...]:
    return tuple(tag("path", d=path) for path in paths)


_SHAPES = {
    "purr": _stroke(
        "M5 3.8C4.3 6 3.7 9 3.7 12.1c0 5 3.5 8.3 8.3 8.3s8.3-3.3 8.3-8.3"
        "c0-3.1-.6-6.1-1.3-8.3l-4.1 3a12.4 12.4 0 0 0-5.8 0z",
        "M7.6 12.5q1.3 1.6 2.6 0",
        "M13.8 12.5q1.3 1.6 2.6 0",
        "M10.3 16q.9 1.1 1.7 0 .8 1.1 1.7 0",
    ),
    "ok": _stroke("M5 12.8l4.4 4.4L19.2 7.4"),
    "look": _stroke("M12 4.2 21 19.6H3z", "M12 10v4.4", "M12 16.9v.2"),
    "stop": _stroke("M8.2 3.5h7.6l4.7 4.7v7.6l-4.7 4.7H8.2l-4.7-4.7V8.2z", "M8.6 12h6.8"),
    "copy": _stroke("M9 8.5h9.5V20H9z", "M6 15.5H5.5V4H15v1"),
    "clip": _stroke(
        "M20 11.2l-8.2 8.2a5.2 5.2 0 0 1-7.4-7.4l8.4-8.4a3.5 3.5 0 0 1 5 5l-8.3 8.2"
        "a1.7 1.7 0 0 1-2.5-2.5l7.6-7.5"
    ),
    "save": _stroke("M12 4v11", "M6.5 10 12 15.5 17.5 10", "M5 19.5h14"),
    "send": _stroke("M12 19.5V5", "M5.5 11.3 12 4.8l6.5 6.5"),
    "down": _stroke("M12 4.5V19", "M5.5 12.7 12 19.2l6.5-6.5"),
}
