"""Moderating in the chat: one thing at a time, with the answer a tap or a digit away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from bot import wording
from bot.challenges.views import Line
from bot.flows import draft, reporting
from bot.flows.effect import Effect
from bot.flows.effect.asking import Confirmed, Dismissed, Linked
from bot.flows.effect.harvest import LetBe, PointedTo
from bot.flows.meaning import Pressed
from bot.flows.turn import Context, Reply, Turn, moderates
from bot.learning import Gap
from bot.messages import Choice, Choices, Text
from bot.wording import review as words
from knowledge.phrases import Proposal
from knowledge.redaction import find_identifiers

_NEAREST = 3
"""Entries offered for a question that nobody could answer."""


@dataclass(frozen=True)
class _Thing:
    """Something that waits: its name in buttons, and how it is shown (nothing where it is gone)."""

    name: str
    shown: Callable[[], tuple[Reply, ...]]


def review(context: Context) -> Turn:
    """`review`: what waits, and the first of it."""
    reported = reporting.waiting(context)
    if reported is not None:
        return reported
    return others(context)


def others(context: Context) -> Turn:
    """What waits besides reports."""
    if not moderates(context):
        return _no()
    lookup = context.lookup
    counts = (
        (len(lookup.draft_entries()), words.A_DRAFT),
        (len(lookup.proposals()), words.A_WORDING),
        (len(lookup.gaps()), words.A_QUESTION),
        (len(lookup.unanswered(context.now)), words.A_CHALLENGE),
    )
    for thing in _queue(context):
        if shown := thing.shown():
            return Turn((Text(words.waits(counts)), *shown))
    return Turn((Text(wording.NOTHING_WAITS),))


def pressed(press: Pressed, context: Context) -> Turn | None:
    """What a button of the review does; None where it is not one of ours."""
    if press.verb == reporting.REST:
        return others(context)
    if press.verb not in ("wording", "gap", "draft", "unanswered"):
        return None
    return _decided(press, context) if moderates(context) else _no()


def _decided(press: Pressed, context: Context) -> Turn | None:
    match press.verb, press.arguments:
        case "wording", ("same" | "other" as word, number) if number.isdecimal():
            return _next(context, Confirmed(int(number), same=word == "same"), after=number)
        case "gap", ("link", ref, entry_id):
            return _next(context, Linked(ref, entry_id), after=ref)
        case "gap", ("dismiss", ref):
            return _next(context, Dismissed(ref), after=ref)
        case "unanswered", ("link", code, entry_id):
            return _next(context, PointedTo(code, entry_id), after=code, said=words.LINKED)
        case "unanswered", ("let-be", code):
            return _next(context, LetBe(code), after=code, said=words.LEFT_BE)
        case _, ("later", name):
            return _next(context, None, after=name)
        case "draft", _:
            return _draft(press, context)
    return None


def _draft(press: Pressed, context: Context) -> Turn | None:
    settled = draft.done(press)
    if settled is None:
        return draft.opened(press, context)
    entry_id, effect, said = settled
    return _next(context, effect, after=entry_id, said=said)


def _no() -> Turn:
    return Turn((Text(wording.MODERATORS_ONLY),))


def _queue(context: Context) -> list[_Thing]:
    lookup = context.lookup
    return [
        *(_Thing(one, partial(_drafted, one, context)) for one in lookup.draft_entries()),
        *(_Thing(str(one.id), partial(_proposal, one)) for one in lookup.proposals()),
        *(_Thing(one.ref, partial(_gap, one, context)) for one in lookup.gaps()),
        *(
            _Thing(one.code, partial(_unanswered, one, context))
            for one in lookup.unanswered(context.now)
        ),
    ]


def _next(context: Context, done: Effect | None, *, after: str, said: str = wording.NOTED) -> Turn:
    """The thing behind the one that `after` names; what comes before it was put off."""
    things = _queue(context)
    names = [thing.name for thing in things]
    behind = things[names.index(after) + 1 :] if after in names else things
    effects = (done,) if done is not None else ()
    said = said if done is not None else ""
    for thing in behind:
        if shown := thing.shown():
            return Turn((*((Text(said),) if said else ()), *shown), effects)
    return Turn((Text(" ".join(filter(None, (said, wording.THAT_WAS_ALL)))),), effects)


def _drafted(entry_id: str, context: Context) -> tuple[Reply, ...]:
    found = draft.reviewed(entry_id, context)
    return draft.shown(found) if found is not None else ()


def _proposal(proposal: Proposal) -> tuple[Reply, ...]:
    found = [proposal.text[span.start : span.end] for span in find_identifiers(proposal.text)]
    question = wording.same_question(proposal.text, proposal.problem, proposal.supporters)
    choices = Choices(
        " ".join(filter(None, (question, wording.gives_away(found)))),
        (
            Choice(wording.SAME_QUESTION, f"wording:same:{proposal.id}"),
            Choice(wording.OTHER_QUESTION, f"wording:other:{proposal.id}"),
            Choice(wording.LATER, f"wording:later:{proposal.id}"),
        ),
    )
    return (choices,)


def _gap(gap: Gap, context: Context) -> tuple[Reply, ...]:
    nearest = context.lookup.entries(gap.matches[:_NEAREST])
    choices = Choices(
        wording.gap(gap.text, gap.members, gap.asked_at.date(), offers=bool(nearest)),
        (
            *(Choice(entry.problem, f"gap:link:{gap.ref}:{entry.id}") for entry in nearest),
            Choice(wording.DISMISS, f"gap:dismiss:{gap.ref}"),
            Choice(wording.LATER, f"gap:later:{gap.ref}"),
        ),
    )
    return (choices,)


def _unanswered(line: Line, context: Context) -> tuple[Reply, ...]:
    nearest = context.lookup.nearest(line.problem, _NEAREST)
    choices = Choices(
        words.unanswered(line.problem, line.posted_at.date(), offers=bool(nearest)),
        (
            Choice(words.ANSWER_IT, f"offer:{line.code}"),
            *(
                Choice(entry.problem, f"unanswered:link:{line.code}:{entry.id}")
                for entry in nearest
            ),
            Choice(words.LET_BE, f"unanswered:let-be:{line.code}"),
            Choice(wording.LATER, f"unanswered:later:{line.code}"),
        ),
        quotes=line.quotes,
    )
    return (choices,)
