"""The first words between a person and the bot: who this is, what it keeps, how to stop."""

from __future__ import annotations

from bot import wording
from bot.flows.effect.asking import Agreed
from bot.flows.meaning import Meaning, Words
from bot.flows.turn import Reply, Turn
from bot.members import ConsentKind
from bot.messages import Text
from knowledge.search import Finding


def agreed() -> Agreed:
    return Agreed(ConsentKind.JOINED, wording.WELCOME)


def before(turn: Turn, meaning: Meaning, finding: Finding | None) -> Turn:
    """The welcome, then the answer to what was asked: in one turn, so nobody asks twice."""
    talk = isinstance(meaning, Words) and finding is not None and finding.small_talk is not None
    rest: tuple[Reply, ...] = (Text(wording.FIRST_STEP),) if talk else turn.replies
    return Turn((Text(wording.WELCOME), *rest), (agreed(), *turn.effects), turn.state)


def joined() -> Turn:
    """The invitation was good."""
    return Turn((Text(wording.WELCOME), Text(wording.FIRST_STEP)), (agreed(),))


def stranger(*, tried_a_code: bool) -> tuple[Reply, ...]:
    """For somebody who has not been invited: nothing of the network is shown."""
    return (Text(wording.CODE_NOT_USABLE if tried_a_code else wording.INVITATION_NEEDED),)
