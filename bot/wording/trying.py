"""What is said about what a member will try, and how it went."""

from __future__ import annotations

from datetime import date

from bot.wording import NEXT

# Buttons

TRY_ONE = "I'll try one of these"
OUTCOMES = {
    "worked": "It worked",
    "partly": "It partly worked",
    "did not": "It did not work",
    "not yet": "Not yet",
}
LET_GO = "I will not try it"
IN_A_WEEK = "Ask me in a week"
IN_A_MONTH = "Ask me in a month"
ANOTHER_DAY = "Another day"
MORE = "More of mine"
FIRST = "Back to the first"
SEE_MINE = "What I will try"

# Sentences

WHICH_SOLUTION = "Which of these will you try?"
NO_CARD = (
    "Please open a card first, so that I know whose solution you mean. Ask me a question, or type "
    "“themes”. Then type “try” and the solution's number."
)
NOTHING_TO_TRY = (
    "You have not told me of anything that you will try. Type “commit” and what you will try, or "
    "press “I'll try this” under a card or a reply. I then ask you how it went."
)
MINE = "This is what you meant to try. Pick one to tell me how it went, at any time:"
LET_GO_DONE = f"Noted. I will not ask about it again. {NEXT}"
PAST_DAY = "That day has passed or is today. Please give me a day from tomorrow on."
NOT_A_DAY = "I cannot read that as a day. Please write it like 3 December, or “2 weeks”."
CHECK_BACK_TITLE = "When to ask you"
YOUR_DAY = "your day"
WHICH_DAY = "On which day shall I ask you how it went?"
DAY_HINT = "For example 3 December, 3/12 or next Friday."

OUTCOME_TITLE = "How did it go?"
HOW_IT_WENT = "how it went"
HOW = "How did it go?"
LEARNING = "What did you learn, in a line? It helps whoever tries it next."
LEARNING_HINT = "Please leave out names of people and councils. You may leave this empty."
YOUR_LEARNING = "what you learnt"
RECORDED = f"Thank you. You can change it at any time: type “commitments”. {NEXT}"


def _on(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B %Y}"


def a_reply(label: str, code: str) -> str:
    """What is tried, without the words of whoever wrote it: they may take those back."""
    return f"What {label} wrote in {code}"


def will_try(what: str, day: date) -> str:
    return (
        f"Good. You will try: “{what}” I will ask you on {_on(day)} how it went. If another day is "
        "better, type it, like 3 December."
    )


def asks_on(day: date) -> str:
    return f"I read that as {_on(day)}. I will ask you then how it went. {NEXT}"


def not_yet(day: date) -> str:
    return (
        f"That is fine. When shall I ask again? Unless you say otherwise, on {_on(day)}. If "
        "another day is better, type it, like 3 December."
    )


def noted(outcome: str) -> str:
    """Said before the question what was learnt."""
    said = {
        "worked": "Good to hear. I have noted that it worked.",
        "partly": "Thank you. I have noted that it partly worked.",
        "did not": "Thank you, that helps others too. I have noted that it did not work.",
    }
    return said.get(outcome, "")


_STANDS = {
    "worked": "it worked",
    "partly": "it partly worked",
    "did not": "it did not work",
}


_READERS = {
    "private": "Only you may read this.",
    "set": "Your set may read this, without your name.",
    "network": "The network may read this, without your name.",
}


def line(what: str, day: date, outcome: str) -> str:
    """One in a list."""
    return f"{what} ({_STANDS.get(outcome) or f'I ask on {day.day} {day:%B}'})"


def one(what: str, day: date, outcome: str, learning: str, sharing: str) -> str:
    learnt = f"You learnt: “{learning}”" if learning else ""
    stands = _STANDS.get(outcome)
    how = f"You said that {stands}." if stands else f"I ask you on {_on(day)} how it went."
    return "\n".join(part for part in (f"“{what}”", how, learnt, _READERS[sharing]) if part)
