"""Cutting texts: nothing is lost, nothing is too long, and sentences stay whole."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from handlers.parts import pack, split, units

WORDS = st.text(st.characters(codec="utf-8"), max_size=300)
LIMIT = st.integers(2, 60)


def letters(texts: tuple[str, ...]) -> str:
    return re.sub(r"\s", "", "".join(texts))


@given(WORDS, LIMIT)
def test_a_text_loses_no_letter_and_no_part_is_too_long(text: str, limit: int) -> None:
    parts = split(text, limit)
    assert letters(parts) == letters((text,))
    assert all(0 < units(part) <= limit for part in parts)


@given(st.lists(WORDS, max_size=8), LIMIT)
def test_blocks_that_fit_are_never_cut(blocks: list[str], limit: int) -> None:
    packed = pack(blocks, limit)
    assert letters(packed) == letters(tuple(blocks))
    assert all(units(part) <= limit for part in packed)
    for block in blocks:
        if block.strip() and units(block.strip()) <= limit:
            assert any(block.strip() in part for part in packed)


def test_a_text_at_the_limit_is_one_part_and_one_over_is_two() -> None:
    assert split("a" * 10, 10) == ("a" * 10,)
    assert split("a" * 9, 10) == ("a" * 9,)
    assert split("a" * 11, 10) == ("a" * 10, "a")


def test_characters_outside_the_basic_plane_count_twice_and_are_not_torn() -> None:
    assert split("😀" * 5, 10) == ("😀" * 5,)
    assert split("😀" * 6, 11) == ("😀" * 5, "😀")


def test_it_is_cut_at_the_end_of_a_sentence() -> None:
    assert split("One two. Three four five.", 20) == ("One two.", "Three four five.")
    assert split('He said "go." Then he went off.', 20) == ('He said "go."', "Then he went off.")
    assert split("One, e.g. two three four", 16) == ("One, e.g. two", "three four")


def test_it_is_cut_at_a_space_where_no_sentence_ends() -> None:
    assert split("one two three four", 10) == ("one two", "three four")


def test_blocks_are_packed_together_as_long_as_they_fit() -> None:
    assert pack(["aa", "bb", "cc"], 6) == ("aa\n\nbb", "cc")
    assert pack(["aa", "bb", "cc"], 5, gap="\n") == ("aa\nbb", "cc")
