"""Asking a member how it went with what they meant to try: on the day, and twice more at most.

A row for each time of asking is its natural key: however many processes look at the same moment,
one of them asks. Whoever stopped the bot is never asked; whoever wants quiet, fills in a form or
was asked about something else today is asked later; and nobody is asked while people do not work.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import (
    ColumnElement,
    Date,
    ForeignKey,
    ScalarSelect,
    Select,
    and_,
    exists,
    func,
    or_,
    select,
)
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column

from bot import members, outbox
from bot.delivery import Recipient
from bot.drafts import DraftStatus, FormDraft
from bot.interests import Interests
from bot.learning_sets.commitments import OPEN, Commitment, Outcome
from bot.members import Member
from bot.messages import Channel, Choice, Text
from bot.wording import trying as wording
from bot.working_days import WorksOn, in_hours
from knowledge.database import insert_new
from knowledge.models import Base, UtcDateTime

REMINDERS = (timedelta(days=3), timedelta(days=7))
"""After asking, and after the first reminder."""
A_FORM_IS_IN_HAND = timedelta(hours=1)
ONE_A_DAY = timedelta(hours=20)
"""How long nobody is asked about a second thing: till the next working day begins."""
AT_ONCE = 50


class CheckBack(Base):
    """A member was asked about a commitment: the first, second or third time for that day."""

    __tablename__ = "check_back"

    commitment_id: Mapped[int] = mapped_column(
        ForeignKey("commitment.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    day: Mapped[date] = mapped_column(Date, primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)


def any_due(session: Session, zone: ZoneInfo, works_on: WorksOn, *, now: datetime) -> bool:
    """Whether anybody should be asked now: a plain read."""
    return in_hours(now, zone, works_on) and session.execute(_due(zone, now)).first() is not None


def ask_due(session: Session, zone: ZoneInfo, works_on: WorksOn, *, now: datetime) -> int:
    """Asks those who should be asked now, each about one thing. How many were asked.

    A member whose message is being handled at this moment is asked the next time.
    """
    if not in_hours(now, zone, works_on):
        return 0
    question = _due(zone, now).with_for_update(of=Member, key_share=True, skip_locked=True)
    first: dict[int, tuple[Commitment, int]] = {}
    for commitment, times in session.execute(question):
        first.setdefault(commitment.member_id, (commitment, times))
    reached = members.addresses(session, list(first))
    return sum(
        _ask(session, commitment, times, *reached[member_id], now=now)
        for member_id, (commitment, times) in first.items()
        if member_id in reached
    )


def _ask(
    session: Session,
    commitment: Commitment,
    times: int,
    channel: Channel,
    address: str,
    *,
    now: datetime,
) -> bool:
    """Enqueues the question, unless another process has."""
    row = {
        "commitment_id": commitment.id,
        "day": commitment.check_back_on,
        "number": times,
        "asked_at": now,
    }
    if not insert_new(session, CheckBack, [row], CheckBack.commitment_id):
        return False
    to = Recipient(channel, address, member_id=commitment.member_id)
    outbox.enqueue(session, (question(commitment, times),), to, now=now)
    return True


def question(commitment: Commitment, times: int) -> Text:
    """How did it go? `times` is how often that was asked before."""
    left = len(REMINDERS) - times
    told = wording.how_did_it_go(commitment.what, commitment.made_at, reminders_left=left)
    return Text(
        told, (*outcome_choices(commitment.id), Choice(wording.LET_GO, f"let-go:{commitment.id}"))
    )


def outcome_choices(commitment_id: int) -> tuple[Choice, ...]:
    return tuple(
        Choice(wording.OUTCOMES[one.value], f"went:{commitment_id}:{one.value}") for one in Outcome
    )


def _due(zone: ZoneInfo, now: datetime) -> Select[Commitment, int]:
    """What should be asked about now, and how often each was asked about for its day."""
    for_its_day = (CheckBack.commitment_id == Commitment.id) & (
        CheckBack.day == Commitment.check_back_on
    )
    times = select(func.count()).select_from(CheckBack).where(for_its_day).scalar_subquery()
    last = select(func.max(CheckBack.asked_at)).where(for_its_day).scalar_subquery()
    return (
        select(Commitment, times)
        .join(Member, Member.id == Commitment.member_id)
        .where(
            Commitment.check_back_on <= now.astimezone(zone).date(),
            OPEN,
            Member.stopped_at.is_(None),
            _is_time(times, last, now),
            ~_wants_quiet(now),
            ~_fills_in_a_form(now),
            ~_was_asked_today(now),
        )
        .order_by(Commitment.check_back_on, Commitment.id)
        .limit(AT_ONCE)
    )


def _is_time(
    times: ScalarSelect[int], last: ScalarSelect[datetime], now: datetime
) -> ColumnElement[bool]:
    reminded = (
        and_(times == number, last <= now - after) for number, after in enumerate(REMINDERS, 1)
    )
    return or_(times == 0, *reminded)


def _wants_quiet(now: datetime) -> ColumnElement[bool]:
    return exists().where(Interests.member_id == Member.id, Interests.muted_until > now)


def _fills_in_a_form(now: datetime) -> ColumnElement[bool]:
    return exists().where(
        FormDraft.member_id == Member.id,
        FormDraft.status == DraftStatus.OPEN,
        FormDraft.touched_at > now - A_FORM_IS_IN_HAND,
    )


def _was_asked_today(now: datetime) -> ColumnElement[bool]:
    other = aliased(Commitment)
    return exists().where(
        other.member_id == Member.id,
        CheckBack.commitment_id == other.id,
        CheckBack.asked_at > now - ONE_A_DAY,
    )
