"""A week of a bakery in Estonia, played in a copy to which the country of the page was added."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from tests.handlers.stage import BAKERY, Clock, House
from tests.handlers.talk import MORNING, NOWHERE, Talk

TALLINN = replace(
    BAKERY,
    country="EE",
    zone="Europe/Tallinn",
    number="",
    scheme="rf",
    sends="self",
    account="EE382200221020145685",
)
LIST = """Invoice,Customer,Amount,Currency,Issued,Due,To pay
7001,Zebra Foto OÜ,900.00,EUR,2026-10-01,2026-11-25,900.00
"""


def test_a_letter_goes_out_is_contested_and_becomes_evidence(tmp_path: Path) -> None:
    talk = Talk(House(tmp_path, NOWHERE, TALLINN, Clock(MORNING)))
    talk.drops("list.csv", LIST)
    talk.presses("Take it in")
    talk.house.clock.at += timedelta(days=9)
    assert "nine days late, first reminder" in talk.says("today")
    talk.says("Zebra")
    talk.presses("Draft")
    assert "EE38 2200 2210 2014 5685" in talk.presses("English")
    assert "sent it" in talk.presses("Copy, I sent it")
    assert "not verified" in talk.says("law 7001")
    assert ".zip" in talk.says("evidence pack 7001")
    talk.says("reply from Zebra: You sent the wrong goods, I dispute it.")
    talk.presses("Means something else")
    talk.presses("They disagree")
    talk.presses("Save")
    talk.house.clock.at += timedelta(days=8)
    talk.says("Zebra")
    assert "the court (maakohus)" in talk.presses("Settle the dispute")
    assert "formal demand (maksenõue)" in talk.says("what now 7001")
