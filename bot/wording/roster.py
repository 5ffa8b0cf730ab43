"""What is said about a table of members."""

from __future__ import annotations

EMPTY = "there is nothing in it. The first row must name the columns, “name” among them."
NO_NAME_COLUMN = "there is no column called “name”. The first row must name the columns."
COLUMN_TWICE = "this column is there twice."
COLUMN_UNKNOWN = "this is nothing that is kept of a member, so it is not read."
ENCODING_GUESSED = (
    "it is not UTF-8, so it was read as Windows-1252. Please look at letters with accents; or save "
    "it again as “CSV UTF-8”."
)
NAME_MISSING = "the name is missing."
NAME_UNFIT = "a name has between 1 and 120 characters that can be seen."
JOB_TOO_LONG = "a job is told in at most 120 characters."
SENIORITY_TOO_LONG = "seniority is told in at most 60 characters."
SET_NAME_UNFIT = "a set's name has between 1 and 120 characters."


def column_misspelt(likely: str) -> str:
    return f"did you mean “{likely}”? Please rename it: as it is, it cannot be read."


def cells_over(value: str) -> str:
    return f"“{_short(value)}” stands outside the named columns. A comma may lack its quotes."


def name_twice(row: int) -> str:
    return f"this name is there already, in row {row}. A second person needs another name."


def member_already(name: str, *, joins: str) -> str:
    there = f"{name} is a member already, and stays as they are"
    return f"{there}, but joins the set {joins}." if joins else f"{there}."


def role_unknown(value: str) -> str:
    return (
        f"“{_short(value)}” is no role. It can be officer, facilitator, moderator or "
        "administrator; left empty, it is officer."
    )


def nation_unknown(value: str) -> str:
    return (
        f"“{_short(value)}” is no nation that I know. It can be England, Wales, Scotland or "
        "Northern Ireland (or ENG, WLS, SCT, NIR)."
    )


def theme_unknown(value: str, likely: str) -> str:
    perhaps = f" Did you mean “{likely}”?" if likely else ""
    return f"there is no theme called “{_short(value)}”.{perhaps}"


def set_too_large(name: str, members: int) -> str:
    return f"{name} would have {members} members; a set has at most 12. 9 is best."


def set_small(name: str, members: int) -> str:
    return (
        f"{name} would have {members} member{'' if members == 1 else 's'}: it is being gathered, "
        "and no session can be planned for it before it has 6, or a note says why it is small."
    )


def summary(rows: int, new: int, known: int, left_out: int) -> str:
    people = "1 person" if rows == 1 else f"{rows:,} people"
    return (
        f"{people} read: {new:,} new, {known:,} in the network already, {left_out:,} with "
        "something amiss."
    )


def added(new: int) -> str:
    return f"{new:,} added."


NOTHING_ADDED = "Nobody was added."


def _short(value: str) -> str:
    flat = " ".join(value.split())
    return flat if len(flat) <= 80 else f"{flat[:79]}…"
