"""What the run stands on: the judges beside the checkout, their npm parts, and free ports."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
JUDGE = ROOT.parent / "shared" / "judge"
BUILD = ROOT / "build" / "e2e"
PARTS = ("emulate@0.12.2", "typescript@5", "@slack/web-api@8", "@slack/types@3", "@grammyjs/types@5")
"""Pinned: the `latest` of emulate is an unrelated package."""


class Missing(Exception):
    """Something the run cannot do without, and what to do about it."""


def prepare() -> None:
    """See that everything is there; the npm parts are fetched the first time."""
    if not (JUDGE / "tg_spec_server.py").is_file():
        raise Missing(
            f"The judges are not at {JUDGE}: they are shared material that lies beside the checkout."
        )
    if not (shutil.which("node") and shutil.which("npm")):
        raise Missing("Node and npm are needed for the stand-ins; on Debian: apt-get install nodejs npm")
    BUILD.mkdir(parents=True, exist_ok=True)
    if _fetched() != list(PARTS):
        _npm()
    shutil.copy(JUDGE / "emulate_slack.mjs", BUILD)


def _fetched() -> list[str]:
    note = BUILD / "parts.json"
    return list(json.loads(note.read_text())) if note.is_file() else []


def _npm() -> None:
    command = ["npm", "install", "--no-audit", "--no-fund", "--no-save", "--prefix", str(BUILD), *PARTS]
    done = subprocess.run(command, cwd=BUILD, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Missing(f"npm could not fetch the stand-ins:\n{done.stderr.strip()[-800:]}")
    (BUILD / "parts.json").write_text(json.dumps(PARTS))


def free_port() -> int:
    """A port that nobody uses now."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])
