"""What can be said and pressed about the time between sessions, and which flow answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.flows import committing, guiding, learning, outcome, reflecting
from bot.flows.meaning import Command, Pressed, Said
from bot.flows.plan import FormPlan
from bot.flows.turn import Context, Turn

COMMANDS: Mapping[Command, Callable[[Said, Context], Turn]] = {
    Command.COMMIT: committing.said,
    Command.COMMITMENTS: lambda _, context: outcome.mine(context),
    Command.WENT: outcome.went,
    Command.REFLECT: reflecting.said,
    Command.REFLECTIONS: reflecting.listed,
    Command.LEARNT: lambda _, context: learning.of_network(context),
    Command.GUIDE: guiding.said,
    Command.DIGEST: guiding.digest,
}

FOR_ONE_ALONE = frozenset(COMMANDS) - {Command.LEARNT}
"""What they answer is told to the member alone, wherever they asked."""

PLANS: Mapping[str, FormPlan] = {
    plan.name: plan for plan in (*committing.PLANS, *reflecting.PLANS, learning.DRAFT)
}


def pressed(press: Pressed, context: Context) -> Turn | None:
    """What a button does; None where it is not one of theirs."""
    return (
        committing.pressed(press, context)
        or reflecting.pressed(press, context)
        or learning.pressed(press, context)
        or guiding.pressed(press, context)
    )
