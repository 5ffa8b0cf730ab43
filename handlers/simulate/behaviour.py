"""What people do when something reaches them: they answer, fill in, mute, stop, leave, or nothing.

Seeded chance decides. What they do comes later, at an hour at which people are awake, as words
that they type or buttons of the message that they got.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import Enum, auto

from bot.messages import Choice, FieldKind, Form
from handlers.simulate.channel import Reached
from handlers.simulate.people import Person
from handlers.simulate.rest import HOME

MOST_STEPS = 12
"""Messages that somebody writes in one go before they put the telephone away."""
_ASLEEP = (time(23), time(6, 45))
_MINUTE, _HOUR, _DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


class Meant(Enum):
    """What a message is for, where the world has to know."""

    TALK = auto()
    MUTE = auto()
    STOP = auto()
    START = auto()
    LEAVE = auto()
    REFUSE = auto()


@dataclass(frozen=True)
class Saying:
    """What somebody will say: words, or a button by its value. `step` counts in one go.

    `until`: when a mute that they ask for ends. `kind` is what they want no more of.
    """

    text: str = ""
    value: str | None = None
    meant: Meant = Meant.TALK
    step: int = 1
    until: datetime | None = None
    kind: str = ""


def about(
    person: Person, message: Reached, dice: random.Random
) -> Iterator[tuple[datetime, Saying]]:
    """What somebody does about a message that the bot began, and when."""
    temper, at = person.temper, message.at
    if person.stopped:
        return
    if dice.random() < temper.leaves:
        yield awake(at + dice.random() * _DAY), Saying("forget me", meant=Meant.LEAVE)
    elif dice.random() < temper.stops:
        yield awake(at + dice.random() * _DAY), Saying("stop", meant=Meant.STOP)
        again = at + dice.randrange(2, 40) * _DAY
        yield awake(again), Saying("start", meant=Meant.START)
    elif dice.random() < temper.mutes:
        yield _mute(awake(at + dice.random() * _DAY), dice)
    elif dice.random() < temper.answers:
        saying = _answer(message, dice)
        if saying is not None:
            yield awake(at + _delay(dice)), saying


def _mute(at: datetime, dice: random.Random) -> tuple[datetime, Saying]:
    """The words are typed the British way; the mute ends as that day begins."""
    day = at.astimezone(HOME).date() + timedelta(days=dice.randrange(2, 30))
    until = datetime.combine(day, time(0), HOME).astimezone(UTC)
    words = dice.choice((f"mute until {day:%d/%m/%Y}", f"mute until {day.day} {day:%B %Y}"))
    return at, Saying(words, meant=Meant.MUTE, until=until)


def _delay(dice: random.Random) -> timedelta:
    soon, today, later = dice.random() * 10 * _MINUTE, dice.random() * 6 * _HOUR, 3 * _DAY
    return _MINUTE + dice.choices((soon, today, dice.random() * later), (4, 4, 2))[0]


def _answer(message: Reached, dice: random.Random) -> Saying | None:
    """One of its buttons, seldom the one that asks why or ends this kind of nudge; a knock has
    none, and wants any word."""
    if message.knock:
        return Saying(dice.choice(("hello", "what is it?")))
    choices = message.content.choices
    if not choices:
        return None
    weights = [0.05 if one.value.startswith(("why-", "stop-")) else 1 for one in choices]
    return _press(dice.choices(choices, weights)[0], step=1)


def _press(choice: Choice, *, step: int) -> Saying:
    if choice.value.startswith("stop-nudges:"):
        kind = choice.value.partition(":")[2]
        return Saying(value=choice.value, meant=Meant.REFUSE, step=step, kind=kind)
    return Saying(value=choice.value, step=step)


def next_step(
    person: Person, said: Saying, answers: Sequence[Reached], dice: random.Random, at: datetime
) -> tuple[datetime, Saying] | None:
    """How a conversation goes on after the bot's answers."""
    last = answers[-1] if answers else None
    if last is None or said.step >= MOST_STEPS or dice.random() > person.temper.finishes:
        return None
    soon, step = at + _MINUTE + dice.random() * 3 * _MINUTE, said.step + 1
    if said.meant is Meant.LEAVE and "forget:yes" in last.values:
        return soon, Saying(value="forget:yes", meant=Meant.LEAVE, step=step)
    if isinstance(last.content, Form):
        return soon, _filled(last.content, at, step, dice)
    if last.content.choices and dice.random() < 0.2:
        return soon, _press(dice.choice(last.content.choices), step=step)
    return None


def _filled(form: Form, at: datetime, step: int, dice: random.Random) -> Saying:
    """An answer to what a form asks now; near the end of their patience they leave it."""
    if step >= MOST_STEPS - 1 or form.asked.problem:
        return Saying("cancel", step=step)
    match form.asked.kind:
        case FieldKind.CHOICE:
            return _press(dice.choice(form.choices), step=step)
        case FieldKind.CHOICES:
            return Saying("1", step=step)
        case FieldKind.DATE:
            day = at.astimezone(HOME).date() + timedelta(days=dice.randrange(5, 25))
            return Saying(f"{day:%d/%m/%Y}", step=step)
        case _:
            return Saying(f"We went door to door, {dice.randrange(10**6)} of them", step=step)


def awake(at: datetime) -> datetime:
    """Then, or in the morning after a night's sleep."""
    local = at.astimezone(HOME)
    night, morning = _ASLEEP
    if local.time() >= night:
        local += _DAY
    elif local.time() >= morning:
        return at
    moment = datetime.combine(local.date(), morning, HOME).astimezone(UTC)
    return moment + timedelta(seconds=at.timestamp() % 1800)
