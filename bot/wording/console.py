"""The sentences about the console: the pages for those who look after sets or the network."""

from __future__ import annotations

OPEN = "Open the console"
NOT_FOR_YOU = (
    "The console is for those who facilitate a set or look after the network, so there is nothing "
    "in it for you. All that is yours is here: type “help” to see what you can do."
)
NOT_HERE = (
    "Others may read along here, and a sign-in link is for you alone. Please type “console” in "
    "our own conversation."
)


def link(minutes: int) -> str:
    return (
        f"Here is your way into the console, on a page of its own. It works once, within {minutes} "
        "minutes, for you alone: please do not pass it on."
    )
