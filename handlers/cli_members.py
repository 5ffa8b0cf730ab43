"""`als members` and `als sign-in`: who is in the network."""

from __future__ import annotations

import json
import sys
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from bot import invitations, members
from bot.learning_sets import keepers
from bot.members import Role
from handlers import cli_roster, clock
from handlers.cli import current_database, err, out, settings

members_app = typer.Typer(help="Who is in the network.", no_args_is_help=True)
NameArgument = Annotated[str, typer.Argument(help="The member's name; only administrators see it.")]
RoleOption = Annotated[Role, typer.Option(help="What a new member may do.")]


def register(app: typer.Typer) -> None:
    cli_roster.register(members_app)
    app.add_typer(members_app, name="members")
    app.command("sign-in")(sign_in)


@members_app.command()
def invite(name: NameArgument, role: RoleOption = Role.OFFICER) -> None:
    """Print a code with which one person joins on WhatsApp."""
    with current_database(settings()) as database, database.writing() as session:
        now = clock.now()
        member = members.named_or_new(session, name, role, now=now)
        code = invitations.invite(session, member, now=now)
    days = invitations.INVITATION_LASTS.days
    out.print(f"Ask them to send this to the bot: join {code}")
    out.print(f"It works once, for {days} days.")


@members_app.command("list")
def listed(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document.")] = False,
) -> None:
    """List the members."""
    with current_database(settings()) as database, database.reading() as session:
        rows = members.listed(session)
    if as_json:
        listing = [
            {
                "name": row.name,
                "role": row.role,
                "channels": list(row.channels),
                "stopped": row.stopped,
            }
            for row in rows
        ]
        sys.stdout.write(json.dumps(listing, ensure_ascii=False) + "\n")
        return
    table = Table("name", "role", "channels", "stopped", box=None)
    for row in rows:
        table.add_row(
            Text(row.name or "(none)"),
            row.role,
            ", ".join(row.channels),
            "yes" if row.stopped else "",
        )
    out.print(table)


@members_app.command("role")
def change_role(name: NameArgument, role: Role) -> None:
    """Change what a member may do."""
    with current_database(settings()) as database, database.writing() as session:
        members.named(session, name).role = role
    out.print(f"Done. {name}: {role}.", markup=False)


def sign_in(name: NameArgument, role: RoleOption = Role.OFFICER) -> None:
    """Print a one-time link into the web chat; makes the member where there is none."""
    read = settings()
    with current_database(read) as database, database.writing() as session:
        now = clock.now()
        member = members.named_or_new(session, name, role, now=now)
        token = invitations.sign_in_link(session, member, now=now)
        enters = keepers.looks_after(session, member)
    out.print(f"{read.address}/sign-in/{token}", markup=False)
    if enters:
        # On the other stream: whoever reads the link in a script gets the link alone.
        err.print(f"Once signed in, the console is at {read.address}/console", markup=False)
