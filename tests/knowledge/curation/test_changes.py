"""Changes of live entries: kept, readable, restorable; and what is due for review."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.curation.changes import (
    bring_back,
    bring_back_solution,
    edit,
    restore,
    retire,
    retire_solution,
    set_review,
)
from knowledge.curation.content import Edit, SolutionText
from knowledge.curation.difference import Mark, Part, difference, differences
from knowledge.curation.reviews import DueEntry, due_for_review
from knowledge.curation.revisions import (
    Clash,
    RevisionKind,
    Saved,
    history,
    latest,
    revision,
    unname,
)
from knowledge.curation.undo import undo
from knowledge.database import Database
from knowledge.entries import entry
from knowledge.errors import EntryUnknown, RevisionSuperseded, RevisionUnknown, SolutionUnknown
from knowledge.models import EntryStatus
from knowledge.search import Engine
from tests.knowledge.curation.conftest import says


def changed(database: Database, now: datetime, **parts: Any) -> int:
    """The board's entry with other parts; the number of the revision."""
    seen = says(database, "board")
    wanted = replace(Edit.of(seen), **parts)
    with database.writing() as session:
        done = edit(session, "board", wanted, seen=seen.version, by="mod-1", why="clearer", now=now)
    assert isinstance(done, Saved)
    assert done.revision_id is not None
    return done.revision_id


def test_a_change_is_kept_with_both_sides_who_when_and_why(shelf: Database, now: datetime) -> None:
    before = says(shelf, "board")
    number = changed(
        shelf,
        now,
        problem="How do we wake the board?",
        themes=("Governance", "people"),
        source="two sets",
        source_date=date(2024, 5, 1),
        review_by=date(2027, 1, 1),
    )
    with shelf.reading() as session:
        (one,) = history(session, "board")
        assert latest(session) == (one,)
        assert latest(session, before=one.id) == ()
    assert (one.id, one.by, one.why, one.at) == (number, "mod-1", "clearer", now)
    assert (one.kind, one.before, one.after) == (RevisionKind.EDITED, before, says(shelf, "board"))
    assert one.after.themes == ("governance", "people")
    assert one.in_substance


def test_a_source_is_not_the_substance(shelf: Database, now: datetime) -> None:
    number = changed(shelf, now, source="two sets")
    with shelf.reading() as session:
        assert not revision(session, number).in_substance


def test_an_edit_that_changes_nothing_leaves_no_trace(shelf: Database, now: datetime) -> None:
    seen = says(shelf, "board")
    with shelf.writing() as session:
        done = edit(session, "board", Edit.of(seen), seen=seen.version, by="mod-1", now=now)
        assert history(session, "board") == ()
    assert done == Saved("board", seen.version, None)


def test_solutions_are_reworded_reordered_added_and_left_out(
    shelf: Database, now: datetime
) -> None:
    meet, papers, terms = says(shelf, "board").shown
    wanted = (terms, replace(meet, text="Meet in person."), SolutionText("Feed them."))
    changed(shelf, now, solutions=wanted)
    with shelf.reading() as session:
        view = entry(session, "board")
    assert view is not None
    assert [(s.id, s.number, s.text) for s in view.numbered] == [
        (terms.id, 3, terms.text),
        (meet.id, 1, "Meet in person."),
        (view.numbered[2].id, 4, "Feed them."),
    ]
    assert says(shelf, "board").solutions[-1] == replace(papers, retired=True)


def test_one_solution_is_retired_and_brought_back(shelf: Database, now: datetime) -> None:
    before = says(shelf, "board")
    papers = before.shown[1].id or 0
    with shelf.writing() as session:
        retire_solution(session, papers, by="mod-1", why="rules changed", now=now)
        view = entry(session, "board")
        assert view is not None
        assert [s.number for s in view.numbered] == [1, 3]
        bring_back_solution(session, papers, by="mod-1", now=now)
        with pytest.raises(SolutionUnknown):
            retire_solution(session, 4711, by="mod-1", why="", now=now)
    assert says(shelf, "board") == before


def test_a_retired_entry_is_found_no_more_until_it_comes_back(
    shelf: Database, now: datetime
) -> None:
    ours, theirs = Engine(None), Engine(None)

    def found(engine: Engine) -> list[str]:
        with shelf.reading() as session:
            engine.refresh(session)
        return [match.entry_id for match in engine.find("partnership board engage").matches]

    assert found(ours) == found(theirs) == ["board", "panel"]
    with shelf.writing() as session:
        retire(session, "board", by="mod-1", why="out of date", now=now)
        with pytest.raises(EntryUnknown):
            retire(session, "board", by="mod-2", why="", now=now)
        assert entry(session, "board") is None
    assert found(ours) == found(theirs) == ["panel"]
    with shelf.writing() as session:
        bring_back(session, "board", by="mod-1", now=now)
        with pytest.raises(EntryUnknown):
            bring_back(session, "board", by="mod-1", now=now)
    assert found(ours) == found(theirs) == ["board", "panel"]


def test_each_change_of_a_live_entry_reaches_the_other_engine(
    shelf: Database, now: datetime
) -> None:
    other = Engine(None)

    def holding_the_word() -> list[str]:
        with shelf.reading() as session:
            other.refresh(session)
        return [m.entry_id for m in other.find("a ladybird").matches if "ladybird" in m.words]

    assert holding_the_word() == []
    number = changed(shelf, now, problem="How do we wake the ladybird?")
    assert holding_the_word() == ["board"]
    with shelf.writing() as session:
        undo(session, number, by="mod-1", now=now)
    assert holding_the_word() == []


def test_any_earlier_state_can_be_restored(shelf: Database, now: datetime) -> None:
    first = says(shelf, "board")
    one = changed(shelf, now, problem="Version one?", solutions=(first.shown[0],))
    then = says(shelf, "board")
    changed(shelf, now, problem="Version two?", solutions=(SolutionText("Only this."),))
    with shelf.writing() as session:
        restore(session, one, by="mod-2", now=now)
    again = says(shelf, "board")
    assert Edit.of(again) == Edit.of(then)
    assert [solution.text for solution in again.solutions][-1] == "Only this."
    with shelf.writing() as session:
        with pytest.raises(RevisionUnknown):
            restore(session, 4711, by="mod-2", now=now)
        retire(session, "board", by="mod-2", why="", now=now)
        restore(session, one, by="mod-2", now=now)
    assert says(shelf, "board").status is EntryStatus.RETIRED


def test_only_the_last_change_can_be_undone_and_an_undoing_too(
    shelf: Database, now: datetime
) -> None:
    before = says(shelf, "board")
    one = changed(shelf, now, problem="Version one?")
    first = says(shelf, "board")
    two = changed(shelf, now, problem="Version two?")
    with shelf.writing() as session:
        with pytest.raises(RevisionSuperseded):
            undo(session, one, by="mod-1", now=now)
        undone = undo(session, two, by="mod-1", now=now)
    assert says(shelf, "board") == first != before
    with shelf.writing() as session:
        undo(session, undone.revision_id or 0, by="mod-1", now=now)
    assert says(shelf, "board").problem == "Version two?"


def test_an_edit_of_a_retired_entry_is_a_clash_and_then_refused(
    shelf: Database, now: datetime
) -> None:
    seen = says(shelf, "board")
    wanted = replace(Edit.of(seen), problem="Better?")
    with shelf.writing() as session:
        retire(session, "board", by="mod-1", why="", now=now)
        clash = edit(session, "board", wanted, seen=seen.version, by="mod-2", now=now)
        assert isinstance(clash, Clash)
        assert clash.theirs.status is EntryStatus.RETIRED
        with pytest.raises(EntryUnknown):
            edit(session, "board", wanted, seen=clash.theirs.version, by="mod-2", now=now)


def test_who_made_a_change_can_be_forgotten(shelf: Database, now: datetime) -> None:
    changed(shelf, now, problem="Better?")
    with shelf.writing() as session:
        unname(session, "mod-1")
        assert [one.by for one in history(session, "board")] == [""]


def test_entries_are_due_on_their_day_by_theme_the_longest_overdue_first(
    shelf: Database, now: datetime
) -> None:
    today = now.date()
    with shelf.writing() as session:
        set_review(session, "board", today, by="mod-1", now=now)
        set_review(session, "panel", today - timedelta(days=9), by="mod-1", now=now)
        due = due_for_review(session, today)
        assert [one.id for one in due] == ["panel", "board"]
        assert due[1] == DueEntry("board", says(shelf, "board").problem, today)
        assert [one.id for one in due_for_review(session, today, "people")] == ["board"]
        assert due_for_review(session, today - timedelta(days=10)) == ()
        retire(session, "panel", by="mod-1", why="", now=now)
        set_review(session, "board", None, by="mod-1", now=now)
        assert due_for_review(session, today) == ()


def test_a_difference_names_the_words() -> None:
    found = difference("Meet face to face, monthly.", "Meet in person, monthly.")
    assert [(stretch.mark, stretch.text) for stretch in found] == [
        (Mark.SAME, "Meet"),
        (Mark.DELETED, " face to face,"),
        (Mark.INSERTED, " in person,"),
        (Mark.SAME, " monthly."),
    ]


@given(st.text(), st.text())
def test_a_difference_holds_both_texts(before: str, after: str) -> None:
    found = difference(before, after)
    assert "".join(s.text for s in found if s.mark is not Mark.INSERTED) == before
    assert "".join(s.text for s in found if s.mark is not Mark.DELETED) == after


def test_differences_say_which_parts_changed(shelf: Database, now: datetime) -> None:
    meet, papers, terms = says(shelf, "board").shown
    reworded = replace(terms, text="Agree short terms.")
    number = changed(shelf, now, solutions=(papers, meet, reworded), review_by=date(2027, 3, 1))
    with shelf.reading() as session:
        one = revision(session, number)
    found = differences(one.before, one.after)
    assert [(each.part, each.solution_id) for each in found] == [
        (Part.SOLUTION, terms.id),
        (Part.ORDER, None),
        (Part.REVIEW_BY, None),
    ]
    assert differences(one.after, one.after) == ()
    assert all(s.mark is Mark.INSERTED for d in differences(None, one.after) for s in d.stretches)
