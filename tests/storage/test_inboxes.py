from __future__ import annotations

from datetime import timedelta

from storage.books import Books
from storage.engine import Database
from tests.cast import ASAS_BAGERI
from tests.storage.conftest import NOW, TODAY

LEASE, LAPSED = timedelta(minutes=1), timedelta(seconds=-1)


def test_a_mailbox_begins_once_and_is_forgotten(books: Books) -> None:
    assert books.inboxes.get() is None
    books.inboxes.begin(TODAY)
    books.inboxes.begin(TODAY - timedelta(days=9))
    inbox = books.inboxes.get()
    assert inbox and inbox.since == TODAY
    assert books.inboxes.forget() and not books.inboxes.forget()


def test_only_who_holds_it_moves_on(books: Books) -> None:
    books.inboxes.begin(TODAY)
    assert not books.inboxes.moved("first", 1, 5)
    assert books.inboxes.claim("first", LEASE)
    assert books.inboxes.moved("first", 1, 5)
    inbox = books.inboxes.get()
    assert inbox and (inbox.validity, inbox.seen, inbox.looked_at) == (1, 5, NOW)
    assert not books.inboxes.moved("second", 1, 6)


def test_another_worker_has_it_when_the_first_is_gone(database: Database) -> None:
    with database.books(ASAS_BAGERI.id, NOW) as books:
        books.inboxes.begin(TODAY)
        books.inboxes.claim("first", LEASE)
        taken = books.inboxes.claim("second", LEASE)
        assert bool(taken) == database.is_sqlite  # one process owns a file: the other is dead
        books.inboxes.claim("first", LAPSED)
        assert books.inboxes.claim("second", LEASE)
        books.inboxes.release("second")
        assert books.inboxes.claim("third", LEASE)


def test_trouble_is_dated_from_its_beginning_and_over_with_the_next_look(books: Books) -> None:
    books.inboxes.begin(TODAY)
    books.inboxes.claim("first", LEASE)
    books.inboxes.failed("first", "imap_unreachable")
    later = books.at(NOW + timedelta(hours=1)).inboxes.failed("first", "imap_auth")
    assert later and (later.trouble, later.troubled_at, later.told) == ("imap_auth", NOW, False)
    books.inboxes.told()
    books.inboxes.moved("first", 1, 1)
    well = books.inboxes.get()
    assert well and (well.trouble, well.troubled_at, well.told) == ("", None, False)
