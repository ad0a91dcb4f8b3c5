"""A letter on its way: claimed while it is still true, sent once, and what became of it written down."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from email.message import EmailMessage

from bot.clearance import check_sending
from bot.deliveries import Delivery
from bot.errors import DeliveryError, Refusal
from bot.letters import Letter
from handlers.letterbox.hands import Hands, Outcome, Page, opened
from storage.backup import RESTORED

RETRIES = tuple(timedelta(minutes=m) for m in (1, 5, 30, 120, 360, 720, 1440))
"""The wait after each attempt that surely reached nobody: two days in all, then the letter has failed."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """A letter that was claimed to be sent now, by nobody else."""

    delivery: Delivery
    letter: Letter
    message: EmailMessage
    since: datetime


def take(page: Page, delivery: Delivery) -> Parcel | None:
    """Claim a letter that may still go out. One that was cut off on its way is left to the owner to judge."""
    letter = page.books.letters.get(delivery.ref)
    if delivery.state == "planned" and not _still_wanted(page, delivery, letter):
        return None
    claimed = page.books.deliveries.claim(delivery.key, page.hands.worker, page.hands.lease)
    if claimed is None:
        return None
    if delivery.state == "sending":
        lost_sight(page, claimed, letter, RESTORED if delivery.reason == RESTORED else "cut_off")
        return None
    return _packed(page, claimed, letter)


def _still_wanted(page: Page, delivery: Delivery, letter: Letter) -> bool:
    """Whether it may go out now; if it has become untrue, it is stopped here and the owner is told why."""
    books = page.books
    if letter.state != "approved":
        books.deliveries.cancel(delivery.key)
        return False
    if letter.send_at and letter.send_at > books.now:
        return False
    try:
        check_sending(letter, books.case(letter.customer), books.business, page.today)
        if books.files.digest(c.invoice for c in letter.claims) != letter.papers:
            raise Refusal("papers_changed", customer=books.customers.get(letter.customer).name)
    except Refusal as no:
        _stop(page, delivery, letter, no)
        return False
    return True


def _stop(page: Page, delivery: Delivery, letter: Letter, no: Refusal) -> None:
    if not page.books.deliveries.cancel(delivery.key):
        return
    stopped = replace(letter, state="withdrawn")
    page.books.letters.save(stopped)
    page.books.history.add("letter_stopped", customer=letter.customer, reason=no.key)
    page.report(stopped, Outcome("stopped", no.key, no.facts))


def _packed(page: Page, claimed: Delivery, letter: Letter) -> Parcel | None:
    sending = replace(letter, state="sending")
    try:
        message = page.hands.pack(page.books, sending, claimed.key)
    except DeliveryError as error:
        fail(page, claimed, letter, error)
        return None
    # Known from now on, so that an answer finds the letter even if we never hear that it went.
    sending = replace(sending, message_id=str(message["Message-ID"]))
    page.books.letters.save(sending)
    return Parcel(claimed, sending, message, page.books.now)


def put_back(hands: Hands, business: str, parcel: Parcel, reason: str = "woke_late") -> None:
    """It did not go, as after a sleep before the sending: it waits as before, if nobody took over."""
    with opened(hands, business) as page:
        if page.books.deliveries.get(parcel.delivery.key) == parcel.delivery:
            page.books.letters.save(replace(parcel.letter, state="approved"))
            page.books.deliveries.again(parcel.delivery.key, page.books.now, reason)


def mark_sent(hands: Hands, business: str, parcel: Parcel, message_id: str) -> None:
    """Write down that it is gone, with its exact text in the history, and tell the owner."""
    with opened(hands, business) as page:
        if not page.books.deliveries.sent(parcel.delivery.key, message_id):
            return
        sent = replace(parcel.letter, state="sent", sent_at=page.books.now, sent_day=page.today)
        sent = replace(sent, message_id=message_id)
        page.books.letters.save(sent)
        page.books.history.add(
            "sent",
            customer=sent.customer,
            who=sent.approved_by,
            letter=sent.id,
            to=sent.to,
            cc=sent.cc,
            subject=sent.subject,
            text=sent.body,
        )
        page.report(sent, Outcome("sent"))


def mark_not_sent(hands: Hands, business: str, parcel: Parcel, error: DeliveryError) -> None:
    """Write down what kept a letter from going out: later again, failed for good, or not known."""
    with opened(hands, business) as page:
        if error.unknown:
            lost_sight(page, parcel.delivery, parcel.letter, error.reason)
        elif error.permanent:
            fail(page, parcel.delivery, parcel.letter, error)
        elif parcel.delivery.attempts > len(RETRIES):
            fail(page, parcel.delivery, parcel.letter, DeliveryError("given_up"))
        else:
            _delay(page, parcel, error)


def _delay(page: Page, parcel: Parcel, error: DeliveryError) -> None:
    """Try again later, and tell the owner the first time."""
    attempts = parcel.delivery.attempts
    at = page.books.now + RETRIES[attempts - 1]
    if not page.books.deliveries.again(parcel.delivery.key, at, error.reason):
        return
    waiting = replace(parcel.letter, state="approved")
    page.books.letters.save(waiting)
    if attempts == 1:
        page.report(waiting, Outcome("delayed", error.reason, {"at": at, "said": _said(error)}))


def fail(page: Page, delivery: Delivery, letter: Letter, error: DeliveryError) -> None:
    """It reached nobody and will not by itself; the owner decides what next."""
    if page.books.deliveries.failed(delivery.key, error.reason):
        _end(page, replace(letter, state="failed"), Outcome("failed", error.reason, {"said": _said(error)}))


def lost_sight(page: Page, delivery: Delivery, letter: Letter, reason: str) -> None:
    """It may have got through: only the owner can find out, so the owner is asked."""
    if page.books.deliveries.unknown(delivery.key, reason):
        _end(page, replace(letter, state="unknown"), Outcome("unknown", reason))


def _end(page: Page, letter: Letter, outcome: Outcome) -> None:
    page.books.letters.save(letter)
    page.books.history.add(f"letter_{outcome.kind}", customer=letter.customer, reason=outcome.reason)
    page.report(letter, outcome)


def _said(error: DeliveryError) -> str:
    """What the mail server said, in its own words."""
    return str(error.__cause__ or "")
