"""Everything that a member can have among their peers, so that a test can see all of it go."""

from __future__ import annotations

from datetime import datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot import attribution, entry_words, interests
from bot.attribution import Participant
from bot.challenges import agreements, followers, marks, posts, replies, reports
from bot.challenges.models import Challenge, MarkKind, Reply, ReplyKind
from bot.challenges.posts import NewChallenge
from bot.challenges.routing import Routing
from bot.delivery import DeliveryRow
from bot.habits import HabitsRow, Nation
from bot.learning_sets import commitments, sets
from bot.learning_sets.agenda import PresentingIssue
from bot.learning_sets.commitment import Commitment, CommitmentSet, FromReply, Outcome
from bot.learning_sets.committed import Committed
from bot.learning_sets.invitations import SessionNotice
from bot.learning_sets.peers import SetPeers
from bot.learning_sets.reflections import Reflection
from bot.learning_sets.seats import Seat
from bot.learning_sets.sessions import SetSession
from bot.learning_sets.sets import SetFacilitator
from bot.learning_sets.shown import ShownWords
from bot.members import Member
from bot.nudges.record import Fate, NudgeRow
from bot.nudges.stopped import StoppedKind
from knowledge.models import Entry, Theme

ROUTING = Routing(SetPeers(), ZoneInfo("Europe/London"))


def live(session: Session, member: Member, other: Member, words: str, *, now: datetime) -> None:
    """`member` says `words` wherever a member can say anything; `other` is told what they say."""
    learning_set = sets.create(session, "North", now=now)
    for one in (member, other):
        sets.add_member(session, learning_set.id, one.id, now=now)
    me, them = sets.viewer(session, member), sets.viewer(session, other)
    interests.work_as(session, member.id, f"{words} officer")
    theme = session.scalars(select(Theme.id).limit(1)).one()
    interests.follow_themes(session, member.id, (theme,))
    new = NewChallenge(words, words, words, (theme,), learning_set.id, named=True)
    mine = posts.post(session, me, new, key="mine", routing=ROUTING, now=now)
    their_ref = replies.reply(
        session, them, mine, "try this", key="theirs", kind=ReplyKind.OFFER, now=now
    ).ref
    marks.mark(session, me, their_ref, MarkKind.HELPED, now=now)
    agreements.agree(session, me, mine, agreed=True, now=now)
    theirs = posts.post(
        session, them, NewChallenge("theirs"), key="theirs", routing=ROUTING, now=now
    )
    followers.same(session, me, theirs, now=now)
    for public in (True, False):
        replies.reply(
            session,
            me,
            theirs,
            words,
            key=f"mine {public}",
            kind=ReplyKind.OFFER,
            public=public,
            now=now,
        )
    reports.report(session, me, theirs, words, routing=ROUTING, now=now)
    _try(session, member, their_ref, words, now=now)
    _meet(session, member, learning_set.id, mine, words, now=now)
    attribution.voice(session, member.id)
    entry = session.scalars(select(Entry.id).limit(1)).one()
    attribution.took_part(session, entry, (member.id,))
    said = select(Participant.id).where(Participant.member_id == member.id).limit(1)
    entry_words.problem(session, entry, session.scalars(said).one())


def _try(session: Session, member: Member, ref: str, words: str, *, now: datetime) -> None:
    reply_id = session.scalars(select(Reply.id).where(Reply.ref == ref)).one()
    made = commitments.commit(
        session, member.id, words, source=FromReply(reply_id), check_back_on=now.date(), now=now
    )
    session.add(StoppedKind(member_id=member.id, kind="reflect"))
    commitments.tell(session, member.id, made.id, Outcome.WORKED, learning=words, now=now)


def _meet(
    session: Session, member: Member, set_id: int, code: str, words: str, *, now: datetime
) -> None:
    """A session that the member was invited to, and what came of it."""
    meeting = SetSession(
        set_id=set_id,
        code="M2X",
        uid="sample",
        starts_on=now.date(),
        starts_at=time(10),
        minutes=120,
        zone="Europe/London",
        planned_at=now,
        changed_at=now,
    )
    session.add(meeting)
    session.flush()
    challenge_id = session.scalars(select(Challenge.id).where(Challenge.code == code)).one()
    commitment_id = session.scalars(
        select(Commitment.id).where(Commitment.member_id == member.id)
    ).first()
    delivery_id = session.scalars(select(DeliveryRow.id).limit(1)).one()
    mine = {"member_id": member.id}
    session.add_all(
        (
            HabitsRow(**mine, nation=Nation.WALES, seniority=words),
            SetFacilitator(**mine, set_id=set_id),
            Seat(**mine, session_id=meeting.id),
            SessionNotice(delivery_id=delivery_id, session_id=meeting.id),
            PresentingIssue(
                **mine, session_id=meeting.id, challenge_id=challenge_id, volunteered_at=now
            ),
            Committed(commitment_id=commitment_id, session_id=meeting.id),
            CommitmentSet(commitment_id=commitment_id, set_id=set_id),
            Reflection(**mine, session_id=meeting.id, set_id=set_id, words=words, written_at=now),
            ShownWords(**mine, delivery_id=delivery_id, about="reflection:1"),
            NudgeRow(
                **mine,
                key="sample",
                kind="reflect",
                thing="session:1",
                due_at=now,
                useless_at=now,
                fate=Fate.SENT,
                decided_at=now,
            ),
        )
    )
    session.flush()
