"""Sets and who is in them; commitments and how they went."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from bot import members
from bot.learning_sets import commitments, sets
from bot.learning_sets.commitments import (
    LONGEST_LEARNING,
    LONGEST_WHAT,
    CommitmentUnfit,
    FromEntry,
    NoSuchCommitment,
    Outcome,
    Sharing,
)
from bot.members import Member, Role
from knowledge.database import Database
from knowledge.models import Entry

DAY = date(2026, 12, 1)


@pytest.fixture
def asha(database: Database, now: datetime) -> int:
    with database.writing() as session:
        return members.add(session, "Asha", Role.FACILITATOR, now=now).id


def test_members_come_and_go_and_a_viewer_knows_their_sets(
    database: Database, asha: int, now: datetime
) -> None:
    with database.writing() as session:
        north, south = (sets.create(session, name, now=now).id for name in ("North", "South"))
        for one in (south, north, north):
            sets.add_member(session, one, asha, now=now)
        assert [one.name for one in sets.sets_of(session, asha)] == ["North", "South"]
        assert sets.members_of(session, north) == {asha}
        sets.remove_member(session, south, asha)
        viewer = sets.viewer(session, session.get_one(Member, asha))
    assert (viewer.sets, viewer.moderates, viewer.facilitates) == (
        frozenset({north}),
        False,
        frozenset(),
    )


def test_a_sets_name_is_sound_and_its_own(database: Database, now: datetime) -> None:
    with database.writing() as session:
        made = sets.create(session, "  North   East ", now=now)
        assert sets.named(session, "North East").id == made.id
        with pytest.raises(sets.SetNameTaken):
            sets.create(session, "North East", now=now)
        for name in ("", " ", "x" * 121):
            with pytest.raises(sets.BadSetName):
                sets.create(session, name, now=now)
        with pytest.raises(sets.NoSuchSet):
            sets.named(session, "South")


def test_the_same_thing_again_is_one_commitment_with_another_date(
    database: Database, asha: int, now: datetime
) -> None:
    with database.writing() as session:
        session.add(Entry(id="e1", problem="p", created_at=now, updated_at=now))
        session.flush()
        for day in (DAY, DAY + timedelta(days=7)):
            commitments.commit(
                session, asha, "ring them", source=FromEntry("e1", 2), check_back_on=day, now=now
            )
        (made,) = commitments.of(session, asha)
        assert (made.check_back_on, made.solution) == (DAY + timedelta(days=7), 2)
        assert commitments.due(session, DAY) == ()
        assert commitments.due(session, DAY + timedelta(days=7)) == (made,)


def test_how_it_went_is_kept_and_not_asked_again_unless_not_yet(
    database: Database, asha: int, now: datetime
) -> None:
    with database.writing() as session:
        made = commitments.commit(session, asha, "ring them", check_back_on=DAY, now=now)
        commitments.tell(session, asha, made.id, Outcome.NOT_YET, now=now)
        assert commitments.due(session, DAY) == (made,)
        commitments.tell(
            session,
            asha,
            made.id,
            Outcome.PARTLY,
            learning=" ring  twice ",
            sharing=Sharing.NETWORK,
            now=now,
        )
        assert commitments.due(session, DAY) == ()
        assert (made.learning, made.sharing) == ("ring twice", Sharing.NETWORK)


def test_nobody_tells_how_somebody_elses_went(database: Database, asha: int, now: datetime) -> None:
    with database.writing() as session:
        ben = members.add(session, "Ben", Role.OFFICER, now=now).id
        made = commitments.commit(session, asha, "ring them", check_back_on=DAY, now=now)
        with pytest.raises(NoSuchCommitment):
            commitments.tell(session, ben, made.id, Outcome.WORKED, now=now)


@pytest.mark.parametrize("what", ["", " \u200b", "x" * (LONGEST_WHAT + 1)])
def test_a_commitment_says_what_in_a_line(
    database: Database, asha: int, now: datetime, what: str
) -> None:
    with database.writing() as session:
        with pytest.raises(CommitmentUnfit):
            commitments.commit(session, asha, what, check_back_on=DAY, now=now)
        made = commitments.commit(session, asha, "x" * LONGEST_WHAT, check_back_on=DAY, now=now)
        with pytest.raises(CommitmentUnfit):
            commitments.tell(
                session,
                asha,
                made.id,
                Outcome.WORKED,
                learning="x" * (LONGEST_LEARNING + 1),
                now=now,
            )
