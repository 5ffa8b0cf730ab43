"""`als sets`: action learning sets and who is in them."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from bot import members
from bot.learning_sets import sets
from bot.learning_sets.sets import SetError
from handlers import cli_sessions, clock
from handlers.cli import Refused, current_database, out, settings

sets_app = typer.Typer(help="Action learning sets and who is in them.", no_args_is_help=True)
SetArgument = Annotated[str, typer.Argument(help="The set's name; its members see it.")]
NamesArgument = Annotated[list[str], typer.Argument(help="Members' names, one or more.")]
MemberOption = Annotated[list[str], typer.Option("--member", help="A member's name; repeat it.")]


def register(app: typer.Typer) -> None:
    cli_sessions.add_to(sets_app)
    app.add_typer(sets_app, name="sets")


@sets_app.command()
def create(name: SetArgument, member: MemberOption = []) -> None:  # noqa: B006 - typer's way
    """Make a set, with members who are in the network already."""
    with _asked(), current_database(settings()) as database, database.writing() as session:
        now = clock.now()
        found = [members.named(session, one) for one in member]
        made = sets.create(session, name, now=now)
        for one in found:
            sets.add_member(session, made.id, one.id, now=now)
    out.print(f"Made the set {name} with {_count(len(found))}.", markup=False)


@sets_app.command()
def add(name: SetArgument, member: NamesArgument) -> None:
    """Put members into a set."""
    with _asked(), current_database(settings()) as database, database.writing() as session:
        now = clock.now()
        chosen = sets.named(session, name)
        for one in [members.named(session, each) for each in member]:
            sets.add_member(session, chosen.id, one.id, now=now)
        size = len(sets.members_of(session, chosen.id))
    out.print(f"{name} has {_count(size)} now.", markup=False)


@sets_app.command()
def remove(name: SetArgument, member: NamesArgument) -> None:
    """Take members out of a set; they see nothing more of it."""
    with _asked(), current_database(settings()) as database, database.writing() as session:
        chosen = sets.named(session, name)
        for one in [members.named(session, each) for each in member]:
            sets.remove_member(session, chosen.id, one.id)
        size = len(sets.members_of(session, chosen.id))
    out.print(f"{name} has {_count(size)} now.", markup=False)


@sets_app.command("list")
def listed(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document.")] = False,
) -> None:
    """List the sets."""
    with current_database(settings()) as database, database.reading() as session:
        rows = sets.listed(session)
    if as_json:
        listing = [{"name": row.name, "members": row.members} for row in rows]
        sys.stdout.write(json.dumps(listing, ensure_ascii=False) + "\n")
        return
    table = Table("name", "members", box=None)
    for row in rows:
        table.add_row(Text(row.name), str(row.members))
    out.print(table)


@contextmanager
def _asked() -> Iterator[None]:
    """What the sets refuse is the command's own refusal."""
    try:
        yield
    except SetError as error:
        raise Refused((type(error).__doc__ or "").strip()) from error


def _count(number: int) -> str:
    return f"{number} member{'' if number == 1 else 's'}"
