"""A mail server as an owner names it: a name, perhaps a port, and how it is kept safe."""

from __future__ import annotations

import pytest

from bot.parties import MailServer, Security
from handlers.desk.servers import written

PORTS: dict[Security, int] = {"tls": 993, "starttls": 143}


@pytest.mark.parametrize(
    ("host", "security", "server"),
    [
        ("imap.norrsken.example", "tls", ("imap.norrsken.example", 993, "tls")),
        (" imap.norrsken.example ", "starttls", ("imap.norrsken.example", 143, "starttls")),
        ("imap.norrsken.example:1993", "tls", ("imap.norrsken.example", 1993, "tls")),
        ("imap.norrsken.example:port", "tls", ("imap.norrsken.example", 993, "tls")),
        ("imap.norrsken.example", "unheard of", ("imap.norrsken.example", 993, "tls")),
    ],
)
def test_a_port_stands_behind_the_name_or_follows_from_the_security(
    host: str, security: str, server: tuple[str, int, Security]
) -> None:
    given = written({"mail_host": host, "mail_security": security, "mail_user": " asa "}, PORTS)
    name, port, kept = server
    assert given == MailServer(host=name, port=port, security=kept, user="asa")
