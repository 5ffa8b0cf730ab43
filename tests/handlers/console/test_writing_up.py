"""A session is written up on a page: what may tell who is meant is marked, its author decides."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from bot.app import Network
from bot.learning_sets.sessions import WriteUp
from bot.members import Role
from tests.handlers.console.conftest import SignIn
from tests.handlers.console.north import North, hidden, north, posts

Form = dict[str, str | list[str]]
WRITE = "/console/sessions/M2X/write-up"


@pytest.fixture
def ours(network: Network, sign_in: SignIn) -> North:
    return north(network, sign_in("Fay", Role.FACILITATOR).id)


def kept(ours: North, session_id: int) -> WriteUp | None:
    with ours.network.database.reading() as session:
        return session.get(WriteUp, session_id)


def test_a_write_up_is_kept_once(browser: TestClient, ours: North) -> None:
    one = ours.meets("M2X", -3, came=4)
    said: Form = {"seen": "0", "explored": "How to begin", "ideas": "Meet", "agrees": "no"}
    for _ in range(2):
        assert posts(browser, WRITE, said) == (303, "/console/sessions/M2X#written")
    row = kept(ours, one.id)
    assert row is not None
    assert (row.explored, row.edition) == ("How to begin", 1)


def test_what_may_tell_who_is_meant_is_marked_and_its_author_decides(
    browser: TestClient, ours: North
) -> None:
    one = ours.meets("M2X", -3, came=4)
    said: Form = {
        "seen": "0",
        "explored": "What Asha Wren met at Kent County Council",
        "ideas": "",
    }
    status, page = posts(browser, WRITE, said)
    assert status == 422
    assert "<mark>Asha Wren</mark>" in page
    assert "<mark>Kent County Council</mark>" in page
    assert kept(ours, one.id) is None
    of = hidden(page, "explored-of")
    assert posts(browser, WRITE, said | {"explored-of": "other", "explored-do": "keep"})[0] == 422
    assert posts(browser, WRITE, said | {"explored-of": of, "explored-do": "changed"})[0] == 422
    assert posts(browser, WRITE, said | {"explored-of": of, "explored-do": "neutral"})[0] == 303
    row = kept(ours, one.id)
    assert row is not None
    assert "Asha" not in row.explored
    assert "Kent" not in row.explored


def test_the_authors_own_name_takes_a_second_yes(browser: TestClient, ours: North) -> None:
    one = ours.meets("M2X", -3, came=4)
    said: Form = {"seen": "0", "explored": "What Fay asked us", "ideas": ""}
    _, page = posts(browser, WRITE, said)
    said |= {"explored-of": hidden(page, "explored-of"), "explored-do": "keep"}
    assert posts(browser, WRITE, said)[0] == 422
    assert posts(browser, WRITE, said | {"explored-named": "yes"})[0] == 303
    assert kept(ours, one.id) is not None


def test_of_two_who_write_it_up_the_second_sees_both(browser: TestClient, ours: North) -> None:
    one = ours.meets("M2X", -3, came=4)
    ours.wrote_up("M2X", "Their words")
    said: Form = {"seen": "0", "explored": "My words", "ideas": ""}
    status, page = posts(browser, WRITE, said)
    assert status == 409
    assert "Their words" in page
    assert "My words" in page
    assert posts(browser, WRITE, said | {"seen": hidden(page, "seen")})[0] == 303
    row = kept(ours, one.id)
    assert row is not None
    assert row.explored == "My words"


def test_ideas_need_a_word_on_whether_the_set_agreed(browser: TestClient, ours: North) -> None:
    ours.meets("M2X", -3, came=4)
    status, page = posts(browser, WRITE, {"seen": "0", "explored": "It", "ideas": "Meet"})
    assert status == 422
    assert 'id="f-agrees-problem"' in page
