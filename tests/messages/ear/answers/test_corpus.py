"""Our own labelled replies, and those beside the checkout, are heard as well as when last measured."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from bot.hearing import Asked, Hearing, Terms
from bot.money import Money
from messages.ear.answers import hear
from messages.ear.answers.weights import FILE, LABELS

OWN = Path(__file__).parents[3] / "corpus" / "replies"
CLOSED = OWN.parent / "closed"
"""Replies that nothing is learnt from, and by which no word was chosen."""
SHARED = Path(__file__).parents[4].parent / "shared" / "replies"
Reply = Mapping[str, Any]


@dataclass(frozen=True)
class Measured:
    """Shares of replies: of those that must stop, paused; of those that must not, not paused; and so on."""

    stopped: float
    timed: float
    chased: float
    primary: float
    promised: float
    planned: float


def replies(file: Path, every: int = 1) -> Iterator[Reply]:
    """The replies of a file, or one of `every` so many."""
    for line in file.read_text(encoding="utf-8").splitlines():
        reply = json.loads(line)
        if sha256(f"sample {reply['id']}".encode()).digest()[0] % every == 0:
            yield reply


def asked(reply: Reply) -> Asked:
    context = reply["context"]
    currency = context["currency"]
    return Asked(
        today=date.fromisoformat(reply["today"]),
        owed=Money.of(context["amount_due"], currency),
        offered=terms(context.get("offered_plan"), currency),
    )


def terms(plan: Mapping[str, Any] | None, currency: str) -> Terms | None:
    if plan is None:
        return None
    return Terms(
        instalments=plan["instalments"],
        amount_each=Money.of(plan["amount_each"], currency) if plan["amount_each"] else None,
        first_day=date.fromisoformat(plan["first_date"]) if plan["first_date"] else None,
        interval=plan["interval"],
    )


def offered(reply: Reply) -> list[tuple[str, str]]:
    rows = [(one["date"] or "", one["amount"] or "") for one in reply["promised"]]
    return sorted(row for row in rows if any(row))


def offered_as_heard(said: Hearing) -> list[tuple[str, str]]:
    rows = [
        (one.day.isoformat() if one.day else "", f"{one.amount.decimal:.2f}" if one.amount else "")
        for one in said.promised
    ]
    return sorted(row for row in rows if any(row))


def share(right: Iterable[bool]) -> float:
    found = list(right)
    return sum(found) / len(found) if found else 1.0


def measure(given: Iterable[Reply]) -> Measured:
    heard = [(reply, hear(reply["text"], asked(reply))) for reply in given]
    pausing = [(reply, said) for reply, said in heard if reply["should_pause_chasing"]]
    return Measured(
        stopped=share(said.pauses for reply, said in pausing if not reply["pause_until"]),
        timed=share(said.pauses for reply, said in pausing if reply["pause_until"]),
        chased=share(not said.pauses for reply, said in heard if not reply["should_pause_chasing"]),
        primary=share(said.primary == reply["primary"] for reply, said in heard),
        promised=share(offered(reply) == offered_as_heard(said) for reply, said in heard if offered(reply)),
        planned=share(
            said.plan == terms(reply["plan"], reply["context"]["currency"])
            for reply, said in heard
            if reply["plan"]
        ),
    )


def test_our_own_replies_are_heard() -> None:
    got = measure(reply for file in sorted(OWN.glob("*.jsonl")) for reply in replies(file, every=4))
    assert got.stopped >= 0.96 and got.timed >= 0.88 and got.chased >= 0.88, got
    assert got.primary >= 0.92 and got.promised >= 0.85 and got.planned >= 0.80, got


def test_replies_that_nothing_was_learnt_from_are_heard() -> None:
    got = measure(reply for file in sorted(CLOSED.glob("*.jsonl")) for reply in replies(file))
    assert got.stopped >= 0.97 and got.timed >= 0.97 and got.chased >= 0.82, got
    assert got.primary >= 0.90 and got.promised >= 0.88 and got.planned >= 0.85, got


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="no shared replies beside the checkout")
def test_the_shared_replies_are_heard() -> None:
    got = measure(replies(SHARED / "dev.jsonl"))
    assert got.stopped >= 0.95 and got.timed >= 0.93 and got.chased >= 0.88, got
    assert got.primary >= 0.86 and got.promised >= 0.82 and got.planned >= 0.75, got


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="no shared replies beside the checkout")
def test_no_hostile_reply_lets_the_chase_go_on() -> None:
    got = measure(replies(SHARED / "adversarial.jsonl"))
    assert got.stopped == 1.0 and got.timed == 1.0, got


def test_the_weights_that_are_kept_are_whole() -> None:
    for line in FILE.read_text(encoding="utf-8").splitlines():
        feature, *entries = line.split("\t")
        assert feature and entries
        assert all(0 <= int(entry.split(":")[0]) < len(LABELS) for entry in entries)
