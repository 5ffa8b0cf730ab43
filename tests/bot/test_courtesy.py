"""When notices leave: after the rest of whom they tell, unless it is urgent."""

from __future__ import annotations

from datetime import datetime

import pytest

from bot import delivery, interests, members, outbox
from bot.courtesy import notice_times
from bot.delivery import DeliveryRow, DeliveryStatus, Recipient
from bot.members import Role
from bot.messages import Channel, Text
from knowledge.database import Database
from tests.bot.nudges.rhythm import LONG_AGO, at

NIGHT = at(2026, 11, 10, 22)
MORNING = at(2026, 11, 11, 8)


@pytest.fixture
def asha(database: Database) -> int:
    with database.writing() as session:
        member = members.add(session, "Asha", Role.OFFICER, now=LONG_AGO)
        members.connect(session, member, Channel.TERMINAL, "asha", now=LONG_AGO)
        return member.id


def leaves(database: Database, asha: int, before: datetime | None = None) -> datetime:
    with database.reading() as session:
        return notice_times(session, (asha,), now=NIGHT, before=before)[asha]


def test_a_notice_waits_for_the_morning_unless_what_it_tells_of_comes_first(
    database: Database, asha: int
) -> None:
    assert leaves(database, asha) == MORNING
    assert leaves(database, asha, before=at(2026, 11, 11, 7, 30)) == NIGHT


def test_a_notice_waits_for_the_end_of_a_mute_and_of_the_night_after_it(
    database: Database, asha: int
) -> None:
    with database.writing() as session:
        interests.mute(session, asha, at(2026, 11, 20, 0))
    assert leaves(database, asha) == at(2026, 11, 20, 8)


def test_what_is_of_no_use_any_more_is_dropped_with_its_reason(
    database: Database, asha: int
) -> None:
    with database.writing() as session:
        for channel, address in ((Channel.TERMINAL, "asha"), (Channel.SLACK, "T1:Asha")):
            to = Recipient(channel, address, member_id=asha)
            outbox.enqueue(session, (Text("late"),), to, now=NIGHT, useless_at=MORNING)
            outbox.enqueue(session, (Text("good"),), to, now=NIGHT)
    with database.writing() as session:
        read = delivery.read_here(session, Channel.TERMINAL, "asha", now=MORNING)
        outbox.claim(session, "worker", now=MORNING)
        claimed = outbox.claim(session, "worker", now=MORNING)
    assert [content.text for content in read if isinstance(content, Text)] == ["good"]
    assert [one.content for one in claimed] == [Text("good")]
    with database.reading() as session:
        dropped = session.query(DeliveryRow).filter_by(status=DeliveryStatus.DROPPED).all()
        assert [row.reason for row in dropped] == [delivery.TOO_LATE] * 2
