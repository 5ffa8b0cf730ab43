"""Two workers and one board, at the same moment on PostgreSQL: each challenge is pinned once."""

from __future__ import annotations

import threading
from datetime import datetime

import pytest

from bot.boards.board import Notice
from bot.boards.upkeep import keep_up
from tests.bot.challenges.conftest import routing, town
from tests.bot.challenges.town import Town, at_once

__all__ = ["routing", "town"]


class Cork:
    """A board in memory that notes what is pinned."""

    address = "cork:1"

    def __init__(self) -> None:
        self.pinned: list[str] = []
        self._lock = threading.Lock()

    def pin(self, notice: Notice) -> str:
        with self._lock:
            self.pinned.append(notice.content.text)
            return f"cork:1:{len(self.pinned)}"

    def find(self, notice: Notice) -> str | None:
        raise AssertionError(f"{notice.ref} is looked for though nobody crashed")

    def change(self, place: str, notice: Notice) -> None:
        raise AssertionError(f"{place} is changed to {notice.ref} though nothing changed")

    def take_down(self, place: str, notice: Notice) -> None:
        raise AssertionError(f"{place} is taken down for {notice.ref}")


@pytest.mark.parametrize("make_database", ["postgresql"], indirect=True)
def test_four_workers_pin_each_challenge_once(town: Town, now: datetime) -> None:
    asha, board = town.member("Asha"), Cork()
    codes = [town.posts(asha, f"Problem {number}") for number in range(6)]
    for _ in codes:
        keeping = (lambda: keep_up(town.database, board, now=now),) * 4
        assert at_once(*keeping) == [None] * 4
    assert sorted(code for code in codes for text in board.pinned if code in text) == sorted(codes)
    assert len(board.pinned) == len(codes)
