"""The shared samples, where they are: every critical fact of the e-invoices, and no crash on any file."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from storage.readers import PROBLEMS, read

pytestmark = pytest.mark.shared

FOLDERS = ("ehf", "peppol", "en16931", "sfti", "xrechnung", "oioubl", "finvoice")


def facts(shared: Path) -> dict[str, dict[str, Any]]:
    listed: dict[str, dict[str, Any]] = json.loads((shared / "expected.json").read_text("utf-8"))["files"]
    return listed


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_critical_fact_of_a_folder_of_e_invoices(shared: Path, folder: str) -> None:
    listed = facts(shared).items()
    known = {n: of for n, of in listed if n.startswith(f"einvoice/{folder}/") and "must_be_refused" not in of}
    assert known
    for name, of in known.items():
        (found,) = read((shared / name).read_bytes(), name).documents
        due = of.get("due_date") or (of.get("due_date_from_terms") or {}).get("date")
        due = None if due and due.startswith("INVALID") else due
        slip = of.get("payable_amount") or of.get("payment_slip_amount")
        amount = slip or of["totals"]["TotalBalanceAmount"]
        assert (found.kind, found.number) == (of["kind"], of["number"]), name
        assert found.amount is not None, name
        assert found.amount.decimal == Decimal(amount), name
        assert found.amount.currency == of["currency"], name
        beside = {means.get("due") for means in of.get("payment_means", [])} - {None}
        assert (str(found.due) if found.due else None) in {due, *beside}, name
        hint = of["collectable_hint"]["value"]
        assert found.collectable in (hint, "ask" if found.why_not == "mixed_means" else hint), name


def test_the_reference_and_the_account_belong_to_one_means(shared: Path) -> None:
    for name, of in facts(shared).items():
        means = of.get("payment_means", [])
        if len(means) == 1 and means[0].get("payment_id"):
            (found,) = read((shared / name).read_bytes(), name).documents
            assert found.reference == means[0]["payment_id"], name
            assert found.account == "".join(means[0].get("account", "").split()), name


def test_no_file_of_the_tree_crashes_or_gives_nothing_to_say(shared: Path) -> None:
    for path in filter(Path.is_file, shared.rglob("*")):
        reading = read(path.read_bytes(), path.name)
        told = reading.documents or reading.receipts or reading.problems or reading.questions
        assert told or reading.through, path
        assert all(problem.code in PROBLEMS for problem in reading.problems), path


def test_what_must_be_refused_gives_no_fact(shared: Path) -> None:
    for name, of in facts(shared).items():
        if "must_be_refused" in of:
            reading = read((shared / name).read_bytes(), name)
            assert reading.problems, name
            assert (reading.documents, reading.receipts) == ((), ()), name
