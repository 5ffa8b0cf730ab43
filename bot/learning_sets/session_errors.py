"""Why something about a session was refused. A class's docstring, its fields filled in, is read.

SessionError
  NoSuchSession       (also for whoever may not see it: nothing tells the two apart)
  NotYourSet
  StillGathering
  NotInvited
  ChangedMeanwhile
  IsCancelled
  IsOver
  NotYetBegun
  InThePast
  TooFarAhead
  NoSuchTime
  LengthUnfit
  PlaceUnfit
  SeriesUnfit
  NothingLeft
  TooManySessions
  NotYourChallenge
  WriteUpUnfit
  AlreadySentOn
"""

from __future__ import annotations

import inspect


class SessionError(Exception):
    """Something that was asked of a session cannot be done."""

    def __init__(self, **fields: object) -> None:
        super().__init__(type(self).__name__)  # a log never quotes what a member wrote
        self.fields = fields

    @property
    def sentence(self) -> str:
        """What the member reads; nothing was changed."""
        text = " ".join(inspect.cleandoc(type(self).__doc__ or "").split())
        return text.format(**self.fields)


class NoSuchSession(SessionError):
    """I know of no such session of yours. Type “sessions” to see them."""


class NotYourSet(SessionError):
    """Only those who facilitate the set can do that."""


class StillGathering(SessionError):
    """The set has fewer than 6 members still. Please add some, or say in its note why it is
    small; then a session can be planned."""


class NotInvited(SessionError):
    """That session is not for you to answer: you facilitate the set and are not one of its
    members."""


class ChangedMeanwhile(SessionError):
    """Somebody else changed {code} while you were at it, so I have changed nothing. It is now:
    {theirs} You wanted: {mine} Your form is kept: type “carry on” to decide, or ask again."""


class IsCancelled(SessionError):
    """Session {code} is cancelled."""


class IsOver(SessionError):
    """Session {code} is over, so that cannot be changed any more."""


class NotYetBegun(SessionError):
    """Session {code} has not begun yet. Please come back once it has."""


class InThePast(SessionError):
    """{moment} has passed. Please give a day and a time that are still to come."""


class TooFarAhead(SessionError):
    """{moment} is more than two years ahead. Please plan nearer to now."""


class NoSuchTime(SessionError):
    """There is no {time} on {day}: the clocks go forward that night, and the hour is left out.
    Please give another time."""


class LengthUnfit(SessionError):
    """A session lasts between 15 minutes and 8 hours."""


class PlaceUnfit(SessionError):
    """A place has at most 200 characters and a link at most 500; a link begins with https:// or
    http://."""


class SeriesUnfit(SessionError):
    """A series comes every 1 to 12 weeks, 2 to 26 times."""


class NothingLeft(SessionError):
    """All the days of that series are left out, so there is nothing to plan."""


class TooManySessions(SessionError):
    """The set has {most} sessions ahead already. Please cancel some first."""


class NotYourChallenge(SessionError):
    """You can bring an open challenge of your own that this set can read. Type “post” to make
    one."""


class WriteUpUnfit(SessionError):
    """A write-up says what was explored, in up to {longest} characters, and so do its ideas."""


class AlreadySentOn(SessionError):
    """The write-up of {code} went to the moderators already, so it is settled."""
