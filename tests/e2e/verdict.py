"""The verdict: recorded calls before the judges, who did not write the product."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.e2e.ground import BUILD, JUDGE
from tests.e2e.running import Stuck

JUDGES = ("tsc_check.py", "limits_check.py")
WORDS = ("text", "caption", "callback_query_id")


def judge(tapes: Sequence[Path], together: Path) -> str:
    """Put the tapes before both judges; what they reject is raised, else what they looked at is told."""
    lines = [line for tape in tapes if tape.is_file() for line in tape.read_text("utf-8").splitlines()]
    together.write_text("".join(f"{json.dumps(_decoded(json.loads(line)))}\n" for line in lines), "utf-8")
    return "; ".join(_asked(name, together) for name in JUDGES)


def _decoded(call: dict[str, Any]) -> dict[str, Any]:
    """A call to the Bot API, its fields read as Telegram reads a form; the recorder leaves them as text.

    The stand-in counts its callbacks from 1. Telegram's have nineteen digits, and the judge tells by that.
    """
    if "/bot" not in call["path"]:
        return call
    fields = {k: v if k in WORDS else _value(v) for k, v in call["params"].items()}
    if ident := fields.get("callback_query_id"):
        fields["callback_query_id"] = ident.zfill(19)
    return {**call, "params": fields}


def _value(sent: Any) -> Any:
    if isinstance(sent, str) and (sent in ("true", "false") or sent[:1] in ("{", "[")):
        return json.loads(sent)
    return sent


def _asked(name: str, calls: Path) -> str:
    command = [sys.executable, str(JUDGE / name), str(calls), str(BUILD)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Stuck(f"{name} on {calls}:\n{(done.stdout + done.stderr)[-3000:]}")
    return done.stdout.strip().splitlines()[-1]
