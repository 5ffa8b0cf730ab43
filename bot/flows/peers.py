"""What can be said and pressed among peers, and which flow answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.flows import authoring, habits, helping, interests, outcome, reporting, thread, trying
from bot.flows.meaning import Command, Pressed, Said
from bot.flows.named import code_and_words
from bot.flows.plan import FormPlan
from bot.flows.turn import Context, Turn
from bot.messages import Text
from bot.wording import threads as words


def _challenge(said: Said, context: Context) -> Turn:
    code, _ = code_and_words(said.argument)
    if not code:
        return Turn((Text(words.which("challenge"), (thread.see_challenges(),)),))
    return thread.show(code, context, bare=len((context.typed or "").split()) == 1)


def _listen(said: Said, context: Context) -> Turn:
    """A thread, a theme, or quiet from everything."""
    return interests.said(said, context) or helping.listen(said, context)


COMMANDS: Mapping[Command, Callable[[Said, Context], Turn]] = {
    Command.CHALLENGES: lambda _, context: thread.challenges(context),
    Command.CHALLENGE: _challenge,
    Command.REPLY: helping.reply,
    Command.FOLLOW: _listen,
    Command.UNFOLLOW: _listen,
    Command.SAME: _listen,
    Command.MUTE: _listen,
    Command.UNMUTE: _listen,
    Command.SETTINGS: lambda _, context: habits.settings(context),
    Command.REPORT: helping.report,
    Command.CLOSE: authoring.end,
    Command.REOPEN: authoring.end,
    Command.UNMARK: authoring.unmark,
    Command.WITHDRAW: authoring.end,
    Command.MY_REPLIES: lambda _, context: authoring.my_replies(context),
    Command.TRY: trying.said,
}

PLANS: Mapping[str, FormPlan] = {
    plan.name: plan
    for plan in (
        helping.REPLY,
        helping.REPORT,
        authoring.CORRECT,
        trying.DAY,
        outcome.OUTCOME,
        interests.SETTINGS,
        habits.HABITS,
    )
}


def pressed(press: Pressed, context: Context) -> Turn | None:
    """What a button does; None where it is not one of theirs."""
    return (
        thread.pressed(press, context)
        or helping.pressed(press, context)
        or authoring.pressed(press, context)
        or trying.pressed(press, context)
        or outcome.pressed(press, context)
        or interests.pressed(press, context)
        or habits.pressed(press, context)
        or reporting.pressed(press, context)
    )
