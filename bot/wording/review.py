"""The sentences that moderators read while they review drafts and unanswered challenges."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.wording import NEXT
from bot.wording.challenges import count

LONGEST_HINT = 800

# Buttons

PUBLISH = "Publish"
PUBLISH_AS_IT_IS = "Publish as it is"
PUBLISH_NEUTRAL = "Publish with neutral wordings"
EDIT = "Edit it"
REJECT = "Reject it"
SHOW_DRAFT = "Look at it again"
ANSWER_IT = "Answer it"
LET_BE = "Let it be"

# What came of it

PUBLISHED = "Published. Whoever took part hears of it once."
MERGED = "Merged. Whoever took part hears of it once."
REJECTED = "Rejected. It will not come back."
REWORDED = "Changed."
LINKED = "Thank you. The author of the challenge hears of it."
LEFT_BE = "It is not shown here any more. It stays open to replies."

DRAFT_SETTLED = (
    "That draft does not wait any more: somebody has settled it already, or somebody took back "
    f"what they wrote in it. Nothing was changed. {NEXT}"
)
NOTHING_TO_MERGE_INTO = (
    "The entry that it was to join is no longer there. Nothing was changed: type “review” to see "
    "the draft again."
)
DRAFT_UNFIT = (
    "A draft needs a problem and at least one solution in words. Nothing was changed: type "
    "“review” to see it again."
)

# What waits

A_DRAFT = ("draft of an entry", "drafts of entries")
A_WORDING = ("wording to confirm", "wordings to confirm")
A_QUESTION = ("question that nobody could answer", "questions that nobody could answer")
A_CHALLENGE = ("challenge that nobody replied to", "challenges that nobody replied to")

# The forms

EDIT_TITLE = "Edit a draft"
EDIT_CALLED = "your change"
WHICH_PART = "What would you change?"
THE_PROBLEM = "The problem"
NEW_WORDS = "How should it read?"
KEEP_IT_NEUTRAL = "Leave out names of people and councils."
REJECT_TITLE = "Reject a draft"
REJECT_CALLED = "the reason"
WHY_REJECT = "Why is it not for the knowledge?"
FOR_THE_RECORD = "Other moderators can read it later."


def solution_part(number: int) -> str:
    return f"Solution {number}"


def leave_out_part(number: int) -> str:
    return f"Leave out solution {number}"


def reads_now(words: str) -> str:
    line = words if len(words) <= LONGEST_HINT else f"{words[:LONGEST_HINT].rstrip()}…"
    return f"{KEEP_IT_NEUTRAL} It reads now: “{line}”"


def draft_changed(wrote: str) -> str:
    words = f" You wrote: “{wrote}”" if wrote else ""
    return (
        "Somebody has changed that draft since you saw it, so I have done nothing. Type “review” "
        f"to see it as it is now.{words}"
    )


def draft(problem: str, solutions: Sequence[str], themes: Sequence[str], source: str) -> str:
    """A draft as it would read. What stands in « » was found by the Chatham House check."""
    lines = (
        "This is ready to become an entry. Please check that it names nobody and is true.",
        f"Problem: {problem}",
        *(f"{number}. {text}" for number, text in enumerate(solutions, 1)),
        f"Theme: {', '.join(themes)}" if themes else "",
        f"Source: {source}" if source else "",
    )
    return "\n".join(filter(None, lines))


def mark(words: str) -> str:
    return f"«{words}»"


def neutral(found: Sequence[tuple[str, str]]) -> str:
    """What may give somebody away, each with the wording proposed instead."""
    lines = (f"- “{said}”: “{instead}” would be neutral" for said, instead in found)
    return "\n".join(("What stands in « » may give somebody away:", *lines))


def near(problems: Sequence[str]) -> str:
    lines = (f"- “{one}”" for one in problems)
    return "\n".join(("The knowledge says nearly the same already:", *lines))


def merge_into(problem: str, *, neutral: bool) -> str:
    how = " with neutral wordings" if neutral else ""
    return f"Merge{how} into “{problem}”"


def unanswered(problem: str, posted: date, *, offers: bool) -> str:
    text = f"Nobody has replied to this challenge since {posted:%-d %B}: “{problem}”"
    return f"{text}\nDoes one of these answer it? Its author is told." if offers else text


def waits(things: Sequence[tuple[int, tuple[str, str]]]) -> str:
    """What waits: how many, and what they are called in the singular and in the plural."""
    named = [count(number, one, many) for number, (one, many) in things if number]
    listed = " and ".join(filter(None, (", ".join(named[:-1]), named[-1])))
    return f"Waiting for you: {listed}."
