"""The sentences on a notice board, which everybody there can read."""

from __future__ import annotations

REPLY_PRIVATELY = "Reply privately"
SHOW_ALL = "Show it all"
NOT_PASSED_ON = (
    "I could not pass that on: I only pass on what people of the network write here, and that is "
    "by invitation. Whoever runs the network here can invite you."
)
GONE = "This challenge has been taken back by whoever asked."


def open_challenge(code: str, problem: str, context: str, tried: str) -> str:
    told = "\n".join(
        (
            f"“{problem}”",
            *([f"Context: {context}"] if context else []),
            *([f"Already tried: {tried}"] if tried else []),
        )
    )
    return (
        f"A colleague asks for help. Challenge {code}:\n{told}\n\n"
        "What you write in this thread I pass on as “a colleague on Slack”, and everybody here "
        f"sees who wrote it. “{REPLY_PRIVATELY}” gives you a pseudonym instead."
    )


_OVER = {
    "solved": "is solved. Thank you to everybody who helped.",
    "closed": "has been closed by whoever asked. Thank you for thinking about it.",
}


def over(code: str, state: str, problem: str) -> str:
    return f"Challenge {code} {_OVER[state]} It was:\n“{problem}”"
