"""Rewording: a draft or an answer as a language model may see it, and what of its word is used."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.cases import Case
from bot.errors import Refusal
from bot.hearing import Intent
from bot.letters import Facts, Letter
from bot.model import REWORDABLE, Question, Said, may_ask
from bot.replies import Reply
from handlers.desk import Desk, own
from handlers.desk import drafts as table
from messages import model, review
from messages.marks import Veiled
from storage.ids import new_id


@dataclass(frozen=True, slots=True)
class Task:
    """A draft, what it may state, and its running text as a model may see it."""

    letter: Letter
    facts: Facts
    veiled: Veiled
    question: Question


def is_offered(letter: Letter, desk: Desk) -> bool:
    """Whether a draft can be said differently: by whoever wants that, and in a language the owner reads."""
    wanted = may_ask(desk.business, desk.model.site)
    return wanted and letter.kind in REWORDABLE and letter.language == desk.language


def task(letter: Letter, who: str, desk: Desk) -> Task:
    """What there is to be said differently in a draft; refused where there is nothing."""
    case = desk.books.case(letter.customer)
    facts = table.facts_of(letter, case, desk)
    people = tuple(contact.name for contact in case.customer.contacts)
    theirs = letter.edited or not own.is_ours(letter, facts)
    veiled = model.passages(letter.body, facts, people, edited=theirs)
    if not (is_offered(letter, desk) and veiled.passages):
        raise Refusal("nothing_to_reword")
    question = replace(
        model.to_rephrase(veiled, letter.language),
        business=desk.business.id,
        customer=letter.customer,
        who=who,
        note=desk.word("model.purposes.rephrase"),
    )
    return Task(letter, facts, veiled, question)


def reworded(task: Task, said: Said) -> Said:
    """The body in the model's words, if nothing is wrong with them; else why they are dropped."""
    if said.trouble:
        return said
    letter, found = task.letter, model.reworded(task.veiled, said.text, task.letter.language)
    if found.trouble:
        return found
    before, after = (review.review(letter.subject, body, task.facts) for body in (letter.body, found.text))
    return found if model.is_no_worse(before, after) else Said(trouble="review")


def to_read(reply: Reply, case: Case, who: str, desk: Desk) -> Question:
    """What goes out to have a customer's answer read a second time."""
    customer, business = case.customer, desk.business
    names = (customer.name, business.name, business.owner, *(each.name for each in customer.contacts))
    return replace(
        model.to_read(reply.text, customer.language or desk.language, names),
        business=business.id,
        customer=customer.id,
        who=who,
        note=desk.word("model.purposes.read"),
    )


def opinion(said: Said) -> tuple[Intent, ...]:
    """What a model thinks an answer says; nothing where it said nothing that can be used."""
    return () if said.trouble else model.intents(said.text)


def keep(letter: Letter, body: str, desk: Desk) -> Letter:
    """The same letter in other words as a new draft that nobody has approved; the old one is put away."""
    table.put_away(letter.customer, desk)
    fresh = replace(
        letter, id=new_id(), body=body, edited=True, kept=False, first_yes="", approved_text="", papers=""
    )
    desk.books.letters.add(fresh)
    return fresh
