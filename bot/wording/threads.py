"""What a member reads in a thread: lists, a challenge with its replies, and what they did in it."""

from __future__ import annotations

from bot.wording import NEXT
from bot.wording.challenges import count

# Buttons

MORE_CHALLENGES = "More challenges"
FIRST_CHALLENGES = "Back to the first challenges"
SEE_CHALLENGES = "See the challenges"
MORE_REPLIES = "More replies"
FIRST_REPLIES = "Back to the first replies"
UNFOLLOW = "Unfollow"
UNMUTE = "Unmute"
CLOSE = "Close it"
REOPEN = "Open it again"
WITHDRAW = "Withdraw it"
YES_WITHDRAW = "Yes, withdraw it"
KEEP_IT = "No, keep it"
WRITE = "Write in it"
EDIT = "Change it"
REPORT = "Report this"
CORRECT_IT = "Correct or take back"
CORRECT = "Correct it"
TAKE_BACK = "Take it back"
YES_TAKE_BACK = "Yes, take it back"

# Lists

CHALLENGES = "These challenges are open to you. Pick one to see all of it:"
NO_CHALLENGES = (
    "No challenge is open to you now. When you are stuck yourself, type “post” and I ask your "
    f"peers. {NEXT}"
)
MY_REPLIES = "These are your replies. Pick one to correct it or to take it back:"
NO_REPLIES = "You have no replies. Type “challenges” to see what your peers are stuck with."
MORE_OF_MINE = "More of my replies"
FIRST_OF_MINE = "Back to my latest replies"

# Doing

SURE_TO_TAKE_BACK = (
    "This takes your reply back for good: nobody can read it any more. Are you sure?"
)
TAKEN_BACK = f"Done. Your reply is taken back. {NEXT}"
CORRECTED = "Done. Whoever follows it reads your new words."
KEPT = f"Nothing has changed. {NEXT}"
TAKE_THAT_BACK = "Take that back"
UNMARKED = f"Done. I no longer count that reply as one that helped you. {NEXT}"
WHICH_TO_UNMARK = (
    "Whose reply do you mean? Please type “unmark”, the challenge's code and the letter of the "
    "officer who wrote it, like “unmark K7M B”."
)
MARKED_HELPED = "Thank you. Whoever wrote it hears that it helped, and not from whom."
REPORTED = (
    "Thank you. Those who look after it have been asked to look at it. They do not read your name."
)
NOBODY_LOOKS = (
    "Thank you, I have kept your report. Nobody looks after that yet, so nobody has been asked: it "
    "waits for whoever will. If it cannot wait, please tell the person who invited you."
)
SETTLED = "Noted: somebody has looked at it."

# Forms

REPLY_TITLE = "Reply to a challenge"
YOUR_REPLY = "your reply"
KIND = "Would you ask a question back, or offer what worked?"
KIND_HINT = "An open question often helps as much as advice."
ASK_BACK_TEXT = "What would you ask them?"
OFFER_TEXT = "What worked for you, or for somebody you know?"
AUTHOR_TEXT = "What would you write to those who help you?"
TEXT_HINT = "Please leave out names of people and councils."
CORRECT_TITLE = "Correct your reply"
YOUR_CORRECTION = "your correction"
NEW_WORDS = "What should it say instead?"
REPORT_TITLE = "Report something"
YOUR_REPORT = "your report"
REASON = "What should they look at? A few words help them."
REASON_HINT = "You may leave this empty."


def which(verb: str) -> str:
    """For a command without its code."""
    return (
        f"Which one do you mean? Please type “{verb}” and the challenge's code, like “{verb} K7M”. "
        "Type “challenges” for what is open to you."
    )


def line(code: str, problem: str, replies: int, *, mine: bool, state: str, set_only: bool) -> str:
    """A challenge in a list."""
    notes = [
        "yours" if mine else "",
        "my set only" if set_only else "",
        state if state != "open" else "",
        count(replies, "reply", "replies") if replies else "",
    ]
    said = ", ".join(note for note in notes if note)
    return f"{code}: {problem}{f' ({said})' if said else ''}"


def challenge(
    code: str,
    label: str,
    problem: str,
    context: str,
    tried: str,
    themes: tuple[str, ...],
    *,
    mine: bool,
    state: str,
    set_only: bool,
    edited: bool,
) -> str:
    """A challenge at full length."""
    by = "your own" if mine else f"by {label}"
    about = [state, "changed since it was posted" if edited else ""]
    seen = "Only the set that it was posted to can see it." if set_only else ""
    lines = [
        f"Challenge {code}, {by} ({', '.join(one for one in about if one)}):",
        f"“{problem}”",
        f"Context: {context}" if context else "",
        f"Already tried: {tried}" if tried else "",
        f"Theme: {', '.join(themes)}" if themes else "",
        seen,
    ]
    return "\n".join(one for one in lines if one)


def withdrawn(code: str) -> str:
    return f"Challenge {code} has been withdrawn by its author, so there is nothing left to read."


_DID = {
    "question": "asks a question back",
    "offer": "offers what worked",
    "author": "writes, as the author",
}


def reply(
    number: int, label: str, kind: str, text: str, helped: int, *, mine: bool, corrected: bool
) -> str:
    """A reply in a thread, `number` being its place in it."""
    who = f"{label} (you)" if mine else label
    notes = [
        "corrected" if corrected else "",
        f"helped {count(helped, 'officer')}" if helped else "",
    ]
    said = ", ".join(note for note in notes if note)
    return f"{number}. {who} {_DID[kind]}{f' ({said})' if said else ''}:\n“{text}”"


def about_reply(number: int, label: str, *, mine: bool) -> str:
    """The button that leads to one reply."""
    return f"Reply {number}, yours" if mine else f"Reply {number}, {label}"


def pages(start: int, shown: int, replies: int) -> str:
    return f"Replies {start + 1} to {start + shown} of {replies}:"


NOBODY_YET = "Nobody has replied yet. A question back often helps as much as advice."
FOLLOWS = "You follow this."
MUTED = "You have muted this, so you hear nothing of it."


def sent(code: str, label: str, kind: str) -> str:
    to = "those who follow it" if kind == "author" else "its author"
    return (
        f"Sent to {to} in {code}. They know you there as {label}. You can correct it or take it "
        "back at any time: type “my replies”."
    )


def sent_already(code: str) -> str:
    return f"You have said just that in {code} already. It counts once. {NEXT}"


def one_reply(code: str, text: str) -> str:
    return f"In {code}:\n{text}"


def own_reply(code: str, text: str) -> str:
    return f"Your reply in {code}:\n“{text}”"


def own_line(code: str, text: str) -> str:
    return f"{code}: {text}"


def reads_now(text: str) -> str:
    return f"It reads now:\n“{text}”"


def marked_helped(code: str, label: str) -> str:
    """`label` is what whoever wrote it is called there: "Officer B"."""
    letter = label.rpartition(" ")[2]
    undo = f" To take that back, type “unmark {code} {letter}”." if len(letter) <= 2 else ""
    return f"{MARKED_HELPED}{undo}"


def in_place_of(text: str) -> str:
    return f"This takes the place of what you had begun to write: “{text}”"


def solved(code: str) -> str:
    return (
        f"Good to hear. {code} is solved, and whoever wrote that reply is thanked. If that was a "
        f"slip, or the problem comes back, type “reopen {code}”."
    )


def reopen(code: str) -> str:
    return f"Reopen {code}"


def sure_to_withdraw(code: str) -> str:
    return (
        f"This takes {code} back for good, with all that you wrote in it. Replies of others stay "
        "theirs, and whoever follows it is told. Are you sure?"
    )


_ENDED = {
    "close": "is closed. No more replies come in. Type “reopen {code}” to open it again.",
    "reopen": "is open again. Replies can come in.",
    "withdraw": "is withdrawn and your words are gone. An entry that came of it stays.",
    "solve": "is solved. Type “reopen {code}” if it comes back.",
}


def ended(code: str, how: str) -> str:
    return f"Done. {code} {_ENDED[how].format(code=code)}"


_LISTENED = {
    "follow": "You follow {code} now, and hear what others say. Type “unfollow {code}” to end it.",
    "unfollow": "You do not follow {code} any more.",
    "same": (
        "Noted: you have the same problem. Its author reads how many have, and not who. You follow "
        "{code} now, so you hear what helps. Type “unfollow {code}” to end it."
    ),
    "mute": "You hear no more of {code}. Type “unmute {code}” to hear of it again.",
    "unmute": "You hear of {code} again.",
}


def listened(code: str, how: str) -> str:
    return _LISTENED[how].format(code=code)


def reports_wait(number: int) -> str:
    return f"{count(number, 'report')} to look at."


def report(code: str, reason: str, quoted: str) -> str:
    because = f"They say: “{reason}”" if reason else "They gave no reason."
    return f"Somebody asks you to look at {code}. {because}\nIt is about: “{quoted}”"


LOOKED_AT = "I have looked at it"


def reply_intro(code: str, problem: str) -> str:
    return f"{code}: “{problem}”"


OTHER_THINGS = "What else waits"
