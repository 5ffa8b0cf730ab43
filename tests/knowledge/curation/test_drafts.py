"""A draft on its way into the knowledge: proposed once, edited, then settled, and taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from knowledge.curation import drafts
from knowledge.curation.changes import bring_back
from knowledge.curation.content import Edit, SolutionText
from knowledge.curation.drafts import (
    Published,
    draft,
    edit_draft,
    merge_into,
    propose_draft,
    publish,
    reject,
    traced,
    withdraw_draft,
)
from knowledge.curation.identities import in_neutral_words, marked
from knowledge.curation.revisions import Clash, RevisionKind, Saved, history
from knowledge.curation.undo import undo
from knowledge.database import Database
from knowledge.entries import NewEntry, entry, themes
from knowledge.errors import DraftUnknown, EntryUnfit, EntryUnknown, ThemeUnknown
from knowledge.models import EntryStatus
from knowledge.search import Decision, Engine
from knowledge.semantic import Embedder
from tests.knowledge.curation.conftest import says
from tests.schema import counts, places

LIFTS = NewEntry(
    problem="How do we keep village lifts running without volunteers?",
    solutions=("Share one booking line.", "Ask the surgery to co-fund."),
    themes=("people",),
    source="a challenge in the network",
)


def proposed(database: Database, now: datetime, origin: str = "challenge:K7") -> str:
    with database.writing() as session:
        return propose_draft(session, LIFTS, origin=origin, by="bot", now=now).entry_id


def published(database: Database, now: datetime) -> tuple[str, Published]:
    entry_id = proposed(database, now)
    seen = says(database, entry_id).version
    with database.writing() as session:
        done = publish(session, entry_id, seen=seen, by="mod-1", now=now)
    assert isinstance(done, Published)
    return entry_id, done


def test_a_challenge_makes_one_draft_however_often_it_is_proposed(
    shelf: Database, now: datetime
) -> None:
    first = proposed(shelf, now)
    assert proposed(shelf, now) == first
    with shelf.reading() as session:
        (waits,) = drafts.waiting(session)
        assert (waits.entry_id, waits.origin) == (first, "challenge:K7")
        assert traced(session, "challenge:K7") == drafts.Traced(first, EntryStatus.DRAFT)
        assert traced(session, "challenge:K8") is None


def test_nobody_finds_a_draft(shelf: Database, now: datetime) -> None:
    entry_id = proposed(shelf, now)
    engine = Engine(None)
    with shelf.reading() as session:
        engine.refresh(session)
        assert entry(session, entry_id) is None
        assert [theme.entries for theme in themes(session)] == [1, 1]
    assert entry_id not in [m.entry_id for m in engine.find(LIFTS.problem).matches]


def test_a_published_draft_is_answered_from_and_its_people_are_told_once(
    shelf: Database, now: datetime, embedder: Embedder
) -> None:
    engine = Engine(embedder)
    with shelf.reading() as session:
        engine.refresh(session)
    entry_id, done = published(shelf, now)
    assert done == Published(entry_id, "challenge:K7", LIFTS.problem, first=True)
    with shelf.reading() as session:
        engine.refresh(session)
        assert drafts.waiting(session) == ()
        undoable = history(session, entry_id)[0]
    found = engine.find(LIFTS.problem)
    assert (found.decision, found.matches[0].entry_id) == (Decision.ANSWER, entry_id)
    with shelf.writing() as session:
        seen = undo(session, undoable.id, by="mod-1", now=now).version
        again = publish(session, entry_id, seen=seen, by="mod-1", now=now)
    assert isinstance(again, Published)
    assert not again.first


def test_a_draft_is_shown_with_what_says_the_same(
    shelf: Database, now: datetime, embedder: Embedder
) -> None:
    engine = Engine(embedder)
    twin = replace(LIFTS, problem="How do we get our partnership board to engage?")
    with shelf.writing() as session:
        made = propose_draft(session, twin, origin="challenge:T1", by="bot", now=now)
    with shelf.reading() as session:
        engine.refresh(session)
        view = draft(session, engine, made.entry_id)
    assert [near.id for near in view.duplicates] == ["board"]
    assert view.content.problem == twin.problem


def test_identities_are_marked_with_neutral_words_and_nothing_is_changed(
    shelf: Database, now: datetime
) -> None:
    named = replace(
        LIFTS, problem="Priya rang 020 7946 0018 about lifts.", solutions=("Ask Priya.",)
    )
    with shelf.writing() as session:
        made = propose_draft(session, named, origin="challenge:N1", by="bot", now=now)
    content = says(shelf, made.entry_id)
    problem, solution = marked(content, ["Priya"])
    assert [problem.text[s.start : s.end] for s in problem.spans] == ["Priya", "020 7946 0018"]
    assert solution.solution_id == content.solutions[0].id
    neutral = in_neutral_words(problem.text, problem.spans)
    assert "Priya" not in neutral
    assert "7946" not in neutral
    assert neutral.endswith(" about lifts.")
    assert in_neutral_words(problem.text, ()) == problem.text
    assert marked(says(shelf, "board")) == ()


def test_the_second_of_two_editors_gets_both_versions(shelf: Database, now: datetime) -> None:
    entry_id = proposed(shelf, now)
    seen = says(shelf, entry_id)
    mine = replace(Edit.of(seen), problem="How do we keep lifts going?")
    yours = replace(Edit.of(seen), source="a challenge, May 2026")
    with shelf.writing() as session:
        first = edit_draft(session, entry_id, mine, seen=seen.version, by="mod-1", now=now)
        clash = edit_draft(session, entry_id, yours, seen=seen.version, by="mod-2", now=now)
    assert isinstance(first, Saved)
    assert isinstance(clash, Clash)
    assert (clash.theirs.problem, clash.yours) == (mine.problem, yours)
    assert says(shelf, entry_id) == clash.theirs
    both = replace(yours, problem=mine.problem)
    with shelf.writing() as session:
        edit_draft(session, entry_id, both, seen=clash.theirs.version, by="mod-2", now=now)
    assert Edit.of(says(shelf, entry_id)) == both


def test_the_same_form_sent_twice_is_no_clash(shelf: Database, now: datetime) -> None:
    entry_id = proposed(shelf, now)
    seen = says(shelf, entry_id)
    more = replace(Edit.of(seen), solutions=(*seen.solutions, SolutionText("Rota the drivers.")))
    with shelf.writing() as session:
        for _ in range(2):
            done = edit_draft(session, entry_id, more, seen=seen.version, by="mod-1", now=now)
            assert isinstance(done, Saved)
    assert len(says(shelf, entry_id).shown) == 3


def test_what_somebody_else_changed_is_not_published_unseen(shelf: Database, now: datetime) -> None:
    entry_id = proposed(shelf, now)
    seen = says(shelf, entry_id)
    edited = replace(Edit.of(seen), problem="Something else entirely?")
    with shelf.writing() as session:
        edit_draft(session, entry_id, edited, seen=seen.version, by="mod-1", now=now)
        clash = publish(session, entry_id, seen=seen.version, by="mod-2", now=now)
    assert isinstance(clash, Clash)
    assert clash.theirs.problem == edited.problem
    assert says(shelf, entry_id).status is EntryStatus.DRAFT


def test_an_edit_of_what_was_published_meanwhile_is_not_lost(
    shelf: Database, now: datetime
) -> None:
    entry_id = proposed(shelf, now)
    seen = says(shelf, entry_id)
    edited = replace(Edit.of(seen), problem="In better words?")
    with shelf.writing() as session:
        publish(session, entry_id, seen=seen.version, by="mod-1", now=now)
        clash = edit_draft(session, entry_id, edited, seen=seen.version, by="mod-2", now=now)
    assert isinstance(clash, Clash)
    assert (clash.theirs.status, clash.yours) == (EntryStatus.LIVE, edited)


def test_a_rejected_draft_leaves_the_queue_with_its_reason_and_can_come_back(
    shelf: Database, now: datetime
) -> None:
    entry_id = proposed(shelf, now)
    with shelf.writing() as session:
        reject(session, entry_id, by="mod-1", why="too local", now=now)
        with pytest.raises(DraftUnknown):
            reject(session, entry_id, by="mod-2", why="me too", now=now)
        with pytest.raises(EntryUnknown):
            bring_back(session, entry_id, by="mod-2", now=now)
        last = history(session, entry_id)[0]
        assert (last.kind, last.by, last.why) == (RevisionKind.REJECTED, "mod-1", "too local")
        assert drafts.waiting(session) == ()
    assert proposed(shelf, now) == entry_id
    with shelf.writing() as session:
        undo(session, last.id, by="mod-1", now=now)
        assert [waits.entry_id for waits in drafts.waiting(session)] == [entry_id]


def test_a_draft_merges_into_an_entry_and_can_be_taken_out_again(
    shelf: Database, now: datetime
) -> None:
    entry_id = proposed(shelf, now)
    before = says(shelf, "board")
    with shelf.writing() as session:
        merged = merge_into(session, entry_id, "board", by="mod-1", now=now)
        assert drafts.waiting(session) == ()
        assert traced(session, "challenge:K7") == drafts.Traced("board", EntryStatus.LIVE)
        view = entry(session, entry_id)
    assert merged.entry_id == "board"
    assert view is not None
    assert view.solutions == (*(one.text for one in before.shown), *LIFTS.solutions)
    with shelf.writing() as session:
        undo(session, merged.revision_id or 0, by="mod-1", now=now)
        assert [waits.entry_id for waits in drafts.waiting(session)] == [entry_id]
    assert says(shelf, "board") == before
    assert [one.text for one in says(shelf, entry_id).shown] == list(LIFTS.solutions)


def test_what_was_withdrawn_before_publishing_is_gone(shelf: Database, now: datetime) -> None:
    before = counts(shelf)
    proposed(shelf, now)
    with shelf.writing() as session:
        assert withdraw_draft(session, "challenge:K7")
        assert not withdraw_draft(session, "challenge:K7")
    assert counts(shelf) == before
    assert places(shelf, "village lifts") == set()
    published(shelf, now)
    with shelf.writing() as session:
        assert not withdraw_draft(session, "challenge:K7")


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"problem": " "}, EntryUnfit),
        ({"solutions": (SolutionText(""),)}, EntryUnfit),
        ({"solutions": (SolutionText("Theirs", id=1),)}, EntryUnfit),
        ({"themes": ("Gardening",)}, ThemeUnknown),
    ],
)
def test_an_unfit_edit_is_refused(
    shelf: Database, now: datetime, wrong: dict[str, Any], error: type[Exception]
) -> None:
    entry_id = proposed(shelf, now)
    seen = says(shelf, entry_id)
    edit = replace(Edit.of(seen), **wrong)
    with shelf.writing() as session, pytest.raises(error):
        edit_draft(session, entry_id, edit, seen=seen.version, by="mod-1", now=now)
    assert says(shelf, entry_id) == seen


def test_a_live_entry_is_no_draft(shelf: Database, now: datetime) -> None:
    with shelf.writing() as session, pytest.raises(DraftUnknown):
        publish(session, "board", seen="", by="mod-1", now=now)
