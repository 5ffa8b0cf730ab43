"""What members report of a solution, as the knowledge counts it: one voice a member, no names."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from bot import attribution, entry_words, members
from knowledge import evidence
from knowledge.errors import SolutionUnknown
from knowledge.evidence import LONGEST_LEARNT, Outcome
from knowledge.redaction import find_identifiers
from knowledge.solutions import solution_numbered


@dataclass(frozen=True)
class Report:
    """How it went for a member. `learnt` is what others may read of it, or nothing."""

    member_id: int
    outcome: Outcome
    learnt: str
    told_at: datetime


def solution_tried(
    session: Session, *, reply_id: int | None, entry_id: str | None, number: int | None
) -> int | None:
    """The solution behind what was tried: by its number on a card, or what a reply became."""
    if entry_id is not None and number is not None:
        return solution_numbered(session, entry_id, number)
    return entry_words.solution_of(session, reply_id) if reply_id is not None else None


def count(session: Session, solution_id: int, report: Report) -> None:
    """Counts a report in place of what this member said before; an older one changes nothing.

    A line that may give somebody away is not shown, and neither is more than a card's line holds.
    """
    learnt = " ".join(report.learnt.split())
    safe = not find_identifiers(learnt, members.all_names(session)) if learnt else False
    with suppress(SolutionUnknown):  # it was taken back meanwhile
        evidence.record_trial(
            session,
            solution_id,
            attribution.voice(session, report.member_id),
            report.outcome,
            now=report.told_at,
            learnt=_line(learnt) if safe else None,
            shown=safe,
        )


def _line(learnt: str) -> str:
    if len(learnt) <= LONGEST_LEARNT:
        return learnt
    return f"{learnt[: LONGEST_LEARNT - 1].rstrip()}…"
