"""Who may read what a member wrote: the questions that ask it, wherever it is shared.

What others are to read is checked for identities first, one text after another, and its author
decides (`flows.identities`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.drafts import Answers
from bot.flows.identities import guarded
from bot.flows.turn import Context
from bot.learning_sets.commitment import Readers, Sharing
from bot.learning_sets.sets import SetView
from bot.messages import MOST_CHOICES, Choice, FieldKind, FormField
from bot.wording import committing as words

SHARING, SET = "sharing", "set"


@dataclass(frozen=True)
class Shareable:
    """A text that others may read. `about` says whose it is: "what you learnt".

    `kept` is the text where the form itself does not ask for it.
    """

    field: FormField
    about: str
    kept: str = ""


def fields(
    shareable: Sequence[Shareable],
    answers: Answers,
    context: Context,
    *,
    set_id: int | None = None,
) -> tuple[FormField, ...]:
    """Who may read it, of which set, and what in it may give somebody away.

    `set_id` is the set that is meant where the member's words belong to a session of it.
    """
    asked = [_who(context, set_id)]
    readers = chosen(answers, context, set_id=set_id)
    if readers.sharing is Sharing.SET and set_id is None and len(_sets(context)) > 1:
        asked.append(_which(context))
    return (*asked, *guards(shareable, answers, context))


def guards(
    shareable: Sequence[Shareable], answers: Answers, context: Context
) -> tuple[FormField, ...]:
    """What is asked about words that others are to read; nothing where nobody else is."""
    if _sharing(answers) is Sharing.PRIVATE:
        return ()
    return tuple(
        field
        for one in shareable
        for field in guarded(one.field, _with(one, answers), context, about=one.about).fields
    )


def chosen(answers: Answers, context: Context, *, set_id: int | None = None) -> Readers:
    """Who may read it, as far as that is answered: nobody until then."""
    sharing = _sharing(answers)
    if sharing is not Sharing.SET:
        return Readers(sharing)
    if set_id is not None:
        return Readers(sharing, set_id)
    mine = _sets(context)
    if len(mine) == 1:
        return Readers(sharing, mine[0].id)
    said = answers.one(SET)
    return Readers(sharing, next((one.id for one in mine if str(one.id) == said), None))


def text(one: Shareable, answers: Answers, context: Context) -> str:
    """The text as it is kept in the end."""
    given = _with(one, answers)
    if _sharing(answers) is Sharing.PRIVATE:
        return given.one(one.field.name)
    return guarded(one.field, given, context, about=one.about).text


def _sharing(answers: Answers) -> Sharing:
    said = answers.one(SHARING)
    return Sharing(said) if said in set(Sharing) else Sharing.PRIVATE


def _with(one: Shareable, answers: Answers) -> Answers:
    return answers.filled(one.field.name, (one.kept,)) if one.kept else answers


def _sets(context: Context) -> tuple[SetView, ...]:
    return context.lookup.rhythm.sets()


def _who(context: Context, set_id: int | None) -> FormField:
    mine = {one.id for one in _sets(context)}
    in_a_set = bool(mine) if set_id is None else set_id in mine
    with_set = (Choice(words.MY_SET, Sharing.SET.value),) if in_a_set else ()
    choices = (
        Choice(words.PRIVATE, Sharing.PRIVATE.value),
        *with_set,
        Choice(words.NETWORK, Sharing.NETWORK.value),
    )
    return FormField(
        SHARING, words.WHO, words.SHARING_HINT, FieldKind.CHOICE, choices, required=True
    )


def _which(context: Context) -> FormField:
    choices = tuple(Choice(one.name, str(one.id)) for one in _sets(context)[:MOST_CHOICES])
    return FormField(SET, words.WHICH_SET, "", FieldKind.CHOICE, choices, required=True)
