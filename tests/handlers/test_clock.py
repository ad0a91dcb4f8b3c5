"""The promises of the clock: never twice, nothing lost, nothing untrue, and one digest after nine days."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest

from bot.chat import Card
from bot.letters import Letter, fingerprint
from bot.reminders import next_step
from handlers.clock import drain, sweep, tick
from storage.books import Books
from storage.engine import Database
from tests.blank import blank_books
from tests.handlers.day import BAKERY, LATE, MORNING, Day, approved, day
from tests.mailserver import MailServer, mail_server, no_mail_server
from tests.postgres import postgres

NUDGE = "digest 2026-11-25 0"


@pytest.fixture(scope="module")
def mail() -> Iterator[MailServer]:
    with mail_server() as server:
        yield server


@pytest.fixture
def today(tmp_path: Path, mail: MailServer) -> Iterator[Day]:
    mail.mood = "accept"
    mail.messages.clear()
    with day(file(tmp_path), mail) as begun:
        yield begun


def file(folder: Path) -> str:
    return f"sqlite:///{blank_books(folder)}"


@pytest.fixture(scope="module")
def shared(mail: MailServer) -> Iterator[Day]:
    """A day on PostgreSQL."""
    mail.messages.clear()
    with postgres() as address, day(address, mail) as begun:
        yield begun


class Killed(BaseException):
    """The process died here."""


# Never twice


def test_the_day_run_200_times_in_parallel_gives_one_nudge_and_one_letter(today: Day) -> None:
    today.plan()
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda _: today.run(), range(200)))
    assert (today.nudges, today.told) == ([NUDGE], ["sent"])
    assert len(today.server.messages) == 1
    assert today.past == ["sent"]


def test_two_processes_at_once_give_one_nudge_and_one_letter(today: Day) -> None:
    """On SQLite a second process is refused at the start; were it not, it would at worst ask the owner."""
    today.plan()
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda n: today.run(today.hands(f"worker-{n % 2}")), range(40)))
    assert today.nudges == [NUDGE]
    assert len(today.server.messages) <= 1


@pytest.mark.postgres
def test_two_workers_on_postgresql_give_one_nudge_and_one_letter(shared: Day) -> None:
    shared.plan()
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda n: shared.run(shared.hands(f"worker-{n % 2}")), range(100)))
    assert (shared.nudges, shared.told, shared.past) == ([NUDGE], ["sent"], ["sent"])
    assert len(shared.server.messages) == 1


class Fragile(Database):
    """A database whose process dies around one of its transactions: just before it is kept, or just after."""

    def __init__(self, url: str, at: int, *, kept: bool) -> None:
        super().__init__(url)
        self.left = at
        self.kept = kept

    @contextmanager
    def books(self, business: str, now: datetime) -> Iterator[Books]:
        self.left -= 1
        dies = self.left == 0
        with super().books(business, now) as books:
            yield books
            if dies and not self.kept:
                raise Killed
        if dies:
            raise Killed


@pytest.mark.parametrize("kept", [False, True], ids=["before it is kept", "after it is kept"])
@pytest.mark.parametrize("at", range(1, 7))
def test_a_crash_at_any_transaction_repeats_nothing_and_loses_nothing(
    today: Day, tmp_path: Path, at: int, kept: bool
) -> None:
    today.plan()
    fragile = Fragile(file(tmp_path), at, kept=kept)
    with pytest.raises(Killed):
        today.run(today.hands(database=fragile))
    fragile.close()
    restart(today, "second")
    assert_once_or_asked(today)


@pytest.mark.parametrize("after", [False, True], ids=["before it is sent", "after it is sent"])
def test_a_crash_at_the_mail_server_is_asked_about_and_never_repeated(today: Day, after: bool) -> None:
    today.plan()
    send = today.hands().send

    async def dies(business: str, message: EmailMessage) -> str:
        if after:
            await send(business, message)
        raise Killed

    with pytest.raises(Killed):
        today.run(today.hands(send=dies))
    restart(today, "second")
    restart(today, "third")
    assert len(today.server.messages) == int(after)
    assert (today.letter.state, today.delivery.state) == ("unknown", "unknown")
    assert (today.nudges, today.told) == ([NUDGE], ["unknown cut_off"])


def restart(today: Day, worker: str) -> None:
    """A new start of the process, an hour later: the engine has forgotten everything."""
    today.now += timedelta(hours=1)
    for _ in range(3):
        today.run(today.hands(worker))


def assert_once_or_asked(today: Day) -> None:
    """One nudge, at most one mail, and the letter either surely sent or put before the owner, once."""
    assert today.nudges == [NUDGE]
    assert len(today.server.messages) <= 1
    if today.letter.state == "sent":
        assert len(today.server.messages) == 1
    else:
        assert today.letter.state == "unknown"
        assert today.told.count("unknown cut_off") == 1


def test_a_letter_in_doubt_is_put_first_before_the_owner(today: Day) -> None:
    today.plan(replace(approved(), state="unknown"))
    with today.books() as books:
        (case,) = books.cases(today.now.date())
        assert next_step(case, books.business, today.now.date()).kind == "unknown"


def test_a_process_that_slept_after_its_claim_does_not_send(today: Day) -> None:
    today.plan()
    hands = today.hands()
    pack = hands.pack

    def slow(books: Books, letter: Letter, key: str) -> EmailMessage:
        today.now += hands.lease
        return pack(books, letter, key)

    today.run(replace(hands, pack=slow))
    assert today.server.messages == []
    assert today.letter.state == "approved"
    today.run()
    assert len(today.server.messages) == 1


# Nothing untrue


def test_what_goes_out_is_the_approved_text_and_stands_in_the_history(today: Day) -> None:
    today.plan()
    today.run()
    (message,) = today.server.messages
    letter = today.letter
    assert (letter.state, letter.sent_at, letter.message_id) == ("sent", today.now, message["Message-ID"])
    with today.books() as books:
        (event,) = books.history.of(LATE.customer)
    assert event.data["text"] == letter.body
    assert (event.who, event.data["to"]) == ("Åsa Lind", "nils@norrsken.example")
    assert {line.card.text for line in today.heard} == {NUDGE, "sent"}


def test_a_payment_between_approval_and_sending_stops_the_letter(today: Day) -> None:
    today.plan()
    today.pay()
    today.run()
    assert today.server.messages == []
    assert today.told == ["stopped paid_meanwhile"]
    assert today.letter.state == "withdrawn"
    assert today.past == ["letter_stopped"]


def test_a_text_that_no_one_approved_stops_the_letter(today: Day) -> None:
    today.plan(replace(approved(), body="Betala genast!"))
    today.run()
    assert today.server.messages == []
    assert "stopped text_changed" in today.told


def test_an_undo_within_the_window_stops_the_letter(today: Day) -> None:
    today.plan(replace(approved(), send_at=MORNING + timedelta(minutes=10)))
    today.run()
    assert today.server.messages == []
    with today.books() as books:
        assert books.deliveries.cancel("letter:letter-1")
        books.letters.save(replace(approved(), state="withdrawn"))
    today.now += timedelta(minutes=11)
    today.run()
    assert today.server.messages == []
    assert today.told == []


def test_a_letter_waits_for_the_end_of_its_window(today: Day) -> None:
    today.plan(replace(approved(), send_at=MORNING + timedelta(minutes=10)))
    today.run()
    assert today.server.messages == []
    today.now += timedelta(minutes=10)
    today.run()
    assert len(today.server.messages) == 1


def test_a_letter_that_is_no_longer_approved_is_quietly_called_off(today: Day) -> None:
    today.plan(replace(approved(), state="withdrawn"))
    today.run()
    assert (today.delivery.state, today.told) == ("cancelled", [])


# When it does not get through


def test_a_server_that_is_away_leaves_the_letter_waiting_and_tells_the_owner_once(
    tmp_path: Path, mail: MailServer
) -> None:
    with no_mail_server() as away, day(file(tmp_path), away) as today:
        today.plan()
        today.run()
        assert (today.letter.state, today.delivery.state) == ("approved", "planned")
        assert today.delivery.not_before == today.now + timedelta(minutes=1)
        today.now += timedelta(minutes=1)
        today.run()
        assert today.delivery.not_before == today.now + timedelta(minutes=5)
        assert today.told == ["delayed smtp_unreachable"]
        mail.messages.clear()
        today.server = mail
        today.now += timedelta(minutes=5)
        today.run()
        assert (today.letter.state, len(mail.messages)) == ("sent", 1)


def test_after_two_days_without_a_server_the_letter_has_failed(tmp_path: Path) -> None:
    with no_mail_server() as away, day(file(tmp_path), away) as today:
        today.plan()
        for _ in range(8):
            today.run()
            today.now = max(today.now, today.delivery.not_before)
        assert today.letter.state == "failed"
        assert timedelta(days=1) < today.now - MORNING < timedelta(days=3)
        assert today.told == ["delayed smtp_unreachable", "failed given_up"]


def test_a_refused_address_fails_at_once_and_is_told(today: Day) -> None:
    today.server.mood = "refuse_recipient"
    today.plan()
    today.run()
    today.run()
    assert (today.letter.state, today.delivery.state) == ("failed", "failed")
    assert today.told == ["failed smtp_recipient"]


def test_an_address_that_is_none_fails_and_is_told(today: Day) -> None:
    letter = replace(approved(), to="nobody")
    today.plan(replace(letter, approved_text=fingerprint(letter)))
    today.run()
    assert (today.letter.state, today.told) == ("failed", ["failed smtp_address"])


def test_a_connection_lost_after_the_text_is_asked_about(today: Day) -> None:
    today.server.mood = "drop_after_data"
    today.plan()
    for _ in range(3):
        today.run()
    assert today.letter.state == "unknown"
    assert today.told == ["unknown smtp_unknown"]
    assert len(today.server.messages) == 1


def test_one_letter_that_breaks_stops_no_other(today: Day, caplog: pytest.LogCaptureFixture) -> None:
    hands = today.hands()
    pack = hands.pack

    def broken(books: Books, letter: Letter, key: str) -> EmailMessage:
        if letter.id == "letter-1":
            raise ArithmeticError
        return pack(books, letter, key)

    today.plan(replace(approved(), kind="thanks"))
    today.plan(replace(approved("letter-2"), kind="thanks"))
    for _ in range(3):
        today.run(replace(hands, pack=broken))
        today.now += timedelta(minutes=6)
    assert len(today.server.messages) == 1
    assert today.letter.state == "failed"
    assert sorted(today.told) == ["failed error", "sent"]
    assert [r.getMessage() for r in caplog.records] == ["delivery broke: asas-bageri letter:letter-1"] * 2


def test_a_fault_of_our_own_in_the_middle_of_sending_is_asked_about(
    today: Day, caplog: pytest.LogCaptureFixture
) -> None:
    async def broken(_business: str, _message: EmailMessage) -> str:
        raise ArithmeticError

    today.plan()
    today.run(today.hands(send=broken))
    today.run()
    assert (today.letter.state, today.server.messages) == ("unknown", [])
    assert len(caplog.records) == 1


def test_a_fault_in_the_card_does_not_undo_that_the_letter_is_gone(
    today: Day, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> Card:
        raise ArithmeticError

    today.plan()
    today.run(today.hands(report=broken))
    today.run()
    assert (today.letter.state, len(today.server.messages)) == ("sent", 1)
    assert len(caplog.records) == 1


# The nudge


def test_nine_days_off_give_one_digest(today: Day) -> None:
    today.now = MORNING + timedelta(days=9)
    for _ in range(3):
        today.run()
    assert today.nudges == ["digest 2026-12-04 9"]
    with today.books() as books:
        assert books.next_nudge() == datetime.fromisoformat("2026-12-07T07:00Z")


@pytest.mark.parametrize(
    ("back", "said"),
    [
        ("2026-11-28T12:00Z", []),
        ("2026-11-30T05:00Z", []),
        ("2026-11-30T07:00Z", ["digest 2026-11-30 5"]),
        ("2026-11-30T20:00Z", ["digest 2026-11-30 5"]),
    ],
    ids=["on a Saturday", "before the hour", "at the hour", "in the evening"],
)
def test_a_missed_digest_waits_for_a_bank_day_and_its_hour(today: Day, back: str, said: list[str]) -> None:
    today.now = datetime.fromisoformat(back)
    today.run()
    assert today.nudges == said


def test_a_pause_of_the_whole_business_is_kept(today: Day) -> None:
    with today.books() as books:
        books.save_business(replace(books.business, paused_until=MORNING.date() + timedelta(days=2)))
    today.run()
    assert today.nudges == []
    with today.books() as books:
        assert books.next_nudge() == datetime.fromisoformat("2026-11-27T07:00Z")


def test_a_nudge_left_over_from_yesterday_is_not_added_to_todays(today: Day) -> None:
    asyncio.run(sweep(today.hands(), BAKERY))
    today.now += timedelta(days=1)
    today.run()
    assert today.nudges == ["digest 2026-11-26 0"]


def test_silence_is_kept_where_there_is_nothing_to_say(today: Day) -> None:
    today.run(today.hands(digest=lambda books, day, away: None))
    assert (today.nudges, today.heard) == ([], [])
    today.run()
    assert (today.nudges, today.heard) == ([], [])


def test_the_digest_fits_the_day_even_if_its_words_break_once(
    today: Day, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> Card:
        raise ArithmeticError

    today.run(today.hands(digest=broken))
    today.now += timedelta(minutes=6)
    today.run()
    assert today.nudges == [NUDGE]
    assert len(caplog.records) == 1


# The tick


def test_a_tick_hands_over_only_what_is_due_and_each_job_once_a_minute(today: Day) -> None:
    today.plan()
    for _ in range(2):
        asyncio.run(tick(today.hands()))
    assert len(set(today.jobs)) == 2
    assert {job for job, _ in today.jobs} == {"sweep", "drain"}
    today.now += timedelta(minutes=1)
    asyncio.run(tick(today.hands()))
    assert len(set(today.jobs)) == 4


def test_a_quiet_minute_hands_over_nothing(today: Day) -> None:
    today.run()
    today.jobs.clear()
    today.now += timedelta(minutes=1)
    asyncio.run(tick(today.hands()))
    assert today.jobs == []


def test_a_sweep_and_its_drain_are_kept_together_or_not_at_all(today: Day) -> None:
    def lost(*_: object) -> None:
        raise ConnectionError

    with pytest.raises(ConnectionError):
        asyncio.run(sweep(today.hands(enqueue=lost), BAKERY))
    asyncio.run(drain(today.hands(), BAKERY))
    assert today.nudges == []
    today.run()
    assert today.nudges == [NUDGE]
