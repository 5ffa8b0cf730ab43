"""Codes: short, hard to misread, and no count of anything."""

from __future__ import annotations

import pytest

from bot.challenges.codes import DIGITS, LETTERS, LONG, SHORT, draw, read_code
from tests.bot.challenges.town import Town


@pytest.mark.parametrize("length", [SHORT, LONG])
def test_every_code_is_read_as_it_was_told_in_any_case(length: int) -> None:
    for code in {draw(length) for _number in range(200)}:
        assert read_code(code) == read_code(f" #{code.lower()}. ") == code


def test_no_sign_of_a_code_looks_like_another() -> None:
    assert not set(LETTERS + DIGITS) & set("01IOLBSZGU8")
    assert len(set(LETTERS + DIGITS)) == len(LETTERS + DIGITS)


@pytest.mark.parametrize(("typed", "meant"), [("kSm", "K5M"), ("KZM", "K2M"), ("k-7-m", "K7M")])
def test_what_is_taken_for_a_digit_is_one(typed: str, meant: str) -> None:
    assert read_code(typed) == meant


@pytest.mark.parametrize("words", ["", "help", "the", "123", "k7", "K7MK", "K8M", "O7M"])
def test_other_words_are_no_code(words: str) -> None:
    assert read_code(words) is None


def test_codes_are_drawn_and_not_counted(town: Town, asha: int) -> None:
    codes = [town.posts(asha) for _number in range(30)]
    assert len(set(codes)) == 30
    assert codes != sorted(codes)
    assert {len(code) for code in codes} == {SHORT}
