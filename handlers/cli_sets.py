"""`als sets`: action learning sets, who is in them and who facilitates them."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text
from sqlalchemy.orm import Session

from bot import members
from bot.learning_sets import editions, naming, sets
from bot.learning_sets.sets import NoSuchSet, SetError, SetView
from bot.wording import sets as wording
from handlers import cli_sessions, cli_suggest, clock
from handlers.cli import Refused, current_database, out, settings

sets_app = typer.Typer(help="Action learning sets and who is in them.", no_args_is_help=True)
SetArgument = Annotated[str, typer.Argument(help="The set's name; its members see it.")]
NamesArgument = Annotated[list[str], typer.Argument(help="Members' names, one or more.")]
MemberOption = Annotated[list[str], typer.Option("--member", help="A member's name; repeat it.")]
FacilitatorOption = Annotated[
    list[str], typer.Option("--facilitator", help="Who facilitates it; repeat it.")
]
PurposeOption = Annotated[str | None, typer.Option("--purpose", help="What it is for.")]
NoteOption = Annotated[
    str, typer.Option("--note", help="Why it has fewer than 6 or more than 12 members.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="One JSON document.")]


def register(app: typer.Typer) -> None:
    cli_sessions.add_to(sets_app)
    cli_suggest.register(sets_app)
    app.add_typer(sets_app, name="sets")


@sets_app.command()
def create(
    name: SetArgument,
    member: MemberOption = [],  # noqa: B006 - typer's way
    facilitator: FacilitatorOption = [],  # noqa: B006
    purpose: PurposeOption = None,
    note: NoteOption = "",
) -> None:
    """Make a set, with members who are in the network already: 6 to 12, or none yet."""
    with _asked() as session:
        made = sets.create(
            session,
            name,
            purpose=purpose or "",
            members=_ids(session, member),
            facilitators=_ids(session, facilitator),
            note=note,
            now=clock.now(),
        )
        size = len(sets.members_of(session, made.id))
    out.print(f"Made the set {name} with {wording.members(size)}.", markup=False)


@sets_app.command()
def edit(
    name: SetArgument,
    new_name: Annotated[str | None, typer.Option("--name", help="Its new name.")] = None,
    purpose: PurposeOption = None,
    member: MemberOption = [],  # noqa: B006
    facilitator: FacilitatorOption = [],  # noqa: B006
    note: NoteOption = "",
) -> None:
    """Change what a set is called, what for, or (all at once) who is in it and facilitates it."""
    with _asked() as session:
        stands = editions.standing(session, sets.named(session, name).id)
        wanted = replace(
            stands.version,
            name=stands.version.name if new_name is None else new_name,
            purpose=stands.version.purpose if purpose is None else purpose,
            members=_ids(session, member) if member else stands.version.members,
            facilitators=_ids(session, facilitator) if facilitator else stands.version.facilitators,
            note=note or stands.version.note,
        )
        editions.edit(session, stands.set_id, wanted, edition=stands.edition, now=clock.now())
    out.print("Done.")


@sets_app.command()
def add(name: SetArgument, member: NamesArgument, note: NoteOption = "") -> None:
    """Put members into a set."""
    with _asked() as session:
        chosen = sets.named(session, name).id
        added = _ids(session, member)
        sets.change_members(session, chosen, add=added, note=note, now=clock.now())
        said = _said(_view(session, name))
    out.print(said, markup=False)


@sets_app.command()
def remove(name: SetArgument, member: NamesArgument, note: NoteOption = "") -> None:
    """Take members out of a set; they see nothing more of it."""
    with _asked() as session:
        chosen = sets.named(session, name).id
        gone = _ids(session, member)
        sets.change_members(session, chosen, remove=gone, note=note, now=clock.now())
        said = _said(_view(session, name))
    out.print(said, markup=False)


@sets_app.command()
def facilitator(
    name: SetArgument,
    member: NamesArgument,
    remove: Annotated[bool, typer.Option("--remove", help="They no longer do.")] = False,
) -> None:
    """Say who facilitates a set; they need not be in it."""
    with _asked() as session:
        chosen = sets.named(session, name).id
        for one in sorted(_ids(session, member)):
            if remove:
                sets.remove_facilitator(session, chosen, one, now=clock.now())
            else:
                sets.add_facilitator(session, chosen, one)
        leads = _names(session, sets.facilitators_of(session, chosen))
    told = f"{name} is facilitated by {', '.join(leads)}." if leads else ""
    out.print(told or f"{name} needs a facilitator.", markup=False)


@sets_app.command()
def show(name: SetArgument, as_json: JsonOption = False) -> None:
    """Show a set with its members."""
    with _asked(writing=False) as session:
        found = _view(session, name)
        inside = _names(session, sets.members_of(session, found.id))
        leads = _names(session, sets.facilitators_of(session, found.id))
    if as_json:
        document = {
            "name": found.name,
            "purpose": found.purpose,
            "members": inside,
            "facilitators": leads,
            "note": found.size_note,
            "edition": found.edition,
        }
        sys.stdout.write(json.dumps(document, ensure_ascii=False) + "\n")
        return
    for line in (
        found.name,
        found.purpose,
        f"Facilitated by {', '.join(leads)}" if leads else "Needs a facilitator",
        f"{wording.members(len(inside))}: {', '.join(inside)}" if inside else "No members yet",
        f"Note: {found.size_note}" if found.size_note else "",
    ):
        if line:
            out.print(line, markup=False)


@sets_app.command("list")
def listed(as_json: JsonOption = False) -> None:
    """List the sets."""
    with _asked(writing=False) as session:
        rows = sets.listed(session)
    if as_json:
        listing = [
            {"name": row.name, "members": row.members, "facilitators": row.facilitators}
            for row in rows
        ]
        sys.stdout.write(json.dumps(listing, ensure_ascii=False) + "\n")
        return
    table = Table("name", "members", "facilitators", box=None)
    for row in rows:
        table.add_row(Text(row.name), str(row.members), str(row.facilitators))
    out.print(table)


@contextmanager
def _asked(*, writing: bool = True) -> Iterator[Session]:
    """What the sets refuse is the command's own refusal."""
    try:
        with (
            current_database(settings()) as database,
            database.writing() if writing else database.reading() as session,
        ):
            yield session
    except SetError as error:
        raise Refused(error.sentence) from error


def _ids(session: Session, names: Sequence[str]) -> frozenset[int]:
    return frozenset(members.named(session, one).id for one in names)


def _names(session: Session, ids: frozenset[int]) -> list[str]:
    known = naming.names_of(session, ids)
    return sorted(known.get(one, "(no name)") for one in ids)


def _view(session: Session, name: str) -> SetView:
    found = sets.view(session, sets.named(session, name).id)
    if found is None:
        raise NoSuchSet
    return found


def _said(found: SetView) -> str:
    said = f"{found.name} has {wording.members(found.members)} now."
    return f"{said} {wording.BEING_GATHERED}" if found.gathered else said
