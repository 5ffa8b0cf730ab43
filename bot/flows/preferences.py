"""Stopping, starting, and what is kept: the member is in charge of all of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot import wording
from bot.drafts import Draft
from bot.flows import sure
from bot.flows.effect.asking import Agreed, Forgot
from bot.flows.field import spoken
from bot.flows.meaning import Pressed
from bot.flows.plan import FormPlan
from bot.flows.turn import Context, Turn
from bot.members import ConsentKind
from bot.messages import Choice, Text


def stop() -> Turn:
    return Turn((Text(wording.STOPPED),), (Agreed(ConsentKind.STOPPED, wording.STOPPED),))


def start(context: Context) -> Turn:
    if not context.person.stopped:
        return Turn((Text(wording.NOT_STOPPED),))
    return Turn((Text(wording.STARTED),), (Agreed(ConsentKind.STARTED, wording.STARTED),))


def my_data(context: Context, plans: Mapping[str, FormPlan]) -> Turn:
    kept = context.lookup.kept(lambda draft: _answers(draft, context, plans))
    return Turn((Text(wording.kept(kept)),))


def _answers(draft: Draft, context: Context, plans: Mapping[str, FormPlan]) -> Iterator[str]:
    """What was answered, as it was read: the label of a choice, not the name that it goes by."""
    plan = plans.get(draft.form)
    asked = plan.whole(draft, context).fields if plan is not None else ()
    yield from (spoken(field) for field in asked if field.values)
    names = {field.name for field in asked}
    for name, values in draft.answers.values.items():
        # An answer that another one hid is kept as well: of those, what is in words.
        yield from (value for value in values if name not in names and " " in value)


def forget_me(context: Context) -> Turn:
    yes = Choice(wording.YES_FORGET, "forget:yes")
    return sure.ask(wording.FORGET_SURE, yes, wording.NO_KEEP, context)


def confirmed(press: Pressed) -> Turn | None:
    """What was asked about and agreed to. Without the question its button does nothing."""
    if press == Pressed("forget", ("yes",)):
        return Turn((Text(wording.FORGOTTEN),), (Forgot(),))
    return None
