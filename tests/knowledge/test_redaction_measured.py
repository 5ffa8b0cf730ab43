"""The bars that the check must clear on the measuring texts, where they are at hand."""

from __future__ import annotations

import pytest

from tests.benchmarks.measure_redaction import DEV, Figures, measure, samples

BARS = {
    "email": 0.97,
    "phone": 0.97,
    "postcode": 0.97,
    "url": 0.97,
    "registered person": 0.97,
    "council": 0.92,
    "other person": 0.80,
}
MOST_FALSE_ALARMS = 0.06


@pytest.fixture(scope="module")
def figures() -> Figures:
    if not DEV.exists():
        pytest.skip("../shared/eval/redaction_dev.json is not here to measure on")
    return measure(samples(DEV))


@pytest.mark.parametrize(("kind", "bar"), BARS.items())
def test_enough_of_each_kind_is_found(figures: Figures, kind: str, bar: float) -> None:
    assert figures.recall(kind) >= bar


def test_few_clean_texts_raise_an_alarm(figures: Figures) -> None:
    assert figures.false_alarms <= MOST_FALSE_ALARMS
