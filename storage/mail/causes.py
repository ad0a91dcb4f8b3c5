"""Why a letter did not arrive, from what servers say about it."""

from __future__ import annotations

import re

from bot.mail import Cause

CODE = re.compile(r"(?<![\d.])[245]\.\d{1,3}\.\d{1,3}(?![\d.])")
CODES: tuple[tuple[str, Cause], ...] = (
    (r"[45]\.1\.(?:[0-6]|10)$", "bad_address"),
    (r"[45]\.2\.2$", "mailbox_full"),
    (r"[45]\.7\.\d+$|[45]\.1\.[78]$", "sender_or_policy"),
    (r"5\.2\.1$|5\.4\.[14]$|5\.4\.310$", "bad_address"),
)
"""RFC 3463's codes, as far as they tell what to do."""
WORDS: tuple[tuple[str, Cause], ...] = (
    (r"(?:mail)?box (?:is )?full|over ?quota|quota (?:exceeded|full)|disk space|insufficient storage",
     "mailbox_full"),
    (r"user (?:is )?unknown|unknown (?:user|recipient|address)|no such (?:user|recipient|mailbox|address)|"
     r"not listed|not found|wasn.t found|could ?n.t be found|does ?n.t exist|does not exist|"
     r"invalid (?:recipient|mailbox|address)|unrouteable|host unknown|no mailbox|recipient rejected|"
     r"mailbox unavailable|account (?:is )?(?:disabled|inactive)|address rejected|resolver\.adr",
     "bad_address"),
    (r"denied|blocked|blacklist|block ?list|spam|policy|rejected|dmarc|spf|dkim|not allowed|reputation",
     "sender_or_policy"),
)  # fmt: skip
GENERAL = frozenset({"0", "00"})


def cause(status: str, said: str) -> Cause:
    """Why, from the code that says most: the last one named that is not just *something went wrong*."""
    codes = [*CODE.findall(status), *CODE.findall(said)]
    for code in reversed(codes):
        for pattern, meaning in CODES:
            if re.match(pattern, code) and code.rpartition(".")[2] not in GENERAL:
                return meaning
    return next((m for pattern, m in WORDS if re.search(pattern, said, re.IGNORECASE)), "other")
