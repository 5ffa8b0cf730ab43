"""/console/sessions/CODE/attendance and /agenda: who was there, and what the session is about."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from bot.app import Network
from bot.learning_sets import agenda, seats
from bot.learning_sets.seats import Rsvp
from bot.learning_sets.session_errors import ChangedMeanwhile, SessionError
from bot.learning_sets.session_views import SessionView
from handlers import clock
from handlers.console import gate
from handlers.console.frame import console_page
from handlers.console.gate import Visitor
from handlers.console.sheet import Posted, see


class Attendance:
    def __init__(self, network: Network) -> None:
        self._network = network

    def ask(self, request: Request) -> Response:
        with self._network.database.reading() as session:
            visitor, view = gate.own_session(request, session)
            grid = seats.grid(session, view.id)
        taken = any(one.attended is not None for one in grid)
        ticked = {
            one.member_id for one in grid if (one.attended if taken else one.rsvp is Rsvp.YES)
        }
        return console_page(
            "attendance.html",
            visitor,
            "/console/sets",
            view=view,
            grid=grid,
            ticked=ticked,
            taken=taken,
            begun=view.starts <= clock.now(),
        )

    def take(self, request: Request, posted: Posted) -> Response:
        """The latest word counts, so the same again changes nothing."""
        with self._network.database.writing() as session:
            visitor, view = gate.own_session(request, session)
            grid = seats.grid(session, view.id)
            ticked = set(posted.many("there"))
            everybody = "all" in posted.values
            present = [one.member_id for one in grid if everybody or str(one.member_id) in ticked]
            try:
                with session.begin_nested():
                    seats.attendance(
                        session, visitor.member_id, view.code, present, now=clock.now()
                    )
            except SessionError:  # it is cancelled, or has not begun: its page says so
                return see(f"/console/sessions/{view.code}/attendance")
        return see(f"/console/sessions/{view.code}#attendance")


class Agenda:
    def __init__(self, network: Network) -> None:
        self._network = network

    def ask(self, request: Request) -> Response:
        with self._network.database.reading() as session:
            visitor, view = gate.own_session(request, session)
        return _agenda(visitor, view)

    def pick(self, request: Request, posted: Posted) -> Response:
        with self._network.database.writing() as session:
            visitor, view = gate.own_session(request, session)
            try:
                with session.begin_nested():
                    agenda.pick(
                        session,
                        visitor.member_id,
                        view.code,
                        posted.many("picked"),
                        seen=posted.many("seen"),
                        now=clock.now(),
                    )
            except ChangedMeanwhile:
                return _agenda(visitor, view, mine=posted.many("picked"))
        return see(f"/console/sessions/{view.code}#agenda")


def _agenda(
    visitor: Visitor, view: SessionView, *, mine: tuple[str, ...] | None = None
) -> Response:
    """`mine` is what was picked here where somebody else picked otherwise meanwhile."""
    stands = tuple(one.code for one in view.agenda)
    return console_page(
        "agenda.html",
        visitor,
        "/console/sets",
        status=409 if mine is not None else 200,
        view=view,
        stands=stands,
        mine=mine,
        ticked=stands if mine is None else mine,
    )
