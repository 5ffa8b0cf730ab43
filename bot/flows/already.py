"""What exists already, shown before something is posted: close entries and open challenges.

Each is read within the form, one after another; the author takes it, or goes on with their own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass

from bot.challenges.errors import ChallengeError
from bot.challenges.views import Line
from bot.drafts import Answers
from bot.flows.likeness import OFFERED
from bot.flows.turn import Context
from bot.messages import MOST_CHOICES, Choice, FieldKind, FormField, Whose
from bot.wording import posting as words
from knowledge.entries import EntryView

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


@dataclass(frozen=True)
class Close:
    """Something close, as it is offered; `quotes` say whose words its label has."""

    choice: Choice
    quotes: tuple[Whose, ...] = ()


def already(text: str, answers: Answers, context: Context) -> Already:
    """The questions on the way, for a problem in these words."""
    digest = hashlib.sha256(text.encode()).hexdigest()[:8]
    found = close(text, context, _seen(answers, context)) if text else ()
    asked: list[FormField] = []
    while found:
        at = f"{len(asked) // 2 + 1}-{digest}"
        asked.append(_which(f"close-{at}", found))
        picked = answers.one(asked[-1].name)
        kind, _, key = picked.partition(":")
        if picked not in {one.choice.value for one in found}:
            break
        read = _read(f"read-{at}", kind, key, context)
        asked.append(read)
        if answers.one(read.name) == _YES:
            return Already(tuple(asked), (kind, key))
        if answers.one(read.name) != _NO:
            break
        found = tuple(one for one in found if one.choice.value != picked)
    return Already(tuple(asked))


def _seen(answers: Answers, context: Context) -> frozenset[str]:
    """The entries that came with the question that is now put to peers."""
    asked = context.lookup.own_question(answers.about)
    if asked is None:
        return frozenset()
    return frozenset(asked.matches[: OFFERED[asked.decision]]) | asked.refused


def close(text: str, context: Context, seen: Collection[str] = ()) -> tuple[Close, ...]:
    """Entries that would be given as the answer, and open challenges that seem to ask the same.

    `seen` are entries that the member was shown before and that were no answer.
    """
    likeness = context.lookup.likeness
    offered = [match.entry_id for match in likeness.entries(text)]
    entries = context.lookup.entries([one for one in offered if one not in seen])
    rated = [
        (likeness.to_challenge(text, line.problem), line)
        for line in context.lookup.challenges(MOST_COMPARED)
    ]
    lines = sorted((one for one in rated if one[0]), key=lambda one: -one[0])
    return (
        *(_entry(entry) for entry in entries),
        *(_challenge(line) for _, line in lines[:MOST_OF_EACH]),
    )


def _entry(entry: EntryView) -> Close:
    return Close(Choice(entry.problem, f"{ENTRY}:{entry.id}"))


def _challenge(line: Line) -> Close:
    label = words.open_challenge(line.code, line.problem)
    return Close(Choice(label, f"{CHALLENGE}:{line.code}"), line.quotes)


def _which(name: str, found: tuple[Close, ...]) -> FormField:
    shown = found[: MOST_CHOICES - 1]
    on = Choice(words.NONE_OF_THESE, _NONE)
    return FormField(
        name,
        words.look_close(len(found)),
        words.CLOSE_HINT,
        FieldKind.CHOICE,
        (*(one.choice for one in shown), on),
        required=True,
        quotes=tuple(whose for one in shown for whose in one.quotes),
    )


def _read(name: str, kind: str, key: str, context: Context) -> FormField:
    """One of them in full, and whether it is the same."""
    told, quotes = _in_full(kind, key, context)
    yes = words.SAME_PROBLEM if kind == CHALLENGE else words.ANSWERS_IT
    return FormField(
        name,
        words.is_it_the_same(yours=kind == CHALLENGE),
        told,
        FieldKind.CHOICE,
        (Choice(yes, _YES), Choice(words.MINE_IS_DIFFERENT, _NO)),
        required=True,
        quotes=quotes,
    )


def _in_full(kind: str, key: str, context: Context) -> tuple[str, tuple[Whose, ...]]:
    """Its words, and whose they are."""
    if kind == ENTRY:
        entry = context.lookup.entry(key)
        return words.entry(entry.problem, entry.solutions) if entry is not None else "", ()
    try:
        one = context.lookup.challenge(key)
    except ChallengeError:  # it went while they were reading
        return "", ()
    told = words.challenge(one.code, one.problem, one.context, one.tried, len(one.replies))
    return told, one.quotes
