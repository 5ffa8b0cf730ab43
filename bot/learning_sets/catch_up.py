"""After a session: the pack for those who were away, and thanks for those who were there.

These say what is sent; when it is sent, the nudges decide.
"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.learning_sets import agenda, write_ups
from bot.learning_sets.commitments import OPEN, Commitment
from bot.learning_sets.committed import Committed
from bot.learning_sets.seats import Seat
from bot.learning_sets.sessions import SetSession
from bot.learning_sets.sets import LearningSet
from bot.messages import Choice, Text
from bot.wording import sessions as session_words
from bot.wording import write_ups as wording


def ready(session: Session, session_id: int) -> bool:
    """Whether there is a write-up for the pack."""
    return write_ups.of(session, session_id) is not None


def afterwards(session: Session, member_id: int, session_id: int) -> Text | None:
    """The one or the other; None where attendance was not taken or there was no session."""
    return pack(session, member_id, session_id) or thanks(session, member_id, session_id)


def pack(session: Session, member_id: int, session_id: int) -> Text | None:
    """What was explored, the ideas, their own open commitment and one question to reflect on.

    None for whoever was there, or where nobody knows.
    """
    one = _session(session, member_id, session_id, attended=False)
    if one is None:
        return None
    written = write_ups.of(session, session_id)
    issues = agenda.issues(session, (session_id,)).get(session_id, ())
    commitment = _open_commitment(session, member_id)
    told = wording.pack(
        session.get_one(LearningSet, one.set_id).name,
        session_words.day(one.starts_on),
        explored=written.explored if written is not None else "",
        ideas=written.ideas if written is not None else "",
        agenda=[issue.code for issue in issues if issue.picked],
        commitment=commitment.what if commitment is not None else "",
    )
    choices = [Choice(wording.REFLECT, f"reflect:{one.code}")]
    if commitment is not None:
        choices.append(Choice(wording.SEE_COMMITMENT, f"kept:{commitment.id}"))
    else:
        choices.append(Choice(wording.COMMIT, f"commit:{one.code}"))
    return Text(told, tuple(choices))


def thanks(session: Session, member_id: int, session_id: int) -> Text | None:
    """Thanks, and what they said they will try, or the question what they will.

    None for whoever was away, or where nobody knows.
    """
    one = _session(session, member_id, session_id, attended=True)
    if one is None:
        return None
    made = session.scalar(
        select(Commitment)
        .join(Committed, Committed.commitment_id == Commitment.id)
        .where(Committed.session_id == session_id, Commitment.member_id == member_id, OPEN)
        .order_by(Commitment.id.desc())
        .limit(1)
    )
    told = wording.thanks(
        session.get_one(LearningSet, one.set_id).name,
        session_words.day(one.starts_on),
        commitment=made.what if made is not None else "",
        asks_on=session_words.day(made.check_back_on) if made is not None else "",
    )
    if made is None:
        return Text(told, (Choice(wording.COMMIT, f"commit:{one.code}"),))
    see = Choice(wording.SEE_COMMITMENT, f"kept:{made.id}")
    return Text(told, (see, Choice(wording.SOMETHING_ELSE, f"commit:{one.code}")))


def _session(
    session: Session, member_id: int, session_id: int, *, attended: bool
) -> SetSession | None:
    seat = session.get(Seat, (session_id, member_id))
    one = session.get(SetSession, session_id)
    if seat is None or one is None or not one.planned or seat.attended is not attended:
        return None
    return one


def _open_commitment(session: Session, member_id: int) -> Commitment | None:
    """What they mean to try, the one they are asked about next."""
    return session.scalar(
        select(Commitment)
        .where(Commitment.member_id == member_id, OPEN)
        .order_by(Commitment.check_back_on, Commitment.id)
        .limit(1)
    )
