"""Weights: how likely a sentence says each thing; learnt from our own examples by `make ear`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from math import exp
from pathlib import Path
from typing import get_args

from bot.disputes import REASONS
from bot.hearing import Intent
from messages.ear.answers.evidence import Row
from messages.ear.answers.features import SPELT, features

FILE = Path(__file__).with_name("weights.tsv")
INTENTS: tuple[Intent, ...] = get_args(Intent)
LABELS: tuple[str, ...] = (*INTENTS, *REASONS)
"""What is learnt: the intents, and the reasons of disputes."""
SCALE = 20
"""Weights are kept as whole numbers of twentieths."""
LEAST = 20
"""What letters weigh is kept from here on: less is more often chance than sense."""
FLOOR = 30.0
ALWAYS = "always"
"""The feature that every sentence has."""

Weights = Mapping[str, tuple[tuple[int, int], ...]]


def chances(row: Row) -> Mapping[str, float]:
    """How likely each label is for a sentence, between nothing and one."""
    return {label: chance(score) for label, score in scores(row).items()}


def scores(row: Row) -> Mapping[str, float]:
    """How much a sentence speaks for each label, or against it."""
    return summed({ALWAYS: 1.0, **features(row)})


def summed(found: Mapping[str, float]) -> Mapping[str, float]:
    """What features weigh together, for each label."""
    sums = [0.0] * len(LABELS)
    known = weights()
    for feature, much in found.items():
        for label, weight in known.get(feature, ()):
            sums[label] += weight * much
    return {label: total / SCALE for label, total in zip(LABELS, sums, strict=True)}


def chance(score: float) -> float:
    """How likely something is that scores so much, between nothing and one."""
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
        least = LEAST if feature.startswith(SPELT) else LEAST // 10
        kept = [f"{at}:{weight}" for at, weight in entries if abs(weight) >= least]
        if kept:
            lines.append("\t".join((feature, *kept)))
    return "\n".join(lines) + "\n"
