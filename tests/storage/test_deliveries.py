from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from bot.deliveries import Delivery
from bot.errors import Refusal
from storage.books import Books
from storage.engine import Database
from tests.cast import ASAS_BAGERI
from tests.storage.conftest import NOW

LEASE = timedelta(minutes=1)
LAPSED = timedelta(seconds=-1)


def test_a_delivery_is_planned_once(books: Books) -> None:
    assert books.deliveries.plan("letter:1", "letter", "1", NOW)
    assert not books.deliveries.plan("letter:1", "letter", "2", NOW)
    planned = Delivery(key="letter:1", kind="letter", ref="1", not_before=NOW)
    assert books.deliveries.get("letter:1") == planned


def test_a_claim_takes_it_and_counts_the_attempt(books: Books) -> None:
    books.deliveries.plan("letter:1", "letter", "1", NOW)
    claimed = books.deliveries.claim("letter:1", "worker", LEASE)
    assert claimed and (claimed.state, claimed.attempts, claimed.claimed_by) == ("sending", 1, "worker")
    assert claimed.lease_until


def test_what_is_not_due_cannot_be_claimed(books: Books) -> None:
    books.deliveries.plan("letter:1", "letter", "1", NOW + timedelta(seconds=1))
    assert books.deliveries.claim("letter:1", "worker", LEASE) is None


def test_a_live_claim_is_honoured_even_by_the_worker_that_holds_it(books: Books) -> None:
    books.deliveries.plan("letter:1", "letter", "1", NOW)
    books.deliveries.claim("letter:1", "worker", LEASE)
    assert books.deliveries.claim("letter:1", "worker", LEASE) is None


def test_a_claim_dies_with_its_lease_and_the_next_knows_it_is_not_the_first(books: Books) -> None:
    books.deliveries.plan("letter:1", "letter", "1", NOW)
    books.deliveries.claim("letter:1", "worker", LAPSED)
    again = books.deliveries.claim("letter:1", "worker", LEASE)
    assert again and again.attempts == 2


def test_the_claim_of_another_boot_is_dead_at_once_where_one_process_owns_the_file(
    database: Database,
) -> None:
    with database.books(ASAS_BAGERI.id, NOW) as books:
        books.deliveries.plan("letter:1", "letter", "1", NOW)
        books.deliveries.claim("letter:1", "host-boot-1", LEASE)
    open_now = database.open_deliveries(NOW, "host-boot-2")
    with database.books(ASAS_BAGERI.id, NOW) as books:
        claimed = books.deliveries.claim("letter:1", "host-boot-2", LEASE)
    assert bool(claimed) == bool(open_now) == database.is_sqlite


def test_of_two_that_claim_at_once_one_wins(database: Database) -> None:
    together = threading.Barrier(2)
    with database.books(ASAS_BAGERI.id, NOW) as books:
        for n in range(20):
            books.deliveries.plan(f"letter:{n}", "letter", str(n), NOW)

    def claim_all(_: int) -> list[str]:
        together.wait()
        won = []
        for n in range(20):
            with database.books(ASAS_BAGERI.id, NOW) as books:
                if claimed := books.deliveries.claim(f"letter:{n}", "worker", LEASE):
                    won.append(claimed.key)
        return won

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(claim_all, range(2))
    assert sorted(first + second) == sorted(f"letter:{n}" for n in range(20))


@pytest.mark.parametrize("ending", ["sent", "failed", "unknown", "cancelled"])
def test_what_has_ended_cannot_be_claimed(books: Books, ending: str) -> None:
    books.deliveries.plan("letter:1", "letter", "1", NOW)
    if ending == "cancelled":
        assert books.deliveries.cancel("letter:1")
    else:
        books.deliveries.claim("letter:1", "worker", LEASE)
        assert getattr(books.deliveries, ending)("letter:1", "why")
    assert books.deliveries.claim("letter:1", "worker", LEASE) is None
    assert books.deliveries.get("letter:1").state == ending


def test_what_got_through_keeps_its_message_id_and_stays_sent(books: Books) -> None:
    books.deliveries.plan("letter:1", "letter", "1", NOW)
    books.deliveries.claim("letter:1", "worker", LEASE)
    books.deliveries.sent("letter:1", "<1@purr>")
    assert not books.deliveries.again("letter:1", NOW, "late")
    assert not books.deliveries.failed("letter:1", "late")
    assert books.deliveries.get("letter:1").message_id == "<1@purr>"


def test_it_can_be_planned_anew_for_later(books: Books) -> None:
    books.deliveries.plan("letter:1", "letter", "1", NOW)
    books.deliveries.claim("letter:1", "worker", LEASE)
    later = NOW + timedelta(minutes=5)
    assert books.deliveries.again("letter:1", later, "the server was busy")
    found = books.deliveries.get("letter:1")
    assert (found.state, found.not_before, found.reason) == ("planned", later, "the server was busy")
    assert found.claimed_by == ""


def test_it_is_too_late_to_cancel_once_claimed(books: Books) -> None:
    books.deliveries.plan("letter:1", "letter", "1", NOW)
    books.deliveries.claim("letter:1", "worker", LEASE)
    assert not books.deliveries.cancel("letter:1")
    assert not books.deliveries.cancel("never planned")


def test_a_delivery_that_is_not_there_is_refused(books: Books) -> None:
    with pytest.raises(Refusal, match="not_found"):
        books.deliveries.get("letter:1")
