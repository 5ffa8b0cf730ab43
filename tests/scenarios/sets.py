"""A set for the stories: Chidi on a phone, Dana on Slack and Eve on the web; Eve facilitates."""

from __future__ import annotations

from datetime import date, time

import pytest
from sqlalchemy import select

from bot import members
from bot.app import Network
from bot.delivery import DeliveryRow
from bot.learning_sets import sets
from bot.learning_sets.commitment import Commitment
from bot.learning_sets.reflections import Reflection
from bot.learning_sets.seats import Rsvp, Seat
from bot.learning_sets.sessions import SetSession
from tests.bot.conftest import welcomed
from tests.officer import Officer
from tests.scenarios.transcript import Clock, Phone

LAST, NEXT = "K3T", "M2X"
LAST_DAY, NEXT_DAY = date(2026, 11, 17), date(2026, 12, 8)


def north(network: Network, clock: Clock, *names: str, name: str = "North") -> int:
    """The set, which met last Tuesday and meets again in two weeks."""
    with network.database.writing() as session:
        made = sets.create(session, name, now=clock())
        for one in names:
            sets.add_member(session, made.id, members.named(session, one).id, now=clock())
        return made.id


def meets(
    network: Network, clock: Clock, set_id: int, code: str, on: date, *, minutes: int = 120
) -> int:
    with network.database.writing() as session:
        one = SetSession(
            set_id=set_id,
            code=code,
            uid=f"{code}@sample",
            starts_on=on,
            starts_at=time(10),
            minutes=minutes,
            zone="Europe/London",
            planned_at=clock(),
            changed_at=clock(),
        )
        session.add(one)
        session.flush()
        return one.id


def facilitates(network: Network, set_id: int, name: str) -> None:
    with network.database.writing() as session:
        member_id = members.named(session, name).id
        session.add(sets.SetFacilitator(set_id=set_id, member_id=member_id))


def sits(
    network: Network,
    clock: Clock,
    session_id: int,
    name: str,
    rsvp: Rsvp | None = Rsvp.YES,
    attended: bool | None = None,
) -> None:
    with network.database.writing() as session:
        member_id = members.named(session, name).id
        seat = Seat(session_id=session_id, member_id=member_id, rsvp=rsvp, attended=attended)
        seat.answered_at = clock()
        session.add(seat)


@pytest.fixture
def met(
    network: Network, clock: Clock, chidi: Phone, dana: Officer, eve: Officer
) -> dict[str, int]:
    """North met last week and meets again in two; Eve facilitates and is no member of it."""
    assert chidi.number
    assert dana.address != eve.address
    set_id = north(network, clock, "Chidi", "Dana")
    facilitates(network, set_id, "Eve")
    sessions = {
        code: meets(network, clock, set_id, code, on)
        for code, on in ((LAST, LAST_DAY), (NEXT, NEXT_DAY))
    }
    return {"set": set_id, **sessions}


@pytest.fixture
def asha_outside(network: Network, clock: Clock) -> Officer:
    """A member of the network who is in no set."""
    return welcomed(network, "Asha", clock())


def all_commitments(network: Network) -> list[Commitment]:
    with network.database.reading() as session:
        return list(session.scalars(select(Commitment).order_by(Commitment.id)))


def all_reflections(network: Network) -> list[Reflection]:
    with network.database.reading() as session:
        return list(session.scalars(select(Reflection).order_by(Reflection.id)))


def seen_again(network: Network, officer: Officer) -> list[str]:
    """All that this officer was answered, as the web chat would show it again."""
    with network.database.reading() as session:
        return list(
            session.scalars(
                select(DeliveryRow.content).where(DeliveryRow.address == officer.address)
            )
        )
