"""The verdict: recorded calls before the judges, who did not write the product."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.e2e.ground import BUILD, JUDGE
from tests.e2e.running import Stuck

JUDGES = ("tsc_check.py", "limits_check.py")


def judge(tapes: Sequence[Path], together: Path) -> str:
    """Put the tapes before both judges; what they reject is raised, else what they looked at is told."""
    lines = [line for tape in tapes if tape.is_file() for line in tape.read_text("utf-8").splitlines()]
    together.write_text("\n".join(lines) + "\n", "utf-8")
    return "; ".join(_asked(name, together) for name in JUDGES)


def _asked(name: str, calls: Path) -> str:
    command = [sys.executable, str(JUDGE / name), str(calls), str(BUILD)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Stuck(f"{name} on {calls}:\n{(done.stdout + done.stderr)[-3000:]}")
    return done.stdout.strip().splitlines()[-1]
