"""Answers, agenda, attendance, write-up, sending on, and what members get afterwards."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot import publishing
from bot.challenges import posts
from bot.challenges.posts import NewChallenge
from bot.challenges.routing import Routing
from bot.learning_sets import agenda, catch_up, commitments, seats, sets, upkeep, write_ups
from bot.learning_sets import session_errors as errors
from bot.learning_sets.committed import Committed
from bot.learning_sets.peers import SetPeers
from bot.learning_sets.seats import Rsvp
from bot.learning_sets.write_ups import Said
from bot.members import Member
from bot.publishing import Wish
from knowledge import entries
from knowledge.curation import drafts
from knowledge.curation.content import contents
from knowledge.database import Database
from knowledge.models import Theme
from tests.bot.learning_sets.meeting import TUESDAY, Room, room

ROUTING = Routing(SetPeers(), ZoneInfo("Europe/London"))
WEEK = timedelta(weeks=1)
SAID = Said(
    "How do we reach small firms?\n\nHow do we count footfall?",
    "- Ring them\n- Go with the chamber\n\n1. Count by hand",
    agreed=True,
)


def posted(here: Room, member_id: int, problem: str, now: datetime, *, in_set: bool = True) -> str:
    with here.database.writing() as session:
        viewer = sets.viewer(session, session.get_one(Member, member_id))
        theme = tuple(session.scalars(select(Theme.id).limit(1)))
        new = NewChallenge(problem, themes=theme, set_id=here.set_id if in_set else None)
        return posts.post(session, viewer, new, key=problem, routing=ROUTING, now=now)


def test_an_answer_can_be_changed_until_the_session_is_over(
    database: Database, now: datetime
) -> None:
    here = room(database, now)
    codes = here.plans(TUESDAY, TUESDAY + WEEK, now=now)
    asha = here.members[0]
    with database.writing() as session:
        assert len(seats.answer(session, asha, codes[0], Rsvp.YES, whole_series=True, now=now)) == 2
        seats.answer(session, asha, codes[1].lower(), Rsvp.NO, now=now)
    found = [here.seat(code, asha) for code in codes]
    assert [one and one.rsvp for one in found] == [Rsvp.YES, Rsvp.NO]
    with pytest.raises(errors.IsOver), database.writing() as session:
        seats.answer(session, asha, codes[0], Rsvp.NO, now=here.session(codes[0]).ends)
    with pytest.raises(errors.NotInvited), database.writing() as session:
        seats.answer(session, here.facilitator, codes[0], Rsvp.YES, now=now)


def test_attendance_is_taken_at_once_for_all(database: Database, now: datetime) -> None:
    here = room(database, now)
    (code,) = here.plans(now=now)
    there = here.members[:2]
    with pytest.raises(errors.NotYetBegun), database.writing() as session:
        seats.attendance(session, here.facilitator, code, there, now=now)
    after = here.session(code).ends
    with database.writing() as session:
        _, grid = seats.attendance(session, here.facilitator, code, there, now=after)
    assert [(one.name, one.attended) for one in grid] == [
        ("Asha", True),
        ("Ben", True),
        ("Chloe", False),
    ]
    with pytest.raises(errors.NotYourSet), database.writing() as session:
        seats.attendance(session, here.members[0], code, there, now=after)


def test_two_of_one_first_name_are_told_apart() -> None:
    rows = [(1, "Asha Patel"), (2, "Asha Khan"), (3, "Ben Yusuf"), (4, None)]
    assert seats.first_names(rows) == {1: "Asha Patel", 2: "Asha Khan", 3: "Ben", 4: "Member 4"}


def brought(session: Session, here: Room, code: str) -> list[tuple[str, bool]]:
    issues = agenda.issues(session, (here.session(code).id,)).get(here.session(code).id, ())
    return [(one.code, one.picked) for one in issues]


def test_members_bring_their_own_and_the_facilitator_picks(
    stocked: Database, now: datetime
) -> None:
    here, there = room(stocked, now), room(stocked, now, "South")
    (code,) = here.plans(now=now)
    asha, ben = here.members[:2]
    first, second = posted(here, asha, "one", now), posted(here, ben, "two", now, in_set=False)
    foreign = posted(there, there.members[0], "three", now)
    with stocked.writing() as session:
        mine, his = (sets.viewer(session, session.get_one(Member, one)) for one in (asha, ben))
        agenda.volunteer(session, mine, code, first, now=now)
        agenda.volunteer(session, mine, code, first, now=now)
        agenda.volunteer(session, his, code, second, now=now)
        for not_mine in (second, foreign, "A2A"):
            with pytest.raises(errors.NotYourChallenge):
                agenda.volunteer(session, mine, code, not_mine, now=now)
        agenda.pick(session, here.facilitator, code, (second,), seen=(), now=now)
        assert brought(session, here, code) == [(first, False), (second, True)]
    with pytest.raises(errors.ChangedMeanwhile) as refused, stocked.writing() as session:
        agenda.pick(session, here.facilitator, code, (first,), seen=(), now=now)
    assert first in refused.value.sentence
    assert second in refused.value.sentence
    with stocked.writing() as session:
        his = sets.viewer(session, session.get_one(Member, ben))
        agenda.take_off(session, his, code, second, now=now)
        assert brought(session, here, code) == [(first, False)]


def written(here: Room, code: str, now: datetime, said: Said = SAID, seen: int = 0) -> None:
    with here.database.writing() as session:
        write_ups.write(session, here.facilitator, code, said, seen=seen, now=now)


def took(here: Room, code: str, now: datetime) -> None:
    with here.database.writing() as session:
        seats.attendance(session, here.facilitator, code, here.members[:2], now=now)


def waiting_drafts(database: Database) -> list[tuple[str, tuple[str, ...]]]:
    with database.reading() as session:
        ids = [one.entry_id for one in drafts.waiting(session)]
        found = contents(session, ids)
        return [(found[one].problem, tuple(each.text for each in found[one].shown)) for one in ids]


def test_a_write_up_goes_on_as_drafts_when_nobody_objects_in_three_days(
    stocked: Database, now: datetime
) -> None:
    here = room(stocked, now)
    (code,) = here.plans(now=now)
    here.sent()
    after = here.session(code).ends
    took(here, code, after)
    written(here, code, after)
    asked = [here.waiting(one) for one in here.members]
    assert [len(one) for one in asked] == [1, 1, 0]  # Chloe was away
    assert "Ring them" in asked[0][0].text
    assert f"“keep {code}” before Friday 11 December, 12:00" in asked[0][0].text
    upkeep.keep_up(stocked, now=after + timedelta(days=3, seconds=-1))
    assert waiting_drafts(stocked) == []
    for _twice in range(2):
        upkeep.keep_up(stocked, now=after + timedelta(days=3))
    assert sorted(waiting_drafts(stocked)) == [
        ("How do we count footfall?", ("Count by hand",)),
        ("How do we reach small firms?", ("Ring them", "Go with the chamber")),
    ]
    with pytest.raises(errors.AlreadySentOn):
        written(here, code, after, seen=1)
    with stocked.writing() as session:  # and still, until somebody has published it
        assert write_ups.keep(session, here.members[0], code, now=after)
    assert waiting_drafts(stocked) == []


def test_what_a_moderator_published_stays_published(stocked: Database, now: datetime) -> None:
    here = room(stocked, now)
    (code,) = here.plans(now=now)
    after = here.session(code).ends
    written(here, code, after)
    upkeep.keep_up(stocked, now=after + timedelta(days=9))
    with stocked.writing() as session:
        first = drafts.waiting(session)[0].entry_id
        seen = contents(session, (first,))[first].version
        wish = Wish(first, seen, here.facilitator)
        publishing.publish(session, wish, neutral=False, now=after)
    with stocked.writing() as session:
        assert write_ups.keep(session, here.members[0], code, now=after)
    assert waiting_drafts(stocked) == []
    with stocked.reading() as session:
        assert entries.entry(session, first) is not None


def test_one_word_of_one_who_was_there_keeps_it_in_the_set(
    stocked: Database, now: datetime
) -> None:
    here = room(stocked, now)
    (code,) = here.plans(now=now)
    here.sent()
    after = here.session(code).ends
    took(here, code, after)
    written(here, code, after)
    with stocked.writing() as session:
        assert not write_ups.keep(session, here.members[2], code, now=after)  # was away
        assert write_ups.keep(session, here.members[1], code, now=after)
    upkeep.keep_up(stocked, now=after + timedelta(days=4))
    assert waiting_drafts(stocked) == []
    (told,) = here.waiting(here.facilitator)
    assert "Somebody who was there" in told.text
    assert "Ben" not in told.text


def test_changed_words_are_asked_about_anew_and_an_older_edition_is_refused(
    stocked: Database, now: datetime
) -> None:
    here = room(stocked, now)
    (code,) = here.plans(now=now)
    here.sent()
    after = here.session(code).ends
    written(here, code, after)
    with pytest.raises(errors.ChangedMeanwhile) as refused:
        written(here, code, after, Said("Another", "Thing"), seen=0)
    assert "small firms" in refused.value.sentence
    assert "Another" in refused.value.sentence
    later = after + timedelta(days=2)
    written(here, code, later, Said("Another", "Thing", agreed=True), seen=1)
    assert len(here.waiting(here.members[0])) == 2
    upkeep.keep_up(stocked, now=after + timedelta(days=3))
    assert waiting_drafts(stocked) == []
    upkeep.keep_up(stocked, now=later + timedelta(days=3))
    assert waiting_drafts(stocked) == [("Another", ("Thing",))]


def test_without_the_sets_word_or_without_ideas_nothing_is_sent_on(
    database: Database, now: datetime
) -> None:
    here = room(database, now)
    (code,) = here.plans(now=now)
    here.sent()
    after = here.session(code).ends
    written(here, code, after, Said("A", "B"))
    written(here, code, after, Said("A", "", agreed=True), seen=1)
    upkeep.keep_up(database, now=after + timedelta(days=9))
    assert waiting_drafts(database) == []
    assert here.waiting(here.members[0]) == []
    for bad in (Said(" ", "B"), Said("A", "x" * 3001)):
        with pytest.raises(errors.WriteUpUnfit):
            written(here, code, after, bad, seen=2)


def test_the_absent_get_the_pack_and_those_present_their_commitment(
    database: Database, now: datetime
) -> None:
    here = room(database, now)
    (code,) = here.plans(now=now)
    one, (asha, ben, chloe) = here.session(code), here.members
    after = one.ends
    with database.writing() as session:
        assert catch_up.afterwards(session, asha, one.id) is None  # nobody knows who came
    took(here, code, after)
    written(here, code, after)
    with database.writing() as session:
        for member_id, what in ((asha, "ring three firms"), (chloe, "count the shops")):
            made = commitments.commit(
                session, member_id, what, check_back_on=TUESDAY + WEEK, now=now
            )
            if member_id == asha:
                session.add(Committed(commitment_id=made.id, session_id=one.id))
    with database.reading() as session:
        pack = catch_up.pack(session, chloe, one.id)
        assert pack is not None
        assert "small firms" in pack.text
        assert "Go with the chamber" in pack.text
        assert "count the shops" in pack.text
        assert "ring three firms" not in pack.text
        assert pack.choices[0].value == f"reflect:{code}"
        assert catch_up.pack(session, asha, one.id) is None
        thanks = catch_up.afterwards(session, asha, one.id)
        assert thanks is not None
        assert "ring three firms" in thanks.text
        assert "Tuesday 15 December 2026" in thanks.text
        asked = catch_up.thanks(session, ben, one.id)
        assert asked is not None
        assert "What will you try before next time?" in asked.text
        assert asked.choices[0].value == f"commit:{code}"
