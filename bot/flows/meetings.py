"""What a flow may look up of sessions. It only reads; what the member may not see is None."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from bot import habits
from bot.habits import Nation
from bot.learning_sets import catch_up, clashes, seats, session_views, sets
from bot.learning_sets.seats import Line
from bot.learning_sets.session_errors import NoSuchSession
from bot.learning_sets.session_views import SessionView
from bot.learning_sets.sessions import Arrangement, WriteUp
from bot.learning_sets.sets import SetView
from bot.messages import Text


class Meetings:
    """Bound to one transaction and one member."""

    def __init__(self, session: Session, member_id: int) -> None:
        self._session = session
        self._member_id = member_id

    def upcoming(self, now: datetime) -> tuple[SessionView, ...]:
        return session_views.upcoming(self._session, self._member_id, now=now)

    def lately(self, now: datetime) -> tuple[SessionView, ...]:
        """What the member facilitated lately, the latest first."""
        return session_views.lately(self._session, self._member_id, now=now)

    def view(self, code: str) -> SessionView | None:
        try:
            return session_views.view(self._session, self._member_id, code)
        except NoSuchSession:
            return None

    def facilitated(self) -> tuple[SetView, ...]:
        return sets.facilitated_by(self._session, self._member_id)

    def mine(self, one: SessionView) -> tuple[str, ...]:
        """The codes of the member's own challenges that they brought to it."""
        return tuple(issue.code for issue in one.issues if issue.member_id == self._member_id)

    def grid(self, one: SessionView) -> tuple[Line, ...]:
        """Who is invited, for those who facilitate; nobody for others."""
        return seats.grid(self._session, one.id) if one.facilitates else ()

    def write_up(self, one: SessionView) -> WriteUp | None:
        return session_views.write_up(self._session, one.id)

    def afterwards(self, one: SessionView) -> Text | None:
        """What the member gets after a session; None where nobody knows whether they were there."""
        return catch_up.afterwards(self._session, self._member_id, one.id)

    def nations(self, set_id: int) -> frozenset[Nation]:
        """Those of a set's members."""
        inside = sets.members_of(self._session, set_id)
        return frozenset(one.nation for one in habits.of(self._session, inside).values())

    def clashing(
        self, set_id: int, wanted: Sequence[Arrangement], *, without: Collection[int] = ()
    ) -> tuple[tuple[str, ...], ...]:
        """For each arrangement, the first names of those who meet elsewhere then."""
        found = clashes.of(self._session, set_id, wanted, without=without)
        names = seats.names_in(self._session, {one.member_id for some in found for one in some})
        return tuple(tuple(dict.fromkeys(names[one.member_id] for one in some)) for some in found)
