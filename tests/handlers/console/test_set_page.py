"""The set's page: what it shows, and what it never does."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from bot.app import Network
from bot.learning_sets.commitment import Outcome, Sharing
from bot.members import Role
from tests.handlers.console.conftest import SignIn
from tests.handlers.console.north import North, north


@pytest.fixture
def ours(network: Network, sign_in: SignIn) -> North:
    return north(network, sign_in("Fay", Role.FACILITATOR).id)


def test_it_tells_who_meets_when_and_who_came(browser: TestClient, ours: North) -> None:
    ours.meets("M2X", -20, came=5)
    ours.meets("K7M", 20)
    page = browser.get(ours.path).text
    for told in (
        "To get partners round the table.",
        "Asha, Ben, Cara",
        "3 of 7 said that they come.",
        "5 of 7 came",
        '<td class="came">Came</td>',
        '<td class="away">Away</td>',
        '<a href="/console/sessions/M2X/write-up">Write it up',
    ):
        assert told in page, told


def test_only_what_was_shared_with_the_set_is_shown_or_counted(
    browser: TestClient, ours: North
) -> None:
    ours.tries("Asha Wren", "Ring three partners", Sharing.SET, Outcome.WORKED)
    ours.tries("Ben Ode", "A private step", Sharing.PRIVATE, Outcome.DID_NOT)
    ours.reflects("Cara Finch", "Listening took us further", Sharing.SET)
    ours.reflects("Dev Plum", "For myself alone", Sharing.PRIVATE)
    page = browser.get(ours.path).text
    assert "Ring three partners" in page
    assert "Listening took us further" in page
    assert "A private step" not in page
    assert "For myself alone" not in page
    assert "worked 1, partly 0, did not work 0, still being tried 0." in page


def test_names_stand_in_no_section_of_shared_words(browser: TestClient, ours: North) -> None:
    ours.tries("Asha Wren", "Ring three partners", Sharing.SET)
    page = browser.get(ours.path).text
    assert "Asha" not in page[page.index('id="commitments"') :]


def test_reflections_come_on_pages(browser: TestClient, ours: North) -> None:
    for number in range(12):
        with ours.network.database.writing():
            pass
        ours.reflects("Asha Wren", f"Thought number {number:02d}", Sharing.SET)
    first, second = (browser.get(f"{ours.path}?page={number}").text for number in (1, 2))
    assert first.count("Thought number") == 10
    assert second.count("Thought number") == 2
    assert 'rel="next"' in first
    assert 'rel="next"' not in second
    assert browser.get(f"{ours.path}?page=-5").status_code == 200
    assert browser.get(f"{ours.path}?page=99999999999999999999").status_code == 200


def test_the_list_names_each_set_with_its_next_session(browser: TestClient, ours: North) -> None:
    ours.meets("K7M", 20)
    page = browser.get("/console/sets").text
    assert f'<a href="{ours.path}">North</a>' in page
    assert "Fay" in page
    assert "10:00" in page


def test_whoever_has_no_set_yet_is_told_what_one_is(browser: TestClient, sign_in: SignIn) -> None:
    sign_in("Gus", Role.FACILITATOR)
    assert "There is no set here yet." in browser.get("/console/sets").text


def test_the_number_of_questions_does_not_grow_with_the_set(
    browser: TestClient, ours: North, count_queries: list[str]
) -> None:
    browser.get(ours.path)
    count_queries.clear()
    browser.get(ours.path)
    few = len(count_queries)
    for number in range(8):
        ours.meets(f"M{number}X", -5 - number, came=4)
        ours.tries("Asha Wren", f"Step {number}", Sharing.SET)
        ours.reflects("Ben Ode", f"Thought {number}", Sharing.SET)
    count_queries.clear()
    browser.get(ours.path)
    assert len(count_queries) <= few + 2
