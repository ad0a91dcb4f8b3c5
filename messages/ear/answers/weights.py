"""Weights: how likely each intent is by the words of a reply; learnt from our own replies by `make ear`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from math import exp
from pathlib import Path
from typing import get_args

from bot.disputes import REASONS, Reason
from bot.hearing import Intent

FILE = Path(__file__).with_name("weights.tsv")
INTENTS: tuple[Intent, ...] = get_args(Intent)
LABELS: tuple[str, ...] = (*INTENTS, *REASONS)
"""What is learnt: the intents, and the reasons of disputes."""
SCALE = 100
"""Weights are kept as whole numbers of hundredths."""
FLOOR = 30.0

Weights = Mapping[str, tuple[tuple[int, int], ...]]


def chances(features: Iterable[str]) -> dict[Intent, float]:
    """How likely each intent is, between nothing and one."""
    return dict(zip(INTENTS, _likely(features), strict=False))


def reasons(features: Iterable[str]) -> dict[Reason, float]:
    """How likely each reason for a dispute is, between nothing and one."""
    return dict(zip(REASONS, _likely(features)[len(INTENTS) :], strict=True))


def _likely(features: Iterable[str]) -> list[float]:
    sums = [0] * len(LABELS)
    known = weights()
    for feature in features:
        for label, weight in known.get(feature, ()):
            sums[label] += weight
    return [chance(total / SCALE) for total in sums]


def chance(score: float) -> float:
    """A score as a chance."""
    return 1 / (1 + exp(-max(-FLOOR, min(FLOOR, score))))


@cache
def weights() -> Weights:
    """The weights as they were learnt: of each feature, the labels it speaks for or against."""
    if not FILE.exists():
        return {}
    lines = FILE.read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines)
    return {feature: tuple(_pair(entry) for entry in entries) for feature, *entries in rows}


def _pair(entry: str) -> tuple[int, int]:
    label, weight = entry.split(":")
    return int(label), int(weight)


def written(learnt: Mapping[str, Iterable[float]]) -> str:
    """Weights as a file keeps them; what is next to nothing is left out."""
    lines = []
    for feature in sorted(learnt):
        entries = [(at, round(weight * SCALE)) for at, weight in enumerate(learnt[feature])]
        kept = [f"{at}:{weight}" for at, weight in entries if abs(weight) >= SCALE // 20]
        if kept:
            lines.append("\t".join((feature, *kept)))
    return "\n".join(lines) + "\n"
