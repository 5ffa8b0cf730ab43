"""A question and what comes of it: a card, a short list or an honest miss, and the buttons."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update

from bot import wording
from bot.app import Network
from bot.flows.ask import LONGEST_QUOTE, MOST_OFFERED
from bot.messages import Choices
from bot.questions import Question, Rating, Verdict
from bot.rules import Rules
from bot.wording import posting
from bot.wording.trying import TRY_ONE
from knowledge.database import Database
from knowledge.models import Entry, EntryStatus
from knowledge.search import Decision, Engine
from tests.bot.conftest import Settle, welcomed
from tests.officer import Officer

BOARD = "how do we work better with our partnership board?"
BUTTONS = [
    wording.HELPED,
    wording.NOT_MINE,
    wording.MORE_LIKE_THIS,
    wording.ASK_PEERS,
    TRY_ONE,
]


def asked(officer: Officer) -> list[Question]:
    with officer.network.database.reading() as session:
        return list(session.scalars(select(Question).order_by(Question.id)))


def ratings(officer: Officer) -> dict[str, Verdict]:
    with officer.network.database.reading() as session:
        return {row.entry_id: row.verdict for row in session.scalars(select(Rating))}


def retire(database: Database, entry_id: str) -> None:
    with database.writing() as session:
        retired = update(Entry).where(Entry.id == entry_id).values(status=EntryStatus.RETIRED)
        session.execute(retired)


def test_a_sure_answer_is_a_card_with_all_its_solutions_and_the_next_steps(asha: Officer) -> None:
    asha.says(BOARD)
    (card,) = asha.heard
    assert card == asha.card
    assert "partnership board" in asha.card.problem
    assert len(asha.card.solutions) == 6
    assert asha.card.themes[0] == "Relationship building"
    assert "March 2023" in asha.card.source
    assert asha.labels == BUTTONS


def test_a_question_is_kept_with_what_was_found(asha: Officer, now: datetime) -> None:
    asha.says(BOARD)
    (question,) = asked(asha)
    assert question.text == BOARD
    assert question.decision is Decision.ANSWER
    assert question.matches[0] == "partnership-board"
    assert question.asked_at == now
    assert not question.wants_peers


def test_mistyped_words_are_answered_and_the_reading_is_told(asha: Officer) -> None:
    asha.says("how do i get the partnrship board to engage")
    assert asha.card.entry_id == "partnership-board"
    assert "“partnrship” as “partnership”" in asha.card.note


def test_an_unsure_answer_offers_up_to_three_and_none_of_these(
    asha: Officer, settle: Settle
) -> None:
    settle(Decision.SUGGEST)
    asha.says(BOARD)
    (offer,) = asha.heard
    assert isinstance(offer, Choices)
    assert offer.text.endswith(wording.UNSURE)
    assert len(asha.labels) == MOST_OFFERED + 1
    assert asha.labels[-1] == wording.NONE_OF_THESE
    asha.says("1")
    assert asha.card.entry_id == "partnership-board"
    assert asha.labels == BUTTONS


def test_a_miss_is_honest_keeps_the_question_and_offers_peers(
    asha: Officer, settle: Settle
) -> None:
    settle(Decision.MISS)
    asha.says("when are the bins collected in our street")
    (told,) = asha.told
    assert told.startswith(wording.NOTHING_FOUND)
    assert "bins collected" in told
    assert wording.KEPT_FOR_MODERATORS in told
    assert asha.labels == [wording.ASK_PEERS, wording.SEE_THEMES]
    (question,) = asked(asha)
    assert (question.decision, question.text) == (
        Decision.MISS,
        "when are the bins collected in our street",
    )


def test_what_was_looked_for_is_quoted_in_short(asha: Officer, settle: Settle) -> None:
    settle(Decision.MISS)
    asha.says("bins and more bins " * 100)
    (told,) = asha.told
    assert len(told) < LONGEST_QUOTE + 200
    assert "…" in told


def test_this_helped_is_kept(asha: Officer) -> None:
    asha.says(BOARD)
    asha.presses(wording.HELPED)
    assert asha.told == [wording.GLAD]
    assert ratings(asha) == {"partnership-board": Verdict.HELPED}


def test_not_my_question_is_kept_and_offers_the_next_best(asha: Officer) -> None:
    asha.says(BOARD)
    problem = asha.card.problem
    asha.presses(wording.NOT_MINE)
    assert ratings(asha) == {"partnership-board": Verdict.NOT_MINE}
    assert asha.told == [wording.NEXT_BEST]
    assert problem not in asha.labels
    assert len(asha.labels) == MOST_OFFERED + 1


def test_every_refusal_leaves_fewer_until_peers_are_all_that_is_left(asha: Officer) -> None:
    asha.says(BOARD)
    refused = set()
    while asha.heard and wording.NOT_MINE in asha.labels:
        refused.add(asha.card.problem)
        asha.presses(wording.NOT_MINE)
        if asha.told != [wording.NEXT_BEST]:
            break
        assert not refused & set(asha.labels)
        asha.says("1")
    assert len(refused) == len(asked(asha)[0].matches)
    assert wording.NOTHING_NEARER in asha.told[0]
    assert asha.labels == [wording.ASK_PEERS, wording.SEE_THEMES]


def test_the_latest_word_on_an_entry_counts(asha: Officer) -> None:
    asha.says(BOARD)
    helped, not_mine = asha.value_of(wording.HELPED), asha.value_of(wording.NOT_MINE)
    for value in (helped, helped, not_mine):
        asha.sends_button(value)
    assert ratings(asha) == {"partnership-board": Verdict.NOT_MINE}


def test_none_of_these_offers_peers(asha: Officer, settle: Settle) -> None:
    settle(Decision.SUGGEST)
    asha.says(BOARD)
    asha.presses(wording.NONE_OF_THESE)
    assert asha.told == [wording.NOTHING_NEARER]
    assert asha.labels == [wording.ASK_PEERS, wording.SEE_THEMES]


def test_more_like_this_offers_what_is_near(asha: Officer) -> None:
    asha.says(BOARD)
    problem = asha.card.problem
    asha.presses(wording.MORE_LIKE_THIS)
    assert asha.told == [wording.LIKE_IT]
    assert problem not in asha.labels
    assert asha.labels[-1] == wording.SEE_THEMES
    asha.says("2")
    assert asha.card.solutions


def test_without_the_language_model_nothing_is_near_and_peers_are_offered(
    stocked: Database, now: datetime
) -> None:
    asha = welcomed(Network(stocked, Engine(None), {}, Rules(frozenset())), "Asha", now)
    asha.sends_button("more:partnership-board:r1")
    assert asha.told == [wording.NOTHING_LIKE_IT]
    assert asha.labels == [wording.ASK_PEERS, wording.SEE_THEMES]


def test_asking_peers_carries_the_question_over_and_marks_it(asha: Officer) -> None:
    asha.says(BOARD)
    asha.presses(wording.ASK_PEERS)
    assert asha.form.note == posting.CARRIED
    assert [question.wants_peers for question in asked(asha)] == [True]


def test_post_without_a_question_asks_for_one(asha: Officer) -> None:
    asha.says("post")
    assert asha.told == [posting.PROBLEM]


def test_buttons_of_somebody_elses_question_change_nothing(
    asha: Officer, talking: Network, now: datetime
) -> None:
    asha.says(BOARD)
    ben = welcomed(talking, "Ben", now)
    for label in (wording.HELPED, wording.NOT_MINE):
        ben.sends_button(asha.value_of(label))
        assert ben.told == [wording.OLD_BUTTON]
    ben.sends_button(asha.value_of(wording.ASK_PEERS))
    assert ben.told == [posting.PROBLEM]
    assert BOARD not in str(ben.heard)
    assert ratings(asha) == {}
    assert not any(question.wants_peers for question in asked(asha))


def test_an_entry_retired_in_between_is_shown_no_more(asha: Officer) -> None:
    asha.says(BOARD)
    problem = asha.card.problem
    values = [asha.value_of(label) for label in BUTTONS[:3]]
    retire(asha.network.database, "partnership-board")
    for value in values:
        asha.sends_button(value)
        assert problem not in [*asha.told, *asha.labels]
        assert asha.labels
    assert ratings(asha) == {}


def test_a_choice_whose_entry_was_retired_says_so(asha: Officer, settle: Settle) -> None:
    settle(Decision.SUGGEST)
    asha.says(BOARD)
    retire(asha.network.database, "partnership-board")
    asha.says("1")
    assert asha.told == [wording.OLD_BUTTON]


def test_the_next_best_is_only_offered_when_the_answer_was_retired_a_moment_ago(
    asha: Officer, settle: Settle
) -> None:
    settle(Decision.ANSWER)
    retire(asha.network.database, "partnership-board")
    asha.says(BOARD)
    (offer,) = asha.heard
    assert isinstance(offer, Choices)
    assert asha.labels[-1] == wording.NONE_OF_THESE
    assert all("partnership board" not in label for label in asha.labels)
