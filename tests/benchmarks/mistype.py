"""Mistyped text, the same from run to run: what a hurried thumb makes of a question."""

from __future__ import annotations

import string

import numpy as np

RATE = 0.06
"""Share of letters that go wrong."""


def mistyped(text: str, seed: int, rate: float = RATE) -> str:
    """Each letter may be replaced, left out, followed by another or swapped with the next."""
    random = np.random.default_rng(seed)
    letters = list(text)
    found: list[str] = []
    at = 0
    while at < len(letters):
        letter = letters[at]
        at += 1
        if not letter.isalpha() or random.random() >= rate:
            found.append(letter)
            continue
        match int(random.integers(4)):
            case 0:
                found.append(_any_letter(random))
            case 1:
                pass
            case 2:
                found += [letter, _any_letter(random)]
            case _:
                found += [*letters[at : at + 1], letter]
                at += 1
    return "".join(found)


def _any_letter(random: np.random.Generator) -> str:
    return string.ascii_lowercase[int(random.integers(26))]
