"""Brings a notice board up to date, a post in a transaction; nothing is shown before commit."""

from __future__ import annotations

from datetime import datetime

import structlog

from bot.boards import posts
from bot.boards.board import Board
from bot.boards.posts import Due
from bot.delivery import SendLater, SendRefused
from knowledge.database import Database

MOST_AT_ONCE = 2
"""Posts of one round. The next comes two seconds later, and a board takes about one a second."""

log = structlog.get_logger()


def keep_up(database: Database, board: Board, *, now: datetime) -> None:
    for _ in range(MOST_AT_ONCE):
        with database.reading() as session:
            if not posts.any_due(session, board.address, now=now):
                return
        with database.writing() as session:
            due = posts.claim(session, board.address, now=now)
        if due is None or not _kept_up(database, board, due, now=now):
            return


def _kept_up(database: Database, board: Board, due: Due, *, now: datetime) -> bool:
    """False where the board asks us to wait."""
    place, reason = due.place, None
    try:
        place = _show(board, due)
    except SendLater as error:
        log.warning("board_postponed", ref=due.notice.ref, reason=str(error))
        with database.writing() as session:
            posts.postponed(session, due, error, now=now)
        return False
    except SendRefused as error:
        reason = str(error)
        log.warning("board_refused", ref=due.notice.ref, reason=reason)
    with database.writing() as session:
        posts.settled(session, due, place, reason)
    return True


def _show(board: Board, due: Due) -> str | None:
    """Where it hangs now."""
    place = due.place
    if place is None and due.unsettled:
        place = board.find(due.notice)
    if place is None:
        return board.pin(due.notice) if due.pins else None
    if due.take_down:
        board.take_down(place, due.notice)
    elif not due.same:
        board.change(place, due.notice)
    return place
