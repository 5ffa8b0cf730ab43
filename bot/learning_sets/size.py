"""How many a set has: 6 to 12, best 9; fewer or more only with a note that says why.

A set that has no members yet is being gathered: it may grow one by one, and no session can be
planned for it before it has 6 or a note. Whoever leaves the network is never kept in a set for the
sake of its size.
"""

from __future__ import annotations

from bot.wording import sets as wording

SMALLEST, BEST, LARGEST = 6, 9, 12
"""From the account of the sets of 2023: enough for different eyes, few enough for each to speak."""


class SetError(Exception):
    """What was asked of the sets cannot be done. `sentence` is what is read.

    SetError
      NoSuchSet
      SetNameTaken
      BadSetName
      PurposeTooLong
      NoteTooLong
      TooFew
      TooMany
      NotYourSet
      EditedMeanwhile
    """

    @property
    def sentence(self) -> str:
        return (type(self).__doc__ or "").strip()


class UnusualSize(SetError):
    """A set has 6 to 12 members."""

    def __init__(self, members: int) -> None:
        super().__init__(members)
        self.members = members


class TooFew(UnusualSize):
    """A set has at least 6 members."""

    @property
    def sentence(self) -> str:
        return wording.too_few(self.members)


class TooMany(UnusualSize):
    """A set has at most 12 members."""

    @property
    def sentence(self) -> str:
        return wording.too_many(self.members)


class NotYourSet(SetError):
    """Only who facilitates a set, and administrators, may do that."""


def usual(members: int) -> bool:
    return SMALLEST <= members <= LARGEST


def note_for(before: int | None, after: int, *, kept: str, given: str) -> str:
    """The note to keep once a set has `after` members; `before` None for a new one.

    A note holds while the set stays as small, or as large, as it was written for. Raises TooFew,
    TooMany where one is wanted and there is none.
    """
    if usual(after):
        return ""
    if given:
        return given
    if before is not None and _side(before) == _side(after) and (kept or after < SMALLEST):
        return kept
    if after > LARGEST:
        raise TooMany(after)
    if after or before:
        raise TooFew(after)
    return ""


def _side(members: int) -> int:
    return (members > LARGEST) - (members < SMALLEST)
