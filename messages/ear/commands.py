"""Commands: what an owner types, as the action they want, in any of the languages."""

from __future__ import annotations

import re
import unicodedata

from bot.chat import Action
from messages.ear.days import places
from messages.ear.words import Words, nearest_first, plain, words

REPLY = "reply.log"
LONGEST_NAME = 60
MOST_WORDS = 7
LEADING = re.compile(r"\A(?:/|purr[,:]?\s+(?!på\b))", re.IGNORECASE)
TRAILING = " \t\n.!?"
SENTENCE = re.compile(r"[.,!?;] \w+ \w+ \w")
FIGURE = re.compile(r"(?<!\S)[€$£]?\d")


def command(text: str, language: str) -> Action | None:
    """The action a message asks for; None when it says nothing.

    A short message that is no command names a customer or an invoice to find; a long one is a customer's
    answer pasted in, kept word for word, whose it is still to be asked.
    """
    said = LEADING.sub("", unicodedata.normalize("NFC", text).strip())
    if not said:
        return None
    own = words(language)
    tongues = [words(tongue) for tongue in nearest_first(language)]
    tried = (_asked(verb, said, known, own) for verb in own.commands for known in tongues)
    return next(filter(None, tried), None) or _named_or_pasted(text.strip(), said, own)


def _asked(verb: str, said: str, known: Words, own: Words) -> Action | None:
    """The action, if a pattern fits; but not if there is half a sentence where a name should be."""
    whole = said if verb == REPLY else said.rstrip(TRAILING) or said
    spoken = plain(whole)
    for pattern in known.commands.get(verb, ()):
        match = pattern.fullmatch(spoken)
        action = _action(verb, match, whole, known) if match else None
        if action and not any(_is_speech(action.subject, one) for one in (known, own)):
            return action
    return None


def _action(verb: str, match: re.Match[str], said: str, known: Words) -> Action:
    parts = {
        slot: said[slice(*match.span(slot))].strip() for slot, found in match.groupdict().items() if found
    }
    if "until" in parts:
        return Action(verb, *_before_day(parts["until"], known))
    if "paid" in parts:
        return Action(verb, *_before_figure(parts["paid"], known))
    if "n" in parts:
        return Action(verb, parts["subject"], str(known.numbers.get(plain(parts["n"]), parts["n"])))
    return Action(verb, parts.get("subject", ""), parts.get("value", ""))


def _is_speech(text: str, known: Words) -> bool:
    """Whether somebody speaks in it: it is too long for a name, or has an *I* or a comma and more in it."""
    return len(text) > LONGEST_NAME or bool(known.people.search(text) or SENTENCE.search(text))


def _before_day(text: str, known: Words) -> tuple[str, str]:
    """Who, and until when: cut before the first day named and the small words that lead to it."""
    starts = [start for start, _ in places(text, known.language)]
    if not starts:
        return text, ""
    lead = re.search(rf"(?:(?:{known.until})\s+)+\Z", plain(text[: starts[0]]))
    return _cut(text, lead.start() if lead else starts[0])


def _before_figure(text: str, known: Words) -> tuple[str, str]:
    """Who paid, and how much and when; an invoice is named by its number, which comes first."""
    first, _, rest = text.partition(" ")
    if re.search(r"\d", first):
        return first, rest.strip()
    starts = [found.start() for found in FIGURE.finditer(text)]
    return _cut(
        text, min([*starts, *(start for start, _ in places(text, known.language))], default=len(text))
    )


def _cut(text: str, at: int) -> tuple[str, str]:
    return text[:at].strip(" ,:"), text[at:].strip()


def _named_or_pasted(text: str, said: str, known: Words) -> Action:
    if "\n" in text or len(text.split()) > MOST_WORDS or _is_speech(text, known):
        return Action(REPLY, value=text)
    return Action("customer.find", value=said.rstrip(TRAILING) or text)
