"""The end-to-end run: `python -m tests.e2e`, or parts of it, as in `python -m tests.e2e telegram fi`."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from signal import SIGKILL

from bot.parties import LANGUAGES
from tests.e2e import burst, faults, mailbox, plays, proof, stopping
from tests.e2e.ground import BUILD, Missing, prepare
from tests.e2e.plays import Part
from tests.e2e.telling import Report, tell
from tests.e2e.verdict import judge

PARTS: Mapping[str, Part] = {
    "standins": proof.run,
    "mailbox dovecot": mailbox.run,
    **dict(part for language in LANGUAGES for part in plays.parts(language)),
    "faults": faults.run,
    "burst slack http": burst.over_http,
    "burst slack socket": burst.by_socket,
    "burst telegram": burst.on_telegram,
    "sigterm slack": stopping.on_slack,
    "sigterm telegram": stopping.on_telegram,
    "sigkill slack": partial(stopping.on_slack, how=SIGKILL),
    "sigkill telegram": partial(stopping.on_telegram, how=SIGKILL),
}


def main(asked: Sequence[str]) -> int:
    """Run what is asked for, or everything; the exit code tells whether all went well."""
    try:
        prepare()
    except Missing as missing:
        tell(str(missing))
        return 2
    report, run = Report(), Path(tempfile.mkdtemp(prefix="run-", dir=BUILD))
    for name, part in PARTS.items():
        if not asked or all(word in name.split() for word in asked):
            with report.scene(name):
                part(report, run / name.replace(" ", "-"))
    _judge(report, run)
    if report.failed:
        tell(f"\nLogs and tapes are in {run}")
    else:
        shutil.rmtree(run)
    return report.summary()


def _judge(report: Report, run: Path) -> None:
    """Every call that was recorded, before the judges."""
    with report.scene("verdict"):
        for name in ("slack", "tg"):
            tapes = sorted(run.glob(f"*/{name}.jsonl"))
            if tapes:
                with report.step(f"the judges reject nothing of {name}"):
                    tell(f"          {judge(tapes, run / f'{name}.jsonl')}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
