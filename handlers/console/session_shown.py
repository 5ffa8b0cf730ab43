"""/console/sessions/CODE: a session, its file for calendars, what to know before it, its guide."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

from starlette.requests import Request
from starlette.responses import Response

from bot.app import Network
from bot.learning_sets import digest_page, guide, rhythm, seats, session_views
from bot.learning_sets.guide import FEWEST, MOST, Kind, TooShort
from bot.learning_sets.seats import Line, Rsvp
from bot.learning_sets.session_views import SessionView
from bot.settings import Settings
from bot.wording import digest_page as digest_words
from bot.wording import guide as guide_words
from handlers import clock, ics
from handlers.console import gate
from handlers.console.frame import console_page
from handlers.console.set_shown import OUTCOMES

SAID = {Rsvp.YES: "Coming", Rsvp.MAYBE: "Perhaps", Rsvp.NO: "Not coming", None: "Not answered"}


@dataclass(frozen=True)
class Step:
    """A step of the guide as it is read: from when until when by the clock, and what to do."""

    title: str
    begins: str
    ends: str
    minutes: int
    told: str


class SessionShown:
    def __init__(self, network: Network, settings: Settings) -> None:
        self._network = network
        self._address = settings.address

    def show(self, request: Request) -> Response:
        with self._network.database.reading() as session:
            visitor, view = gate.own_session(request, session)
            grid = seats.grid(session, view.id)
            written = session_views.write_up(session, view.id)
        now = clock.now()
        return console_page(
            "session.html",
            visitor,
            "/console/sets",
            view=view,
            grid=grid,
            said=SAID,
            taken=any(one.attended is not None for one in grid),
            written=written,
            begun=view.starts <= now,
            over=view.ends <= now,
        )

    def calendar(self, request: Request) -> Response:
        """For whoever is signed in: no secret is in this address."""
        with self._network.database.reading() as session:
            visitor, view = gate.own_session(request, session)
        reader = ics.Reader(f"console:{visitor.member_id}", self._address)
        method = "REQUEST" if view.planned else "CANCEL"
        return Response(
            ics.invitation(view, reader, now=clock.now()),
            media_type=f"text/calendar; method={method}",
            headers={"Content-Disposition": f'attachment; filename="{view.code}.ics"'},
        )

    def digest(self, request: Request) -> Response:
        with self._network.database.reading() as session:
            visitor, view = gate.own_session(request, session)
            one = rhythm.coded(session, view.code)
            assert one is not None, "it was seen in this transaction"  # noqa: S101
            found = digest_page.page(session, one, now=clock.now())
        return console_page(
            "digest.html",
            visitor,
            "/console/sets",
            view=view,
            digest=found,
            said=SAID,
            outcome_words=OUTCOMES,
            only_shared=digest_words.ONLY_SHARED,
        )

    def guide(self, request: Request) -> Response:
        asked = request.query_params.get("present", "")
        with self._network.database.reading() as session:
            visitor, view = gate.own_session(request, session)
            grid = seats.grid(session, view.id)
        number = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 4 else 0
        present = min(max(number or _expected(grid), FEWEST), MOST)
        issues = max(1, len(view.agenda))
        steps = guide.plan(present, view.arrangement.minutes, issues)
        short = isinstance(steps, TooShort)
        return console_page(
            "guide.html",
            visitor,
            "/console/sets",
            view=view,
            present=present,
            source=guide_words.SOURCE,
            steps=() if isinstance(steps, TooShort) else _read(steps, view, present, issues),
            short=guide_words.too_short(view.arrangement.minutes, present, issues, steps.needed)
            if isinstance(steps, TooShort)
            else "",
            fits=not short,
        )


def _expected(grid: tuple[Line, ...]) -> int:
    """Who said that they come; where nobody has said anything, all who are invited."""
    return sum(one.rsvp is Rsvp.YES for one in grid) or len(grid)


def _read(
    steps: tuple[guide.Step, ...], view: SessionView, present: int, issues: int
) -> tuple[Step, ...]:
    zone = ZoneInfo(view.arrangement.zone)

    def at(minutes: int) -> str:
        return f"{(view.starts + timedelta(minutes=minutes)).astimezone(zone):%H:%M}"

    return tuple(
        Step(
            _title(one, issues),
            at(one.begins),
            at(one.begins + one.minutes),
            one.minutes,
            guide_words.told(
                one.kind.value,
                guide_words.each(one.minutes, present - (1 if one.kind is Kind.IDEAS else 0)),
            ),
        )
        for one in steps
    )


def _title(one: guide.Step, issues: int) -> str:
    which = guide_words.issue(one.issue, issues) if one.issue else ""
    return guide_words.title(one.kind.value, which)
