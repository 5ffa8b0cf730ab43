"""Logs made by hand: one person, what was planned for them, and what reached them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta

from bot.habits import Nation
from bot.messages import Channel, Choice, Form, FormField, Text
from handlers.simulate import check
from handlers.simulate.chances import Outage
from handlers.simulate.channel import Reached
from handlers.simulate.check import Counts, Log
from handlers.simulate.people import KEEN, Person
from handlers.simulate.plan import Planned
from handlers.simulate.promises import Promises

MORNING = datetime(2026, 3, 4, 9, 30, tzinfo=UTC)
"""A Wednesday; the clocks go forward on the 29th."""
NONE = Outage(MORNING, MORNING)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@dataclass
class Made:
    """A log in the making. Two hours after its time a nudge is of no use, unless it is said."""

    asha: Person = field(
        default_factory=lambda: Person(
            "Asha", Channel.WEB, "web:1", Nation.SCOTLAND, (time(19), time(8)), 3, KEEN, 1
        )
    )
    plan: dict[str, Planned] = field(default_factory=dict)
    reached: list[Reached] = field(default_factory=list)
    promises: Promises = field(default_factory=Promises)
    dropped: dict[str, str] = field(default_factory=dict)
    outage: Outage = NONE
    end: datetime = MORNING + 60 * DAY

    def planned(
        self,
        key: str,
        due: datetime = MORNING,
        *,
        useful: timedelta = 2 * HOUR,
        since: datetime | None = None,
        thing: str = "",
        promised: tuple[int, str] | None = None,
    ) -> Planned:
        one = Planned(
            key,
            self.asha.member_id,
            "reflect",
            thing or key,
            2,
            due,
            due + useful,
            since or due - DAY,
            promised,
        )
        self.plan[key] = one
        return one

    def sent(self, at: datetime, *keys: str, text: str = "", ref: str = "", part: int = 0) -> None:
        """A nudge reached her."""
        content = Text(text or f"Hello {keys}", (Choice("Why?", "why-nudge:1"),))
        self._reached(at, content, keys, ref or f"ref-{len(self.reached)}", part)

    def knocked(self, at: datetime, *keys: str) -> None:
        """A knock, and what waits behind it."""
        self._reached(at, Text("Something waits."), keys, f"ref-{len(self.reached)}", 0)
        self.reached[-1] = replace(self.reached[-1], knock=True)

    def given(self, at: datetime, *keys: str) -> None:
        """She wrote, and gets what waited behind the knock."""
        self.asha.said.append(at)
        self.sent(at + timedelta(seconds=30), *keys)
        self.reached[-1] = replace(self.reached[-1], awaited=True)

    def told(self, at: datetime, text: str) -> None:
        """A notice reached her."""
        self._reached(at, Text(text), (), f"ref-{len(self.reached)}", 0)

    def _reached(
        self, at: datetime, content: Text, keys: tuple[str, ...], ref: str, part: int
    ) -> None:
        number = len(self.reached)
        to = (self.asha.channel, self.asha.address)
        self.reached.append(Reached(ref, part, number, *to, at, content, True, keys))

    def nudged(self, key: str, due: datetime, at: datetime | None = None) -> None:
        """One that was due and sent."""
        self.planned(key, due)
        self.sent(at or due, key)

    def counted(self) -> Counts:
        return check.count(
            Log(
                self.plan,
                self.reached,
                (self.asha,),
                self.promises,
                self.dropped,
                self.outage,
                self.end,
            )
        )


FORM = Form("form-1", "A form", (FormField("name", "Which?"),), "name", "Send")
