"""Moderators at the same moment, each in a session and a thread of their own."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from knowledge import phrases
from knowledge.curation import drafts, merging, undo
from knowledge.curation.changes import edit
from knowledge.curation.content import Edit
from knowledge.curation.drafts import Proposed, Published, edit_draft, propose_draft, publish
from knowledge.curation.revisions import Clash, RevisionKind, Saved, history
from knowledge.database import Database
from knowledge.entries import NewEntry, add, entry
from knowledge.errors import DraftUnknown, EntriesAreOne, KnowledgeError
from knowledge.evidence import Evidence, Outcome, Trial, evidence, record_trial
from knowledge.models import EntryStatus, Phrase
from knowledge.redirects import EntryRedirect, current_id
from knowledge.solutions import SolutionNumber
from tests.knowledge.curation.conftest import says

TIMES = 5
LIFTS = NewEntry("How do we keep village lifts running?", solutions=("Share a line.",))


def at_once(database: Database, *doings: Callable[[Session], object]) -> list[object]:
    """What each of these came to, a refusal being one of them; they begin together."""
    start = threading.Barrier(len(doings))
    came: list[object] = [None] * len(doings)

    def run(place: int, doing: Callable[[Session], object]) -> None:
        start.wait()
        try:
            with database.writing() as session:
                came[place] = doing(session)
        except Exception as error:
            came[place] = error

    threads = [threading.Thread(target=run, args=each, daemon=True) for each in enumerate(doings)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
        assert not thread.is_alive(), "they wait for each other"
    unexpected = [e for e in came if isinstance(e, Exception) and not isinstance(e, KnowledgeError)]
    assert unexpected == []
    return came


def kinds(came: list[object]) -> list[str]:
    return sorted(type(one).__name__ for one in came)


def proposed(database: Database, now: datetime, origin: str = "challenge:K7") -> str:
    with database.writing() as session:
        return propose_draft(session, LIFTS, origin=origin, by="bot", now=now).entry_id


def test_a_challenge_that_is_proposed_by_many_at_once_makes_one_draft(
    shelf: Database, now: datetime
) -> None:
    def propose(session: Session) -> Proposed:
        return propose_draft(session, LIFTS, origin="challenge:K7", by="bot", now=now)

    came = at_once(shelf, *[propose] * 6)
    made = [one for one in came if isinstance(one, Proposed)]
    assert len(made) == 6
    assert len({one.entry_id for one in made}) == 1
    assert sum(one.new for one in made) == 1


@pytest.mark.parametrize("time", range(TIMES))
def test_a_draft_that_two_publish_at_once_is_published_once(
    shelf: Database, now: datetime, time: int
) -> None:
    entry_id = proposed(shelf, now)
    seen = says(shelf, entry_id).version

    def do(session: Session) -> object:
        return publish(session, entry_id, seen=seen, by="mod", now=now)

    came = at_once(shelf, do, do, do)
    assert kinds(came) == ["DraftUnknown", "DraftUnknown", "Published"]
    with shelf.reading() as session:
        published = [
            one for one in history(session, entry_id) if one.kind is RevisionKind.PUBLISHED
        ]
    assert len(published) == 1


@pytest.mark.parametrize("time", range(TIMES))
def test_an_edit_against_a_publishing_loses_nothing(
    shelf: Database, now: datetime, time: int
) -> None:
    entry_id = proposed(shelf, now)
    seen = says(shelf, entry_id)
    wanted = replace(Edit.of(seen), problem="In better words?")
    edited, published = at_once(
        shelf,
        lambda s: edit_draft(s, entry_id, wanted, seen=seen.version, by="mod-1", now=now),
        lambda s: publish(s, entry_id, seen=seen.version, by="mod-2", now=now),
    )
    now_says = says(shelf, entry_id)
    if isinstance(edited, Saved):  # then the other saw what they had not read
        assert isinstance(published, Clash)
        assert published.theirs == now_says
        assert (now_says.problem, now_says.status) == (wanted.problem, EntryStatus.DRAFT)
    else:
        assert isinstance(edited, Clash)
        assert isinstance(published, Published)
        assert (edited.theirs, edited.yours) == (now_says, wanted)
        assert (now_says.problem, now_says.status) == (LIFTS.problem, EntryStatus.LIVE)


def test_of_many_editors_at_once_one_is_saved_and_all_others_see_it(
    shelf: Database, now: datetime
) -> None:
    seen = says(shelf, "board")

    def editor(number: int) -> Callable[[Session], object]:
        wanted = replace(Edit.of(seen), problem=f"Version {number}?")
        return lambda s: edit(s, "board", wanted, seen=seen.version, by=f"mod-{number}", now=now)

    came = at_once(shelf, *map(editor, range(5)))
    assert kinds(came) == ["Clash"] * 4 + ["Saved"]
    after = says(shelf, "board")
    assert {one.theirs for one in came if isinstance(one, Clash)} == {after}
    yours = {one.yours.problem for one in came if isinstance(one, Clash) and one.yours}
    assert yours | {after.problem} == {f"Version {number}?" for number in range(5)}


@pytest.mark.parametrize("time", range(TIMES))
def test_two_merges_that_cross_do_not_loop(shelf: Database, now: datetime, time: int) -> None:
    came = at_once(
        shelf,
        lambda s: merging.merge(s, "board", "panel", by="mod-1", now=now),
        lambda s: merging.merge(s, "panel", "board", by="mod-2", now=now),
    )
    assert kinds(came) == ["EntriesAreOne", "Saved"]
    with shelf.reading() as session:
        ends = {current_id(session, one) for one in ("board", "panel")}
        views = {view.id for one in ("board", "panel") if (view := entry(session, one))}
        assert session.scalar(select(func.count()).select_from(EntryRedirect)) == 1
    assert len(ends) == 1
    assert views == ends


@pytest.mark.parametrize("time", range(TIMES))
def test_three_merges_in_a_ring_end_at_one_entry(shelf: Database, now: datetime, time: int) -> None:
    with shelf.writing() as session:
        add(session, NewEntry("How do forums work?", id="forum"), now=now)
    ring = (("board", "panel"), ("panel", "forum"), ("forum", "board"))
    came = at_once(
        shelf,
        *(lambda s, pair=pair: merging.merge(s, *pair, by="mod", now=now) for pair in ring),
    )
    assert kinds(came) == ["EntriesAreOne", "Saved", "Saved"]
    with shelf.reading() as session:
        ends = {current_id(session, one) for one, _ in ring}
        assert len(ends) == 1
        assert entry(session, ends.pop()) is not None


def test_one_entry_that_two_merge_elsewhere_goes_one_way(shelf: Database, now: datetime) -> None:
    with shelf.writing() as session:
        add(session, NewEntry("How do forums work?", id="forum"), now=now)
    came = at_once(
        shelf,
        lambda s: merging.merge(s, "board", "panel", by="mod-1", now=now),
        lambda s: merging.merge(s, "board", "forum", by="mod-2", now=now),
    )
    assert kinds(came) == ["EntryUnknown", "Saved"]


@pytest.mark.parametrize("time", range(TIMES))
def test_a_merge_among_edits_learning_and_its_own_undoing_leaves_all_in_one_place(
    shelf: Database, now: datetime, time: int
) -> None:
    seen = says(shelf, "panel")
    wanted = replace(Edit.of(seen), problem="Better words for the panel?")
    came = at_once(
        shelf,
        lambda s: merging.merge(s, "panel", "board", by="mod-1", now=now),
        lambda s: edit(s, "panel", wanted, seen=seen.version, by="mod-2", now=now),
        lambda s: phrases.teach(s, "panel", "mute members", now=now),
        lambda s: phrases.lower(s, "panel", "garden panels"),
    )
    merged, edited = came[0], came[1]
    assert isinstance(merged, Saved)
    if isinstance(edited, Clash):
        assert edited.entry_id == "board"
    assert came[2:] == [None, None]
    with shelf.writing() as session:
        known = [p.text for p in session.scalars(select(Phrase)) if p.entry_id == "board"]
        undo.undo(session, merged.revision_id or 0, by="mod-1", now=now)
    assert "mute members" in known
    assert says(shelf, "panel").status is EntryStatus.LIVE


def test_voices_at_once_are_each_counted_once(shelf: Database, now: datetime) -> None:
    solution = says(shelf, "board").shown[0].id or 0

    def voice(name: str) -> Callable[[Session], object]:
        return lambda s: record_trial(s, solution, name, Outcome.WORKED, now=now)

    came = at_once(shelf, *map(voice, ("a", "a", "a", "b", "b")))
    assert came == [None] * 5
    with shelf.reading() as session:
        assert evidence(session, [solution]) == {solution: Evidence(worked=2)}
        assert session.scalar(select(func.count()).select_from(Trial)) == 2


def test_solutions_that_come_from_two_drafts_at_once_get_numbers_of_their_own(
    shelf: Database, now: datetime
) -> None:
    one, two = (proposed(shelf, now, origin) for origin in ("challenge:A1", "challenge:B2"))
    seen = says(shelf, two)
    other = replace(Edit.of(seen), solutions=(replace(seen.shown[0], text="Pool drivers."),))
    with shelf.writing() as session:
        edit_draft(session, two, other, seen=seen.version, by="mod-1", now=now)
    came = at_once(
        shelf,
        lambda s: drafts.merge_into(s, one, "board", by="mod-1", now=now),
        lambda s: drafts.merge_into(s, two, "board", by="mod-2", now=now),
    )
    assert kinds(came) == ["Saved", "Saved"]
    with shelf.reading() as session:
        numbers = session.scalars(
            select(SolutionNumber.number)
            .where(SolutionNumber.entry_id == "board")
            .order_by(SolutionNumber.number)
        ).all()
    assert numbers == [1, 2, 3, 4, 5]


def test_refusals_of_the_late_say_what_happened() -> None:
    assert "settled it already" in str(DraftUnknown(entry_id="x"))
    assert "are one entry already" in str(EntriesAreOne(entry_id="x", other_id="y"))
