"""The trail from a mail to a customer: what in it names one, and how sure that is."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from bot.cases import Case
from bot.invoices import is_open
from bot.letters import Letter
from bot.mail import Mail, Way

WAYS: tuple[Way, ...] = ("letter", "tag", "number", "sender")
"""How a mail is tied to a customer, the surest first."""
SHORT = 8
"""From so many characters a number may be a payment reference whatever stands before it."""
TELLING = 4
"""From so many characters a number names its customer, whoever writes; a shorter one may be anybody's."""
LONG = 30
LISTEN = timedelta(days=60)
"""How long after our last letter what a customer writes is taken for an answer to it."""
RETURN = timedelta(days=7)
"""How long after it went a letter may still come back: servers try for five days."""
OLD = timedelta(days=3)
"""How much older than the first day of the mailbox a mail may say it is; clocks differ."""
SAYS = re.compile(
    r"(?:faktur|invoice|lasku|regning|rekning|räkning|kid\b|ocr|fik\b|viite|viittee|refer|ref\b|bilag|nota\b|"
    r"purring|påminn|påmind|rykker|maksu|betal|inkasso)",
    re.IGNORECASE,
)
"""Words that speak of an invoice or of paying one, in any of the languages."""
NAMED = re.compile(SAYS.pattern + r"[^\n]{0,40}?$", re.IGNORECASE)
"""One of those words not far before a number, on its line."""
GROUP = re.compile(r"(?<![\w@.])[A-Za-z]{0,6}[-/]?\d[\w/-]*(?![\w/-]*@)", re.ASCII)
"""A piece of a number as people write it."""
TOGETHER = 8
"""How many pieces a reference that is written with spaces may have."""
MOST = 200
"""How many numbers of one mail are looked up."""
EVERYBODYS = frozenset(
    """
    gmail.com googlemail.com outlook.com hotmail.com live.com msn.com icloud.com me.com mac.com yahoo.com
    proton.me protonmail.com online.no hotmail.no live.no broadpark.no getmail.no telia.com hotmail.se live.se
    outlook.se outlook.dk hotmail.dk live.dk bredband.net comhem.se spray.se mail.dk jubii.dk stofanet.dk
    yahoo.se yahoo.dk yahoo.no luukku.com elisanet.fi kolumbus.fi suomi24.fi hotmail.fi outlook.fi
    """.split()
)
"""Hosts where anybody may have an address, so that it says nothing of whom they work for."""


@dataclass(frozen=True, slots=True)
class Found:
    """Whose a mail is and by which way that is known; or among whom the owner must choose."""

    customer: str = ""
    way: Way = ""
    likely: tuple[str, ...] = ()

    @property
    def concerns(self) -> bool:
        """Whether it has to do with any customer at all."""
        return bool(self.customer or self.likely)


def whose(signs: Mapping[Way, Collection[str]], guesses: Collection[str] = ()) -> Found:
    """The customer whom the surest sign names; where it names several, who wrote may tell, else it is asked.

    `guesses` are to be asked about: customers with an address at the sender's own host, or a short number.
    """
    writers = set(signs.get("sender", ()))
    for way in WAYS:
        named = sorted(signs.get(way, ()))
        told = [each for each in named if each in writers] if len(named) > 1 else named
        if len(told) == 1:
            return Found(told[0], way)
        if named:
            return Found(likely=tuple(told or named))
    return Found(likely=tuple(sorted(guesses)))


def listens(case: Case, mail: Mail, today: date) -> bool:
    """Whether what a known sender writes may be about what they owe, though it names nothing of ours.

    It may when something is late, when we have written to them lately, or when it speaks of an invoice.
    """
    if any(i.due and i.due < today and is_open(i) for i in case.invoices):
        return True
    if any(x.pending or (x.reached and today - x.went_on <= LISTEN) for x in case.letters):
        return True
    return any(is_open(i) for i in case.invoices) and bool(SAYS.search(f"{mail.subject}\n{mail.text}"))


def is_ours(mail: Mail, own: Iterable[str]) -> bool:
    """Whether we sent it ourselves."""
    return bool(mail.sender) and folded(mail.sender) in {folded(each) for each in own if each}


def may_return(letter: Letter, mail: Mail, today: date) -> bool:
    """Whether a mail that gives no letter of ours back may be about this one: by its address and its day."""
    wrong = {folded(address) for each in mail.undelivered for address in each.addresses}
    is_out = letter.state in ("sent", "unknown") and folded(letter.to) in wrong
    return is_out and today - letter.went_on <= RETURN


def is_old(mail: Mail, since: date) -> bool:
    """Whether it says it is from before the mailbox was looked into."""
    return mail.at is not None and mail.at.date() < since - OLD


def numbers(text: str) -> tuple[str, ...]:
    """What in a text may be an invoice's number or payment reference: long, or called one on its line."""
    found: dict[str, None] = {}
    for line in text.splitlines():
        pieces = list(GROUP.finditer(line))
        for first, piece in enumerate(pieces):
            is_named = bool(NAMED.search(line[: piece.start()]))
            found |= dict.fromkeys(each for each in _runs(pieces[first:], line) if _counts(each, is_named))
            if len(found) >= MOST:
                return tuple(found)[:MOST]
    return tuple(found)


def told_apart(found: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Numbers that are telling, and those so short that a stranger's own may be the same."""
    known = tuple(found)
    telling = tuple(each for each in known if len(bare(each)) >= TELLING)
    return telling, tuple(each for each in known if each not in telling)


def _runs(pieces: list[re.Match[str]], line: str) -> Iterable[str]:
    """A piece alone, and joined with those that follow it across single spaces."""
    joined = pieces[0][0]
    yield joined.strip("-/")
    for before, piece in pairwise(pieces[:TOGETHER]):
        if line[before.end() : piece.start()].strip(" \u00a0") or piece.start() - before.end() > 2:
            return
        joined += piece[0]
        yield joined


def _counts(written: str, is_named: bool) -> bool:
    return len(written) <= LONG and (len(bare(written)) >= SHORT or (is_named and len(written) >= 2))


def bare(number: str) -> str:
    """A number as it is compared: letters and digits alone."""
    return "".join(c for c in number.casefold() if c.isalnum())


def folded(address: str) -> str:
    """An address as it is compared: without case, its host spelt as people read it."""
    local, _, host = address.strip().casefold().rpartition("@")
    return f"{local}@{readable(host)}"


def domain(address: str) -> str:
    """The host of an address; empty where anybody may have one there."""
    host = readable(address.strip().casefold().rpartition("@")[2])
    return "" if host in EVERYBODYS else host


def readable(host: str) -> str:
    """A host as people read it: `xn--blbr-roah.no` is `blåbær.no`."""
    try:
        return host.encode("ascii").decode("idna") if "xn--" in host else host
    except UnicodeError:
        return host
