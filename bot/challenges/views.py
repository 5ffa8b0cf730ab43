"""What members, moderators and digests may read of challenges: everything through the gate."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import Session

from bot import attribution
from bot.attribution import AUTHOR, THE_CHALLENGE, Participant
from bot.challenges import gate
from bot.challenges.gate import Viewer
from bot.challenges.models import (
    Challenge,
    ChallengeState,
    ChallengeTheme,
    ChallengeWords,
    Follower,
    Mark,
    MarkKind,
    Reply,
    ReplyKind,
    ReplyState,
    SettledGap,
    Visibility,
)
from bot.messages import Whose
from knowledge.models import Theme

GAP_AFTER = timedelta(days=7)


@dataclass(frozen=True)
class ReplyView:
    """A reply that stands, oldest first. `mine`: this viewer's own; `helped` counts members.

    What shows its words says so with `quotes`; so do all views here. None are of the viewer's own.
    """

    id: int
    ref: str
    label: str
    kind: ReplyKind
    text: str
    state: ReplyState
    given_at: datetime
    mine: bool
    helped: int
    quotes: tuple[Whose, ...] = ()


@dataclass(frozen=True)
class ChallengeView:
    """A challenge as one member sees it. `themes` are names; withdrawn ones have no words."""

    id: int
    code: str
    label: str
    problem: str
    context: str
    tried: str
    themes: tuple[str, ...]
    state: ChallengeState
    visibility: Visibility
    posted_at: datetime
    edited_at: datetime | None
    mine: bool
    follows: bool
    muted: bool
    replies: tuple[ReplyView, ...]
    quotes: tuple[Whose, ...] = ()


@dataclass(frozen=True)
class Line:
    """A challenge in a list. `replies` counts those that stand."""

    code: str
    problem: str
    themes: tuple[str, ...]
    state: ChallengeState
    posted_at: datetime
    replies: int
    set_only: bool
    quotes: tuple[Whose, ...] = ()


def view(session: Session, viewer: Viewer, code: str) -> ChallengeView:
    """Raises NoSuchChallenge."""
    challenge = gate.seen(session, viewer, code)
    words = session.get(ChallengeWords, challenge.id)
    labels = attribution.labels(session, challenge.id)
    me = _participant(session, viewer, challenge.id)
    follower = session.get(Follower, me.id) if me is not None else None
    gone = attribution.label(AUTHOR, None)
    return ChallengeView(
        challenge.id,
        challenge.code,
        labels.get(words.participant_id, gone) if words is not None else gone,
        words.problem if words is not None else "",
        words.context if words is not None else "",
        words.tried if words is not None else "",
        _themes(session, (challenge.id,)).get(challenge.id, ()),
        challenge.state,
        challenge.visibility,
        challenge.posted_at,
        words.edited_at if words is not None else None,
        mine=me is not None and me.number == AUTHOR,
        follows=follower is not None and follower.followed_at is not None,
        muted=follower is not None and follower.muted_at is not None,
        replies=_replies(session, challenge, labels, me),
        quotes=_whose(words, me),
    )


def _whose(words: ChallengeWords | None, me: Participant | None) -> tuple[Whose, ...]:
    if words is None or (me is not None and words.participant_id == me.id):
        return ()
    said = (words.problem, words.context, words.tried)
    return (Whose(words.participant_id, THE_CHALLENGE, said),)


def listed(session: Session, viewer: Viewer, *, limit: int = 20) -> tuple[Line, ...]:
    """Open challenges of others that this member may read, newest first."""
    return _lines(
        session,
        _standing()
        .where(
            Challenge.state == ChallengeState.OPEN, gate.readable(viewer), ~gate.authored(viewer)
        )
        .order_by(Challenge.posted_at.desc(), Challenge.id.desc())
        .limit(limit),
    )


def own(session: Session, viewer: Viewer, *, limit: int = 20) -> tuple[Line, ...]:
    """The member's own challenges that they have not withdrawn, newest first."""
    return _lines(
        session,
        _standing()
        .where(gate.authored(viewer))
        .order_by(Challenge.posted_at.desc(), Challenge.id.desc())
        .limit(limit),
        mine=True,
    )


def gaps(session: Session, *, now: datetime, limit: int = 50) -> tuple[Line, ...]:
    """For moderators: open to the network, a week without a reply, not dealt with. Oldest first."""
    settled = exists().where(SettledGap.challenge_id == Challenge.id)
    return _lines(
        session,
        unanswered()
        .where(Challenge.posted_at <= now - GAP_AFTER, ~settled)
        .order_by(Challenge.posted_at, Challenge.id)
        .limit(limit),
    )


def _standing() -> Select[Challenge, str]:
    return (
        select(Challenge, ChallengeWords.problem)
        .join(ChallengeWords, ChallengeWords.challenge_id == Challenge.id)
        .where(Challenge.state != ChallengeState.WITHDRAWN)
    )


def unanswered() -> Select[Challenge, str]:
    """What was posted to a set is never among these: nobody outside hears of it."""
    answered = _peers_replies().with_only_columns(Reply.challenge_id)
    return _standing().where(
        Challenge.state == ChallengeState.OPEN,
        Challenge.visibility == Visibility.NETWORK,
        Challenge.id.not_in(answered),
    )


def _peers_replies() -> Select[Reply]:
    return (
        select(Reply)
        .join(Participant, Participant.id == Reply.participant_id)
        .where(
            Reply.state != ReplyState.WITHDRAWN,
            Reply.kind != ReplyKind.AUTHOR,
            Participant.number.is_distinct_from(AUTHOR),
        )
    )


def _lines(
    session: Session, question: Select[Challenge, str], *, mine: bool = False
) -> tuple[Line, ...]:
    rows = session.execute(
        question.with_only_columns(Challenge, ChallengeWords.problem, ChallengeWords.participant_id)
    ).all()
    ids = [challenge.id for challenge, *_ in rows]
    themes, replies = _themes(session, ids), _counts(session, ids)
    return tuple(
        Line(
            challenge.code,
            problem,
            themes.get(challenge.id, ()),
            challenge.state,
            challenge.posted_at,
            replies.get(challenge.id, 0),
            challenge.set_only,
            () if mine else (Whose(participant_id, THE_CHALLENGE, (problem,)),),
        )
        for challenge, problem, participant_id in rows
    )


def _counts(session: Session, challenge_ids: Collection[int]) -> Mapping[int, int]:
    rows = session.execute(
        _peers_replies()
        .with_only_columns(Reply.challenge_id, func.count())
        .where(Reply.challenge_id.in_(challenge_ids))
        .group_by(Reply.challenge_id)
    )
    return dict(rows.all())


def _themes(session: Session, challenge_ids: Collection[int]) -> Mapping[int, tuple[str, ...]]:
    found: dict[int, tuple[str, ...]] = {}
    for challenge_id, name in session.execute(
        select(ChallengeTheme.challenge_id, Theme.name)
        .join(Theme, Theme.id == ChallengeTheme.theme_id)
        .where(ChallengeTheme.challenge_id.in_(challenge_ids))
        .order_by(Theme.position, Theme.id)
    ):
        found[challenge_id] = (*found.get(challenge_id, ()), name)
    return found


def _participant(session: Session, viewer: Viewer, challenge_id: int) -> Participant | None:
    return session.scalar(
        select(Participant).where(
            Participant.thread_id == challenge_id, Participant.member_id == viewer.member_id
        )
    )


def _replies(
    session: Session, challenge: Challenge, labels: Mapping[int, str], me: Participant | None
) -> tuple[ReplyView, ...]:
    helped = (
        select(func.count(Mark.participant_id.distinct()))
        .where(Mark.reply_id == Reply.id, Mark.kind.in_((MarkKind.HELPED, MarkKind.SOLVED)))
        .correlate(Reply)
        .scalar_subquery()
    )
    rows = session.execute(
        select(Reply, helped)
        .where(Reply.challenge_id == challenge.id, Reply.state != ReplyState.WITHDRAWN)
        .order_by(Reply.id)
    )
    return tuple(
        ReplyView(
            one.id,
            one.ref,
            attribution.label(None, None) if one.public else labels[one.participant_id],
            one.kind,
            one.text,
            one.state,
            one.given_at,
            mine=me is not None and one.participant_id == me.id,
            helped=count,
            quotes=()
            if me is not None and one.participant_id == me.id
            else (Whose(one.participant_id, one.id, (one.text,)),),
        )
        for one, count in rows
    )
