"""Packs on the desk: the evidence about some claims as one file, of the same bytes for the same books."""

from __future__ import annotations

import hashlib
import io
import json
import re
import unicodedata
import zipfile
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain, count
from pathlib import PurePosixPath

from bot.cases import Case
from bot.dossiers import Dossier, about, dossier
from bot.drafts import legal_language
from bot.identity import masked
from bot.letters import Letter
from handlers.desk import Desk, digest_of
from handlers.desk.manifests import manifest
from messages.papers import Enclosed, sheet, typeset
from storage.escalations import Pack

INDEX, MANIFEST, CHECKSUMS = "index.pdf", "manifest.json", "checksums.txt"
LONGEST = 60
"""How many characters a file's name may have."""
LETTERS = str.maketrans({"ø": "o", "Ø": "O", "æ": "ae", "Æ": "AE", "đ": "d", "ß": "ss"})
DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|\Z)", re.IGNORECASE)
"""Names that some systems take for a device."""


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file of the pack with its bytes; `about` is the id of the letter or answer whose text it is."""

    name: str
    content: bytes
    about: str = ""

    @property
    def listed(self) -> Enclosed:
        """As the index lists it."""
        return Enclosed(self.name, hashlib.sha256(self.content).hexdigest(), len(self.content), self.about)


def make(case: Case, desk: Desk, only: Collection[str] = ()) -> Pack:
    """The pack of some of a customer's claims as the books stand today, else of all that are open; kept."""
    invoices = about(case, only)
    kept = {i.id: len(desk.books.files.of_invoice(i.id)) for i in invoices}
    found = dossier(invoices, case, desk.business, desk.today, kept)
    enclosed = (*_originals(found, desk), *_letters(found), *_replies(found))
    content = zipped(_whole(found, enclosed, desk), desk.today)
    name = f"{safe(case.customer.name, 'pack')}_{desk.today.isoformat()}.zip"
    pack = Pack(digest_of(content), case.customer.id, name, desk.today, content)
    desk.books.packs.keep(pack)
    return pack


def _whole(found: Dossier, enclosed: Collection[Enclosure], desk: Desk) -> Iterator[Enclosure]:
    """The index, the files it lists, and at last what vouches for all of them."""
    listed = [each.listed for each in enclosed]
    language = legal_language(desk.business.language, desk.country)
    index = Enclosure(INDEX, typeset(sheet(found, listed, language), found.day))
    said = json.dumps(manifest(found, listed), ensure_ascii=False, indent=2, sort_keys=True)
    files = (index, *enclosed, Enclosure(MANIFEST, f"{said}\n".encode()))
    yield from files
    sums = "".join(f"{each.listed.sha256}  {each.name}\n" for each in files)
    yield Enclosure(CHECKSUMS, sums.encode())


def zipped(files: Iterable[Enclosure], day: date) -> bytes:
    """The files as a ZIP: stored, each at the beginning of the day, so that nothing depends on the clock."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for each in files:
            entry = zipfile.ZipInfo(each.name, (max(day.year, 1980), day.month, day.day, 0, 0, 0))
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            archive.writestr(entry, each.content)
    return out.getvalue()


def _originals(found: Dossier, desk: Desk) -> Iterator[Enclosure]:
    """The files kept with each invoice, as they came."""
    taken: set[str] = set()
    for invoice in found.invoices:
        folder = f"invoices/{safe(invoice.number, 'invoice')}"
        for file in desk.books.files.of_invoice(invoice.id):
            yield Enclosure(free_name(f"{folder}/{safe(file.name, 'file')}", taken), file.content)


def _letters(found: Dossier) -> Iterator[Enclosure]:
    taken: set[str] = set()
    for letter in found.letters:
        name = free_name(f"letters/{letter.went_on.isoformat()}_{letter.kind}.txt", taken)
        yield Enclosure(name, _text(letter, found).encode(), letter.id)


def _text(letter: Letter, found: Dossier) -> str:
    """A letter as it went: who to, when, by whose word, and its exact text."""
    rows = (
        ("To", letter.to),
        ("Cc", letter.cc),
        ("Subject", letter.subject),
        ("Sent", found.local(letter.sent_at).isoformat() if letter.sent_at else letter.went_on.isoformat()),
        ("State", letter.state),
        ("Message-ID", letter.message_id),
        ("Approved-By", letter.approved_by),
        ("Approved-At", found.local(letter.approved_at).isoformat() if letter.approved_at else ""),
    )
    head = "\n".join(f"{name}: {_line(value)}" for name, value in rows if value)
    return f"{head}\n\n{letter.body}\n"


def _replies(found: Dossier) -> Iterator[Enclosure]:
    taken: set[str] = set()
    for reply in found.replies:
        at = found.local(reply.at)
        name = free_name(f"answers/{at.date().isoformat()}_{reply.source}.txt", taken)
        text = f"Received: {at.isoformat()}\nSource: {reply.source}\n\n{reply.text}\n"
        yield Enclosure(name, text.encode(), reply.id)


def _line(text: str) -> str:
    return " ".join(text.split())


def safe(name: str, otherwise: str) -> str:
    """A name that every system takes as a name and nothing else: plain letters, no folders, no devices."""
    bare = unicodedata.normalize("NFKD", masked(name).translate(LETTERS)).encode("ascii", "ignore").decode()
    kept = re.sub(r"[^A-Za-z0-9.]+", "-", bare).strip("-.")
    kept = re.sub(r"\.{2,}", ".", kept)
    stem, dot, ending = kept.rpartition(".")
    if dot and len(ending) <= 5:
        kept = f"{stem[: LONGEST - 6].rstrip('-.')}.{ending}"
    kept = kept[:LONGEST].strip("-.") or otherwise
    return f"_{kept}" if DEVICES.match(kept) else kept


def free_name(name: str, taken: set[str]) -> str:
    """The name, with a number where an earlier file has it, whatever its capitals."""
    path = PurePosixPath(name)
    others = (str(path.with_name(f"{path.stem}-{n}{path.suffix}")) for n in count(2))
    free = next(each for each in chain([name], others) if each.casefold() not in taken)
    taken.add(free.casefold())
    return free
