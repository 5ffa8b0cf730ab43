"""What a flow may look up of challenges, of replies and of what a member will try. It only reads.

Whatever the member may not see is None here, as what does not exist is.
"""

from __future__ import annotations

from functools import cached_property

from sqlalchemy.orm import Session

from bot import interests
from bot.challenges import circle, errors, gate, reports, views, written
from bot.challenges.circle import Progress
from bot.challenges.gate import Viewer
from bot.challenges.reports import ReportView
from bot.challenges.views import ChallengeView, Line, ReplyView
from bot.challenges.written import Written
from bot.interests import Facts
from bot.learning_sets import commitments, sets
from bot.learning_sets.commitments import Commitment
from bot.members import Member

MOST_LISTED = 200


class Threads:
    """Bound to one transaction and one member."""

    def __init__(self, session: Session, member_id: int) -> None:
        self._session = session
        self._member_id = member_id

    @cached_property
    def _viewer(self) -> Viewer:
        return sets.viewer(self._session, self._session.get_one(Member, self._member_id))

    def view(self, code: str) -> ChallengeView | None:
        try:
            return views.view(self._session, self._viewer, code)
        except errors.NoSuchChallenge:
            return None

    def with_reply(self, ref: str) -> tuple[ChallengeView, ReplyView] | None:
        """A reply that stands, and its thread."""
        try:
            challenge, _ = gate.seen_reply(self._session, self._viewer, ref)
        except errors.NoSuchReply:
            return None
        seen = views.view(self._session, self._viewer, challenge.code)
        return next(((seen, one) for one in seen.replies if one.ref == ref), None)

    def open_to_me(self) -> tuple[Line, ...]:
        """Open challenges of others, newest first."""
        return views.listed(self._session, self._viewer, limit=MOST_LISTED)

    def mine(self) -> tuple[Line, ...]:
        """The member's own, whatever became of them, newest first; none that is withdrawn."""
        return views.own(self._session, self._viewer, limit=MOST_LISTED)

    def progress(self, code: str) -> Progress:
        """Of a challenge that the member can see. Raises NoSuchChallenge."""
        return circle.progress(self._session, gate.seen(self._session, self._viewer, code))

    def written(self) -> tuple[Written, ...]:
        """The member's own replies, newest first."""
        return written.replies_of(self._session, self._member_id, limit=MOST_LISTED)

    def own_reply(self, ref: str) -> Written | None:
        return written.own_reply(self._session, self._member_id, ref)

    def reports(self) -> tuple[ReportView, ...]:
        """What waits for this member to look at, oldest first."""
        return reports.waiting(self._session, self._viewer)

    def commitments(self) -> tuple[Commitment, ...]:
        """What the member will try, or has tried, soonest to be asked about first."""
        return commitments.of(self._session, self._member_id)

    def in_a_set(self) -> bool:
        return bool(self._viewer.sets)

    def facts(self) -> Facts:
        """What the member said of themselves."""
        return interests.of(self._session, self._member_id)
