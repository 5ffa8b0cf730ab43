"""`als sets suggest`: a proposal of sets, to be edited in a spreadsheet and confirmed."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy.orm import Session

from bot import members
from bot.learning_sets import enrolling, naming, proposals, suggesting
from bot.learning_sets.roster import Column
from bot.learning_sets.size import BEST, SetError
from bot.learning_sets.suggesting import Group, Person
from bot.members import NoSuchMember
from bot.wording import suggesting as wording
from handlers import clock
from handlers.cli import Refused, current_database, out, settings
from handlers.cli_roster import read
from handlers.entry_files import unfinished
from knowledge import themes
from knowledge.interchange import csv_file

_COLUMNS = ("set", "name", "job", "seniority", "nation", "themes", "why")
_ONE_WAY = "Say one of: --all, --csv FILE, --from FILE."


@dataclass(frozen=True)
class _Proposed:
    """A set of the proposal; the people's keys are their names."""

    name: str
    people: Group
    why: str


def register(sets_app: typer.Typer) -> None:
    sets_app.command()(suggest)


def suggest(
    file: Annotated[str, typer.Option("--csv", help="People to seat: name, job and so on.")] = "",
    everybody: Annotated[bool, typer.Option("--all", help="All officers of the network.")] = False,
    without_set: Annotated[
        bool, typer.Option("--without-set", help="With --all: only those in no set yet.")
    ] = False,
    proposal: Annotated[
        str, typer.Option("--from", help="An edited proposal (CSV or JSON): makes its sets.")
    ] = "",
    size: Annotated[int, typer.Option(help="How many a set should have, 6 to 12.")] = BEST,
    seed: Annotated[int, typer.Option(help="Another number, another proposal.")] = 0,
    written: Annotated[str, typer.Option("--out", help="A CSV or JSON file to write.")] = "",
    confirm: Annotated[bool, typer.Option("--confirm", help="Make the sets at once.")] = False,
    facilitator: Annotated[
        list[str], typer.Option("--facilitator", help="Who facilitates them; repeat it.")
    ] = [],  # noqa: B006 - typer's way
    note: Annotated[str, typer.Option("--note", help="Why a set has an unusual size.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document.")] = False,
) -> None:
    """Propose balanced sets: a theme in common, otherwise mixed, of people new to each other."""
    if sum(map(bool, (file, everybody, proposal))) != 1:
        raise typer.BadParameter(_ONE_WAY)
    try:
        with current_database(settings()) as database:
            with database.reading() as session:
                found = (
                    _edited(proposal)
                    if proposal
                    else _proposed(session, file, without_set, size, seed)
                )
            if confirm or proposal:
                with database.writing() as session:
                    _make(session, found, facilitator, note)
    except SetError as error:
        raise Refused(error.sentence) from error
    if written:
        _write(written, found, size)
    if as_json:
        sys.stdout.write(_json(found, size))
    else:
        _print(found, made=confirm or bool(proposal))


def _proposed(
    session: Session, file: str, without_set: bool, size: int, seed: int
) -> tuple[_Proposed, ...]:
    """Those of the file, or all officers, in sets."""
    known = members.ids_by_name(session)
    if file:
        people = _of_file(session, file)
    else:
        chosen = proposals.seatable(session, without_set=without_set)
        names = naming.names_of(session, chosen)
        people = tuple(_renamed(one, names) for one in proposals.people(session, chosen))
    keys = {known[one.key]: one.key for one in people if one.key in known}
    pairs = frozenset(
        frozenset(keys[int(one)] for one in pair) for pair in proposals.met(session, list(keys))
    )
    groups = suggesting.suggest(people, met=pairs, size=size, seed=seed)
    names_free = proposals.free_names(session, len(groups))
    return tuple(
        _Proposed(name, group, proposals.line(group, pairs))
        for name, group in zip(names_free, groups, strict=True)
    )


def _renamed(one: Person, names: Mapping[int, str]) -> Person:
    return Person(names[int(one.key)], one.role, one.seniority, one.nation, one.themes)


def _of_file(session: Session, file: str) -> tuple[Person, ...]:
    """Raises Refused with the first thing that is amiss."""
    judged = enrolling.judge(session, read(file))
    stops = [one for one in judged.amiss if one.stops]
    if stops:
        raise Refused(
            f"{file}, row {stops[0].row}: {stops[0].sentence} "
            f"All that is amiss: als members import {file} --dry-run"
        )
    names = {one.id: one.name for one in themes.themes(session)}
    return tuple(
        Person(
            one.name,
            one.job.casefold(),
            one.seniority.casefold(),
            one.nation.value if one.nation is not None else "",
            frozenset(names[each] for each in one.theme_ids),
        )
        for one in judged.good
    )


def _edited(file: str) -> tuple[_Proposed, ...]:
    """Raises Refused."""
    groups: dict[str, list[str]] = {}
    for set_name, name in _seats(file):
        groups.setdefault(set_name, []).append(name)
    everybody = [name for inside in groups.values() for name in inside]
    twice = sorted({name for name in everybody if everybody.count(name) > 1})
    if twice:
        raise Refused(f"{twice[0]} is there twice.")
    if not groups:
        raise Refused("There is nobody in it.")
    return tuple(_Proposed(name, tuple(map(Person, inside)), "") for name, inside in groups.items())


def _seats(file: str) -> list[tuple[str, str]]:
    """Set and name, row by row."""
    if Path(file).suffix.casefold() == ".json":
        return _seats_in_json(file)
    found = read(file)
    stops = [one for one in found.amiss if one.stops]
    if stops:
        raise Refused(f"Row {stops[0].row}: {stops[0].sentence}")
    for row in found.rows:
        if not row[Column.NAME] or not row[Column.SET]:
            raise Refused(f"Row {row.row}: a name and a set are wanted.")
    return [(row[Column.SET], row[Column.NAME]) for row in found.rows]


def _seats_in_json(file: str) -> list[tuple[str, str]]:
    try:
        document = json.loads(Path(file).read_text(encoding="utf-8-sig"))
        return [
            (str(one["name"]), str(each["name"]))
            for one in document["sets"]
            for each in one["members"]
        ]
    except OSError as error:
        raise Refused(f"{file} cannot be read: {error.strerror}.") from error
    except (ValueError, KeyError, TypeError) as error:
        raise Refused(f"{file} is no proposal of sets.") from error


def _make(
    session: Session, found: Sequence[_Proposed], facilitators: Sequence[str], note: str
) -> None:
    """Raises Refused where somebody is no member yet."""
    known = members.ids_by_name(session)
    missing = [one.key for group in found for one in group.people if one.key not in known]
    if missing:
        raise Refused(
            f"{missing[0]} is no member yet{_more(len(missing) - 1)}. Add them first: "
            "als members import"
        )
    try:
        leads = [members.named(session, one).id for one in facilitators]
    except NoSuchMember as error:
        raise Refused("There is no facilitator of that name.") from error
    groups = {one.name: [known[each.key] for each in one.people] for one in found}
    proposals.confirm(session, groups, facilitators=leads, note=note, now=clock.now())


def _more(number: int) -> str:
    return f", nor are {number} more" if number else ""


def _print(found: Sequence[_Proposed], *, made: bool) -> None:
    for one in found:
        why = f" ({one.why})" if one.why else ""
        out.print(f"{one.name}: {len(one.people)} members{why}", markup=False)
        out.print(f"  {', '.join(each.key for each in one.people)}", markup=False)
    out.print(wording.made(len(found)) if made else wording.HOW_TO_CONFIRM)


def _json(found: Sequence[_Proposed], size: int) -> str:
    document = {
        "size": size,
        "sets": [
            {
                "name": one.name,
                "why": one.why,
                "members": [
                    {
                        "name": each.key,
                        "job": each.role,
                        "seniority": each.seniority,
                        "nation": each.nation,
                        "themes": sorted(each.themes),
                    }
                    for each in one.people
                ],
            }
            for one in found
        ],
    }
    return json.dumps(document, ensure_ascii=False) + "\n"


def _write(file: str, found: Sequence[_Proposed], size: int) -> None:
    with unfinished(file) as target:
        if Path(file).suffix.casefold() == ".json":
            target.write(_json(found, size).encode())
            return
        rows = [
            (
                one.name,
                each.key,
                each.role,
                each.seniority,
                each.nation,
                "; ".join(sorted(each.themes)),
                one.why,
            )
            for one in found
            for each in one.people
        ]
        csv_file.write(target, [_COLUMNS, *rows])
