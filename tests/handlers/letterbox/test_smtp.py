"""Every way in which a mail server can fail is told by what may be done next; a real server plays each."""

from __future__ import annotations

import asyncio
import socket
import ssl
import subprocess
from pathlib import Path

import pytest

from bot.errors import DeliveryError
from handlers.letterbox.smtp import Mailer
from tests.handlers.letterbox.test_message import built
from tests.mailserver import MailServer, Mood, mail_server, no_mail_server


def mailer(server: MailServer, **more: object) -> Mailer:
    given: dict[str, object] = {"security": "none", "timeout": 2.0} | more
    return Mailer(host=server.host, port=server.port, **given)  # type: ignore[arg-type] # each test names what it changes


def sent(sender: Mailer) -> str:
    """Send; then let the loop close its sockets, which with TLS takes it a few turns."""

    async def sending() -> str:
        try:
            return await sender.send(built())
        finally:
            await asyncio.sleep(0.05)

    return asyncio.run(sending())


def failure(sender: Mailer) -> DeliveryError:
    with pytest.raises(DeliveryError) as failed:
        sent(sender)
    return failed.value


def outcome(failed: DeliveryError) -> tuple[str, str]:
    return failed.reason, "unknown" if failed.unknown else "permanent" if failed.permanent else "later"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("tls")
    key, cert = folder / "key.pem", folder / "cert.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1",
         "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", cert],
        check=True,
        capture_output=True,
    )  # fmt: skip
    return cert, key


def test_a_letter_arrives_once_at_everybody_under_its_own_identity() -> None:
    with mail_server() as server:
        identity = sent(mailer(server))
    (message,), (envelope,) = server.messages, server.envelopes
    assert message["Message-ID"] == identity == built()["Message-ID"]
    assert envelope.mail_from == "brev@asasbageri.test"
    assert envelope.rcpt_tos == ["kari@norrsken.test", "chef@norrsken.test"]


@pytest.mark.parametrize(
    ("mood", "told"),
    [
        ("refuse_recipient", ("smtp_recipient", "permanent")),
        ("greylist", ("smtp_recipient", "later")),
        ("refuse_data", ("smtp_refused", "permanent")),
        ("busy", ("smtp_refused", "later")),
        ("drop_after_data", ("smtp_unknown", "unknown")),
        ("hang", ("smtp_unknown", "unknown")),
    ],
)
def test_a_failure_is_told_by_what_may_be_done_next(mood: Mood, told: tuple[str, str]) -> None:
    with mail_server(mood) as server:
        failed = failure(mailer(server, timeout=0.5))
    assert outcome(failed) == told
    assert bool(server.messages) is failed.unknown


def test_what_the_server_said_is_kept_as_the_cause() -> None:
    with mail_server("refuse_recipient") as server:
        assert "No such user here" in str(failure(mailer(server)).__cause__)


def test_a_server_that_is_away_is_tried_again_later() -> None:
    with no_mail_server() as server:
        assert outcome(failure(mailer(server))) == ("smtp_unreachable", "later")


@pytest.mark.parametrize("host", ["smtp..example", "x" * 70])
def test_a_name_that_no_server_can_have_is_told_like_one_that_is_away(host: str) -> None:
    assert outcome(failure(mailer(MailServer(host=host, port=587)))) == ("smtp_unreachable", "later")


def test_a_port_that_no_server_can_have_is_told_like_one_that_is_away() -> None:
    assert outcome(failure(mailer(MailServer(port=99_999)))) == ("smtp_unreachable", "later")


def test_a_server_that_never_greets_is_tried_again_later() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        here = MailServer(port=silent.getsockname()[1])
        assert outcome(failure(mailer(here, timeout=0.2))) == ("smtp_unreachable", "later")


def test_a_wrong_password_is_for_the_owner_to_mend() -> None:
    with mail_server(login=("asa", "rätt")) as server:
        assert outcome(failure(mailer(server, user="asa", password="fel"))) == ("smtp_auth", "permanent")
        assert server.messages == []


def test_the_right_password_lets_the_letter_out() -> None:
    with mail_server(login=("asa", "ratt")) as server:
        sent(mailer(server, user="asa", password="ratt"))
    assert len(server.messages) == 1


def test_no_letter_leaves_in_the_open_where_safety_was_asked_for() -> None:
    with mail_server() as server:
        assert outcome(failure(mailer(server, security="starttls"))) == ("smtp_settings", "permanent")
        assert server.messages == []


def test_a_server_that_cannot_prove_its_name_gets_nothing(certificate: tuple[Path, Path]) -> None:
    with mail_server(tls=_side(certificate)) as server:
        assert outcome(failure(mailer(server, security="starttls"))) == ("smtp_tls", "permanent")
        assert server.messages == []


def test_a_server_that_proves_its_name_gets_the_letter(certificate: tuple[Path, Path]) -> None:
    trust = ssl.create_default_context(cafile=str(certificate[0]))
    with mail_server(tls=_side(certificate)) as server:
        sent(mailer(server, security="starttls", trust=trust))
    assert len(server.messages) == 1


def test_tls_from_the_first_byte_is_not_spoken_with_a_server_in_the_open() -> None:
    with mail_server() as server:
        assert outcome(failure(mailer(server, security="tls", timeout=0.5)))[1] != "unknown"


def test_checking_logs_in_and_sends_nothing() -> None:
    with mail_server(login=("asa", "ratt")) as server:
        asyncio.run(mailer(server, user="asa", password="ratt").check())
        with pytest.raises(DeliveryError, match="smtp_auth"):
            asyncio.run(mailer(server, user="asa", password="fel").check())
    assert server.messages == []


def test_a_password_is_not_shown() -> None:
    assert "secret" not in repr(Mailer(host="mail.test", password="secret"))


def _side(certificate: tuple[Path, Path]) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    return context
