"""What a member has in the sets' work, told to them alone, and how it goes when they go."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from bot import days
from bot.habits import HabitsRow
from bot.learning_sets import commitments, committed, reflections, shown
from bot.learning_sets.agenda import PresentingIssue
from bot.learning_sets.commitment import Commitment
from bot.learning_sets.reflections import Reflection
from bot.learning_sets.seats import Seat
from bot.learning_sets.sessions import SetSession
from bot.members import Member
from bot.wording import my_data as wording

NOT_SAID = "not said yet"


def hold(session: Session, member_id: int) -> None:
    """What the member wrote is locked: whoever is showing it at this moment finishes first."""
    for table in (Commitment, Reflection):
        mine = select(table.id).where(table.member_id == member_id).order_by(table.id)
        session.execute(mine.with_for_update()).all()


def leave(session: Session, member_id: int) -> None:
    """Before a member is deleted: their words and name go from where others were shown them.

    What they wrote is held; whoever names them at this moment finishes first, too, and whoever
    comes later finds no member. Their rows go with the member.
    """
    session.execute(select(Member.id).where(Member.id == member_id).with_for_update()).all()
    tried = [one.about for one in commitments.of(session, member_id)]
    learnt = [one.about for one in reflections.of(session, member_id)]
    shown.undrafted(session, (*tried, *learnt))
    shown.take_back(session, member_id)


def kept(session: Session, member_id: int) -> Iterator[str]:
    """All that a member has there, a sentence a thing."""
    yield from _commitments(session, member_id)
    yield from _reflections(session, member_id)
    yield from _sessions(session, member_id)
    habits = session.get(HabitsRow, member_id)
    if habits is not None:
        yield from _habits(habits)


def _commitments(session: Session, member_id: int) -> Iterator[str]:
    after = committed.sessions_of(session, member_id)
    for one in commitments.of(session, member_id):
        outcome = one.outcome.value if one.outcome is not None else NOT_SAID
        day = f"{one.check_back_on:%-d %B %Y}"
        yield wording.kept_commitment(
            one.what,
            day,
            outcome,
            one.learning,
            one.sharing.value,
            after[one.id].starts_on if one.id in after else None,
        )


def _reflections(session: Session, member_id: int) -> Iterator[str]:
    rows = session.execute(
        select(Reflection, SetSession.starts_on)
        .outerjoin(SetSession, SetSession.id == Reflection.session_id)
        .where(Reflection.member_id == member_id)
        .order_by(Reflection.written_at, Reflection.id)
    )
    for one, session_on in rows:
        on = one.written_at.astimezone(days.HOME).date()
        yield wording.kept_reflection(one.words, on, one.sharing.value, session_on, one.make_up)


def _sessions(session: Session, member_id: int) -> Iterator[str]:
    invited, answered, present, absent = (
        _count(session, Seat.member_id == member_id, *which)
        for which in (
            (),
            (Seat.rsvp.is_not(None),),
            (Seat.attended.is_(True),),
            (Seat.attended.is_(False),),
        )
    )
    if invited:
        yield wording.kept_seats(invited, answered, present, absent)
    brought = session.scalars(
        select(func.count())
        .select_from(PresentingIssue)
        .where(PresentingIssue.member_id == member_id)
    ).one()
    if brought:
        yield wording.kept_issues(brought)


def _count(session: Session, *which: ColumnElement[bool]) -> int:
    return session.scalars(select(func.count()).select_from(Seat).where(*which)).one()


def _habits(habits: HabitsRow) -> Iterator[str]:
    """What they chose; a secret address is told of, not told."""
    told = wording.kept_habits(
        habits.nation.value if habits.nation is not None else "",
        habits.quiet_from,
        habits.quiet_until,
        habits.nudges_a_week,
        habits.digest.value if habits.digest is not None else "",
        habits.seniority,
    )
    if told:
        yield told
    if habits.calendar is not None:
        yield wording.KEPT_CALENDAR
