"""What was learnt since the last session, and who reads it, as stories."""

from __future__ import annotations

import pytest

from bot import members
from bot.app import Network
from bot.learning_sets.commitment import Sharing
from bot.members import Role
from bot.wording import NOTHING_WAITS, OLD_BUTTON, committing, identities
from bot.wording import reflecting as words
from tests.officer import Officer
from tests.scenarios.sets import (
    LAST,
    NEXT,
    all_reflections,
    seen_again,
    sits,
)
from tests.scenarios.transcript import Bot, Clock, Phone
from tests.schema import places


def test_a_reflection_on_the_web_is_one_form_and_is_read_changed_and_deleted(
    met: dict[str, int], dana: Officer, chidi: Phone, eve: Officer, network: Network, bot: Bot
) -> None:
    dana.sends_button(f"reflect:{NEXT}")
    assert dana.told == [words.WHAT]
    ref = dana.form.ref
    dana.hands_in(ref, ("words", "wobblegong"), ("sharing", "set"))
    assert dana.told == [words.kept("set")]
    (one,) = all_reflections(network)
    assert (one.session_id, one.set_id, one.make_up) == (met[NEXT], met["set"], False)
    chidi.says("reflections North")
    bot.answers_with("A member of your set, 23 November 2026: “wobblegong”")
    bot.does_not_say("Dana")
    eve.says(f"reflections {NEXT}")
    assert "“wobblegong”" in eve.told[0]
    dana.says("reflect")
    assert "You have written for this session: “wobblegong”" in dana.told[0]
    dana.presses(words.CHANGE)
    dana.says("less than I thought")
    assert not any("wobblegong" in told for told in seen_again(network, eve))
    chidi.says("reflections north")
    bot.answers_with("“less than I thought”")
    dana.says("reflections")
    dana.sends_button(dana.choices[0].value)
    dana.presses(words.DELETE)
    dana.says("yes")
    assert dana.told == [words.DELETED]
    assert all_reflections(network) == []
    chidi.says("reflections north")
    bot.answers_with(words.nothing_in_set("North"))


def test_whoever_missed_a_session_makes_up_for_it(
    met: dict[str, int], network: Network, clock: Clock, chidi: Phone, bot: Bot
) -> None:
    sits(network, clock, met[LAST], "Chidi", attended=False)
    chidi.says(f"reflect {LAST}")
    bot.answers_with(words.WHAT_MISSED)
    chidi.says("We rang them all the same.")
    chidi.picks(committing.PRIVATE)
    bot.answers_with(words.kept("private"))
    (one,) = all_reflections(network)
    assert (one.session_id, one.make_up, one.sharing) == (met[LAST], True, Sharing.PRIVATE)


def test_what_is_shared_with_the_network_is_read_by_all_without_a_name(
    met: dict[str, int], dana: Officer, asha_outside: Officer, network: Network
) -> None:
    assert met
    asha_outside.says("learnt")
    assert asha_outside.told == [words.NOTHING_LEARNT]
    dana.says("reflect Chidi is right: patience pays")
    dana.presses(committing.NETWORK)
    assert "«Chidi»" in dana.form.asked.hint
    dana.presses(identities.NEUTRAL)
    dana.says("commit ring them")
    dana.says("went worked")
    dana.says("They like to be rung.")
    dana.presses(committing.NETWORK)
    asha_outside.says("learnt")
    (told,) = asha_outside.told
    assert "patience pays" in told
    assert "to try: “ring them” It worked. Learnt: “They like to be rung.”" in told
    assert "Dana" not in told
    assert "Chidi" not in told
    asha_outside.says("reflections North")
    assert asha_outside.told == [words.NO_SUCH_SET]
    asha_outside.says(f"reflections {NEXT}")
    assert asha_outside.told == [words.NO_SUCH_SET]
    dana.says("forget me")
    dana.says("yes")
    assert not any("patience" in told for told in seen_again(network, asha_outside))


@pytest.mark.parametrize("way_back", ["reflections", "forget me"])
def test_a_moderator_makes_a_draft_of_what_was_learnt_which_goes_when_it_is_taken_back(
    dana: Officer, asha_outside: Officer, network: Network, way_back: str
) -> None:
    dana.says("reflect the wobblegong helped")
    dana.presses(committing.NETWORK)
    asha_outside.says("learnt")
    assert words.DRAFT_ONE not in asha_outside.labels
    asha_outside.sends_button("draft-learnt:reflection:1")
    assert asha_outside.told == [OLD_BUTTON]
    with network.database.writing() as session:
        members.named(session, "Asha").role = Role.MODERATOR
    asha_outside.says("learnt")
    asha_outside.presses(words.DRAFT_ONE)
    asha_outside.presses("the wobblegong helped")
    assert asha_outside.form.note == words.drafts("", "the wobblegong helped")
    asha_outside.says("How do we get returns in time?")
    assert asha_outside.told == [words.DRAFTED]
    asha_outside.says("review")
    assert any("How do we get returns in time?" in told for told in asha_outside.told)
    asha_outside.sends_button("draft-learnt:reflection:1")
    asha_outside.says("How do we get returns sooner?")
    assert asha_outside.told == [words.NOT_DRAFTED]
    assert "solution.text" in places(network.database, "wobblegong")
    dana.says(way_back)
    if way_back == "reflections":
        dana.sends_button(dana.choices[0].value)
        dana.presses(words.WHO_MAY_READ)
        dana.presses(committing.PRIVATE)
        assert places(network.database, "wobblegong") <= {"reflection.words", "delivery.content"}
    else:
        dana.says("yes")
    assert "solution.text" not in places(network.database, "wobblegong")
    asha_outside.says("review")
    assert asha_outside.told == [NOTHING_WAITS]
