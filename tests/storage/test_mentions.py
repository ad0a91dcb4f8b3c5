"""What names one customer and nobody else, and where it is looked for."""

from __future__ import annotations

import json
from dataclasses import replace

from bot.parties import Contact
from storage.books import Books
from storage.mentions import Mention, names
from tests.cast import CAFE_NORRSKEN

KLARA = Contact(name="Klara Qvarn", email="byra@byra.example", phone="070-174 06 44")
THEM = replace(
    CAFE_NORRSKEN, id="7f3a9", name="Text & Bild AB", number="", contacts=(KLARA,), address=("Oslo",)
)


def test_a_text_names_whom_it_has_as_a_word_of_its_own() -> None:
    bild = Mention.of(["Text & Bild AB", "AB"])
    assert bild.is_in("Paid.\nTEXT & BILD AB") and not bild.is_in("Text & Bild ABC") and not bild.is_in("AB")
    assert not Mention.of(["", "AB"]).is_in("AB")


def test_what_another_customer_has_too_names_neither(books: Books) -> None:
    for customer in (THEM, replace(CAFE_NORRSKEN, contacts=(replace(KLARA, name="Nils", phone=""),))):
        books.customers.add(customer)
    known = names(THEM, books).whole
    assert all(known.is_in(text) for text in ("text & bild ab", "Klara Qvarn", "070-174 06 44", THEM.id))
    assert not any(known.is_in(text) for text in ("byra@byra.example", "Klara", "Oslo", "a text"))


def test_names_are_looked_for_in_what_people_read_and_not_in_what_programs_do(books: Books) -> None:
    books.customers.add(THEM)
    known = names(THEM, books)
    said = {"text": "Hi", "kind": "text", "fields": [{"name": "text", "label": "Text"}], "style": "bild"}
    assert not known.are_told(json.dumps(said))
    assert known.are_told(json.dumps(said | {"text": "Line\nbild"}))
    assert not known.are_told(json.dumps(said | {"text": "Line\nbild"}), words=False)
    assert known.are_told(json.dumps(said | {"label": "Text & Bild AB"}), words=False)
    assert known.are_told("Has Bild paid?")
