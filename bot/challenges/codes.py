"""The codes that challenges are called by: short, random, and hard to misread or to guess from."""

from __future__ import annotations

import re
import secrets

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.challenges.models import Challenge

LETTERS = "ACDEFHJKMNPQRTVWXY"
DIGITS = "2345679"
"""None that is taken for another when read out or typed: no B and 8, S and 5, Z and 2, I and 1."""
SHORT, LONG = 3, 5
"""Letters and digits by turns. Long ones only when thousands of challenges crowd the short ones."""
TRIES = 20

_MEANT = {"S": "5", "Z": "2", "G": "6"}
"""A letter that is never in a code, where a digit belongs."""
_AROUND = re.compile(r"[\s#.,;:!?\"'“”‘’()-]+")


def draw(length: int) -> str:
    """A random code: a letter, a digit, a letter ... so no code is a word or a number."""
    return "".join(secrets.choice(DIGITS if place % 2 else LETTERS) for place in range(length))


def new_code(session: Session) -> str:
    """A code that no challenge has or had."""
    for length in (SHORT, LONG):
        drawn = {draw(length) for _ in range(TRIES)}
        taken = set(session.scalars(select(Challenge.code).where(Challenge.code.in_(drawn))))
        if drawn - taken:
            return secrets.choice(sorted(drawn - taken))
    raise RuntimeError("no code is free")  # 20 draws out of 2 million


def read_code(text: str) -> str | None:
    """The code that somebody typed, in any case and with marks around it; None for other words."""
    code = _AROUND.sub("", text).upper()
    if len(code) not in (SHORT, LONG):
        return None
    read = "".join(_MEANT.get(sign, sign) if at % 2 else sign for at, sign in enumerate(code))
    fits = all(sign in (DIGITS if at % 2 else LETTERS) for at, sign in enumerate(read))
    return read if fits else None
