"""The first meeting: five short questions with sensible answers, and help whenever it is asked for."""

from __future__ import annotations

from dataclasses import replace

from bot import references
from bot.chat import Action, Button, Card, Field, Request
from bot.countries import codes, country
from bot.identity import MASK
from bot.parties import LANGUAGES, Business
from handlers.desk import Answers, Desk
from handlers.desk import drafts as table
from handlers.desk.people import people

ENDONYMS = {"NO": "Norge", "SE": "Sverige", "DK": "Danmark", "FI": "Suomi · Finland"}
"""What each country calls itself: the first question needs no language."""


def welcome(desk: Desk) -> Card:
    """Where the business is; everything else has a sensible default after that."""
    places = tuple(Button(ENDONYMS.get(c, c), Action("start.country", value=c)) for c in codes())
    example = desk.button("example", "example.open", style="quiet")
    return desk.card("welcome", buttons=(*places, example))


def begin(_request: Request, desk: Desk) -> Card:
    """The first question, asked when it comes up."""
    return welcome(desk)


def at(request: Request, desk: Desk) -> Card:
    """The country is known: what the business is called."""
    home = country(request.action.value)
    changed = replace(
        desk.business,
        country=home.code,
        zone=home.zone,
        language=home.language,
        scheme=home.schemes[0],
        sends="self",
        small=0,
    )
    return _ask_name(desk.turn_to(changed))


def again(_request: Request, desk: Desk) -> Card:
    """Go through the questions once more."""
    return _ask_name(desk)


def _ask_name(desk: Desk, values: Business | None = None, error: str = "") -> Card:
    known = values or desk.business
    fields = (
        desk.field("business", value=known.name),
        desk.field("org_no", value=known.number, required=False, error=error, hint=desk.word("hints.org_no")),
    )
    return desk.card(
        "ask_name", form=desk.form("start.name", "", fields, submit="go_on"), in_place=bool(error)
    )


def name(request: Request, desk: Desk) -> Card:
    """Name and number given: who writes the letters, and in which language we talk."""
    number = request.values.get("org_no", "").strip()
    changed = replace(desk.business, name=request.values.get("business", "").strip(), number=number)
    if number and not references.number_valid(number, desk.country):
        is_personal = MASK in number
        return _ask_name(
            desk, changed, desk.word("errors.org_no_personal" if is_personal else "errors.org_no")
        )
    if number:
        changed = replace(changed, number=references.pretty_number(number, desk.country))
    return _ask_owner(desk.turn_to(changed))


def _ask_owner(desk: Desk) -> Card:
    known = desk.business
    options = tuple((each, desk.word(f"languages.{each}")) for each in LANGUAGES)
    fields = (
        desk.field("owner", value=known.owner),
        desk.field("phone", value=known.phone, required=False),
        desk.field("owner_language", "choice", known.language, options=options),
    )
    return desk.card("ask_owner", form=desk.form("start.owner", "", fields, submit="go_on"))


def owner(request: Request, desk: Desk) -> Card:
    """Owner known: where customers pay."""
    changed = replace(
        desk.business,
        owner=request.values.get("owner", "").strip(),
        phone=request.values.get("phone", "").strip(),
        language=request.values.get("owner_language", desk.business.language),
    )
    told = desk.turn_to(changed)
    people(told)
    return _ask_account(told)


def _ask_account(desk: Desk, account: str = "", error: str = "") -> Card:
    known, home = desk.business, country(desk.country)
    options = tuple((s, desk.word(f"schemes.{s}")) for s in home.schemes)
    swish = (desk.field("swish", value=known.swish, required=False),) if home.code == "SE" else ()
    fields: tuple[Field, ...] = (
        desk.field(
            "account",
            value=account or known.account,
            error=error,
            required=False,
            hint=desk.word("hints.account"),
        ),
        desk.field("scheme", "choice", known.scheme, options=options),
        *swish,
    )
    return desk.card(
        "ask_account", form=desk.form("start.account", "", fields, submit="go_on"), in_place=bool(error)
    )


def account(request: Request, desk: Desk) -> Card:
    """Account known: who sends the letters."""
    given = request.values.get("account", "").strip()
    if given and not references.valid_account(given, desk.country):
        return _ask_account(desk, given, desk.word("errors.account"))
    changed = replace(
        desk.business,
        account=references.pretty_account(given, desk.country) if given else "",
        scheme=request.values.get("scheme", desk.business.scheme),
        swish=request.values.get("swish", "").strip(),
    )
    stopped = table.silence_all(desk) if _paid_elsewhere(changed, desk.business) else ()
    return replace(_ask_sending(desk.turn_to(changed)), more=stopped)


def _paid_elsewhere(new: Business, old: Business) -> bool:
    """Whether letters that name how to pay have become untrue."""
    return (new.account, new.swish) != (old.account, old.swish)


def _ask_sending(desk: Desk) -> Card:
    by_mail = desk.button("send_mail", "sending.mail", style="primary" if desk.server else "plain")
    by_hand = desk.button("send_myself", "sending.self", style="plain" if desk.server else "primary")
    return desk.card("ask_sending", buttons=(by_mail, by_hand) if desk.server else (by_hand, by_mail))


def ready(_request: Request, desk: Desk) -> Card:
    """Everything is known: drop a file, or type an invoice."""
    buttons = (
        desk.button("type_invoice", "invoice.new"),
        desk.button("example", "example.open", style="quiet"),
    )
    return desk.card(
        "ready", {"business": desk.business.name, "time": desk.business.nudge_at}, buttons=buttons
    )


def help_card(_request: Request, desk: Desk) -> Card:
    """What can be said, in the owner's language."""
    return desk.card("help", buttons=(desk.button("today", "today.show", style="primary"),))


def hello(_request: Request, desk: Desk) -> Card:
    """A greeting gets a greeting, and the way to the day."""
    facts = {"owner": desk.business.owner.split()[0] if desk.business.owner else ""}
    return desk.card("hello", facts, buttons=(desk.button("today", "today.show", style="primary"),))


ANSWERS: Answers = {
    "start.begin": begin,
    "start.country": at,
    "start.again": again,
    "start.name": name,
    "start.owner": owner,
    "start.account": account,
    "start.ready": ready,
    "help.show": help_card,
    "help.hello": hello,
}
