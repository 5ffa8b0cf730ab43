"""`sets`: the action learning sets that the member is in, and those they look after."""

from __future__ import annotations

from datetime import datetime

from bot.flows import set_form
from bot.flows.turn import Context, Turn
from bot.learning_sets.sets import SetView
from bot.messages import Choice, Text
from bot.wording import leading
from bot.wording import sets as words


def sets(context: Context) -> Turn:
    mine, led = context.lookup.sets(), context.lookup.leading.sets()
    makes = set_form.may_create(context)
    choices = (
        *((Choice(words.POST, "say:post"),) if mine else ()),
        *((Choice(leading.CREATE, "say:create set"),) if makes else ()),
        *((Choice(leading.SUGGEST, "say:suggest sets"),) if makes else ()),
    )
    upcoming = context.lookup.leading.next_sessions(
        [one.id for one in (*mine, *led)], now=context.now
    )
    parts = [
        words.yours([_line(one, upcoming.get(one.id)) for one in mine]) if mine else "",
        words.led([_led(one, upcoming.get(one.id)) for one in led]) if led else "",
    ]
    said = "\n\n".join(filter(None, parts))
    return Turn((Text(said or words.NO_SET, choices),))


def _line(one: SetView, meets: datetime | None) -> str:
    return words.line(
        one.name, one.members, one.purpose, facilitated=one.facilitators > 0, meets=meets
    )


def _led(one: SetView, meets: datetime | None) -> str:
    return words.led_line(one.name, one.members, one.purpose, gathered=one.gathered, meets=meets)
