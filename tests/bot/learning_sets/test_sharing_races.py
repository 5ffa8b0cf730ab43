"""Words that are hidden while they are being shown: they do not stay anywhere."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot import outbox, privacy
from bot.delivery import DeliveryRow, Recipient
from bot.learning_sets import digest_page, learnt, reflections, shown
from bot.learning_sets.commitment import Readers, Sharing
from bot.learning_sets.digest_page import DigestPage
from bot.learning_sets.sessions import SetSession
from bot.members import Member
from bot.messages import Channel, Text
from knowledge.database import Database
from tests.bot.challenges.life import ROUTING
from tests.bot.challenges.town import Town, at_once, while_open
from tests.bot.learning_sets.room import Room, room

Hides = Callable[[Session, Room, int], None]


def hides(session: Session, north: Room, number: int) -> None:
    reflections.change(
        session,
        north.people["Asha"],
        number,
        words="wobblegong",
        readers=Readers(Sharing.PRIVATE),
        now=north.now,
    )


def leaves(session: Session, north: Room, _number: int) -> None:
    privacy.forget(session, session.get_one(Member, north.people["Asha"]), now=north.now)


def shows(session: Session, north: Room) -> None:
    found = learnt.in_set(session, north.set_id)
    to = Recipient(Channel.WEB, "member:cara", member_id=north.people["Cara"])
    said = Text(", ".join(one.words for one in found) or "nothing")
    sent = outbox.enqueue(session, (said,), to, now=north.now)
    shown.note_all(session, sent, [one.whose for one in found])


@pytest.fixture
def north(database: Database, now: datetime) -> Room:
    return room(database, now)


@pytest.mark.parametrize("hide", [hides, leaves])
@pytest.mark.parametrize("shown_first", [True, False])
def test_who_hides_words_and_who_shows_them_come_one_after_the_other(
    north: Room, hide: Hides, shown_first: bool
) -> None:
    number = north.reflects("Asha", "wobblegong", Sharing.SET)

    def hiding() -> None:
        with north.database.writing() as session:
            hide(session, north, number)

    def showing() -> None:
        with north.database.writing() as session:
            shows(session, north)

    town = Town(north.database, ROUTING, north.now)
    if shown_first:
        failed = while_open(town, lambda session: shows(session, north), hiding)
    else:
        failed = while_open(town, lambda session: hide(session, north, number), showing)
    assert failed is None
    with north.database.reading() as session:
        assert not any("wobblegong" in one for one in session.scalars(select(DeliveryRow.content)))


def test_a_digest_never_names_who_leaves_meanwhile(north: Room) -> None:
    north.meets("M2X", date(2026, 12, 8))

    def digest() -> DigestPage:
        with north.database.writing() as session:
            one = session.get_one(SetSession, north.sessions["M2X"])
            found = digest_page.page(session, one, now=north.now)
            to = Recipient(Channel.WEB, "member:fay", member_id=north.people["Fay"])
            sent = outbox.enqueue(session, (digest_page.message(found),), to, now=north.now)
            shown.note_all(session, sent, found.whose)
            return found

    town = Town(north.database, ROUTING, north.now)
    found = while_open(town, lambda session: leaves(session, north, 0), digest)
    assert isinstance(found, DigestPage)
    assert "Asha" not in {one.name for one in found.guests}


@pytest.mark.parametrize("turn", range(5))
def test_who_leaves_and_who_shows_their_words_never_wait_for_each_other_for_ever(
    north: Room, turn: int
) -> None:
    assert turn >= 0
    north.reflects("Asha", "wobblegong", Sharing.SET)
    north.tries("Asha", "wobblegong", Sharing.SET)

    def does(deed: Callable[[Session], None]) -> None:
        with north.database.writing() as session:
            deed(session)

    came_of_it = at_once(
        lambda: does(lambda session: shows(session, north)),
        lambda: does(lambda session: leaves(session, north, 0)),
    )
    assert came_of_it == [None, None]
    with north.database.reading() as session:
        assert not any("wobblegong" in one for one in session.scalars(select(DeliveryRow.content)))
