"""The end-to-end run: `python -m tests.e2e`, or parts of it, as in `python -m tests.e2e telegram fi`."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from tests.e2e import proof
from tests.e2e.ground import BUILD, Missing, prepare
from tests.e2e.telling import Report, tell

Part = Callable[[Report, Path], None]
PARTS: Mapping[str, Part] = {"standins": proof.run}


def main(asked: Sequence[str]) -> int:
    """Run what is asked for, or everything; the exit code tells whether all went well."""
    try:
        prepare()
    except Missing as missing:
        tell(str(missing))
        return 2
    report = Report()
    last = BUILD / "last"
    shutil.rmtree(last, ignore_errors=True)
    for name, part in PARTS.items():
        if not asked or all(word in name.split() for word in asked):
            with report.scene(name):
                part(report, last / name.replace(" ", "-"))
    return report.summary()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
