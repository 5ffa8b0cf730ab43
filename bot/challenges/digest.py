"""What a digest of themes tells: what nobody has answered yet, to those who follow its themes."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session

from bot.attribution import Participant
from bot.challenges.models import Challenge, ChallengeTheme, ChallengeWords
from bot.challenges.views import unanswered
from bot.interests import FollowedTheme


@dataclass(frozen=True)
class Unheard:
    """A challenge that came to the moderators and is unanswered still. `participant_id`: its
    author, in its thread. `came_at`: when it came to the moderators.
    """

    challenge_id: int
    participant_id: int
    code: str
    problem: str
    came_at: datetime


def for_digest(session: Session, *, since: datetime) -> tuple[Unheard, ...]:
    """What came to the moderators since then, and is still unanswered; nothing of a set's own."""
    rows = session.execute(
        unanswered()
        .with_only_columns(
            Challenge.id,
            ChallengeWords.participant_id,
            Challenge.code,
            ChallengeWords.problem,
            Challenge.digest_at,
        )
        .where(Challenge.digest_at >= since)
        .order_by(Challenge.digest_at, Challenge.id)
    )
    return tuple(
        Unheard(challenge_id, participant_id, code, problem, came_at)
        for challenge_id, participant_id, code, problem, came_at in rows
        if came_at is not None
    )


def readers(
    session: Session, challenge_ids: Collection[int], who: ColumnElement[bool]
) -> dict[int, set[int]]:
    """Who should hear of which challenge: they follow a theme of it, and are not in it already.

    `who` narrows the followers down.
    """
    inside = exists().where(
        Participant.thread_id == ChallengeTheme.challenge_id,
        Participant.member_id == FollowedTheme.member_id,
    )
    rows = session.execute(
        select(FollowedTheme.member_id, ChallengeTheme.challenge_id)
        .join(ChallengeTheme, ChallengeTheme.theme_id == FollowedTheme.theme_id)
        .where(ChallengeTheme.challenge_id.in_(challenge_ids), who, ~inside)
    )
    found: dict[int, set[int]] = {}
    for member_id, challenge_id in rows:
        found.setdefault(member_id, set()).add(challenge_id)
    return found
