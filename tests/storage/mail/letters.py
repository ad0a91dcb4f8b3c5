"""Mails as the world writes them, small and made up, for the tests of reading."""

from __future__ import annotations

HEAD = (
    "From: Nils Sundin <nils@norrsken.example>\r\nTo: asa@asasbageri.example\r\n"
    "Subject: Sv: Faktura 1058\r\nDate: Wed, 25 Nov 2026 08:00:00 +0100\r\n"
    "Message-ID: <1@norrsken.example>\r\n"
)


def mail(*headers: str, body: str = "Hej!\r\n", head: str = HEAD) -> bytes:
    """A mail with some headers more."""
    return (head + "".join(f"{each}\r\n" for each in headers) + "\r\n" + body).encode()


def multipart(*parts: str, kind: str = "mixed") -> bytes:
    """A mail of several parts, each with its own headers."""
    body = "".join(f"--b\r\n{part}\r\n" for part in parts) + "--b--\r\n"
    return mail("MIME-Version: 1.0", f'Content-Type: multipart/{kind}; boundary="b"', body=body)


PLAIN = "Content-Type: text/plain; charset=utf-8\r\n\r\nHej på dig"
HTML = "Content-Type: text/html; charset=utf-8\r\n\r\n<p>Hej <b>på</b> dig</p>"
PDF = (
    'Content-Type: application/pdf; name="kvitto.pdf"\r\nContent-Disposition: attachment\r\n'
    "Content-Transfer-Encoding: base64\r\n\r\nJVBERi0xLjc="
)
REPORT = (
    "Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\n"
    "Final-Recipient: rfc822; a@one.example\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n"
    "Original-Recipient: rfc822; b@two.example\r\nFinal-Recipient: rfc822; inside@two.example\r\n"
    "Action: delayed\r\nStatus: 4.4.1\r\n\r\n"
    "Final-Recipient: rfc822; c@three.example\r\nAction: delivered\r\nStatus: 2.0.0\r\n"
)
RETURNED = (
    "Content-Type: message/rfc822\r\n\r\nMessage-ID: <ours@asasbageri.example>\r\nSubject: Faktura\r\n\r\nHej"
)
