"""The codes that challenges and sessions are called by: short, random, hard to misread or to guess.

Each was drawn once, for a challenge or for a session, so that a code alone says which is meant.
"""

from __future__ import annotations

import re
import secrets

from sqlalchemy import String
from sqlalchemy.orm import Mapped, Session, mapped_column

from knowledge.database import insert_new
from knowledge.models import Base

LETTERS = "ACDEFHJKMNPQRTVWXY"
DIGITS = "2345679"
"""None that is taken for another when read out or typed: no B and 8, S and 5, Z and 2, I and 1."""
SHORT, LONG = 3, 5
"""Letters and digits by turns. Long ones only when thousands of challenges crowd the short ones."""
TRIES = 20

_MEANT = {"S": "5", "Z": "2", "G": "6"}
"""A letter that is never in a code, where a digit belongs."""
_AROUND = re.compile(r"[\s#.,;:!?\"'“”‘’()-]+")


class DrawnCode(Base):
    """A code that is taken, or was once."""

    __tablename__ = "drawn_code"

    code: Mapped[str] = mapped_column(String(12), primary_key=True)


def draw(length: int) -> str:
    """A random code: a letter, a digit, a letter ... so no code is a word or a number."""
    return "".join(secrets.choice(DIGITS if place % 2 else LETTERS) for place in range(length))


def new_code(session: Session) -> str:
    """A code that no challenge and no session has or had, whoever draws at the same moment."""
    for length in (SHORT, LONG):
        for _number in range(TRIES):
            row = {"code": draw(length)}
            if insert_new(session, DrawnCode, [row], DrawnCode.code):
                return row["code"]
    raise RuntimeError("no code is free")  # 20 draws out of 2 million


def read_code(text: str) -> str | None:
    """The code that somebody typed, in any case and with marks around it; None for other words."""
    code = _AROUND.sub("", text).upper()
    if len(code) not in (SHORT, LONG):
        return None
    read = "".join(_MEANT.get(sign, sign) if at % 2 else sign for at, sign in enumerate(code))
    fits = all(sign in (DIGITS if at % 2 else LETTERS) for at, sign in enumerate(read))
    return read if fits else None
