"""The widening circle: asks a handful of peers, then more, then the moderators, until one replies.

On PostgreSQL one transaction at a time chooses peers, in whatever process, so that two challenges
cannot both take a member's last place of the week. It waits for no other lock while it holds that.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select, text
from sqlalchemy.orm import Session

from bot import attribution, members
from bot.attribution import AUTHOR, Participant
from bot.challenges import peers, telling
from bot.challenges.models import (
    Asking,
    Challenge,
    ChallengeState,
    Circle,
    Reply,
    ReplyKind,
    ReplyState,
)
from bot.challenges.notices import Asked, Unanswered
from bot.challenges.routing import (
    HANDFUL,
    WIDER,
    Peer,
    Routing,
    Step,
    first_step,
    likely,
    next_step,
)
from knowledge.database import insert_new

_SIZES = {Circle.HANDFUL: HANDFUL, Circle.WIDER: WIDER}
_LOCK = 0x70656572  # "peer"


@dataclass(frozen=True)
class Progress:
    """What became of a challenge so far, for its author.

    At `next_at` it goes to `next_size` more peers, or to the moderators where `next_circle` says
    so; None where it goes no further.
    """

    asked: int
    replies: int
    same: int
    next_circle: Circle | None
    next_size: int
    next_at: datetime | None
    with_moderators: bool


def begin(session: Session, challenge: Challenge, routing: Routing, *, now: datetime) -> None:
    """A new challenge goes to its first peers, at once or when people work again."""
    _choose_alone(session)
    found = peers.candidates(session, challenge, routing, now=now)
    step = first_step(now, sum(peer.open for peer in found), routing)
    if step.at <= now:
        _carry(session, challenge, Circle.HANDFUL, found, routing, now=now)
    else:
        _plan(challenge, step)


def any_due(session: Session, *, now: datetime) -> bool:
    """Whether a challenge has waited long enough: a plain read."""
    return session.scalar(select(_due(now).exists())) is True


def widen_next(session: Session, routing: Routing, *, now: datetime) -> bool:
    """Carries one challenge that is due to its next circle. False when none is left for us."""
    challenge = session.scalar(
        _due(now)
        .order_by(Challenge.widen_at, Challenge.id)
        .limit(1)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    )
    if challenge is None:
        return False
    _choose_alone(session)
    found = peers.candidates(session, challenge, routing, now=now)
    to = _next(challenge, found)
    _carry(session, challenge, to, found, routing, now=now)
    return True


def stop(challenge: Challenge) -> None:
    """It goes no further for now."""
    challenge.widen_at, challenge.next_size = None, 0


def resume(session: Session, challenge: Challenge, routing: Routing, *, now: datetime) -> None:
    """An open challenge that has no reply any more goes on from where it stood."""
    if challenge.state is not ChallengeState.OPEN or answered(session, challenge.id):
        return
    found = peers.candidates(session, challenge, routing, now=now)
    _plan(challenge, _step(challenge, found, asked=0, routing=routing, now=now))


def answered(session: Session, challenge_id: int) -> bool:
    """Whether a reply of a peer stands."""
    return session.scalar(select(_standing(challenge_id).exists())) is True


def progress(session: Session, challenge: Challenge) -> Progress:
    """The author's view of their own challenge."""
    asked = select(func.count()).select_from(Asking).join(Participant)
    replies = select(func.count()).select_from(_standing(challenge.id).subquery())
    going_on = challenge.widen_at is not None
    return Progress(
        asked=session.scalars(asked.where(Participant.thread_id == challenge.id)).one(),
        replies=session.scalars(replies).one(),
        same=telling.same_count(session, challenge.id),
        next_circle=_planned(challenge) if going_on else None,
        next_size=challenge.next_size,
        next_at=challenge.widen_at,
        with_moderators=challenge.circle is Circle.MODERATORS,
    )


def _due(now: datetime) -> Select[Challenge]:
    return select(Challenge).where(
        Challenge.state == ChallengeState.OPEN, Challenge.widen_at <= now
    )


def _standing(challenge_id: int) -> Select[int]:
    """Replies of peers that have not been withdrawn, however they were given."""
    return (
        select(Reply.id)
        .join(Participant, Participant.id == Reply.participant_id)
        .where(
            Reply.challenge_id == challenge_id,
            Reply.state != ReplyState.WITHDRAWN,
            Reply.kind != ReplyKind.AUTHOR,
            Participant.number.is_(None) | (Participant.number != AUTHOR),
        )
    )


def _planned(challenge: Challenge) -> Circle:
    """The circle that was promised: sizes are promised for peers alone."""
    if challenge.circle is Circle.NOBODY:
        return Circle.HANDFUL
    return Circle.WIDER if challenge.next_size else Circle.MODERATORS


def _next(challenge: Challenge, found: Sequence[Peer]) -> Circle:
    """Where it goes now, for as things are now: whom to ask may have come or gone meanwhile."""
    if challenge.circle is Circle.NOBODY:
        return Circle.HANDFUL
    if challenge.circle is Circle.HANDFUL and (
        challenge.set_only or any(peer.open for peer in found)
    ):
        return Circle.WIDER
    return Circle.MODERATORS


def _carry(
    session: Session,
    challenge: Challenge,
    to: Circle,
    found: Sequence[Peer],
    routing: Routing,
    *,
    now: datetime,
) -> None:
    """Asks, and plans what follows if nobody replies."""
    chosen: tuple[Peer, ...] = ()
    if to is Circle.MODERATORS:
        _ask_moderators(session, challenge, now=now)
    else:
        chosen = likely(found, _SIZES[to], seed=challenge.code)
        _ask(session, challenge, chosen, now=now)
    challenge.circle = to
    chosen_ids = {peer.member_id for peer in chosen}
    left = [peer for peer in found if peer.member_id not in chosen_ids]
    _plan(challenge, _step(challenge, left, asked=len(chosen), routing=routing, now=now))
    session.flush()


def _step(
    challenge: Challenge, left: Sequence[Peer], *, asked: int, routing: Routing, now: datetime
) -> Step | None:
    return next_step(
        challenge.circle,
        now,
        asked=asked,
        left=sum(peer.open for peer in left),
        set_only=challenge.set_only,
        routing=routing,
    )


def _plan(challenge: Challenge, step: Step | None) -> None:
    challenge.widen_at = step.at if step is not None else None
    challenge.next_size = step.size if step is not None else 0


def _ask(session: Session, challenge: Challenge, chosen: Sequence[Peer], *, now: datetime) -> None:
    inside = attribution.participants(session, challenge.id, [peer.member_id for peer in chosen])
    rows = [{"participant_id": one.id, "asked_at": now} for one in inside.values()]
    new = insert_new(session, Asking, rows, Asking.participant_id)
    why = {inside[peer.member_id].id: peer.why for peer in chosen}
    asked = {one: reason for one, reason in why.items() if one in new}
    telling.tell(session, challenge, Asked(asked), now=now)
    challenge.asked_at = now if asked else challenge.asked_at


def _ask_moderators(session: Session, challenge: Challenge, *, now: datetime) -> None:
    challenge.digest_at = now
    inside = attribution.participants(session, challenge.id, members.moderators(session))
    to = frozenset(one.id for one in inside.values())
    telling.tell(session, challenge, Unanswered(to), now=now)


def _choose_alone(session: Session) -> None:
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
