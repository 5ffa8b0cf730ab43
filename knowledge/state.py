"""The number of the last change of knowledge: how one process learns of another's change."""

from __future__ import annotations

from typing import cast

from sqlalchemy import CursorResult, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from knowledge.models import KnowledgeState

_ROW = 1


def version(session: Session) -> int:
    """The number of the last change; 0 where nothing was ever changed."""
    return session.scalar(select(KnowledgeState.version)) or 0


def next_version(session: Session) -> int:
    """Count one change and hold the row until commit.

    Because the row stays locked, whoever reads version N also sees every change up to N.
    """
    if not _bump(session):
        _make_row(session)
        _bump(session)
    return version(session)


def hold(session: Session) -> None:
    """Let no other change of knowledge begin until commit; counts none.

    What must look before it changes holds first: what it then reads stays true.
    """
    held = select(KnowledgeState.id).with_for_update()  # SQLite's writer holds everything anyway
    if session.scalar(held) is None:
        _make_row(session)
        session.scalar(held)


def row(session: Session) -> KnowledgeState:
    """The one row, made where it is missing."""
    found = session.get(KnowledgeState, _ROW)
    if found is None:
        _make_row(session)
        found = session.get_one(KnowledgeState, _ROW)
    return found


def _bump(session: Session) -> bool:
    change = update(KnowledgeState).values(version=KnowledgeState.version + 1)
    result = session.execute(change, execution_options={"synchronize_session": "fetch"})
    return cast("CursorResult[tuple[()]]", result).rowcount == 1


def _make_row(session: Session) -> None:
    try:
        with session.begin_nested():
            session.execute(insert(KnowledgeState).values(id=_ROW, version=0))
    except IntegrityError:
        return  # another process made it at the same moment
