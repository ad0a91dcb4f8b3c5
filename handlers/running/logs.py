"""The log: lines for people, or one JSON object a line; neither tells what an owner or a customer wrote."""

from __future__ import annotations

import json
import logging
import traceback
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from handlers.running import traces
from handlers.running.traces import Work

FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
NOISY = ("dbos",)
"""Libraries that are heard only where everything is wanted."""
TELLTALES = ("httpcore", "httpx")
"""Libraries that tell whole addresses, in which there are tokens, and numbers of companies and people."""
FRAMES = 20


@dataclass(frozen=True, slots=True)
class Error:
    """What may be told of an error: its kind, and the places in the code."""

    kind: str
    places: tuple[str, ...]


def keep_log(level: str, form: str = "text") -> None:
    """Log from a level on. The line of each piece of work is for programs, and for who wants everything."""
    handler = logging.StreamHandler()
    handler.setLevel(level.upper())
    handler.addFilter(_trace)
    if form == "json":
        handler.setFormatter(JsonLines())
    else:
        handler.setFormatter((logging.Formatter if level == "debug" else Lines)(FORMAT))
        handler.addFilter(lambda record: level == "debug" or not hasattr(record, "work"))
    logging.basicConfig(level=level.upper(), handlers=[handler])
    logging.captureWarnings(form == "json")
    for name in TELLTALES if level == "debug" else (*TELLTALES, *NOISY):
        logging.getLogger(name).setLevel(logging.WARNING)


class Lines(logging.Formatter):
    """A record as a line for people. Of an error, too, its kind and place and not its words."""

    def format(self, record: logging.LogRecord) -> str:
        """The line; below it each error, and the places that led there."""
        if record.exc_info and record.exc_info[1]:
            found = _errors(record.exc_info[1])
            record.exc_text = "\n".join(line for each in found for line in (f"{each.kind} at", *each.places))
        return super().format(record)


class JsonLines(logging.Formatter):
    """A record as one JSON object. Of an error its kind and place, not its words, which may quote anybody."""

    def format(self, record: logging.LogRecord) -> str:
        """The object, in one line."""
        said: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "says": record.getMessage(),
        }
        if trace := getattr(record, "trace", ""):
            said["trace"] = trace
        work = getattr(record, "work", None)
        if isinstance(work, Work):
            said |= {"work": work.kind, "name": work.name, "outcome": work.outcome}
            said["ms"] = round(work.seconds * 1000, 1)
        if record.exc_info and record.exc_info[1]:
            said["errors"] = [asdict(each) for each in _errors(record.exc_info[1])]
        return json.dumps(said, ensure_ascii=False)


def _trace(record: logging.LogRecord) -> bool:
    """Note on a line which piece of work it belongs to; this runs where the line was said."""
    record.trace = traces.current()
    return True


def _errors(problem: BaseException | None) -> Iterator[Error]:
    """An error and those that led to it, the last first."""
    while problem is not None:
        frames = traceback.extract_tb(problem.__traceback__)[-FRAMES:]
        places = tuple(f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames)
        yield Error(type(problem).__name__, places)
        problem = problem.__cause__ or (None if problem.__suppress_context__ else problem.__context__)
