"""What a facilitator may know before a session: who comes, and what was shared, without names."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import update

from bot.challenges import posts
from bot.challenges.posts import NewChallenge
from bot.learning_sets import commitments, digest_page, learnt, reflections, sets
from bot.learning_sets.attending import first_names
from bot.learning_sets.commitment import Outcome, Readers, Sharing
from bot.learning_sets.digest_page import DigestPage
from bot.learning_sets.seats import Rsvp
from bot.learning_sets.sessions import SetSession
from bot.learning_sets.sets import SetMember
from bot.members import ChannelIdentity, Member
from bot.messages import Channel
from bot.wording import digest_page as words
from knowledge.database import Database
from knowledge.models import Theme
from tests.bot.challenges.life import ROUTING
from tests.bot.learning_sets.room import Room, room

SESSION = date(2026, 12, 8)
BEFORE = date(2026, 11, 24)


@pytest.fixture
def north(database: Database, now: datetime) -> Room:
    made = room(database, now)
    made.meets("M2X", SESSION)
    return made


def page(north: Room, code: str = "M2X") -> DigestPage:
    with north.database.writing() as session:
        one = session.get_one(SetSession, north.sessions[code])
        return digest_page.page(session, one, now=north.now)


def whole(digest: DigestPage) -> str:
    """All pages of it."""
    told, number = [digest_page.message(digest)], 1
    while any(choice.label == words.MORE for choice in told[-1].choices):
        number += 1
        told.append(digest_page.message(digest, number))
    return "\n\n".join(one.text for one in told)


@pytest.mark.parametrize("sharing", list(Sharing))
@pytest.mark.parametrize("outcome", [None, *Outcome])
def test_only_what_was_shared_is_told_and_never_with_a_name(
    north: Room, sharing: Sharing, outcome: Outcome | None
) -> None:
    north.meets("K3T", north.now.date() - timedelta(days=7))
    made = north.tries(
        "Asha", "ring the traders", sharing, outcome=outcome, learning="they like it"
    )
    if sharing is Sharing.NETWORK:  # the network's is the set's business if made after its session
        from bot.learning_sets import committed

        with north.database.writing() as session:
            committed.made_after(
                session, session.get_one(type(made), made.id), north.sessions["K3T"]
            )
    north.reflects("Ben Ode", "patience pays", sharing)
    digest = page(north)
    told = whole(digest)
    if sharing is Sharing.PRIVATE:
        assert digest.commitments == ()
        assert digest.reflections == ()
        assert digest.outcomes == {}
        assert "traders" not in told
        assert "patience" not in told
    else:
        assert "“ring the traders”" in told
        assert ("they like it" in told) is (outcome is not None)
        assert "patience pays" in told
    lines = [line for line in told.splitlines() if "traders" in line or "patience" in line]
    assert not any(name in line for name in ("Asha", "Ben", "Ode") for line in lines)


def test_nothing_of_another_set_or_of_somebody_else_in_the_network_is_told(
    north: Room, database: Database, now: datetime
) -> None:
    with database.writing() as session:
        south = sets.create(session, "South", now=now).id
        sets.add_member(session, south, north.people["Asha"], now=now)
    me = north.people["Asha"]
    with database.writing() as session:
        made = commitments.commit(session, me, "for South", check_back_on=SESSION, now=now)
        readers = Readers(Sharing.SET, south)
        commitments.let_read(session, me, made.id, readers, what="for South", learning="", now=now)
        reflections.write(session, me, reflections.NewReflection("South again", readers), now=now)
    north.tries("Asha", "before any session", Sharing.NETWORK)
    assert page(north).commitments == ()
    assert page(north).reflections == ()
    with database.writing() as session:
        assert [one.words or one.tried for one in learnt.in_set(session, south)] == [
            "South again",
            "for South",
        ]
        assert learnt.in_set(session, north.set_id) == ()


def test_who_comes_is_told_by_first_name_and_by_whole_name_where_two_share_it(north: Room) -> None:
    north.sits("Asha", "M2X", Rsvp.YES)
    north.sits("Ben Ode", "M2X", Rsvp.YES)
    north.sits("Ben Lisle", "M2X", Rsvp.NO)
    told = whole(page(north))
    assert "Coming: Asha, Ben Ode (2)" in told
    assert "Not coming: Ben Lisle (1)" in told
    assert "Not answered: Cara (1)" in told
    assert "Tuesday 8 December 2026, 10:00" in told
    assert first_names({1: "", 2: "Dee"}) == {1: "", 2: "Dee"}


def test_quiet_is_who_gave_no_sign_for_four_weeks(north: Room, database: Database) -> None:
    joined = north.now
    north.now += timedelta(weeks=4)
    assert not any(one.quiet for one in page(north).guests)
    north.now += timedelta(hours=1)
    assert {one.name for one in page(north).guests if one.quiet} == {
        "Asha",
        "Ben Lisle",
        "Ben Ode",
        "Cara",
    }
    with database.writing() as session:
        session.add(
            ChannelIdentity(
                member_id=north.people["Asha"],
                channel=Channel.WEB,
                address="a",
                created_at=joined,
                last_used_at=north.now - timedelta(days=27),
            )
        )
    north.sits("Ben Ode", "M2X", Rsvp.MAYBE)
    north.tries("Ben Lisle", "in silence", Sharing.PRIVATE)
    digest = page(north)
    assert [one.name for one in digest.guests if one.quiet] == ["Cara"]
    assert "Not heard of for more than four weeks: Cara." in whole(digest)
    with database.writing() as session:
        session.execute(
            update(SetMember)
            .where(SetMember.member_id == north.people["Cara"])
            .values(joined_at=north.now)
        )
    assert not any(one.quiet for one in page(north).guests)


def test_what_was_told_before_the_last_session_is_not_told_again(north: Room) -> None:
    north.tries("Asha", "old", Sharing.SET, outcome=Outcome.WORKED)
    north.reflects("Asha", "long ago", Sharing.SET)
    north.tries("Ben Ode", "still open", Sharing.SET)
    north.meets("K3T", north.now.date() + timedelta(days=1))
    north.now += timedelta(days=3)
    north.tries("Cara", "new", Sharing.SET, outcome=Outcome.DID_NOT)
    digest = page(north)
    assert [one.what for one in digest.commitments] == ["still open", "new"]
    assert digest.reflections == ()
    assert "1 did not work, 1 still being tried" in whole(digest)


def test_themes_recur_from_twice_on_in_challenges_and_in_what_was_shared(
    north: Room, database: Database, now: datetime
) -> None:
    with database.writing() as session:
        session.add_all(
            (
                Theme(id="skills", name="Skills", position=1),
                Theme(id="streets", name="High streets", position=2),
            )
        )
        session.flush()
        asha = sets.viewer(session, session.get_one(Member, north.people["Asha"]))
        for number, theme in enumerate(("skills", "streets")):
            new = NewChallenge(f"Problem {number}", themes=(theme,), set_id=north.set_id)
            posts.post(session, asha, new, key=str(number), routing=ROUTING, now=now)
    assert page(north).themes == ()
    north.reflects("Cara", "Our skills are better than we think.", Sharing.SET)
    north.reflects("Asha", "Streets are hard.", Sharing.PRIVATE)
    assert page(north).themes == (("Skills", 2),)
    assert "Themes that recur: Skills (2 times)." in whole(page(north))


def test_a_digest_of_a_large_and_busy_set_comes_in_pages_that_fit(
    database: Database, now: datetime
) -> None:
    north = room(database, now, tuple(f"Name{n} {'x' * 100}" for n in range(12)))
    north.meets("M2X", SESSION)
    for name in list(north.people)[:12]:
        north.tries(name, "w" * 300, Sharing.SET, outcome=Outcome.PARTLY, learning="l" * 300)
        north.reflects(name, "r" * 1_000, Sharing.SET)
    digest = page(north)
    told = whole(digest)
    assert told.count("w" * 300) == 12
    assert told.count("r" * 250) == 12
    first = digest_page.message(digest)
    assert len(first.text) <= digest_page.PAGE
    assert digest_page.message(digest, 99) == first
