"""A set with a facilitator and members on three channels, and what reaches them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from bot import members
from bot.app import Network
from bot.delivery import DeliveryRow, DeliveryStatus
from bot.learning_sets import planning, sets
from bot.learning_sets.seats import Seat
from bot.learning_sets.sessions import Arrangement, SetSession
from bot.members import Role
from bot.messages import Channel, Outgoing, Text, from_json
from knowledge.database import Database
from tests.officer import Officer

TUESDAY = date(2026, 12, 8)
TEN = Arrangement(TUESDAY, time(10), 120, "Europe/London", "Town Hall")
CHANNELS = (Channel.WHATSAPP, Channel.WEB, Channel.SLACK)


def join(
    database: Database, name: str, now: datetime, channel: Channel | None = Channel.SLACK
) -> int:
    """A member who has been welcomed, with an address on that channel or with none."""
    with database.writing() as session:
        member = members.add(session, name, Role.OFFICER, now=now)
        member.welcomed_at = now
        if channel is not None:
            members.connect(session, member, channel, f"{channel}:{member.id}", now=now)
        return member.id


@dataclass(frozen=True)
class Room:
    """The set of a test, its facilitator and its members in order."""

    database: Database
    set_id: int
    facilitator: int
    members: tuple[int, ...]

    def plans(self, *days: date, now: datetime, like: Arrangement = TEN) -> tuple[str, ...]:
        with self.database.writing() as session:
            made = planning.plan(session, self.facilitator, self.set_id, like, days=days, now=now)
            return tuple(one.code for one in made)

    def session(self, code: str) -> SetSession:
        with self.database.reading() as session:
            return session.scalars(select(SetSession).where(SetSession.code == code)).one()

    def seat(self, code: str, member_id: int) -> Seat | None:
        with self.database.reading() as session:
            return session.get(Seat, (self.session(code).id, member_id))

    def waiting(self, member_id: int) -> list[Text]:
        """What the bot starts itself and has yet to leave."""
        return self.started(member_id, DeliveryStatus.WAITING)

    def started(self, member_id: int, status: DeliveryStatus) -> list[Text]:
        with self.database.reading() as session:
            contents = session.scalars(
                select(DeliveryRow.content)
                .where(
                    DeliveryRow.member_id == member_id,
                    DeliveryRow.inbox_id.is_(None),
                    DeliveryRow.status == status,
                )
                .order_by(DeliveryRow.id)
            )
            return [_text(from_json(one)) for one in contents]

    def due(self, member_id: int) -> list[datetime]:
        with self.database.reading() as session:
            return list(
                session.scalars(
                    select(DeliveryRow.due_at)
                    .where(
                        DeliveryRow.member_id == member_id,
                        DeliveryRow.status == DeliveryStatus.WAITING,
                    )
                    .order_by(DeliveryRow.id)
                )
            )

    def sent(self) -> None:
        """All that waits has left."""
        with self.database.writing() as session:
            for row in session.scalars(
                select(DeliveryRow).where(DeliveryRow.status == DeliveryStatus.WAITING)
            ):
                row.status, row.sent_at = DeliveryStatus.SENT, row.due_at

    def officer(self, network: Network, member_id: int, now: datetime) -> Officer:
        with self.database.reading() as session:
            channel, address = members.addresses(session, (member_id,))[member_id]
        return Officer(network, channel, address, now)


def _text(content: Outgoing) -> Text:
    assert isinstance(content, Text)
    return content


def room(database: Database, now: datetime, name: str = "North", size: int = 3) -> Room:
    long_ago = now - timedelta(days=30)
    facilitator = join(database, f"Fatima {name}", long_ago)
    ids = tuple(
        join(database, f"{first} {name}", long_ago, CHANNELS[number % 3])
        for number, first in enumerate(("Asha", "Ben", "Chloe", "Dev", "Ewan")[:size])
    )
    with database.writing() as session:
        made = sets.create(
            session,
            name,
            now=long_ago,
            members=ids,
            facilitators=(facilitator,),
            note="There are few of us here.",
        )
        return Room(database, made.id, facilitator, ids)
