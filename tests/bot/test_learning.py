"""What the network learns from use, through the chat, on both databases."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import select

from bot import learning, members, wording
from bot.app import Network
from bot.learning import MEMBERS_TO_LEARN
from bot.members import Role
from bot.rules import Rules
from handlers.terminal import Terminal
from knowledge import phrases
from knowledge.models import Phrase, PhraseOrigin
from knowledge.search import Engine
from knowledge.semantic import Embedder

VAGUE = "people round the table just nod things through"
BINS = "when are the bins collected"


def officer(network: Network, name: str, now: datetime, role: Role = Role.OFFICER) -> Terminal:
    with network.database.writing() as session:
        member = members.add(session, name, role, now=now)
        member.welcomed_at = now
    return Terminal(network, name, lambda: now)


@pytest.fixture
def asha(network: Network, now: datetime) -> Terminal:
    return officer(network, "Asha", now)


@pytest.fixture
def mo(network: Network, now: datetime) -> Terminal:
    return officer(network, "Mo", now, Role.MODERATOR)


def waiting(network: Network) -> list[tuple[str, str, int]]:
    with network.database.reading() as session:
        return [(p.entry_id, p.text, p.supporters) for p in learning.waiting(session)]


def learnt(network: Network) -> list[tuple[str, str]]:
    with network.database.reading() as session:
        rows = session.execute(
            select(Phrase.entry_id, Phrase.text).where(
                Phrase.origin.in_((PhraseOrigin.HELPED, PhraseOrigin.MODERATOR))
            )
        )
        return [(row[0], row[1]) for row in rows]


def ask_and_be_helped(terminal: Terminal, text: str) -> None:
    """The first of what is shown or offered helps."""
    (said,) = terminal.says(text)
    if wording.HELPED not in said:
        terminal.says("1")
    assert terminal.says(wording.HELPED) == [wording.GLAD]


def test_what_helped_waits_for_a_moderator(network: Network, asha: Terminal) -> None:
    ask_and_be_helped(asha, "how do we get the board to turn up and engage")
    ((entry_id, text, supporters),) = waiting(network)
    assert entry_id == "partnership-board"
    assert text == "how do we get the board to turn up and engage"
    assert supporters == 1
    assert learnt(network) == []


def test_the_same_member_counts_once_however_often_it_helped(
    network: Network, asha: Terminal
) -> None:
    for _ in range(3):
        ask_and_be_helped(asha, "how do we get the board to turn up and engage")
    assert [supporters for _, _, supporters in waiting(network)] == [1]


def test_a_moderator_confirms_a_wording_in_the_chat(
    network: Network, asha: Terminal, mo: Terminal
) -> None:
    ask_and_be_helped(asha, "how do we get the board to turn up and engage")
    summary, thing = mo.says("review")
    assert "1 wording to confirm" in summary
    assert "how do we get the board to turn up and engage" in thing
    assert mo.says("1") == [f"{wording.NOTED} {wording.THAT_WAS_ALL}"]
    assert learnt(network) == [
        ("partnership-board", "how do we get the board to turn up and engage")
    ]
    assert mo.says("review") == [wording.NOTHING_WAITS]


def test_a_wording_that_was_turned_down_is_not_proposed_again(
    network: Network, asha: Terminal, mo: Terminal
) -> None:
    ask_and_be_helped(asha, "how do we get the board to turn up and engage")
    mo.says("review")
    mo.says(wording.OTHER_QUESTION)
    ask_and_be_helped(asha, "How do we get the board to turn up and engage?")
    assert waiting(network) == []
    assert learnt(network) == []


def test_a_moderator_is_warned_of_words_that_give_somebody_away(
    network: Network, asha: Terminal, mo: Terminal
) -> None:
    ask_and_be_helped(asha, "how does Leeds City Council get its partnership board to engage")
    _, thing = mo.says("review")
    assert "Careful: “Leeds City Council” may give somebody away." in thing


def test_nobody_else_may_review(network: Network, asha: Terminal) -> None:
    ask_and_be_helped(asha, "how do we get the board to turn up and engage")
    assert asha.says("review") == [wording.MODERATORS_ONLY]
    assert waiting(network) != []


def test_three_members_are_as_good_as_a_moderator_where_the_setting_says_so(
    network: Network, now: datetime
) -> None:
    trusting = Network(
        network.database, network.engine, network.senders, Rules(learn_from_members=True)
    )
    for number in range(1, MEMBERS_TO_LEARN + 1):
        assert learnt(network) == []
        ask_and_be_helped(
            officer(trusting, f"Officer {number}", now),
            "how do we get the board to turn up and engage",
        )
    assert [entry_id for entry_id, _ in learnt(network)] == ["partnership-board"]
    assert waiting(network) == []


def test_without_the_setting_no_number_of_members_is_enough(
    network: Network, now: datetime
) -> None:
    for number in range(MEMBERS_TO_LEARN + 1):
        ask_and_be_helped(
            officer(network, f"Officer {number}", now),
            "how do we get the board to turn up and engage",
        )
    assert learnt(network) == []
    assert [supporters for _, _, supporters in waiting(network)] == [MEMBERS_TO_LEARN + 1]


def test_a_moderator_links_what_nobody_could_answer_and_it_is_answered_from_then_on(
    network: Network, asha: Terminal, mo: Terminal
) -> None:
    (missed,) = asha.says(BINS)
    assert missed.startswith(wording.NOTHING_FOUND)
    summary, gap = mo.says("review")
    assert "1 question that nobody could answer" in summary
    assert BINS in gap
    assert "Asha" not in gap
    mo.says("1")
    (answered,) = asha.says(BINS)
    assert wording.HELPED in answered
    assert mo.says("review") == [wording.NOTHING_WAITS]


def test_another_process_knows_a_taught_wording_at_once(
    network: Network, embedder: Embedder, asha: Terminal, mo: Terminal, now: datetime
) -> None:
    other = Network(network.database, Engine(embedder), {}, Rules())
    bea = officer(other, "Bea", now)
    assert bea.says(BINS)[0].startswith(wording.NOTHING_FOUND)
    with network.database.writing() as session:
        phrases.teach(session, "measuring-perception", BINS, now=now)
    (answered,) = bea.says(BINS)
    assert "perception" in answered
    assert wording.HELPED in answered


def test_a_question_that_needs_no_answer_leaves_the_queue_for_all_who_asked_it(
    network: Network, asha: Terminal, mo: Terminal, now: datetime
) -> None:
    asha.says(BINS)
    officer(network, "Bea", now).says(f"{BINS.capitalize()}?")
    _, gap = mo.says("review")
    assert "asked by 2" in gap
    mo.says(wording.DISMISS)
    assert mo.says("review") == [wording.NOTHING_WAITS]


def test_later_goes_on_to_the_next_thing_and_keeps_the_first(
    network: Network, asha: Terminal, mo: Terminal
) -> None:
    ask_and_be_helped(asha, "how do we get the board to turn up and engage")
    asha.says(BINS)
    _, first = mo.says("review")
    (second,) = mo.says(wording.LATER)
    assert BINS in second
    assert mo.says(wording.LATER) == [wording.THAT_WAS_ALL]
    assert mo.says("review")[1] == first


def test_not_my_question_counts_against_that_wording_and_no_other(
    network: Network, asha: Terminal, now: datetime
) -> None:
    text = "how do we get the board to turn up and engage"
    (card,) = asha.says(text)
    assert "partnership board" in card
    asha.says(wording.NOT_MINE)
    (again,) = officer(network, "Bea", now).says(text)
    assert again != card
    (other,) = officer(network, "Cal", now).says("how can we improve our partnership board")
    assert "partnership board" in other
    assert wording.HELPED in other


def test_a_long_story_teaches_nothing_and_breaks_nothing(network: Network, asha: Terminal) -> None:
    story = "We inherited a board. " * 20 + "How do we get our partnership board to engage?"
    ask_and_be_helped(asha, story)
    assert waiting(network) == []


def test_whoever_is_forgotten_takes_their_voice_along(
    network: Network, asha: Terminal, now: datetime
) -> None:
    text = "how do we get the board to turn up and engage"
    ask_and_be_helped(asha, text)
    ask_and_be_helped(officer(network, "Bea", now), text)
    asha.says("forget me")
    asha.says("yes")
    assert [supporters for _, _, supporters in waiting(network)] == [1]
    bea = Terminal(network, "Bea", lambda: now)
    bea.says("forget me")
    bea.says("yes")
    assert waiting(network) == []


def test_why_explains_what_was_shown(asha: Terminal) -> None:
    assert asha.says("why")[0].startswith("You have not asked")
    asha.says("how to mesure percepton in M&E")
    (said,) = asha.says("why this?")
    assert "perception" in said
    assert "“percepton” as “perception”" in said
    assert "M&E means monitoring and evaluation" in said
    asha.says(BINS)
    (said,) = asha.says("why")
    assert said.startswith(wording.NOTHING_FITTED)
