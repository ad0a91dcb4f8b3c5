"""What could not be read is told by line and file, and that there is more of it."""

from __future__ import annotations

from bot.documents import Problem
from handlers.desk.faults import SHOWN, told
from tests.handlers.talk import Talk

BAD = Problem("bad_date", line=3, facts={"value": "2026-02-30"})


def test_each_is_told_and_that_there_is_more(talk: Talk) -> None:
    with talk.desk() as desk:
        checks = told([BAD] * (SHOWN + 2), desk)
    assert len(checks) == SHOWN + 1 and {check.state for check in checks} == {"stop"}
    assert "2026-02-30" in checks[0].text and checks[-1].text == "and 2 more"


def test_where_there_are_several_files_each_is_told_with_its_own(talk: Talk) -> None:
    with talk.desk() as desk:
        plain, named = told([BAD, Problem(BAD.code, 3, BAD.facts, "list.csv")], desk)
    assert named.text == f"list.csv: {plain.text}"
