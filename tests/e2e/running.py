"""Programs of the run: started with a log of their own, waited for, and ended by their own id."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

STARTING = 30.0
"""Seconds that a program may take until it answers."""


class Stuck(AssertionError):
    """Something that should have come and did not."""


@dataclass
class Program:
    """A program at work, and where it writes."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path

    def tail(self, lines: int = 15) -> str:
        """The last it wrote."""
        return "\n".join(self.log.read_text("utf-8", "replace").splitlines()[-lines:])

    def wait_for(self, port: int) -> None:
        """Wait until it listens."""
        until = time.monotonic() + STARTING
        while time.monotonic() < until:
            if self.process.poll() is not None:
                raise Stuck(f"{self.name} ended at once:\n{self.tail()}")
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 0.5):
                return
            time.sleep(0.05)
        raise Stuck(f"{self.name} did not listen on port {port}:\n{self.tail()}")

    def end(self, how: signal.Signals = signal.SIGTERM, patience: float = 30) -> float:
        """Tell it to stop, and give the seconds that took; one that does not is killed, and that is said."""
        began = time.monotonic()
        if self.process.poll() is None:
            self.process.send_signal(how)
            try:
                self.process.wait(patience)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait(10)
                raise Stuck(f"{self.name} did not stop in {patience:.0f} s:\n{self.tail()}") from None
        return time.monotonic() - began


def start(
    name: str, command: Sequence[str], folder: Path, environment: Mapping[str, str] | None = None
) -> Program:
    """Start a program in a folder; its output is appended to its log there."""
    folder.mkdir(parents=True, exist_ok=True)
    log = folder / f"{name}.log"
    known = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/"), "PYTHONDONTWRITEBYTECODE": "1"}
    with log.open("ab") as out:
        process = subprocess.Popen(
            list(command),
            cwd=folder,
            env=known | dict(environment or {}),
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    return Program(name, process, log)


@contextlib.contextmanager
def program(
    name: str, command: Sequence[str], folder: Path, port: int, **environment: str
) -> Iterator[Program]:
    """A stand-in that listens on a port, for as long as the block lasts."""
    running = start(name, command, folder, environment)
    try:
        running.wait_for(port)
        yield running
    finally:
        running.end(signal.SIGKILL)
