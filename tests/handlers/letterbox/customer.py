"""A customer with a link, for the tests of the page: looks, says, and reads what comes back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta

import httpx2
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.letters import Charge, Claim, Letter, fingerprint
from handlers.letterbox.page import Limits
from handlers.letterbox.page_visits import Visits
from messages.pages import notice
from tests.handlers.stage import spoken
from tests.handlers.talk import Talk

REACHED = "https://purr.example"


def sent(
    talk: Talk, customer: str, ident: str = "", *, charges: tuple[Charge, ...] = (), days: int = 3
) -> Letter:
    """A reminder of all that a customer owes, as it went out some days ago."""
    with talk.books() as books:
        owed = [i for i in books.invoices.of(customer) if i.amount != i.paid]
        made = talk.house.clock().date() - timedelta(days=days)
        letter = Letter(
            id=ident or f"{customer}-letter",
            customer=customer,
            kind="reminder",
            language=books.customers.get(customer).language,
            subject="Faktura",
            body="Hej",
            made=made,
            level=1,
            to="a@b.example",
            claims=tuple(Claim(i.id, i.amount) for i in owed),
            charges=charges,
            state="sent",
            approved_by="Åsa Lind",
            approved_at=talk.house.clock(),
            sent_at=talk.house.clock(),
            sent_day=made,
        )
        books.letters.add(replace(letter, approved_text=fingerprint(letter)))
    return letter


def with_page(talk: Talk, wanted: bool = True) -> None:
    """The owner wants a page, or no longer."""
    with talk.books() as books:
        books.save_business(replace(books.business, page=wanted))


def visits(talk: Talk) -> Visits:
    """The books as a customer with a link may use them."""
    app = talk.house.app
    return Visits(app.database, app.inbox, app.now, lambda business, lines: None)


def site(talk: Talk, limits: Limits | None = None) -> Starlette:
    """The pages alone, as they are reached from outside."""
    return Starlette(routes=[*talk.house.app.pages.routes(visits(talk), limits)])


@dataclass
class Customer:
    """Somebody with a link, on a telephone without scripts."""

    client: TestClient
    path: str

    def look(self, query: str = "") -> str:
        """The words of the page."""
        return words(self.client.get(f"{self.path}{query}"))

    def say(self, kind: str, query: str = "", **values: str) -> httpx2.Response:
        """Press one of the four, filled in; the page that follows."""
        return self.client.post(f"{self.path}{query}", data={"say": kind, **values})


def words(page: httpx2.Response) -> str:
    """What a page says."""
    return spoken(page.text)


@contextmanager
def arrived(talk: Talk, letter: Letter, limits: Limits | None = None) -> Iterator[Customer]:
    """Whoever has a letter's link, in front of its page."""
    link = talk.house.app.inbox.link
    assert link
    address = link(talk.house.business.id, letter.id)
    with TestClient(site(talk, limits), base_url=REACHED) as client:
        yield Customer(client, address.removeprefix(REACHED))


def replies(talk: Talk, customer: str) -> list[str]:
    """What a customer has said on the page."""
    with talk.books() as books:
        return [r.text for r in books.replies.of(customer) if r.source == "page"]


def is_nobodys(page: httpx2.Response) -> bool:
    """Whether a page is the one that everybody gets who has no link that opens anything."""
    return page.status_code == 404 and bare(page.text) == bare(notice("en", "gone", ""))


def bare(text: str) -> str:
    """A page without what is made up anew each time."""
    return re.sub(r'nonce="[^"]*"', "", text)
