"""The audit: `python -m tests.security.audit` asks OSV whether a locked package has a known weakness."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

ROOT = Path(__file__).parents[2]
LOCKS = ("requirements.lock", "requirements-dev.lock")
OSV = "https://api.osv.dev/v1/querybatch"
TIMEOUT = 10
"""Seconds until a silent database counts as out of reach."""
OUT_OF_REACH = """The advisories at osv.dev cannot be reached from here ({why}): of {count} packages
nothing was looked up. Ask again where they can be reached, before each release: make audit"""
PINNED = re.compile(r"^([A-Za-z0-9._-]+)==([^\s\\;]+)", re.MULTILINE)
ACCEPTED: Mapping[str, str] = {}
"""Advisories that do not concern us, by id, each with the reason."""


@dataclass(frozen=True, slots=True, order=True)
class Package:
    """A package as a lock names it."""

    name: str
    version: str


Ask = Callable[[Sequence[Package]], Sequence[Sequence[str]]]
"""The ids of the advisories about each of some packages, in their order; `OSError` when nobody answers."""


def locked(text: str) -> Iterator[Package]:
    """The packages that a lock names."""
    return (Package(name.lower(), version) for name, version in PINNED.findall(text))


def audit(packages: Sequence[Package], ask: Ask, accepted: Mapping[str, str] = ACCEPTED) -> tuple[str, bool]:
    """What is to be said of some packages, and whether all is well; a database out of reach stops nothing."""
    try:
        told = ask(packages)
    except OSError as problem:
        why = type(problem).__name__
        return OUT_OF_REACH.format(why=why, count=len(packages)), True
    found = [
        f"{package.name} {package.version}: {advisory}"
        for package, advisories in zip(packages, told, strict=True)
        for advisory in advisories
        if advisory not in accepted
    ]
    if not found:
        return f"No known weakness in {len(packages)} packages.", True
    return "\n".join(["Known weaknesses, see https://osv.dev:", *found]), False


def osv(packages: Sequence[Package], url: str = OSV) -> Sequence[Sequence[str]]:
    """What the OSV database knows of some packages."""
    named = [
        {"package": {"ecosystem": "PyPI", "name": each.name}, "version": each.version} for each in packages
    ]
    asked = Request(url, json.dumps({"queries": named}).encode(), {"Content-Type": "application/json"})
    with urlopen(asked, timeout=TIMEOUT) as answer:
        return _advisories(answer.read(), len(packages))


def _advisories(answer: bytes, asked: int) -> Sequence[Sequence[str]]:
    """The ids in an answer; one that is none is like nobody's."""
    try:
        results: list[dict[str, Any]] = json.loads(answer)["results"]
        told = [[vuln["id"] for vuln in each.get("vulns", ())] for each in results]
    except (ValueError, LookupError, TypeError, AttributeError):
        raise ConnectionError from None
    if len(told) != asked:
        raise ConnectionError
    return told


def main() -> int:
    """Look all locked packages up; 1 where one is known to be weak."""
    packages = sorted({each for lock in LOCKS for each in locked((ROOT / lock).read_text("utf-8"))})
    said, is_well = audit(packages, osv)
    sys.stdout.write(f"{said}\n")
    return 0 if is_well else 1


if __name__ == "__main__":
    sys.exit(main())
