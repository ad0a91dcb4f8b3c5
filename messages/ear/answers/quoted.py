"""Quoted: where a customer's own words end and the letter they answer begins, as mail programs mark it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from messages.ear.answers.legible import shown

WROTE = r"(?:wrote|skreiv|skrev|kirjoitti|schrieb|schreef|geschreven|écrit|escribió|scritto|napsal)"
ME = r"(?:jeg|eg|jag|vi|me|æ|i|we)"
INTRO = re.compile(
    rf"(?i)\A\W{{0,6}}(?!{ME}\b|.{{0,60}}\b{WROTE}\s+{ME}\b)"
    r"(?=[^\n]{0,300}(?:\d{1,2}[.:]\d\d|<|@|\d{4}|\byou\b))"
    rf"[^\n]{{0,300}}\b{WROTE}\b[^\n]{{0,200}}:\s*\Z"
)
INTRO_OPENS = re.compile(r"(?i)\A(?:on|den|am|op|le|el|il|\d{1,2}\.|\w+)\b.*(?:\d{4}|<[^>]*>?)")
INTRO_ENDS = re.compile(rf"(?i)\A(?:.{{0,80}}\s)?{WROTE}\b.{{0,80}}:\s*\Z|\A>\s*:\s*\Z")
RULES = "|".join(
    (
        "original message", "original appointment", "opprinnelig melding", "oprindelig meddelelse",
        "oprindelig besked",
        "ursprungligt meddelande", "originalmeddelande", "alkuperäinen viesti", "ursprüngliche nachricht",
        "forwarded message", "videresendt melding", "videresendt meddelelse", "vidarebefordrat meddelande",
        "välitetty viesti", "reply above this line", "svar over denne linjen?", "svara ovanför den här raden",
        "vastaa tämän rivin yläpuolelle",
    )
)  # fmt: skip
RULED = re.compile(
    rf"(?i)\A\W*[-–—_=*#]{{2,}}\s*(?:{RULES})\b.*\Z"
    r"|\A(?:begin forwarded message|videresendt melding|alkuperäinen viesti)\s*:?\s*\Z|\A_{20,}\s*\Z"
)
FROM = "fra|från|from|von|lähettäjä"
OTHERS = (
    "sendt|sent|skickat|gesendet|lähetetty|dato|date|datum|pvm|päiväys|til|till|to|an|vastaanottaja"
    "|kopi|kopia|cc|emne|ämne|subject|betreff|aihe"
)
HEADER = re.compile(rf"(?i)\A[\s*]*(?:{FROM}|{OTHERS})\s*:[\s*]*\S")
HEADER_OPENS = re.compile(rf"(?i)\A[\s*]*(?:{FROM})\s*:")
DEVICES = (
    "iphone|iphonesta|ipad|ipadista|ipod|android|mobil\\w*|samsung|galaxy|outlook|mail\\w*|yahoo|telefon\\w*"
    "|phone\\w*|device|windows|blackberry|cell|huawei|pixel|oneplus|nokia|airmail|ti-85|puhelime\\w*|alcatel\\w*|htc"
)
SENT_FROM = re.compile(
    rf"(?i)\A\W*(?:(?:sendt|sent|skickat|lähetetty|gesendet|verzonden|envoyé)\b.{{0,60}}\b(?:{DEVICES})\b"
    r"|get\W+outlook for|hent outlook (?:til|for)|hämta outlook|hanki outlook|sent via"
    r"|von meinem|diese nachricht wurde von meinem|someone from mobile|from my i\w+|從我的)"
)
SIGNED = re.compile(r"\A(?:--|—|__)\s*\Z")
PRIVATE = "confidential|privileged|konfidensiel\\w*|konfidentiel\\w*|fortroli\\w*|luottamuksel\\w*|intended"
DISCLAIMER = re.compile(
    r"(?i)\A\W*(?:(?:d(?:enne|enna|etta) e-?(?:post|mail)(?:en|et)?|tämä (?:sähköposti|viesti)"
    rf"|this (?:e-?mail|message))\b.{{0,80}}\b(?:{PRIVATE})"
    r"|(?:confidentiality|legal) notice|please consider the environment|tenk på miljøet|ajattele ympäristöä)"
)


def unquoted(text: str) -> str:
    """The customer's own words: what they answer, their mail program's mark and their card cut away."""
    kept, _ = parted(shown(text))
    return kept


def parted(text: str) -> tuple[str, str]:
    """A text's own words, and what it quotes."""
    own: list[str] = []
    quoted: list[str] = []
    lines = text.split("\n")
    at = 0
    while at < len(lines):
        line = lines[at]
        width = _opens_quote(lines, at)
        if width:
            rest = lines[at + width :]
            if not _marked(rest):
                quoted.extend(rest)
                break
            at += width
            continue
        (quoted if line.lstrip().startswith(">") else own).append(line)
        at += 1
    return _without_card(own), "\n".join(line.lstrip("> ") for line in quoted).strip()


def _marked(lines: Sequence[str]) -> bool:
    """Whether what follows an introduction is marked line by line, so that it can be told from an answer."""
    return next((line.lstrip().startswith(">") for line in lines if line.strip()), False)


def _opens_quote(lines: Sequence[str], at: int) -> int:
    """How many lines introduce a quotation here; none when it is no introduction."""
    line = lines[at].strip()
    if RULED.match(line):
        return _and_headers(lines, at + 1) - at
    if INTRO.match(line.lstrip("> ")):
        return 1
    following = lines[at + 1].strip() if at + 1 < len(lines) else ""
    if len(line) < 400 and INTRO_OPENS.match(line) and INTRO_ENDS.match(following):
        return 2
    if HEADER_OPENS.match(line) and sum(bool(HEADER.match(x)) for x in lines[at : at + 6]) > 2:
        return _and_headers(lines, at) - at
    return 0


def _and_headers(lines: Sequence[str], at: int) -> int:
    while at < len(lines) and (HEADER.match(lines[at]) or (not lines[at].strip() and at + 1 < len(lines))):
        at += 1
    return at


def _without_card(lines: Sequence[str]) -> str:
    """The lines up to a signature's rule, without the mail program's mark and the lawyers' footer."""
    signed = next((n for n, line in enumerate(lines) if n and SIGNED.match(line.rstrip())), len(lines))
    said = [line for line in lines[:signed] if not SENT_FROM.match(line) and not _is_disclaimer(line)]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in said)).strip()


def _is_disclaimer(line: str) -> bool:
    return len(line) < 2_000 and bool(DISCLAIMER.search(line))
