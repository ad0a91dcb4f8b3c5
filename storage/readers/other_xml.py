"""XML of no kind that is known: refused with the name of what it is."""

from __future__ import annotations

from bot.documents import Reading
from storage.readers._source import Source, Unreadable
from storage.readers._xml import local, looks_like_xml, parse


def recognise(head: bytes) -> float:
    """Any XML, when nobody else claims it."""
    return 0.2 if looks_like_xml(head) else 0


def read(source: Source) -> Reading:
    """Never a fact: only what is wrong with it, or what it is."""
    raise Unreadable("unknown_xml", format="xml", root=local(parse(source.content)))
