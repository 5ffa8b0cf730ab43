"""What happens with sessions: they are moved and called off, some while reminders are on their way;
attendance is taken, steps are agreed on, write-ups come days later."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum, auto

from sqlalchemy.orm import Session

from bot.learning_sets import commitments, seats, session_changes, write_ups
from bot.learning_sets.committed import Committed
from bot.learning_sets.session_changes import Wish
from bot.learning_sets.sessions import Arrangement, SetSession
from bot.learning_sets.write_ups import Said
from handlers.simulate.promises import Promises
from handlers.simulate.rest import HOME
from handlers.simulate.world import Circle, note

_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)


class Doing(Enum):
    MOVE = auto()
    CANCEL = auto()
    ATTENDANCE = auto()
    WRITE_UP = auto()
    COMMIT = auto()


@dataclass(frozen=True)
class Organised:
    """Something that happens to a session of a set."""

    doing: Doing
    circle: Circle
    session_id: int


def around(
    circle: Circle, one: SetSession, dice: random.Random
) -> Iterator[tuple[datetime, Organised]]:
    """What will happen to a session, and when."""
    moments = (
        (Doing.MOVE, 0.15, one.starts - _shortly_before(dice)),
        (Doing.CANCEL, 0.05, one.starts - _shortly_before(dice)),
        (Doing.ATTENDANCE, 0.7, one.ends + dice.random() * _HOUR),
        (Doing.WRITE_UP, 0.5, one.ends + dice.random() * 3 * _DAY),
        (Doing.COMMIT, 0.8, one.ends + dice.random() * _DAY),
    )
    for doing, chance, at in moments:
        if dice.random() < chance:
            yield at, Organised(doing, circle, one.id)


def _shortly_before(dice: random.Random) -> timedelta:
    """Days before, or when reminders have just gone out or are about to."""
    return dice.choice((dice.random() * 10 * _DAY, 1 * _DAY + dice.random() * _HOUR, 1.1 * _HOUR))


def organise(
    session: Session, what: Organised, promises: Promises, dice: random.Random, *, now: datetime
) -> None:
    """Does it, where it still can be done."""
    one = session.get_one(SetSession, what.session_id)
    over = one.ends <= now
    if not one.planned or over is (what.doing in (Doing.MOVE, Doing.CANCEL)):
        return
    match what.doing:
        case Doing.MOVE:
            _move(session, one, promises, dice, now)
        case Doing.CANCEL:
            session_changes.cancel(session, None, Wish(one.code, one.edition), now=now)
            note(promises, one, now=now)
        case Doing.ATTENDANCE:
            there = [each.member_id for each in what.circle.people if dice.random() < 0.75]
            seats.attendance(session, None, one.code, there, now=now)
        case Doing.WRITE_UP:
            said = Said("How to keep traders with us", "Visit them with what they gave us")
            write_ups.write(session, None, one.code, said, seen=0, now=now)
        case Doing.COMMIT:
            for person in what.circle.people:
                if person.left_at is None and dice.random() < 0.4:
                    _commit(session, one, person.member_id, dice, now)


def _move(
    session: Session, one: SetSession, promises: Promises, dice: random.Random, now: datetime
) -> None:
    wanted: Arrangement = one.arrangement
    later = dice.choice((timedelta(minutes=30), 2 * _HOUR, _DAY, 7 * _DAY))
    local = one.starts.astimezone(HOME).replace(tzinfo=None) + later
    moved = replace(wanted, starts_on=local.date(), starts_at=local.time())
    if moved.starts > now:
        session_changes.change(session, None, Wish(one.code, one.edition), moved, now=now)
        note(promises, one, now=now)


def _commit(
    session: Session, one: SetSession, member_id: int, dice: random.Random, now: datetime
) -> None:
    day = now.astimezone(HOME).date() + timedelta(days=dice.randrange(7, 28))
    what = f"Try step {dice.randrange(10**9)} with my team"
    made = commitments.commit(session, member_id, what, check_back_on=day, now=now)
    session.add(Committed(commitment_id=made.id, session_id=one.id))
    session.flush()
