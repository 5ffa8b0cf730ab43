"""The story that `make demo` plays, played for real."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import wording
from bot.messages import Channel
from handlers.demo import story
from handlers.demo.stage import Stage, StoryBroken, stage
from knowledge.semantic import Embedder
from tests.handlers.als import Als


@pytest.fixture
def empty_stage(embedder: Embedder) -> Iterator[Stage]:
    with stage(embedder) as made:
        yield made


def test_the_story_ends_with_the_entry_answering_the_next_person(tmp_path: Path) -> None:
    played = Als(tmp_path)("demo")
    assert played.err == ""
    assert played.code == 0
    end = played.out[played.out.rindex(story.AGAIN) :]
    assert story.QUESTION in end
    assert story.OFFER in end
    assert "Tried by 1: 1 worked" in end
    assert list(tmp_path.iterdir()) == []  # nothing is left behind


def test_both_channels_are_told_apart_and_nobody_is_named_to_others(tmp_path: Path) -> None:
    told = Als(tmp_path)("demo").out.splitlines()
    assert {"WhatsApp", "Slack   "} <= {line[:8] for line in told}
    said = [line for line in told if line.startswith(" " * 8)]
    for name in ("Chidi", "Ben", "Dara"):
        assert not [line for line in said if name in line and "With my name" not in line]


def test_a_story_that_goes_another_way_breaks_off(empty_stage: Stage) -> None:
    chidi = empty_stage.person("Chidi", Channel.WHATSAPP)
    chidi.says(story.QUESTION)
    chidi.hears(wording.NOTHING_FOUND)
    with pytest.raises(StoryBroken, match="Chidi was to read “a card”"):
        chidi.hears("a card")
    with pytest.raises(StoryBroken, match="Chidi was to be offered “This helped”"):
        chidi.picks(wording.HELPED)
