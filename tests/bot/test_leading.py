"""Sets in the conversation: made, changed, suggested; the second of two editors is told."""

from __future__ import annotations

from datetime import datetime

import pytest

from bot import members
from bot.app import Network
from bot.learning_sets import sets
from bot.members import Role
from bot.wording import leading as words
from bot.wording import sets as set_words
from tests.bot.conftest import welcomed
from tests.officer import Officer

NAMES = [f"Officer Number{letter}" for letter in "ABCDEFGHIJKLMN"]


@pytest.fixture
def fay(talking: Network, now: datetime) -> Officer:
    """A facilitator, in a network of fourteen others."""
    with talking.database.writing() as session:
        for name in NAMES:
            members.add(session, name, Role.OFFICER, now=now)
    return role(welcomed(talking, "Fay", now), "Fay", Role.FACILITATOR)


def role(officer: Officer, name: str, role: Role) -> Officer:
    with officer.network.database.writing() as session:
        members.named(session, name).role = role
    return officer


def inside(officer: Officer, name: str) -> list[str]:
    with officer.network.database.reading() as session:
        found = sets.members_of(session, sets.named(session, name).id)
        known = members.ids_by_name(session)
        return sorted(each for each, number in known.items() if number in found)


def makes(fay: Officer, name: str, people: str) -> None:
    names(fay, name, people)
    fay.says("me")


def names(fay: Officer, name: str, people: str) -> None:
    fay.says("create set")
    for answer in (name, "To fill empty shops", people):
        fay.says(answer)


def test_a_set_is_made_by_typing(fay: Officer) -> None:
    makes(fay, "North", ", ".join(NAMES[:7]))
    assert fay.told == [words.made("North", 7)]
    assert inside(fay, "North") == NAMES[:7]
    fay.says("sets")
    assert "North: 7 members. To fill empty shops." in fay.told[0]
    assert words.CREATE in fay.labels


def test_an_unusual_size_wants_a_note_and_a_slip_is_asked_about(fay: Officer) -> None:
    names(fay, "North", "officer numbera; Officer NumberBX")
    unknown = words.unknown(["Officer NumberBX"])
    assert fay.form.asked.problem == unknown, "several are that near, and none is named"
    fay.says("Officer NumberA")
    fay.says("me")
    assert set_words.too_few(1) in fay.form.asked.hint
    fay.says("a pilot")
    assert fay.told == [words.made("North", 1)]


def test_a_name_with_a_slip_is_confirmed_first(
    fay: Officer, talking: Network, now: datetime
) -> None:
    welcomed(talking, "Bronwen Pritchard", now)
    makes(fay, "North", ", ".join((*NAMES[:5], "Bronwen Prichard")))
    assert fay.told == [words.did_you_mean("Bronwen Prichard", "Bronwen Pritchard")]
    fay.presses(words.YES_THAT_ONE)
    assert fay.told == [words.made("North", 6)]
    assert "Bronwen Pritchard" in inside(fay, "North")


def test_a_name_nobody_has_and_one_who_stopped_are_answered_alike(
    fay: Officer, talking: Network, now: datetime
) -> None:
    welcomed(talking, "Bronwen Pritchard", now).says("stop")
    for name in ("Bronwen Pritchard", "Bronwen Prichard", "Nobody Atall", "Officer"):
        names(fay, "North", name)
        assert fay.form.asked.problem == words.unknown([name])
        fay.says("cancel")


def test_officers_make_and_change_no_sets(fay: Officer, asha: Officer) -> None:
    makes(fay, "North", ", ".join(NAMES[:6]))
    for said in ("create set", "suggest sets"):
        asha.says(said)
        assert asha.told == [words.FOR_FACILITATORS]
    for name in ("North", "Nowhere"):
        asha.says(f"edit set {name}")
        assert asha.told == [words.NO_SUCH_SET]


def test_a_set_is_changed_and_the_second_of_two_editors_chooses(
    fay: Officer, talking: Network, now: datetime
) -> None:
    makes(fay, "North", ", ".join(NAMES[:7]))
    ada = role(welcomed(talking, "Ada", now), "Ada", Role.ADMINISTRATOR)
    for officer in (fay, ada):
        officer.says("edit set north")
        officer.says("skip")
        officer.says("skip")
    fay.says(", ".join(NAMES[:8]))
    fay.says("skip")
    assert fay.told == [words.changed("North")]
    ada.says(", ".join((*NAMES[:7], NAMES[9])))
    ada.says("skip")
    assert ada.told == [words.WHICH_VERSION]
    assert f"{NAMES[6]}, {NAMES[7]}" in ada.form.asked.hint
    assert f"{NAMES[6]}, {NAMES[9]}" in ada.form.asked.hint
    assert inside(ada, "North") == NAMES[:8]
    ada.presses(words.MINE)
    assert ada.told == [words.changed("North")]
    assert inside(ada, "North") == [*NAMES[:7], NAMES[9]]


def test_sets_are_suggested_people_moved_and_the_sets_made(fay: Officer) -> None:
    fay.says("suggest sets")
    assert fay.told == [words.NAMES]
    fay.says("Officer NumberA, Who Ever")
    assert fay.told == [words.unknown(["Who Ever"])]
    fay.says(", ".join(NAMES[:5]))
    assert "at least 6 people" in fay.told[0]
    fay.says("\n".join(NAMES))
    assert "1. Set 1, 7: " in fay.told[0]
    assert words.MOVE_HINT in fay.told[0]
    fay.says("move officer numbera to 3")
    assert fay.told[0].startswith(words.NO_MOVE)
    there = "2" if "NumberA" in fay.told[0].split("2. Set 2")[0] else "1"
    fay.says(f"move officer numbera to {there}")
    assert f"{there}. Set {there}, 8: " in fay.told[0]
    fay.presses(words.MAKE_THEM)
    assert fay.told == [words.confirmed(2)]
    assert NAMES[0] in inside(fay, f"Set {there}")
    fay.says("suggest sets")
    fay.says("cancel")
    assert fay.told == [words.NOT_SUGGESTED]
