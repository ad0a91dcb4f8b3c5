"""Pictures: bars that read on a phone, drawn as SVG in light and dark, and as PNG for a chat without it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

import typst

from messages.formats import clip
from messages.languages import LAYOUTS
from messages.voice import drawing

Look = Literal["calm", "late", "most", "mark"]
"""What is in order or sure; what is late; what is possible; where the likely lies."""
WIDTH, EDGE = 342, 16
"""Points: as wide as a card on a phone, and the room at its sides."""
HEAD, STEP, FOOT, BASE = 58, 46, 40, 6
THICK, THIN = 12, 3
SANS = "system-ui, sans-serif"
SERIF = "Libertinus Serif"
"""Of the fonts that Typst brings along, the one that reads best small."""
LETTER = 7.4
"""Points that a letter takes, and the room in a row follows."""
KEPT = 16
"""How many pictures are remembered: one is shown, and then given away."""
SHARP = 288
"""Dots per inch: three for each of the 96 that a drawing counts."""


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a bar, its ends as shares of the whole width; a `mark` is a stroke where it begins."""

    look: Look
    begins: Fraction
    ends: Fraction


@dataclass(frozen=True, slots=True)
class Bar:
    """A row: its label, its amount in words, and the stretches that are drawn, one over the other."""

    label: str
    amount: str
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture before it is drawn; `legend` says what each look means where that is not plain."""

    title: str
    bars: tuple[Bar, ...]
    legend: tuple[tuple[Look, str], ...] = ()

    @property
    def said(self) -> str:
        """All of it in words."""
        return "; ".join(f"{bar.label}: {bar.amount}" for bar in self.bars)


def share(amount: int, whole: int) -> Fraction:
    """A share of the whole, between nothing and all of it."""
    return min(max(Fraction(amount, whole), Fraction(0)), Fraction(1)) if whole > 0 else Fraction(0)


def svg(chart: Chart) -> bytes:
    """The picture for a browser: it follows the reader's light or dark."""
    return _drawn(chart, SANS, is_still=False).encode()


@lru_cache(KEPT)
def png(chart: Chart) -> bytes:
    """The picture for a chat; the same chart gives the same bytes."""
    with TemporaryDirectory() as nothing:
        compiler = typst.Compiler(
            input=LAYOUTS / "picture.typ",
            root=LAYOUTS,
            font_paths=typst.Fonts(include_system_fonts=False, include_embedded_fonts=True),
            ignore_system_fonts=True,
            sys_inputs={"drawing": _drawn(chart, SERIF, is_still=True)},
            package_path=Path(nothing),
            package_cache_path=Path(nothing),
        )
        made = compiler.compile(format="png", ppi=SHARP)
    assert isinstance(made, bytes)
    return made


def _drawn(chart: Chart, font: str, *, is_still: bool) -> str:
    below = FOOT if chart.legend else BASE
    return drawing(
        "bars",
        width=WIDTH,
        edge=EDGE,
        height=HEAD + STEP * len(chart.bars) - STEP + 24 + below,
        title=chart.title,
        said=chart.said,
        font=font,
        still=is_still,
        bars=[_bar(bar, HEAD + STEP * at) for at, bar in enumerate(chart.bars)],
        legend=list(_legend(chart.legend)),
    )


def _bar(bar: Bar, y: int) -> dict[str, object]:
    room = int((WIDTH - 2 * EDGE) / LETTER) - len(bar.amount) - 1
    parts = [_part(part) for part in bar.parts]
    return {"label": clip(bar.label, room), "amount": bar.amount, "y": y, "parts": parts}


def _part(part: Part) -> dict[str, object]:
    wide = WIDTH - 2 * EDGE
    x, width = wide * part.begins, wide * (part.ends - part.begins)
    if part.look == "mark":
        return _shape("mark", min(max(x - Fraction(THIN, 2), Fraction(0)), Fraction(wide - THIN)))
    return _shape(part.look, x, max(width, Fraction(2)))


def _shape(look: Look, x: Fraction, width: Fraction = Fraction(THIN)) -> dict[str, object]:
    """A stretch, or a stroke that stands out above and below it."""
    is_mark = look == "mark"
    return {
        "look": look,
        "x": round(float(EDGE + x), 1),
        "width": round(float(width), 1),
        "above": 5 if is_mark else 8,
        "height": THICK + 6 if is_mark else THICK,
        "round": 1 if is_mark else 3,
    }


def _legend(legend: Sequence[tuple[Look, str]]) -> Iterator[dict[str, object]]:
    x = 0.0
    for look, words in legend:
        yield _shape(look, Fraction(x), Fraction(THIN if look == "mark" else THICK)) | {
            "words": words,
            "above": -3 if look == "mark" else 0,
        }
        x += 12 + 6 + len(words) * 6.6 + 14
