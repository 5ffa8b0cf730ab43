from datetime import datetime, timedelta

import pytest
from sqlalchemy import delete, select, update

from knowledge import phrases, state, vectors
from knowledge.database import Database
from knowledge.entries import NewEntry, add, add_all
from knowledge.errors import EntryUnfit, EntryUnknown, ProposalUnknown
from knowledge.models import Entry, EntryStatus, EntryVectors, Phrase, PhraseOrigin, PhraseProposal
from knowledge.search import Engine
from knowledge.semantic import Embedder

WORDING = "nobody turns up any more"


@pytest.fixture
def two(database: Database, now: datetime) -> Database:
    news = [
        NewEntry("How do we revive a street market?", ("Ask the traders.",), id="market"),
        NewEntry("How do we keep volunteers?", ("Thank them.",), id="volunteers"),
    ]
    with database.writing() as session:
        add_all(session, news, now=now)
    return database


def _first(engine: Engine, database: Database, text: str) -> str:
    with database.reading() as session:
        engine.refresh(session)
    return engine.find(text).matches[0].entry_id


def test_a_wording_waits_once_however_it_is_typed(two: Database, now: datetime) -> None:
    with two.writing() as session:
        first = phrases.propose(session, "market", WORDING, now=now)
        again = phrases.propose(session, "market", "NOBODY  turns up, any more!", now=now)
        phrases.propose(session, "market", WORDING, now=now, supporters=3)
        phrases.propose(session, "volunteers", WORDING, now=now + timedelta(hours=1))
    assert first == again
    with two.reading() as session:
        queue = phrases.waiting(session)
    assert [(p.entry_id, p.text, p.supporters) for p in queue] == [
        ("market", WORDING, 3),
        ("volunteers", WORDING, 1),
    ]
    assert queue[0].problem == "How do we revive a street market?"


def test_an_accepted_wording_finds_its_entry(
    two: Database, embedder: Embedder, now: datetime
) -> None:
    engine = Engine(embedder)
    with two.writing() as session:
        proposal = phrases.propose(session, "market", WORDING, now=now)
        assert proposal is not None
        phrases.accept(session, proposal, now=now)
    assert _first(engine, two, WORDING) == "market"
    with two.reading() as session:
        assert phrases.waiting(session) == ()
        phrase = session.scalars(select(Phrase)).one()
    assert (phrase.text, phrase.origin) == (WORDING, PhraseOrigin.HELPED)


def test_a_rejected_wording_is_forgotten_and_does_not_come_back(
    two: Database, now: datetime
) -> None:
    with two.writing() as session:
        proposal = phrases.propose(session, "market", WORDING, now=now)
        assert proposal is not None
        phrases.reject(session, proposal, now=now)
        assert phrases.propose(session, "market", WORDING, now=now) is None
        assert phrases.waiting(session) == ()
        assert session.scalars(select(PhraseProposal.text)).all() == [""]
        with pytest.raises(ProposalUnknown):
            phrases.accept(session, proposal, now=now)


def test_what_an_entry_says_already_is_not_proposed(two: Database, now: datetime) -> None:
    with two.writing() as session:
        phrases.teach(session, "market", WORDING, now=now)
        assert phrases.propose(session, "market", WORDING.upper(), now=now) is None
        same = phrases.propose(session, "market", "how do we revive a street market", now=now)
    assert same is None


def test_a_taught_wording_works_at_once_and_is_kept_once(
    two: Database, embedder: Embedder, now: datetime
) -> None:
    engine = Engine(embedder)
    assert _first(engine, two, WORDING) == "market"
    with two.writing() as session:
        phrases.propose(session, "volunteers", WORDING, now=now)
        phrases.teach(session, "volunteers", WORDING, now=now)
        phrases.teach(session, "volunteers", WORDING + "!", now=now)
        assert phrases.waiting(session) == ()
        assert len(session.scalars(select(Phrase)).all()) == 1
    assert _first(engine, two, WORDING) == "volunteers"


def test_not_my_question_lowers_the_entry_for_that_wording_only(
    two: Database, embedder: Embedder, now: datetime
) -> None:
    engine, asked = Engine(embedder), "volunteers keep leaving, how do we keep them"
    assert _first(engine, two, asked) == "volunteers"
    other = engine.find("how do we keep our volunteers happy")
    with two.writing() as session:
        phrases.lower(session, "volunteers", asked)
        phrases.lower(session, "volunteers", asked)
    assert _first(engine, two, asked.upper() + "?!") == "market"
    after = engine.find("how do we keep our volunteers happy")
    assert [m.entry_id for m in after.matches] == [m.entry_id for m in other.matches]
    assert after.matches[0].score == pytest.approx(other.matches[0].score, abs=1e-4)
    with two.writing() as session:
        phrases.teach(session, "volunteers", asked, now=now)
    assert _first(engine, two, asked) == "volunteers"


@pytest.mark.parametrize("text", ["", " ?! ", "long " * 100])
def test_a_text_that_is_no_wording_is_refused(two: Database, now: datetime, text: str) -> None:
    with two.writing() as session:
        with pytest.raises(EntryUnfit):
            phrases.propose(session, "market", text, now=now)
        with pytest.raises(EntryUnfit):
            phrases.teach(session, "market", text, now=now)


def test_an_entry_that_is_not_there_learns_nothing(two: Database, now: datetime) -> None:
    with two.writing() as session:
        for entry_id in ("nobody", "market"):
            session.execute(
                update(Entry).where(Entry.id == "market").values(status=EntryStatus.RETIRED)
            )
            with pytest.raises(EntryUnknown):
                phrases.propose(session, entry_id, WORDING, now=now)
            with pytest.raises(EntryUnknown):
                phrases.lower(session, entry_id, WORDING)


def test_an_engine_that_followed_every_change_says_what_a_fresh_one_says(
    two: Database, embedder: Embedder, now: datetime
) -> None:
    engine, asked = Engine(embedder), ("market stalls", "volunteers", WORDING)
    for step in range(4):
        with two.writing() as session:
            add(session, NewEntry(f"Market stalls, part {step}", id=f"{step}"), now=now)
            phrases.teach(session, "market", f"{WORDING} {step}", now=now)
            phrases.lower(session, "volunteers", f"{WORDING} {step}")
            gone = update(Entry).where(Entry.id == f"{step - 2}")
            changed = state.next_version(session)
            session.execute(gone.values(status=EntryStatus.RETIRED, changed=changed))
        with two.reading() as session:
            engine.refresh(session)
    fresh = Engine(embedder)
    with two.reading() as session:
        fresh.refresh(session)
    for text in asked:
        ours, theirs = engine.find(text).matches, fresh.find(text).matches
        assert [m.entry_id for m in ours] == [m.entry_id for m in theirs]
        assert [m.score for m in ours] == pytest.approx([m.score for m in theirs], abs=1e-4)


def test_an_entry_deleted_outright_is_noticed(
    two: Database, embedder: Embedder, now: datetime
) -> None:
    engine = Engine(embedder)
    assert _first(engine, two, "street market") == "market"
    with two.writing() as session:
        session.execute(delete(Entry).where(Entry.id == "market"))
        state.next_version(session)
    assert _first(engine, two, "street market") == "volunteers"


def test_vectors_that_one_process_made_are_kept_for_the_others(
    two: Database, embedder: Embedder, now: datetime
) -> None:
    engine = Engine(embedder)
    with two.reading() as session:
        engine.refresh(session)
    with two.writing() as session:
        assert engine.keep(session) == 2
        assert engine.keep(session) == 0
        assert vectors.store(session, embedder) == 0
        assert len(session.scalars(select(EntryVectors.entry_id)).all()) == 2
