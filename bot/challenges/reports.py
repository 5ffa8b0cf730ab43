"""Reports: a member asks those who look after the network to look at something."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot import attribution, members
from bot.attribution import THE_CHALLENGE
from bot.challenges import errors, fit, gate, telling
from bot.challenges.gate import Viewer
from bot.challenges.models import (
    LONGEST_REASON,
    Challenge,
    ChallengeState,
    ChallengeWords,
    Reply,
    ReplyState,
    Report,
)
from bot.challenges.notices import Reported
from bot.challenges.routing import Routing
from bot.messages import Whose


@dataclass(frozen=True)
class ReportView:
    """A report that waits for somebody. `ref` of the reply it is about; None for the challenge."""

    id: int
    code: str
    ref: str | None
    reason: str
    quoted: str
    reported_at: datetime
    quotes: tuple[Whose, ...]


def report(
    session: Session, viewer: Viewer, code: str, reason: str, *, routing: Routing, now: datetime
) -> bool:
    """Asks for a look at a challenge; False where nobody is there to hear.

    Raises NoSuchChallenge, IsWithdrawn, OwnChallenge, TooLong.

    What was posted to a set is looked at inside the set: by its facilitators, and by moderators
    who are in it. Where it has none, the report waits for whoever comes.
    """
    challenge = gate.helped(session, viewer, code)
    words = session.get_one(ChallengeWords, challenge.id, populate_existing=True)
    about = _About(None, words.problem, words.participant_id, THE_CHALLENGE)
    return _report(session, viewer, challenge, about, reason, routing, now=now)


def report_reply(
    session: Session, viewer: Viewer, ref: str, reason: str, *, routing: Routing, now: datetime
) -> bool:
    """Asks for a look at a reply; False as for a challenge.

    Raises NoSuchReply, ReplyGone, OwnReply, TooLong.
    """
    challenge, reply = gate.seen_reply(session, viewer, ref)
    if reply.state is ReplyState.WITHDRAWN or challenge.state is ChallengeState.WITHDRAWN:
        raise errors.ReplyGone
    about = _About(reply.id, reply.text, reply.participant_id, reply.id)
    return _report(session, viewer, challenge, about, reason, routing, now=now)


def waiting(session: Session, viewer: Viewer) -> tuple[ReportView, ...]:
    """What this member should look at: oldest first, and nothing for those who look after none."""
    rows = session.execute(
        select(Report, Challenge.code, Reply, ChallengeWords)
        .join(Challenge, Challenge.id == Report.challenge_id)
        .outerjoin(ChallengeWords, ChallengeWords.challenge_id == Challenge.id)
        .outerjoin(Reply, Reply.id == Report.reply_id)
        .where(Report.settled_at.is_(None), gate.looked_after(viewer))
        .order_by(Report.id)
    )
    return tuple(_seen(*row) for row in rows)


def _seen(one: Report, code: str, reply: Reply | None, words: ChallengeWords | None) -> ReportView:
    quoted, whose = "", []
    if reply is not None:
        quoted, whose = reply.text, [Whose(reply.participant_id, reply.id, (reply.text,))]
    elif words is not None:
        quoted = words.problem
        whose = [Whose(words.participant_id, THE_CHALLENGE, (words.problem,))]
    return ReportView(
        one.id,
        code,
        reply.ref if reply is not None else None,
        one.reason,
        quoted,
        one.reported_at,
        (*whose, Whose(one.participant_id, -one.id)),
    )


def settle(session: Session, viewer: Viewer, report_id: int, *, now: datetime) -> bool:
    """Somebody has looked. False where there is no such report for them, or it is settled."""
    report = session.scalar(
        select(Report)
        .join(Challenge, Challenge.id == Report.challenge_id)
        .where(Report.id == report_id, Report.settled_at.is_(None), gate.looked_after(viewer))
        .with_for_update(of=Report)
    )
    if report is None:
        return False
    report.settled_at = now
    return True


@dataclass(frozen=True)
class _About:
    reply_id: int | None
    text: str
    participant_id: int
    said: int


def _report(
    session: Session,
    viewer: Viewer,
    challenge: Challenge,
    about: _About,
    reason: str,
    routing: Routing,
    *,
    now: datetime,
) -> bool:
    reason = fit.optional(reason, "reason", LONGEST_REASON)
    one = attribution.participant(session, challenge.id, viewer.member_id)
    if about.participant_id == one.id:
        raise errors.OwnReply
    to = _lookers(session, challenge, routing) - {viewer.member_id}
    if _reported(session, one.id, about):
        return bool(to)
    report = Report(
        challenge_id=challenge.id,
        reply_id=about.reply_id,
        participant_id=one.id,
        reason=reason,
        reported_at=now,
    )
    session.add(report)
    session.flush()
    inside = attribution.participants(session, challenge.id, to)
    event = Reported(
        report.id,
        frozenset(each.id for each in inside.values()) - {about.participant_id},
        reason,
        about.text,
        ((about.participant_id, about.said), (one.id, -report.id)),
    )
    telling.tell(session, challenge, event, now=now)
    return bool(to)


def _reported(session: Session, participant_id: int, about: _About) -> bool:
    """Whether the same member has reported the same thing, and nobody has looked yet."""
    same = select(Report.id).where(
        Report.participant_id == participant_id,
        Report.reply_id.is_not_distinct_from(about.reply_id),
        Report.settled_at.is_(None),
    )
    return session.scalar(same.limit(1)) is not None


def _lookers(session: Session, challenge: Challenge, routing: Routing) -> frozenset[int]:
    if challenge.set_id is None:
        return members.moderators(session)
    inside = routing.peers.in_set(session, challenge.set_id) & members.moderators(session)
    return inside | routing.peers.facilitators(session, challenge.set_id)
