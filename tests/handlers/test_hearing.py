"""Replies as JSON lines: what each says, and what is said of a line that is none."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from handlers.hearing import answers
from messages.ear.answers import hear

ROOT = Path(__file__).parents[2]
REPLY: dict[str, Any] = {
    "id": "r1",
    "today": "2026-11-26",
    "context": {"invoice_number": "7", "currency": "NOK", "amount_due": "4000.00", "due_date": "2026-11-01"},
    "text": "betaler 1 500 i dag og resten 15. desember",
}
OFFER = {"instalments": 4, "amount_each": "1000.00", "first_date": "2026-12-15", "interval": "monthly"}


def told(*lines: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in answers(lines, hear)]


def line(**changes: Any) -> bytes:
    return json.dumps({**REPLY, **changes}, ensure_ascii=False).encode()


def context(**changes: Any) -> bytes:
    return line(context={**REPLY["context"], **changes})


def test_a_reply_is_told_in_full() -> None:
    (said,) = told(line())
    assert said == {
        "id": "r1",
        "primary": "partial_payment",
        "intents": ["partial_payment", "promise_to_pay"],
        "promised": [{"date": "2026-11-26", "amount": "1500.00"}, {"date": "2026-12-15", "amount": None}],
        "plan": None,
        "dispute_reason": None,
        "should_pause_chasing": True,
        "pause_until": "2026-11-26",
        "needs_human": False,
        "unsure": None,
        "quotes": [
            {"intent": "partial_payment", "text": REPLY["text"]},
            {"intent": "promise_to_pay", "text": REPLY["text"]},
        ],
    }


def test_labels_are_never_looked_at() -> None:
    assert told(line(intents=["bounce"], primary="bounce", promised=[], lang="fi")) == told(line())


def test_an_accepted_plan_is_the_one_offered_and_reasons_have_their_names() -> None:
    accepted, disputed = told(
        line(text="ja takk", context={**REPLY["context"], "offered_plan": OFFER}),
        line(text="Varene har aldri kommet."),
    )
    assert accepted["intents"] == ["plan_accept"] and accepted["plan"] == OFFER
    assert disputed["dispute_reason"] == "not_received_goods" and disputed["pause_until"] is None


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        (b"{", ""), (b"\xff\xfe", ""), (b"[]", "the line must be an object"), (b"[" * 100_000, ""),
        (line(text=None), "text must be a string"), (line(today="26.11.2026"), "today must be a date"),
        (line(context=None), "context must be an object"), (context(currency="kr"), "context.currency"),
        (context(amount_due="mye"), "context.amount_due"), (context(amount_due="NaN"), "context.amount_due"),
        (context(amount_due="1.005"), "context.amount_due"), (context(due_date="x"), "context.due_date"),
        (context(offered_plan={"instalments": "4"}), "context.offered_plan.instalments"),
        (context(offered_plan={"interval": "daily"}), "context.offered_plan.interval"),
    ],
)  # fmt: skip
def test_a_bad_line_is_told_so_and_the_rest_goes_on(bad: bytes, why: str) -> None:
    first, wrong, last = told(line(), bad, line())
    assert first == last and wrong["line"] == 2 and wrong["error"] and why in wrong["error"]


def test_blank_lines_are_passed_over_and_half_a_letter_is_kept() -> None:
    (said,) = told(b"\n", b"  \n", b'{"id": "\\ud800", "today": "2026-11-26", "text": "ja", "context": '
                   b'{"currency": "NOK", "amount_due": "1.00"}}')  # fmt: skip
    assert said["id"] == "\ud800"


def test_the_command_line_reads_and_writes_lines() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "bot", "hear", "--json"],
        input=line() + b"\nnonsense\n",
        capture_output=True,
        cwd=ROOT,
        check=True,
    )
    first, second = (json.loads(one) for one in run.stdout.splitlines())
    assert first["primary"] == "partial_payment" and "error" in second
