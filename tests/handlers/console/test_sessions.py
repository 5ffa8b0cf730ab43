"""Sessions on pages: planned, moved, called off, attended and written up, each once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest
from sqlalchemy import select
from starlette.testclient import TestClient

from bot.app import Network
from bot.learning_sets import session_changes
from bot.learning_sets.session_changes import Wish
from bot.learning_sets.sessions import SetSession
from bot.members import Role
from handlers import clock
from tests.handlers.console.conftest import SignIn
from tests.handlers.console.north import North, hidden, north, posts, workday

Form = dict[str, str | list[str]]


@pytest.fixture
def ours(network: Network, sign_in: SignIn) -> North:
    return north(network, sign_in("Fay", Role.FACILITATOR).id)


def form(on: date, **others: str) -> Form:
    return {
        "key": "a key of this form",
        "on": on.isoformat(),
        "at": "10:00",
        "length": "2 hours",
        "place": "Town Hall",
        "link": "",
        "often": "0",
        "times": "",
        **others,
    }


def planned(ours: North) -> list[SetSession]:
    with ours.network.database.reading() as session:
        return list(session.scalars(select(SetSession).order_by(SetSession.starts_on)))


def test_one_session_is_planned_once_however_often_it_is_sent(
    browser: TestClient, ours: North
) -> None:
    said = form(workday(ours.now.date(), 10))
    for _ in range(3):
        answer = posts(browser, f"{ours.path}/sessions/new", said)
        assert answer == (303, f"{ours.path}#timeline")
    assert len(planned(ours)) == 1


def test_each_new_form_has_a_key_of_its_own(browser: TestClient, ours: North) -> None:
    keys = {hidden(browser.get(f"{ours.path}/sessions/new").text, "key") for _ in range(3)}
    assert len(keys) == 3


def test_a_series_into_christmas_is_shown_and_the_facilitator_chooses(
    browser: TestClient, ours: North
) -> None:
    year = ours.now.year + 1
    first = date(year, 12, 25).replace(day=25)
    start = date.fromordinal(first.toordinal() - 14)
    said = form(start, often="2", times="3")
    status, page = posts(browser, f"{ours.path}/sessions/new", said)
    assert status == 200
    assert "Are these the right days?" in page
    assert "A bank holiday in England" in page or "A weekend" in page
    assert f'value="{first.isoformat()}" autocomplete' in page  # it is not ticked
    assert planned(ours) == []
    said |= {"seen": hidden(page, "seen"), "day": [start.isoformat(), first.isoformat()]}
    assert posts(browser, f"{ours.path}/sessions/new", said)[0] == 303
    assert posts(browser, f"{ours.path}/sessions/new", said)[0] == 303
    assert [one.starts_on for one in planned(ours)] == [start, first]


def test_a_series_of_which_nothing_is_left_is_not_planned(browser: TestClient, ours: North) -> None:
    said = form(workday(ours.now.date(), 10), often="1", times="2")
    _, page = posts(browser, f"{ours.path}/sessions/new", said)
    status, page = posts(
        browser, f"{ours.path}/sessions/new", said | {"seen": hidden(page, "seen")}
    )
    assert status == 422
    assert "nothing is planned" in page


def test_who_meets_elsewhere_then_is_named_before_it_is_planned(
    browser: TestClient, ours: North, network: Network
) -> None:
    day = workday(ours.now.date(), 10)
    said = form(day)
    assert posts(browser, f"{ours.path}/sessions/new", said)[0] == 303
    status, page = posts(browser, f"{ours.path}/sessions/new", said | {"key": "another"})
    assert status == 200
    assert "have another session at the same hour" in page
    assert "Asha, Ben" in page
    again = said | {"key": "another", "seen": hidden(page, "seen")}
    assert posts(browser, f"{ours.path}/sessions/new", again)[0] == 303
    assert len(planned(ours)) == 2


@pytest.mark.parametrize(
    ("said", "box", "told"),
    [
        ({"on": ""}, "on", "needs an answer"),
        ({"on": "31 April"}, "on", "April has"),
        ({"on": "2020-01-01"}, "on", "has passed"),
        ({"at": ""}, "at", "needs an answer"),
        ({"at": "later"}, "at", "cannot read that as a time"),
        ({"length": "a while"}, "length", "cannot read that as a length"),
        ({"length": "5 minutes"}, "length", "between 15 minutes and 8 hours"),
        ({"link": "javascript:alert(1)"}, "place", "begins with https://"),
        ({"often": "4", "times": "99"}, "times", "from 2 to 26"),
        ({"often": "13", "times": "3"}, "often", "every 1 to 12 weeks"),
        ({"often": "8", "times": "26"}, "times", "two years ahead"),
    ],
)
def test_what_cannot_be_planned_is_told_at_its_box(
    browser: TestClient, ours: North, said: dict[str, str], box: str, told: str
) -> None:
    typed = form(workday(ours.now.date(), 10)) | said
    status, page = posts(browser, f"{ours.path}/sessions/new", typed)
    assert status == 422
    at = page.index(f'id="f-{box}-problem"')
    assert told in page[at : at + 300]
    assert "Town Hall" in page


def test_a_session_is_moved_and_the_same_again_changes_nothing(
    browser: TestClient, ours: North
) -> None:
    one = ours.meets("K7M", 20)
    path = "/console/sessions/K7M"
    seen = hidden(browser.get(f"{path}/change").text, "seen")
    said = form(workday(ours.now.date(), 30), at="14:00", seen=seen)
    assert posts(browser, f"{path}/change", said) == (303, path)
    after = ours.session(one.id)
    assert (after.starts_at, after.edition) == (time(14), 2)
    assert posts(browser, f"{path}/change", said) == (303, path)
    assert ours.session(one.id).edition == 2


def test_of_two_who_move_it_at_once_the_second_sees_both_and_chooses(
    browser: TestClient, ours: North
) -> None:
    one = ours.meets("K7M", 20)
    theirs = replace(one.arrangement, place="Theirs")
    with ours.network.database.writing() as session:
        session_changes.change(session, ours.fay, Wish("K7M", 1), theirs, now=clock.now())
    said = form(one.starts_on, place="Mine", seen="1")
    status, page = posts(browser, "/console/sessions/K7M/change", said)
    assert status == 409
    assert "Theirs" in page
    assert "Mine" in page
    said["seen"] = hidden(page, "seen")
    assert posts(browser, "/console/sessions/K7M/change", said)[0] == 303
    assert ours.session(one.id).place == "Mine"


def test_a_move_to_a_bank_holiday_is_pointed_out_first(browser: TestClient, ours: North) -> None:
    one = ours.meets("K7M", 20)
    christmas = date(ours.now.year + 1, 12, 25)
    said = form(christmas, seen="1")
    status, page = posts(browser, "/console/sessions/K7M/change", said)
    assert status == 200
    assert "You can save it all the same." in page
    assert ours.session(one.id).starts_on == one.starts_on
    said["warned"] = hidden(page, "warned")
    assert posts(browser, "/console/sessions/K7M/change", said)[0] == 303
    assert ours.session(one.id).starts_on == christmas


def test_a_session_is_called_off_after_one_question(browser: TestClient, ours: North) -> None:
    one = ours.meets("K7M", 20)
    page = browser.get("/console/sessions/K7M/cancel").text
    assert "7 members are told once." in page
    assert ours.session(one.id).planned
    said: Form = {"seen": hidden(page, "seen")}
    for _ in range(2):
        assert posts(browser, "/console/sessions/K7M/cancel", said)[0] == 303
    assert not ours.session(one.id).planned
    assert ours.session(one.id).edition == 2
    assert "Cancelled." in browser.get("/console/sessions/K7M").text


def test_what_changed_meanwhile_is_not_called_off(browser: TestClient, ours: North) -> None:
    one = ours.meets("K7M", 20)
    status, page = posts(browser, "/console/sessions/K7M/cancel", {"seen": "7"})
    assert status == 409
    assert "nothing is cancelled yet" in page
    assert ours.session(one.id).planned


def test_attendance_is_ticked_or_taken_in_one_tap(browser: TestClient, ours: North) -> None:
    one = ours.meets("M2X", -3)
    path = "/console/sessions/M2X/attendance"
    assert browser.get(path).text.count(" checked") == 3  # who said that they would come
    there: Form = {"there": [str(ours.people["Asha Wren"]), "999999", "not a number"]}
    for _ in range(2):
        assert posts(browser, path, there)[0] == 303
    assert [name for name, came in ours.grid(one.id).items() if came] == ["Asha"]
    assert posts(browser, path, {"all": "all"})[0] == 303
    assert set(ours.grid(one.id).values()) == {True}


def test_attendance_of_what_has_not_begun_is_not_taken(browser: TestClient, ours: North) -> None:
    one = ours.meets("K7M", 20)
    assert posts(browser, "/console/sessions/K7M/attendance", {"all": "all"})[0] == 303
    assert set(ours.grid(one.id).values()) == {None}
    assert "has not begun yet" in browser.get("/console/sessions/K7M/attendance").text


def test_the_file_for_calendars_is_one(browser: TestClient, ours: North) -> None:
    ours.meets("K7M", 20)
    answer = browser.get("/console/sessions/K7M.ics")
    assert answer.headers["content-type"].startswith("text/calendar")
    assert "BEGIN:VTIMEZONE" in answer.text


def test_the_guide_is_timed_for_those_present(browser: TestClient, ours: North) -> None:
    ours.meets("K7M", 20)
    assert 'value="3"' in browser.get("/console/sessions/K7M/guide").text
    assert 'value="9"' in browser.get("/console/sessions/K7M/guide?present=9").text
    assert browser.get("/console/sessions/K7M/guide?present=%F0%9F%98%80").status_code == 200


def test_the_digest_tells_who_comes_and_nothing_private(browser: TestClient, ours: North) -> None:
    ours.meets("K7M", 20)
    page = browser.get("/console/sessions/K7M/digest").text
    assert "Coming (3)" in page
    assert "Asha, Ben, Cara" in page
