"""What curation does is seen in the chat: evidence on cards, and old buttons after a merge."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import select

from bot import wording
from bot.messages import EntryCard, from_json, to_json
from bot.questions import Rating
from bot.wording import trials
from knowledge.curation.changes import retire_solution
from knowledge.curation.merging import merge
from knowledge.database import Database
from knowledge.entries import EntryView, entry
from knowledge.evidence import Evidence, Outcome, record_trial
from tests.officer import Officer

BOARD = "how do we work better with our partnership board?"
MEASURING = "measuring-perception"
BUTTON = "partnership-board"


def view(database: Database, entry_id: str = BUTTON) -> EntryView:
    with database.reading() as session:
        found = entry(session, entry_id)
    assert found is not None
    return found


def test_a_card_says_how_it_went_and_keeps_the_numbers(asha: Officer, now: datetime) -> None:
    database = asha.network.database
    second, third = view(database).numbered[1:3]
    with database.writing() as session:
        for voice, outcome in enumerate(("worked", "worked", "worked", "partly")):
            record_trial(
                session,
                third.id,
                f"voice-{voice}",
                Outcome(outcome),
                learnt="Bring cake." if voice == 2 else None,
                shown=True,
                now=now,
            )
        retire_solution(session, second.id, by="mod-1", why="", now=now)
    asha.says(BOARD)
    first, then, *_ = asha.card.numbered
    assert (first.number, first.text) == (3, third.text)
    assert first.tried == "Tried by 4: 3 worked, 1 partly. One of them learnt: “Bring cake.”"
    assert (then.number, then.tried) == (1, "")
    assert [one.number for one in asha.card.numbered] == [3, 1, 4, 5, 6]


@pytest.mark.parametrize(
    ("evidence", "line"),
    [
        (Evidence(), ""),
        (Evidence(learnt=("Not counted.",)), ""),
        (Evidence(worked=1), "Tried by 1: 1 worked."),
        (Evidence(did_not=2), "Tried by 2: 2 did not work."),
        (Evidence(1, 1, 1), "Tried by 3: 1 worked, 1 partly, 1 did not work."),
    ],
)
def test_the_line_under_a_solution(evidence: Evidence, line: str) -> None:
    assert trials.tried(evidence) == line


def test_a_card_from_before_there_was_evidence_can_still_be_sent() -> None:
    card = EntryCard("a", "A problem", ("One.", "Two."), (), "")
    old = to_json(card).replace(',"numbers":[],"tried":[]', "")
    assert "numbers" not in old
    stored = from_json(old)
    assert isinstance(stored, EntryCard)
    assert [(one.number, one.text, one.tried) for one in stored.numbered] == [
        (1, "One.", ""),
        (2, "Two.", ""),
    ]


def test_the_buttons_of_a_merged_entry_work_for_the_other(asha: Officer, now: datetime) -> None:
    asha.says(BOARD)
    buttons = {label: asha.value_of(label) for label in asha.labels}
    assert buttons[wording.HELPED].startswith(f"helped:{BUTTON}:")
    with asha.network.database.writing() as session:
        merge(session, BUTTON, MEASURING, by="mod-1", now=now)
    other = view(asha.network.database, MEASURING)
    asha.sends_button(f"entry:{BUTTON}")
    assert (asha.card.entry_id, asha.card.problem) == (MEASURING, other.problem)
    asha.sends_button(buttons[wording.MORE_LIKE_THIS])
    assert wording.LIKE_IT in asha.told
    asha.sends_button(buttons[wording.HELPED])
    assert asha.told == [wording.GLAD]
    with asha.network.database.reading() as session:
        assert session.scalars(select(Rating.entry_id)).all() == [MEASURING]


def test_an_entry_that_was_turned_down_is_not_offered_under_its_new_name(
    asha: Officer, now: datetime
) -> None:
    asha.says(BOARD)
    refuse = asha.value_of(wording.NOT_MINE)
    asha.sends_button(refuse)
    offered = asha.choices[0].value.split(":")[1]
    with asha.network.database.writing() as session:
        merge(session, BUTTON, offered, by="mod-1", now=now)
    asha.sends_button(refuse)
    assert offered not in [choice.value.split(":")[1] for choice in asha.choices]


def test_two_matches_that_were_merged_are_offered_once(asha: Officer, now: datetime) -> None:
    asha.says(BOARD)
    asha.presses(wording.NOT_MINE)
    refuse, first, second = (
        f"not-mine:{BUTTON}:{asha.choices[0].value.split(':')[2]}",
        *(choice.value.split(":")[1] for choice in asha.choices[:2]),
    )
    with asha.network.database.writing() as session:
        merge(session, second, first, by="mod-1", now=now)
    asha.sends_button(refuse)
    offered = [c.value.split(":")[1] for c in asha.choices if c.value.startswith("card:")]
    assert offered[0] == first
    assert len(set(offered)) == len(offered)
    assert second not in offered
