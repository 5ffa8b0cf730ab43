"""Moving a session, changing where it is, and calling it off: one, or it and all after it.

The caller says which edition they saw. Where somebody else was quicker nothing is changed, and the
refusal carries both versions. Members are told of each change once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from bot.learning_sets import invitations, session_gate
from bot.learning_sets import session_errors as errors
from bot.learning_sets.planning import checked
from bot.learning_sets.seats import Seat
from bot.learning_sets.sessions import Arrangement, SessionStatus, SetSession
from bot.wording import sessions as wording


@dataclass(frozen=True)
class Wish:
    """Which session, as its editor saw it. `rest`: and all that follow it in its series."""

    code: str
    seen: int
    rest: bool = False


def change(
    session: Session, by: int | None, wish: Wish, new: Arrangement, *, now: datetime
) -> tuple[SetSession, ...]:
    """Another time or place; those that follow move by as many days, to the same hour and place.

    Who had answered for another time is asked again. Those that were changed, none where all was
    so already. Raises NoSuchSession, NotYourSet, IsCancelled, IsOver, ChangedMeanwhile and what
    `planning.checked` does.
    """
    first = session_gate.facilitated(session, by, wish.code)
    if first.edition == wish.seen + 1 and first.planned and first.arrangement == new:
        return ()  # the same change, handed in twice
    _stands(first, wish, wording.arrangement(new), now)
    by_days = new.starts_on - first.starts_on
    chosen = session_gate.and_following(session, first) if wish.rest else (first,)
    wanted = {
        one.id: checked(replace(new, starts_on=one.starts_on + by_days), now=now) for one in chosen
    }
    changed = [one for one in chosen if one.arrangement != wanted[one.id]]
    was = {one.id: one.starts for one in changed}
    for one in changed:
        one.arrangement = wanted[one.id]
        _raise(one, now)
    session.flush()
    _ask_again(session, changed, was)
    invitations.tell(session, [one.id for one in changed], was=was, now=now)
    return tuple(changed)


def cancel(
    session: Session, by: int | None, wish: Wish, *, now: datetime
) -> tuple[SetSession, ...]:
    """Calls off. Those that were, none where that was done already.

    Raises NoSuchSession, NotYourSet, IsOver, ChangedMeanwhile.
    """
    first = session_gate.facilitated(session, by, wish.code)
    if not first.planned and not wish.rest:
        return ()
    if first.planned:
        _stands(first, wish, wording.CANCELLED_WISH, now)
    chosen = session_gate.and_following(session, first) if wish.rest else (first,)
    cancelled = [one for one in chosen if one.planned]
    for one in cancelled:
        one.status = SessionStatus.CANCELLED
        _raise(one, now)
    session.flush()
    was = {one.id: one.starts for one in cancelled}
    invitations.tell(session, [one.id for one in cancelled], was=was, now=now)
    return tuple(cancelled)


def _stands(one: SetSession, wish: Wish, mine: str, now: datetime) -> None:
    if one.edition != wish.seen:
        theirs = wording.arrangement(one.arrangement) if one.planned else wording.IT_IS_CANCELLED
        raise errors.ChangedMeanwhile(code=one.code, theirs=theirs, mine=mine)
    if not one.planned:
        raise errors.IsCancelled(code=one.code)
    if one.ends <= now:
        raise errors.IsOver(code=one.code)


def _raise(one: SetSession, now: datetime) -> None:
    one.edition += 1
    one.sequence += 1
    one.changed_at = now


def _ask_again(
    session: Session, changed: Sequence[SetSession], was: Mapping[int, datetime]
) -> None:
    """Who could come then may not be able to come now."""
    moved = [one.id for one in changed if one.starts != was[one.id]]
    session.execute(
        update(Seat).where(Seat.session_id.in_(moved)).values(rsvp=None, answered_at=None)
    )
