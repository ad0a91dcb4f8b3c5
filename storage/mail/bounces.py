"""Mails of mail servers that say in their own words that something did not arrive."""

from __future__ import annotations

import re
from email.message import Message

from bot.mail import Undelivered
from storage.mail.causes import cause
from storage.mail.headers import Envelope, values

SERVER = re.compile(
    r"^(?:mailer-?daemon|post-?master|mail-?daemon|mail\.delivery|mdaemon|bounces?|mmdf)\b[^@]*@", re.I
)
CALLED = re.compile(r"mail delivery|delivery (?:sub)?system|mail system|mailer.daemon|postmaster", re.I)
SUBJECT = re.compile(
    r"^(?:undeliver|delivery (?:status|failure|has failed|notification|delayed)|mail delivery|returned mail|"
    r"failure notice|failed mail|non.?delivery|nondeliverable|message (?:delivery|delayed|you sent)|"
    r"warning: (?:could not|message)|delayed mail|mail could not|could not send|rejected|"
    r"kunne ikke leveres|ikke levert|ikke leveret|kan inte levereras|gick inte att leverera|"
    r"olevererbart|oleveret|uleverbar|ei voitu toimittaa|viestin toimitus|toimitus epäonnistui)",
    re.I,
)
SAYS = re.compile(
    r"delivery (?:to|of|has)[^\n]{0,80}fail|could(?: ?n.t| not) be delivered|was not delivered|"
    r"undeliverable|permanent (?:fatal )?(?:error|failure)|failed permanently|not be delivered|user unknown|"
    r"ble ikke levert|kunne ikke leveres|kunde inte levereras|ei voitu toimittaa|\b550[ -]5\.|"
    r"mailbox (?:is )?full",
    re.I,
)
YET = re.compile(
    r"delay|not yet been|will (?:continue|keep) (?:to )?try|still (?:being )?tr|no action is required|retry|"
    r"forsinke|försena|viivästy|forsøges igen",
    re.I,
)
OVER = re.compile(r"fail|permanent|undeliver|rejected|unknown|not found|not listed", re.I)
ADDRESS = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@(?:[\w-]{1,63}\.)+[\w-]{2,63}")
GIVEN_BACK = re.compile(
    r"^(?:-{3,} ?(?:original message|this is a copy|below this line|return)|original message headers|"
    r"(?:received|return-path|dkim-signature): )",
    re.I | re.M,
)
WHY = (
    re.compile(r"\b[45]\d\d[ -]#?[45]\.\d"),
    re.compile(r"\b[45]\.\d\.\d|\b5[05]\d\b|not listed|full\b", re.I),
)
"""How a line looks that says why, the surest first."""
LOOKED_AT = 20_000
"""How much of the text is looked at, in characters."""
SAID = 300
RECIPIENTS = 20


def is_bounce(message: Message, envelope: Envelope, text: str) -> bool:
    """Whether a server says in plain words that something did not arrive."""
    if values(message, "X-Failed-Recipients") or message.get("X-MS-Exchange-Message-Is-Ndr") is not None:
        return True
    from_server = bool(SERVER.match(envelope.sender) or CALLED.search(envelope.name))
    about = bool(SUBJECT.match(envelope.subject))
    return (from_server and (about or bool(SAYS.search(text[:LOOKED_AT])))) or (
        about and envelope.return_path == "" and bool(SAYS.search(text[:LOOKED_AT]))
    )


def undelivered(message: Message, envelope: Envelope, text: str) -> tuple[Undelivered, ...]:
    """Whom it names: in a header of its own, else the first address in its words that is no server's."""
    told = _before_copy(text[:LOOKED_AT])
    named = [a for line in values(message, "X-Failed-Recipients") for a in ADDRESS.findall(line)]
    found = named or _named(told, envelope)
    whole = f"{envelope.subject}\n{told}"
    waits = bool(YET.search(whole)) and not OVER.search(whole)
    return tuple(
        Undelivered(
            address=each.casefold(),
            fate="delayed" if waits else "failed",
            cause=cause("", told),
            said=_sentence(told),
        )
        for each in dict.fromkeys(found[:RECIPIENTS])
    )


def _before_copy(text: str) -> str:
    """What the server itself says, before the copy of our mail."""
    begins = GIVEN_BACK.search(text)
    return text[: begins.start()] if begins and begins.start() > 0 else text


def _named(told: str, envelope: Envelope) -> list[str]:
    others = [a for a in ADDRESS.findall(told) if not SERVER.match(a)]
    known = {envelope.sender, *envelope.recipients}
    return [a for a in others if a.casefold() not in known][:1] or others[:1]


def _sentence(told: str) -> str:
    """The line in which the server says why."""
    lines = [" ".join(line.split()) for line in told.splitlines() if line.strip()]
    return next((line for why in WHY for line in lines if why.search(line)), "")[:SAID]
