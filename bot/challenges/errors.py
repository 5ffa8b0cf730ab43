"""Why a verb was refused. `sentence` is what the member reads; nothing was changed.

ChallengeError
  NoSuchChallenge     (also for whoever may not see it: nothing tells the two apart)
  NoSuchReply         (likewise)
  NotYours
  OwnChallenge
  OwnReply
  NotInSet
  WrongState
    IsOpen
    IsClosed
    IsSolved
    IsWithdrawn
    ReplyGone
  Unfit
    NoWords
    TooLong
    ThemesUnfit
"""

from __future__ import annotations

from bot.challenges.models import Challenge, ChallengeState
from bot.wording import challenges as wording


class ChallengeError(Exception):
    """Something that was asked of a challenge cannot be done."""

    def __init__(self, sentence: str) -> None:
        super().__init__(type(self).__name__)  # a log never quotes what a member wrote
        self.sentence = sentence


class NoSuchChallenge(ChallengeError):
    """There is no challenge of that code that this member can see."""

    def __init__(self) -> None:
        super().__init__(wording.NO_SUCH_CHALLENGE)


class NoSuchReply(ChallengeError):
    """There is no reply of that reference that this member can see."""

    def __init__(self) -> None:
        super().__init__(wording.NO_SUCH_REPLY)


class NotYours(ChallengeError):
    """Only whoever wrote it may do that."""

    def __init__(self) -> None:
        super().__init__(wording.NOT_YOURS)


class OwnChallenge(ChallengeError):
    """That is for others to do."""

    def __init__(self, code: str) -> None:
        super().__init__(wording.own_challenge(code))


class OwnReply(ChallengeError):
    """Nobody marks or reports their own reply."""

    def __init__(self) -> None:
        super().__init__(wording.OWN_REPLY)


class NotInSet(ChallengeError):
    """The member is not in the set that they would post to."""

    def __init__(self) -> None:
        super().__init__(wording.NOT_IN_SET)


class WrongState(ChallengeError):
    """As things stand it cannot be done."""


class IsOpen(WrongState):
    def __init__(self, code: str) -> None:
        super().__init__(wording.is_open(code))


class IsClosed(WrongState):
    def __init__(self, code: str) -> None:
        super().__init__(wording.is_closed(code))


class IsSolved(WrongState):
    def __init__(self, code: str) -> None:
        super().__init__(wording.is_solved(code))


class IsWithdrawn(WrongState):
    def __init__(self, code: str) -> None:
        super().__init__(wording.is_withdrawn(code))


class ReplyGone(WrongState):
    def __init__(self) -> None:
        super().__init__(wording.REPLY_GONE)


class Unfit(ChallengeError):
    """What was written does not fit."""


class NoWords(Unfit):
    def __init__(self, field: str) -> None:
        super().__init__(wording.no_words(field))


class TooLong(Unfit):
    def __init__(self, field: str, limit: int, length: int) -> None:
        super().__init__(wording.too_long(field, limit, length))


class ThemesUnfit(Unfit):
    """Too many themes, or one that is not there."""

    def __init__(self, most: int) -> None:
        super().__init__(wording.themes_unfit(most))


_STATES = {
    ChallengeState.OPEN: IsOpen,
    ChallengeState.CLOSED: IsClosed,
    ChallengeState.SOLVED: IsSolved,
    ChallengeState.WITHDRAWN: IsWithdrawn,
}


def state_of(challenge: Challenge) -> WrongState:
    """The error that says how a challenge stands."""
    return _STATES[challenge.state](challenge.code)
