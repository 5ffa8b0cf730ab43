"""A set as those who look after it see it: its people, its sessions, and what it was let read.

First names and who came are theirs to know. Of commitments and reflections there is only what a
member shared with this set, nameless; what is kept private is neither shown nor counted. However
large the set, the questions put to the database are the same few.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.learning_sets import committed, reflections, session_views, sets
from bot.learning_sets.commitment import Outcome
from bot.learning_sets.committed import SharedCommitment
from bot.learning_sets.reflections import SharedReflection
from bot.learning_sets.seats import Rsvp, Seat, first_names
from bot.learning_sets.session_views import SessionView
from bot.learning_sets.sessions import WriteUp
from bot.learning_sets.sets import NoSuchSet, SetFacilitator, SetMember, SetView
from bot.members import Member

ON_A_PAGE = 10
"""Reflections on one page."""
IN_GRID = 8
"""Sessions that the attendance grid shows: the latest that are over."""
ALWAYS = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Person:
    member_id: int
    name: str


@dataclass(frozen=True)
class Meeting:
    """A session with how many were invited, said that they come, and came.

    `came` None: attendance was not taken.
    """

    view: SessionView
    invited: int
    coming: int
    came: int | None
    written_up: bool

    @property
    def on(self) -> date:
        return self.view.arrangement.starts_on


@dataclass(frozen=True)
class Presence:
    """What is known of one member and one session."""

    rsvp: Rsvp | None
    attended: bool | None


@dataclass(frozen=True)
class SetPage:
    """`ahead` soonest first, `behind` the latest first; what was called off is among them.

    `presence` is by session and member: whoever is not there was not invited.
    """

    view: SetView
    facilitators: tuple[Person, ...]
    people: tuple[Person, ...]
    ahead: tuple[Meeting, ...]
    behind: tuple[Meeting, ...]
    presence: Mapping[tuple[int, int], Presence]
    commitments: tuple[SharedCommitment, ...]

    @property
    def next(self) -> Meeting | None:
        return next((one for one in self.ahead if one.view.planned), None)

    @property
    def met(self) -> tuple[Meeting, ...]:
        """Those that took place, in the order in which they did."""
        return tuple(one for one in reversed(self.behind) if one.view.planned)

    @property
    def in_grid(self) -> tuple[Meeting, ...]:
        return self.met[-IN_GRID:]

    @property
    def outcomes(self) -> Mapping[Outcome | None, int]:
        """How the shared commitments came out; None: still being tried."""
        return Counter(one.outcome for one in self.commitments)


@dataclass(frozen=True)
class Shelf:
    """One page of what was shared. `number` from 1, of `pages`."""

    reflections: tuple[SharedReflection, ...]
    number: int
    more: bool


def page(session: Session, set_id: int, *, now: datetime) -> SetPage:
    """For whoever looks after the set: the caller knows that the reader does. Raises NoSuchSet."""
    view = sets.view(session, set_id)
    if view is None:
        raise NoSuchSet
    ahead, behind, presence = _sessions(session, set_id, now)
    return SetPage(
        view,
        _people(session, set_id, SetFacilitator),
        _people(session, set_id, SetMember),
        ahead,
        behind,
        presence,
        committed.with_set(session, set_id, since=ALWAYS),
    )


def meetings(session: Session, set_id: int, *, now: datetime) -> tuple[Meeting, ...]:
    """The sessions that took place, in the order in which they did."""
    _, behind, _ = _sessions(session, set_id, now)
    return tuple(one for one in reversed(behind) if one.view.planned)


def outcomes(session: Session, set_id: int) -> Mapping[Outcome | None, int]:
    """How the commitments shared with a set came out; None: still being tried."""
    return Counter(one.outcome for one in committed.with_set(session, set_id, since=ALWAYS))


def shelf(session: Session, set_id: int, number: int) -> Shelf:
    """What members shared of what they learnt, the latest first."""
    found = reflections.with_set(
        session, set_id, limit=ON_A_PAGE + 1, offset=(number - 1) * ON_A_PAGE
    )
    return Shelf(found[:ON_A_PAGE], number, len(found) > ON_A_PAGE)


def facilitators(session: Session, set_ids: Collection[int]) -> Mapping[int, tuple[str, ...]]:
    """The first names of who facilitates each of these sets."""
    rows = session.execute(
        select(SetFacilitator.set_id, Member.id, Member.name)
        .join(Member, Member.id == SetFacilitator.member_id)
        .where(SetFacilitator.set_id.in_(set_ids))
        .order_by(Member.name, Member.id)
    ).all()
    names = first_names(list({one: name for _, one, name in rows}.items()))
    theirs: dict[int, tuple[str, ...]] = {}
    for set_id, member_id, _ in rows:
        theirs[set_id] = (*theirs.get(set_id, ()), names[member_id])
    return theirs


def _people(
    session: Session, set_id: int, table: type[SetMember | SetFacilitator]
) -> tuple[Person, ...]:
    rows = session.execute(
        select(Member.id, Member.name)
        .join(table, table.member_id == Member.id)
        .where(table.set_id == set_id)
        .order_by(Member.name.is_(None), Member.name, Member.id)
    ).all()
    names = first_names([(member_id, name) for member_id, name in rows])
    return tuple(Person(member_id, names[member_id]) for member_id, _ in rows)


def _sessions(
    session: Session, set_id: int, now: datetime
) -> tuple[tuple[Meeting, ...], tuple[Meeting, ...], Mapping[tuple[int, int], Presence]]:
    """Those to come or going on, those that are over, and who was and will be there."""
    views = session_views.in_set(session, set_id)
    ids = [one.id for one in views]
    written = set(session.scalars(select(WriteUp.session_id).where(WriteUp.session_id.in_(ids))))
    rows = session.execute(
        select(Seat.session_id, Seat.member_id, Seat.rsvp, Seat.attended).where(
            Seat.session_id.in_(ids)
        )
    )
    presence = {
        (session_id, member_id): Presence(rsvp, attended)
        for session_id, member_id, rsvp, attended in rows
    }
    there: dict[int, list[Presence]] = {}
    for (session_id, _), one in presence.items():
        there.setdefault(session_id, []).append(one)
    made = [_meeting(view, there.get(view.id, []), view.id in written) for view in views]
    ahead = tuple(one for one in made if one.view.starts > now)
    behind = tuple(one for one in reversed(made) if one.view.starts <= now)
    return ahead, behind, presence


def _meeting(view: SessionView, there: list[Presence], written_up: bool) -> Meeting:
    taken = [one.attended for one in there if one.attended is not None]
    coming = sum(one.rsvp is Rsvp.YES for one in there)
    return Meeting(view, len(there), coming, sum(taken) if taken else None, written_up)
