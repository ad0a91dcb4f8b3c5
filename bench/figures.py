"""What the benchmark found: a figure of ours beside its floor, and how far apart they may be."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Figure:
    """Ours and the floor in one `unit`; `ratio` must be no more than `must`, and aims at `aim`."""

    name: str
    ours: float
    floor: float
    ratio: float
    unit: str = "µs"
    must: float | None = None
    aim: float | None = None

    @property
    def met(self) -> bool | None:
        """Whether it is as fast as it must be; None where nothing is asked."""
        return None if self.must is None else self.ratio <= self.must

    def __str__(self) -> str:
        asked = f"   must {self.must:g}x, aim {self.aim:g}x" if self.must and self.aim else ""
        missed = "   MISSED" if self.met is False else ""
        times = f"{self.ratio:8.1f}x" if self.ratio >= 0.1 else f"{self.ratio:8.4f}x"
        said = f"{self.ours:9.1f} {self.floor:9.1f} {times} {self.unit}"
        return f"{self.name:<32} {said}{asked}{missed}"


def write(figures: Iterable[Figure], file: Path) -> None:
    """All figures as JSON."""
    told = [{**asdict(each), "met": each.met} for each in figures]
    file.write_text(json.dumps(told, indent=1, ensure_ascii=False), encoding="utf-8")
