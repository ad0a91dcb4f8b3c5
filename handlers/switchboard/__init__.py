"""The switchboard: between platforms and conversation. What is heard is kept, answered once, shown."""

from __future__ import annotations

from handlers.switchboard.exchange import Exchange, Publish

__all__ = ["Exchange", "Publish"]
