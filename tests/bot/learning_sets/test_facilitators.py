"""Who looks after a set, and what happens when nobody does any more."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import select

from bot import members, messages, privacy
from bot.delivery import DeliveryRow
from bot.learning_sets import sets
from bot.members import Member, Role
from bot.messages import Channel
from bot.wording import sets as words
from knowledge.database import Database


@pytest.fixture
def people(database: Database, now: datetime) -> dict[str, int]:
    roles = {"Fay": Role.FACILITATOR, "Ada": Role.ADMINISTRATOR, "Mo": Role.MODERATOR}
    with database.writing() as session:
        made = {}
        for name in ("Fay", "Ada", "Mo", "Ben", "Cara", "Dan"):
            one = members.add(session, name, roles.get(name, Role.OFFICER), now=now)
            members.connect(session, one, Channel.WEB, f"web:{name}", now=now)
            made[name] = one.id
        session.get_one(Member, made["Dan"]).stopped_at = now
        north = sets.create(session, "North", note="few", facilitators=(made["Fay"],), now=now)
        for name in ("Ben", "Cara", "Dan"):
            sets.add_member(session, north.id, made[name], now=now)
        sets.create(session, "South", now=now)
        return made


def told(database: Database) -> dict[str, list[str]]:
    """What waits or went out, by who hears it."""
    heard: dict[str, list[str]] = {}
    with database.reading() as session:
        for row in session.scalars(select(DeliveryRow).order_by(DeliveryRow.id)):
            content = messages.from_json(row.content)
            assert isinstance(content, messages.Text)
            heard.setdefault(row.address.removeprefix("web:"), []).append(content.text)
    return heard


def test_facilitators_look_after_their_own_sets_and_administrators_after_all(
    database: Database, people: dict[str, int]
) -> None:
    with database.reading() as session:
        north, south = (sets.named(session, name).id for name in ("North", "South"))
        may = {
            name: [sets.facilitates(session, one, each) for each in (north, south, 99)]
            for name, one in people.items()
        }
        assert [one.name for one in sets.facilitated_by(session, people["Fay"])] == ["North"]
        assert sets.facilitated_by(session, people["Ada"]) == ()
        viewer = sets.viewer(session, session.get_one(Member, people["Fay"]))
    assert may == {
        "Fay": [True, False, False],
        "Ada": [True, True, False],
        "Mo": [False, False, False],
        "Ben": [False, False, False],
        "Cara": [False, False, False],
        "Dan": [False, False, False],
    }
    assert (viewer.sets, viewer.facilitates) == (frozenset({north}), frozenset({north}))


@pytest.mark.parametrize("how", ["removed", "forgotten"])
def test_a_set_whose_last_facilitator_goes_stays_and_says_so_once(
    database: Database, people: dict[str, int], now: datetime, how: str
) -> None:
    with database.writing() as session:
        north = sets.named(session, "North").id
        sets.add_facilitator(session, north, people["Cara"])
        sets.add_facilitator(session, north, people["Cara"])
        sets.remove_facilitator(session, north, people["Cara"], now=now)
        sets.remove_facilitator(session, north, people["Cara"], now=now)
    assert told(database) == {}, "Fay facilitates it still"
    with database.writing() as session:
        if how == "removed":
            sets.remove_facilitator(session, north, people["Fay"], now=now)
            sets.remove_facilitator(session, north, people["Fay"], now=now)
        else:
            privacy.forget(session, session.get_one(Member, people["Fay"]), now=now)
    needed = words.needs_facilitator("North")
    assert told(database) == {
        "Ada": [words.needs_facilitator_found("North")],
        "Ben": [needed],
        "Cara": [needed],
    }
    with database.reading() as session:
        view = sets.view(session, north)
    assert view is not None
    assert (view.members, view.facilitators) == (3, 0)


def test_a_member_who_leaves_counts_no_more_and_their_set_has_another_edition(
    database: Database, people: dict[str, int], now: datetime
) -> None:
    with database.writing() as session:
        north = sets.named(session, "North")
        before, number = north.edition, north.id
        privacy.forget(session, session.get_one(Member, people["Ben"]), now=now)
    with database.reading() as session:
        view = sets.view(session, number)
    assert view is not None
    assert (view.members, view.edition) == (2, before + 1)
    assert told(database) == {}


def test_my_data_tells_what_somebody_facilitates(
    database: Database, people: dict[str, int]
) -> None:
    with database.reading() as session:
        assert "You facilitate 1 set: North." in privacy.kept(session, people["Fay"])
