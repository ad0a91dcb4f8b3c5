"""Finland: the open business information of the Patent and Registration Office (YTJ).

Source: https://avoindata.prh.fi/en/ytj/swagger-ui
"""

from __future__ import annotations

from datetime import date

from stdnum.fi import ytunnus

from bot.parties import Standing
from bot.registers import Registered
from storage.ledgers._client import Client, Site
from storage.ledgers._rows import Row, day, rows, text

NAME = "YTJ"
SITE = Site("https://avoindata.prh.fi/opendata-ytj-api/v3", pause=0.3)
SITUATIONS: dict[str, Standing] = {"KONK": "bankrupt", "SANE": "restructuring", "SELTILA": "winding_up"}
"""What may be going on with a company, the gravest first."""
CURRENT_NAME, VISITING, FINNISH = "1", "1", "1"
"""How the register marks the name in use, the address where one calls, and the language."""
STREET = ("street", "buildingNumber", "entrance", "apartmentNumber")


def look_up(client: Client, number: str) -> Registered | None:
    """The company with a business identity code."""
    bare = ytunnus.compact(number.upper().removeprefix("FI"))
    if not ytunnus.is_valid(bare):
        return None
    wanted = ytunnus.format(bare)
    answer = client.find("/companies", businessId=wanted)
    companies = rows(answer, "companies") if answer is not None else []
    mine = (c for c in companies if text(c, "businessId", "value") == wanted)
    return next((_registered(wanted, company) for company in mine), None)


def _registered(number: str, company: Row) -> Registered:
    standing, since = _standing(company)
    return Registered(
        number=number,
        name=text(_one(company, "names", "type", CURRENT_NAME), "name"),
        standing=standing,
        since=since,
        address=_address(_one(company, "addresses", "type", VISITING)),
    )


def _standing(company: Row) -> tuple[Standing, date | None]:
    situations = {text(s, "type"): s for s in _lasting(company, "companySituations")}
    for code, standing in SITUATIONS.items():
        if code in situations:
            return standing, day(situations[code], "registrationDate")
    ended = day(company, "endDate")
    return ("dissolved", ended) if ended else ("active", None)


def _lasting(row: Row, name: str) -> list[Row]:
    """The entries under a name that have not ended."""
    return [each for each in rows(row.get(name) or []) if not text(each, "endDate")]


def _one(row: Row, name: str, mark: str, wanted: str) -> Row:
    """The entry that is marked so, else the first, else nothing."""
    found = _lasting(row, name)
    marked = (each for each in found if text(each, mark) == wanted)
    return next(marked, found[0] if found else {})


def _address(where: Row) -> tuple[str, ...]:
    street = " ".join(part for part in (text(where, name) for name in STREET) if part)
    box = text(where, "postOfficeBox")
    city = text(_one(where, "postOffices", "languageCode", FINNISH), "city")
    town = f"{text(where, 'postCode')} {city}".strip()
    lines = (text(where, "co"), street or (f"PL {box}" if box else ""), town)
    return tuple(line for line in lines if line)
