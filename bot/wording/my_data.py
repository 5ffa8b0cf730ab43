"""What a member reads of what is kept about them among their peers."""

from __future__ import annotations

from datetime import datetime

from bot.wording.challenges import count

KEPT_VOICE = (
    "What you reported of solutions, and what you changed in the knowledge as a moderator, is kept "
    "under a random mark that only I can link to you. “forget me” takes your reports out of the "
    "counts, and the mark off your changes."
)


def kept_challenge(code: str, problem: str, state: str) -> str:
    return f"Your challenge {code} ({state}): “{problem}”"


def kept_reply(code: str, text: str) -> str:
    return f"Your reply in {code}: “{text}”"


def kept_counts(*, follows: int, asked: int, reports: int, marks: int) -> str:
    return (
        f"You follow {count(follows, 'challenge')}. I have asked you for help with "
        f"{count(asked, 'challenge')}. You have marked {count(marks, 'reply', 'replies')} and "
        f"reported {count(reports, 'thing')}."
    )


def kept_interests(
    job: str, themes: tuple[str, ...], until: datetime | None, limit: int | None
) -> str:
    parts = [
        f"Your work: {job}." if job else "",
        f"Themes you follow: {', '.join(themes)}." if themes else "",
        f"You want quiet until {until:%-d %B %Y}." if until is not None else "",
        f"You want to be asked at most {limit} times a week." if limit is not None else "",
    ]
    return " ".join(part for part in parts if part)


def kept_credits(entries: int, named: int) -> str:
    return f"You took part in {count(entries, 'entry', 'entries')} and are named for {named}."


def kept_sets(names: tuple[str, ...]) -> str:
    return f"You are in {count(len(names), 'set')}: {', '.join(names)}."


def kept_facilitated(names: tuple[str, ...]) -> str:
    return f"You facilitate {count(len(names), 'set')}: {', '.join(names)}."


def kept_seat(code: str, answer: str | None, *, attended: bool | None) -> str:
    said = f"You said {answer} to session {code}." if answer else f"You are invited to {code}."
    there = {True: " You were there.", False: " You were away.", None: ""}[attended]
    return f"{said}{there}"


def kept_commitment(what: str, when: str, outcome: str, learning: str) -> str:
    learnt = f" What you learnt: “{learning}”" if learning else ""
    return f"You meant to try “{what}” by {when} ({outcome}).{learnt}"
