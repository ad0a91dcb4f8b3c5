"""Contacts: how a customer is reached, in which language they read, and what the law takes them for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.chat import Action, Button, Card, Request
from bot.errors import Refusal
from bot.parties import LANGUAGES, Contact, Customer, CustomerKind
from bot.registers import renumbered
from handlers.desk import Answers, Desk, bounced, tongues

KINDS: tuple[CustomerKind, ...] = ("business", "consumer", "public", "unknown")


def ask_language(request: Request, desk: Desk) -> Card:
    """Ask which language a customer reads; `value` is the action that waits: `verb|subject`, or more."""
    customer = desk.books.customers.get(request.action.subject)
    buttons = tuple(
        Button(
            tongues.named(each, desk),
            Action("customer.language", customer.id, f"{each}|{request.action.value}"),
        )
        for each in LANGUAGES
    )
    return desk.card("which_language", {"customer": customer.name}, buttons=buttons, subject=customer.id)


def set_language(request: Request, desk: Desk) -> Action:
    """Remember which language a customer reads, and go on with what waited for it."""
    language, verb, *about = request.action.value.split("|")
    customer = desk.books.customers.get(request.action.subject)
    desk.books.customers.save(replace(customer, language=language))
    return Action(verb, *about)


def set_languages(request: Request, desk: Desk) -> Card:
    """Remember one language for all of whom it is not known."""
    language = next((each for each in LANGUAGES if each == request.action.value), None)
    if language is None:
        raise Refusal("not_found")
    silent = desk.books.customers.of_no_language()
    desk.books.customers.save_all(replace(customer, language=language) for customer in silent)
    facts = {"count": len(silent), "language": desk.word(f"languages.{language}")}
    return desk.card("languages_set", facts, buttons=(desk.button("today", "today.show", look=True),))


def contact_form(request: Request, desk: Desk) -> Card:
    """Change how a customer is reached."""
    customer = desk.books.customers.get(request.action.subject)
    named = next((c.name for c in customer.contacts if c.name), "")
    fields = (
        desk.field("contact", value=named, required=False),
        desk.field("email", "email", customer.to, required=False),
        desk.field("cc", "email", customer.cc, required=False),
        desk.field("phone", value=customer.phone, required=False),
        desk.field("org_no", value=customer.number, required=False),
        desk.field("language", "choice", customer.language, options=language_options(desk), required=False),
        desk.field(
            "kind", "choice", customer.kind, options=tuple((k, desk.word(f"kinds.{k}")) for k in KINDS)
        ),
    )
    form = desk.form("customer.save", customer.id, fields)
    return desk.card("contact", {"customer": customer.name}, form=form, subject=customer.id)


def language_options(desk: Desk) -> tuple[tuple[str, str], ...]:
    """The languages to choose from, by their names."""
    return tuple((each, desk.word(f"languages.{each}")) for each in LANGUAGES)


def save_contact(request: Request, desk: Desk) -> Action:
    """Keep what the owner knows of how to reach a customer."""
    customer = desk.books.customers.get(request.action.subject)
    values = request.values
    changed = replace(
        renumbered(customer, values.get("org_no", customer.number).strip()),
        contacts=_contacts(customer, values),
        language=values.get("language", customer.language),
        kind=next((k for k in KINDS if k == values.get("kind")), customer.kind),
    )
    desk.books.customers.save(changed)
    if changed.to != customer.to:
        bounced.corrected(customer.id, request.who, desk)
    desk.books.history.add("contact_changed", customer=customer.id, who=request.who)
    return Action("customer.show", customer.id)


def _contacts(customer: Customer, values: Mapping[str, str]) -> tuple[Contact, ...]:
    """The person, whoever else is known there, and who gets a copy; letters go where the owner says."""
    known = next((c for c in customer.contacts if c.role == "main"), Contact())
    desk = next((c for c in customer.contacts if c.role == "accounts" and c.email), None)
    email = values.get("email", "").strip()
    main = replace(known, name=values.get("contact", "").strip(), phone=values.get("phone", "").strip())
    copy = (Contact(email=values["cc"].strip(), role="approver"),) if values.get("cc", "").strip() else ()
    rest = (*copy, *(c for c in customer.contacts if c.role == "other"))
    if desk and email:
        return (main, replace(desk, email=email), *rest)
    return (replace(main, email=email), *rest)


ANSWERS: Answers = {
    "customer.ask_language": ask_language,
    "customer.languages": set_languages,
    "customer.language": set_language,
    "customer.contact": contact_form,
    "customer.save": save_contact,
}
