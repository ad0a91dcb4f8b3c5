"""A mailbox in view: each mail once, whatever crashes or comes again, and nothing is touched there."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta, timezone

import pytest

from bot.chat import Card
from bot.mail import Mail
from handlers.letterbox.imap import opened
from handlers.rounds import taking as rounds
from handlers.rounds.taking import Taken, catch_up
from storage.books import Books
from tests.handlers.post import Post, written
from tests.handlers.talk import MORNING, Talk
from tests.imapserver import imap_server

TODAY = MORNING + timedelta(hours=1)


@pytest.fixture
def post(talk: Talk) -> Iterator[Post]:
    with imap_server() as server:
        post = Post(talk, server)
        connect(post)
        yield post


def connect(post: Post) -> None:
    with post.talk.books() as books:
        books.mailboxes.save(post.server.login, "in")


class Killed(BaseException):
    """The process died here."""


def deliver(post: Post, *texts: str) -> None:
    mails = (written(text, number=text.encode().hex()) for text in texts)
    post.server.deliver(*mails, at=TODAY)


def texts(post: Post) -> list[str]:
    return [reply.text for reply in post.replies("Norrsken")]


def test_what_came_since_the_last_look_is_taken_in_once(post: Post) -> None:
    deliver(post, "Ett", "Två")
    assert "Ett" in post.looks()
    deliver(post, "Tre")
    post.looks()
    assert post.looks() == ""
    assert texts(post) == ["Ett", "Två", "Tre"]


def test_mail_from_before_the_day_it_was_connected_is_not_looked_at(post: Post) -> None:
    post.server.deliver(written("Gammalt"), at=MORNING - timedelta(days=40))
    deliver(post, "Nytt")
    post.looks()
    assert texts(post) == ["Nytt"]
    assert len(post.kept()) == 1


def test_mail_of_the_day_it_was_connected_is_looked_at_where_the_server_calls_that_yesterday(
    post: Post,
) -> None:
    post.server.deliver(written("Redan betalt"), at=MORNING.astimezone(timezone(timedelta(hours=-11))))
    post.looks()
    assert texts(post) == ["Redan betalt"]


def test_nothing_is_marked_or_removed_on_the_server(post: Post) -> None:
    deliver(post, "Ett", "Två")
    post.looks()
    assert post.server.flags() == [(), ()]


def test_a_mailbox_that_counts_anew_tells_nothing_twice(post: Post) -> None:
    """As after a move to another server: the same mails under other numbers, and a new one."""
    deliver(post, "Ett", "Två")
    post.looks()
    with imap_server() as moved:
        post.server = moved
        connect(post)
        deliver(post, "Två", "Tre", "Ett")
        post.looks()
    assert sorted(texts(post)) == ["Ett", "Tre", "Två"]


def test_a_mail_that_is_removed_meanwhile_is_passed_over(post: Post) -> None:
    deliver(post, "Ett", "Två", "Tre")
    with opened(post.server.login, 10) as box:
        numbers = box.after(0, MORNING.date())
        post.server.remove(numbers[1])
        catch_up(post.hands, post.taking, post.business, box)
    assert texts(post) == ["Ett", "Tre"]


@pytest.mark.parametrize("crash_at", range(4))
def test_a_crash_anywhere_loses_nothing_and_tells_nothing_twice(post: Post, crash_at: int) -> None:
    """At each mail's turn, before what was written is kept."""
    deliver(post, "Ett", "Två", "Tre", "Fyra")
    count = iter(range(99))

    def dies(books: Books, mail: Mail, raw: bytes, since: date) -> Card | None:
        card = post.taking.arrived(books, mail, raw, since)
        if next(count) == crash_at:
            raise Killed
        return card

    with opened(post.server.login, 10) as box, pytest.raises(Killed):
        catch_up(post.hands, replace(post.taking, arrived=dies), post.business, box)
    assert texts(post) == []
    post.looks(replace(post.hands, worker="after the crash"))
    assert texts(post) == ["Ett", "Två", "Tre", "Fyra"]


def test_a_crash_after_some_were_kept_goes_on_behind_them(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rounds, "AT_ONCE", 2)
    deliver(post, "Ett", "Två", "Tre", "Fyra")

    def dies(books: Books, mail: Mail, raw: bytes, since: date) -> Card | None:
        if "Tre" in mail.text:
            raise Killed
        return post.taking.arrived(books, mail, raw, since)

    with opened(post.server.login, 10) as box, pytest.raises(Killed):
        catch_up(post.hands, replace(post.taking, arrived=dies), post.business, box)
    assert texts(post) == ["Ett", "Två"]
    post.looks()
    assert texts(post) == ["Ett", "Två", "Tre", "Fyra"]


def test_of_two_workers_one_has_the_mailbox(post: Post) -> None:
    """One that lost it keeps nothing more, though it had begun."""
    deliver(post, "Ett")

    def taken_over(books: Books, mail: Mail, raw: bytes, since: date) -> Card | None:
        raise AssertionError("it was not ours any more")

    slow = replace(post.hands, worker="slow")
    with opened(post.server.login, 10) as box:
        original = box.sizes

        def meanwhile(numbers: tuple[int, ...]) -> dict[int, int]:
            with post.talk.books() as books:
                books.inboxes.claim("quick", timedelta(minutes=5))
            return original(numbers)

        box.sizes = meanwhile  # type: ignore[method-assign,assignment]  # what happens between two steps
        with pytest.raises(Taken):
            catch_up(slow, replace(post.taking, arrived=taken_over), post.business, box)
    post.looks(replace(post.hands, worker="quick"))
    assert texts(post) == ["Ett"]


def test_two_at_once_take_in_each_mail_once(post: Post) -> None:
    deliver(post, *(f"Svar {n}" for n in range(12)))

    def look(worker: str) -> None:
        with opened(post.server.login, 10) as box:
            try:
                catch_up(replace(post.hands, worker=worker), post.taking, post.business, box)
            except Taken:
                return

    threads = [threading.Thread(target=look, args=(f"worker {n}",)) for n in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    post.looks()
    assert sorted(texts(post)) == sorted(f"Svar {n}" for n in range(12))


def test_a_mail_that_breaks_something_is_put_by_and_stops_no_other(
    post: Post, caplog: pytest.LogCaptureFixture
) -> None:
    deliver(post, "Ett", "Två", "Tre")

    def breaks(books: Books, mail: Mail, raw: bytes, since: date) -> Card | None:
        card = post.taking.arrived(books, mail, raw, since)
        if "Två" in mail.text:
            raise ZeroDivisionError
        return card

    with post.told() as said, opened(post.server.login, 10) as box:
        catch_up(post.hands, replace(post.taking, arrived=breaks), post.business, box)
    assert texts(post) == ["Ett", "Tre"]
    assert "Whose mail is this?" in said() and "Två" in said()
    assert "could not be taken in" in caplog.text


def test_a_mail_of_ten_megabytes_is_taken_in_whole(post: Post) -> None:
    raw = written("Se bilagan.") + b"x" * 10_000_000
    post.server.deliver(raw, at=TODAY)
    post.looks()
    [kept] = post.kept()
    with post.talk.books() as books:
        assert len(books.mails.source(kept.id)) == len(raw)


@dataclass
class Trouble:
    """A mailbox that cannot be read, over some days."""

    post: Post

    def note(self, key: str, *, permanent: bool = False, days: int = 0) -> str:
        from bot.mail import MailboxError

        self.post.talk.house.clock.at += timedelta(days=days)
        with self.post.told() as said:
            rounds.hold(self.post.hands, self.post.business)
            problem = MailboxError(key, permanent=permanent)
            rounds.note(self.post.hands, self.post.taking, self.post.business, problem)
        return said()


def test_a_refused_password_is_told_once_and_again_after_it_was_well(post: Post) -> None:
    trouble = Trouble(post)
    assert "does not accept" in trouble.note("imap_auth", permanent=True)
    assert trouble.note("imap_auth", permanent=True) == ""
    post.looks()
    assert "does not accept" in trouble.note("imap_auth", permanent=True)


def test_a_mailbox_out_of_reach_is_told_of_after_a_day(post: Post) -> None:
    trouble = Trouble(post)
    assert trouble.note("imap_unreachable") == ""
    assert "cannot be reached" in trouble.note("imap_unreachable", days=1)


def test_who_still_reads_the_mailbox_of_before_moves_no_mark_of_the_new_one(post: Post) -> None:
    """Both number their mails from one; the new one would be taken for read as far as the old one was."""
    deliver(post, *(f"Svar {n}" for n in range(3)))
    with imap_server() as moved, opened(post.server.login, 10) as before:
        with post.talk.books() as books:
            books.mailboxes.save(moved.login, "in")
        with pytest.raises(Taken):
            catch_up(post.hands, post.taking, post.business, before)
    assert texts(post) == []


def test_another_mailbox_that_numbers_alike_is_read_from_its_beginning(post: Post) -> None:
    deliver(post, "Ett", "Två", "Tre")
    post.looks()
    with imap_server() as other, opened(other.login, 10) as box:
        post.server = other
        connect(post)
        with post.talk.books() as books:
            books.inboxes.moved(post.hands.worker, box.validity, 3)
        deliver(post, "Fyra")
        post.looks()
    assert texts(post) == ["Ett", "Två", "Tre", "Fyra"]
