"""Two entries become one: what they hold follows, old ids go on working, and it can be undone."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from knowledge import phrases
from knowledge.curation.changes import bring_back, edit, restore, retire
from knowledge.curation.content import Edit
from knowledge.curation.merging import merge
from knowledge.curation.revisions import Clash, RevisionKind, history
from knowledge.curation.undo import undo
from knowledge.database import Database
from knowledge.entries import NewEntry, add, entries_by_id, entries_of_theme, entry
from knowledge.errors import EntriesAreOne, EntryUnknown, RevisionSuperseded
from knowledge.evidence import Outcome, evidence, record_trial
from knowledge.models import EntryStatus, LoweredWording, Phrase, PhraseProposal
from knowledge.redirects import EntryRedirect, current_id, ids_leading_to
from knowledge.search import Engine
from knowledge.solutions import solution_numbered
from tests.knowledge.curation.conftest import says


def join(database: Database, gone: str, into: str, now: datetime) -> int:
    with database.writing() as session:
        return merge(session, gone, into, by="mod-1", why="the same", now=now).revision_id or 0


def called(session: Session, entry_id: str) -> list[str]:
    return sorted(session.scalars(select(Phrase.text).where(Phrase.entry_id == entry_id)))


def rows(database: Database) -> dict[str, list[str]]:
    """What merging touches, apart from history, as it stands."""
    with database.reading() as session:
        tables = (EntryRedirect, LoweredWording, Phrase, PhraseProposal)
        found = {
            table.__tablename__: sorted(
                str([getattr(row, column.key) for column in table.__table__.columns])
                for row in session.scalars(select(table))
            )
            for table in tables
        }
    return found | {one: [repr(says(database, one))] for one in ("board", "panel")}


def test_phrases_solutions_themes_and_numbers_follow(shelf: Database, now: datetime) -> None:
    papers, ring = says(shelf, "panel").shown
    join(shelf, "panel", "board", now)
    with shelf.reading() as session:
        view = entry(session, "board")
        assert called(session, "board") == [
            "Our panel members never answer, what helps?",
            "silent panel",
            "sleepy board",
        ]
        assert solution_numbered(session, "panel", 2) == ring.id
        assert solution_numbered(session, "board", 4) == ring.id
        assert solution_numbered(session, "panel", 1) == solution_numbered(session, "board", 2)
        assert solution_numbered(session, "board", 5) is None
    assert view is not None
    assert [(s.number, s.text) for s in view.numbered][-1] == (4, "Ring each of them.")
    assert len(view.solutions) == 4
    assert view.themes == ("Relationships", "Governance")
    assert papers.id not in [s.id for s in view.numbered]


def test_the_old_id_leads_to_the_other(shelf: Database, now: datetime) -> None:
    join(shelf, "panel", "board", now)
    with shelf.reading() as session:
        view = entry(session, "panel")
        assert view is not None
        assert view.id == "board"
        both = entries_by_id(session, ["panel", "nobody", "board"])
        assert [(asked, found.id) for asked, found in both.items()] == [
            ("panel", "board"),
            ("board", "board"),
        ]
        assert [one.id for one in entries_of_theme(session, "governance")] == ["board"]
        assert ids_leading_to(session, "board") == {"board", "panel"}


def test_other_engines_follow_a_merge_and_its_undoing(shelf: Database, now: datetime) -> None:
    other = Engine(None)

    def found(text: str) -> list[str]:
        with shelf.reading() as session:
            other.refresh(session)
        return [match.entry_id for match in other.find(text).matches]

    assert found("silent panel")[0] == "panel"
    number = join(shelf, "panel", "board", now)
    assert found("silent panel") == ["board"]
    with shelf.writing() as session:
        undo(session, number, by="mod-1", now=now)
    assert found("silent panel")[0] == "panel"


def test_voices_count_together_one_each_and_the_latest_word_holds(
    shelf: Database, now: datetime
) -> None:
    twin = says(shelf, "panel").shown[0].id or 0
    kept = says(shelf, "board").shown[1].id or 0
    with shelf.writing() as session:
        record_trial(session, twin, "a", Outcome.WORKED, now=now)
        record_trial(session, twin, "b", Outcome.DID_NOT, now=now)
        record_trial(session, kept, "b", Outcome.PARTLY, now=now.replace(hour=11))
    join(shelf, "panel", "board", now)
    with shelf.writing() as session:
        record_trial(session, twin, "c", Outcome.WORKED, now=now)
        found = evidence(session, [kept])[kept]
        assert (found.worked, found.partly, found.did_not) == (2, 1, 0)
        record_trial(session, twin, "a", Outcome.DID_NOT, now=now.replace(hour=12))
        found = evidence(session, [kept])[kept]
    assert (found.worked, found.partly, found.did_not) == (1, 1, 1)


def test_what_is_learnt_goes_to_the_entry_that_an_old_id_leads_to(
    shelf: Database, now: datetime
) -> None:
    with shelf.writing() as session:
        phrases.propose(session, "panel", "quiet quangos", now=now)
        phrases.lower(session, "panel", "garden panels")
        phrases.lower(session, "board", "silent panel")
    join(shelf, "panel", "board", now)
    with shelf.writing() as session:
        assert [(p.entry_id, p.text) for p in phrases.waiting(session)] == [
            ("board", "quiet quangos")
        ]
        phrases.teach(session, "panel", "mute members", now=now)
        assert "mute members" in called(session, "board")
        phrases.support(session, "panel", "quiet quangos", 2)
        assert phrases.waiting(session)[0].supporters == 2
        lowered = session.scalars(
            select(LoweredWording.key).where(LoweredWording.entry_id == "board")
        )
        assert lowered.all() == [phrases.key("garden panels")]


def test_a_merge_comes_apart_as_if_it_had_never_been(shelf: Database, now: datetime) -> None:
    with shelf.writing() as session:
        phrases.propose(session, "panel", "quiet quangos", now=now)
        phrases.lower(session, "panel", "garden panels")
        phrases.lower(session, "board", "silent panel")
    before = rows(shelf)
    number = join(shelf, "panel", "board", now)
    assert rows(shelf) != before
    with shelf.writing() as session:
        undo(session, number, by="mod-1", now=now)
        with pytest.raises(RevisionSuperseded):
            undo(session, number, by="mod-1", now=now)
        assert [one.kind for one in history(session, "panel")] == [
            RevisionKind.PARTED,
            RevisionKind.MERGED,
        ]
        with pytest.raises(RevisionSuperseded):
            undo(session, history(session, "panel")[0].id, by="mod-1", now=now)
    assert rows(shelf) == before
    join(shelf, "panel", "board", now)
    with shelf.reading() as session:
        view = entry(session, "board")
    assert view is not None
    assert [s.number for s in view.numbered] == [1, 2, 3, 4]


def test_a_merge_of_merged_entries_comes_apart_in_any_order(shelf: Database, now: datetime) -> None:
    with shelf.writing() as session:
        add(session, NewEntry("How do forums work?", id="forum", solutions=("Chair it.",)), now=now)
    before, forum = rows(shelf), says(shelf, "forum")
    first = join(shelf, "panel", "board", now)
    second = join(shelf, "board", "forum", now)
    with shelf.reading() as session:
        assert current_id(session, "panel") == "forum"
        view = entry(session, "panel")
        assert view is not None
        assert len(view.solutions) == 5
        assert "silent panel" in called(session, "forum")
    with shelf.writing() as session:
        undo(session, first, by="mod-1", now=now)
        assert "silent panel" not in called(session, "forum")
        assert "sleepy board" in called(session, "forum")
        assert current_id(session, "panel") == "panel"
        undo(session, second, by="mod-1", now=now)
    assert rows(shelf) == before
    assert says(shelf, "forum") == forum


def test_merging_into_an_entry_that_was_merged_goes_where_that_leads(
    shelf: Database, now: datetime
) -> None:
    with shelf.writing() as session:
        add(session, NewEntry("How do forums work?", id="forum"), now=now)
    join(shelf, "board", "forum", now)
    with shelf.writing() as session:
        assert merge(session, "panel", "board", by="mod-1", now=now).entry_id == "forum"


def test_what_cannot_be_merged_is_refused(shelf: Database, now: datetime) -> None:
    join(shelf, "panel", "board", now)
    with shelf.writing() as session:
        for gone, into in (("board", "board"), ("board", "panel"), ("panel", "board")):
            with pytest.raises(EntriesAreOne):
                merge(session, gone, into, by="mod-1", now=now)
        with pytest.raises(EntryUnknown):
            merge(session, "nobody", "board", by="mod-1", now=now)
        with pytest.raises(EntryUnknown):
            merge(session, "board", "nobody", by="mod-1", now=now)
        retire(session, "board", by="mod-1", why="", now=now)
        assert entry(session, "panel") is None
        with pytest.raises(EntryUnknown):
            bring_back(session, "panel", by="mod-1", now=now)


def test_an_edit_of_an_entry_that_was_merged_shows_the_other(
    shelf: Database, now: datetime
) -> None:
    seen = says(shelf, "panel")
    wanted = replace(Edit.of(seen), problem="Better?")
    number = join(shelf, "panel", "board", now)
    with shelf.writing() as session:
        clash = edit(session, "panel", wanted, seen=seen.version, by="mod-2", now=now)
        with pytest.raises(EntryUnknown):
            restore(session, history(session, "panel")[0].id, by="mod-2", now=now)
    assert isinstance(clash, Clash)
    assert (clash.entry_id, clash.theirs) == ("board", says(shelf, "board"))
    assert clash.theirs.status is EntryStatus.LIVE
    assert number
