"""What time and other people's changes bring to sessions, without anybody asking for it."""

from __future__ import annotations

from datetime import datetime

from bot.learning_sets import invitations, write_ups
from knowledge.database import Database


def keep_up(database: Database, *, now: datetime) -> None:
    """Seats and invitations for who joined a set, and write-ups that nobody wants to keep go on.

    Plain reads where there is nothing to do, so that an idle worker writes nothing.
    """
    with database.reading() as session:
        invite = invitations.any_due(session, now=now)
        ready = write_ups.due(session, now=now)
    if invite:
        with database.writing() as session:
            invitations.bring_up_to_date(session, now=now)
    for session_id in ready:
        with database.writing() as session:
            write_ups.send_on(session, session_id, now=now)
