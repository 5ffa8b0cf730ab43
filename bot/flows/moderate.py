"""Moderating in the chat: one thing at a time, with the answer a tap or a digit away."""

from __future__ import annotations

from bot import wording
from bot.flows import reporting
from bot.flows.effect.asking import Confirmed, Dismissed, Linked
from bot.flows.meaning import Pressed
from bot.flows.turn import Context, Turn, moderates
from bot.learning import Gap
from bot.messages import Choice, Choices, Text
from knowledge.phrases import Proposal
from knowledge.redaction import find_identifiers

_NEAREST = 3
"""Entries offered for a question that nobody could answer."""


def review(context: Context) -> Turn:
    """`review`: what waits, and the first of it."""
    reported = reporting.waiting(context)
    if reported is not None:
        return reported
    return others(context)


def others(context: Context) -> Turn:
    """What waits besides reports."""
    if not moderates(context):
        return Turn((Text(wording.MODERATORS_ONLY),))
    proposals, gaps = context.lookup.proposals(), context.lookup.gaps()
    if not proposals and not gaps:
        return Turn((Text(wording.NOTHING_WAITS),))
    first = _proposal(proposals[0]) if proposals else _gap(gaps[0], context)
    return Turn((Text(wording.waits(len(proposals), len(gaps))), first))


def pressed(press: Pressed, context: Context) -> Turn | None:
    """What a button of the review does; None where it is not one of ours."""
    match press.verb, press.arguments:
        case reporting.REST, ():
            return others(context)
        case "wording", ("same" | "other" as word, number) if number.isdecimal():
            done = Confirmed(int(number), same=word == "same")
            return _next(context, done, after=number) if moderates(context) else _no()
        case "wording", ("later", number) if number.isdecimal():
            return _next(context, None, after=number) if moderates(context) else _no()
        case "gap", ("link", ref, entry_id):
            return _next(context, Linked(ref, entry_id), after=ref) if moderates(context) else _no()
        case "gap", ("dismiss", ref):
            return _next(context, Dismissed(ref), after=ref) if moderates(context) else _no()
        case "gap", ("later", ref):
            return _next(context, None, after=ref) if moderates(context) else _no()
    return None


def _no() -> Turn:
    return Turn((Text(wording.MODERATORS_ONLY),))


def _next(context: Context, done: Confirmed | Linked | Dismissed | None, *, after: str) -> Turn:
    """The thing behind the one that `after` names; what comes before it was put off."""
    things: list[tuple[str, Proposal | Gap]] = [
        *((str(proposal.id), proposal) for proposal in context.lookup.proposals()),
        *((gap.ref, gap) for gap in context.lookup.gaps()),
    ]
    names = [name for name, _ in things]
    behind = things[names.index(after) + 1 :] if after in names else things
    effects = (done,) if done is not None else ()
    said = wording.NOTED if done is not None else ""
    if not behind:
        return Turn((Text(" ".join(filter(None, (said, wording.THAT_WAS_ALL)))),), effects)
    thing = behind[0][1]
    shown = _proposal(thing) if isinstance(thing, Proposal) else _gap(thing, context)
    return Turn((Text(wording.NOTED), shown) if done is not None else (shown,), effects)


def _proposal(proposal: Proposal) -> Choices:
    found = [proposal.text[span.start : span.end] for span in find_identifiers(proposal.text)]
    question = wording.same_question(proposal.text, proposal.problem, proposal.supporters)
    return Choices(
        " ".join(filter(None, (question, wording.gives_away(found)))),
        (
            Choice(wording.SAME_QUESTION, f"wording:same:{proposal.id}"),
            Choice(wording.OTHER_QUESTION, f"wording:other:{proposal.id}"),
            Choice(wording.LATER, f"wording:later:{proposal.id}"),
        ),
    )


def _gap(gap: Gap, context: Context) -> Choices:
    nearest = context.lookup.entries(gap.matches[:_NEAREST])
    return Choices(
        wording.gap(gap.text, gap.members, gap.asked_at.date(), offers=bool(nearest)),
        (
            *(Choice(entry.problem, f"gap:link:{gap.ref}:{entry.id}") for entry in nearest),
            Choice(wording.DISMISS, f"gap:dismiss:{gap.ref}"),
            Choice(wording.LATER, f"gap:later:{gap.ref}"),
        ),
    )
