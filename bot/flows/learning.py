"""What members learnt, as others may read it: `reflections SET` and `learnt`. Never with a name."""

from __future__ import annotations

from bot import days
from bot.flows.effect.between import Shows
from bot.flows.meaning import Pressed
from bot.flows.named import code
from bot.flows.turn import Context, Turn
from bot.learning_sets.learnt import ALWAYS, Learnt
from bot.learning_sets.paging import pages
from bot.learning_sets.sets import SetView
from bot.messages import Choice, Text
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
    return _page(words.NETWORK_NAMELESS, found, words.A_MEMBER, "learnt", number, (write,))


def pressed(press: Pressed, context: Context) -> Turn | None:
    """What a button under such a list does; None where it is not one of ours."""
    match press.verb, press.arguments:
        case "learnt", (number,) if number.isdecimal():
            return of_network(context, int(number))
        case "reflections", (session_code,):
            return named(session_code, context)
        case "set-learnt", (set_id, number) if set_id.isdecimal() and number.isdecimal():
            return _of_set(context.lookup.rhythm.reads(int(set_id)), int(number), context)
    return None


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
