from datetime import datetime

from sqlalchemy import func, select, update

from knowledge import starter, state
from knowledge.database import Database
from knowledge.models import Entry, EntryStatus, EntryVectors, Term
from knowledge.semantic import Embedder
from knowledge.themes import themes


def test_the_starter_knowledge_is_laid_in_with_its_vectors(
    database: Database, embedder: Embedder, now: datetime
) -> None:
    heard: list[tuple[int, int]] = []
    with database.writing() as session:
        loaded = starter.load(session, embedder, now=now, progress=lambda *p: heard.append(p))
    with database.reading() as session:
        assert loaded == len(starter.entry_rows()) == session.scalar(select(func.count(Entry.id)))
        assert session.scalar(select(func.count()).select_from(EntryVectors)) == loaded
        assert len(themes(session)) == len(starter.theme_rows())
        assert state.version(session) > 0
    assert heard[-1] == (loaded, loaded)


def test_it_is_laid_in_once_even_when_all_of_it_was_retired(
    stocked: Database, now: datetime
) -> None:
    with stocked.writing() as session:
        session.execute(update(Entry).values(status=EntryStatus.RETIRED))
    with stocked.writing() as session:
        assert starter.load(session, None, now=now) == 0
        assert set(session.scalars(select(Entry.status))) == {EntryStatus.RETIRED}


def test_it_loads_without_the_sentence_model(database: Database, now: datetime) -> None:
    with database.writing() as session:
        assert starter.load(session, None, now=now) > 0
        assert session.scalar(select(func.count()).select_from(EntryVectors)) == 0


def test_the_glossary_can_be_had_alone(database: Database) -> None:
    with database.writing() as session:
        assert starter.glossary_only(session) == session.scalar(select(func.count(Term.id)))
        assert session.scalar(select(func.count(Entry.id))) == 0
