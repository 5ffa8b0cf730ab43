"""What came of trying a solution: one voice a person, and which solutions have proven themselves.

Who tried is a token that the caller gives; on this floor it names nobody.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String, Text, delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from knowledge.database import one_of
from knowledge.errors import SolutionUnknown, TrialUnfit
from knowledge.models import TOKEN_LENGTH, Base, Solution, UtcDateTime

LONGEST_LEARNT = 200
"""Characters of what was learnt: a line on a card, not a story."""
ENOUGH_VOICES = 3
"""Voices from which a solution may change its place on the card."""
_MOST_LEARNT = 3
_Z = 1.96
"""Of the 95 % interval in Wilson's score (E. B. Wilson, 1927)."""


class Outcome(StrEnum):
    WORKED = "worked"
    PARTLY = "partly"
    DID_NOT = "did not"
    NOT_YET = "not yet"


class Trial(Base):
    """One voice on one solution; a correction replaces it. `shown`: others may read `learnt`."""

    __tablename__ = "trial"

    solution_id: Mapped[int] = mapped_column(
        ForeignKey("solution.id", ondelete="CASCADE"), primary_key=True
    )
    voice: Mapped[str] = mapped_column(String(TOKEN_LENGTH), primary_key=True, index=True)
    outcome: Mapped[Outcome] = mapped_column(one_of(Outcome, "outcome"))
    learnt: Mapped[str | None] = mapped_column(Text)
    shown: Mapped[bool]
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class SolutionTwin(Base):
    """A solution of a merged entry that says what another says: its voices count for that one."""

    __tablename__ = "solution_twin"

    solution_id: Mapped[int] = mapped_column(
        ForeignKey("solution.id", ondelete="CASCADE"), primary_key=True
    )
    counts_for: Mapped[int] = mapped_column(
        ForeignKey("solution.id", ondelete="CASCADE"), index=True
    )


@dataclass(frozen=True)
class Evidence:
    """Counts of voices, and what they learnt where they let others read it, newest first."""

    worked: int = 0
    partly: int = 0
    did_not: int = 0
    learnt: tuple[str, ...] = ()

    @property
    def tried(self) -> int:
        """Voices that have tried; who has "not yet" does not count."""
        return self.worked + self.partly + self.did_not

    @property
    def standing(self) -> float:
        """-1 to 1, in tenths: above 0 is proven to help, below 0 proven not to, 0 not proven.

        The lower end of Wilson's interval for the share that it worked for ("partly" is half), or,
        where it failed more often than not, of the share that it failed for. Tenths, and a least
        number of voices, keep solutions in their places until the difference means something.
        """
        if self.tried < ENOUGH_VOICES:
            return 0.0
        share = (self.worked + self.partly / 2) / self.tried
        if share >= 0.5:
            return round(_least(share, self.tried), 1)
        return -round(_least(1 - share, self.tried), 1)


def record_trial(
    session: Session,
    solution_id: int,
    voice: str,
    outcome: Outcome,
    *,
    now: datetime,
    learnt: str | None = None,
    shown: bool = False,
) -> None:
    """Keep what came of it, in place of what this voice said before. An older word changes nothing.

    Raises SolutionUnknown and TrialUnfit.
    """
    line = " ".join((learnt or "").split()) or None
    if line is not None and len(line) > LONGEST_LEARNT:
        raise TrialUnfit(reason=f"is longer than {LONGEST_LEARNT} characters")
    counted = counting_for(session, solution_id)
    there = select(Solution.id).where(Solution.id == counted)
    # Held until commit, so that nobody deletes it between this look and the count.
    if session.scalar(there.with_for_update(read=True, key_share=True)) is None:
        raise SolutionUnknown(solution_id=solution_id)
    said = {"outcome": outcome, "learnt": line, "shown": shown, "at": now}
    insert = (postgresql if session.get_bind().dialect.name == "postgresql" else sqlite).insert
    session.execute(
        insert(Trial)
        .values(solution_id=counted, voice=voice, **said)
        .on_conflict_do_update(
            index_elements=[Trial.solution_id, Trial.voice], set_=said, where=Trial.at <= now
        )
    )


def withdraw_trial(session: Session, solution_id: int, voice: str) -> None:
    """This voice takes back what it said of the solution, under whichever entry it was said."""
    counted = counting_for(session, solution_id)
    all_of_it = {counted, *_twins(session, {counted})}
    session.execute(delete(Trial).where(Trial.solution_id.in_(all_of_it), Trial.voice == voice))


def forget_voice(session: Session, voice: str) -> None:
    """Everything that this voice said goes."""
    session.execute(delete(Trial).where(Trial.voice == voice))


def counting_for(session: Session, solution_id: int) -> int:
    """The solution that this one's voices count for; itself, where it has no twin."""
    seen = {solution_id}
    while True:
        found = session.scalar(
            select(SolutionTwin.counts_for).where(SolutionTwin.solution_id == solution_id)
        )
        if found is None or found in seen:
            return solution_id
        seen.add(found)
        solution_id = found


def evidence(session: Session, solution_ids: Iterable[int]) -> dict[int, Evidence]:
    """What there is for each of these solutions; those that nobody spoke of are left out."""
    ids = set(solution_ids)
    counts_for = {one: one for one in ids} | _twins(session, ids)
    voices: dict[tuple[int, str], Trial] = {}
    for trial in session.scalars(
        select(Trial)
        .where(Trial.solution_id.in_(counts_for))
        .order_by(Trial.at.desc(), Trial.solution_id, Trial.voice)
    ):
        voices.setdefault((counts_for[trial.solution_id], trial.voice), trial)
    said: dict[int, list[Trial]] = {}
    for (solution_id, _), trial in voices.items():
        said.setdefault(solution_id, []).append(trial)
    return {solution_id: _counted(trials) for solution_id, trials in said.items()}


def _twins(session: Session, ids: Collection[int]) -> dict[int, int]:
    """The solutions whose voices count for these, each with the one it counts for."""
    ends = {one: one for one in ids}
    newest = set(ids)
    while newest:
        rows = session.execute(
            select(SolutionTwin.solution_id, SolutionTwin.counts_for).where(
                SolutionTwin.counts_for.in_(newest), SolutionTwin.solution_id.not_in(ends)
            )
        ).all()
        newest = {row.solution_id for row in rows}
        ends |= {row.solution_id: ends[row.counts_for] for row in rows}
    return {twin: end for twin, end in ends.items() if twin not in ids}


def _counted(newest_first: Collection[Trial]) -> Evidence:
    count = {
        outcome: sum(trial.outcome is outcome for trial in newest_first) for outcome in Outcome
    }
    learnt = [t.learnt for t in newest_first if t.shown and t.learnt]
    return Evidence(
        count[Outcome.WORKED],
        count[Outcome.PARTLY],
        count[Outcome.DID_NOT],
        tuple(dict.fromkeys(learnt))[:_MOST_LEARNT],
    )


def _least(share: float, voices: int) -> float:
    """The lower end of Wilson's interval for a share of so many voices."""
    z2 = _Z * _Z
    middle = share + z2 / (2 * voices)
    spread = _Z * math.sqrt(share * (1 - share) / voices + z2 / (4 * voices * voices))
    return (middle - spread) / (1 + z2 / voices)
