import threading
from collections.abc import Sequence
from datetime import datetime

import numpy as np
import pytest
from numpy.typing import NDArray
from sqlalchemy import update

from knowledge import state, vectors
from knowledge.database import Database
from knowledge.entries import NewEntry, add, add_all
from knowledge.language import Language
from knowledge.models import Entry, EntryStatus
from knowledge.search import Decision, Engine, Finding
from knowledge.semantic import Embedded, Embedder
from knowledge.small_talk import SmallTalk
from tests.conftest import Make


@pytest.fixture
def engine(stocked: Database, embedder: Embedder) -> Engine:
    return _fresh(stocked, embedder)


def _fresh(database: Database, embedder: Embedder | None) -> Engine:
    engine = Engine(embedder)
    with database.reading() as session:
        engine.refresh(session)
    return engine


class Counting:
    """Counts what is embedded."""

    name = "counting"

    def __init__(self) -> None:
        self.texts = 0

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.texts += len(texts)
        return np.full((len(texts), 4), 0.5, dtype=np.float32)

    def read(self, texts: Sequence[str]) -> Embedded:
        vectors = self.embed(texts)
        return Embedded(vectors, tuple(vectors[at : at + 1] for at in range(len(texts))))


def test_a_mistyped_question_about_boards_is_answered(engine: Engine) -> None:
    finding = engine.find("how do i get the board to actualy engage")
    assert finding.decision is Decision.ANSWER
    assert finding.matches[0].entry_id == "partnership-board"
    assert "board" in finding.matches[0].words
    assert [correction.right for correction in finding.corrections] == ["actually"]


def test_other_council_business_is_a_miss(engine: Engine) -> None:
    finding = engine.find("when are the bins collected")
    assert finding.decision is Decision.MISS
    assert len(finding.matches) == 5


def test_an_acronym_is_read_by_the_glossary(engine: Engine) -> None:
    finding = engine.find("M&E of perception, which method?")
    assert finding.understood == "monitoring and evaluation of perception, which method?"
    assert finding.matches[0].entry_id == "measuring-perception"


def test_small_talk_is_a_miss_of_its_own_kind(engine: Engine) -> None:
    finding = engine.find("thanks, that's brilliant!")
    assert (finding.decision, finding.small_talk) == (Decision.MISS, SmallTalk.THANKS)


def test_welsh_is_told(engine: Engine) -> None:
    finding = engine.find("Sut allwn ni weithio'n well gyda'r bwrdd partneriaeth?")
    assert finding.language is Language.WELSH


def test_without_the_model_words_alone_still_find_the_entry(stocked: Database) -> None:
    engine = _fresh(stocked, None)
    assert not engine.semantic
    finding = engine.find("terms of reference for the partnership bord")
    assert finding.matches[0].entry_id == "partnership-board"
    assert finding.decision is not Decision.MISS
    assert engine.near("partnership-board") == ()


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "?",
        "🙏🎉",
        "a" * 20_000,
        "board " * 5_000,
        "\x00\x07\x1b[31m",
        "\ud800 lone surrogate",
        "' OR 1=1; DROP TABLE entry; --",
        "<script>alert(1)</script>",
        "كيف نقيس التصور العام؟",
        "\u202eboard\u202c",
        "好的",
        "a. " * 6_000,
        "&&& M&E & &",
    ],
)
@pytest.mark.parametrize("semantic", [True, False])
def test_any_text_gets_a_finding(
    semantic: bool, text: str, starter_engines: dict[bool, Engine]
) -> None:
    finding = starter_engines[semantic].find(text)
    assert isinstance(finding, Finding)
    assert all(0 <= match.score <= 1 for match in finding.matches)


def test_an_empty_knowledge_base_misses_everything(database: Database, embedder: Embedder) -> None:
    for engine in (_fresh(database, embedder), _fresh(database, None)):
        finding = engine.find("how do we measure perception")
        assert (finding.decision, finding.matches) == (Decision.MISS, ())


def test_a_single_entry_is_found_and_other_questions_still_miss(
    database: Database, embedder: Embedder, now: datetime
) -> None:
    with database.writing() as session:
        add(session, NewEntry("How do we revive a street market?", ("Ask traders.",)), now=now)
    engine = _fresh(database, embedder)
    assert engine.find("how do we revive a street market?").decision is not Decision.MISS
    assert engine.find("when are the bins collected").decision is Decision.MISS


def test_the_order_in_which_entries_were_added_does_not_matter(
    make_database: Make, embedder: Embedder, now: datetime
) -> None:
    news = [
        NewEntry("How do we recruit volunteers?", ("Feed them.",), id="b"),
        NewEntry("How do we keep volunteers?", ("Thank them.",), id="a"),
        NewEntry("How do we pay volunteers' expenses?", ("On the day.",), id="c"),
    ]
    findings = []
    for order in (news, news[::-1]):
        database = make_database(False)
        with database.writing() as session:
            add_all(session, order, now=now)
        findings.append(_fresh(database, embedder).find("recruiting and keeping volunteers"))
    assert findings[0] == findings[1]


def test_a_change_is_taken_up_by_refresh_and_only_then(
    database: Database, embedder: Embedder, now: datetime
) -> None:
    engine = _fresh(database, embedder)
    with database.writing() as session:
        add(session, NewEntry("How do we revive a street market?", id="market"), now=now)
    assert engine.find("street market").matches == ()
    with database.reading() as session:
        assert engine.refresh(session)
        assert not engine.refresh(session)
    assert engine.find("street market").matches[0].entry_id == "market"


def test_a_retired_entry_is_gone_after_refresh(
    stocked: Database, embedder: Embedder, engine: Engine
) -> None:
    with stocked.writing() as session:
        changed = state.next_version(session)
        session.execute(
            update(Entry)
            .where(Entry.id == "partnership-board")
            .values(status=EntryStatus.RETIRED, changed=changed)
        )
    with stocked.reading() as session:
        engine.refresh(session)
    found = engine.find("partnership board").matches
    assert "partnership-board" not in [match.entry_id for match in found]


def test_stored_vectors_are_not_made_again(database: Database, now: datetime) -> None:
    news = [NewEntry(f"Problem {n}", (f"Solution {n}",), id=f"{n}") for n in range(5)]
    first, second = Counting(), Counting()
    with database.writing() as session:
        add_all(session, news, now=now)
        assert vectors.store(session, first) == 5
        assert vectors.store(session, first) == 0
    assert first.texts == 5 * 3
    _fresh(database, second)
    assert second.texts == 0


def test_only_the_changed_entry_is_embedded_again(database: Database, now: datetime) -> None:
    embedder = Counting()
    engine = _fresh(database, embedder)
    with database.writing() as session:
        add_all(session, [NewEntry(f"Problem {n}") for n in range(5)], now=now)
    with database.reading() as session:
        engine.refresh(session)
    assert embedder.texts == 5 * 2
    with database.writing() as session:
        add(session, NewEntry("One more"), now=now)
    with database.reading() as session:
        engine.refresh(session)
    assert embedder.texts == 6 * 2


def test_near_entries_are_others_best_first(engine: Engine) -> None:
    near = engine.near("set-size")
    assert len(near) == 3
    assert "set-size" not in [match.entry_id for match in near]
    assert near[0].score >= near[1].score >= near[2].score
    assert near[0].entry_id in ("when-action-learning-works-well", "what-is-an-action-learning-set")
    assert engine.near("nobody") == ()


def test_threads_may_ask_while_the_knowledge_changes(
    database: Database, embedder: Embedder, now: datetime
) -> None:
    engine = _fresh(database, embedder)
    failures: list[BaseException] = []

    def ask() -> None:
        try:
            for _ in range(20):
                engine.find("how do we revive a street market")
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for number in range(10):
        with database.writing() as session:
            add(session, NewEntry(f"Market problem {number}"), now=now)
        with database.reading() as session:
            engine.refresh(session)
    for thread in threads:
        thread.join()
    assert failures == []
    assert len(engine.find("market problem").matches) == 5
