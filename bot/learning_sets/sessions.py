"""Sessions of a set: when and where it meets, promised as a local time in a zone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from sqlalchemy import Date, ForeignKey, String, Text, Time
from sqlalchemy.orm import Mapped, mapped_column

from knowledge.database import NEVER_TWICE, one_of
from knowledge.models import Base, UtcDateTime

LONGEST_PLACE = 200
LONGEST_LINK = 500


class SessionStatus(StrEnum):
    PLANNED = "planned"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class Arrangement:
    """When and where: what two people who edit at once may disagree about."""

    starts_on: date
    starts_at: time
    minutes: int
    zone: str
    place: str = ""
    link: str = ""

    @property
    def starts(self) -> datetime:
        """In UTC. Of an hour that comes twice when clocks go back, the first."""
        local = datetime.combine(self.starts_on, self.starts_at, ZoneInfo(self.zone))
        return local.astimezone(UTC)

    @property
    def ends(self) -> datetime:
        return self.starts + timedelta(minutes=self.minutes)


class SetSession(Base):
    """One meeting of a set.

    `code` is what people type. `uid` is its name in calendars for good, and `sequence` rises there
    with each change that its members are told of. `series` is shared by those planned together.
    `edition` counts all changes, so that of two people who edit at once the second is told.
    """

    __tablename__ = "set_session"
    __table_args__ = NEVER_TWICE

    id: Mapped[int] = mapped_column(primary_key=True)
    set_id: Mapped[int] = mapped_column(
        ForeignKey("learning_set.id", ondelete="CASCADE"), index=True
    )
    code: Mapped[str] = mapped_column(String(8), unique=True)
    uid: Mapped[str] = mapped_column(String(80), unique=True)
    series: Mapped[str | None] = mapped_column(String(32), index=True)
    starts_on: Mapped[date] = mapped_column(Date, index=True)
    starts_at: Mapped[time] = mapped_column(Time)
    minutes: Mapped[int]
    zone: Mapped[str] = mapped_column(String(64))
    place: Mapped[str] = mapped_column(String(LONGEST_PLACE), default="")
    link: Mapped[str] = mapped_column(String(LONGEST_LINK), default="")
    status: Mapped[SessionStatus] = mapped_column(
        one_of(SessionStatus, "status"), default=SessionStatus.PLANNED
    )
    sequence: Mapped[int] = mapped_column(default=0)
    edition: Mapped[int] = mapped_column(default=1)
    planned_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)

    @property
    def arrangement(self) -> Arrangement:
        return Arrangement(
            self.starts_on, self.starts_at, self.minutes, self.zone, self.place, self.link
        )

    @arrangement.setter
    def arrangement(self, new: Arrangement) -> None:
        self.starts_on, self.starts_at = new.starts_on, new.starts_at
        self.minutes, self.zone = new.minutes, new.zone
        self.place, self.link = new.place, new.link

    @property
    def starts(self) -> datetime:
        """In UTC. Of an hour that comes twice when clocks go back, the first."""
        return self.arrangement.starts

    @property
    def ends(self) -> datetime:
        return self.arrangement.ends

    @property
    def planned(self) -> bool:
        return self.status is SessionStatus.PLANNED


class WriteUp(Base):
    """What a set agreed to share of a session, checked for identities; nobody is named in it.

    `sends_at`: the facilitator said that the set agrees to send it on, and then it goes unless
    somebody who was there asks to keep it (`kept_at`; nobody keeps who that was). `sent_on_at`: it
    went to the moderators as drafts.
    """

    __tablename__ = "write_up"

    session_id: Mapped[int] = mapped_column(
        ForeignKey("set_session.id", ondelete="CASCADE"), primary_key=True
    )
    explored: Mapped[str] = mapped_column(Text, default="")
    ideas: Mapped[str] = mapped_column(Text, default="")
    edition: Mapped[int] = mapped_column(default=1)
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sends_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    kept_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    sent_on_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
