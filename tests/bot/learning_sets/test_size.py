"""How many a set has, and what a note is good for."""

from __future__ import annotations

from datetime import datetime

import pytest

from bot import members
from bot.learning_sets import sets, size
from bot.learning_sets.models import NoteTooLong, PurposeTooLong
from bot.learning_sets.size import TooFew, TooMany
from bot.members import Role
from knowledge.database import Database

NOTE = "a pilot"


@pytest.mark.parametrize("number", [6, 9, 12])
def test_six_to_twelve_need_no_note_and_keep_none(number: int) -> None:
    assert size.note_for(None, number, kept="", given="") == ""
    assert size.note_for(3, number, kept=NOTE, given="") == ""


@pytest.mark.parametrize("number", [1, 5])
def test_a_new_set_of_fewer_wants_a_note(number: int) -> None:
    with pytest.raises(TooFew) as refused:
        size.note_for(None, number, kept="", given="")
    assert f"this would be {number}" in refused.value.sentence
    assert size.note_for(None, number, kept="", given=NOTE) == NOTE


@pytest.mark.parametrize("number", [13, 40])
def test_a_set_of_more_wants_a_note(number: int) -> None:
    for before in (None, 0, 5, 12):
        with pytest.raises(TooMany) as refused:
            size.note_for(before, number, kept=NOTE, given="")
        assert f"this would be {number}" in refused.value.sentence
        assert size.note_for(before, number, kept="", given=NOTE) == NOTE


def test_a_set_without_members_is_gathered_one_by_one_but_never_shrinks_out_of_its_size() -> None:
    assert size.note_for(None, 0, kept="", given="") == ""
    for before in range(5):
        assert size.note_for(before, before + 1, kept="", given="") == ""
    for before, after in ((6, 5), (9, 0), (13, 2)):
        with pytest.raises(TooFew):
            size.note_for(before, after, kept=NOTE, given="")


def test_a_note_holds_while_the_set_stays_as_small_or_as_large() -> None:
    assert size.note_for(3, 2, kept=NOTE, given="") == NOTE
    assert size.note_for(14, 13, kept=NOTE, given="") == NOTE
    assert size.note_for(3, 2, kept=NOTE, given="another") == "another"


@pytest.fixture
def crowd(database: Database, now: datetime) -> list[int]:
    with database.writing() as session:
        return [
            members.add(session, f"Member {number}", Role.OFFICER, now=now).id
            for number in range(14)
        ]


def test_what_is_refused_changes_nothing(
    database: Database, crowd: list[int], now: datetime
) -> None:
    with database.writing() as session:
        with pytest.raises(TooFew):
            sets.create(session, "North", members=crowd[:5], now=now)
        assert sets.listed(session) == ()
        made = sets.create(session, "North", members=crowd[:12], purpose=" meet ", now=now)
        with pytest.raises(TooMany):
            sets.add_member(session, made.id, crowd[12], now=now)
        sets.add_member(session, made.id, crowd[0], now=now)
        (shown,) = sets.listed(session)
        assert (shown.members, shown.purpose, shown.edition) == (12, "meet", 1)
        sets.change_members(session, made.id, add=crowd, note=NOTE, now=now)
        (shown,) = sets.listed(session)
        assert (shown.members, shown.size_note, shown.edition) == (14, NOTE, 2)
        sets.change_members(session, made.id, remove=crowd[9:], now=now)
        with pytest.raises(TooFew):
            sets.change_members(session, made.id, remove=crowd[:9], now=now)
        (shown,) = sets.listed(session)
        assert (shown.members, shown.size_note, shown.gathered) == (9, "", False)


def test_words_about_a_set_have_their_length(database: Database, now: datetime) -> None:
    with database.writing() as session:
        with pytest.raises(PurposeTooLong):
            sets.create(session, "North", purpose="x" * 501, now=now)
        with pytest.raises(NoteTooLong):
            sets.create(session, "North", note="x" * 201, now=now)
        with pytest.raises(sets.NoSuchSet):
            sets.change_members(session, 99, now=now)
