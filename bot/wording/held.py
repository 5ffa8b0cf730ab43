"""What is said of words under a post on a notice board that wait for their author's decision."""

from __future__ import annotations

TITLE = "Reply in the thread"
CALLED = "your reply"
TEXT = "What shall I pass on?"

# Buttons

AS_IT_IS = "Pass it on as it is"
NEUTRAL = "Pass it on with neutral wording"
NOT = "Don't pass it on"

NOT_PASSED_ON = (
    "I have not passed it on, and I have dropped my copy. What you wrote in the thread stays there "
    "until you delete it."
)


def question(code: str) -> str:
    return (
        f"I have not passed on your reply to challenge {code} yet: something in it may tell who or "
        "which council is meant. What shall I do?"
    )


def ways(found: str) -> str:
    """What was found, and the way that needs no button."""
    return (
        f"{found}\nOr change your message in the thread: once nothing is found in it, I pass it on."
    )
