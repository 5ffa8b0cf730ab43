"""What the thermostat has to know of the people for whom something is due: read in bulk."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, literal, select
from sqlalchemy.orm import Session

from bot import habits, members
from bot.delivery import DeliveryRow
from bot.drafts import DraftStatus, FormDraft
from bot.habits import USUAL, Habits
from bot.interests import Interests
from bot.members import ChannelIdentity, Member
from bot.messages import Channel
from bot.nudges.kinds import Kind
from bot.nudges.record import Fate, NudgeRow
from bot.nudges.stopped import stopped_kinds
from knowledge.models import UtcDateTime

LATELY = timedelta(days=28)
"""How far back nudges count when they are rationed."""
_NEVER = literal(datetime(1970, 1, 1, tzinfo=UTC), UtcDateTime)


@dataclass(frozen=True)
class Person:
    """A member as the thermostat sees them.

    `sent`: when messages with nudges went to them in the last four weeks, oldest first.
    `unanswered`: how many since they last said anything. `reminded`: how often about each thing.
    `to` is where they are reached; None for whoever never joined or has no address.
    """

    member_id: int
    zone: ZoneInfo
    habits: Habits = USUAL
    to: tuple[Channel, str] | None = None
    stopped: bool = False
    stopped_kinds: frozenset[Kind] = frozenset()
    muted_until: datetime | None = None
    form_touched_at: datetime | None = None
    last_said: datetime | None = None
    sent: tuple[datetime, ...] = ()
    unanswered: int = 0
    reminded: Mapping[str, int] = field(default_factory=dict)


def people(
    session: Session,
    member_ids: Collection[int],
    things: Collection[str],
    zone: ZoneInfo,
    *,
    now: datetime,
) -> Mapping[int, Person]:
    """Those of them who are still there. `things` are what may be reminded of now."""
    rows = session.execute(
        select(Member.id, Member.stopped_at, Member.welcomed_at, Interests.muted_until)
        .outerjoin(Interests, Interests.member_id == Member.id)
        .where(Member.id.in_(member_ids))
    ).all()
    chosen = habits.of(session, member_ids)
    reached = members.addresses(session, member_ids)
    kinds = stopped_kinds(session, member_ids)
    forms = _forms(session, member_ids, now)
    last_said = members.last_said(session, member_ids)
    sent = _sent(session, member_ids, now)
    unanswered = _unanswered(session, member_ids)
    reminded = _reminded(session, member_ids, things)
    return {
        member_id: Person(
            member_id,
            zone,
            chosen[member_id],
            reached.get(member_id) if welcomed_at is not None else None,
            stopped_at is not None,
            kinds.get(member_id, frozenset()),
            muted_until,
            forms.get(member_id),
            last_said.get(member_id),
            sent.get(member_id, ()),
            unanswered.get(member_id, 0),
            reminded.get(member_id, {}),
        )
        for member_id, stopped_at, welcomed_at, muted_until in rows
    }


def _forms(session: Session, ids: Collection[int], now: datetime) -> Mapping[int, datetime]:
    """When each of them last wrote in a form that is still open."""
    rows = session.execute(
        select(FormDraft.member_id, func.max(FormDraft.touched_at))
        .where(
            FormDraft.member_id.in_(ids),
            FormDraft.status == DraftStatus.OPEN,
            FormDraft.expires_at > now,
        )
        .group_by(FormDraft.member_id)
    )
    return dict(rows.all())


def _sent(
    session: Session, ids: Collection[int], now: datetime
) -> Mapping[int, tuple[datetime, ...]]:
    at = func.coalesce(DeliveryRow.sent_at, NudgeRow.decided_at)
    found: dict[int, tuple[datetime, ...]] = {}
    for member_id, sent_at in session.execute(
        select(NudgeRow.member_id, at)
        .outerjoin(DeliveryRow, DeliveryRow.id == NudgeRow.delivery_id)
        .where(
            NudgeRow.member_id.in_(ids),
            NudgeRow.fate == Fate.SENT,
            NudgeRow.decided_at > now - LATELY,
        )
        .order_by(at)
    ):
        found[member_id] = (*found.get(member_id, ()), sent_at)
    return found


def _unanswered(session: Session, ids: Collection[int]) -> Mapping[int, int]:
    """How many messages went to each of them since they last said anything."""
    said = (
        select(ChannelIdentity.member_id, func.max(ChannelIdentity.last_used_at).label("at"))
        .where(ChannelIdentity.member_id.in_(ids))
        .group_by(ChannelIdentity.member_id)
        .subquery()
    )
    rows = session.execute(
        select(NudgeRow.member_id, func.count())
        .outerjoin(said, said.c.member_id == NudgeRow.member_id)
        .where(
            NudgeRow.member_id.in_(ids),
            NudgeRow.fate == Fate.SENT,
            NudgeRow.decided_at > func.coalesce(said.c.at, _NEVER),
        )
        .group_by(NudgeRow.member_id)
    )
    return dict(rows.all())


def _reminded(
    session: Session, ids: Collection[int], things: Collection[str]
) -> Mapping[int, Mapping[str, int]]:
    found: dict[int, dict[str, int]] = {}
    for member_id, thing, times in session.execute(
        select(NudgeRow.member_id, NudgeRow.thing, func.count())
        .where(
            NudgeRow.member_id.in_(ids),
            NudgeRow.thing.in_(things),
            NudgeRow.fate != Fate.DROPPED,
        )
        .group_by(NudgeRow.member_id, NudgeRow.thing)
    ):
        found.setdefault(member_id, {})[thing] = times
    return found
