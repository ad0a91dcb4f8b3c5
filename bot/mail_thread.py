"""What went before a letter between us and a customer, so that their mailbox shows it in one thread."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from bot.letters import Letter
from bot.mail import Kept

MOST = 10
"""How many earlier mails a letter names, the last ones."""
OURS, THEIRS = 0, 1
"""What comes first of a letter and an answer of the same moment: nobody answers what has not been sent."""


def before(letter: Letter, letters: Iterable[Letter], mails: Iterable[Kept]) -> tuple[tuple[str, ...], str]:
    """The Message-IDs of earlier letters and answers, in order, and the answer that came last, if one did."""
    never = datetime.min.replace(tzinfo=UTC)
    ours = [
        (x.sent_at or never, OURS, x.message_id)
        for x in letters
        if x.reached and x.message_id and x.id != letter.id
    ]
    theirs = [(m.at, THEIRS, m.message_id) for m in mails if m.kind == "reply" and m.state == "placed"]
    # A name beyond ASCII, which is none by the standard, would keep our letter from being written at all.
    theirs = [each for each in theirs if each[-1] and each[-1].isascii()]
    thread = [ident for _, _, ident in sorted((*ours, *theirs))][-MOST:]
    answered = bool(theirs) and thread[-1:] == [max(theirs)[-1]]
    return tuple(dict.fromkeys(thread)), thread[-1] if answered else ""
