"""What members learnt, as others may read it: `reflections SET` and `learnt`. Never with a name."""

from __future__ import annotations

from dataclasses import replace

from bot import days
from bot.challenges.models import LONGEST_PROBLEM
from bot.drafts import Answers
from bot.flows import begun, form, trying
from bot.flows.effect.between import Drafts, Shows
from bot.flows.meaning import Pressed
from bot.flows.named import code
from bot.flows.plan import FormPlan
from bot.flows.turn import Context, Turn, moderates
from bot.learning_sets.learnt import ALWAYS, Learnt
from bot.learning_sets.paging import pages
from bot.learning_sets.sets import SetView
from bot.messages import MOST_CHOICES, Choice, Choices, FormField, Text
from bot.wording import MODERATORS_ONLY, OLD_BUTTON
from bot.wording import reflecting as words

PAGE = 1_300
"""Characters of a page: with its choices it stays within WhatsApp's 1,600."""


def named(argument: str, context: Context) -> Turn:
    """Of the set of that name, or whose session has that code."""
    rhythm = context.lookup.rhythm
    found = rhythm.set_called(argument)
    meeting = rhythm.meeting(code(argument)) if found is None else None
    if meeting is not None:
        found = rhythm.reads(meeting.session.set_id)
    return _of_set(found, 1, context)


def of_network(context: Context, number: int = 1) -> Turn:
    """`learnt`: what was shared with everybody."""
    found = context.lookup.rhythm.learnt_in_network()
    write = Choice(words.WRITE_ONE, "say:reflect")
    if not found:
        return Turn((Text(words.NOTHING_LEARNT, (write,)),))
    draft = (Choice(words.DRAFT_ONE, "draft-learnt"),) if moderates(context) else ()
    return _page(words.NETWORK_NAMELESS, found, words.A_MEMBER, "learnt", number, (write, *draft))


def pressed(press: Pressed, context: Context) -> Turn | None:
    """What a button under such a list does; None where it is not one of ours."""
    match press.verb, press.arguments:
        case "learnt", (number,) if number.isdecimal():
            return of_network(context, int(number))
        case "draft-learnt", () if moderates(context):
            return _which_to_draft(context)
        case "draft-learnt", (kind, number) if moderates(context):
            return _draft(f"{kind}:{number}", context)
        case "reflections", (session_code,):
            return named(session_code, context)
        case "set-learnt", (set_id, number) if set_id.isdecimal() and number.isdecimal():
            return _of_set(context.lookup.rhythm.reads(int(set_id)), int(number), context)
    return None


def _which_to_draft(context: Context) -> Turn:
    """The latest of them, for a moderator to pick from."""
    found = context.lookup.rhythm.learnt_in_network()[:MOST_CHOICES]
    if not found:
        return Turn((Text(words.NOTHING_LEARNT),))
    choices = tuple(
        Choice(trying.short(one.words), f"draft-learnt:{one.whose.about}") for one in found
    )
    shows = Shows(tuple(one.whose for one in found))
    return Turn((Choices(words.WHICH_TO_DRAFT, choices),), (shows,))


def _draft(about: str, context: Context) -> Turn:
    one = _learnt(about, context)
    if one is None:
        return Turn((Text(OLD_BUTTON),))
    turn = begun.noting(form.start(DRAFT, context, about=about), words.drafts(one.tried, one.words))
    return replace(turn, effects=(*turn.effects, Shows((one.whose,))))


def _learnt(about: str, context: Context) -> Learnt | None:
    found = context.lookup.rhythm.learnt_in_network()
    return next((one for one in found if one.whose.about == about), None)


def _fields(_answers: Answers, _context: Context) -> tuple[FormField, ...]:
    return (_PROBLEM,)


def _finish(answers: Answers, context: Context) -> Turn:
    if not moderates(context):
        return Turn((Text(MODERATORS_ONLY),))
    return Turn((), (Drafts(answers.about, answers.one("problem")),))


_PROBLEM = FormField(
    "problem", words.WHICH_PROBLEM, words.PROBLEM_HINT, required=True, longest=LONGEST_PROBLEM
)
DRAFT = FormPlan("draft-learnt", words.DRAFT_TITLE, words.YOUR_DRAFT, _fields, _finish)


def _of_set(one: SetView | None, number: int, context: Context) -> Turn:
    if one is None:
        return Turn((Text(words.NO_SUCH_SET, (Choice(words.MINE, "my-reflections:0"),)),))
    found = context.lookup.rhythm.learnt_in(one.id)
    write = Choice(words.WRITE_ONE, "say:reflect")
    if not found:
        return Turn((Text(words.nothing_in_set(one.name), (write,)),))
    head, more = words.SET_NAMELESS.format(name=one.name), f"set-learnt:{one.id}"
    return _page(head, found, words.A_MEMBER_OF_YOUR_SET, more, number, (write,))


def _page(
    head: str,
    found: tuple[Learnt, ...],
    whose: str,
    more: str,
    number: int,
    choices: tuple[Choice, ...],
) -> Turn:
    """One page of them. All of the words are noted, so that they can be taken out of any page."""
    all_pages = pages((head, *(_told(one, whose) for one in found)), PAGE)
    number = number if 1 <= number <= len(all_pages) else 1
    if number < len(all_pages):
        choices = (Choice(words.MORE, f"{more}:{number + 1}"), *choices)
    elif number > 1:
        choices = (Choice(words.FIRST, f"{more}:1"), *choices)
    shows = Shows(tuple(one.whose for one in found))
    return Turn((Text(all_pages[number - 1], choices),), (shows,))


def _told(one: Learnt, whose: str) -> str:
    on = one.when.astimezone(days.HOME).date() if one.when != ALWAYS else None
    outcome = one.outcome.value if one.outcome is not None else ""
    return words.learnt(one.words, on, one.tried, outcome, whose)
