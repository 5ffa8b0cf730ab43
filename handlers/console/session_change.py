"""/console/sessions/CODE/change and /cancel: another time or place, or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import Response

from bot.app import Network
from bot.learning_sets import outlook, seats, session_changes, session_views
from bot.learning_sets.outlook import Outlook
from bot.learning_sets.session_changes import Wish
from bot.learning_sets.session_errors import ChangedMeanwhile, SessionError
from bot.learning_sets.session_views import SessionView
from bot.learning_sets.sessions import Arrangement
from bot.wording import facilitating as words
from bot.wording import sessions as session_words
from handlers import clock
from handlers.console import arranging, gate
from handlers.console.frame import console_page
from handlers.console.gate import Visitor
from handlers.console.sheet import Box, Kind, Posted, filled, see, told

ONE, REST = "one", "rest"


class SessionChange:
    def __init__(self, network: Network) -> None:
        self._network = network

    def edit(self, request: Request) -> Response:
        with self._network.database.reading() as session:
            visitor, view = gate.own_session(request, session)
        stands = Posted({**arranging.as_posted(view.arrangement), "rest": (ONE,)})
        return _form(visitor, view, stands, seen=view.edition)

    def save(self, request: Request, posted: Posted) -> Response:
        now = clock.now()
        with self._network.database.writing() as session:
            visitor, view = gate.own_session(request, session)
            seen = posted.number("seen")
            read = arranging.read(posted, view.arrangement.zone, now=now)
            if read.arrangement is None:
                return _form(visitor, view, posted, seen=seen, problems=read.problems)
            warned = self._warned(session, view, read.arrangement, posted)
            if warned is not None:
                return _form(visitor, view, posted, seen=seen, warned=warned)
            wish = Wish(view.code, seen, rest=posted.one("rest") == REST)
            try:
                with session.begin_nested():
                    session_changes.change(
                        session, visitor.member_id, wish, read.arrangement, now=now
                    )
            except ChangedMeanwhile:
                return _form(visitor, view, posted, seen=view.edition, mine=read.arrangement)
            except SessionError as refusal:
                problems = arranging.at_box(refusal)
                return _form(visitor, view, posted, seen=seen, problems=problems)
        return see(f"/console/sessions/{view.code}")

    def _warned(
        self, session: Session, view: SessionView, wanted: Arrangement, posted: Posted
    ) -> Outlook | None:
        """What is odd about another time; None where nothing is, or where it was said before."""
        same = (wanted.starts, wanted.minutes) == (view.starts, view.arrangement.minutes)
        moment = f"{wanted.starts_on.isoformat()} {wanted.starts_at:%H:%M} {wanted.minutes}"
        if same or posted.one("warned") == moment:
            return None
        found = outlook.look(session, view.set_id, wanted, without=(view.id,), now=clock.now())
        return None if found.fine else found

    def sure(self, request: Request) -> Response:
        with self._network.database.reading() as session:
            visitor, view = gate.own_session(request, session)
            invited = len(seats.grid(session, view.id))
        return _sure(visitor, view, invited)

    def cancel(self, request: Request, posted: Posted) -> Response:
        with self._network.database.writing() as session:
            visitor, view = gate.own_session(request, session)
            wish = Wish(view.code, posted.number("seen"), rest=posted.one("rest") == REST)
            try:
                with session.begin_nested():
                    session_changes.cancel(session, visitor.member_id, wish, now=clock.now())
            except SessionError as refusal:
                changed = isinstance(refusal, ChangedMeanwhile)
                now_is = session_views.view(session, visitor.member_id, view.code)
                invited = len(seats.grid(session, view.id))
                sentence = "" if changed else refusal.sentence
                return _sure(visitor, now_is, invited, problem=sentence, changed=changed)
        return see(f"/console/sessions/{view.code}")


def _boxes(view: SessionView) -> tuple[Box, ...]:
    on, *others = arranging.BOXES
    boxes = (replace(on, hint=""), *others)
    if not view.later:
        return boxes
    options = ((ONE, words.ONLY_THIS), (REST, words.rest(view.later)))
    return (*boxes, Box("rest", words.REST, "", Kind.RADIO, options))


def _form(
    visitor: Visitor,
    view: SessionView,
    posted: Posted,
    *,
    seen: int,
    problems: Mapping[str, str] | None = None,
    mine: Arrangement | None = None,
    warned: Outlook | None = None,
) -> Response:
    """`mine` is what was wanted where somebody else changed it meanwhile."""
    boxes = told(filled(_boxes(view), posted), problems or {})
    on, at, length = (posted.one(name) for name in ("on", "at", "length"))
    wanted = arranging.read(posted, view.arrangement.zone, now=clock.now()).arrangement
    moment = (
        f"{wanted.starts_on.isoformat()} {wanted.starts_at:%H:%M} {wanted.minutes}"
        if wanted is not None
        else f"{on} {at} {length}"
    )
    return console_page(
        "session_change.html",
        visitor,
        "/console/sets",
        status=409 if mine else 422 if problems else 200,
        view=view,
        boxes=boxes,
        problems=[one for one in boxes if one.problem],
        seen=seen,
        mine=mine,
        over=view.ends <= clock.now(),
        warnings=_warnings(warned, wanted) if warned and wanted else (),
        warned=moment if warned else "",
    )


def _warnings(found: Outlook, wanted: Arrangement) -> tuple[str, ...]:
    notes = [session_words.twice(wanted.starts_at)] if found.twice else []
    for one in found.days:
        day = session_words.day(one.day)
        if one.occurrence.away is not None:
            nations = [nation.value for nation in one.occurrence.nations]
            notes.append(words.a_day_off(words.away(day, str(one.occurrence.away), nations)))
        if one.elsewhere:
            notes.append(words.clash(one.elsewhere, None).partition(". It is planned")[0] + ".")
    return tuple(notes)


def _sure(
    visitor: Visitor,
    view: SessionView,
    invited: int,
    *,
    problem: str = "",
    changed: bool = False,
) -> Response:
    options = ((ONE, words.ONLY_THIS), (REST, words.rest(view.later)))
    box = Box("rest", "Which?", "", Kind.RADIO, options, (ONE,)) if view.later else None
    return console_page(
        "session_cancel.html",
        visitor,
        "/console/sets",
        status=409 if changed or problem else 200,
        view=view,
        invited=words.members(invited),
        box=box,
        problem=problem,
        changed=changed,
        over=view.ends <= clock.now(),
    )
