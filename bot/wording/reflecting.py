"""What is said about reflections, and about who may read what members learnt."""

from __future__ import annotations

from datetime import date

from bot.wording import NEXT
from bot.wording.moments import day as spoken_day

WORDS_GONE = (
    "Somebody has changed or taken back words that stood here, so I no longer show this message. "
    "Ask for it again to see what is there now."
)

# Buttons

CHANGE = "Change the words"
WHO_MAY_READ = "Who may read it"
DELETE = "Delete it"
YES_DELETE = "Yes, delete it"
KEEP_IT = "No, keep it"
WRITE_ONE = "Write a reflection"
MINE = "My reflections"
MORE = "More"
FIRST = "Back to the first"

# The form

TITLE = "A reflection"
YOUR_REFLECTION = "reflection"
WHAT = "What have you learnt since the last session?"
WHAT_MISSED = "You missed this session. What have you learnt since the one before it?"
WHAT_HINT = "As few words as you like. You then choose who may read them."
NEW_WORDS = "How should it read?"
YOUR_WORDS = "what you wrote"

# Sentences

NO_SUCH_SESSION = (
    "I know no session of your sets by that code. Type “reflect” and I keep what you learnt "
    "without one."
)
SESSION_CANCELLED = "That session was cancelled. Type “reflect” and I keep what you learnt."
NONE_YET = "You have written no reflection yet. Type “reflect” to write one."
YOURS = "Your reflections. Pick one to read, change or delete it:"
DELETE_SURE = "This deletes it, also where others were shown it. Are you sure?"
DELETED = f"Deleted, also where others were shown it. {NEXT}"
NO_SUCH_SET = (
    "I know no set of yours by that name. Type “sets” to see your sets, or “reflections” for your "
    "own reflections."
)
NOTHING_LEARNT = (
    "Nobody has shared with the network yet what they learnt. You can be the first: type “reflect”."
)
SET_NAMELESS = "What members of {name} learnt and shared. Names are not shown."
NETWORK_NAMELESS = "What members of the network learnt and shared. Names are not shown."
_KEPT = {
    "private": "I have kept it. Only you read it.",
    "set": "I have kept it. Your set may read it, without your name.",
    "network": "I have kept it. The network may read it, without your name.",
}
_READERS = {
    "private": "only you may read it",
    "set": "your set may read it, without your name",
    "network": "the network may read it, without your name",
}
_WENT = {"worked": "It worked.", "partly": "It partly worked.", "did not": "It did not work."}


def kept(sharing: str) -> str:
    return f"{_KEPT[sharing]} You can change that at any time: type “reflections”. {NEXT}"


def nothing_in_set(name: str) -> str:
    return (
        f"Nobody in {name} has shared yet what they learnt. You can be the first: type “reflect”."
    )


def own_line(words: str, written: date) -> str:
    """One in a list."""
    return f"{written.day} {written:%B}: {words}"


def own(words: str, sharing: str, written: date, session: date | None) -> str:
    met = f" for the session on {spoken_day(session)}" if session is not None else ""
    return f"You wrote on {spoken_day(written)}{met}: “{words}” ({_READERS[sharing]})"


def written_already(words: str, sharing: str) -> str:
    return f"You have written for this session: “{words}” ({_READERS[sharing]})"


def learnt(words: str, on: date | None, tried: str, outcome: str, whose: str) -> str:
    """What one member let others read; `on` None: how it went is not told yet."""
    who = f"{whose}, {on.day} {on:%B %Y}" if on is not None else whose
    if not tried:
        return f"{who}: “{words}”"
    went = _WENT.get(outcome, "That is still being tried.")
    learnt = f" Learnt: “{words}”" if words else ""
    return f"{who}, to try: “{tried}” {went}{learnt}"


A_MEMBER_OF_YOUR_SET = "A member of your set"
A_MEMBER = "A member"


# For moderators

DRAFT_ONE = "Make a draft of one"
REVIEW = "Review what waits"
WHICH_TO_DRAFT = "Of which shall I make a draft entry? You can change it before it is published."
DRAFT_TITLE = "A draft of an entry"
YOUR_DRAFT = "draft"
WHICH_PROBLEM = "Which problem does this help with?"
PROBLEM_HINT = "As an officer would ask it. What was learnt becomes the solution, as it was said."
DRAFTED = "The draft waits in the review, where you can change, publish or reject it."
NOT_DRAFTED = (
    "There is no new draft: it was made before, or whoever wrote it shares the words no more."
)


def drafts(tried: str, words: str) -> str:
    return f"Tried: “{tried}” Learnt: “{words}”" if tried else f"Learnt: “{words}”"
