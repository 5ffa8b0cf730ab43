"""GET /calendar/...: who has the address reads the calendar, and nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from icalendar import Calendar
from starlette.testclient import TestClient

from bot import members, privacy
from bot.app import Network
from bot.habits import HabitsRow
from bot.learning_sets import calendars, commitments, session_changes, sets
from bot.learning_sets.session_changes import Wish
from bot.members import Member
from bot.settings import Settings, read_settings
from handlers import app, clock, links
from tests.bot.learning_sets.meeting import TEN, Room, room


def events(file: bytes) -> list[Any]:
    return list(Calendar.from_ical(file).walk("VEVENT"))


HOME = "http://testserver"


@pytest.fixture
def settings() -> Settings:
    return read_settings(None, secret_key="s" * 32, public_url=HOME)


@pytest.fixture
def here(network: Network) -> Room:
    return room(network.database, clock.now())


@pytest.fixture
def code(here: Room) -> str:
    now = clock.now()
    soon = replace(TEN, starts_on=(now + timedelta(days=9)).date())
    return here.plans(now=now, like=soon)[0]


@pytest.fixture
def browser(network: Network, settings: Settings) -> Iterator[TestClient]:
    with TestClient(app.asgi(settings, network, with_worker=False), base_url=HOME) as client:
        yield client


def address(here: Room, member_id: int, settings: Settings, code: str = calendars.WHOLE) -> str:
    with here.database.writing() as session:
        mark = calendars.marks(session, (member_id,))[member_id]
    return links.of(settings).address(calendars.link("", mark, code).path)


def test_the_link_of_an_invitation_gives_the_sessions_file(
    here: Room, code: str, browser: TestClient, settings: Settings
) -> None:
    (told,) = here.waiting(here.members[0])
    assert told.link is not None
    file = browser.get(links.of(settings).address(told.link.path))
    assert file.status_code == 200
    assert file.headers["content-type"] == "text/calendar; method=REQUEST; charset=utf-8"
    assert file.headers["cache-control"].startswith("private")
    assert [one["SEQUENCE"] for one in events(file.content)] == [0]
    assert not any(name in file.text for name in ("Asha", "Ben", "Chloe", "Fatima", "whatsapp"))
    with here.database.writing() as session:
        session_changes.cancel(session, None, Wish(code, 1), now=clock.now())
    off = browser.get(links.of(settings).address(told.link.path))
    assert "method=CANCEL" in off.headers["content-type"]
    assert events(off.content)[0]["SEQUENCE"] == 1


def test_a_calendar_has_the_members_sessions_and_check_backs(
    here: Room, code: str, browser: TestClient, settings: Settings
) -> None:
    asha, now = here.members[0], clock.now()
    with here.database.writing() as session:
        commitments.commit(session, asha, "a secret", check_back_on=now.date(), now=now)
    file = browser.get(address(here, asha, settings))
    assert [str(one["SUMMARY"]) for one in events(file.content)] == [
        "North",
        "Check back: what you meant to try",
    ]
    theirs = browser.get(address(here, here.facilitator, settings))
    assert len(events(theirs.content)) == 1


def test_whatever_is_wrong_with_an_address_it_is_not_found(
    here: Room, code: str, browser: TestClient, settings: Settings
) -> None:
    asha = here.members[0]
    works = address(here, asha, settings)
    one = address(here, asha, settings, code)
    path, _, key = works.partition("?key=")
    forged = [
        path,
        f"{path}?key={key[:-1]}{'A' if key[-1] != 'A' else 'B'}",
        f"{one.partition('?')[0]}?key={key}",
        links.of(settings).address("/calendar/no-such-mark/all.ics"),
        address(here, asha, settings, "A2A"),
        address(here, asha, settings, "%00"),
    ]
    for each in forged:
        answer = browser.get(each)
        assert (answer.status_code, answer.headers["content-type"].partition(";")[0]) == (
            404,
            "text/plain",
        )
        assert "calendar" in answer.text
    assert browser.get(works).status_code == browser.get(one).status_code == 200
    other = read_settings(None, secret_key="t" * 32, public_url=HOME)
    assert browser.get(address(here, asha, other)).status_code == 404


def test_a_renewed_address_ends_the_old_one_and_its_files(
    here: Room, code: str, browser: TestClient, settings: Settings
) -> None:
    asha = here.members[0]
    old = [address(here, asha, settings), address(here, asha, settings, code)]
    with here.database.writing() as session:
        calendars.renew(session, asha)
    assert [browser.get(each).status_code for each in old] == [404, 404]
    assert browser.get(address(here, asha, settings)).status_code == 200


def test_who_left_the_set_or_the_network_reads_nothing_more(
    here: Room, code: str, browser: TestClient, settings: Settings, now: datetime
) -> None:
    asha, ben = here.members[:2]
    one, whole = address(here, asha, settings, code), address(here, ben, settings)
    with here.database.writing() as session:
        sets.remove_member(session, here.set_id, asha)
        privacy.forget(session, session.get_one(Member, ben), now=now)
    assert [browser.get(each).status_code for each in (one, whole)] == [404, 404]


def test_the_database_alone_does_not_give_an_address_away(
    here: Room, code: str, browser: TestClient
) -> None:
    with here.database.reading() as session:
        row = session.get_one(HabitsRow, here.members[0])
    assert browser.get(f"/calendar/{row.calendar}/all.ics").status_code == 404
    assert browser.get(f"/calendar/{row.calendar}/all.ics?key={row.calendar}").status_code == 404


def test_two_who_ask_at_once_get_one_mark(here: Room) -> None:
    with here.database.writing() as session:
        first = calendars.marks(session, here.members)
    with here.database.writing() as session:
        assert calendars.marks(session, here.members) == first
        assert len(set(first.values())) == len(here.members)
        assert members.count(session) == 4
