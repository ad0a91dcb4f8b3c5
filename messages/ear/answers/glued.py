"""Glued: words written without the blanks between them, parted again."""

from __future__ import annotations

from messages.ear.answers.lexicon import small
from messages.ear.answers.sentences import FAMILIES, known_words

SHORTEST, LONGEST, LONGEST_WORD = 12, 80, 16


def unglued(text: str) -> str:
    """A text whose lines hold no blank, with blanks where the words we know end."""
    return text if " " in text.strip() else "\n".join(map(_line, text.split("\n")))


def _line(line: str) -> str:
    word = small(line.strip())
    if not (word.isalpha() and SHORTEST < len(word) <= LONGEST):
        return line
    ways = (_parts(word, known_words(family)) for family in FAMILIES)
    return next((" ".join(parts) for parts in ways if parts), line)


def _parts(word: str, known: frozenset[str]) -> tuple[str, ...]:
    """The words that a long one is made of, the fewest there are; none when it is not made of known words."""
    best: dict[int, tuple[str, ...]] = {0: ()}
    for end in range(1, len(word) + 1):
        starts = (start for start in range(max(0, end - LONGEST_WORD), end) if start in best)
        ways = [(*best[start], word[start:end]) for start in starts if word[start:end] in known]
        if ways:
            best[end] = min(ways, key=len)
    return best.get(len(word), ())
