"""Who might help with a challenge: the facts that routing decides by."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from bot import interests
from bot.attribution import AUTHOR, Participant
from bot.challenges.models import (
    Asking,
    Challenge,
    ChallengeTheme,
    Follower,
    Mark,
    MarkKind,
    Reply,
)
from bot.challenges.routing import LATELY, WEEK, Peer, Reason, Routing
from bot.interests import NOTHING_SAID, Facts, job_words
from bot.members import ChannelIdentity, Member


@dataclass(frozen=True)
class _Asked:
    this_week: int
    lately: int
    last: datetime | None


_NEVER_ASKED = _Asked(0, 0, None)


def candidates(
    session: Session, challenge: Challenge, routing: Routing, *, now: datetime
) -> tuple[Peer, ...]:
    """All who could be asked in this challenge's reach, with what speaks for and against them."""
    reach = _reach(session, challenge, routing)
    themes = frozenset(
        session.scalars(
            select(ChallengeTheme.theme_id).where(ChallengeTheme.challenge_id == challenge.id)
        )
    )
    said = interests.facts(session, reach)
    reasons = _reasons(session, challenge, themes, said, routing)
    asked = _asked(session, now=now)
    taken = _taken(session, challenge)
    return tuple(
        _peer(
            one,
            said.get(one, NOTHING_SAID),
            frozenset(reason for reason, whose in reasons.items() if one in whose),
            asked.get(one, _NEVER_ASKED),
            taken=one in taken,
            weekly=routing.weekly,
            now=now,
        )
        for one in sorted(reach)
    )


def _peer(
    member_id: int,
    facts: Facts,
    reasons: frozenset[Reason],
    asked: _Asked,
    *,
    taken: bool,
    weekly: int,
    now: datetime,
) -> Peer:
    return Peer(
        member_id,
        reasons,
        away=facts.muted(now),
        taken=taken,
        asked_this_week=asked.this_week,
        weekly_limit=weekly if facts.weekly_limit is None else facts.weekly_limit,
        asked_lately=asked.lately,
        last_asked=asked.last,
    )


def _reach(session: Session, challenge: Challenge, routing: Routing) -> frozenset[int]:
    """Members who agreed to hear from the bot, have not stopped it and can be written to."""
    there = select(Member.id).where(
        Member.welcomed_at.is_not(None),
        Member.stopped_at.is_(None),
        Member.id.in_(select(ChannelIdentity.member_id)),
    )
    if challenge.set_id is not None:
        there = there.where(Member.id.in_(routing.peers.in_set(session, challenge.set_id)))
    return frozenset(session.scalars(there))


def _taken(session: Session, challenge: Challenge) -> frozenset[int]:
    """The author, and who was asked, has replied, follows or muted the thread."""
    return frozenset(
        session.scalars(
            select(Participant.member_id)
            .outerjoin(Asking, Asking.participant_id == Participant.id)
            .outerjoin(Follower, Follower.participant_id == Participant.id)
            .where(
                Participant.thread_id == challenge.id,
                Participant.number.is_not(None)
                | Asking.participant_id.is_not(None)
                | Follower.participant_id.is_not(None),
            )
        )
    )


def _asked(session: Session, *, now: datetime) -> Mapping[int, _Asked]:
    this_week = func.sum(case((Asking.asked_at > now - WEEK, 1), else_=0))
    rows = session.execute(
        select(Participant.member_id, this_week, func.count(), func.max(Asking.asked_at))
        .join(Asking, Asking.participant_id == Participant.id)
        .where(Asking.asked_at > now - LATELY)
        .group_by(Participant.member_id)
    )
    return {member_id: _Asked(int(week), lately, last) for member_id, week, lately, last in rows}


def _reasons(
    session: Session,
    challenge: Challenge,
    themes: Collection[str],
    said: Mapping[int, Facts],
    routing: Routing,
) -> Mapping[Reason, frozenset[int]]:
    job = _authors_job(session, challenge)
    return {
        Reason.FOLLOWS: frozenset(
            one for one, facts in said.items() if set(themes) & set(facts.themes)
        ),
        Reason.HELPED: _helpers(session, themes),
        Reason.PROGRESSED: routing.peers.progressed(session, themes) if themes else frozenset(),
        Reason.ALIKE: frozenset(one for one, facts in said.items() if job & job_words(facts.job)),
    }


def _helpers(session: Session, themes: Collection[str]) -> frozenset[int]:
    """Whose replies helped somebody in any of these themes."""
    return frozenset(
        session.scalars(
            select(Participant.member_id)
            .join(Reply, Reply.participant_id == Participant.id)
            .join(Mark, Mark.reply_id == Reply.id)
            .join(ChallengeTheme, ChallengeTheme.challenge_id == Reply.challenge_id)
            .where(
                ChallengeTheme.theme_id.in_(themes),
                Mark.kind.in_((MarkKind.HELPED, MarkKind.SOLVED)),
            )
            .distinct()
        )
    )


def _authors_job(session: Session, challenge: Challenge) -> frozenset[str]:
    author = session.scalar(
        select(Participant.member_id).where(
            Participant.thread_id == challenge.id, Participant.number == AUTHOR
        )
    )
    return job_words(interests.of(session, author).job) if author is not None else frozenset()
