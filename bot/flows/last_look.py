"""The last look at what goes out: what, to whom, under which name, and how well that hides it."""

from __future__ import annotations

import hashlib

from bot.drafts import Answers
from bot.flows.challenge_form import THEMES, Told, theme_names
from bot.flows.turn import Context
from bot.learning_sets.sets import SetView
from bot.messages import Choice, FieldKind, FormField
from bot.wording import posting as words

ENOUGH_OTHERS = 5
"""With fewer others around, a pseudonym hides nobody."""


def last_look(
    told: Told,
    answers: Answers,
    context: Context,
    *,
    to: SetView | None,
    name: str,
    submit: str,
) -> FormField:
    """Stands last: what goes out, to whom, under which name, and a warning where few are around."""
    goes_to = words.goes_out(to.name if to is not None else "", name)
    warning = words.NAME_STAYS if name else small_group(answers, context, to=to)
    return look(told, answers, context, below=(goes_to, warning), submit=submit)


def look(
    told: Told,
    answers: Answers,
    context: Context,
    *,
    below: tuple[str, ...] = (),
    submit: str,
) -> FormField:
    """What others read. Its name has a digest of that and of the first line below it, so that a
    change asks for a new look.
    """
    themes = theme_names(answers, context)
    preview = words.preview(told.problem, told.context, told.tried, themes)
    whole = "\0".join((told.problem, told.context, told.tried, *themes, *below[:1]))
    digest = hashlib.sha256(whole.encode()).hexdigest()[:8]
    return FormField(
        f"look-{digest}",
        words.LAST_LOOK,
        "\n".join(filter(None, (preview, *below))),
        FieldKind.CHOICE,
        (Choice(submit, "yes"),),
        required=True,
    )


def small_group(answers: Answers, context: Context, *, to: SetView | None) -> str:
    """A warning where so few might have written it that a pseudonym hides nobody; else ""."""
    if to is not None:
        return words.small_set(to.members - 1) if to.members - 1 < ENOUGH_OTHERS else ""
    others = context.lookup.other_members()
    if others < ENOUGH_OTHERS:
        return words.small_network(others)
    counted = context.lookup.followers(answers.many(THEMES))
    names = {theme.id: theme.name for theme in context.lookup.themes()}
    few = [names[one] for one, count in counted.items() if count < ENOUGH_OTHERS and one in names]
    return words.small_theme(few[0], min(counted.values())) if few else ""
