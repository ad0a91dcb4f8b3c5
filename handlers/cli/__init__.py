"""The command line: run Purr, read files, print the day, and look whether everything is in order."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from handlers.cli import customers, opened, running

if TYPE_CHECKING:
    from handlers.app import App

EPILOG = """
Examples:

  purr                          run the chat

  purr import invoices.csv      take a file into the books

  purr read invoice.xml --json  what a file holds, one JSON object a line

  purr today --on 2026-12-01    the list of a day, as text

  purr replay                   what would have been asked in your last year

  purr law 1042                 what the law allows for an invoice today

  purr pack 1042 -o 1042.zip    the evidence about a claim, for an agency

  purr export Norrsken          all that is kept about a customer

  purr erase Norrsken           let go of them, once you have confirmed

  purr backup copies            a copy of the books, while Purr runs

  purr restore copies/x.db      put a copy back

  purr doctor                   is everything in order?
"""
shell = typer.Typer(
    help="The careful colleague between your books and the collection agency.",
    epilog=EPILOG,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
)
Files = Annotated[list[Path], typer.Argument(help="Invoices or lists, in any format Purr knows.")]


def main() -> None:
    """Run the command line; a bad setting, or books that cannot be opened, stop it with one sentence.

    Exit 2 is for what another start does not mend: a database that is not up yet is no such thing.
    """
    try:
        shell()
    except Exception as problem:
        from bot.errors import BooksShut
        from bot.settings import SettingError

        if not isinstance(problem, SettingError | BooksShut):
            raise
        typer.echo(problem.at_length if isinstance(problem, BooksShut) else str(problem), err=True)
        sys.exit(1 if isinstance(problem, BooksShut) else 2)


@shell.callback(invoke_without_command=True)
def run(context: typer.Context) -> None:
    """Run everything that is set up; without a command this starts the chat."""
    if context.invoked_subcommand is None:
        from asyncio import run as until_stopped

        until_stopped(opened.app().serve(typer.echo))


@shell.command()
def work() -> None:
    """Work beside the chat, on the same PostgreSQL: another process for letters, lists, mail and ledgers."""
    from asyncio import run as until_stopped

    until_stopped(opened.app().work(typer.echo))


@shell.command()
def read(
    files: Files,
    json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
    currency: Annotated[str, typer.Option(help="The currency where a file names none.")] = "",
) -> None:
    """Show what files hold, without changing anything."""
    from handlers.reading import json_lines, summary
    from storage.readers import read as read_file

    for file in files:
        reading = read_file(opened.content(file), file.name, currency=currency)
        for text in json_lines(reading) if json else summary(file.name, reading):
            typer.echo(text)


@shell.command()
def reference(
    json: Annotated[bool, typer.Option("--json", help="Questions in, answers out, one JSON object a line.")],
) -> None:
    """Check, make or take apart payment references, accounts and company numbers."""
    from handlers.references import answers

    for text in answers(sys.stdin.buffer):
        typer.echo(text)


@shell.command()
def law(
    invoice: Annotated[str, typer.Argument(help="The number of an invoice, or a customer's name.")] = "",
    json: Annotated[
        bool, typer.Option("--json", help="Questions in, answers out, one JSON object a line.")
    ] = False,
    on: Annotated[str, typer.Option(help="Another day, as 2026-12-01.")] = "",
) -> None:
    """Say what the law allows for a claim on a day, and what is owed."""
    if not json:
        if not invoice:
            raise typer.BadParameter("name an invoice, or ask in JSON with --json", param_hint="INVOICE")
        with opened.app() as app:
            typer.echo(app.console.law(invoice, _day(on)))
        return
    from handlers.asking import answers

    for line in answers(sys.stdin.buffer):
        typer.echo(line)


@shell.command()
def hear(
    json: Annotated[
        bool, typer.Option("--json", help="Replies in, what they say out, one JSON object a line.")
    ],
) -> None:
    """Say what customers' replies mean."""
    from handlers.hearing import answers
    from messages.ear.answers import hear as read_reply

    for line in answers(sys.stdin.buffer, read_reply):
        typer.echo(line)


@shell.command("import")
def take_in(files: Files) -> None:
    """Take files into the books; the same file twice changes nothing."""
    for file in files:
        opened.readable(file)
    with opened.app() as app, _bar() as watch:
        for text in app.console.take_in(files, watch):
            typer.echo(text)


@shell.command()
def today(
    on: Annotated[str, typer.Option(help="Another day, as 2026-12-01.")] = "",
) -> None:
    """Print what needs you, as text."""
    with opened.app() as app:
        typer.echo(app.console.digest(_day(on)))


@shell.command()
def replay(
    files: Annotated[
        list[Path] | None, typer.Argument(help="Invoices and bank files to try; nothing of them is kept.")
    ] = None,
    country: Annotated[str, typer.Option(help="Whose law and bank days: NO, SE, DK or FI.")] = "",
    json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """Go through the last year again: what would have been asked and drafted. Nothing is sent or changed."""
    for file in files or ():
        opened.readable(file)
    with _trial(country) if files else opened.app() as app:
        for file in sorted(files or (), key=_is_of_a_bank):
            for text in app.console.take_in([file]):
                typer.echo(f"{text}\n", err=True)
        typer.echo(app.console.replay(as_json=json))


@shell.command()
def doctor() -> None:
    """Look at the settings, the database, the mail server and the time zone: each ok, or what to do."""
    with opened.app() as app:
        findings = list(app.doctor())
    for found in findings:
        typer.echo(f"{'ok     ' if found.ok else 'to mend'}  {found.name}: {found.text}")
    raise typer.Exit(0 if all(found.ok for found in findings) else 1)


def _day(on: str) -> date | None:
    """The day of an option; None where it is left out."""
    try:
        return date.fromisoformat(on) if on else None
    except ValueError:
        raise typer.BadParameter(f"{on} is not a day; write it as 2026-12-01", param_hint="--on") from None


@contextmanager
def _trial(country: str) -> Iterator[App]:
    """Purr on books of a business in a country that are thrown away at the end."""
    from dataclasses import replace as changed
    from tempfile import TemporaryDirectory

    from bot.countries import codes
    from handlers.app import App

    if country and country.upper() not in codes():
        raise typer.BadParameter(f"choose one of {', '.join(codes())}", param_hint="--country")
    with TemporaryDirectory(prefix="purr-trial-") as folder:
        elsewhere = opened.settings().model_copy(update={"data": Path(folder), "database_url": ""})
        with App(elsewhere) as app:
            business = app.business()
            with app.database.books(business.id, app.now()) as books:
                books.save_business(changed(business, country=country.upper() or business.country))
            yield app


def _is_of_a_bank(file: Path) -> bool:
    """Whether a file tells of money alone: it is taken in after the invoices that the money is for."""
    from storage.readers import read as read_file

    return not read_file(file.read_bytes(), file.name).documents


@contextmanager
def _bar() -> Iterator[Callable[[float], None]]:
    """A progress bar that is told how much is done; it is seen on a terminal only, and gone at the end."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TimeRemainingColumn

    looks = (BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    screen = Console(stderr=True)
    with Progress(*looks, console=screen, transient=True, disable=not screen.is_terminal) as bar:
        task = bar.add_task("", total=1.0)
        yield lambda done: bar.update(task, completed=done)


shell.add_typer(customers.shell)
shell.add_typer(running.shell)
