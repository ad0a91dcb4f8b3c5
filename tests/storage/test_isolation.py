"""Promise 11: one business never sees another's data."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bot.cases import Pause
from bot.causes import Closing
from bot.chat import Action, Button, Card
from bot.errors import Refusal
from bot.escalations import Escalation
from bot.joining import Join
from bot.ledgers import Connection
from bot.letters import Letter
from bot.mail import Kept
from bot.matching import Incoming
from bot.members import Member
from bot.parties import Business, Customer, MailServer
from bot.platforms import Person, Place
from bot.promises import Promise
from bot.replies import Call, Reply
from bot.wording import Wording
from storage.books import TABLES, Books
from storage.engine import Database
from storage.escalations import Pack
from storage.imports import Import
from tests.cast import ASAS_BAGERI, blomman, everyone, kr, mogens, move_in, norrsken, payments
from tests.storage.conftest import NOW, TODAY

PAIRS = count()
THEIRS = "theirs-alone"
CASES = everyone(TODAY)
TEXT = "text ".join(["", THEIRS, ""])
PLACE, PERSON = Place("pocket", "same"), Person("pocket", "same", name="same")
UNSCOPED = {
    "businesses": "it is the list of businesses",
    "workers": "the processes at work, which see to everybody",
    "heard": "whose it is, is only known once it is answered; nothing of it stays then",
    "drawers": "a platform's own: tokens and threads of all its chats, sealed",
}
"""The tables that belong to no business, each with the reason."""
Act = Callable[[Books], object]


def acts(mark: str) -> dict[str, Act]:
    """One of everything a piece of work may write; the same ids whoever does it, the mark in every text."""
    customer, (claim, *_) = CASES[0].customer, CASES[0].invoices
    of: dict[str, Any] = {"id": "same", "customer": customer.id}
    card = Card(mark, buttons=(Button(mark, Action("case.show", mark)),))
    letter = Letter(
        **of, kind="reminder", language="sv", subject=mark, body=mark, made=TODAY, state="unknown"
    )
    member = Member(id="same", name=mark, role="helper", added=TODAY)
    return {
        "customer": lambda b: b.customers.save(replace(customer, name=mark)),
        "another": lambda b: b.customers.add(Customer(id="same", name=f"{customer.name} {mark}")),
        "invoice": lambda b: b.invoices.save(replace(claim, description=mark, parked=True, number=mark)),
        "payment": lambda b: b.payments.add(replace(payments(blomman(TODAY))[0], id="same", key=mark)),
        "credit": lambda b: b.payments.add(
            replace(payments(mogens(TODAY))[0], id="credit", invoice="", key="")
        ),
        "refund": lambda b: b.payments.remove(payments(norrsken(TODAY))[0].id),
        "money": lambda b: b.incoming.add(Incoming(**of, day=TODAY, amount=kr("5"), mark=mark, text=mark)),
        "placed": lambda b: [b.incoming.save(replace(m, state="placed")) for m in b.incoming.waiting()],
        "letter": lambda b: b.letters.add(letter),
        "draft": lambda b: b.letters.add(replace(letter, id="draft", state="draft")),
        "reply": lambda b: b.replies.add(Reply(**of, text=mark, at=NOW)),
        "call": lambda b: b.calls.add(Call(**of, day=TODAY, outcome="reached", words=mark)),
        "promise": lambda b: b.promises.add(Promise(**of, day=TODAY, made=TODAY, amount=kr("5"), words=mark)),
        "plan": lambda b: b.plans.save(replace(blomman(TODAY).plans[0], state="in_default")),
        "dispute": lambda b: b.disputes.save(replace(mogens(TODAY).disputes[1], words=mark)),
        "escalate": lambda b: b.escalations.add(
            Escalation(**of, kind="hand_over", day=TODAY, by=mark, claims=(), to=mark)
        ),
        "taken back": lambda b: [b.escalations.save(replace(e, ended=TODAY)) for e in b.escalations.all()],
        "pack": lambda b: b.packs.keep(Pack("same", customer.id, mark, TODAY, mark.encode())),
        "pause": lambda b: b.pauses.add(Pause(id="same", until=TODAY, made=TODAY, words=mark)),
        "closing": lambda b: b.closings.add(Closing(**of, day=TODAY, days=len(mark), cause="forgot")),
        "mailbox": lambda b: b.mailboxes.save(MailServer(host=mark)),
        "incoming mailbox": lambda b: b.mailboxes.save(MailServer(host=mark), "in"),
        "no mailbox": lambda b: b.mailboxes.forget("out"),
        "invitation": lambda b: b.mailboxes.save(MailServer(host=mark), "invited"),
        "sign in": lambda b: b.mailboxes.sign_in(MailServer(host=mark, user="same")),
        "sign out": lambda b: b.mailboxes.sign_out([]),
        "look": lambda b: b.inboxes.begin(TODAY),
        "hold": lambda b: b.inboxes.claim(mark, timedelta(minutes=1)),
        "looked": lambda b: b.inboxes.moved(mark, 1, 2),
        "no answer": lambda b: b.inboxes.failed(mark, mark),
        "told": lambda b: b.inboxes.told(),
        "let go": lambda b: b.inboxes.release(mark),
        "look no more": lambda b: b.inboxes.forget(),
        "mail": lambda b: [
            b.mails.add(Kept(**of, at=NOW, state="placed", text=mark, sender=mark, message_id=mark)),
            b.mails.keep_source("same", mark.encode()),
        ],
        "mail waits": lambda b: [b.mails.save(replace(m, state="waiting")) for m in b.mails.all()],
        "connect": lambda b: b.connections.save(Connection(system="same", cursor=mark)),
        "pulled": lambda b: b.connections.note(Connection(system="same", cursor=mark, next_at=NOW)),
        "reading": lambda b: b.connections.claim("same", NOW),
        "disconnect": lambda b: b.connections.forget("same"),
        "history": lambda b: b.history.add(mark, customer=customer.id, what=mark),
        "forget what happened": lambda b: [b.history.add(mark), b.history.let_go([b.history.all()[0].id])],
        "import": lambda b: b.imports.add(Import("same", mark, NOW, mark.encode())),
        "file": lambda b: b.files.attach(claim.id, f"{mark}.pdf", mark.encode()),
        "plan delivery": lambda b: b.deliveries.plan("same", "letter", mark, NOW),
        "claim": lambda b: b.deliveries.claim("same", mark, timedelta(minutes=1)),
        "cancel": lambda b: b.deliveries.cancel("same"),
        "line": lambda b: b.lines.add(card),
        "close": lambda b: [b.lines.close(line.id, mark) for line in b.lines.recent()],
        "replace": lambda b: [b.lines.replace(line.id, card) for line in b.lines.recent()],
        "business": lambda b: b.save_business(replace(b.business, name=mark)),
        "nudge": lambda b: b.set_next_nudge(NOW),
        "owner": lambda b: b.members.owner(),
        "member": lambda b: b.members.add(member),
        "role": lambda b: b.members.save(replace(member, role="viewer", left=TODAY)),
        "invite": lambda b: b.members.invite("same", mark, NOW),
        "link": lambda b: b.members.link("same", replace(PERSON, name=mark)),
        "forget": lambda b: b.members.forget("same"),
        "open": lambda b: b.places.open(PLACE, nudges=True, member=mark),
        "only": lambda b: [b.places.only(chat.id) for chat in b.places.all()],
        "off": lambda b: [b.places.off(chat.id) for chat in b.places.all()],
        "trouble": lambda b: [b.places.trouble(chat.id, mark) for chat in b.places.all()],
        "move": lambda b: [b.places.move(chat.id, mark) for chat in b.places.all()],
        "caught up": lambda b: [b.places.caught_up(chat) for chat in b.places.all()],
        "show": lambda b: [
            b.places.show(chat.id, line.id, mark, 1) for chat in b.places.all() for line in b.lines.recent()
        ],
        "close a page": lambda b: [b.pages.close(x.id, mark) for x in b.letters.all()],
        "word": lambda b: b.wordings.keep(
            Wording(kind="reminder", tone="warm", language="sv", subject=mark, body=mark, since=TODAY)
        ),
        "join": lambda b: b.joins.add(
            Join(
                **of,
                at=NOW,
                by=mark,
                gone=Customer(id="same", name=mark),
                before=customer,
                moved={},
                known=(),
            )
        ),
        "part": lambda b: [b.joins.undo(join) for join in b.joins.all()],
        "word as ours": lambda b: b.wordings.drop("reminder", "warm", "sv"),
        "list": lambda b: b.lines.add(replace(card, topic="today")),
        "renew": lambda b: [b.lines.renew(line, replace(card, topic="today")) for line in b.lines.topical()],
        "retire": lambda b: b.lines.retire(replace(card, topic="today"), mark),
    }


def everything(books: Books, presses: list[str]) -> list[Any]:
    """All that can be read, every way it can be read."""
    customers = [*(case.customer.id for case in CASES), "same"]
    claims = [claim.id for case in CASES for claim in case.invoices[:1]]
    texts = [TEXT, THEIRS, "Norrsken", "2042", "559912-3469"]
    shelves = (
        books.customers, books.invoices, books.payments, books.letters, books.replies, books.calls,
        books.promises, books.plans, books.disputes, books.escalations, books.packs, books.pauses,
        books.closings, books.joins, books.history, books.lines,
        books.incoming, books.members, books.places,
    )  # fmt: skip
    by_customer = shelves[1:-4]
    return [
        books.business,
        books.next_nudge(),
        *(shelf.all() for shelf in shelves),
        *(shelf.of(customer) for shelf in by_customer for customer in customers),
        *(shelf.of_many(customers) for shelf in by_customer),
        *(
            found(shelf.get, key)
            for shelf in shelves
            for key in ("same", "draft", "credit", *claims, *customers)
        ),
        *(found(books.case, customer) for customer in customers),
        *(find(text) for text in texts for find in (books.customers.find, books.customers.by_name)),
        *(find(text) for text in texts for find in (books.customers.by_number, books.invoices.by_number)),
        books.customers.among(customers),
        tuple(books.cases(TODAY)),
        *(books.invoices.open(), books.invoices.late(TODAY), books.invoices.parked()),
        *(books.payments.of_invoice(claim) for claim in claims),
        *(books.payments.credit(customer) for customer in customers),
        *(books.letters.draft(customer) for customer in customers),
        *(books.files.of_invoice(claim) for claim in claims),
        books.pages.closed(["same", "draft"]),
        books.joins.heirs(["same"]),
        [books.joins.theirs(customer) for customer in customers],
        books.wordings.find("reminder", "warm", "sv"),
        *(books.replies.unread(), books.imports.seen("same"), books.imports.any()),
        *(books.imports.bank_through(), books.incoming.waiting(), books.incoming.placed()),
        books.incoming.loose(),
        books.incoming.known(["one", "other"]),
        *(books.mailboxes.invited(), books.mailboxes.signed_in("same")),
        *(books.mailboxes.incoming(), books.inboxes.get(), books.mails.all(), books.mails.waiting()),
        *(books.mails.seen("same"), books.mails.source("same"), books.mails.of_reply("same")),
        *(books.signs.letters([THEIRS]), books.signs.tags(["same"]), books.signs.threads([THEIRS])),
        *(books.signs.numbers(["2042", THEIRS]), books.signs.recipient("bo@byggbetong.example")),
        *(books.signs.people("bo@byggbetong.example"), books.signs.people("nils@norrsken.example")),
        *(books.connections.all(), books.connections.get("same")),
        *(books.closings.since(TODAY), books.closings.lately_paid(TODAY - timedelta(days=365))),
        found(books.deliveries.get, "same"),
        *(books.lines.recent(), books.lines.since(0), books.lines.topical(), books.lines.page()),
        *(books.members.identities("same"), books.places.at(PLACE), books.places.at(Place("pocket", THEIRS))),
        [books.places.pending(chat) for chat in books.places.all()],
        *(books.lines.press(token) for token in presses),
    ]


def found(get: Callable[[str], Any], key: str) -> Any:
    try:
        return get(key)
    except Refusal:
        return None


def two(database: Database) -> tuple[Business, Business]:
    """Two fresh businesses with the same four customers, under the same ids."""
    pair = next(PAIRS)
    ours, theirs = (replace(ASAS_BAGERI, id=f"{who}-{pair}") for who in ("ours", "theirs"))
    for business in (ours, theirs):
        database.add_business(business)
        with database.books(business.id, NOW) as books:
            move_in(books, *CASES)
    return ours, theirs


def perform(database: Database, business: Business, names: list[str], mark: str) -> None:
    """Some acts, each as one piece of work; one that a business cannot do is no matter here."""
    for name in names:
        try:
            with database.books(business.id, NOW) as books:
                acts(mark)[name](books)
        except (Refusal, sa.exc.IntegrityError):
            continue


@settings(
    max_examples=6, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    ours_did=st.sets(st.sampled_from(sorted(acts("")))).map(sorted),
    they_did=st.permutations(sorted(acts(""))),
)
def test_whatever_one_business_does_the_other_reads_the_same_as_before(
    database: Database, ours_did: list[str], they_did: list[str]
) -> None:
    ours, theirs = two(database)
    perform(database, ours, ours_did, "ours")
    with database.books(ours.id, NOW) as books:
        before = everything(books, [])
    perform(database, theirs, they_did, THEIRS)
    with database.books(theirs.id, NOW) as books:
        presses = [b.token for line in books.lines.all() for b in line.card.buttons]
    with database.books(ours.id, NOW) as books:
        after = everything(books, presses)
    assert after == before + [None] * len(presses)
    assert THEIRS not in repr(after)


def test_the_acts_leave_their_mark_where_they_are_done(database: Database) -> None:
    _, theirs = two(database)
    with database.books(theirs.id, NOW) as books:
        before = everything(books, [])
    perform(database, theirs, sorted(acts("")), THEIRS)
    with database.books(theirs.id, NOW) as books:
        after = everything(books, [])
    assert sum(a != b for a, b in zip(before, after, strict=True)) > 50


@contextmanager
def listening(database: Database) -> Iterator[list[tuple[str, object]]]:
    heard: list[tuple[str, object]] = []

    def hear(_c: object, _cursor: object, statement: str, parameters: object, *_: object) -> None:
        heard.append((statement, parameters))

    sa.event.listen(database.engine, "before_cursor_execute", hear)
    yield heard
    sa.event.remove(database.engine, "before_cursor_execute", hear)


def test_every_statement_on_a_scoped_table_carries_the_business(database: Database) -> None:
    ours, _ = two(database)
    scoped = sorted(set(TABLES.tables) - set(UNSCOPED))
    with listening(database) as heard:
        perform(database, ours, sorted(acts("")), "ours")
        with database.books(ours.id, NOW) as books:
            everything(books, ["token"])
    told = set()
    for statement, parameters in heard:
        touched = {name for name in scoped if f" {name} " in f"{statement} ".replace("\n", " ")}
        told |= touched
        rows = parameters if isinstance(parameters, list) else [parameters]  # of many rows each must carry it
        for row in rows if touched else ():
            values = row.values() if isinstance(row, dict) else row
            assert ours.id in values, statement  # type: ignore[operator]  # a tuple or a dict's values
    assert told == set(scoped)


@pytest.mark.parametrize("name", sorted(TABLES.tables))
def test_only_tables_with_a_reason_have_no_business(name: str) -> None:
    assert ("business" in TABLES.tables[name].c) == (name not in UNSCOPED)
