"""Solutions as a card shows them: each with a number of its own, the better proven ones first.

A solution keeps its number while the order shifts, so "I tried number 2" means the same one for
good, on every card that was ever sent. A number is given once in an entry and never to another.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ForeignKey, Select, UniqueConstraint, and_, func, insert, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from knowledge.evidence import Evidence, counting_for, evidence
from knowledge.models import Base, Solution

_NONE = Evidence()


class SolutionNumber(Base):
    """The number of a solution in an entry; after a merge it has one in each of the two."""

    __tablename__ = "solution_number"
    __table_args__ = (UniqueConstraint("entry_id", "solution_id"),)

    entry_id: Mapped[str] = mapped_column(
        ForeignKey("entry.id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    solution_id: Mapped[int] = mapped_column(
        ForeignKey("solution.id", ondelete="CASCADE"), index=True
    )


@dataclass(frozen=True)
class SolutionView:
    """A solution that is not retired. `id` is the same for good, whatever is merged."""

    id: int
    number: int
    text: str
    evidence: Evidence = _NONE


def views(session: Session, entry_ids: Collection[str]) -> dict[str, tuple[SolutionView, ...]]:
    """The solutions of these entries in the order of their cards."""
    rows = session.execute(_numbered(entry_ids)).all()
    said = evidence(session, [row.id for row in rows]) if rows else {}
    found: dict[str, list[SolutionView]] = {}
    for row in rows:
        view = SolutionView(row.id, row.number, row.text, said.get(row.id, _NONE))
        found.setdefault(row.entry_id, []).append(view)
    return {entry_id: in_order(solutions) for entry_id, solutions in found.items()}


def numbers(session: Session, entry_ids: Collection[str]) -> dict[str, tuple[int, ...]]:
    """The numbers of these entries' solutions in the order of the entry, whatever is proven."""
    found: dict[str, list[int]] = {}
    for row in session.execute(_numbered(entry_ids)):
        found.setdefault(row.entry_id, []).append(row.number)
    return {entry_id: tuple(given) for entry_id, given in found.items()}


def _numbered(entry_ids: Collection[str]) -> Select[str, int, int, str]:
    given = and_(
        SolutionNumber.solution_id == Solution.id, SolutionNumber.entry_id == Solution.entry_id
    )
    return (
        select(Solution.entry_id, Solution.id, SolutionNumber.number, Solution.text)
        .join(SolutionNumber, given)
        .where(Solution.entry_id.in_(entry_ids), Solution.retired_at.is_(None))
        .order_by(Solution.position, Solution.id)
    )


def in_order(solutions: Iterable[SolutionView]) -> tuple[SolutionView, ...]:
    """Proven to help, then not proven, then proven not to; else as the entry has them."""
    return tuple(sorted(solutions, key=lambda solution: -solution.evidence.standing))


def solution_numbered(session: Session, entry_id: str, number: int) -> int | None:
    """The id of the solution that a card of this entry has shown, or shows, under a number.

    It may be retired since, or belong to the entry that this one was merged into.
    """
    found = session.scalar(
        select(SolutionNumber.solution_id).where(
            SolutionNumber.entry_id == entry_id, SolutionNumber.number == number
        )
    )
    return None if found is None else counting_for(session, found)


def number_first(session: Session, entry_ids: Collection[str]) -> None:
    """Give the solutions of entries that have just been added their numbers, from 1."""
    session.execute(
        insert(SolutionNumber).from_select(
            ["entry_id", "number", "solution_id"],
            select(Solution.entry_id, Solution.position + 1, Solution.id).where(
                Solution.entry_id.in_(entry_ids)
            ),
        )
    )


def number_more(session: Session, entry_id: str, solution_ids: Sequence[int]) -> None:
    """Give solutions that came to an entry their numbers; those that ever had one keep it."""
    here = SolutionNumber.entry_id == entry_id
    known = set(session.scalars(select(SolutionNumber.solution_id).where(here)))
    last = session.scalar(select(func.max(SolutionNumber.number)).where(here)) or 0
    news = [one for one in solution_ids if one not in known]
    rows = [
        {"entry_id": entry_id, "number": number, "solution_id": one}
        for number, one in enumerate(news, start=last + 1)
    ]
    if rows:
        session.execute(insert(SolutionNumber), rows)
