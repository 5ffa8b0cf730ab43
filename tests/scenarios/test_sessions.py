"""A set meets, as a story: planned on Slack, answered by phone, moved, held, written up."""

from __future__ import annotations

from datetime import timedelta

import pytest
from icalendar import Calendar
from sqlalchemy import select
from starlette.testclient import TestClient

from bot import members
from bot.app import Network
from bot.learning_sets import catch_up, sets
from bot.learning_sets.seats import Rsvp, Seat
from bot.learning_sets.sessions import SetSession
from bot.messages import Channel, Text
from bot.settings import read_settings
from bot.wording import facilitating as words
from handlers import app, links
from tests.fake_sender import FakeSender
from tests.officer import Officer
from tests.scenarios.peers import told
from tests.scenarios.transcript import Bot, Clock, Phone

SETTINGS = {"secret_key": "s" * 32, "public_url": "http://testserver"}


@pytest.fixture
def north(network: Network, clock: Clock, dana: Officer, chidi: Phone, eve: Officer) -> int:
    """Dana facilitates; Chidi has a phone, Eve the web chat."""
    with network.database.writing() as session:
        ids = [members.named(session, name).id for name in ("Dana", "Chidi", "Eve")]
        made = sets.create(
            session,
            "North",
            now=clock(),
            members=ids[1:],
            facilitators=ids[:1],
            note="A small place.",
        )
        return made.id


def sequence(network: Network, sent: Text) -> int:
    """The SEQUENCE of the file that a message leads to."""
    settings = read_settings(None, **SETTINGS)
    assert sent.link is not None
    with TestClient(app.asgi(settings, network, with_worker=False)) as browser:
        file = browser.get(links.of(settings).address(sent.link.path))
    (event,) = Calendar.from_ical(file.content).walk("VEVENT")
    return int(str(event["SEQUENCE"]))


def test_a_set_plans_moves_meets_and_keeps_those_who_were_away(
    network: Network,
    clock: Clock,
    bot: Bot,
    north: int,
    dana: Officer,
    chidi: Phone,
    eve: Officer,
    posted: dict[Channel, FakeSender],
) -> None:
    dana.says("plan session")
    empty = (("length", ""), ("link", ""))
    place = ("place", "Town Hall")
    answers = (("on", "8/12"), ("at", "10"), *empty, place, ("often", "4"))
    dana.hands_in(dana.form.ref, *answers)
    dana.says("2")
    assert "2 members are invited" in dana.told[-1]
    network.tick(clock())
    (invited,) = told(posted[Channel.WHATSAPP])
    assert "North meets 2 times" in invited
    assert len(posted[Channel.WEB].taken) == 1

    chidi.says("yes")
    bot.answers_with("You are coming to 2 sessions")
    with network.database.reading() as session:
        first, second = session.scalars(select(SetSession).order_by(SetSession.starts_on)).all()
        assert set(session.scalars(select(Seat.rsvp))) == {Rsvp.YES, None}

    dana.says(f"move {first.code}")
    place = ("place", "Library")
    moved = (("on", "9/12"), ("at", "14:00"), *empty, place, ("rest", "one"))
    dana.hands_in(dana.form.ref, *moved)
    network.tick(clock())
    network.tick(clock())
    assert len(posted[Channel.WHATSAPP].taken) == 2
    last = posted[Channel.WHATSAPP].taken[-1].content
    assert isinstance(last, Text)
    assert "which was on Tuesday 8 December 2026, 10:00, is now on Wednesday 9" in last.text
    assert "14:00 to 16:00. Library" in last.text
    assert sequence(network, last) == 1

    chidi.says(f"yes {first.code.lower()}")
    bot.answers_with(f"You are coming to session {first.code}", "9 December 2026")
    clock.goes_on(timedelta(days=16, hours=7))
    dana.time = eve.time = clock()
    dana.says(f"attendance {first.code} Chidi")
    assert "Present: Chidi. Away: Eve." in dana.told[-1]
    dana.says(f"write up {first.code}")
    dana.hands_in(
        dana.form.ref,
        ("explored", "How do we reach firms?"),
        ("ideas", "Ring them"),
        ("agrees", "no"),
    )
    assert "Nothing leaves the set" in dana.told[-1]

    with network.database.reading() as session:
        away = members.named(session, "Eve").id
        pack = catch_up.afterwards(session, away, first.id)
        thanks = catch_up.afterwards(session, members.named(session, "Chidi").id, first.id)
    assert pack is not None
    assert "How do we reach firms?" in pack.text
    assert "Ring them" in pack.text
    assert thanks is not None
    assert "Thank you for being at North" in thanks.text

    chidi.says("sessions")  # a word of theirs, so that WhatsApp takes one of ours without a knock
    dana.says(f"cancel {second.code}")
    dana.presses(words.YES_CANCEL)
    network.tick(clock())
    off = posted[Channel.WHATSAPP].taken[-1].content
    assert isinstance(off, Text)
    assert f"Cancelled: session {second.code} of North" in off.text
    assert sequence(network, off) == 1
