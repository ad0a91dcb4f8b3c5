"""Files to take away: what one is kept by, how it may be called, and whether it can do harm when opened."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Literal, cast, get_args

Kind = Literal["pack", "paper", "mail", "export", "report"]
"""An evidence pack, a file that goes with an invoice, a mail's file, all about a customer, a report."""

LONGEST, ENDING = 120, 10
"""How many characters a file's name may have, and how many of them its ending."""
UNFIT = frozenset('<>:"|?*;\\/')
PROGRAMS = frozenset(
    """
    ade adp apk app application appx bat bin chm cmd com command cpl deb desktop dll dmg docm dotm exe gadget
    hta htm html img inf ins iso jar js jse lnk mht mhtml msc msi msix msp pif pkg potm ppam pptm ps1 psm1 py
    reg rpm run scf scr sct sh shtml svg sys url vb vbe vbs vhd vhdx vxd wasm wsc wsf wsh xhtml xlam xll xlsm
    xltm
    """.split()
)
"""How files end that are programs, hold one, or run one when they are opened."""
BEGINNINGS = (
    b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"L\x00\x00\x00\x01\x14\x02\x00",
    b"\xfe\xed\xfa\xce", b"\xfe\xed\xfa\xcf", b"\xce\xfa\xed\xfe", b"\xcf\xfa\xed\xfe",
)  # fmt: skip
"""How programs begin, whatever they are called."""


def kind(ref: str) -> Kind | None:
    """What sort of file is kept by this; None when none is. A bare digest is a pack's."""
    begins, dot, _ = ref.partition(".")
    found = begins if dot else "pack"
    return cast("Kind", found) if found in get_args(Kind) else None


def verb(ref: str) -> str:
    """The action that asks for a file in a chat."""
    return f"{kind(ref)}.fetch"


def safe_name(name: str, otherwise: str = "file", longest: int = LONGEST) -> str:
    """A name that is only a name: one line, no folders, nothing hidden, of decent length with its ending."""
    bare = " ".join(re.split(r"[\\/]", name)[-1].split())
    kept = "".join(c if c.isprintable() and c not in UNFIT else "_" for c in bare).strip(" .")
    stem, dot, ending = kept.rpartition(".")
    if not stem:
        return kept[:longest] or otherwise
    ending = ending[-ENDING:]
    return f"{stem[: longest - len(ending) - 1].rstrip()}{dot}{ending}"


def shortened(name: str, room: int = 42) -> str:
    """A name for a button: its middle left out where it is long, its ending always there."""
    if len(name) <= room:
        return name
    tail = room // 3
    return f"{name[: room - tail - 1].rstrip()}…{name[-tail:]}"


def is_program(name: str, content: bytes) -> bool:
    """Whether opening a file may run something: by its name, its first bytes, or what is packed into it."""
    return _ends(name) or content.startswith(BEGINNINGS) or any(map(_runs, _packed(content)))


def _ends(name: str) -> bool:
    return name.rstrip(" .").rpartition(".")[2].casefold() in PROGRAMS


def _runs(name: str) -> bool:
    """Whether something packed into a document runs: of its many `.bin` only the one with macros does."""
    return name.endswith("vbaProject.bin") if name.endswith(".bin") else _ends(name)


def _packed(content: bytes) -> list[str]:
    """The names inside a ZIP; none where it is no ZIP, or broken."""
    if not content.startswith(b"PK"):
        return []
    try:
        return zipfile.ZipFile(io.BytesIO(content)).namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return []
