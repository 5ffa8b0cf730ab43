"""Seeded chance for tests."""

from __future__ import annotations

import random


def dice(seed: int = 1) -> random.Random:
    return random.Random(seed)  # noqa: S311 - a game
