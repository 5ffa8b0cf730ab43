"""What a facilitator is told before a session."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.wording.moments import local

# Buttons

MORE = "More"
GUIDE = "The session guide"
ALL_SHARED = "All that was shared"

# Sentences

ONLY_SHARED = (
    "You see only what members shared with their set or with the network, and no names with it."
)
NOT_YOURS = "The digest is for those who facilitate that set. Type “help” to see what you can do."
NO_SESSION = (
    "I know no session of yours by that code. Type “sessions” to see the sessions of your sets."
)
NOTHING_TO_FACILITATE = (
    "You facilitate no set that has a session to come. Type “sessions” to see those of your sets."
)
_UNNAMED = "somebody whose name I do not know"
_SAID = {"yes": "Coming", "maybe": "Perhaps", "no": "Not coming", "": "Not answered"}
_OUTCOMES = {
    "worked": "worked",
    "partly": "partly worked",
    "did not": "did not work",
    "": "still being tried",
}


def digest_head(set_name: str, starts: datetime, zone: str) -> str:
    return f"{set_name} meets on {local(starts, zone)}."


def who_comes(names: Mapping[str, Sequence[str]]) -> str:
    """`names` by what they said: yes, maybe, no, or nothing."""
    lines = (
        f"{said}: {', '.join(name or _UNNAMED for name in names[rsvp])} ({len(names[rsvp])})"
        for rsvp, said in _SAID.items()
        if names.get(rsvp)
    )
    return "\n".join(lines) or "Nobody is in this set yet."


def outcomes(numbers: Mapping[str, int]) -> str:
    """`numbers` by outcome, "" for what is still being tried."""
    if not numbers:
        return "Nobody has shared a commitment since the last session."
    parts = [f"{numbers[one]} {said}" for one, said in _OUTCOMES.items() if numbers.get(one)]
    return f"Commitments they shared: {', '.join(parts)}."


def tried(what: str, outcome: str, learning: str) -> str:
    """`outcome` "" is one that is still being tried."""
    learnt = f" Learnt: “{learning}”" if learning else ""
    return f"To try: “{what}” ({_OUTCOMES.get(outcome, '')}).{learnt}"


def reflected(words: str) -> str:
    return f"A member of the set learnt: “{words}”"


def recurring(themes: Sequence[tuple[str, int]]) -> str:
    if not themes:
        return ""
    named = ", ".join(f"{name} ({times} times)" for name, times in themes)
    return f"Themes that recur: {named}."


def quiet(names: Sequence[str]) -> str:
    if not names:
        return ""
    told = ", ".join(name or _UNNAMED for name in names)
    return f"Not heard of for more than four weeks: {told}. A friendly word may help."
