"""Questions to the law as JSON: a line in and a line out, what is refused, and the worked cases."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from handlers.asking import answers

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"

ASKED: dict[str, Any] = {
    "id": "q1",
    "country": "DK",
    "debtor": "business",
    "on": "2026-03-19",
    "claim": {
        "amount": "15000.00",
        "due": "2026-02-16",
        "due_agreed": True,
        "payments": [{"date": "2026-03-01", "amount": "5000"}],
    },
    "letters": [
        {"kind": "reminder", "sent": "2026-03-02", "deadline": "2026-03-12", "fee": "100"},
        {"kind": "final_notice", "sent": "2026-03-14", "deadline": "2026-03-24", "fee": "100.00"},
    ],
}


def told(*lines: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in answers(lines)]


def asking(asked: object) -> dict[str, Any]:
    return told(json.dumps(asked).encode())[0]


def with_(path: str, value: object) -> dict[str, Any]:
    asked = deepcopy(ASKED)
    at: Any = asked
    *steps, last = path.split(".")
    for step in steps:
        at = at[int(step)] if step.isdigit() else at[step]
    at[int(last) if last.isdigit() else last] = value
    return asked


def test_an_answer_holds_every_field() -> None:
    assert asking(ASKED) == {
        "id": "q1",
        "due_effective": "2026-02-16",
        "overdue": True,
        "days_overdue": 31,
        "reminder": {"may_send": True, "may_charge": False, "max_fee": None, "fee_from": "2026-03-25"},
        "final_notice": {
            "term": "inkassovarsel",
            "may_send": True,
            "may_charge": False,
            "max_fee": None,
            "fee_from": "2026-03-25",
            "min_deadline": "2026-03-29",
        },
        "demand": None,
        "escalate": {
            "may": False,
            "from": "2026-03-25",
            "routes": ["agency", "payment_order"],
            "max_fee": None,
        },
        "letters": [{"valid": True, "fee": "100"}, {"valid": True, "fee": "100"}],
        "compensation": "310",
        "plan_fee": None,
        "interest": {
            "from": "2026-02-17",
            "amount": "100.17",
            "segments": [
                {
                    "from": "2026-02-17",
                    "to": "2026-03-01",
                    "principal": "15000.00",
                    "rate": "9.75",
                    "days": 13,
                },
                {
                    "from": "2026-03-02",
                    "to": "2026-03-19",
                    "principal": "10000.00",
                    "rate": "9.75",
                    "days": 18,
                },
            ],
        },
        "owed": {
            "principal": "10000.00",
            "claimable": "10000.00",
            "fees": "200",
            "charges": "510",
            "interest": "100.17",
            "total": "10610.17",
        },
        "limitation": {"bars_on": "2029-03-01", "barred": False},
        "refusals": [],
        "unsure": [],
        "citations": [
            "renteloven § 9 b",
            "inkassoloven § 10",
            "retsplejeloven § 477 a",
            "bekendtgørelse 601/2002 § 2",
            "renteloven § 9 a",
            "renteloven §§ 3, 5",
            "forældelsesloven §§ 3, 5, 15, 27",
        ],
    }


def shape(value: object) -> object:
    return {name: shape(part) for name, part in value.items()} if isinstance(value, dict) else None


def test_a_refused_answer_has_the_same_fields_all_false_null_or_empty() -> None:
    for refused, code in (
        (with_("debtor", "charity"), "invalid_input"),
        (with_("country", "GB"), "country_unsupported"),
    ):
        answer = asking(refused)
        assert answer.pop("refusals") == [code] and answer.pop("id") == "q1"
        whole = asking(ASKED)
        assert answer.pop("interest") is None and whole.pop("interest")
        del whole["id"], whole["refusals"]
        assert shape(answer) == shape(whole)
        assert not any(leaves(answer))


def leaves(value: object) -> list[object]:
    return [leaf for part in value.values() for leaf in leaves(part)] if isinstance(value, dict) else [value]


def test_without_a_due_date_the_norwegian_demand_is_there_and_closed() -> None:
    answer = asking({"id": "q", "country": "NO", "on": "2026-03-19", "claim": {"amount": "100.00"}})
    assert answer["refusals"] == ["due_missing"] and answer["owed"]["principal"] == "100.00"
    assert answer["demand"] == {
        "may_send": False, "may_charge": False, "max_fee": None, "from": None, "min_deadline": None
    }  # fmt: skip


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("country", None), ("country", 47), ("country", ["NO"]),
        ("on", None), ("on", "2026-02-29"), ("on", "2026-13-01"), ("on", "19.03.2026"), ("on", "20260319"),
        ("on", "2026-W12-4"), ("on", "2026-03-19T10:00"), ("on", "2026-3-19"), ("on", ""), ("on", 20260319),
        ("on", "٢٠٢٦-03-19"), ("on", "0001-01-01"), ("on", "9999-12-31"), ("on", " 2026-03-19"),
        ("debtor", "Business"), ("debtor", ""), ("debtor", 1), ("debtor", ["business"]),
        ("claim", None), ("claim", []), ("claim", "15000.00"),
        ("claim.amount", None), ("claim.amount", 15000), ("claim.amount", 15000.0), ("claim.amount", "-1.00"),
        ("claim.amount", "15 000.00"), ("claim.amount", "15000,00"), ("claim.amount", "1e4"),
        ("claim.amount", "NaN"), ("claim.amount", "+1"), ("claim.amount", ""), ("claim.amount", "1.005"),
        ("claim.amount", "9" * 40), ("claim.amount", "1."), ("claim.amount", ".5"), ("claim.amount", True),
        ("claim.currency", "kr"), ("claim.currency", "dkk"), ("claim.currency", 1), ("claim.currency", ""),
        ("claim.due", "2026-02-30"), ("claim.due", False), ("claim.issued", "soon"), ("claim.arose", 0),
        ("claim.demand_sent", "2025-02-29"), ("claim.due_agreed", "yes"), ("claim.due_agreed", 1),
        ("claim.fee_agreed", "true"), ("claim.demand_mentions_interest", 0), ("claim.continuous_service", ""),
        ("claim.interest_rate_agreed", 18), ("claim.interest_rate_agreed", "-1.00"),
        ("claim.interest_rate_agreed", "18 %"), ("claim.payments", {}), ("claim.payments", "none"),
        ("claim.payments", [None]), ("claim.payments", [{"date": "2026-03-01"}]),
        ("claim.payments", [{"amount": "1.00"}]), ("claim.payments.0.amount", "-5.00"),
        ("claim.payments.0.amount", 5), ("claim.payments.0.date", "2026-06-31"),
        ("letters", {}), ("letters", ["reminder"]), ("letters.0.kind", "nudge"), ("letters.0.kind", None),
        ("letters.0.sent", None), ("letters.0.sent", "2026-02-29"), ("letters.0.deadline", "2026-02-29"),
        ("letters.0.fee", 100), ("letters.0.fee", "-100"), ("letters.0.received", "yesterday"),
        ("letters.0.earlier_invoice", "no"), ("letters.1", {"kind": "reminder"}),
        ("letters.1", {"sent": "2026-03-02"}),
        ("disputed", "true"), ("disputed", 1), ("disputed_amount", "-1.00"), ("disputed_amount", 1),
        ("acknowledged", True), ("acknowledged", "2026-04-31"), ("acknowledged_sum", "yes"),
        ("plan_kept", 0), ("insolvent", "no"), ("handed_over", "2026-00-10"), ("handed_over", False),
    ],
)  # fmt: skip
def test_what_breaks_a_type_is_refused_by_its_id(path: str, value: object) -> None:
    answer = asking(with_(path, value))
    assert answer["refusals"] == ["invalid_input"] and answer["id"] == "q1"
    assert answer["overdue"] is False and answer["interest"] is None and answer["owed"]["principal"] is None


@pytest.mark.parametrize("field", ["country", "on", "claim"])
def test_what_must_be_there_is_missed(field: str) -> None:
    asked = {name: value for name, value in ASKED.items() if name != field}
    assert asking(asked)["refusals"] == ["invalid_input"]


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("claim.issued", None),
        ("claim.currency", None),
        ("claim.demand_sent", None),
        ("claim.interest_rate_agreed", None),
        ("letters.0.received", None),
        ("disputed_amount", None),
        ("handed_over", None),
        ("claim.colour", "blue"),
        ("mood", {"a": [1.5]}),
    ],
)
def test_null_is_a_default_and_what_is_unknown_is_ignored(path: str, value: object) -> None:
    assert asking(with_(path, value)) == asking(ASKED)


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"{",
        b"[]",
        b'"q1"',
        b"null",
        b"nonsense",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"id": 7}',
        b'{"on": "2026-01-01"}',
    ],
)
def test_a_line_that_cannot_be_read_has_no_id_and_the_run_goes_on(line: bytes) -> None:
    first, second = told(line, json.dumps(ASKED).encode())
    assert first["id"] is None and first["refusals"] == ["invalid_input"]
    assert second == asking(ASKED)


def test_answers_come_in_the_order_of_the_questions() -> None:
    lines = [json.dumps({**ASKED, "id": str(n)}).encode() + b"\r\n" for n in range(20)]
    assert [answer["id"] for answer in told(*lines)] == [str(n) for n in range(20)]


@pytest.mark.parametrize("name", ["åäö", "q\n1", "\ud800", "", "日本"])
def test_an_id_comes_back_as_it_was(name: str) -> None:
    assert asking({**ASKED, "id": name})["id"] == name


def test_a_byte_order_mark_is_no_part_of_the_question() -> None:
    assert told(b"\xef\xbb\xbf" + json.dumps(ASKED).encode())[0] == asking(ASKED)


def test_the_command_answers_and_loads_neither_app_nor_database() -> None:
    program = (
        "import sys\nfrom typer.testing import CliRunner\nfrom handlers.cli import shell\n"
        "done = CliRunner().invoke(shell, ['law', '--json'], input=sys.stdin.buffer.read())\n"
        "assert done.exit_code == 0, done.output\n"
        "heavy = {'sqlalchemy', 'starlette', 'handlers.app', 'handlers.platforms', 'dbos'}\n"
        "loaded = heavy & set(sys.modules)\n"
        "assert not loaded, loaded\nsys.stdout.buffer.write(done.stdout_bytes)"
    )
    line = json.dumps(ASKED).encode() + b"\n"
    done = subprocess.run(
        [sys.executable, "-c", program], input=line + b"?\n", capture_output=True, cwd=ROOT, check=False
    )
    assert done.returncode == 0, done.stderr
    first, second = (json.loads(text) for text in done.stdout.splitlines())
    assert first == asking(ASKED) and second["refusals"] == ["invalid_input"]


@cache
def scorer() -> Any:
    spec = importlib.util.spec_from_file_location("score_law", SHARED / "tools" / "score_law.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def cases() -> list[dict[str, Any]]:
    file = SHARED / "law" / "cases.jsonl"
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()] if file.exists() else []


@pytest.mark.shared
@pytest.mark.skipif(not cases(), reason="no shared cases beside the checkout")
@pytest.mark.parametrize("case", cases(), ids=lambda case: case["id"])
def test_a_worked_case(case: dict[str, Any]) -> None:
    answer = asking({"id": case["id"], **case["ask"]})
    verdict = scorer().judge(case, {case["id"]: answer})
    assert verdict.passed, (case["title"], case["basis"], verdict.faults)
