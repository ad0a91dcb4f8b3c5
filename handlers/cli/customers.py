"""The commands about one customer: the evidence, all that is kept, and letting go of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from handlers.cli import opened

if TYPE_CHECKING:
    from handlers.desk.handouts import File

shell = typer.Typer()
Customer = Annotated[str, typer.Argument(help="A customer's name, or the number of an invoice.")]
Out = Annotated[Path | None, typer.Option("--out", "-o", help="Where the ZIP is written.")]


@shell.command()
def pack(claim: Customer, out: Out = None) -> None:
    """Gather the evidence about a claim in one ZIP: index, invoices, letters, answers, checksums."""
    with opened.app() as app:
        made = app.console.pack(claim)
    _written(made, out)


@shell.command()
def export(customer: Customer, out: Out = None) -> None:
    """Gather all that is kept about a customer in one ZIP, for when they ask."""
    with opened.app() as app:
        made = app.console.export(customer)
    _written(made, out)


@shell.command()
def erase(
    customer: Customer,
    yes: Annotated[
        bool, typer.Option("--yes", help="Ask nothing; wants the whole name. For scripts.")
    ] = False,
) -> None:
    """Erase a customer for good, but for the figures that bookkeeping asks for."""
    with opened.app() as app:
        done, said = app.console.erase(customer, None if yes else _asked)
    typer.echo(said, err=not done)
    raise typer.Exit(0 if done else 1)


def _asked(text: str, label: str) -> str:
    typer.echo(f"{text}\n")
    return str(typer.prompt(label, default="", show_default=False))


def _written(made: File | str, out: Path | None) -> None:
    """Write a file where it is wanted, or under its own name here; else say why there is none."""
    if isinstance(made, str):
        typer.echo(made, err=True)
        raise typer.Exit(1)
    opened.write(out or Path(made.name), made.content)
