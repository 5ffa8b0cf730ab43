"""The console lets in those who look after something, and nobody else."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from bot.app import Network
from bot.learning_sets.sets import LearningSet, SetFacilitator
from bot.members import Role
from handlers import clock
from tests.handlers.console.conftest import SignIn


def test_who_is_not_signed_in_is_asked_to(browser: TestClient) -> None:
    answer = browser.get("/console")
    assert answer.status_code == 401
    assert "sign-in link" in answer.text


def test_an_officer_is_sent_back_to_the_conversation(browser: TestClient, sign_in: SignIn) -> None:
    sign_in("Asha")
    answer = browser.get("/console")
    assert answer.status_code == 403
    assert "for facilitators and moderators" in answer.text


@pytest.mark.parametrize(
    ("role", "sections"),
    [
        (Role.FACILITATOR, ["Today", "Sets"]),
        (Role.MODERATOR, ["Today"]),
        (Role.ADMINISTRATOR, ["Today", "Sets"]),
    ],
)
def test_each_sees_what_they_look_after(
    browser: TestClient, sign_in: SignIn, role: Role, sections: list[str]
) -> None:
    sign_in("Asha", role)
    page = browser.get("/console").text
    assert [one for one in ("Today", "Sets") if f">{one}</a>" in page] == sections
    assert '<a href="/console" aria-current="page">Today</a>' in page


def test_an_officer_who_runs_a_set_comes_in(
    browser: TestClient, sign_in: SignIn, network: Network
) -> None:
    asha = sign_in("Asha")
    with network.database.writing() as session:
        made = LearningSet(name="North", created_at=clock.now())
        session.add(made)
        session.flush()
        session.add(SetFacilitator(set_id=made.id, member_id=asha.id))
    assert ">Sets</a>" in browser.get("/console").text
