"""`als sets sessions|plan|move|cancel|attendance|calendar`: when sets meet, and who came."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import Annotated, TypeVar

import typer
from rich.table import Table
from rich.text import Text
from sqlalchemy.orm import Session

from bot import days, habits, members, times
from bot.flows import field
from bot.learning_sets import (
    calendars,
    clashes,
    planning,
    seats,
    series,
    session_changes,
    session_gate,
    session_views,
    sets,
)
from bot.learning_sets.session_changes import Wish
from bot.learning_sets.session_errors import SessionError
from bot.learning_sets.session_views import SessionView
from bot.learning_sets.sessions import Arrangement, SetSession
from bot.learning_sets.size import SetError
from bot.settings import Settings
from bot.wording import facilitating as words
from bot.wording import sessions as session_words
from handlers import clock, links
from handlers.cli import Refused, current_database, out, settings

Value = TypeVar("Value")
SetArgument = Annotated[str, typer.Argument(help="The set's name.")]
CodeArgument = Annotated[str, typer.Argument(help="The session's code, such as M2X.")]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON document.")]
On = Annotated[str, typer.Option("--on", help="The day: 8 December, 8/12/2026, 2026-12-08.")]
At = Annotated[str, typer.Option("--at", help="When it begins: 10:00, 2pm.")]
Length = Annotated[str, typer.Option("--length", help="How long: 90 minutes, 2 hours.")]
Place = Annotated[str | None, typer.Option("--place", help="Where it is.")]
LinkOption = Annotated[str | None, typer.Option("--link", help="The address to join by.")]
Rest = Annotated[bool, typer.Option("--rest", help="And all that follow it in its series.")]


def add_to(sets_app: typer.Typer) -> None:
    sets_app.command("sessions")(listed)
    for command in (plan, move, cancel, attendance, calendar):
        sets_app.command()(command)


def listed(name: SetArgument, as_json: AsJson = False) -> None:
    """List the sessions of a set, also those that are over or cancelled."""
    with _asked(), current_database(settings()) as database, database.reading() as session:
        rows = session_views.in_set(session, sets.named(session, name).id)
        counted = session_views.counts(session, [one.id for one in rows])
    if as_json:
        listing = [_as_json(one, counted[one.id]) for one in rows]
        sys.stdout.write(json.dumps(listing, ensure_ascii=False) + "\n")
        return
    table = Table("code", "when", "where", "yes", "maybe", "no", "came", box=None)
    for one in rows:
        said = counted[one.id]
        numbers = (str(said.get(key, 0)) for key in ("yes", "maybe", "no"))
        where = one.arrangement.place or one.arrangement.link
        when = session_words.span(one.arrangement) if one.planned else "cancelled"
        table.add_row(one.code, Text(when), Text(where), *numbers, str(said.get("came", "")))
    out.print(table)


def _as_json(one: SessionView, said: dict[str, int]) -> dict[str, object]:
    stands = one.arrangement
    return {
        "code": one.code,
        "on": stands.starts_on.isoformat(),
        "at": f"{stands.starts_at:%H:%M}",
        "minutes": stands.minutes,
        "zone": stands.zone,
        "place": stands.place,
        "link": stands.link,
        "cancelled": not one.planned,
        "edition": one.edition,
        **{key: said.get(key, 0) for key in ("yes", "maybe", "no")},
        "came": said.get("came"),
    }


def plan(
    name: SetArgument,
    on: On,
    at: At,
    length: Length = "2 hours",
    every: Annotated[int, typer.Option("--every", help="Weeks between those of a series.")] = 0,
    number: Annotated[int, typer.Option("--times", help="How many in all.")] = 1,
    leave_out: Annotated[
        bool, typer.Option("--leave-out", help="Not on weekends, bank holidays, between the years.")
    ] = False,
    keep: Annotated[bool, typer.Option("--keep", help="On those days too.")] = False,
    place: Place = None,
    link: LinkOption = None,
) -> None:
    """Plan a session, or a series every so many weeks; members are told once."""
    read = settings()
    with _asked(), current_database(read) as database, database.writing() as session:
        now, set_id = clock.now(), sets.named(session, name).id
        first = _arrangement(read, on, at, length, place, link)
        chosen = _days(session, set_id, first.starts_on, every, number, (leave_out, keep))
        made = planning.plan(session, None, set_id, first, days=chosen, now=now)
        lines = [*_lines(made), *_clashing(session, made)]
    for line in lines:
        out.print(line, markup=False, soft_wrap=True)


def _days(
    session: Session, set_id: int, first: date, every: int, number: int, away: tuple[bool, bool]
) -> tuple[date, ...]:
    """Raises Refused where days of a series are no good ones and nobody said what to do."""
    if every == 0 and number == 1:
        return ()
    inside = habits.of(session, sets.members_of(session, set_id)).values()
    nations = {one.nation for one in inside}
    found = series.occurrences(first, weeks=every, times=number, nations=nations)
    bad = [
        words.away(session_words.day(one.day), str(one.away), [n.value for n in one.nations])
        for one in found
        if one.away is not None
    ]
    leave_out, keep = away
    if bad and leave_out is keep:
        raise Refused(f"{'; '.join(bad)}. Say --leave-out or --keep.")
    chosen = tuple(one.day for one in found if one.away is None or keep)
    if not chosen:
        raise Refused(session_words.NOTHING_LEFT)
    return chosen


def move(
    code: CodeArgument,
    on: Annotated[str | None, typer.Option("--on", help="Another day.")] = None,
    at: Annotated[str | None, typer.Option("--at", help="Another time.")] = None,
    length: Annotated[str | None, typer.Option("--length", help="Another length.")] = None,
    place: Place = None,
    link: LinkOption = None,
    rest: Rest = False,
) -> None:
    """Move a session or change where it is; members are told once."""
    read = settings()
    with _asked(), current_database(read) as database, database.writing() as session:
        one = session_gate.seen(session, None, code)
        stands = one.arrangement
        new = replace(
            stands,
            starts_on=_day(on) if on is not None else stands.starts_on,
            starts_at=_read(times.read(at), words.NOT_A_TIME) if at else stands.starts_at,
            minutes=_read(times.minutes(length), words.NOT_A_LENGTH) if length else stands.minutes,
            place=stands.place if place is None else place,
            link=stands.link if link is None else link,
        )
        wish = Wish(one.code, one.edition, rest=rest)
        changed = session_changes.change(session, None, wish, new, now=clock.now())
        lines = [*_lines(changed), *_clashing(session, changed)]
    for line in lines or [words.changed(code, (), "")]:
        out.print(line, markup=False, soft_wrap=True)


def cancel(code: CodeArgument, rest: Rest = False) -> None:
    """Cancel a session; members are told once."""
    with _asked(), current_database(settings()) as database, database.writing() as session:
        one = session_gate.seen(session, None, code)
        wish = Wish(one.code, one.edition, rest=rest)
        off = session_changes.cancel(session, None, wish, now=clock.now())
        codes = ", ".join(each.code for each in off)
    out.print(f"Cancelled: {codes}." if codes else f"{code} was cancelled already.", markup=False)


def attendance(
    code: CodeArgument,
    present: Annotated[
        list[str] | None, typer.Option("--present", help="Who was there; repeat it.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show who came, or say it: with --present, all others were away."""
    with _asked(), current_database(settings()) as database, database.writing() as session:
        one = session_gate.seen(session, None, code)
        if present is not None:
            there = [members.named(session, name).id for name in present]
            seats.attendance(session, None, one.code, there, now=clock.now())
        grid = seats.grid(session, one.id)
    if as_json:
        listing = [
            {"name": each.name, "rsvp": each.rsvp, "attended": each.attended} for each in grid
        ]
        sys.stdout.write(json.dumps(listing, ensure_ascii=False) + "\n")
        return
    table = Table("name", "said", "came", box=None)
    for each in grid:
        came = {True: "yes", False: "no", None: ""}[each.attended]
        table.add_row(Text(each.name), each.rsvp or "", came)
    out.print(table)


def calendar(
    name: Annotated[str, typer.Argument(help="A member's name.")],
    renew: Annotated[bool, typer.Option("--renew", help="Make a new address.")] = False,
) -> None:
    """Show the private address of a member's calendar; whoever has it can read it."""
    read = settings()
    with current_database(read) as database, database.writing() as session:
        member_id = members.named(session, name).id
        if renew:
            mark = calendars.renew(session, member_id)
        else:
            mark = calendars.marks(session, (member_id,))[member_id]
    out.print(links.of(read).address(calendars.link("", mark).path), markup=False, soft_wrap=True)


def _arrangement(
    read: Settings, on: str, at: str, length: str, place: str | None, link: str | None
) -> Arrangement:
    return Arrangement(
        _day(on),
        _read(times.read(at), words.NOT_A_TIME),
        _read(times.minutes(length), words.NOT_A_LENGTH),
        read.timezone,
        place or "",
        link or "",
    )


def _day(text: str) -> date:
    why = field.not_a_day(text, session_words.NOT_A_DAY)
    return _read(days.read(text, today=days.today(clock.now())), why)


def _read(value: Value | None, refusal: str) -> Value:
    if value is None:
        raise Refused(refusal)
    return value


def _lines(made: tuple[SetSession, ...]) -> list[str]:
    return [f"{one.code}: {session_words.arrangement(one)}" for one in made]


def _clashing(session: Session, made: tuple[SetSession, ...]) -> Iterator[str]:
    """Who meets elsewhere at that hour: warned, not refused."""
    if not made:
        return
    wanted = [one.arrangement for one in made]
    without = [one.id for one in made]
    for one, some in zip(
        wanted, clashes.of(session, made[0].set_id, wanted, without=without), strict=True
    ):
        names = seats.names_in(session, {each.member_id for each in some})
        if names:
            yield words.clash(sorted(names.values()), one.starts_on)


@contextmanager
def _asked() -> Iterator[None]:
    """What the sessions and sets refuse is the command's own refusal."""
    try:
        yield
    except (SessionError, SetError) as error:
        raise Refused(error.sentence) from error
