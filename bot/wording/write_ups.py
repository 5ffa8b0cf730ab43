"""The sentences about what came of a session: its write-up, and what those who were away get."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.wording import NEXT

SOURCE = "Worked out in an action learning set of this network"

# Buttons

KEEP_IN_SET = "Keep it in our set"
COMMIT = "What I will try"
REFLECT = "Write it now"
SEE_COMMITMENT = "See or change it"
SOMETHING_ELSE = "Something else"

KEPT_WISH = "Of course. It stays in your set. Nobody is told who asked, or that it was you."
KEPT_ALREADY = "It stays in your set already."
NOTHING_TO_KEEP = "Nothing of that session is to be sent on, so it stays in your set."
MAKE_UP = "What do you take from this for your own work? One line is enough."


def _on(at: datetime) -> str:
    return f"{at:%A} {at.day} {at:%B}, {at:%H:%M}"


def would_go(set_name: str, code: str, explored: str, ideas: str, until: datetime) -> str:
    return (
        f"What {set_name} explored in session {code} could help others. This would go to the "
        "moderators as a draft, and after their check to the whole network, naming nobody and no "
        f"council:\n\n{explored}\n\nIdeas:\n{ideas}\n\n"
        f"You get this once, because you were there and the set agreed. If you would rather keep "
        f"it in the set, press the button or type “keep {code}” before {_on(until)}: then nothing "
        "goes, and nobody is told who asked. If it is fine, you need do nothing."
    )


def somebody_keeps(set_name: str, code: str) -> str:
    return (
        f"Somebody who was there would rather keep the write-up of session {code} in {set_name}, "
        f"so it does not go to the moderators. Your set still has it. {NEXT}"
    )


def written(code: str, *, sends_at: datetime | None) -> str:
    said = f"Thank you. The write-up of session {code} is kept; those who were away can read it."
    if sends_at is None:
        return f"{said} Nothing leaves the set."
    return (
        f"{said} I have asked those who were there. Unless one of them would rather keep it, it "
        f"goes to the moderators on {_on(sends_at)}."
    )


def came_of_it(explored: str, ideas: str) -> str:
    """Of a session that was written up, for its set."""
    offered = f"\nIdeas that were offered:\n{ideas}" if ideas else ""
    return f"What was explored:\n{explored}{offered}"


def pack(
    set_name: str,
    when: str,
    *,
    explored: str,
    ideas: str,
    agenda: Sequence[str],
    commitment: str,
) -> str:
    """What somebody who was away gets. Without a write-up, the codes of the agenda."""
    parts = [f"{set_name} met on {when}, and you were missed. This is so that you keep up."]
    if explored:
        parts.append(f"What was explored:\n{explored}")
    elif agenda:
        codes = ", ".join(agenda)
        parts.append(f"On the agenda: {codes}. Type “challenge {agenda[0]}” to read it.")
    if ideas:
        parts.append(f"Ideas that were offered:\n{ideas}")
    if commitment:
        parts.append(f"You still mean to try: “{commitment}”")
    parts.append(f"One question, so that it becomes yours: {MAKE_UP}")
    return "\n\n".join(parts)


def thanks(set_name: str, when: str, *, commitment: str, asks_on: str) -> str:
    """What somebody who was there gets."""
    said = f"Thank you for being at {set_name} on {when}."
    if not commitment:
        return f"{said}\n\nWhat will you try before next time?"
    return (
        f"{said}\n\nYou said that you will try: “{commitment}” I ask you on {asks_on} how it "
        "went. If that is right, you need do nothing."
    )
