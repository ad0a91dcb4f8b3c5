"""The doorbell: `python -m bot` is `purr`."""

from __future__ import annotations

from handlers.cli import main

if __name__ == "__main__":
    main()
