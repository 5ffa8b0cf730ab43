"""What is said under a post on a notice board: passed on, unless it may tell who is meant.

Then its author is asked first, in their own conversation with the bot. Changing the words on the
board is an answer as well, and so is deleting them.
"""

from __future__ import annotations

from dataclasses import replace

from bot import drafts, effects
from bot.boards import hearing
from bot.challenges.models import Challenge
from bot.drafts import Draft, DraftStatus
from bot.effects import Done
from bot.effects.acting import Acting
from bot.flows import held
from bot.flows.identities import checked
from bot.flows.turn import Context
from bot.learning_sets import sets
from bot.messages import OnBoard, Spoken

_NOTHING = Done((), None)


def hear(heard: OnBoard, text: str, challenge: Challenge, context: Context, acting: Acting) -> Done:
    """Without a word where nothing is to be decided. `state` None leaves the conversation as it is.

    Raises ChallengeError.
    """
    session, now = acting.session, acting.now
    viewer = sets.viewer(session, acting.member)
    about = held.about(challenge.code, heard.own)
    waiting = drafts.latest_about(session, acting.member.id, held.HELD.name, about)
    if waiting is not None and heard.spoken is Spoken.SAID:
        return _NOTHING  # the same once more, or overtaken by what it was changed to
    telling = hearing.tells(session, viewer, challenge, heard, text)
    if telling and not checked(text.strip(), context).clean:
        return _ask(heard, text.strip(), challenge, context, acting, waiting)
    _let_go(waiting, heard, acting)
    hearing.hear(session, viewer, challenge, heard, text, routing=acting.rules.routing, now=now)
    return _NOTHING


def _ask(
    heard: OnBoard,
    text: str,
    challenge: Challenge,
    context: Context,
    acting: Acting,
    waiting: Draft | None,
) -> Done:
    """Asks once about the same words; where they were changed, about what they are now."""
    if waiting is not None and waiting.open(acting.now):
        if waiting.answers.one("text") == text:
            return _NOTHING
        context = replace(context, ref=waiting.ref)
    return effects.apply(held.ask(challenge.code, heard.own, text, context), acting)


def _let_go(waiting: Draft | None, heard: OnBoard, acting: Acting) -> None:
    """What is passed on now, or is there no more, is not kept for a decision."""
    if waiting is not None:
        gone = heard.spoken is Spoken.TAKEN_BACK
        status = DraftStatus.DROPPED if gone else DraftStatus.HANDED_IN
        drafts.close(acting.session, acting.member.id, waiting.ref, status)
