"""Two live entries under themes, to curate."""

from __future__ import annotations

from datetime import datetime

import pytest

from knowledge.curation.content import Content, content
from knowledge.database import Database
from knowledge.entries import NewEntry, add_all
from knowledge.themes import NewTheme, add_themes

BOARD = NewEntry(
    id="board",
    problem="How do we get the partnership board to engage?",
    solutions=("Meet face to face.", "Keep papers short.", "Agree terms of reference."),
    themes=("people",),
    phrases=("sleepy board",),
    source="a set in 2023",
)
PANEL = NewEntry(
    id="panel",
    problem="Our panel members never answer, what helps?",
    solutions=("keep papers short", "Ring each of them."),
    themes=("governance",),
    phrases=("silent panel", "sleepy board"),
)


@pytest.fixture
def shelf(database: Database, now: datetime) -> Database:
    with database.writing() as session:
        add_themes(
            session, [NewTheme("people", "Relationships"), NewTheme("governance", "Governance")]
        )
        add_all(session, [BOARD, PANEL], now=now)
    return database


def says(database: Database, entry_id: str) -> Content:
    with database.reading() as session:
        found = content(session, entry_id)
    assert found is not None
    return found
