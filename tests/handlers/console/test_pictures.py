"""Pictures: the same figures as beside them, nothing loaded from elsewhere, nothing that runs."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

from bot.app import Network
from bot.learning_sets.commitment import Outcome, Sharing
from bot.members import Role
from handlers.console import pictures
from handlers.page_edge import HEADERS
from tests.handlers.console.conftest import SignIn
from tests.handlers.console.north import North, north


@pytest.fixture
def ours(network: Network, sign_in: SignIn) -> North:
    ours = north(network, sign_in("Fay", Role.FACILITATOR).id)
    ours.meets("M2X", -30, came=5)
    ours.meets("M3X", -3, came=6)
    ours.tries("Asha Wren", "Ring <three> partners", Sharing.SET, Outcome.WORKED)
    return ours


@pytest.mark.parametrize("name", ["rhythm", "outcomes"])
def test_a_picture_loads_nothing_and_runs_nothing(
    browser: TestClient, ours: North, name: str
) -> None:
    answer = browser.get(f"{ours.path}/{name}.svg")
    picture = answer.text
    assert answer.headers["content-type"] == "image/svg+xml"
    for unwanted in ("<script", "href", "url(", "@import", "<!--", "foreignObject", "<image"):
        assert unwanted not in picture, unwanted
    assert re.search(r"\son\w+=", picture) is None
    links = set(re.findall(r"https?://[^\"' <]+", picture))
    assert links <= {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_picture_has_a_policy_of_its_own_and_pages_keep_theirs(
    browser: TestClient, ours: North
) -> None:
    policy = browser.get(f"{ours.path}/rhythm.svg").headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy
    page = browser.get(ours.path)
    assert page.headers["content-security-policy"] == HEADERS["Content-Security-Policy"]
    assert "style=" not in page.text
    assert "<style" not in page.text


def test_the_table_and_the_file_have_the_figures_of_the_picture(
    browser: TestClient, ours: North
) -> None:
    lines = browser.get(f"{ours.path}/rhythm.csv").text.splitlines()
    assert [line.split(",")[1:] for line in lines] == [["came", "away"], ["5", "2"], ["6", "1"]]
    page = browser.get(ours.path).text
    assert "<td>5</td><td>2</td>" in page
    picture = browser.get(f"{ours.path}/rhythm.svg").text
    assert {">5<", ">2<", ">6<", ">1<"} <= {f">{one}<" for one in re.findall(r">(\d+)<", picture)}
    outcomes = browser.get(f"{ours.path}/outcomes.csv").text.splitlines()
    assert outcomes[1] == "Worked,1"
    assert outcomes[-1] == "Still being tried,0"


def test_there_is_a_bar_for_each_figure(browser: TestClient, ours: North) -> None:
    for name, bars in (("rhythm", 4), ("outcomes", 4)):
        picture = browser.get(f"{ours.path}/{name}.svg").text
        assert len(re.findall(r'<rect[^>]*class="rect reactive', picture)) == bars


def test_a_picture_without_figures_is_still_one() -> None:
    assert pictures.rhythm(()).startswith("<svg")
    assert pictures.counts({"Worked": 0}).startswith("<svg")
