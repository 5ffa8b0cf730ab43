"""A set is made and changed on a page: nothing that was typed is lost, nothing is done twice."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from bot import members
from bot.app import Network
from bot.learning_sets import charter, sets
from bot.learning_sets.charter import Charter
from bot.members import Role
from handlers import clock
from tests.handlers.console.conftest import SignIn
from tests.handlers.console.north import NAMES, North, hidden, north, posts


@pytest.fixture
def ours(network: Network, sign_in: SignIn) -> North:
    return north(network, sign_in("Fay", Role.FACILITATOR).id)


def filled(**others: str) -> dict[str, str | list[str]]:
    return {
        "name": "South",
        "purpose": "",
        "members": "\n".join(NAMES),
        "facilitators": "Fay",
        "note": "",
        **others,
    }


def test_a_set_is_made_once_however_often_it_is_sent(browser: TestClient, ours: North) -> None:
    first = posts(browser, "/console/sets/new", filled())
    assert first[0] == 303
    assert posts(browser, "/console/sets/new", filled()) == first
    with ours.network.database.reading() as session:
        assert [one.name for one in sets.listed(session)] == ["North", "South"]
        assert len(sets.members_of(session, sets.named(session, "South").id)) == 7


def test_the_form_names_whoever_asks_as_facilitator(browser: TestClient, ours: North) -> None:
    page = browser.get("/console/sets/new").text
    assert ">\nFay</textarea>" in page


def test_unknown_names_are_told_by_line_and_all_that_was_typed_stays(
    browser: TestClient, ours: North
) -> None:
    typed = "asha wren\n\nNobody Known\nBen  Ode\nXy"
    status, page = posts(browser, "/console/sets/new", filled(members=typed, purpose="Keep me"))
    assert status == 422
    assert "Line 3: I know nobody called “Nobody Known”." in page
    assert "Line 5: I know nobody called “Xy”." in page
    assert "asha wren" in page
    assert "Keep me" in page
    assert '<a href="#f-members">Members: Line 3' in page
    assert 'aria-describedby="f-members-hint f-members-problem" aria-invalid="true"' in page
    assert "<title>Problem: New set" in page


@pytest.mark.parametrize(
    ("said", "box", "told"),
    [
        ({"name": ""}, "name", "between 1 and 120"),
        ({"name": "North"}, "name", "of that name already"),
        ({"purpose": "w" * 501}, "purpose", "at most 500"),
        ({"facilitators": ""}, "facilitators", "at least one facilitator"),
        ({"members": "Asha Wren\nBen Ode"}, "note", "at least 6 members"),
        ({"note": "w" * 201}, "note", "at most 200"),
    ],
)
def test_what_does_not_fit_is_told_at_its_box(
    browser: TestClient, ours: North, said: dict[str, str], box: str, told: str
) -> None:
    status, page = posts(browser, "/console/sets/new", filled(**said))
    assert status == 422
    at = page.index(f'id="f-{box}-problem"')
    assert told in page[at : at + 400]


def test_a_note_allows_an_unusual_size(browser: TestClient, ours: North) -> None:
    said = filled(members="Asha Wren\nBen Ode", note="A pilot with two councils")
    assert posts(browser, "/console/sets/new", said)[0] == 303


def test_a_change_is_kept_and_the_same_again_is_no_other_change(
    browser: TestClient, ours: North
) -> None:
    page = browser.get(f"{ours.path}/edit").text
    seen = hidden(page, "seen")
    said = filled(name="North East", members="\n".join(NAMES[:6]), seen=seen)
    assert posts(browser, f"{ours.path}/edit", said) == (303, ours.path)
    after = ours.edition()
    assert posts(browser, f"{ours.path}/edit", said) == (303, ours.path)
    assert ours.edition() == after == int(seen) + 1
    with ours.network.database.reading() as session:
        kept = charter.of(session, ours.set_id)
    assert kept.name == "North East"
    assert ours.people["Hal Birch"] not in kept.members


def test_of_two_who_edit_at_once_the_second_sees_both_versions(
    browser: TestClient, ours: North
) -> None:
    seen = hidden(browser.get(f"{ours.path}/edit").text, "seen")
    with ours.network.database.writing() as session:
        stands = charter.of(session, ours.set_id)
        theirs = Charter("North", "Theirs", stands.members, stands.facilitators)
        charter.amend(session, ours.fay, ours.set_id, theirs, seen=int(seen), now=clock.now())
    said = filled(name="North", purpose="Mine", seen=seen)
    status, page = posts(browser, f"{ours.path}/edit", said)
    assert status == 409
    assert '<td class="lines">Theirs</td><td class="lines">Mine</td>' in page
    assert page.count('<th scope="row">') == 1  # only what differs
    said["seen"] = hidden(page, "seen")
    assert posts(browser, f"{ours.path}/edit", said)[0] == 303
    with ours.network.database.reading() as session:
        assert charter.of(session, ours.set_id).purpose == "Mine"


def test_a_member_without_a_name_stays_in_the_set(browser: TestClient, ours: North) -> None:
    with ours.network.database.writing() as session:
        unnamed = members.add(session, None, Role.OFFICER, now=ours.now).id
        sets.add_member(session, ours.set_id, unnamed, now=ours.now)
    seen = hidden(browser.get(f"{ours.path}/edit").text, "seen")
    said = filled(name="North", purpose="Anew", seen=seen)
    assert posts(browser, f"{ours.path}/edit", said)[0] == 303
    with ours.network.database.reading() as session:
        assert unnamed in sets.members_of(session, ours.set_id)


def test_whoever_takes_themselves_off_is_led_to_what_is_still_theirs(
    browser: TestClient, ours: North
) -> None:
    seen = hidden(browser.get(f"{ours.path}/edit").text, "seen")
    said = filled(name="North", facilitators="Asha Wren", seen=seen)
    assert posts(browser, f"{ours.path}/edit", said) == (303, "/console/sets")
    assert browser.get(ours.path).status_code == 404
