"""Mail servers as an owner names them in a form, whether letters go out through them or answers come in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from bot.chat import Button, whole
from bot.parties import MailServer, Security
from handlers.desk import Desk


def options(ports: Mapping[Security, int], desk: Desk) -> tuple[tuple[str, str], ...]:
    """The kinds of security to choose from, the usual one first."""
    return tuple((each, desk.word(f"securities.{each}")) for each in ports)


def sign_in(purpose: Literal["in", "out"], desk: Desk) -> tuple[Button, ...]:
    """The way past the password, where an owner can sign in: to be read, or to send through."""
    return (desk.button("sign_in", "sign_in.begin", value=purpose),) if desk.signs_in else ()


def written(values: Mapping[str, str], ports: Mapping[Security, int]) -> MailServer:
    """What the owner wrote; a port may stand behind the name, else it follows from the security."""
    name, _, port = values.get("mail_host", "").strip().partition(":")
    security = next((s for s in ports if s == values.get("mail_security")), next(iter(ports)))
    return MailServer(
        host=name,
        port=whole(port) or ports[security],
        user=values.get("mail_user", "").strip(),
        password=values.get("mail_password", ""),
        security=security,
    )
