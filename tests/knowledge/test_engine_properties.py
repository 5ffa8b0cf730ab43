"""What holds for any collection and any question, whatever the settings."""

from __future__ import annotations

import statistics
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.interchange import KnowledgeRow
from knowledge.search import Engine, Finding
from knowledge.starter import entry_rows

_ROWS = entry_rows()
_QUESTIONS = [row.problem for row in _ROWS] + [text for row in _ROWS for text in row.phrases]
_some = settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@_some
@given(row=st.sampled_from(_ROWS))
def test_a_problem_asked_word_for_word_finds_its_own_entry_first(
    starter_engines: dict[bool, Engine], row: KnowledgeRow
) -> None:
    assert starter_engines[True].find(row.problem).matches[0].entry_id == row.id


def _same(one: Finding, other: Finding) -> bool:
    ids = [[match.entry_id for match in finding.matches] for finding in (one, other)]
    scores = [[match.score for match in finding.matches] for finding in (one, other)]
    return ids[0] == ids[1] and scores[0] == pytest.approx(scores[1], abs=1e-4)


@_some
@given(
    text=st.sampled_from([q for q in _QUESTIONS if q.lower() == q or "UKSPF" not in q]),
    blanks=st.sampled_from([" ", "  ", "\t", " \u00a0 "]),
    quotes=st.booleans(),
)
def test_blanks_and_the_shape_of_quotes_do_not_matter(
    starter_engines: dict[bool, Engine], text: str, blanks: str, quotes: bool
) -> None:
    engine = starter_engines[True]
    odd = blanks.join(text.split(" "))
    if quotes:
        odd = odd.replace("'", "\u2019").replace('"', "\u201d")
    assert _same(engine.find(text), engine.find(f"{blanks}{odd}{blanks}"))


@_some
@given(text=st.sampled_from(_QUESTIONS))
def test_upper_case_does_not_change_what_is_found_first(
    starter_engines: dict[bool, Engine], text: str
) -> None:
    engine = starter_engines[True]
    assert engine.find(text).matches[0].entry_id == engine.find(text.upper()).matches[0].entry_id


@_some
@given(text=st.text(max_size=300))
def test_any_text_at_all_gets_a_finding(starter_engines: dict[bool, Engine], text: str) -> None:
    finding = starter_engines[True].find(text)
    assert all(0 <= match.score <= 1 for match in finding.matches)


def test_huge_texts_take_no_longer_than_long_stories(starter_engines: dict[bool, Engine]) -> None:
    engine = starter_engines[True]
    story = " ".join(_QUESTIONS[:12])

    def taken(text: str) -> float:
        times = []
        for _ in range(3):
            started = time.perf_counter()
            engine.find(text)
            times.append(time.perf_counter() - started)
        return statistics.median(times)

    usual = taken(story)
    for text in ("a" * 20_000, "board " * 5_000, "zzqx " * 4_000, "a. " * 6_000, "🎉" * 20_000):
        assert taken(text) < 8 * usual, text[:20]
