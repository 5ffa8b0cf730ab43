"""What a member reads of what is kept about them among their peers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time

from bot.wording.challenges import count

KEPT_VOICE = (
    "What you reported of solutions, and what you changed in the knowledge as a moderator, is kept "
    "under a random mark that only I can link to you. “forget me” takes your reports out of the "
    "counts, and the mark off your changes."
)


def kept_questions(asked: int, rated: int) -> str:
    """The latest questions follow, where there are any."""
    if not asked:
        return "You have asked no questions yet."
    told = f"You have asked {count(asked, 'question')} and rated {count(rated, 'answer')}."
    return f"{told} {'Your question' if asked == 1 else 'Your latest questions'}:"


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


_READERS = {
    "private": "Only you may read this.",
    "set": "Your set may read this, without your name.",
    "network": "The network may read this, without your name.",
}
_NATIONS = {"ENG": "England", "WLS": "Wales", "SCT": "Scotland", "NIR": "Northern Ireland"}
_DIGESTS = {
    "off": "You want no digest of your themes.",
    "daily": "You want a digest of your themes every day.",
    "weekly": "You want a digest of your themes every week.",
}
KEPT_CALENDAR = "Your private calendar has a secret address, which you can renew."


def _day(on: date) -> str:
    return f"{on.day} {on:%B %Y}"


def kept_commitment(
    what: str, when: str, outcome: str, learning: str, sharing: str, session: date | None
) -> str:
    """`session` is the day of the session after which they said it."""
    learnt = f" What you learnt: “{learning}”" if learning else ""
    after = f" You said so after the session on {_day(session)}." if session is not None else ""
    return f"You meant to try “{what}” by {when} ({outcome}).{learnt}{after} {_READERS[sharing]}"


def kept_reflection(
    words: str, written: date, sharing: str, session: date | None, make_up: bool
) -> str:
    missed = ", which you missed" if make_up else ""
    met = f" for the session on {_day(session)}{missed}" if session is not None else ""
    return f"You reflected on {_day(written)}{met}: “{words}” {_READERS[sharing]}"


def kept_seats(invited: int, answered: int, present: int, absent: int) -> str:
    return (
        f"You were invited to {count(invited, 'session')} and answered {answered} of these "
        f"invitations. You are noted as present at {present} and as absent from {absent}."
    )


def kept_issues(number: int) -> str:
    return f"You volunteered {count(number, 'challenge')} for the agenda of a session."


def kept_habits(
    nation: str,
    quiet_from: time | None,
    quiet_until: time | None,
    a_week: int | None,
    digest: str,
    seniority: str,
) -> str:
    """Only what the member chose."""
    parts = [
        f"You work in {_NATIONS[nation]}, so I keep its bank holidays." if nation else "",
        f"Your quiet hours begin at {quiet_from:%H:%M}." if quiet_from is not None else "",
        f"Your quiet hours end at {quiet_until:%H:%M}." if quiet_until is not None else "",
        f"You want at most {a_week} nudges a week." if a_week is not None else "",
        _DIGESTS.get(digest, ""),
        f"Your seniority, in your words: {seniority}." if seniority else "",
    ]
    return " ".join(part for part in parts if part)


def kept_stopped(names: Sequence[str]) -> str:
    return f"You want no more of: {'; '.join(names)}."


def kept_nudges(number: int) -> str:
    things = "thing" if number == 1 else "things"
    return (
        f"I keep of {number} {things} that I meant to remind you of when I did, or why I did not."
    )
