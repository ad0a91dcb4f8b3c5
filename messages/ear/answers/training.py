"""Training: learns the weights from labelled replies (`make ear`); the same replies give the same weights."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from math import sqrt
from pathlib import Path
from typing import Any

from messages.ear.answers.evidence import evidence
from messages.ear.answers.features import features
from messages.ear.answers.weights import FILE, LABELS, chance, written

ROUNDS = 14
RATE = 0.25
DECAY = 0.97
"""Of each weight so much is left after a round: what only one reply says is not believed too much."""
FEWEST = 2
SIZES = {"word": 0.6, "pair": 0.6, "kind": 0.6, "kinds": 0.5, "gram": 0.3}
"""How much a feature weighs beside a cue: words and their parts are many, and each says little."""

REASONS = {"not_received_goods": "not_received", "duplicate_invoice": "duplicate"}
"""The reasons that the replies' labels call otherwise than Purr does."""

Learnt = Mapping[str, Sequence[float]]


@dataclass(frozen=True, slots=True)
class Example:
    """A labelled reply: its features, and the labels it has, by number."""

    name: str
    features: tuple[str, ...]
    labels: frozenset[int]


def examples(replies: Iterable[Mapping[str, Any]]) -> Iterator[Example]:
    """Labelled replies as their features."""
    for reply in replies:
        offered = bool(reply["context"].get("offered_plan"))
        said = evidence(reply["text"], date.fromisoformat(reply["today"]), offered=offered)
        reason = reply["dispute_reason"]
        named = [*reply["intents"], *((REASONS.get(reason, reason),) if reason else ())]
        labels = frozenset(LABELS.index(label) for label in named)
        yield Example(reply["id"], tuple(sorted(features(said))), labels)


def learn(known: Collection[Example]) -> Learnt:
    """The weights that tell the labels of these replies best (logistic regression, AdaGrad)."""
    often = Counter(feature for one in known for feature in one.features)
    kept = {feature for feature, times in often.items() if times >= FEWEST}
    learnt = {feature: [0.0] * len(LABELS) for feature in kept}
    steps = {feature: [1e-3] * len(LABELS) for feature in kept}
    for number in range(ROUNDS):
        for one in sorted(known, key=lambda one: sha256(f"{number} {one.name}".encode()).digest()):
            _correct(learnt, steps, one)
            _correct(learnt, steps, _without_cues(one))
        for row in learnt.values():
            row[:] = [weight * DECAY for weight in row]
    return {feature: [weight * _size(feature) for weight in row] for feature, row in learnt.items()}


def _without_cues(one: Example) -> Example:
    """A reply as it would be if no cue had been known: words must tell what no cue foresaw."""
    return replace(one, features=tuple(x for x in one.features if not x.startswith(("cue:", "kind"))))


def _correct(learnt: Mapping[str, list[float]], steps: Mapping[str, list[float]], one: Example) -> None:
    """Move the weights a little towards what a reply should have been heard as."""
    rows = [(learnt[x], steps[x], _size(x)) for x in one.features if x in learnt]
    for label in range(len(LABELS)):
        score = sum(row[label] * size for row, _, size in rows)
        wrong = (label in one.labels) - chance(score)
        if abs(wrong) < 0.02:
            continue
        for row, step, size in rows:
            slope = wrong * size
            step[label] += slope * slope
            row[label] += RATE * slope / sqrt(step[label])


def _size(feature: str) -> float:
    return SIZES.get(feature.partition(":")[0], 1.0)


def read(folder: Path) -> Iterator[Mapping[str, Any]]:
    """The labelled replies of a folder, a file a language."""
    for file in sorted(folder.glob("*.jsonl")):
        yield from (json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line)


def main(folder: str) -> None:
    """Learn from all replies of a folder, and write the weights down."""
    FILE.write_text(written(learn(tuple(examples(read(Path(folder)))))), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
