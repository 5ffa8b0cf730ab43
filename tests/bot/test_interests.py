"""What members say of themselves so that the right questions reach them."""

from __future__ import annotations

from datetime import datetime

import pytest

from bot import interests, members
from bot.interests import LONGEST_JOB, Facts, JobTooLong, LimitUnfit, job_words
from bot.members import Role
from knowledge.database import Database
from knowledge.themes import NewTheme, add_themes


@pytest.fixture
def asha(database: Database, now: datetime) -> int:
    with database.writing() as session:
        add_themes(session, [NewTheme("data", "Data"), NewTheme("grants", "Grants")])
        return members.add(session, "Asha", Role.OFFICER, now=now).id


def test_the_latest_word_counts(database: Database, asha: int, now: datetime) -> None:
    with database.writing() as session:
        assert interests.of(session, asha) == Facts()
        interests.follow_themes(session, asha, ("data",))
        interests.follow_themes(session, asha, ("grants", "data", "nothing"))
        interests.work_as(session, asha, " Grants \n officer ")
        interests.mute(session, asha, now)
        interests.limit(session, asha, 0)
    with database.reading() as session:
        found = interests.of(session, asha)
        assert found == Facts("Grants officer", ("data", "grants"), now, 0)
        assert interests.theme_names(session, asha) == ("Data", "Grants")
    assert not found.muted(now), "a mute ends when it says"


def test_what_does_not_fit_is_refused(database: Database, asha: int) -> None:
    with database.writing() as session:
        interests.work_as(session, asha, "x" * LONGEST_JOB)
        with pytest.raises(JobTooLong):
            interests.work_as(session, asha, "x" * (LONGEST_JOB + 1))
        for a_week in (-1, 21):
            with pytest.raises(LimitUnfit):
                interests.limit(session, asha, a_week)


def test_jobs_are_compared_by_what_tells_them_apart() -> None:
    assert job_words("Senior Grants Officer") == job_words("grant manager")
    assert not job_words("Lead officer")
