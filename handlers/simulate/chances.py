"""When a nudge could first have gone to somebody: the checker's own reading of the rules.

It walks along what the person did and what reached them. Between two such events nothing changes,
so the first free moment there follows from how things stood at the beginning.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from handlers.simulate.people import Person
from handlers.simulate.rest import rest_ends

WEEK = timedelta(days=7)
PATIENCE, MORE_PATIENCE = 4, 8
"""Messages without a word back, after which there is one a week, and one in four weeks."""
FORM_IN_HAND = timedelta(hours=1)
NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Outage:
    """From when until when nothing worked; the same twice for none."""

    begins: datetime
    ends: datetime

    def over(self, at: datetime) -> datetime:
        """The first moment from then on at which things work."""
        return self.ends if self.begins <= at < self.ends else at


@dataclass(frozen=True)
class Trail:
    """What a person did, and when messages with nudges reached them, oldest first.

    `nudged` are all of those, `unasked` those that did not wait behind a knock until they wrote,
    and `knocks` those that were one.
    """

    person: Person
    nudged: Sequence[datetime]
    outage: Outage
    unasked: Sequence[datetime] = ()
    knocks: Sequence[datetime] = ()

    def first_chance(self, since: datetime, before: datetime) -> datetime | None:
        """When a nudge that was due since then could first have gone, before that moment."""
        moments = [since, *(at for at in self._events() if since < at < before), before]
        for here, following in pairwise(moments):
            free = self._free(here)
            if free < following:
                return free
        return None

    def _events(self) -> list[datetime]:
        one = self.person
        given = [*one.said, *one.forms, *self.nudged]
        given += [at for at, _ in one.mutes] + [at for at, _ in one.stops]
        return sorted(set(given))

    def _free(self, at: datetime) -> datetime:
        """The first free moment from then on, if nothing happens any more."""
        one = self.person
        if one.stopped_at(at) or self._knocked(at):
            return NEVER
        free = max(at, self.room_in_week(at), self.patient_until(at), self._form_until(at))
        muted = one.muted_until(at)
        if muted is not None:
            free = max(free, muted)
        if free == NEVER:
            return NEVER
        rested = rest_ends(one, free)
        works = self.outage.over(rested)
        return works if works == rested else rest_ends(one, works)

    def room_in_week(self, at: datetime) -> datetime:
        """When seven days have room for another message, after those until `at`."""
        limit = self.person.limit
        if limit == 0:
            return NEVER
        lately = self.nudged[: bisect_right(self.nudged, at)][-limit:]
        return lately[0] + WEEK if len(lately) == limit else at

    def patient_until(self, at: datetime) -> datetime:
        """When somebody who never answers may hear again, after the messages until `at`."""
        sent = self.unasked[: bisect_right(self.unasked, at)]
        said = [one for one in self.person.said if one <= at]
        unanswered = len(sent) - bisect_right(sent, said[-1]) if said else len(sent)
        if unanswered < PATIENCE:
            return at
        return sent[-1] + WEEK * (4 if unanswered >= MORE_PATIENCE else 1)

    def _knocked(self, at: datetime) -> bool:
        """Whether a knock has not been answered by then: nothing else can reach them."""
        last = bisect_right(self.knocks, at)
        return last > 0 and not any(self.knocks[last - 1] < said <= at for said in self.person.said)

    def _form_until(self, at: datetime) -> datetime:
        """An hour after they last had a form in hand, finished or not."""
        forms = self.person.forms
        last = bisect_right(forms, at)
        return forms[last - 1] + FORM_IN_HAND if last else at

    def earlier(self, at: datetime) -> Trail:
        """The same without what reached them from then on."""
        return Trail(
            self.person,
            self.nudged[: bisect_left(self.nudged, at)],
            self.outage,
            self.unasked[: bisect_left(self.unasked, at)],
            self.knocks[: bisect_left(self.knocks, at)],
        )
