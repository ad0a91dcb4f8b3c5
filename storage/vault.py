"""Secrets at rest: sealed with a key that lies beside the books, never in them."""

from __future__ import annotations

import hmac
import os
import secrets
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken

from bot.errors import Refusal


class Vault:
    """Seals and opens short texts; its key is made when first needed, for the owner alone to read."""

    def __init__(self, key_file: Path) -> None:
        self._file = key_file

    def seal(self, text: str) -> str:
        """A text that only this key opens."""
        return self._fernet().encrypt(text.encode()).decode()

    def open(self, sealed: str) -> str:
        """The text that was sealed; refused when it was sealed with another key."""
        try:
            return self._fernet().decrypt(sealed.encode()).decode()
        except InvalidToken:
            raise Refusal("secret_lost") from None

    def sign(self, purpose: str, text: str) -> bytes:
        """The signature of a text, 32 bytes; for another purpose it is another."""
        key = hmac.digest(self._key(), f"purr {purpose}".encode(), "sha256")
        return hmac.digest(key, text.encode(), "sha256")

    def mark(self) -> str:
        """What tells this key from others, and gives nothing of it away; empty while there is none."""
        return self.sign("mark", "").hex() if self._file.exists() else ""

    def _fernet(self) -> Fernet:
        return Fernet(self._key())

    def _key(self) -> bytes:
        if not self._file.exists():
            self._make()
        return self._file.read_bytes()

    def _make(self) -> None:
        """Written elsewhere and moved into place, so that nobody ever reads half a key."""
        fresh = self._file.with_name(f"{self._file.name}.{secrets.token_hex(8)}")
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(Fernet.generate_key())
        try:
            os.link(fresh, self._file)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
