"""What a member reads of sessions that are new, moved or called off: one message for one set."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.learning_sets import calendars
from bot.learning_sets.clashes import Clash
from bot.learning_sets.seats import Rsvp
from bot.learning_sets.sessions import SetSession
from bot.messages import Choice, Link, Text
from bot.wording import sessions as wording


@dataclass(frozen=True)
class Told:
    """A session to tell of. `before`: its sequence that the reader knows, None where they know
    nothing of it; `was`: when it began before this change.
    """

    session: SetSession
    before: int | None
    was: datetime | None = None
    clash: Clash | None = None


def message(set_name: str, about: Sequence[Told], mark: str) -> Text:
    """`mark` is that of the reader's calendar."""
    new = [one for one in about if one.before is None]
    moved = [one for one in about if one.before is not None and one.session.planned]
    off = [one for one in about if not one.session.planned]
    parts = [
        *(
            [wording.invited(set_name, [_line(one, many=len(new) > 1) for one in new])]
            if new
            else ()
        ),
        *(wording.changed(set_name, one.session.code, _where(one), _was(one)) for one in moved),
        *(wording.called_off(set_name, one.session.code, _when(one)) for one in off),
        *(_clash(one) for one in about if one.clash is not None and one.session.planned),
        wording.why(set_name),
    ]
    standing = [*new, *moved]
    return Text("\n\n".join(parts), _choices(standing), link=_link(about, standing, mark))


def _line(one: Told, *, many: bool) -> str:
    return f"{one.session.code}: {_where(one)}" if many else _where(one)


def _where(one: Told) -> str:
    return wording.arrangement(one.session.arrangement)


def _when(one: Told) -> str:
    return wording.start(one.session.starts_on, one.session.starts_at)


def _was(one: Told) -> str:
    if one.was is None or one.was == one.session.starts:
        return ""
    local = one.was.astimezone(ZoneInfo(one.session.zone))
    return wording.start(local.date(), local.time())


def _clash(one: Told) -> str:
    clash = one.clash
    return wording.clash_of_yours(one.session.code, clash.code, clash.set_name) if clash else ""


def _choices(standing: Sequence[Told]) -> tuple[Choice, ...]:
    if not standing:
        return (Choice(wording.SEE_SESSIONS, "say:sessions"),)
    code = standing[0].session.code
    if len(standing) == 1:
        return come_choices(code)
    series = {one.session.series for one in standing}
    if len(series) > 1 or None in series:
        return (Choice(wording.ONE_BY_ONE, "say:sessions"),)
    return (
        Choice(wording.YES_TO_ALL, f"come:{code}:yes:all"),
        Choice(wording.NO_TO_ALL, f"come:{code}:no:all"),
        Choice(wording.ONE_BY_ONE, "say:sessions"),
    )


def come_choices(code: str) -> tuple[Choice, ...]:
    """Will you come? A bare yes, maybe or no answers it too."""
    return tuple(Choice(wording.COMING[one.value], f"come:{code}:{one.value}") for one in Rsvp)


def _link(about: Sequence[Told], standing: Sequence[Told], mark: str) -> Link:
    if len(about) > 1:
        return calendars.link(wording.ALL_IN_CALENDAR, mark)
    label = wording.IN_CALENDAR if standing else wording.OUT_OF_CALENDAR
    return calendars.link(label, mark, about[0].session.code)
