"""What was due: the planner's own output, caught when it first appears.

A nudge is planned as long as the facts ask for it. It was due if it was planned at its time or
after; where the facts changed later and nobody had decided it, it was overtaken.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from bot.nudges.kinds import WEIGHTS
from bot.nudges.nudge import Nudge, OfMeeting


@dataclass
class Planned:
    """A nudge as it was planned, times in UTC. `since`: from when on, without a break.

    `promised` is the session and the local start that it is about. `gone_at`: when the facts no
    longer asked for it; `was_due` that it was due before they first did so.
    """

    key: str
    member_id: int
    kind: str
    thing: str
    most: int
    due: datetime
    useless_at: datetime
    since: datetime
    promised: tuple[int, str] | None = None
    gone_at: datetime | None = None
    was_due: bool = False

    def due_by(self, end: datetime) -> bool:
        return self.was_due or (self.gone_at is None and max(self.due, self.since) <= end)

    def goes(self, at: datetime) -> None:
        """The facts do not ask for it any more."""
        self.gone_at = at
        self.was_due = self.was_due or self.due < at


@dataclass
class Plan:
    """All that was ever planned, by key. `open` are the keys of each member's undecided ones."""

    all: dict[str, Planned] = field(default_factory=dict)
    open: dict[int, set[str]] = field(default_factory=dict)

    def seen(
        self,
        member_ids: Iterable[int],
        nudges: Iterable[Nudge],
        undecided: Collection[str],
        decided: frozenset[str],
        *,
        since: datetime,
        now: datetime,
    ) -> None:
        """What is planned for these members now; no longer told of what was of no use by `since`.

        `undecided` are those that nobody decided yet; `decided` those of theirs that were decided
        since the last look.
        """
        found: dict[int, set[str]] = {}
        for nudge in nudges:
            self._note(nudge, now)
            if nudge.key in undecided:
                found.setdefault(nudge.member_id, set()).add(nudge.key)
        for member_id in member_ids:
            before, here = self.open.get(member_id, set()), found.get(member_id, set())
            for key in before - here - decided:
                if self.all[key].useless_at > since:
                    self.all[key].goes(now)
            self.open[member_id] = here

    def _note(self, nudge: Nudge, now: datetime) -> None:
        known = self.all.get(nudge.key)
        if known is None:
            self.all[nudge.key] = _planned(nudge, now)
            return
        if known.gone_at is not None:
            if nudge.useless_at <= now:
                return  # the facts ask for it again, but it helps nobody any more
            known.gone_at, known.since = None, now
        known.due, known.useless_at = nudge.due, nudge.useless_at


def _planned(nudge: Nudge, now: datetime) -> Planned:
    about = nudge.about
    promised = (about.meeting.id, about.meeting.promised) if isinstance(about, OfMeeting) else None
    return Planned(
        nudge.key,
        nudge.member_id,
        nudge.kind.value,
        nudge.thing,
        WEIGHTS[nudge.kind].most,
        nudge.due,
        nudge.useless_at,
        now,
        promised,
    )
