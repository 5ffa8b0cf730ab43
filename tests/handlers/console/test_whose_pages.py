"""Whose pages they are: for all others a set of somebody else's is as one that does not exist."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from bot.app import Network
from bot.learning_sets import sets
from bot.members import Role
from handlers import clock
from tests.handlers.console.conftest import SignIn
from tests.handlers.console.north import North, north

OF_SET = ("", "/edit", "/sessions/new", "/rhythm.svg", "/rhythm.csv", "/outcomes.svg")
OF_SESSION = ("", ".ics", "/change", "/cancel", "/attendance", "/agenda", "/write-up")
MORE = ("/digest", "/guide")
POSTED = ("/edit", "/sessions/new")
POSTED_TO_SESSION = ("/change", "/cancel", "/attendance", "/agenda", "/write-up")


@pytest.fixture
def theirs(network: Network, sign_in: SignIn) -> North:
    """A set that somebody else facilitates; the browser is nobody's."""
    ours = north(network, sign_in("Fay", Role.FACILITATOR).id)
    ours.meets("K7M", 20)
    return ours


def pages(ours: North) -> list[str]:
    of_session = [f"/console/sessions/K7M{end}" for end in (*OF_SESSION, *MORE)]
    return [*(f"{ours.path}{end}" for end in (*OF_SET, "/outcomes.csv")), *of_session]


def forms(ours: North) -> list[str]:
    of_session = [f"/console/sessions/K7M{end}" for end in POSTED_TO_SESSION]
    return [*(f"{ours.path}{end}" for end in POSTED), *of_session]


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.MODERATOR])
def test_nobody_elses_set_is_told_from_one_that_does_not_exist(
    browser: TestClient, theirs: North, sign_in: SignIn, role: Role
) -> None:
    sign_in("Gus", role)
    nothing = browser.get("/console/sets/4711")
    assert nothing.status_code == 404
    for path in pages(theirs):
        answer = browser.get(path)
        assert (answer.status_code, answer.text) == (404, nothing.text), path
    before = theirs.edition()
    for path in forms(theirs):
        answer = browser.post(path, data={"all": "all", "seen": "1"})
        assert (answer.status_code, answer.text) == (404, nothing.text), path
    assert theirs.edition() == before


def test_a_member_of_the_set_who_facilitates_another_does_not_see_its_pages(
    browser: TestClient, theirs: North, sign_in: SignIn, network: Network
) -> None:
    gus = sign_in("Gus", Role.FACILITATOR)
    with network.database.writing() as session:
        sets.add_member(session, theirs.set_id, gus.id, now=clock.now())
    for path in pages(theirs):
        assert browser.get(path).status_code == 404, path


def test_a_moderator_sees_no_list_of_sets(browser: TestClient, sign_in: SignIn) -> None:
    sign_in("Mo", Role.MODERATOR)
    for path in ("/console/sets", "/console/sets/new"):
        assert browser.get(path).status_code == 403


def test_an_administrator_sees_every_set(
    browser: TestClient, theirs: North, sign_in: SignIn
) -> None:
    sign_in("Ada", Role.ADMINISTRATOR)
    for path in pages(theirs):
        assert browser.get(path).status_code == 200, path
    assert "North" in browser.get("/console/sets").text


def test_an_officer_and_a_stranger_come_no_further_than_the_door(
    browser: TestClient, theirs: North, sign_in: SignIn
) -> None:
    sign_in("Olu")
    for path in pages(theirs):
        assert browser.get(path).status_code == 403, path
    browser.post("/sign-out")
    for path in (*pages(theirs), *forms(theirs)):
        assert browser.get(path).status_code == 401, path


def test_another_websites_form_does_nothing(browser: TestClient, theirs: North) -> None:
    for path in forms(theirs):
        answer = browser.post(path, data={"seen": "1"}, headers={"Sec-Fetch-Site": "cross-site"})
        assert answer.status_code == 403, path
    assert theirs.session(1).planned


@pytest.mark.parametrize("number", ["0", "99999999999999999999999", "-1", "x"])
def test_a_number_that_no_set_has_is_not_found(
    browser: TestClient, sign_in: SignIn, number: str
) -> None:
    sign_in("Ada", Role.ADMINISTRATOR)
    assert browser.get(f"/console/sets/{number}").status_code == 404
