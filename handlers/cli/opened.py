"""What every command begins with: the settings, the app, and files to read or write."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from bot.settings import Settings
    from handlers.app import App


def app() -> App:
    """The app and its settings, loaded only where they are needed: they take a second."""
    from handlers.app import App

    return App(settings())


def settings() -> Settings:
    """The settings, with those of every platform."""
    from bot.settings import load
    from handlers.platforms import options

    return load(options=options())


def readable(file: Path) -> None:
    """Stop with one sentence where a file cannot be read."""
    try:
        with file.open("rb"):
            return
    except OSError as problem:
        raise _stopped(file, problem) from None


def content(file: Path) -> bytes:
    """What a file holds."""
    readable(file)
    return file.read_bytes()


def write(file: Path, made: bytes) -> None:
    """Write a file that is for its owner alone, or stop with one sentence, and say where it is."""
    try:
        file.touch(mode=0o600)
        file.write_bytes(made)
    except OSError as problem:
        raise _stopped(file, problem) from None
    typer.echo(str(file))


def _stopped(file: Path, problem: OSError) -> typer.Exit:
    typer.echo(f"{file}: {problem.strerror}", err=True)
    return typer.Exit(2)
