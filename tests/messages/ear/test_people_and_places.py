"""People and places are asked for the way owners type it, not only in the words of the help."""

from __future__ import annotations

import pytest

from bot.chat import Action
from messages.ear.commands import command

SAID = {
    "nb": {
        "home.show": "oversikt · vis oversikten · hvordan ligger vi an",
        "member.list": "hvem som er med · hvem er med her? · brukere · ansatte",
        "member.invite": "inviter en kollega · inviter en til · ny bruker · gi noen tilgang",
        "member.connect": "koble slack · koble til min chat · koble til chatten min · bruk telegram",
        "place.here": "her, takk · morgenlisten her · send listen hit · kom hit",
        "place.off": "ikke mer her · ikke send listen hit · stopp morgenlisten",
        "business.list": "bytte firma · en annen bedrift · firmaene mine · bytt selskap",
        "letter.undo": "stopp · ikke send",
    },
    "da": {
        "home.show": "overblik · vis oversigten · hvordan ser det ud",
        "member.list": "hvem der er med · hvem er med her? · brugere · medarbejdere",
        "member.invite": "inviter en kollega · inviter en mere · ny bruger · giv nogen adgang",
        "member.connect": "kobl slack til · kobl min chat til · kobl mig på · forbind til telegram",
        "place.here": "her, tak · morgenlisten her · send listen herhen · kom herind",
        "place.off": "ikke mere her · send ikke listen her · stop morgenlisten",
        "business.list": "skifte firma · en anden virksomhed · vælg firma",
        "letter.undo": "stop · send ikke",
    },
}


@pytest.mark.parametrize("language", SAID)
def test_what_owners_type_for_people_and_places_is_understood(language: str) -> None:
    for verb, told in SAID[language].items():
        for said in told.split(" · "):
            assert command(said, language) == Action(verb), said


@pytest.mark.parametrize(
    ("said", "language", "name"),
    [("gi Kari tilgang", "nb", "Kari"), ("giv adgang til Mette", "da", "Mette")],
)
def test_somebody_is_let_in_by_name(said: str, language: str, name: str) -> None:
    assert command(said, language) == Action("member.invite", value=name)


@pytest.mark.parametrize("name", ["Folkets Hus", "Herr Mogens", "Hjemmeplejen", "Telegram AS", "Statusbygg"])
@pytest.mark.parametrize("language", SAID)
def test_a_customer_whose_name_begins_alike_is_looked_up(name: str, language: str) -> None:
    assert command(name, language) == Action("customer.find", value=name)
