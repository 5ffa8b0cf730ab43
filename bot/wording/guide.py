"""The session guide: what a facilitator says and does at each step."""

from __future__ import annotations

from bot.wording import NEXT

# Buttons

NEXT_STEP = "Next step"
FIRST_STEP = "Begin with step 1"
WHOLE = "All steps in short"
IN_FULL = "The whole guide"
MORE = "More of the guide"
COMMIT = "What will you try?"

# Sentences

NO_SUCH_SESSION = (
    "I know no session of your sets by that code. Type “sessions” to see them, then “guide” and "
    "the session's code."
)
CANCELLED = f"That session was cancelled, so there is nothing to prepare for it. {NEXT}"
SOURCE = (
    "It follows what worked in the action learning sets of 2023 (Shared Intelligence for the Local "
    "Government Association). Times are a help, not a rule."
)

_TITLES = {
    "welcome": "Welcome and ground rules",
    "check-in": "Check-in: what has happened since the last session",
    "issue": "The issue is presented",
    "clarifying": "Clarifying questions",
    "open questions": "Open questions, before any advice",
    "ideas": "Similar experiences and ideas",
    "taken": "What the presenter takes from it",
    "break": "Break",
    "commitments": "Commitments: what will you try before next time?",
    "close": "Close",
}
_TOLD = {
    "welcome": (
        "Welcome everybody. Agree the Chatham House rule aloud: what is said may be used, who said "
        "it and for which council stays in the room. Ask for one voice at a time, and say who "
        "presents an issue today."
    ),
    "check-in": (
        "Each in turn, about {each}: what did I say I would try, what happened, and what have I "
        "learnt from it since we last met? Nobody comments yet. Thank whoever says that it did not "
        "work: the set learns most from that."
    ),
    "issue": (
        "The presenter tells what the issue is, why it matters now, what they have tried, and what "
        "they would like from the set. Everybody else listens without a word. End with the issue "
        "in one sentence that all of you can see."
    ),
    "clarifying": (
        "Short questions about the facts: who, what, when, how much. Short answers. A question "
        "that carries advice (“have you thought of ...”) waits for later."
    ),
    "open questions": (
        "Questions that help the presenter think: what would good look like, what is in your "
        "hands, who else has a stake in it, what are you assuming, what makes this hard? Leave "
        "silence after a question. Still no advice: hold it back until the next step."
    ),
    "ideas": (
        "Now each in turn except the presenter, about {each}: where have I met something like it, "
        "what did we do, and what came of it? Offer an idea as something to test, not as what one "
        "should do. The presenter listens and takes notes."
    ),
    "taken": (
        "The presenter says what has become clearer, which ideas are worth testing, and what "
        "the first small step could be. Nobody defends an idea."
    ),
    "break": "Ten minutes away from the screen or the table. Say when you begin again.",
    "commitments": (
        "Each in turn, about {each}: one practical step that I can take or test before next "
        "time, and by when. Small enough to be done. Ask everybody to type “commit” and their step "
        "to me, so that I can ask how it went."
    ),
    "close": (
        "One word from each on how the session was. Agree what may be shared beyond the set, say "
        "when you meet next and who may present then, and thank the presenters."
    ),
}


def head(set_name: str, when: str, present: int, minutes: int) -> str:
    return (
        f"Session guide for {set_name}, {when}: {minutes} minutes for {present} people. If another "
        "number comes, type “guide”, the code and the number. " + SOURCE
    )


def title(kind: str, issue: str) -> str:
    return f"{_TITLES[kind]} ({issue})" if issue else _TITLES[kind]


def told(kind: str, each: str) -> str:
    """What to say and do at a step. `each` is how long one person has."""
    return _TOLD[kind].format(each=each)


def line(number: int, kind: str, issue: str, begins: str, minutes: int) -> str:
    """A step in short. `issue` "" or which of several: "issue 2"."""
    return f"{number}. {begins} {title(kind, issue)}, {minutes} min"


def step(
    number: int, of: int, kind: str, issue: str, begins: str, ends: str, minutes: int, each: str
) -> str:
    """A step in full. `each` is how long one person has: "2 minutes"."""
    span = f"{begins} to {ends}, {minutes} minute{'' if minutes == 1 else 's'}"
    return f"Step {number} of {of}: {title(kind, issue)}\n{span}\n{told(kind, each)}"


def issue(number: int, of: int) -> str:
    return f"issue {number} of {of}" if of > 1 else ""


def each(minutes: int, people: int) -> str:
    """How long each has in a round, in half minutes."""
    halves = max(1, 2 * minutes // people)
    whole, half = divmod(halves, 2)
    if whole == 0:
        return "half a minute"
    if half:
        return f"{whole} and a half minutes"
    return f"{whole} minute{'' if whole == 1 else 's'}"


def too_short(minutes: int, present: int, issues: int, needed: int) -> str:
    several = "one issue" if issues == 1 else f"{issues} issues"
    return (
        f"{minutes} minutes are too short for {present} people and {several}: everybody should get "
        f"to speak, and that takes {needed} minutes at least. Explore fewer issues, make the "
        "session longer, or type “guide”, the code and a smaller number of people."
    )
