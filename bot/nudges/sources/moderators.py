"""The moderators' week: on Mondays, what waits for them, where anything does."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot import learning
from bot.challenges import views
from bot.challenges.models import Report
from bot.members import Member, Role
from bot.nudges.kinds import Kind
from bot.nudges.nudge import Nudge, OfWeek
from bot.nudges.window import Some, Window
from knowledge.curation import drafts, reviews

FOR_DAYS = timedelta(days=4)


def due(session: Session, some: Some, window: Window) -> Iterator[Nudge]:
    monday = _monday(window)
    at, useless_at = window.morning(monday), window.morning(monday + FOR_DAYS)
    if not window.holds(at, useless_at):
        return
    moderators = session.scalars(
        select(Member.id).where(
            some.has(Member.id), Member.role.in_((Role.MODERATOR, Role.ADMINISTRATOR))
        )
    ).all()
    if not moderators:
        return
    week = _waiting(session, window)
    if week == OfWeek(0, 0, 0, 0):
        return
    thing = f"{Kind.MODERATORS_WEEK}:{monday}"
    for member_id in moderators:
        key = f"{thing}:{member_id}"
        yield Nudge(key, member_id, Kind.MODERATORS_WEEK, thing, at, useless_at, week)


def _monday(window: Window) -> date:
    """The latest in the window."""
    return window.last_day - timedelta(days=window.last_day.weekday())


def _waiting(session: Session, window: Window) -> OfWeek:
    reports = select(func.count()).select_from(Report).where(Report.settled_at.is_(None))
    gaps = len(learning.gaps(session)) + len(views.gaps(session, now=window.until))
    proposed = len(drafts.waiting(session)) + len(learning.waiting(session))
    due_for_review = len(reviews.due_for_review(session, window.last_day))
    return OfWeek(proposed, session.scalars(reports).one(), gaps, due_for_review)
