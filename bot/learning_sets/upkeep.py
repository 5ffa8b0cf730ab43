"""What time and other people's changes bring to sessions, without anybody asking for it."""

from __future__ import annotations

from datetime import datetime
from weakref import WeakKeyDictionary

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.learning_sets import invitations, write_ups
from bot.learning_sets.seats import Seat
from bot.learning_sets.sessions import SetSession
from bot.learning_sets.sets import SetMember
from bot.members import ChannelIdentity, Member
from knowledge.database import Database

_seen: WeakKeyDictionary[Database, tuple[object, ...]] = WeakKeyDictionary()
"""The traces of when all was last found in order: a look costs twenty times what they cost."""


def keep_up(database: Database, *, now: datetime) -> None:
    """Seats and invitations for who joined a set, and write-ups that nobody wants to keep go on.

    Plain reads where there is nothing to do, so that an idle worker writes nothing.
    """
    with database.reading() as session:
        traces = _traces(session, now)
        invite = _seen.get(database) != traces and invitations.any_due(session, now=now)
        ready = write_ups.due(session, now=now)
    if invite:
        with database.writing() as session:
            invitations.bring_up_to_date(session, now=now)
    else:
        _seen[database] = traces
    for session_id in ready:
        with database.writing() as session:
            write_ups.send_on(session, session_id, now=now)


def _traces(session: Session, now: datetime) -> tuple[object, ...]:
    """What differs once anybody joins or leaves a set, stops or starts, or a session changes.

    Should ever two changes leave no trace between them, the day does.
    """
    stopped = Member.stopped_at.is_not(None)
    questions = (
        select(func.count()).select_from(SetMember),
        select(func.max(SetMember.joined_at)),
        select(func.count()).select_from(Seat),
        select(func.count()).select_from(SetSession),
        select(func.sum(SetSession.edition)),
        select(func.max(ChannelIdentity.id)),
        select(func.sum(Member.id)).where(stopped),
    )
    row = session.execute(select(*(one.scalar_subquery() for one in questions))).one()
    return (now.date(), *row)
