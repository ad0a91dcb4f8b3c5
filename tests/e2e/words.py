"""What an owner says, what stands on the buttons, and the list of open invoices, in each language."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from bot.references import with_check_digit
from tests.e2e.ground import ROOT
from tests.handlers.stage import AT_HOME

HOMES = {"NO": "nb", "SE": "sv", "DK": "da", "FI": "fi"}
COUNTRIES = {"nb": "NO", "sv": "SE", "da": "DK", "fi": "FI", "en": "SE"}
PLACES = {"NO": "Norge", "SE": "Sverige", "DK": "Danmark", "FI": "Suomi · Finland"}
SPOKEN = {
    "nb": {
        "today": "i dag",
        "settings": "innstillinger",
        "help": "hjelp",
        "sent": "Sendt til {}",
        "pack": "saksmappe {}",
    },
    "sv": {
        "today": "i dag",
        "settings": "inställningar",
        "help": "hjälp",
        "sent": "Skickat till {}",
        "pack": "underlag {}",
    },
    "da": {
        "today": "i dag",
        "settings": "indstillinger",
        "help": "hjælp",
        "sent": "Sendt til {}",
        "pack": "sagsmappe {}",
    },
    "fi": {
        "today": "tänään",
        "settings": "asetukset",
        "help": "apua",
        "sent": "Lähetetty",
        "pack": "asiakirjat {}",
    },
    "en": {
        "today": "today",
        "settings": "settings",
        "help": "help",
        "sent": "Sent to {}",
        "pack": "evidence pack {}",
    },
}
HEADS = {
    "nb": "Kunde;E-post;Kontakt;Fakturanr;Fakturadato;Forfall;Beløp;Valuta;KID;Beskrivelse;Språk",
    "sv": "Kund;E-post;Kontakt;Fakturanr;Fakturadatum;Förfallodatum;Belopp;Valuta;OCR;Beskrivning;Språk",
    "da": "Kunde;E-mail;Kontakt;Fakturanr;Fakturadato;Forfaldsdato;Beløb;Valuta;FIK;Beskrivelse;Sprog",
    "fi": "Asiakas;Sähköposti;Yhteyshenkilö;Laskunro;Laskupäivä;Eräpäivä;Summa;Valuutta;Viite;Kuvaus;Kieli",
    "en": "Customer;Email;Contact;Invoice no;Issued;Due date;Amount;Currency;OCR;Details;Language",
}
CURRENCIES = {"NO": "NOK", "SE": "SEK", "DK": "DKK", "FI": "EUR"}
ANSWERS = {
    "nb": "Kan vi dele opp betalingen i tre?",
    "sv": "Kan vi få dela upp betalningen på tre gånger?",
    "da": "Kan vi dele betalingen op i tre rater?",
    "fi": "Voimmeko maksaa kolmessa erässä?",
    "en": "Can we pay in three instalments?",
}


@dataclass(frozen=True)
class Late:
    """A customer who owes something, and for how many days."""

    name: str
    email: str
    contact: str
    number: str
    days: int
    amount: str


NORRSKEN = Late("Café *Norrsken* & Sønn <AS>", "nils@norrsken.example", "Nils Sundin", "1058", 12, "4125,50")
BLOMMAN = Late("Lilla_Blomman_ ~öm~", "lilian@lillablomman.example", "Lilian Ros", "1014", 19, "9000,00")


@dataclass(frozen=True)
class Words:
    """One language, spoken by the owner of a bakery in its country."""

    language: str

    @property
    def country(self) -> str:
        """Where the bakery is."""
        return COUNTRIES[self.language]

    @cached_property
    def file(self) -> dict[str, Any]:
        """The language's own file."""
        return tomllib.loads((ROOT / "messages" / self.language / "language.toml").read_text("utf-8"))

    def proposal(self, meaning: str) -> str:
        """How the button begins that takes an answer for what it says."""
        file = ROOT / "messages" / self.language / "agreements.toml"
        return str(tomllib.loads(file.read_text("utf-8"))["proposals"][meaning]).partition("{")[0]

    def button(self, name: str) -> str:
        """What stands on a button."""
        return str(self.file["buttons"][name])

    def field(self, name: str) -> str:
        """What stands beside a field."""
        return str(self.file["fields"][name])

    def says(self, what: str, *names: str) -> str:
        """What the owner types."""
        return SPOKEN[self.language][what].format(*names)

    def home(self, name: str) -> str:
        """A detail of the bakery in this country."""
        return str(getattr(AT_HOME[self.country], name))

    def open_invoices(self, late: tuple[Late, ...], today: date) -> bytes:
        """A list of open invoices as an accounting system of the country writes it."""
        return "\n".join([HEADS[self.language], *(self._row(each, today) for each in late)]).encode()

    def _row(self, late: Late, today: date) -> str:
        due = today - timedelta(days=late.days)
        issued = due - timedelta(days=30)
        reference = with_check_digit(late.number) if self.country in ("NO", "SE") else ""
        cells = (late.name, late.email, late.contact, late.number, str(issued), str(due), late.amount)
        return ";".join((*cells, CURRENCIES[self.country], reference, "Bread", self.language))
