"""Norway: the open register of legal entities in Brønnøysund.

Source: https://data.brreg.no/enhetsregisteret/api/dokumentasjon/no/index.html
"""

from __future__ import annotations

from stdnum.no import orgnr

from bot.parties import Standing
from bot.registers import Registered
from storage.ledgers._client import Client, Site
from storage.ledgers._rows import Row, day, text

NAME = "Brønnøysundregistrene"
SITE = Site("https://data.brreg.no/enhetsregisteret/api", pause=0.1)
KINDS = ("enheter", "underenheter")
"""Companies, and the branches of one; an invoice may name either."""
ADDRESSES = ("forretningsadresse", "beliggenhetsadresse", "postadresse")
"""Where a company may have its address, the likeliest first."""


def look_up(client: Client, number: str) -> Registered | None:
    """The company or branch with a number, one that is struck off too."""
    bare = orgnr.compact(number).upper().removeprefix("NO").removesuffix("MVA").strip()
    if not orgnr.is_valid(bare):
        return None
    found = (client.find(f"/{kind}/{bare}") for kind in KINDS)
    return next((_registered(bare, each) for each in found if each is not None), None)


def _registered(number: str, entity: Row) -> Registered:
    standing, since = _standing(entity)
    return Registered(
        number=number,
        name=text(entity, "navn"),
        standing=standing,
        since=day(entity, since) if since else None,
        address=next((lines for lines in (_address(entity, kind) for kind in ADDRESSES) if lines), ()),
    )


def _standing(entity: Row) -> tuple[Standing, str]:
    """The worst that is said, and where it is written since when."""
    if entity.get("konkurs") is True:
        return "bankrupt", "konkursdato"
    if text(entity, "slettedato"):
        return "dissolved", "slettedato"
    if entity.get("underTvangsavviklingEllerTvangsopplosning") is True:
        return "winding_up", ""
    return ("winding_up", "underAvviklingDato") if entity.get("underAvvikling") is True else ("active", "")


def _address(entity: Row, kind: str) -> tuple[str, ...]:
    lines = [str(line).strip() for line in (entity.get(kind) or {}).get("adresse") or ()]
    town = f"{text(entity, kind, 'postnummer')} {text(entity, kind, 'poststed')}".strip()
    land = text(entity, kind, "land") if text(entity, kind, "landkode") not in ("", "NO") else ""
    return tuple(line for line in (*lines, town, land) if line)
