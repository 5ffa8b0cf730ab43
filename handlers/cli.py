"""The `als` command: running the bot, and looking at how it stands."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Annotated

import typer
from rich.console import Console

import migrations
from bot.members import MemberError
from bot.settings import Settings, SettingsError, read_settings
from handlers import logs
from knowledge.database import Database, DatabaseUnavailable
from knowledge.errors import KnowledgeError

app = typer.Typer(
    name="als",
    help="The officer network's bot.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
database_app = typer.Typer(help="The database.", no_args_is_help=True)
app.add_typer(database_app, name="db")

out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)

UPGRADE = "als db upgrade"
_COMMANDS_HERE = ("db", "doctor")
_COMMANDS = {
    "cli_serve": ("serve", "web", "worker"),
    "cli_ask": ("chat", "ask", "evaluate"),
    "cli_knowledge": ("knowledge",),
    "cli_members": ("members", "sign-in"),
    "cli_sets": ("sets",),
    "cli_channels": ("whatsapp", "slack"),
    "cli_demo": ("demo",),
    "cli_simulate": ("simulate",),
}
"""Where each command stands: reading all of them takes a second, the channels' libraries most."""


class Refused(Exception):
    """The command cannot do what it was asked; the message is one line that says why."""


def settings(**given: object) -> Settings:
    """The settings, with the log lines set up as they say."""
    read = read_settings(**given)  # type: ignore[arg-type]
    logs.configure(read.log_format)
    return read


@contextmanager
def current_database(read: Settings) -> Iterator[Database]:
    """The database, if it is there and up to date. Raises Refused."""
    database = opened(read)
    try:
        stands = migrations.state(database)
        if stands is migrations.State.EMPTY:
            raise Refused(f"There is no database yet. Make it with: {UPGRADE}")
        if stands is migrations.State.OLDER:
            raise Refused(f"The database is from an older version. Mend it with: {UPGRADE}")
        if stands is migrations.State.NEWER:
            raise Refused(
                "The database is from a newer version of this software. Update the software."
            )
        yield database
    finally:
        database.close()


def opened(read: Settings) -> Database:
    """The database as it is. Raises Refused where not even its folder can be used."""
    try:
        return Database(read.database_url)
    except OSError as error:
        raise Refused(f"The database's folder cannot be used: {error.strerror}.") from error


@database_app.command("upgrade")
def upgrade() -> None:
    """Make the database, or bring it up to date."""
    from handlers import cli_serve

    read = settings()
    database = opened(read)
    cli_serve.migrate(database)
    cli_serve.load_starter(database, cli_serve.model(read))
    database.close()
    out.print("The database is up to date.")


@app.command()
def doctor(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document.")] = False,
) -> None:
    """Say what is on, what is off and why."""
    from handlers.doctor import examine

    findings = examine(settings())
    if as_json:
        sys.stdout.write(json.dumps({one.what: one.as_json() for one in findings}) + "\n")
    else:
        for one in findings:
            out.print(f"{one.what:<18} {one.state.value:<4} {one.why}", markup=False)
    if not all(one.sound for one in findings):
        raise typer.Exit(1)


def main() -> None:
    """Runs the command and turns what went wrong into one line and an exit code."""
    for module in _modules(sys.argv[1:2]):
        import_module(f"handlers.{module}").register(app)
    try:
        app()
    except (Refused, MemberError, SettingsError, KnowledgeError) as error:
        _refuse(str(error) or (type(error).__doc__ or "").strip())
    except DatabaseUnavailable as error:
        locked = "locked" in str(error)
        _refuse(
            "The database is busy with another process. Try again in a moment."
            if locked
            else "The database cannot be reached. Check DATABASE_URL, then: als doctor"
        )
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)


def _modules(command: list[str]) -> list[str]:
    """Those that the command stands in; all of them for `--help` and for what nobody knows."""
    if command and command[0] in _COMMANDS_HERE:
        return []
    for module, commands in _COMMANDS.items():
        if command and command[0] in commands:
            return [module]
    return list(_COMMANDS)


def _refuse(sentence: str) -> None:
    err.print(sentence, markup=False)
    sys.exit(1)
