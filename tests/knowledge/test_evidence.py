"""What came of trying: one voice a person, honest counts, and an order that does not jump about."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from knowledge.database import Database
from knowledge.entries import NewEntry, add, entry
from knowledge.errors import SolutionUnknown, TrialUnfit
from knowledge.evidence import (
    LONGEST_LEARNT,
    Evidence,
    Outcome,
    Trial,
    evidence,
    forget_voice,
    record_trial,
    withdraw_trial,
)
from knowledge.search import Engine
from knowledge.semantic import Embedder
from knowledge.solutions import solution_numbered
from knowledge.why import Part

THREE = NewEntry("How?", id="how", solutions=("Ask.", "Listen to birds.", "Walk."))


@pytest.fixture
def ids(database: Database, now: datetime) -> list[int]:
    with database.writing() as session:
        add(session, THREE, now=now)
        view = entry(session, "how")
    assert view is not None
    return [solution.id for solution in view.numbered]


def tell(
    database: Database, solution_id: int, now: datetime, outcomes: str, first: int = 0
) -> None:
    """A letter a voice: worked, partly, did not (`x`), not yet (`-`)."""
    meant = {"w": Outcome.WORKED, "p": Outcome.PARTLY, "x": Outcome.DID_NOT, "-": Outcome.NOT_YET}
    with database.writing() as session:
        for voice, letter in enumerate(outcomes, start=first):
            record_trial(session, solution_id, f"voice-{voice}", meant[letter], now=now)


def numbers(database: Database) -> list[int]:
    with database.reading() as session:
        view = entry(session, "how")
    assert view is not None
    return [solution.number for solution in view.numbered]


def test_voices_are_counted_and_not_yet_is_not_tried(
    database: Database, now: datetime, ids: list[int]
) -> None:
    tell(database, ids[0], now, "wwwp-x")
    with database.reading() as session:
        found = evidence(session, ids)
    assert found == {ids[0]: Evidence(3, 1, 1)}
    assert found[ids[0]].tried == 5


def test_a_correction_replaces_and_an_older_word_does_not(
    database: Database, now: datetime, ids: list[int]
) -> None:
    later = now + timedelta(days=1)
    with database.writing() as session:
        record_trial(session, ids[0], "a", Outcome.WORKED, now=now)
        record_trial(session, ids[0], "a", Outcome.DID_NOT, now=later)
        record_trial(session, ids[0], "a", Outcome.WORKED, now=now)
        assert evidence(session, ids) == {ids[0]: Evidence(0, 0, 1)}


def test_what_was_learnt_is_shown_only_where_it_is_allowed(
    database: Database, now: datetime, ids: list[int]
) -> None:
    with database.writing() as session:
        record_trial(session, ids[0], "a", Outcome.WORKED, learnt="Go\nearly.", shown=True, now=now)
        record_trial(session, ids[0], "b", Outcome.WORKED, learnt="In secret.", now=now)
        assert evidence(session, ids)[ids[0]].learnt == ("Go early.",)
        record_trial(
            session, ids[0], "a", Outcome.WORKED, learnt="Go early.", now=now + timedelta(hours=1)
        )
        assert evidence(session, ids)[ids[0]].learnt == ()
        longest = "x" * LONGEST_LEARNT
        record_trial(session, ids[0], "c", Outcome.WORKED, learnt=longest, now=now)
        with pytest.raises(TrialUnfit, match="longer than 200"):
            record_trial(session, ids[0], "c", Outcome.WORKED, learnt=f"{longest}x", now=now)
        with pytest.raises(SolutionUnknown):
            record_trial(session, 4711, "c", Outcome.WORKED, now=now)


def test_a_voice_can_take_one_word_back_or_everything(
    database: Database, now: datetime, ids: list[int]
) -> None:
    for solution_id in ids:
        tell(database, solution_id, now, "wx")
    with database.writing() as session:
        withdraw_trial(session, ids[0], "voice-0")
        assert evidence(session, ids)[ids[0]] == Evidence(0, 0, 1)
        forget_voice(session, "voice-1")
        left = session.execute(select(Trial.solution_id, Trial.voice))
        assert sorted(tuple(row) for row in left) == [(ids[1], "voice-0"), (ids[2], "voice-0")]


def test_better_proven_solutions_come_first_and_keep_their_numbers(
    database: Database, now: datetime, ids: list[int]
) -> None:
    assert numbers(database) == [1, 2, 3]
    tell(database, ids[2], now, "wwwp")
    assert numbers(database) == [3, 1, 2]
    tell(database, ids[0], now, "xxx")
    assert numbers(database) == [3, 2, 1]
    tell(database, ids[1], now, "wwwwwwwwww")
    assert numbers(database) == [2, 3, 1]
    with database.reading() as session:
        assert [solution_numbered(session, "how", n) for n in (1, 2, 3)] == ids


@pytest.mark.parametrize("voice", "wpx-")
def test_one_voice_or_two_move_nothing(
    database: Database, now: datetime, ids: list[int], voice: str
) -> None:
    tell(database, ids[2], now, voice * 2)
    tell(database, ids[0], now, voice)
    assert numbers(database) == [1, 2, 3]


def test_one_more_voice_does_not_swap_two_that_are_alike(
    database: Database, now: datetime, ids: list[int]
) -> None:
    tell(database, ids[0], now, "w" * 20)
    tell(database, ids[1], now, "w" * 21)
    assert numbers(database) == [1, 2, 3]


@pytest.mark.parametrize(
    ("said", "standing"),
    [
        (Evidence(), 0.0),
        (Evidence(worked=2), 0.0),
        (Evidence(worked=3), 0.4),
        (Evidence(worked=3, partly=1), 0.4),
        (Evidence(worked=30), 0.9),
        (Evidence(partly=4), 0.2),
        (Evidence(did_not=3), -0.4),
        (Evidence(worked=1, did_not=29), -0.8),
    ],
)
def test_standing_is_the_lower_end_of_wilsons_interval(said: Evidence, standing: float) -> None:
    assert said.standing == standing


def test_the_reason_names_the_solution_by_its_number(
    database: Database, now: datetime, ids: list[int], embedder: Embedder
) -> None:
    from knowledge.curation.changes import retire_solution

    engine = Engine(embedder)
    with database.writing() as session:
        retire_solution(session, ids[0], by="mod-1", why="", now=now)
    with database.reading() as session:
        engine.refresh(session)
    reason = engine.find("listen to birds singing").matches[0].why
    assert (reason.part, reason.number) == (Part.SOLUTION, 2)
