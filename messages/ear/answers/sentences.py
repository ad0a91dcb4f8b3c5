"""Sentences: a text as rows of words, each with the kinds of word it is and the clause it stands in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property, lru_cache
from itertools import islice
from textwrap import wrap

from messages.ear.amounts import Stated, stated
from messages.ear.answers.lexicon import Lexicon, lexicon, small
from messages.ear.answers.timing import mentions
from messages.ear.words import languages, plain, tongue_words, words

TOKEN = re.compile(
    r"\d(?:[\d.,:'/]*\d)?|[^\W\d_]+(?:['’\-][^\W\d_]+)*|[?!,;:()/]|[-–—]+|[\u2600-\u27bf\U0001f300-\U0001faff]"
)
STOP = re.compile(r"[.…]+|[!?]+|\n+")
WRAPPED = re.compile(r"(?<=[^\n.!?:]{45})[ \t]*\n(?=[a-zæøåäö])")
SHORT = re.compile(
    r"(?:\A|[\s(])(?:kl|nr|ca|kr|mnd|ref|evt|mvh|att|adv|pr|inkl|ekskl|exkl|eks|jf|tlf|kap|mrk|iht|pga|mdr|no|approx|inc|[^\W\d]|bl\.a|f\.eks|t\.ex|t\.o\.m|fr\.o\.m)\Z",
    re.I,
)
Family = tuple[str, ...]
Span = tuple[int, int]
FAMILIES: tuple[Family, ...] = (("nb", "sv", "da"), ("fi",), ("en",))
"""Languages that are read together: who writes one of them is seldom sure to have written no other."""
BREAKS = frozenset({",", ";", ":", "(", ")", "-", "–", "—"})
NAMING = frozenset(
    "INVOICE REFERENCE ACCOUNT NUMBER nr ref uke veke vecka uge week viikko viikolla kl klo".split()
)
COUNTING = frozenset(
    "h t timer timmar tuntia hours dagers dages dagars år vuotta years stk st kpl pcs v vuotias"
    " åring personer".split()
)
"""Words before and after a figure by which it is no money."""
MOST, LONGEST = 600, 600
"""So many sentences are read, in parts of so many letters at most."""
CLEARLY = 2
NUMBER = frozenset({"NUM"})
LEAST, MOST_MONEY = Decimal(20), Decimal(10_000_000)
"""A bare figure from the one to below the other can be money."""


@dataclass(frozen=True)
class Sentence:
    """A sentence: its text and, for each of its words, the labels that cues may name, and its clause."""

    text: str
    families: tuple[tuple[str, ...], ...]
    words: tuple[str, ...]
    labels: tuple[frozenset[str], ...]
    clauses: tuple[int, ...]

    @cached_property
    def places(self) -> Mapping[str, tuple[int, ...]]:
        """Where each label stands."""
        found: dict[str, list[int]] = {}
        for at, labels in enumerate(self.labels):
            for label in labels:
                found.setdefault(label, []).append(at)
        return {label: tuple(at) for label, at in found.items()}

    @property
    def asks(self) -> bool:
        """Whether it is a question."""
        return "?" in self.words

    @property
    def spoken(self) -> tuple[str, ...]:
        """The languages it may be in."""
        return tuple(language for family in self.families for language in family)

    def clause(self, number: int) -> frozenset[str]:
        """All labels of a clause."""
        return frozenset().union(
            *(x for x, at in zip(self.labels, self.clauses, strict=True) if at == number)
        )


def sentences(text: str, today: date) -> tuple[Sentence, ...]:
    """The sentences of a text, in their order."""
    whole = _family(text, ())
    pieces = islice(_pieces(WRAPPED.sub(" ", text)), MOST)
    return tuple(_sentence(part, whole, today) for piece in pieces for part in wrap(piece, LONGEST))


def _pieces(text: str) -> Iterator[str]:
    start = 0
    for stop in STOP.finditer(text):
        if _ends(text, stop):
            piece = text[start : stop.end()].strip()
            start = stop.end()
            if piece:
                yield piece
    if text[start:].strip():
        yield text[start:].strip()


def _ends(text: str, stop: re.Match[str]) -> bool:
    """Whether a sentence ends here; a point may belong to a day, a figure or a short form."""
    if stop[0][0] != "." or len(stop[0]) > 1:
        return True
    following = text[stop.end() : stop.end() + 20]
    before = text[max(0, stop.start() - 12) : stop.start()]
    if not following.strip() or following[0] == "\n":
        return True
    if not following[0].isspace():
        return before[-1:].isalpha() and following[0].isupper()
    if before[-1:].isdigit():
        word = re.match(r"\s*(\w*)", following)
        return following.strip()[0].isupper() and not (word and plain(word[1])[:3] in _months())
    return not SHORT.search(before)


@lru_cache(maxsize=1)
def _months() -> frozenset[str]:
    names = (
        name for language in languages() for month in words(language).months for name in month.split("|")
    )
    return frozenset(name[:3] for name in names)


@lru_cache(maxsize=4096)
def _sentence(text: str, whole: tuple[tuple[str, ...], ...], today: date) -> Sentence:
    families = _family(text, whole)
    known = lexicon(tuple(language for family in families for language in family))
    tokens = list(TOKEN.finditer(small(text)))
    said = tuple(token[0] for token in tokens)
    spoken = tuple(language for family in families for language in family)
    labels = [_labels(word, known, spoken, text) for word in said]
    days = [(day.start, day.end) for day in mentions(text, spoken, today)]
    _mark(tokens, labels, days, "DAY")
    _mark_figures(text, tokens, labels, days)
    _mark_names(text, tokens, labels, families)
    _mark_phrases(known, said, labels)
    return Sentence(text, families, said, tuple(labels), _clauses(said, labels))


def _labels(word: str, known: Lexicon, spoken: tuple[str, ...], text: str) -> frozenset[str]:
    """The kinds of word that a word is; a number in words counts as a number does."""
    number = any(words(language).numbers.get(plain(word), 0) > 1 for language in spoken)
    return known.labels(word, bare=text.isascii()) | (NUMBER if number else frozenset())


def _mark_figures(
    text: str, tokens: Sequence[re.Match[str]], labels: list[frozenset[str]], days: Sequence[Span]
) -> None:
    """Mark what counts: money as AMOUNT and FIGURE, bare figures that can be money as FIGURE and NUM."""
    for one in stated(text):
        if any(start < one.end and one.start < end for start, end in days):
            continue
        within = [at for at, token in enumerate(tokens) if one.start <= token.start() < one.end]
        for at in within:
            found = _counting(one, text, _before(labels, within[0]), _after(labels, within[-1]))
            labels[at] = (labels[at] - {"HALF"}) | found


def _before(labels: Sequence[frozenset[str]], at: int) -> frozenset[str]:
    """What stands before a figure; before an *and* the figure there, which may be an invoice's number."""
    found = labels[at - 1] if at else frozenset()
    if "AND" in found and at > 1 and "NUM" in labels[at - 2] and "FIGURE" not in labels[at - 2]:
        return found | {"INVOICE"}
    return found


def _after(labels: Sequence[frozenset[str]], at: int) -> frozenset[str]:
    return labels[at + 1] if at + 1 < len(labels) else frozenset()


def _counting(one: Stated, text: str, before: frozenset[str], after: frozenset[str]) -> frozenset[str]:
    if one.marked:
        return frozenset({"AMOUNT", "FIGURE"})
    named = bool(before & NAMING or after & COUNTING) or text[one.start] == "0"
    percent = text[one.end : one.end + 2].strip().startswith("%")
    if one.value is None or not LEAST <= one.value < MOST_MONEY or named or percent:
        return frozenset({"NUM"})
    return frozenset({"NUM", "FIGURE"})


def _mark(
    tokens: Sequence[re.Match[str]], labels: list[frozenset[str]], spans: Iterable[Span], label: str
) -> None:
    for start, end in spans:
        for at, token in enumerate(tokens):
            if start <= token.start() < end:
                labels[at] |= {label}


def _mark_names(
    text: str, tokens: Sequence[re.Match[str]], labels: list[frozenset[str]], families: Iterable[Family]
) -> None:
    """Mark as NAME what is written like one: a capital inside a sentence, on a word that nobody knows."""
    known = frozenset().union(*map(known_words, families))
    for at, token in enumerate(tokens[1:], 1):
        letter = text[token.start()]
        if letter.isupper() and not token[0].isdigit() and len(labels[at]) == 1 and token[0] not in known:
            labels[at] |= {"NAME"}


def _mark_phrases(known: Lexicon, said: tuple[str, ...], labels: list[frozenset[str]]) -> None:
    for at, word in enumerate(said):
        for rest, kind in known.phrases.get(word, ()):
            if said[at + 1 : at + 1 + len(rest)] == rest:
                labels[at] |= {kind}


def _clauses(said: tuple[str, ...], labels: list[frozenset[str]]) -> tuple[int, ...]:
    """A number for each word: a new one after a mark and before a word that turns the sentence."""
    number = 0
    clauses = []
    for word, kinds in zip(said, labels, strict=True):
        number += word in BREAKS or not kinds.isdisjoint({"BUT", "SO"})
        clauses.append(number)
    return tuple(clauses)


def _family(text: str, whole: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, ...], ...]:
    """The families of languages a text may be in: those of the `whole`, unless it is clearly in another."""
    said = re.findall(r"[^\W\d_]+", small(text[:4_000]))
    scores = {family: sum(word in known_words(family) for word in said) for family in FAMILIES}
    best = max(scores.values())
    if whole and best < 2 * max(scores[family] for family in whole) + CLEARLY:
        return whole
    return tuple(family for family in FAMILIES if scores[family] * 3 >= best * 2)


@lru_cache(maxsize=8)
def known_words(family: tuple[str, ...]) -> frozenset[str]:
    """The words by which a family of languages is told."""
    tongues = (tongue_words(language) for language in family)
    return frozenset().union(*tongues, lexicon(family).exact.keys())
