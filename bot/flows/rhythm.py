"""What a flow may look up of what happens between sessions and in them. It only reads.

Whatever the member may not see is None here, as what does not exist is.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.learning_sets import (
    commitments,
    committed,
    digest_page,
    learnt,
    reflections,
    rhythm,
    sets,
)
from bot.learning_sets.agenda import PresentingIssue
from bot.learning_sets.commitment import Commitment, Readers
from bot.learning_sets.digest_page import DigestPage
from bot.learning_sets.learnt import Learnt
from bot.learning_sets.reflections import Reflection
from bot.learning_sets.seats import Rsvp, Seat
from bot.learning_sets.sessions import SessionStatus, SetSession
from bot.learning_sets.sets import SetView


@dataclass(frozen=True)
class Meeting:
    """A session as this member sees it."""

    session: SetSession
    set_name: str
    member: bool
    facilitates: bool

    @property
    def cancelled(self) -> bool:
        return self.session.status is SessionStatus.CANCELLED


class Rhythm:
    """Bound to one transaction and one member."""

    def __init__(self, session: Session, member_id: int) -> None:
        self._session = session
        self._member_id = member_id

    def meeting(self, code: str) -> Meeting | None:
        """A session of a set that the member is in or looks after."""
        found = rhythm.coded(self._session, code.upper())
        return self._seen(found) if found is not None else None

    def _seen(self, found: SetSession) -> Meeting | None:
        inside = self._member_id in sets.members_of(self._session, found.set_id)
        leads = sets.facilitates(self._session, self._member_id, found.set_id)
        view = sets.view(self._session, found.set_id)
        if view is None or not (inside or leads):
            return None
        return Meeting(found, view.name, inside, leads)

    def next_of_mine(self, now: datetime) -> Meeting | None:
        """The next session of the sets that the member is in."""
        return self._first(rhythm.ahead(self._session, self._mine(), now=now, limit=1))

    def last_of_mine(self, now: datetime) -> Meeting | None:
        """The latest session of those sets that has begun."""
        return self._first(rhythm.behind(self._session, self._mine(), now=now, limit=1))

    def next_i_look_after(self, now: datetime) -> Meeting | None:
        """The session, going on or next, of the sets that the member facilitates."""
        led = [one.id for one in sets.facilitated_by(self._session, self._member_id)]
        running = (
            one for one in rhythm.behind(self._session, led, now=now, limit=3) if one.ends > now
        )
        return self._first((*running, *rhythm.ahead(self._session, led, now=now, limit=1)))

    def _first(self, found: tuple[SetSession, ...]) -> Meeting | None:
        return self._seen(found[0]) if found else None

    def _mine(self) -> list[int]:
        return [one.id for one in self.sets()]

    def ahead(self, set_id: int | None, now: datetime) -> tuple[SetSession, ...]:
        """The sessions to come: of that set, or of all that the member is in."""
        mine = self._mine()
        return rhythm.ahead(
            self._session,
            mine if set_id is None else [one for one in mine if one == set_id],
            now=now,
        )

    def sets(self) -> tuple[SetView, ...]:
        return sets.sets_of(self._session, self._member_id)

    def missed(self, session_id: int) -> bool:
        """Whether attendance was taken there and the member was not present."""
        seat = self._session.get(Seat, (session_id, self._member_id))
        return seat is not None and seat.attended is False

    def coming(self, session_id: int) -> int:
        """How many may come: all who are invited but those who said that they will not."""
        return self._session.scalars(
            select(func.count())
            .select_from(Seat)
            .where(Seat.session_id == session_id, Seat.rsvp.is_(None) | (Seat.rsvp != Rsvp.NO))
        ).one()

    def in_the_set(self, set_id: int) -> int:
        """How many are in that set."""
        return len(sets.members_of(self._session, set_id))

    def issues(self, session_id: int) -> int:
        """How many presenting issues the facilitator picked."""
        return self._session.scalars(
            select(func.count())
            .select_from(PresentingIssue)
            .where(PresentingIssue.session_id == session_id, PresentingIssue.picked_at.is_not(None))
        ).one()

    def readers(self, commitment: Commitment) -> Readers:
        return commitments.readers_of(self._session, commitment)

    def after(self) -> dict[int, SetSession]:
        """The sessions after which the member's commitments were made, by the commitments' ids."""
        return committed.sessions_of(self._session, self._member_id)

    def reflections(self) -> tuple[Reflection, ...]:
        """The member's own, the latest first."""
        return reflections.of(self._session, self._member_id)

    def day_of(self, session_id: int | None) -> date | None:
        """The day of a session that the member wrote for."""
        found = self._session.get(SetSession, session_id) if session_id is not None else None
        return found.starts_on if found is not None else None

    def set_of(self, session_id: int | None) -> int | None:
        """The set of such a session."""
        found = self._session.get(SetSession, session_id) if session_id is not None else None
        return found.set_id if found is not None else None

    def reads(self, set_id: int) -> SetView | None:
        """The set, where the member may read what is shared with it."""
        leads = sets.facilitates(self._session, self._member_id, set_id)
        if not leads and self._member_id not in sets.members_of(self._session, set_id):
            return None
        return sets.view(self._session, set_id)

    def set_called(self, name: str) -> SetView | None:
        """A set that the member may read, by its name."""
        wanted = " ".join(name.casefold().split())
        theirs = (*self.sets(), *sets.facilitated_by(self._session, self._member_id))
        return next((one for one in theirs if one.name.casefold() == wanted), None)

    def learnt_in(self, set_id: int) -> tuple[Learnt, ...]:
        """What that set may read, the latest first; the caller knows that the member may."""
        return learnt.in_set(self._session, set_id)

    def learnt_in_network(self) -> tuple[Learnt, ...]:
        return learnt.in_network(self._session)

    def digest(self, one: SetSession, now: datetime) -> DigestPage:
        """For those who look after the set: the caller knows that the member does."""
        return digest_page.page(self._session, one, now=now)
