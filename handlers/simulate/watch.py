"""Watches what is planned: keeps the plan as it appears, and knows when something is next due."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.challenges.models import Challenge
from bot.delivery import DeliveryRow, DeliveryStatus
from bot.nudges.outlook import outlook
from bot.nudges.record import Fate, NudgeRow
from bot.nudges.thermostat import Thermostat
from bot.nudges.window import Some
from handlers.simulate.plan import Plan
from knowledge.database import Database

AHEAD = timedelta(hours=50)
"""How far a look at the plan goes."""
BACK = timedelta(days=1)
"""So long after it was of no use a nudge that nobody decided is looked for."""


CLOSE = 20
"""Members' numbers that lie no further apart are looked at together."""


class Watch:
    """`plan` is all that was ever planned; `dropped` why some did not go, by key."""

    def __init__(self, database: Database, zone: ZoneInfo, rules: Thermostat) -> None:
        self.plan = Plan()
        self.dropped: dict[str, str] = {}
        self._decided_once: set[str] = set()
        self._database = database
        self._zone = zone
        self._rules = rules
        self._moments: dict[int, datetime] = {}
        self._until: datetime | None = None
        self._looked: dict[int, datetime] = {}
        self._letters: datetime | None = None

    def look(self, member_ids: Collection[int], *, now: datetime) -> None:
        """What is planned for these members now: after anything that may have changed it."""
        for some in _stretches(member_ids):
            self._look(some, member_ids, now=now)

    def _look(self, some: Some, member_ids: Collection[int], *, now: datetime) -> None:
        all_ids = [one for one in self._looked if some.first <= one <= some.last] or [
            one for one in member_ids if some.first <= one <= some.last
        ]
        since = min((self._looked.get(one, now) for one in all_ids), default=now) - BACK
        with self._database.reading() as session:
            found = outlook(
                session, some, self._zone, since=since, now=now, rules=self._rules, ahead=AHEAD
            )
            open_keys = {key for one in all_ids for key in self.plan.open.get(one, ())}
            decided = self._decided(session, open_keys - found.undecided)
        self.plan.seen(all_ids, found.nudges, found.undecided, decided, since=since, now=now)
        for member_id in all_ids:
            self._looked[member_id] = now
            self._moments.pop(member_id, None)
        self._moments.update(found.moments)

    def look_at_all(self, *, now: datetime, member_ids: Collection[int] = ()) -> None:
        for one in member_ids:
            self._looked.setdefault(one, now)
        self.look(list(self._looked), now=now)
        self._until = now + AHEAD - timedelta(hours=2)

    def is_old(self, now: datetime) -> bool:
        """Whether the last look at everybody ends soon."""
        return self._until is None or self._until <= now

    def left(self, member_id: int) -> None:
        """Nobody looks at them any more."""
        self._looked.pop(member_id, None)
        self._moments.pop(member_id, None)

    def close(self, *, now: datetime) -> None:
        """The last look. What was decided, then freed to be planned anew, and was not: the facts
        did not ask for it any more."""
        self.look_at_all(now=now)
        with self._database.reading() as session:
            kept = frozenset(session.scalars(select(NudgeRow.key)))
        still = {key for keys in self.plan.open.values() for key in keys}
        for key in self._decided_once - kept - still:
            self.plan.all[key].goes(now)

    def post(self) -> None:
        """When the outbox and the circles have something to do next."""
        with self._database.reading() as session:
            letters = select(func.min(DeliveryRow.due_at)).where(
                DeliveryRow.status == DeliveryStatus.WAITING,
                ~DeliveryRow.held,
            )
            circles = select(func.min(Challenge.widen_at))
            found = [session.scalar(question) for question in (letters, circles)]
        self._letters = min((one for one in found if one is not None), default=None)

    def next_moment(self) -> datetime | None:
        """The first moment at which there may be something to do. Early at worst."""
        found = [*self._moments.values(), self._until, self._letters]
        return min((one for one in found if one is not None), default=None)

    @property
    def ripe(self) -> Mapping[int, datetime]:
        return self._moments

    def _decided(self, session: Session, keys: Collection[str]) -> frozenset[str]:
        if not keys:
            return frozenset()
        rows = session.execute(
            select(NudgeRow.key, NudgeRow.fate, NudgeRow.reason).where(NudgeRow.key.in_(keys))
        ).all()
        self.dropped.update(
            {key: reason or "unknown" for key, fate, reason in rows if fate is Fate.DROPPED}
        )
        found = frozenset(key for key, _, _ in rows)
        self._decided_once |= found
        return found


def _stretches(member_ids: Collection[int]) -> Iterator[Some]:
    """These members, those together who stand close: a look at one or at ten costs the same."""
    ids = sorted(member_ids)
    first = last = ids[0] if ids else 0
    for one in ids:
        if one - last > CLOSE:
            yield Some(first, last)
            first = one
        last = one
    if ids:
        yield Some(first, last)
