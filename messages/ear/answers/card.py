"""Card: the polite ending of a mail and the lines below it, which say nothing of the matter."""

from __future__ import annotations

import re

MOST_LINES = 8
MOST_WORDS = 6
LONGEST = 90
GREETINGS = "hilsen|hilsner|hälsning\\w*|helsing\\w*"
KINDS = "venn?lige?|vänliga?|bedste|beste|bästa|varma|hjärtliga|gode|mange"
ENDINGS = "|".join(
    (
        rf"(?:med |m\.? ?)?(?:de )?(?:{KINDS})\s+(?:{GREETINGS})", r"m\.?v\.?h\.?", GREETINGS,
        "vh", "kh", "dbh", "hej då",
        "terveisin", r"terv\.?", r"yst(?:ävällisin)?\.? terv(?:eisin)?", "parhain terveisin",
        "kunnioittavasti", "kiittäen",
        "(?:best|kind|warm|many)(?: kind)? (?:regards|wishes)", "regards", "sincerely",
        "yours (?:sincerely|faithfully|truly)", "best", "cheers", "br", r"//?\s?\w+",
    )
)  # fmt: skip
CLOSING = re.compile(rf"(?i)\A\W*(?:{ENDINGS})(?!\w)[\s,.!]*(?P<name>.{{0,60}})\Z")
ADDED = re.compile(r"(?i)\A\W*(?:p\.?s|nb|obs|huom)\b|[?!]\s*\Z")


def without_card(text: str) -> str:
    """A text without its polite ending and the card below it, but with what is added after that."""
    kept: list[str] = []
    since = MOST_LINES + 1
    for line in text.split("\n"):
        since = 0 if _closes(line) else since + bool(line.strip())
        if since > MOST_LINES or (since and not _is_card(line)):
            kept.append(line)
    return "\n".join(kept)


def _closes(line: str) -> bool:
    """Whether a line is a polite ending: what follows it there is a name or nothing."""
    found = CLOSING.match(line) if len(line) < LONGEST else None
    return bool(found) and len(line.split()) <= MOST_WORDS + 2 and "?" not in line


def _is_card(line: str) -> bool:
    """Whether a line may stand on a card: short, and no sentence."""
    return not ADDED.search(line) and len(line.split()) <= MOST_WORDS
