"""The weekly digest: what nobody has answered yet, once a week, for those who follow its themes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Date, ForeignKey, exists, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot import members, outbox, quotes
from bot.attribution import Participant
from bot.challenges.models import Challenge, ChallengeTheme, ChallengeWords
from bot.challenges.routing import Routing
from bot.challenges.views import unanswered
from bot.delivery import Recipient
from bot.interests import FollowedTheme, Interests
from bot.members import Member
from bot.messages import Choice, Text
from bot.wording import challenges as wording
from bot.working_days import MORNING, in_hours
from knowledge.database import insert_new
from knowledge.models import Base, UtcDateTime

MOST = 5
"""Challenges in one digest: what came first. The rest is under `challenges`."""
_A_WEEK = timedelta(days=7)


class Digest(Base):
    """A member had the digest of a week, which is named by its Monday."""

    __tablename__ = "digest"

    member_id: Mapped[int] = mapped_column(
        ForeignKey("member.id", ondelete="CASCADE"), primary_key=True
    )
    week: Mapped[date] = mapped_column(Date, primary_key=True)
    sent_at: Mapped[datetime] = mapped_column(UtcDateTime)


@dataclass(frozen=True)
class Unheard:
    """A challenge that came to the moderators and is unanswered still. `participant_id`: its
    author, in its thread.
    """

    challenge_id: int
    participant_id: int
    code: str
    problem: str


def for_digest(session: Session, *, since: datetime) -> tuple[Unheard, ...]:
    """What came to the moderators since then, and is still unanswered; nothing of a set's own."""
    rows = session.execute(
        unanswered()
        .with_only_columns(
            Challenge.id, ChallengeWords.participant_id, Challenge.code, ChallengeWords.problem
        )
        .where(Challenge.digest_at >= since)
        .order_by(Challenge.digest_at, Challenge.id)
    )
    return tuple(Unheard(*row) for row in rows)


def any_due(session: Session, routing: Routing, *, now: datetime) -> bool:
    """Whether anybody should have a digest now: a plain read."""
    if not _is_the_day(routing, now):
        return False
    listed = for_digest(session, since=now - _A_WEEK)
    return bool(_readers(session, [one.challenge_id for one in listed], routing, now=now))


def send(session: Session, routing: Routing, *, now: datetime) -> int:
    """Enqueues the digests of this week that nobody has sent yet. How many."""
    if not _is_the_day(routing, now):
        return 0
    listed = for_digest(session, since=now - _A_WEEK)
    readers = _readers(session, [one.challenge_id for one in listed], routing, now=now)
    reached = members.addresses(session, list(readers))
    week, sent = _week(routing, now), 0
    for member_id, (channel, address) in reached.items():
        row = {"member_id": member_id, "week": week, "sent_at": now}
        if not insert_new(session, Digest, [row], Digest.member_id):
            continue
        shown = [one for one in listed if one.challenge_id in readers[member_id]][:MOST]
        to = Recipient(channel, address, member_id=member_id)
        deliveries = outbox.enqueue(session, (_message(shown),), to, now=now)
        for one in shown:
            quotes.quote(session, deliveries, one.participant_id)
        sent += 1
    return sent


def _message(shown: Sequence[Unheard]) -> Text:
    lines = [(one.code, one.problem) for one in shown]
    choices = tuple(Choice(wording.show(one.code), f"show:{one.code}") for one in shown)
    return Text(wording.digest(lines), choices)


def _readers(
    session: Session, challenge_ids: Sequence[int], routing: Routing, *, now: datetime
) -> dict[int, set[int]]:
    """Who should hear of which challenge: they follow a theme of it, and are not in it already."""
    inside = exists().where(
        Participant.thread_id == ChallengeTheme.challenge_id,
        Participant.member_id == FollowedTheme.member_id,
    )
    had = exists().where(
        Digest.member_id == FollowedTheme.member_id, Digest.week == _week(routing, now)
    )
    rows = session.execute(
        select(FollowedTheme.member_id, ChallengeTheme.challenge_id)
        .join(ChallengeTheme, ChallengeTheme.theme_id == FollowedTheme.theme_id)
        .join(Member, Member.id == FollowedTheme.member_id)
        .outerjoin(Interests, Interests.member_id == Member.id)
        .where(
            ChallengeTheme.challenge_id.in_(challenge_ids),
            Member.stopped_at.is_(None),
            or_(Interests.muted_until.is_(None), Interests.muted_until <= now),
            ~inside,
            ~had,
        )
    )
    found: dict[int, set[int]] = {}
    for member_id, challenge_id in rows:
        found.setdefault(member_id, set()).add(challenge_id)
    return found


def _is_the_day(routing: Routing, now: datetime) -> bool:
    """From 9:30 on the first working day of a week; what is missed then is not sent late."""
    local = now.astimezone(routing.zone)
    monday = _week(routing, now)
    earlier = [monday + timedelta(days=n) for n in range(local.weekday())]
    first = routing.works_on(local.date()) and not any(map(routing.works_on, earlier))
    return first and local.time() >= MORNING and in_hours(now, routing.zone, routing.works_on)


def _week(routing: Routing, now: datetime) -> date:
    day = now.astimezone(routing.zone).date()
    return day - timedelta(days=day.weekday())
