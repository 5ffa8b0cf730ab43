"""What is said when a member commits to something, and about who may read of it."""

from __future__ import annotations

from datetime import date

from bot.wording import NEXT
from bot.wording.moments import day as spoken_day

# Buttons

WHO_MAY_READ = "Who may read it"
LET_GO = "I will not try it"
CHANGE_WORDS = "Change the words"
SEE_MINE = "What I will try"
NO_SOLUTION = "None of these"

# The form

COMMIT_TITLE = "What will you try?"
YOUR_COMMITMENT = "your step"
WHAT = "What will you try before next time?"
WHAT_HINT = (
    "One practical step, small enough to be done. Only you read it unless you say otherwise."
)
FROM_CARD = "Does it come from the card above?"
FROM_CARD_HINT = "Then how it goes for you counts there, without your name. You may skip this."
WORDS_TITLE = "Your step"
NEW_WORDS = "How should it read?"
READERS_TITLE = "Who may read it"
YOUR_READERS = "who reads"
WHO = "Who may read it?"
PRIVATE = "Only me"
MY_SET = "My set"
NETWORK = "The network, without my name"
WHICH_SET = "Which of your sets?"
YOUR_STEP = "what you will try"
SHARING_HINT = "Whoever may read it reads the words, never your name. You can change this for ever."

# Sentences

PAST_DAY = (
    "That day has passed or is today, so I have kept nothing. Please say it again with a day from "
    "tomorrow on, or without a day."
)
NO_SUCH_SESSION = (
    "I know no session of your sets by that code. Type “commit” and what you will try, without a "
    "code."
)
NO_SUCH_CHALLENGE = (
    "I know no challenge by that code that you can see. Type “commit” and what you will try, "
    "without a code."
)
SESSION_CANCELLED = "That session was cancelled. Type “commit” and what you will try."
NOTHING_OPEN = (
    "There is nothing that you still have to tell me about. Type “commitments” to see all of yours."
)
CHANGED = f"Changed. Type “commitments” to see all of yours. {NEXT}"
_READ_NOW = {
    "private": "Noted: only you read it. What others were shown of it is taken back.",
    "set": "Noted: your set may read it, without your name.",
    "network": "Noted: the network may read it, without your name.",
}


def will_try(what: str, day: date) -> str:
    return (
        f"Good. You will try: “{what}” I will ask you on {spoken_day(day)} how it went. If another "
        "day is better, type it, like 3 December. Only you read this, unless you say otherwise."
    )


def read_now(sharing: str) -> str:
    return f"{_READ_NOW[sharing]} You can change it at any time: type “commitments”. {NEXT}"


def after_session(on: date) -> str:
    """Which session a commitment was made after, in the list and in my data."""
    return f"You committed to it after the session on {spoken_day(on)}."
