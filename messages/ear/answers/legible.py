"""Legible: a text as a person sees it — markup read, hidden parts dropped, strange letters made plain."""

from __future__ import annotations

import html
import re
import unicodedata

BLOCKS = frozenset(
    "address article br div dl dt dd footer h1 h2 h3 h4 h5 h6 header hr li ol p pre table tr ul".split()
)
SILENT = frozenset("head script style template title noscript s del strike svg object".split())
QUOTING = frozenset({"blockquote"})
VOID = frozenset("br hr img input meta link wbr area base col".split())
INLINE = frozenset(
    "a b body center em font html i img input meta link small span strong sub sup td th u".split()
)
TAG = re.compile(
    r"<!--(?:.*?-->|.*\Z)|<!doctype[^<>]*>|<(?P<close>/?)(?P<name>"
    + "|".join(sorted(BLOCKS | SILENT | QUOTING | VOID | INLINE, key=len, reverse=True))
    + r")(?P<rest>(?:\s[^<>]*)?)/?>",
    re.IGNORECASE | re.DOTALL,
)
HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0|opacity\s*:\s*0(?![.\d])"
    r"|max-height\s*:\s*0|\shidden(?:[\s=]|\Z)|color\s*:\s*(?:white|#fff(?:fff)?)\b",
    re.IGNORECASE,
)
QUOTED_CLASS = re.compile(r"class\s*=\s*[\"']?[^\"'>]*(?:gmail_quote|yahoo_quoted|moz-cite)", re.IGNORECASE)
ENTITY = re.compile(r"&(?:[a-zA-Z]{2,8}|#\d{1,7}|#x[\da-fA-F]{1,6});")
STRUCK = re.compile(r"~~[^~\n]{1,400}~~|(?:[^\W_][\u0335-\u0338]\s?)+")
MARKS = re.compile(r"\*\*|__|`+")
TURNED = re.compile("[\u202e\u202d]([^\u202c\n]*)\u202c?")
SPACED_OUT = re.compile(r"(?<![^\W_])(?:[^\W\d_] ){3,}[^\W\d_](?![^\W_])")
LOOK_ALIKE = str.maketrans(
    "аеорсухіјѕкмтнвіԁɡʏАЕОРСУХІЈЅКМТНВΑΒΕΖΗΙΚΜΝΟΡΤΥΧαοντρ",
    "aeopcyxijskmtnbidgyAEOPCYXIJSKMTHBABEZHIKMNOPTYXaovtp",
)
MOST_TAGS = 200
LONGEST = 200_000
"""So much of a text is read; nobody writes more by hand."""


def shown(text: str) -> str:
    """The text of a message without markup: hidden parts dropped, quotes marked with `>`."""
    text = re.sub(r"\r\n?", "\n", text[:LONGEST])
    for _ in range(2):
        if ENTITY.search(text):
            text = html.unescape(text).replace("\xa0", " ")
    return _without_markup(text) if TAG.search(text) else text


def folded(text: str) -> str:
    """The text in ordinary letters: nothing invisible or struck out, no letters that only look alike."""
    turned = TURNED.sub(lambda found: found[1][::-1], text)
    struck = STRUCK.sub(" ", unicodedata.normalize("NFD", turned) if "\u0336" in turned else turned)
    composed = unicodedata.normalize("NFKC", struck)
    seen = "".join(letter for letter in composed if letter in "\n\t" or _visible(letter))
    plain = re.sub(r"[^\W\d_]+", lambda word: _latin(word[0]), seen)
    joined = SPACED_OUT.sub(lambda found: found[0].replace(" ", ""), plain)
    return MARKS.sub("", joined)


def _visible(letter: str) -> bool:
    return unicodedata.category(letter) not in ("Cf", "Cc", "Co", "Cn", "Cs")


def _latin(word: str) -> str:
    """A word without the Cyrillic and Greek letters that pass for Latin ones."""
    if word.isascii():
        return word
    latin = word.translate(LOOK_ALIKE)
    return latin if all(ord(letter) < 0x250 for letter in latin) else word


def _without_markup(text: str) -> str:
    """The visible text between the tags; what is quoted begins each line with `>`."""
    parts: list[str] = []
    open_tags: list[tuple[str, bool, bool]] = []
    at = 0
    for tag in TAG.finditer(text):
        parts.append(_placed(text[at : tag.start()], open_tags))
        at = tag.end()
        name = (tag["name"] or "").lower()
        if name in BLOCKS or name in QUOTING:
            parts.append("\n")
        elif name in ("td", "th"):
            parts.append(" ")
        _follow(open_tags, name, tag)
    parts.append(_placed(text[at:], open_tags))
    lines = (re.sub(r"[ \t]+", " ", line).strip() for line in "".join(parts).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _placed(text: str, open_tags: list[tuple[str, bool, bool]]) -> str:
    if any(hidden for _, hidden, _ in open_tags):
        return ""
    if any(quoted for _, _, quoted in open_tags):
        return "\n".join(f"> {line.strip()}" for line in text.split("\n") if line.strip())
    return text


def _follow(open_tags: list[tuple[str, bool, bool]], name: str, tag: re.Match[str]) -> None:
    """Keep the list of open tags: a closing tag closes the nearest of its name, and what is in it."""
    if not name or name in VOID:
        return
    if not tag["close"]:
        if len(open_tags) < MOST_TAGS:
            open_tags.append(_opened(name, tag["rest"]))
        return
    for place in range(len(open_tags) - 1, -1, -1):
        if open_tags[place][0] == name:
            del open_tags[place:]
            return


def _opened(name: str, rest: str) -> tuple[str, bool, bool]:
    """A tag that opens: its name, whether what is in it is hidden, and whether it is quoted."""
    hidden = name in SILENT or bool(HIDDEN.search(rest))
    return name, hidden, name in QUOTING or bool(QUOTED_CLASS.search(rest))
