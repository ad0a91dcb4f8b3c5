"""Pictures: well formed, within their edges, in light and dark, and the same in a chat."""

from __future__ import annotations

import re
import struct
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from messages.pictures import EDGE, THICK, WIDTH, Bar, Chart, Part, png, share, svg

HALF, WHOLE = Fraction(1, 2), Fraction(1)
PLAIN = Chart(
    "Owed, by age",
    (
        Bar("Not late", "12 500 kr", (Part("calm", Fraction(0), WHOLE),)),
        Bar("30–59 days late", "6 250 kr", (Part("late", Fraction(0), HALF), Part("mark", HALF, HALF))),
    ),
    (("calm", "at least"), ("mark", "likely"), ("most", "at most")),
)
NAMES = {"s": "http://www.w3.org/2000/svg"}
WORDS = st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn"]), min_size=1, max_size=40)
SHARES = st.fractions(0, 1)


def drawn(chart: Chart) -> etree._Element:
    return etree.fromstring(svg(chart))


def found(chart: Chart, path: str) -> list[str]:
    nodes = drawn(chart).xpath(path, namespaces=NAMES)
    assert isinstance(nodes, list)
    return [str(each) for each in nodes]


def luminance(colour: str) -> float:
    channels = (int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_it_is_named_and_told_in_words_for_those_who_do_not_see_it() -> None:
    assert found(PLAIN, "/s:svg/s:title/text()") == ["Owed, by age"]
    assert found(PLAIN, "/s:svg/s:desc/text()") == ["Not late: 12 500 kr; 30–59 days late: 6 250 kr"]
    assert found(PLAIN, "/s:svg/@role") == ["img"]


def test_a_stretch_is_as_long_as_its_share() -> None:
    wide = WIDTH - 2 * EDGE
    assert [float(w) for w in found(PLAIN, "//s:rect[@class='calm']/@width")] == [wide, THICK]
    assert [float(w) for w in found(PLAIN, "//s:rect[@class='late']/@width")] == [wide / 2]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_and_stretches_stand_out_from_their_ground(scheme: str) -> None:
    styles = svg(PLAIN).decode().partition("@media")
    colours = dict(re.findall(r"\.(\w+) { fill: (#\w{6}) }", styles[0 if scheme == "light" else 2]))
    for words in ("ink", "soft"):
        assert contrast(colours[words], colours["ground"]) >= 4.5, words
    for stretch in ("calm", "late", "mark"):
        assert contrast(colours[stretch], colours["ground"]) >= 3, stretch
    for one, other in (("calm", "late"), ("calm", "most"), ("mark", "most"), ("calm", "track")):
        assert contrast(colours[one], colours[other]) >= 1.5, f"{one} beside {other}"


@settings(max_examples=40)
@given(WORDS, st.lists(st.tuples(WORDS, WORDS, SHARES, SHARES), min_size=1, max_size=8))
def test_any_words_are_words_and_everything_lies_within(
    title: str, rows: list[tuple[str, str, Fraction, Fraction]]
) -> None:
    bars = tuple(
        Bar(label, amount, (Part("most", Fraction(0), end), Part("mark", likely, likely)))
        for label, amount, end, likely in rows
    )
    root = drawn(Chart(title, bars))
    height = float(str(root.get("height")))
    for each in root.iterfind(".//s:rect", NAMES):
        x, y, width = (float(str(each.get(name, "0"))) for name in ("x", "y", "width"))
        assert x >= 0 and x + width <= WIDTH + 0.1 and 0 <= y < height
    assert root.findtext("s:title", namespaces=NAMES) == title


def test_a_chat_gets_the_same_as_a_png_sharp_enough_for_a_phone() -> None:
    made = png(PLAIN)
    assert made.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", made[16:24])
    assert abs(width - WIDTH * 3) <= 3 and abs(height - float(found(PLAIN, "/s:svg/@height")[0]) * 3) <= 3
    assert made == png(PLAIN)


def test_a_share_is_never_less_than_nothing_or_more_than_all() -> None:
    assert [share(*pair) for pair in ((1, 2), (-1, 2), (3, 2), (1, 0))] == [HALF, 0, 1, 0]
