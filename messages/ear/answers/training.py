"""Training: learns the weights from labelled sentences and replies (`make ear`, with the workshop's tools).

A sentence teaches what it says. A reply teaches what none of its sentences says; of what it does say, only
the sentence that says it most, by what the lone ones taught. How far sentences and cues are to be believed
is taught by the replies, each heard as one that nothing was learnt from: by the lone sentences alone. The
same examples give the same weights.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, vstack
from sklearn.linear_model import LogisticRegression

from bot.hearing import Intent
from messages.ear.answers.evidence import Row, evidence
from messages.ear.answers.features import SPELT, features
from messages.ear.answers.intents import hearing_of
from messages.ear.answers.judging import ALL, denied, judging
from messages.ear.answers.weights import ALWAYS, FILE, INTENTS, LABELS, LEAST, SCALE, written

FEWEST = 3
"""How often a feature must be met to be learnt."""
STRENGTH = 10.0
"""How much an example is believed: the less, the smaller all weights."""
SOME_DAY = date(2026, 11, 25)
"""The day of sentences that stand alone; which it is does not matter."""
REASONS = {"not_received_goods": "not_received", "duplicate_invoice": "duplicate"}
"""The reasons that the examples' labels call otherwise than Purr does."""
NOTHING = "none"

Learnt = Mapping[str, Sequence[float]]


@dataclass(frozen=True, slots=True)
class Example:
    """A labelled text: the features of its sentences, and what it says; a lone sentence says all of it.

    Of a reply also what its cues tell, what they tell and the words deny, and whether a plan was offered.
    """

    rows: tuple[Mapping[str, float], ...]
    labels: frozenset[str]
    alone: bool
    cued: frozenset[Intent] = frozenset()
    denied: frozenset[Intent] = frozenset()
    offered: bool = False


def sentences(lines: Iterable[str]) -> Iterator[Example]:
    """Labelled sentences: a line each, under headings such as `## dispute/quality + promise_to_pay`."""
    labels: frozenset[str] = frozenset()
    for line in filter(None, map(str.strip, lines)):
        if line.startswith("## "):
            named = (part for label in line[3:].split("+") for part in label.strip().split("/"))
            labels = frozenset(REASONS.get(name, name) for name in named if name != NOTHING)
        elif rows := evidence(line, SOME_DAY, offered=False).rows:
            yield Example((_together(rows),), labels, alone=True)


def replies(lines: Iterable[str]) -> Iterator[Example]:
    """Labelled replies: an object a line."""
    for line in filter(None, lines):
        reply: Mapping[str, Any] = json.loads(line)
        reason = reply["dispute_reason"]
        named = [*reply["intents"], *((REASONS.get(reason, reason),) if reason else ())]
        context = reply.get("context", {})
        offered = bool(context.get("offered_plan"))
        said = evidence(reply["text"], date.fromisoformat(reply["today"]), offered=offered)
        if said.rows:
            cued = frozenset(hearing_of(said, Decimal(context.get("amount_due", 0))))
            rows = tuple(map(features, said.rows))
            yield Example(rows, frozenset(named), False, cued, denied(said), offered)


def _together(rows: Iterable[Row]) -> Mapping[str, float]:
    """The features of two short sentences that only make sense together."""
    return {feature: much for row in rows for feature, much in features(row).items()}


def learn(examples: Sequence[Example]) -> Learnt:
    """The weights that tell the labels of these examples best (logistic regression, a label at a time)."""
    often = Counter(feature for one in examples for row in one.rows for feature in row)
    known = {feature: at for at, feature in enumerate(sorted(f for f, n in often.items() if n >= FEWEST))}
    rarity = np.log(sum(len(one.rows) for one in examples) / np.array([often[f] for f in known])) / 7
    spelt = np.array([feature.startswith(SPELT) for feature in known])
    worth = np.where(spelt, rarity + 1 / 7, 1.0)
    alone = [one for one in examples if one.alone]
    whole = [one for one in examples if not one.alone]
    lone, within = _matrix(alone, known, worth), _matrix(whole, known, worth)
    owner = np.repeat(np.arange(len(whole)), [len(one.rows) for one in whole])
    least = np.where(spelt, LEAST / SCALE, 0.0)
    columns, scores = [], []
    for label in LABELS:
        said = np.array([label in one.labels for one in alone], dtype=bool)
        model = _fitted(lone, said)
        if whole and model:
            told = np.array([label in one.labels for one in whole], dtype=bool)
            scores.append(_scores(model, within, worth, least))
            kept, right = _witnesses(scores[-1], owner, told)
            model = _fitted(vstack([lone, within[kept]]), np.concatenate([said, right]))
        columns.append(
            [*(model.coef_[0] * worth), model.intercept_[0]] if model else [0.0] * (len(known) + 1)
        )
    table = np.array(columns).T
    sentences_ = dict(zip((*known, ALWAYS), table.tolist(), strict=True))
    return {**sentences_, **_judge(whole, np.array(scores).T)} if len(scores) == len(LABELS) else sentences_


def _scores(model: Any, rows: Any, worth: Any, least: Any) -> Any:
    """What the lone sentences alone make of rows; what weighs too little to be kept does not count."""
    weights = model.coef_[0] * (np.abs(model.coef_[0] * worth) >= least)
    return rows @ weights + model.intercept_[0]


def _judge(whole: Sequence[Example], scores: Any) -> Learnt:
    """What the features of whole replies weigh for each intent."""
    rows = iter(dict(zip(LABELS, row, strict=True)) for row in scores.tolist())
    found = [
        judging([next(rows) for _ in one.rows], one.cued, one.denied, offered=one.offered) for one in whole
    ]
    known = {name: at for at, name in enumerate(sorted({name for one in found for name in one}))}
    table = np.zeros((len(found), len(known)))
    for at, one in enumerate(found):
        table[at, [known[name] for name in one]] = list(one.values())
    learnt = np.zeros((len(known), len(LABELS)))
    for label in INTENTS:
        model = _fitted(table, np.array([label in one.labels for one in whole]), 1.0)
        if model:
            learnt[:, LABELS.index(label)] = model.coef_[0]
            learnt[known[ALL], LABELS.index(label)] += model.intercept_[0]
    return dict(zip(known, learnt.tolist(), strict=True))


def _witnesses(scores: Any, owner: Any, told: Any) -> tuple[Any, Any]:
    """Of replies that say something the sentence that says it most, of the others every one."""
    order = np.lexsort((scores, owner))
    last = np.append(owner[order][1:] != owner[order][:-1], True)
    most = np.zeros(len(owner), dtype=bool)
    most[order[last]] = True
    kept = np.flatnonzero(np.where(told[owner], most, True))
    return kept, told[owner][kept]


def _matrix(examples: Iterable[Example], known: Mapping[str, int], worth: Any) -> Any:
    """A line a sentence, a column a feature."""
    values: list[float] = []
    columns: list[int] = []
    ends = [0]
    for row in (row for one in examples for row in one.rows):
        met = sorted((known[feature], much) for feature, much in row.items() if feature in known)
        columns.extend(at for at, _ in met)
        values.extend(much * worth[at] for at, much in met)
        ends.append(len(columns))
    return csr_matrix((values, columns, ends), shape=(len(ends) - 1, len(known)))


def _fitted(rows: Any, right: Any, strength: float = STRENGTH) -> Any:
    """What tells apart the rows that are right; nothing where all are alike."""
    if right.all() or not right.any():
        return None
    return LogisticRegression(C=strength, solver="liblinear", random_state=0).fit(rows, right)


def read(folder: Path) -> Iterator[Example]:
    """The examples of a folder: sentences and replies, a file a language."""
    for file in sorted((folder / "sentences").glob("*.txt")):
        yield from sentences(file.read_text(encoding="utf-8").splitlines())
    for file in sorted((folder / "replies").glob("*.jsonl")):
        yield from replies(file.read_text(encoding="utf-8").splitlines())


def main(folder: str) -> None:
    """Learn from all examples of a folder, and write the weights down."""
    FILE.write_text(written(learn(tuple(read(Path(folder))))), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
