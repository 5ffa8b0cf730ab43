"""GET /calendar/...: one session's file, and a member's private calendar.

An address holds the random mark of a calendar and a signature of all of it. Whatever is wrong with
it, made up, renewed, or of a session that its reader may not see, is answered alike: not found.
"""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from bot.app import Network
from bot.learning_sets import calendars, commitments, session_views
from bot.learning_sets.session_errors import NoSuchSession
from bot.settings import Settings
from bot.wording.calendar import NO_SUCH_CALENDAR
from handlers import clock, ics, links
from handlers.ics import Reader
from handlers.links import KEY
from knowledge.database import DatabaseUnavailable

KEPT = timedelta(days=90)
"""How long a session that is over stays in the calendar."""
HEADERS = {
    "Cache-Control": "private, no-cache",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
    "Referrer-Policy": "no-referrer",
}


def routes(network: Network, settings: Settings) -> list[BaseRoute]:
    signed = links.of(settings)

    def calendar(request: Request) -> Response:
        """A plain function: Starlette runs it in a thread, so it may wait for the database."""
        if not signed.genuine(request.url.path, request.query_params.get(KEY, "")):
            return _not_found()
        mark, code = (str(request.path_params[name]) for name in ("mark", "code"))
        try:
            with network.database.reading() as session:
                file = _file(session, code, Reader(mark, settings.address))
        except DatabaseUnavailable:
            return PlainTextResponse("Please try again in a moment.\n", 503, HEADERS)
        return _given(*file) if file is not None else _not_found()

    return [Route(f"{calendars.PATH}/{{mark}}/{{code}}.ics", calendar)]


def _file(session: Session, code: str, reader: Reader) -> tuple[bytes, str] | None:
    """The file and its method; None where there is none for this reader."""
    now, member_id = clock.now(), calendars.owner(session, reader.mark)
    if member_id is None:
        return None
    if code == calendars.WHOLE:
        sessions = session_views.for_calendar(session, member_id, since=now - KEPT)
        waiting = [one for one in commitments.of(session, member_id) if one.open]
        return ics.feed(sessions, waiting, reader, now=now), "PUBLISH"
    try:
        one = session_views.view(session, member_id, code)
    except NoSuchSession:
        return None
    return ics.invitation(one, reader, now=now), "REQUEST" if one.planned else "CANCEL"


def _given(file: bytes, method: str) -> Response:
    return Response(file, headers=HEADERS, media_type=f"text/calendar; method={method}")


def _not_found() -> Response:
    return PlainTextResponse(NO_SUCH_CALENDAR, 404, HEADERS)
