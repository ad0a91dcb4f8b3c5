"""Contacts: how a customer is reached, and in which language they read."""

from __future__ import annotations

from dataclasses import replace

from tests.handlers.talk import MORNING, Talk


def test_a_new_contact_is_kept_and_the_card_shows_it(talk: Talk) -> None:
    talk.says("Havet")
    talk.presses("Contact")
    said = talk.presses(
        "Save", contact="Moa Berg", email="moa@havet.example", cc="chef@havet.example", language="fi"
    )
    assert "moa@havet.example" in said and "Finnish" in said
    with talk.books() as books:
        havet = books.customers.get("havet")
    assert (havet.first_name, havet.to, havet.cc, havet.language) == (
        "Moa",
        "moa@havet.example",
        "chef@havet.example",
        "fi",
    )


def test_a_change_to_the_contact_keeps_the_desk_that_invoices_go_to(talk: Talk) -> None:
    talk.says("Norrsken")
    talk.presses("Contact")
    talk.presses("Save", phone="070-174 06 99")
    with talk.books() as books:
        norrsken = books.customers.get("norrsken")
    assert (norrsken.to, norrsken.phone) == ("ekonomi@norrsken.example", "070-174 06 99")
    assert norrsken.contacts[0].email == "nils@norrsken.example"


def test_a_language_that_is_not_known_is_asked_for_once(talk: Talk) -> None:
    with talk.books() as books:
        books.customers.save(replace(books.customers.get("norrsken"), language=""))
    talk.says("Norrsken")
    assert "Which language does Café Norrsken read?" in talk.presses("Draft")
    assert "Hej Nils" in talk.presses("Swedish")
    talk.presses("Not now")
    assert "Hej Nils" in talk.presses("Draft")


def test_the_owner_says_whether_a_customer_is_a_business_or_a_private_person(talk: Talk) -> None:
    talk.says("Havet")
    talk.presses("Contact")
    form = talk.card().form
    assert form
    kind = next(f for f in form.fields if f.name == "kind")
    assert [label for _, label in kind.options] == ["Business", "Private person", "Public body", "Not known"]
    talk.presses("Save", kind="consumer")
    with talk.books() as books:
        assert books.customers.get("havet").kind == "consumer"


def test_a_kind_that_is_not_offered_changes_nothing(talk: Talk) -> None:
    with talk.books() as books:
        books.customers.save(replace(books.customers.get("havet"), kind="public"))
    talk.acts("customer.save", "havet", kind="friend", email="moa@havet.example")
    with talk.books() as books:
        assert books.customers.get("havet").kind == "public"


def test_a_number_typed_under_contact_is_kept_and_one_that_is_not_changed_stays(talk: Talk) -> None:
    talk.says("Norrsken")
    talk.presses("Contact")
    talk.presses("Save", phone="1")
    with talk.books() as books:
        assert books.customers.get("norrsken").number == "559912-3469"
    talk.says("Havet")
    talk.presses("Contact")
    said = talk.presses("Save", org_no=" 559912-3469 ")
    assert "Restaurang Havet and Café Norrsken have the same company number. Are they one?" in said


def test_of_a_new_number_no_register_has_said_anything_yet(talk: Talk) -> None:
    with talk.books() as books:
        known = replace(books.customers.get("norrsken"), standing="active", looked_up=MORNING.date())
        books.customers.save(known)
    for number, standing in (("5599123469", "active"), ("559912-3485", "")):
        talk.acts("customer.save", "norrsken", org_no=number)
        with talk.books() as books:
            assert (books.customers.get("norrsken").number, books.customers.get("norrsken").standing) == (
                number,
                standing,
            )


THREE = """Invoice no;Customer;Amount;Due date
7001;Hansen & Datter;2200,50;2026-11-10
7002;Kaffebaren;850,00;2026-11-12
"""


def test_customers_who_come_without_a_language_are_asked_about_all_at_once(talk: Talk) -> None:
    talk.drops("list.csv", THREE)
    assert "Two customers came without a language" in talk.presses("Take it in")
    assert "two customers read Norwegian" in talk.presses("Norwegian")
    with talk.books() as books:
        assert {books.customers.by_name(name)[0].language for name in ("Hansen & Datter", "Kaffebaren")} == {
            "nb"
        }
        assert books.customers.of_no_language() == ()


def test_nobody_s_known_language_is_changed_with_the_others(talk: Talk) -> None:
    with talk.books() as books:
        before = {c.id: c.language for c in books.customers.all()}
    talk.drops("list.csv", THREE)
    talk.presses("Take it in")
    talk.presses("Finnish")
    with talk.books() as books:
        assert {c.id: c.language for c in books.customers.all() if c.id in before} == before


def test_one_alone_is_asked_about_when_they_are_written_to(talk: Talk) -> None:
    talk.drops("list.csv", "\n".join(THREE.splitlines()[:2]))
    assert "without a language" not in talk.presses("Take it in")
