"""/console/sets/ID/sessions/new: one session or a series, and a look at its days first."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from starlette.requests import Request
from starlette.responses import Response

from bot.app import Network
from bot.learning_sets import outlook, planning, series
from bot.learning_sets.outlook import DayAhead, Outlook
from bot.learning_sets.session_errors import SeriesUnfit, SessionError, TooFarAhead
from bot.learning_sets.sessions import Arrangement
from bot.learning_sets.sets import SetView
from bot.settings import Settings
from bot.wording import facilitating as words
from bot.wording import sessions as session_words
from handlers import clock
from handlers.console import arranging, gate
from handlers.console.frame import console_page
from handlers.console.gate import Visitor
from handlers.console.sheet import Box, Kind, Posted, filled, see, told

BOXES = (
    *arranging.BOXES,
    Box("often", words.OFTEN, "", Kind.PICK, tuple(words.OFTEN_CHOICES.items())),
    Box("times", "Of a series, how many times in all?", words.TIMES_HINT),
)


class SessionPlan:
    def __init__(self, network: Network, settings: Settings) -> None:
        self._network = network
        self._zone = settings.timezone

    def new(self, request: Request) -> Response:
        with self._network.database.reading() as session:
            visitor, view = gate.own_set(request, session)
        begun = Posted({"key": (str(uuid.uuid4()),), "length": ("2 hours",), "times": ("6",)})
        return _form(visitor, view, begun, {})

    def plan(self, request: Request, posted: Posted) -> Response:
        """Asks once more where something is to be decided: days on which many are away, clashes."""
        now = clock.now()
        with self._network.database.writing() as session:
            visitor, view = gate.own_set(request, session)
            key = _key(visitor, posted)
            if planning.under(session, view.id, key):
                return see(f"/console/sets/{view.id}#timeline")
            read = arranging.read(posted, self._zone, now=now)
            problems = dict(read.problems)
            weeks, number, wrong = _how_often(posted)
            problems |= wrong
            if read.arrangement is None or problems:
                return _form(visitor, view, posted, problems)
            try:
                seen = outlook.look(
                    session, view.id, read.arrangement, weeks=weeks, number=number, now=now
                )
                ask = _digest(seen) != posted.one("seen") and (weeks or not seen.fine)
                if ask:
                    return _look(visitor, view, posted, read.arrangement, seen, "")
                wanted = _days(posted, seen)
                if not wanted:
                    nothing = session_words.NOTHING_LEFT
                    return _look(visitor, view, posted, read.arrangement, seen, nothing)
                first = replace(read.arrangement, starts_on=wanted[0])
                with session.begin_nested():
                    planning.plan(
                        session, visitor.member_id, view.id, first, days=wanted, key=key, now=now
                    )
                return see(f"/console/sets/{view.id}#timeline")
            except SessionError as refusal:
                return _form(visitor, view, posted, _at(refusal, weeks))


def _key(visitor: Visitor, posted: Posted) -> str:
    """The same for the same form sent twice; another where other words stand in it."""
    if not posted.key:
        return ""
    said = sorted((name, values) for name, values in posted.values.items() if name != "seen")
    return f"{visitor.member_id}:{hashlib.sha256(repr(said).encode()).hexdigest()}"


def _how_often(posted: Posted) -> tuple[int, int, Mapping[str, str]]:
    """Weeks between two sessions, how many there are, and what is wrong with that."""
    often = posted.one("often") or "0"
    if often not in words.OFTEN_CHOICES:
        return 0, 1, {"often": SeriesUnfit().sentence}
    if often == "0":
        return 0, 1, {}
    number = posted.number("times")
    wrong = {} if 2 <= number <= series.MOST_TIMES else {"times": words.NOT_A_NUMBER}
    return int(often), number, wrong


def _at(refusal: SessionError, weeks: int) -> dict[str, str]:
    """A series that goes on for too long is too long, however early it begins."""
    if weeks and isinstance(refusal, TooFarAhead):
        return {"times": refusal.sentence}
    return arranging.at_box(refusal)


def _digest(seen: Outlook) -> str:
    """Changes with what was to be decided: other days, or other clashes, are asked about anew."""
    told = repr([(one.day, one.occurrence.away, one.elsewhere) for one in seen.days])
    return hashlib.sha256(f"{told}{seen.twice}".encode()).hexdigest()[:16]


def _days(posted: Posted, seen: Outlook) -> tuple[date, ...]:
    """Those that were ticked; the only one, where nothing was to be ticked."""
    if len(seen.days) == 1:
        return (seen.days[0].day,)
    ticked = set(posted.many("day"))
    return tuple(one.day for one in seen.days if one.day.isoformat() in ticked)


def _form(visitor: Visitor, view: SetView, posted: Posted, problems: Mapping[str, str]) -> Response:
    boxes = told(filled(BOXES, posted), problems)
    return console_page(
        "session_plan.html",
        visitor,
        "/console/sets",
        status=422 if problems else 200,
        view=view,
        key=posted.key,
        boxes=boxes,
        problems=[one for one in boxes if one.problem],
    )


def _look(
    visitor: Visitor,
    view: SetView,
    posted: Posted,
    first: Arrangement,
    seen: Outlook,
    problem: str,
) -> Response:
    """The days once more; those on which many are away are not ticked."""
    ticked = posted.many("day") if posted.one("seen") == _digest(seen) else None
    days = [
        (
            one.day.isoformat(),
            session_words.start(one.day, first.starts_at),
            _notes(one),
            one.occurrence.away is None if ticked is None else one.day.isoformat() in ticked,
        )
        for one in seen.days
    ]
    return console_page(
        "session_look.html",
        visitor,
        "/console/sets",
        status=422 if problem else 200,
        view=view,
        key=posted.key,
        seen=_digest(seen),
        days=days,
        first=first,
        twice=session_words.twice(first.starts_at) if seen.twice else "",
        problem=problem,
        again=[(one.name, posted.one(one.name)) for one in BOXES],
    )


def _notes(one: DayAhead) -> tuple[str, ...]:
    """Why it may be no good day."""
    notes = []
    found = one.occurrence
    if found.away is not None:
        nations = [nation.value for nation in found.nations]
        said = words.away("", str(found.away), nations).removeprefix(": ")
        notes.append(f"{said[:1].upper()}{said[1:]}")
    if one.elsewhere:
        has = "has" if len(one.elsewhere) == 1 else "have"
        notes.append(f"{_and(one.elsewhere)} {has} another session at the same hour")
    return tuple(notes)


def _and(names: tuple[str, ...]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))
