"""Between two sessions, as stories: what is tried, how it went, what was learnt, who reads it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from bot.app import Network
from bot.delivery import DeliveryRow
from bot.learning_sets import commitments
from bot.learning_sets.commitment import LONGEST_WHAT, Commitment, CommitmentSet, Sharing
from bot.learning_sets.committed import Committed
from bot.learning_sets.reflections import LONGEST_REFLECTION, Reflection
from bot.messages import Channel, Inbound
from bot.wording import committing, identities
from bot.wording import digest_page as facilitating_words
from bot.wording import guide as guide_words
from bot.wording import reflecting as words
from bot.wording import trying as trying_words
from tests.bot.conftest import welcomed
from tests.officer import Officer
from tests.scenarios.peers import Post
from tests.scenarios.sets import LAST, LAST_DAY, NEXT, NEXT_DAY, facilitates, meets, north, sits
from tests.scenarios.transcript import Bot, Clock, Phone


@pytest.fixture
def met(
    network: Network, clock: Clock, chidi: Phone, dana: Officer, eve: Officer
) -> dict[str, int]:
    """North met last week and meets again in two; Eve facilitates and is no member of it."""
    assert chidi.number
    assert dana.address != eve.address
    set_id = north(network, clock, "Chidi", "Dana")
    facilitates(network, set_id, "Eve")
    sessions = {
        code: meets(network, clock, set_id, code, on)
        for code, on in ((LAST, LAST_DAY), (NEXT, NEXT_DAY))
    }
    return {"set": set_id, **sessions}


def all_commitments(network: Network) -> list[Commitment]:
    with network.database.reading() as session:
        return list(session.scalars(select(Commitment).order_by(Commitment.id)))


def all_reflections(network: Network) -> list[Reflection]:
    with network.database.reading() as session:
        return list(session.scalars(select(Reflection).order_by(Reflection.id)))


def test_what_is_tried_after_a_session_and_how_it_went_by_typed_words_alone(
    met: dict[str, int], chidi: Phone, network: Network, bot: Bot
) -> None:
    chidi.says(f"commit {LAST}")
    bot.answers_with(committing.WHAT)
    chidi.says("commit to one call a week")  # an answer, though it begins like a command
    bot.answers_with("You will try: “commit to one call a week”", "Monday 7 December 2026")
    chidi.says("4/12")
    bot.answers_with("Friday 4 December 2026")
    chidi.says("commitments")
    chidi.says("1")
    bot.answers_with("You committed to it after the session on Tuesday 17 November 2026.")
    bot.answers_with("Only you may read this.")
    chidi.picks(committing.WHO_MAY_READ)
    chidi.picks(committing.MY_SET)
    bot.answers_with(committing.read_now("set"))
    chidi.says("went partly")
    bot.answers_with("I have noted that it partly worked", trying_words.LEARNING)
    chidi.says("Dana rang first, so it was easy.")
    chidi.picks(committing.MY_SET)
    bot.answers_with(identities.guard(trying_words.YOUR_LEARNING), "«Dana»")
    chidi.picks(identities.NEUTRAL)
    bot.answers_with(trying_words.RECORDED)
    (one,) = all_commitments(network)
    assert one.outcome is commitments.Outcome.PARTLY
    assert (one.sharing, "Dana" in one.learning) == (Sharing.SET, False)
    with network.database.reading() as session:
        assert session.scalars(select(Committed.session_id)).all() == [met[LAST]]
        assert session.scalars(select(CommitmentSet.set_id)).all() == [met["set"]]


def test_an_outcome_and_its_readers_can_be_changed_for_ever(
    met: dict[str, int], chidi: Phone, eve: Officer, network: Network, bot: Bot, clock: Clock
) -> None:
    chidi.says("commit ring the wobblegong by 1 December")
    bot.answers_with("“ring the wobblegong”", "Tuesday 1 December 2026")
    chidi.picks(committing.WHO_MAY_READ)
    chidi.picks(committing.MY_SET)
    eve.says(f"digest {NEXT}")
    assert "“ring the wobblegong” (still being tried)" in eve.told[0]
    clock.goes_on(timedelta(days=90))
    chidi.says("went")
    chidi.picks(trying_words.OUTCOMES["did not"])
    chidi.says("later")
    chidi.says("commitments")
    chidi.says("1")
    bot.answers_with("You said that it did not work.", "Your set may read this, without your name.")
    chidi.picks(trying_words.OUTCOMES["worked"])
    chidi.says("skip")
    bot.answers_with(trying_words.RECORDED)
    assert [one.outcome for one in all_commitments(network)] == [commitments.Outcome.WORKED]
    assert [one.sharing for one in all_commitments(network)] == [Sharing.SET]
    chidi.says("commitments")
    chidi.says("1")
    chidi.picks(committing.WHO_MAY_READ)
    chidi.picks(committing.PRIVATE)
    bot.answers_with(committing.read_now("private"))
    assert not any("wobblegong" in told for told in seen_again(network, eve))
    eve.says(f"digest {NEXT}")
    assert "wobblegong" not in eve.told[0]


def seen_again(network: Network, officer: Officer) -> list[str]:
    """All that this officer was answered, as the web chat would show it again."""
    with network.database.reading() as session:
        return list(
            session.scalars(
                select(DeliveryRow.content).where(DeliveryRow.address == officer.address)
            )
        )


def test_a_date_that_has_passed_is_refused_and_nothing_is_kept(
    met: dict[str, int], chidi: Phone, network: Network, bot: Bot
) -> None:
    assert met
    chidi.says("commit ring them by 3/11/2026")
    bot.says_only(committing.PAST_DAY)
    chidi.says("commit ring them by today")
    bot.says_only(committing.PAST_DAY)
    chidi.says("commit ring them by phone")
    bot.answers_with("“ring them by phone”", "Monday 7 December 2026")
    chidi.says("yesterday")
    assert [one.what for one in all_commitments(network)] == ["ring them by phone"]


def test_without_a_set_it_is_asked_about_in_two_weeks_and_the_same_words_count_once(
    eve: Officer, network: Network
) -> None:
    eve.says("commit ring them")
    assert "Monday 7 December 2026" in eve.told[0]
    eve.says("commit ring them")
    eve.presses(committing.WHO_MAY_READ)
    assert [choice.label for choice in eve.form.asked.choices] == [
        committing.PRIVATE,
        committing.NETWORK,
    ]
    assert len(all_commitments(network)) == 1


def test_the_day_before_the_next_session_is_the_day_unless_it_is_too_near(
    met: dict[str, int], dana: Officer, clock: Clock
) -> None:
    assert met
    dana.says("commit ring them")
    assert "Monday 7 December 2026" in dana.told[0]
    clock.goes_on(timedelta(days=14))  # the session is tomorrow
    dana.time = clock()
    dana.says("commit write to them")
    assert "Monday 21 December 2026" in dana.told[0]


def test_a_commitment_comes_from_a_card_or_is_for_a_challenge(
    chidi: Phone, dana: Officer, post: Post, network: Network, bot: Bot
) -> None:
    chidi.says("themes high streets")
    chidi.says("1")
    chidi.says("commit")
    chidi.says("Try one market day")
    bot.answers_with(committing.FROM_CARD)
    chidi.says("2")
    bot.answers_with("You will try: “Try one market day”")
    code = post("Chidi")
    dana.says(f"commit {code} look at our own returns")
    first, second = all_commitments(network)
    assert (first.solution, first.entry_id is not None) == (2, True)
    assert second.challenge_id is not None
    dana.says("commit B9Q look")
    assert dana.told == [committing.NO_SUCH_CHALLENGE]


def test_words_up_to_their_limit_are_kept_and_longer_ones_asked_for_again(
    dana: Officer, network: Network
) -> None:
    dana.says("commit " + "x" * (LONGEST_WHAT + 1))
    assert "1 character too long" in str(dana.form.asked.problem)
    dana.says("x" * LONGEST_WHAT)
    dana.says("reflect")
    dana.says("y" * (LONGEST_REFLECTION + 1))
    assert "1 character too long" in str(dana.form.asked.problem)
    dana.says("y" * LONGEST_REFLECTION)
    dana.says("1")
    assert [len(one.what) for one in all_commitments(network)] == [LONGEST_WHAT]
    assert [len(one.words) for one in all_reflections(network)] == [LONGEST_REFLECTION]


def test_the_words_of_a_step_are_changed_and_what_was_not_shared_is_not_checked(
    dana: Officer, network: Network
) -> None:
    dana.says("commit ask Chidi")
    dana.says("commitments")
    dana.sends_button(dana.choices[0].value)
    dana.presses(committing.CHANGE_WORDS)
    dana.says("ask Eve")
    assert dana.told == [committing.CHANGED]
    dana.says("commitments")
    dana.sends_button(dana.choices[0].value)
    dana.presses(committing.WHO_MAY_READ)
    dana.presses(committing.NETWORK)
    assert "Eve" in dana.form.asked.hint
    dana.presses(identities.KEEP)
    assert [one.what for one in all_commitments(network)] == ["ask Eve"]


def test_a_second_delivery_of_the_same_message_commits_and_reflects_once(
    met: dict[str, int], network: Network, dana: Officer
) -> None:
    assert met
    for text in ("commit ring them", "reflect it takes patience"):
        inbound = Inbound(Channel.SLACK, f"Ev-{text}", dana.address, text)
        first = dana.sends(inbound)
        assert dana.sends(inbound) == first
    pick = replace(inbound, provider_id="Ev-pick", text="", choice=dana.choices[0].value)
    first = dana.sends(pick)
    assert dana.sends(pick) == first
    assert len(all_commitments(network)) == 1
    assert [one.words for one in all_reflections(network)] == ["it takes patience"]


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


@pytest.fixture
def asha_outside(network: Network, clock: Clock) -> Officer:
    """A member of the network who is in no set."""
    return welcomed(network, "Asha", clock())


def test_in_two_sets_the_member_says_which(
    met: dict[str, int], network: Network, clock: Clock, dana: Officer
) -> None:
    south = north(network, clock, "Dana", name="South")
    dana.says("commit ring them")
    dana.presses(committing.WHO_MAY_READ)
    dana.presses(committing.MY_SET)
    assert dana.told == [committing.WHICH_SET]
    dana.presses("South")
    with network.database.reading() as session:
        assert session.scalars(select(CommitmentSet.set_id)).all() == [south]
    dana.sends_button(f"reflect:{NEXT}")  # a session of North, so that set is meant
    dana.says("patience")
    dana.presses(committing.MY_SET)
    assert dana.told == [words.kept("set")]
    assert [one.set_id for one in all_reflections(network)] == [met["set"]]


def test_the_digest_is_for_those_who_facilitate_and_the_guide_for_all_of_the_set(
    met: dict[str, int],
    network: Network,
    clock: Clock,
    chidi: Phone,
    eve: Officer,
    asha_outside: Officer,
    bot: Bot,
) -> None:
    chidi.says(f"digest {NEXT}")
    bot.says_only(facilitating_words.NOT_YOURS)
    chidi.says("digest")
    bot.says_only(facilitating_words.NOTHING_TO_FACILITATE)
    asha_outside.says(f"digest {NEXT}")
    assert asha_outside.told == [facilitating_words.NO_SESSION]
    asha_outside.says(f"guide {NEXT}")
    assert asha_outside.told == [guide_words.NO_SUCH_SESSION]
    sits(network, clock, met[NEXT], "Chidi")
    eve.says("digest")
    assert "Coming: Chidi (1)\nNot answered: Dana (1)" in eve.told[0]
    eve.presses(facilitating_words.GUIDE)
    assert "120 minutes for 2 people" in eve.told[0]
    chidi.says(f"guide {NEXT} 9")
    bot.answers_with("120 minutes for 9 people", "1. 10:00 Welcome and ground rules, ")
    chidi.picks(guide_words.FIRST_STEP)
    bot.answers_with("Step 1 of 9", "10:00 to 10:0")
    while "Next step" in bot.last[-1]:
        chidi.says("next step")
    bot.answers_with("Step 9 of 9: Close", "to 12:00", guide_words.COMMIT)
    chidi.picks(guide_words.COMMIT)
    bot.answers_with(committing.WHAT)


def test_the_whole_guide_comes_in_pages_and_too_short_a_session_is_said_plainly(
    met: dict[str, int], network: Network, clock: Clock, eve: Officer
) -> None:
    eve.says(f"guide {NEXT} 9")
    eve.presses(guide_words.IN_FULL)
    read = list(eve.told)
    while guide_words.MORE in eve.labels:
        eve.presses(guide_words.MORE)
        read += eve.told
    assert all(len(text) <= 1_600 for text in read)
    assert all(f"Step {number} of 9" in "\n".join(read) for number in range(1, 10))
    meets(network, clock, met["set"], "T4T", NEXT_DAY, minutes=30)
    eve.says("guide T4T 12")
    assert eve.told == [guide_words.too_short(30, 12, 1, 54)]


def test_my_data_tells_of_sessions_commitments_reflections_and_who_reads_them(
    met: dict[str, int], network: Network, clock: Clock, chidi: Phone, bot: Bot
) -> None:
    sits(network, clock, met[LAST], "Chidi", attended=True)
    chidi.says(f"commit {LAST} ring them")
    chidi.says("reflect patience pays")
    chidi.picks(committing.MY_SET)
    chidi.says("my data")
    bot.answers_with(
        "You meant to try “ring them” by 7 December 2026 (not said yet). You said so after the "
        "session on 17 November 2026. Only you may read this.",
        "You reflected on 23 November 2026 for the session on 8 December 2026: “patience pays” "
        "Your set may read this, without your name.",
        "You were invited to 1 session and answered 1 of these invitations. You are noted as "
        "present at 1 and as absent from 0.",
    )


def test_forget_me_leaves_nothing_of_it(
    met: dict[str, int], network: Network, chidi: Phone, eve: Officer
) -> None:
    chidi.says(f"commit {LAST} ring the wobblegong")
    chidi.picks(committing.WHO_MAY_READ)
    chidi.picks(committing.MY_SET)
    chidi.says("reflect wobblegong")
    chidi.picks(committing.MY_SET)
    eve.says(f"digest {NEXT}")
    assert "wobblegong" in eve.told[0]
    assert "Chidi" in eve.told[0]
    chidi.says("forget me")
    chidi.says("yes")
    assert not any(
        word in told for told in seen_again(network, eve) for word in ("wobblegong", "Chidi")
    )
    with network.database.reading() as session:
        for table in (Commitment, CommitmentSet, Committed, Reflection):
            assert session.scalar(select(func.count()).select_from(table)) == 0
