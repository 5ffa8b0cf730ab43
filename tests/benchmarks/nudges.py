"""One morning on which 10,000 members have a nudge: planned, decided and queued, a second.

Measured on SQLite and, where a server can be had, on PostgreSQL, against the plainest thing there
is: the same rows laid into the same tables without a thought.

    python -m tests.benchmarks.nudges [MEMBERS]
"""

from __future__ import annotations

import secrets
import sys
import tempfile
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from time import perf_counter
from zoneinfo import ZoneInfo

from sqlalchemy import delete, insert, select

import migrations
from bot.delivery import DeliveryRow
from bot.learning_sets.seats import Seat
from bot.learning_sets.sessions import SetSession
from bot.learning_sets.sets import LearningSet, SetMember
from bot.members import ChannelIdentity, Member, Role
from bot.messages import Channel
from bot.nudges.record import NudgeRow
from bot.nudges.round import Rounds
from knowledge.database import Database
from tests import postgres
from tests.postgres_copies import address, create

MEMBERS = 10_000
A_SECOND = 2_000
"""Nudges that have to be planned and queued."""
_SET = 9
_LONDON = ZoneInfo("Europe/London")
_LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
_TUESDAY = date(2026, 11, 10)
MORNING = datetime(2026, 11, 9, 9, 30, tzinfo=_LONDON)


@dataclass(frozen=True)
class Measured:
    """`seconds` for the round, `plain` for the bare rows, `peak` bytes of Python's own memory."""

    nudges: int
    seconds: float
    plain: float
    peak: int

    @property
    def a_second(self) -> float:
        return self.nudges / self.seconds

    @property
    def ratio(self) -> float:
        """How many times as long as the bare rows."""
        return self.seconds / self.plain


def fill(database: Database, members: int) -> None:
    """Sets of nine, each of which meets on the same Tuesday."""
    sets = range(1, members // _SET + 2)
    seats = [(number, (number - 1) // _SET + 1) for number in range(1, members + 1)]
    with database.writing() as session:
        session.execute(
            insert(Member),
            [
                {
                    "id": number,
                    "name": f"Member {number}",
                    "role": Role.OFFICER,
                    "created_at": _LONG_AGO,
                    "welcomed_at": _LONG_AGO,
                }
                for number, _ in seats
            ],
        )
        session.execute(
            insert(ChannelIdentity),
            [
                {
                    "member_id": number,
                    "channel": Channel.SLACK,
                    "address": f"T1:U{number}",
                    "created_at": _LONG_AGO,
                    "last_used_at": _LONG_AGO,
                }
                for number, _ in seats
            ],
        )
        session.execute(
            insert(LearningSet),
            [{"id": one, "name": f"Set {one}", "created_at": _LONG_AGO} for one in sets],
        )
        session.execute(
            insert(SetMember),
            [{"set_id": one, "member_id": number, "joined_at": _LONG_AGO} for number, one in seats],
        )
        session.execute(
            insert(SetSession),
            [
                {
                    "id": one,
                    "set_id": one,
                    "code": f"M{one}",
                    "uid": f"M{one}",
                    "starts_on": _TUESDAY,
                    "starts_at": time(10),
                    "minutes": 120,
                    "zone": "Europe/London",
                    "planned_at": _LONG_AGO,
                    "changed_at": _LONG_AGO,
                }
                for one in sets
            ],
        )
        session.execute(
            insert(Seat), [{"session_id": one, "member_id": number} for number, one in seats]
        )


def measure(database: Database) -> Measured:
    started = perf_counter()
    nudges = Rounds(database, _LONDON).go(MORNING)
    seconds = perf_counter() - started
    plain = _plain(database)
    return Measured(nudges, seconds, plain, _peak(database))


def _plain(database: Database) -> float:
    """The same rows again, copied and laid in at once."""
    with database.writing() as session:
        deliveries = _copied(session.execute(select(*DeliveryRow.__table__.columns)).mappings())
        rows = _copied(session.execute(select(*NudgeRow.__table__.columns)).mappings())
        session.execute(delete(NudgeRow))
        session.execute(delete(DeliveryRow))
    started = perf_counter()
    with database.writing() as session:
        session.execute(insert(DeliveryRow), deliveries)
        session.execute(insert(NudgeRow), rows)
    return perf_counter() - started


def _copied(rows: object) -> list[dict[str, object]]:
    return [dict(row) for row in rows]  # type: ignore[attr-defined]


def _peak(database: Database) -> int:
    """What a round holds in memory at most, in bytes, besides what was there before it."""
    with database.writing() as session:
        session.execute(delete(NudgeRow))
        session.execute(delete(DeliveryRow))
    tracemalloc.start()
    Rounds(database, _LONDON).go(MORNING)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak


@contextmanager
def databases() -> Iterator[dict[str, Database]]:
    with tempfile.TemporaryDirectory() as folder, postgres.server() as server:
        name = f"bench_{secrets.token_hex(4)}"
        create(server, name)
        made = {
            "SQLite": Database(f"sqlite:///{Path(folder) / 'bench.db'}"),
            "PostgreSQL": Database(address(server, name)),
        }
        for one in made.values():
            migrations.upgrade(one)
        yield made
        for one in made.values():
            one.close()


def main() -> int:
    members = int(sys.argv[1]) if len(sys.argv) > 1 else MEMBERS
    good = True
    with databases() as made:
        for name, database in made.items():
            fill(database, members)
            one = measure(database)
            good &= one.a_second >= A_SECOND and one.nudges == members
            print(
                f"{name}: {one.nudges} in {one.seconds:.1f} s, {one.a_second:,.0f} a second; "
                f"{one.ratio:.1f} times as long as the bare rows; {one.peak / 1e6:.0f} MB at most"
            )
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
