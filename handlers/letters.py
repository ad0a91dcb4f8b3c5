"""Letters: a draft on the table, in another tone, edited, or put away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot import members, tone
from bot.additions import Proposal, toggled
from bot.cases import Case
from bot.chat import Action, Button, Card, Check, Fact, Paper, Request, Rule
from bot.invoices import Invoice
from bot.ladder import ladder
from bot.letters import LADDER, LEGAL, TONES, Facts, Letter, checked
from bot.parties import Contact, Customer
from bot.payments import habit
from handlers.desk import Answers, Desk, flaws, handouts, law, own, rewording
from handlers.desk import drafts as table
from handlers.desk.own import OwnWords


def show(request: Request, desk: Desk) -> Card:
    """The draft as the customer will get it, with what the review found and what may be done."""
    word, _, old = request.action.value.partition("|")
    card = _card(desk.books.letters.get(request.action.subject), desk)
    if old:
        back = desk.button("old_words", "letter.again", old, style="quiet")
        card = replace(card, buttons=(*card.buttons, back))
    return _after("changed_since" if word == "changed" else word, card, desk) if word else card


def _after(word: str, card: Card, desk: Desk) -> Card:
    """A card with a word on why it comes, in the place of the one that was pressed and is out of date."""
    return replace(card, text=f"{desk.word(word)}\n\n{card.text}", in_place=True)


def _card(letter: Letter, desk: Desk, *, in_place: bool = False) -> Card:
    case = desk.books.case(letter.customer)
    facts = table.facts_of(letter, case, desk)
    theirs = own.in_own_words(facts, desk) if letter.state == "draft" and not letter.edited else None
    findings = table.findings(letter, facts, theirs)
    errors = [f.keepable for f in findings if f.severity == "error"]
    offered = law.proposal(letter, case, desk)
    name, reason = case.customer.name, _tone_reason(letter, case, desk)
    words = {"customer": name, "reason": reason, "errors": bool(errors)}
    words |= {"two": members.needs_second(letter, desk.business), "first_yes": table.first_yes(letter, desk)}
    return desk.card(
        "draft",
        words | {"mail": desk.mail, "to": letter.to, "undo": desk.business.undo_minutes, "today": desk.today},
        facts=_chips(letter, facts, desk),
        checks=(
            *table.remarks(findings, desk),
            *_fell_back(theirs, desk),
            *flaws.of_references(_asked(letter, case), desk),
            *_on_the_law(letter, case, offered, desk),
        ),
        law=_rules(letter, case, desk),
        paper=Paper(letter.subject, letter.body, letter.to, letter.language),
        handouts=handouts.of_invoices((c.invoice for c in letter.claims), desk),
        buttons=_buttons(letter, errors, offered, desk),
        subject=letter.customer,
        in_place=in_place,
        more=() if in_place else _in_own_language(letter, facts, desk),
    )


def _fell_back(theirs: OwnWords | None, desk: Desk) -> tuple[Check, ...]:
    """That the owner's own words for such letters do not do for this one, and why."""
    if not theirs or not theirs.lacks:
        return ()
    why = table.words_of(theirs.lacks, desk)
    return (Check("look", desk.word("wordings.fell_back", why=why)),)


def _on_the_law(letter: Letter, case: Case, offered: Proposal, desk: Desk) -> tuple[Check, ...]:
    """What bears on a letter that adds something, or whose words the law prescribes."""
    told = list(law.checks(offered, desk))
    if letter.kind in LEGAL and letter.language != case.customer.language:
        language = desk.word(f"languages.{letter.language}")
        told.append(Check("look", desk.word("checks.official_language", language=language)))
    if table.is_unseen(letter, desk) and (seen := desk.books.imports.bank_through()):
        told.append(Check("look", desk.word("checks.bank_stale", days=(desk.today - seen).days)))
    if letter.charges and case.customer.kind == "unknown":
        told.append(Check("look", desk.word("checks.kind_unknown", customer=case.customer.name)))
    return tuple(told)


def _rules(letter: Letter, case: Case, desk: Desk) -> tuple[Rule, ...]:
    """What the law says of the invoices that a letter of the ladder is about."""
    return law.rules(case, desk, _asked(letter, case)) if letter.kind in LADDER else ()


def _asked(letter: Letter, case: Case) -> tuple[Invoice, ...]:
    """The invoices that a letter is about."""
    about = {c.invoice for c in letter.claims}
    return tuple(i for i in case.invoices if i.id in about)


def _tone_reason(letter: Letter, case: Case, desk: Desk) -> str:
    """Why this tone was chosen; nothing once the owner has chosen another."""
    if letter.kind != "reminder":
        return ""
    choice = tone.choose(letter.level, ladder(desk.business).last, habit(case.invoices))
    return (
        desk.word(f"tone_reason.{choice.reason}", customer=case.customer.name)
        if choice.tone == letter.tone
        else ""
    )


def _chips(letter: Letter, facts: Facts, desk: Desk) -> tuple[Fact, ...]:
    """The figures in the letter, the same whatever its tone."""
    known = {
        "invoices": ", ".join(line.number for line in facts.lines),
        "amount": desk.word("money", amounts=facts.totals),
        **{f"charges.{c.kind}": desk.word("money", amounts=(c.amount,)) for c in facts.sums},
        "to_pay": desk.word("money", amounts=facts.to_pay) if facts.sums else "",
        "account": facts.account,
        "pay_by": desk.word("day", day=letter.pay_by, today=desk.today) if letter.pay_by else "",
        "to": "" if letter.to else desk.word("no_address"),
        "cc": letter.cc,
        "papers": ", ".join(name for _, name in _papers(letter, desk)),
    }
    return tuple(Fact(_named(name, desk), value) for name, value in known.items() if value)


def _named(name: str, desk: Desk) -> str:
    return desk.word(name if "." in name else f"fields.{name}")


def _papers(letter: Letter, desk: Desk) -> tuple[tuple[str, str], ...]:
    """The files that go with it: of which invoice, and their names."""
    return desk.books.files.names(c.invoice for c in letter.claims)


def _buttons(letter: Letter, errors: Sequence[bool], offered: Proposal, desk: Desk) -> tuple[Button, ...]:
    main = _ways_out(letter, desk) if not errors else _keeping(letter, errors, desk)
    edit = desk.button("edit", "letter.edit", letter.id)
    return (
        *main,
        edit,
        *_tones(letter, desk),
        *_rephrasing(letter, desk),
        *law.buttons(letter, offered, desk),
        *_detaching(letter, desk),
        desk.button("not_now", "letter.discard", letter.id, style="quiet"),
    )


def _detaching(letter: Letter, desk: Desk) -> tuple[Button, ...]:
    """The way to take the first of its papers off; the next then follows."""
    first = _papers(letter, desk)[:1]
    return tuple(desk.button("detach", "file.detach", of, name, style="quiet") for of, name in first)


def _keeping(letter: Letter, errors: Sequence[bool], desk: Desk) -> tuple[Button, ...]:
    """Words may be kept on purpose, if that is all the review minds; `errors` tells of each whether it is."""
    return (desk.button("keep_words", "letter.keep", letter.id),) if all(errors) else ()


def _ways_out(letter: Letter, desk: Desk) -> tuple[Button, ...]:
    """Two agree first where they must; sent by Purr where there is a mail server, and always by own hand."""
    seal = table.seal(letter, desk)
    yes = "approve_unseen" if table.is_unseen(letter, desk) else "approve"
    approve = desk.button(yes, "letter.approve", letter.id, seal, style="primary")
    if members.needs_second(letter, desk.business) and not table.first_yes(letter, desk):
        return (approve,)
    text = f"{letter.subject}\n\n{letter.body}"
    by_hand = desk.button(
        "copy",
        "letter.copied",
        letter.id,
        seal,
        copy=text,
        style="plain" if desk.mail else "primary",
    )
    return (approve, by_hand) if desk.mail else (by_hand,)


def _tones(letter: Letter, desk: Desk) -> tuple[Button, ...]:
    if letter.edited or letter.kind != "reminder":
        return ()
    at = TONES.index(letter.tone)
    ways = (("warmer", at - 1), ("firmer", at + 1))
    return tuple(
        desk.button(key, "letter.tone", letter.id, TONES[to]) for key, to in ways if 0 <= to < len(TONES)
    )


def _rephrasing(letter: Letter, desk: Desk) -> tuple[Button, ...]:
    if not rewording.is_offered(letter, desk):
        return ()
    return (desk.button("rephrase", "letter.rephrase", letter.id),)


def _in_own_language(letter: Letter, facts: Facts, desk: Desk) -> tuple[Card, ...]:
    """The same letter in the owner's language, unless it is written by hand."""
    if letter.edited:
        return ()
    return own.beside(facts, desk, letter.customer, theirs=not own.is_ours(letter, facts))


def retone(request: Request, desk: Desk) -> Card:
    """The same facts in another tone, in the place of the old draft."""
    letter = table.open_draft(request.action.subject, desk)
    chosen = next(t for t in TONES if t == request.action.value)
    facts = replace(table.facts_of(letter, desk.books.case(letter.customer), desk), tone=chosen)
    text = table.write(facts, desk)
    changed = replace(letter, tone=chosen, subject=text.subject, body=text.body)
    desk.books.letters.save(changed)
    return _card(changed, desk, in_place=True)


def charge(request: Request, desk: Desk) -> Card:
    """Take something out that the letter adds, or put it in, in the place of the old draft: `without|fee`."""
    letter = table.open_draft(request.action.subject, desk)
    if letter.edited:
        return _card(letter, desk, in_place=True)
    how, _, name = request.action.value.partition("|")
    wanted = toggled({c.addition for c in letter.charges}, name, put_in=how == "with")
    changed = table.with_additions(letter, wanted, desk.books.case(letter.customer), desk)
    desk.books.letters.save(changed)
    return _card(changed, desk, in_place=True)


def edit(request: Request, desk: Desk) -> Card:
    """The draft as a form, to change freely."""
    letter = table.open_draft(request.action.subject, desk)
    fields = (
        desk.field("to", "email", letter.to, required=False),
        desk.field("cc", "email", letter.cc, required=False),
        desk.field("subject", value=letter.subject),
        desk.field("body", "area", letter.body),
    )
    return desk.card(
        "edit", form=desk.form("letter.save", letter.id, fields), subject=letter.customer, in_place=True
    )


def save(request: Request, desk: Desk) -> Card:
    """Keep the owner's own words; the review reads them again."""
    letter = table.open_draft(request.action.subject, desk)
    changed = checked(_changed(letter, request.values))
    desk.books.letters.save(changed)
    customer = desk.books.customers.get(letter.customer)
    if changed.to and not customer.to:
        desk.books.customers.save(_with_address(customer, changed.to))
    return _card(changed, desk, in_place=True)


def _changed(letter: Letter, values: Mapping[str, str]) -> Letter:
    subject = " ".join(values.get("subject", letter.subject).split())
    body = values.get("body", letter.body).replace("\r\n", "\n").strip()
    edited = letter.edited or (subject, body) != (letter.subject, letter.body.strip())
    to, cc = (values.get(name, getattr(letter, name)).strip() for name in ("to", "cc"))
    return replace(letter, to=to, cc=cc, subject=subject, body=body, edited=edited, kept=False)


def _with_address(customer: Customer, address: str) -> Customer:
    """The customer with the address the owner has just named."""
    main, *others = customer.contacts or (Contact(),)
    return replace(customer, contacts=(replace(main, email=address), *others))


def again(request: Request, desk: Desk) -> Card | Action:
    """The same letter as a new draft: after an undo or a failure, or when its dates have moved."""
    old = desk.books.letters.get(request.action.subject)
    fresh = table.again(old, desk)
    if old.state != "draft":
        return Action("letter.show", fresh.id)
    return _after("renewed", _card(fresh, desk), desk)


def keep(request: Request, desk: Desk) -> Card:
    """The owner means it as it stands."""
    letter = replace(table.open_draft(request.action.subject, desk), kept=True)
    desk.books.letters.save(letter)
    desk.books.history.add("words_kept", customer=letter.customer, who=request.who)
    return _card(letter, desk, in_place=True)


def discard(request: Request, desk: Desk) -> Action:
    """Put a draft away; nothing is sent."""
    letter = table.open_draft(request.action.subject, desk)
    desk.books.letters.save(replace(letter, state="withdrawn"))
    return Action("customer.show", letter.customer)


ANSWERS: Answers = {
    "letter.show": show,
    "letter.tone": retone,
    "letter.charge": charge,
    "letter.edit": edit,
    "letter.save": save,
    "letter.keep": keep,
    "letter.again": again,
    "letter.discard": discard,
}
