"""A mail server that takes the text and then misbehaves: what may have gone is asked about, not repeated."""

from __future__ import annotations

import asyncio
import ssl
import subprocess
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from bot.errors import DeliveryError
from bot.settings import Settings
from handlers.app import App
from handlers.letterbox.smtp import Mailer
from tests.blank import blank_books
from tests.chaos.crooked import (
    Crooked,
    Ending,
    babbles,
    breaks,
    crooked,
    hangs,
    leaves,
    says,
    says_and_leaves,
)
from tests.handlers.day import Day, day
from tests.handlers.letterbox.test_message import built
from tests.mailserver import MailServer

SHORT = 0.3
"""Seconds of patience with each answer."""
NOT_KNOWN = {
    "hangs": hangs,
    "hangs up": leaves,
    "breaks the line": breaks,
    "says yes too late": says(b"250 ok\r\n", after=3 * SHORT),
    "says half of yes": says(b"250-well\r\n"),
    "says yes in another way": says(b"252 I will see\r\n"),
    "asks for more": says(b"354 go on\r\n"),
    "says what nobody can read": says(b"Bien s\xc3\xbbr\r\n"),
    "says what is no answer": says(b"999 ?\r\n"),
    "never comes to the end of a line": says_and_leaves(b"2"),
}


def patient(server: Crooked) -> dict[str, Any]:
    """Hands whose mail goes to this server."""
    mailer = Mailer(host="127.0.0.1", port=server.port, security="none", timeout=SHORT)
    return {"send": lambda _business, message: mailer.send(message)}


def tried(today: Day, server: Crooked, hours: int = 4) -> None:
    """The clock at work for some hours, with a restart in each."""
    for hour in range(hours):
        today.run(today.hands(f"start-{hour}", **patient(server)))
        today.now += timedelta(hours=1)


@pytest.fixture
def books(tmp_path: Path) -> str:
    return f"sqlite:///{blank_books(tmp_path)}"


@pytest.mark.parametrize("ending", NOT_KNOWN.values(), ids=NOT_KNOWN)
def test_silence_after_the_text_is_neither_yes_nor_no(ending: Ending) -> None:
    with crooked(ending) as server:
        failed = failure(Mailer(host="127.0.0.1", port=server.port, security="none", timeout=SHORT))
    assert (failed.reason, failed.unknown, len(server.texts)) == ("smtp_unknown", True, 1)


def test_what_is_not_known_is_asked_about_and_nothing_is_repeated(books: str) -> None:
    with crooked(hangs) as server, day(books, MailServer()) as today:
        today.plan()
        tried(today, server)
        assert len(server.texts) == 1
        assert (today.letter.state, today.delivery.state) == ("unknown", "unknown")
        assert today.told == ["unknown smtp_unknown"]


@pytest.mark.parametrize(
    "ending",
    [says(b"451 4.3.0 Come back later\r\n"), says_and_leaves(b"421 4.3.2 Shutting down\r\n")],
    ids=["later", "shutting down"],
)
def test_later_after_the_text_is_tried_again_until_it_is_taken_once(books: str, ending: Ending) -> None:
    with crooked(ending) as server, day(books, MailServer()) as today:
        today.plan()
        tried(today, server, 2)
        assert (today.letter.state, today.told) == ("approved", ["delayed smtp_refused"])
        server.ending = says(b"250 ok\r\n")
        refused = len(server.texts)
        tried(today, server)
        assert (today.letter.state, len(server.texts) - refused) == ("sent", 1)


def test_no_after_the_text_is_final(books: str) -> None:
    with crooked(says(b"554 5.7.1 No\r\n")) as server, day(books, MailServer()) as today:
        today.plan()
        tried(today, server)
        assert (today.letter.state, today.told, len(server.texts)) == ("failed", ["failed smtp_refused"], 1)


def test_a_slow_yes_in_time_is_a_yes(books: str) -> None:
    with (
        crooked(says(b"250-well\r\n250 yes\r\n", after=SHORT / 2)) as server,
        day(books, MailServer()) as today,
    ):
        today.plan()
        tried(today, server)
        assert (today.letter.state, today.told, len(server.texts)) == ("sent", ["sent"], 1)


def test_tls_that_breaks_after_the_text_is_not_known(tmp_path: Path) -> None:
    key, cert = tmp_path / "key.pem", tmp_path / "cert.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
         "-days", "2", "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1",
         "-keyout", key, "-out", cert],
        check=True,
        capture_output=True,
    )  # fmt: skip
    serves = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serves.load_cert_chain(cert, key)
    with crooked(babbles, tls=serves) as server:
        trust = ssl.create_default_context(cafile=str(cert))
        failed = failure(Mailer(host="127.0.0.1", port=server.port, security="tls", timeout=2, trust=trust))
    assert (failed.unknown, failed.permanent, len(server.texts)) == (True, False, 1)


def failure(mailer: Mailer) -> DeliveryError:
    async def sending() -> None:
        try:
            await mailer.send(built())
        finally:
            await asyncio.sleep(0.05)  # with TLS a loop needs a few turns to close its sockets

    with pytest.raises(DeliveryError) as failed:
        asyncio.run(sending())
    return failed.value


@pytest.mark.parametrize("slow", [0.2, 0.5])
def test_the_slowest_server_takes_no_longer_than_a_sending_may(slow: float) -> None:
    """Each answer comes just in time, or not quite: the whole ends before half the claim is over."""
    with crooked(hangs, slow=slow) as server:
        mailer = Mailer(host="127.0.0.1", port=server.port, security="none", timeout=SHORT)
        began = time.monotonic()
        failure(mailer)
        assert time.monotonic() - began < mailer.longest.total_seconds()


@pytest.mark.parametrize("timeout", [0.1, 30, 600])
def test_half_a_claim_outlives_the_longest_sending_whatever_the_settings(
    tmp_path: Path, timeout: float
) -> None:
    blank_books(tmp_path)
    app = App(Settings(_env_file=None, data=tmp_path, smtp_password=SecretStr(""), smtp_timeout=timeout))
    hands = app.hands(lambda *_: None)
    assert hands.lease / 2 > app.mailers.common.longest
    app.database.close()
