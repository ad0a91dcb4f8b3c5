"""Asking a Purr that runs how it is, from beside it; as Docker does so each minute, little is loaded."""

from __future__ import annotations

import json
from http.client import HTTPConnection, HTTPException

from bot.settings import Settings
from storage.vault import Vault

PATIENCE = 10.0
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}  # noqa: S104 - asked here, not listened on
"""Whoever listens on all addresses is asked on this machine's own."""


def of_the_chat(settings: Settings) -> tuple[bool, str]:
    """Whether the Purr at this address is well, and what it says."""
    host = EVERYWHERE.get(settings.host, settings.host)
    where = f"{host}:{settings.port}"
    line = HTTPConnection(host, settings.port, timeout=PATIENCE)
    try:
        line.request("GET", "/health", headers=_pass(settings))
        answer = line.getresponse()
        told = json.loads(answer.read()) if answer.status in (200, 503) else {}
    except (OSError, HTTPException, ValueError):
        return False, f"Nothing answers at {where}."
    finally:
        line.close()
    if not told:
        return False, f"What answers at {where} does not tell how it is."
    return bool(told["ok"]), "; ".join(f"{part} {how}" for part, how in told.items() if part != "ok")


def own_word(settings: Settings) -> str:
    """The word that `purr health` brings to the Purr that it asks: made of the key, which both can read.

    None where nearness is enough, as it is unless Purr is reached from outside.
    """
    return Vault(settings.data / "purr.key").sign("health", "").hex() if settings.public_url else ""


def _pass(settings: Settings) -> dict[str, str]:
    word = own_word(settings)
    return {"Authorization": f"Bearer {word}"} if word else {}
