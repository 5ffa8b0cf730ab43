"""Words that are hidden, changed or deleted go from where others were shown them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest
from sqlalchemy import select, update

from bot import outbox, privacy
from bot.delivery import DeliveryRow, DeliveryStatus, Recipient
from bot.learning_sets import commitments, digest_page, reflections, shown
from bot.learning_sets.commitment import Outcome, Readers, Sharing
from bot.learning_sets.digest_page import DigestPage
from bot.learning_sets.sessions import SetSession
from bot.members import Member
from bot.messages import Channel
from bot.wording import reflecting
from knowledge.database import Database
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


def sends(north: Room, digest: DigestPage) -> int:
    """As the nudge does it: the message waits for the facilitator, and whose words it shows."""
    to = Recipient(Channel.WEB, "member:fay", member_id=north.people["Fay"])
    with north.database.writing() as session:
        (sent,) = outbox.enqueue(session, (digest_page.message(digest),), to, now=north.now)
        shown.note_all(session, (sent,), digest.whose)
        return sent


def stands(north: Room, delivery_id: int) -> tuple[str, DeliveryStatus]:
    with north.database.reading() as session:
        row = session.scalars(select(DeliveryRow).where(DeliveryRow.id == delivery_id)).one()
        return row.content, row.status


TakesBack = Callable[[Room], None]


def _now_private(north: Room) -> None:
    (one,) = _own(north)
    with north.database.writing() as session:
        commitments.let_read(
            session,
            north.people["Asha"],
            one,
            Readers(Sharing.PRIVATE),
            what="wobblegong",
            learning="",
            now=north.now,
        )


def _in_other_words(north: Room) -> None:
    (one,) = _own(north)
    with north.database.writing() as session:
        commitments.let_read(
            session,
            north.people["Asha"],
            one,
            Readers(Sharing.SET, north.set_id),
            what="something else",
            learning="",
            now=north.now,
        )


def _let_go(north: Room) -> None:
    (one,) = _own(north)
    with north.database.writing() as session:
        commitments.let_go(session, north.people["Asha"], one)


def _told(north: Room) -> None:
    (one,) = _own(north)
    with north.database.writing() as session:
        commitments.tell(session, north.people["Asha"], one, Outcome.WORKED, now=north.now)


def _leaves(north: Room) -> None:
    with north.database.writing() as session:
        member = session.get_one(Member, north.people["Asha"])
        privacy.forget(session, member, now=north.now)


def _own(north: Room) -> list[int]:
    with north.database.reading() as session:
        return [one.id for one in commitments.of(session, north.people["Asha"])]


@pytest.mark.parametrize("take_back", [_now_private, _in_other_words, _let_go, _told, _leaves])
@pytest.mark.parametrize("has_left", [False, True])
def test_words_that_are_taken_back_go_from_what_the_facilitator_was_sent(
    north: Room, take_back: TakesBack, has_left: bool
) -> None:
    north.tries("Asha", "wobblegong", Sharing.SET)
    sent = sends(north, page(north))
    if has_left:
        with north.database.writing() as session:
            session.execute(update(DeliveryRow).values(status=DeliveryStatus.SENT))
    assert "wobblegong" in stands(north, sent)[0]
    take_back(north)
    content, status = stands(north, sent)
    assert "wobblegong" not in content
    assert reflecting.WORDS_GONE in content
    assert status is (DeliveryStatus.SENT if has_left else DeliveryStatus.DROPPED)


def test_a_reflection_that_is_changed_hidden_or_deleted_goes_from_where_it_was_shown(
    north: Room,
) -> None:
    me = north.people["Asha"]
    number = north.reflects("Asha", "wobblegong", Sharing.SET)
    first = sends(north, page(north))
    with north.database.writing() as session:
        readers = Readers(Sharing.SET, north.set_id)
        reflections.change(session, me, number, words="better", readers=readers, now=north.now)
    assert "wobblegong" not in stands(north, first)[0]
    second = sends(north, page(north))
    with north.database.writing() as session:
        readers = Readers(Sharing.PRIVATE)
        reflections.change(session, me, number, words="better", readers=readers, now=north.now)
    assert "better" not in stands(north, second)[0]
    with north.database.writing() as session:
        readers = Readers(Sharing.NETWORK, north.set_id)
        reflections.change(session, me, number, words="better", readers=readers, now=north.now)
    third = sends(north, page(north))
    assert "better" in stands(north, third)[0]
    with north.database.writing() as session:
        reflections.remove(session, me, number)
        with pytest.raises(reflections.NoSuchReflection):
            reflections.remove(session, me, number)
    assert "better" not in stands(north, third)[0]
    assert page(north).reflections == ()


def test_the_name_of_whoever_is_forgotten_goes_with_their_words(north: Room) -> None:
    sent = sends(north, page(north))
    assert "Cara" in stands(north, sent)[0]
    with north.database.writing() as session:
        member = session.get_one(Member, north.people["Cara"])
        privacy.forget(session, member, now=north.now)
    assert "Cara" not in stands(north, sent)[0]
