"""The sentences about challenges: what peers, authors and moderators read."""

from __future__ import annotations

from datetime import datetime

A_COLLEAGUE = "A colleague on Slack"
WORDS_GONE = "Whoever wrote this has changed it or taken it back since, so it is no longer here."

# Buttons

OFFER = "Offer what worked"
ASK_BACK = "Ask a question back"
REPLY = "Reply"
ANSWER = "Answer"
SAME = "Same problem here"
FOLLOW = "Follow"
MUTE = "Mute this"
SHOW = "Show it all"
TRY = "I'll try this"
HELPED = "This helped"
SOLVED = "Thanks, solved"

# Why somebody is asked

WHY = {
    "helped": "your replies have helped with this theme before",
    "follows": "you follow this theme",
    "progressed": "you told me that something worked for you in this theme",
    "alike": "it may be close to your work",
    "fair": "I share challenges out, and it is your turn",
}

# Refusals

NO_SUCH_CHALLENGE = (
    "There is no challenge with that code that you can see. Please check the code, or type "
    "“challenges” for those that are open to you."
)
NO_SUCH_REPLY = (
    "I know of no such reply that you can see. Type “challenges” for what is open to you."
)
NOT_YOURS = "Only the person who wrote it can do that. You can still reply or follow."
OWN_REPLY = "That is your own reply. You can correct it or take it back at any time."
NOT_IN_SET = (
    "You are not in that set, so nothing was posted. Type “sets” for yours, or post to the whole "
    "network."
)
REPLY_GONE = "That reply has been taken back by whoever gave it, so there is nothing to do with it."

_FIELDS = {
    "problem": "the problem",
    "context": "the context",
    "tried": "what you already tried",
    "reply": "your reply",
    "reason": "the reason",
}


def no_such_challenge(code: str) -> str:
    """The same for one that was never there and for one that the member may not see."""
    return (
        f"There is no challenge {code} that you can see. Please check the code, or type "
        "“challenges” for those that are open to you."
    )


def own_challenge(code: str) -> str:
    return f"{code} is your own challenge: you hear of everything in it anyway."


def is_open(code: str) -> str:
    return f"{code} is open already, so nothing has changed."


def is_closed(code: str) -> str:
    return f"{code} has been closed, so nothing has changed and nothing was sent."


def is_solved(code: str) -> str:
    return f"{code} is solved already, so nothing has changed and nothing was sent."


def is_withdrawn(code: str) -> str:
    return f"{code} has been withdrawn, so nothing was sent. Type “challenges” for what is open."


def no_words(field: str) -> str:
    return f"Please tell me {_FIELDS[field]} in words: I found nothing to read there."


def too_long(field: str, limit: int, length: int) -> str:
    return (
        f"I can take {limit:,} characters for {_FIELDS[field]}, and this has {length:,}. Nothing "
        "was sent: please shorten it a little."
    )


def themes_unfit(most: int) -> str:
    return f"Please pick up to {most} of the themes that I have. Type “themes” to see them."


# Names and progress


def pseudonym(letters: str) -> str:
    return f"Officer {letters}"


def progress(
    *,
    asked: int,
    replies: int,
    same: int,
    more: int,
    moderators_next: bool,
    with_moderators: bool,
    when: datetime | None,
) -> str:
    """`when` is a local time; `more` how many peers are asked then."""
    parts = [
        f"I have asked {count(asked, 'peer')}." if asked else "I have asked nobody yet.",
        f"{count(replies, 'reply', 'replies')} so far." if replies else "Nobody has replied yet.",
        f"{count(same, 'other')} {'has' if same == 1 else 'have'} the same problem."
        if same
        else "",
        _what_next(more, moderators_next, when),
    ]
    if with_moderators and not replies:
        parts.append("The moderators know of it.")
    return " ".join(part for part in parts if part)


def _what_next(more: int, moderators: bool, when: datetime | None) -> str:
    if when is None:
        return ""
    if moderators:
        return f"I bring it to the moderators on {when:%A} morning."
    if more:
        return f"I ask {more} more on {when:%A} morning."
    return f"I look for peers again on {when:%A} morning."


# Notices


def asked(code: str, problem: str, context: str, tried: str, why: str) -> str:
    return (
        f"A colleague asks for help. Challenge {code}:\n{_told(problem, context, tried)}\n\n"
        "A question back often helps as much as advice. They see your reply under a pseudonym.\n"
        f"You get this because {why}. Type “reply {code}” to answer, “follow {code}” to hear what "
        f"others say, “mute {code}” to hear no more of it."
    )


def edited(code: str, problem: str, context: str, tried: str, *, follows: bool) -> str:
    why = _because_you_follow(code) if follows else _because_i_asked(code)
    return (
        f"Challenge {code} has been changed by its author. It now reads:\n"
        f"{_told(problem, context, tried)}\n\n{why}"
    )


def _told(problem: str, context: str, tried: str) -> str:
    return "\n".join(
        (
            f"“{problem}”",
            *([f"Context: {context}"] if context else []),
            *([f"Already tried: {tried}"] if tried else []),
        )
    )


_DID = {
    "question": "asks you a question",
    "offer": "offers what worked",
    "author": "writes",
}
_DID_FOR_OTHERS = {
    "question": "asks a question back",
    "offer": "offers what worked",
    "author": "answers",
}


def reply_to_author(code: str, label: str, kind: str, text: str, *, corrected: bool) -> str:
    did = "has corrected their reply" if corrected else _DID[kind]
    return (
        f"{label} {did} about your challenge {code}:\n“{text}”\n\n"
        f"Type “reply {code}” to write back, or “mute {code}” to hear no more of it."
    )


def reply_followed(code: str, label: str, kind: str, text: str, *, corrected: bool) -> str:
    did = "has corrected their reply" if corrected else _DID_FOR_OTHERS[kind]
    return f"{label} {did} in {code}:\n“{text}”\n\n{_because_you_follow(code)}"


def taken_back(code: str, label: str) -> str:
    return f"{label} has taken back a reply in {code}. {_mute(code)}"


_TURNED = {
    "open": "is open again: its author would like more ideas.",
    "solved": "is solved. Thank you for your part in it.",
    "closed": "has been closed by its author. Thank you for your part in it.",
    "withdrawn": "has been withdrawn by its author. What you wrote in it stays yours.",
}


def turned(code: str, state: str, *, thanked: bool) -> str:
    if thanked:
        return f"Your reply solved {code}, its author says. Thank you. {_mute(code)}"
    return f"{code} {_TURNED[state]} {_because_you_follow(code)}"


def author_left(code: str) -> str:
    return (
        f"The author of {code} has left the network, so the challenge is gone and closed to "
        "replies. What you wrote in it stays yours: type “my data” to see it. This is the last you "
        "hear of it."
    )


def appreciated(code: str, kind: str) -> str:
    did = "Somebody will try what you wrote" if kind == "try" else "Your reply helped somebody"
    return f"{did} in {code}. Thank you. {_mute(code)}"


def unanswered(code: str, problem: str) -> str:
    return (
        f"Nobody has replied to challenge {code} yet:\n“{problem}”\n\n"
        "You get this as a moderator. Do you know somebody who could help, or an answer? Type "
        f"“reply {code}” to answer, or “mute {code}” to hear no more of it."
    )


def show(code: str) -> str:
    return f"Show {code}"


def reported(code: str, reason: str, quoted: str) -> str:
    because = f"They say: “{reason}”" if reason else "They gave no reason."
    return (
        f"Somebody asks you to look at {code}. {because}\nIt is about: “{quoted}”\n\n"
        f"You get this because you look after it. Type “mute {code}” to hear no more of it."
    )


def entry_published(problem: str, *, credited: bool) -> str:
    named = "You are named for it, as you chose." if credited else "You are not named for it."
    return (
        f"What you helped to work out is now in the network's knowledge: “{problem}” {named} "
        "You hear this once. You can change your mind about being named at any time."
    )


NAME_ME = "Name me"
DO_NOT_NAME_ME = "Do not name me"
SEE_ENTRY = "See the entry"


def _because_you_follow(code: str) -> str:
    return (
        f"You get this because you follow {code}. Type “reply {code}” to write, or “mute {code}” "
        "to hear no more of it."
    )


def _because_i_asked(code: str) -> str:
    return (
        f"You get this because I asked you for help with it. Type “reply {code}” to answer, or "
        f"“mute {code}” to hear no more of it."
    )


def _mute(code: str) -> str:
    return f"Type “mute {code}” to hear no more of it."


def count(number: int, thing: str, many: str = "") -> str:
    return f"{number} {thing if number == 1 else many or thing + 's'}"
