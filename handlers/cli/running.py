"""The commands of whoever runs Purr: back up, restore, ask how it is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from handlers.cli import opened

shell = typer.Typer()


@shell.command()
def backup(
    file: Annotated[Path, typer.Argument(help="A file, or a folder: there the time is the copy's name.")],
    with_key: Annotated[bool, typer.Option("--with-key", help="Copy the key too, beside it.")] = False,
    replace: Annotated[bool, typer.Option("--replace", help="Write over a file that is there.")] = False,
    keep: Annotated[int, typer.Option(min=0, help="In a folder: keep so many, delete the oldest.")] = 0,
) -> None:
    """Copy the books into one file, also while Purr runs, and look it through."""
    from handlers.running.backups import back_up

    now, settings = datetime.now(UTC), opened.settings()
    _tell(back_up(settings, file, now, with_key=with_key, replace=replace, keep=keep))


@shell.command()
def restore(
    file: Annotated[Path | None, typer.Argument(help="A copy that `purr backup` made.")] = None,
    with_key: Annotated[bool, typer.Option("--with-key", help="Bring the key that lies beside it.")] = False,
    replace: Annotated[bool, typer.Option("--replace", help="Keep the books that are there aside.")] = False,
    settle: Annotated[bool, typer.Option("--settle", help="The books are put back already.")] = False,
) -> None:
    """Put a copy of the books back; nothing goes out by itself afterwards."""
    from handlers.running.backups import restore as put_back

    if (file is None) is not settle:
        raise typer.BadParameter("name a copy, or say --settle", param_hint="FILE")
    if file:
        now, settings = datetime.now(UTC), opened.settings()
        _tell(put_back(settings, file, now, with_key=with_key, replace=replace))
    with opened.app() as app:
        _tell(app.restored(settle=settle))


@shell.command()
def health(
    work: Annotated[bool, typer.Option("--work", help="Of `purr work` on this machine.")] = False,
) -> None:
    """Ask the Purr that runs here whether it is well."""
    if work:
        from handlers.running.roll import of_this_machine

        ok, said = of_this_machine(opened.settings(), datetime.now(UTC))
    else:
        from handlers.running.asking import of_the_chat

        ok, said = of_the_chat(opened.settings())
    typer.echo(said, err=not ok)
    raise typer.Exit(0 if ok else 1)


def _tell(said: Iterable[str]) -> None:
    """Say it line by line; where it cannot be done, say why and stop."""
    from storage.backup import Unfit

    try:
        for text in said:
            typer.echo(text)
    except (Unfit, OSError) as problem:
        typer.echo(str(problem), err=True)
        raise typer.Exit(2) from None
