"""What exists already, shown before something is posted: close entries and open challenges.

Each is read within the form, one after another; the author takes it, or goes on with their own.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from bot.challenges.errors import ChallengeError
from bot.drafts import Answers
from bot.flows.turn import Context
from bot.messages import MOST_CHOICES, Choice, FieldKind, FormField
from bot.wording import posting as words

MOST_COMPARED = 300
"""Open challenges, newest first, that a new one is compared with."""
MOST_OF_EACH = 3
ENTRY, CHALLENGE = "entry", "challenge"
_NONE, _YES, _NO = "none", "yes", "no"


@dataclass(frozen=True)
class Already:
    """The questions about what is close, and what the author took instead of posting: its value."""

    fields: tuple[FormField, ...] = ()
    taken: tuple[str, str] | None = None


def already(text: str, answers: Answers, context: Context) -> Already:
    """The questions on the way, for a problem in these words."""
    digest = hashlib.sha256(text.encode()).hexdigest()[:8]
    choices = close(text, context) if text else ()
    asked: list[FormField] = []
    while choices:
        at = f"{len(asked) // 2 + 1}-{digest}"
        asked.append(_which(f"close-{at}", choices))
        picked = answers.one(asked[-1].name)
        kind, _, key = picked.partition(":")
        if picked not in {choice.value for choice in choices}:
            break
        read = _read(f"read-{at}", kind, key, context)
        asked.append(read)
        if answers.one(read.name) == _YES:
            return Already(tuple(asked), (kind, key))
        if answers.one(read.name) != _NO:
            break
        choices = tuple(choice for choice in choices if choice.value != picked)
    return Already(tuple(asked))


def close(text: str, context: Context) -> tuple[Choice, ...]:
    """Entries and open challenges that the member may see and that seem to ask the same."""
    likeness = context.lookup.likeness
    near = {match.entry_id: match for match in likeness.entries(text)}
    entries = [
        entry
        for entry in context.lookup.entries(near)
        if entry.id in near and likeness.close_entry(text, near[entry.id], entry.problem)
    ]
    rated = [
        (likeness.to_challenge(text, line.problem), line)
        for line in context.lookup.challenges(MOST_COMPARED)
    ]
    lines = sorted((one for one in rated if one[0]), key=lambda one: -one[0])
    return (
        *(Choice(entry.problem, f"{ENTRY}:{entry.id}") for entry in entries[:MOST_OF_EACH]),
        *(
            Choice(words.open_challenge(line.code, line.problem), f"{CHALLENGE}:{line.code}")
            for _, line in lines[:MOST_OF_EACH]
        ),
    )


def _which(name: str, choices: tuple[Choice, ...]) -> FormField:
    on = Choice(words.NONE_OF_THESE, _NONE)
    return FormField(
        name,
        words.look_close(len(choices)),
        words.CLOSE_HINT,
        FieldKind.CHOICE,
        (*choices[: MOST_CHOICES - 1], on),
        required=True,
    )


def _read(name: str, kind: str, key: str, context: Context) -> FormField:
    """One of them in full, and whether it is the same."""
    yes = words.SAME_PROBLEM if kind == CHALLENGE else words.ANSWERS_IT
    return FormField(
        name,
        words.is_it_the_same(yours=kind == CHALLENGE),
        _in_full(kind, key, context),
        FieldKind.CHOICE,
        (Choice(yes, _YES), Choice(words.MINE_IS_DIFFERENT, _NO)),
        required=True,
    )


def _in_full(kind: str, key: str, context: Context) -> str:
    if kind == ENTRY:
        entry = context.lookup.entry(key)
        return words.entry(entry.problem, entry.solutions) if entry is not None else ""
    try:
        one = context.lookup.challenge(key)
    except ChallengeError:  # it went while they were reading
        return ""
    return words.challenge(one.code, one.problem, one.context, one.tried, len(one.replies))
