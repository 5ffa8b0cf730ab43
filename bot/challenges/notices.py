"""Who is told what of a challenge: rules over facts, without a database or a clock.

Whoever did a thing is not told of it. Whoever muted the thread, stopped the bot or asked for quiet
hears nothing, but what an author is owed of their own challenge waits for the end of the quiet.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

from bot.challenges import entry_notices
from bot.challenges.entry_notices import EntryEvent, Pointed, WouldShare
from bot.challenges.models import ChallengeState, MarkKind, ReplyKind
from bot.challenges.routing import Reason
from bot.messages import Choice, Text
from bot.wording import challenges as wording


@dataclass(frozen=True)
class Hearer:
    """A participant, as far as it matters who is told."""

    participant_id: int
    member_id: int
    author: bool = False
    follows: bool = False
    asked: bool = False
    muted: bool = False
    stopped: bool = False
    quiet_until: datetime | None = None


@dataclass(frozen=True)
class Subject:
    """The challenge as it is told of."""

    code: str
    problem: str
    context: str
    tried: str


@dataclass(frozen=True)
class Asked:
    """These were chosen to be asked, each for a reason."""

    why: Mapping[int, Reason]


@dataclass(frozen=True)
class Replied:
    """Somebody replied, or (with `change`) corrected what they had replied."""

    reply_id: int
    ref: str
    by: int
    label: str
    kind: ReplyKind
    text: str
    change: int = 0


@dataclass(frozen=True)
class TakenBack:
    """Somebody withdrew a reply."""

    reply_id: int
    by: int
    label: str


@dataclass(frozen=True)
class Edited:
    """The author changed what they had posted."""

    change: int
    by: int


@dataclass(frozen=True)
class Turned:
    """The challenge is closed, solved, open again or withdrawn now. `thanked` is who solved it."""

    change: int
    to: ChallengeState
    by: int
    thanked: int | None = None


@dataclass(frozen=True)
class AuthorLeft:
    """The author left the network, and their words are gone."""


@dataclass(frozen=True)
class Appreciated:
    """A reply is of use to somebody."""

    reply_id: int
    to: int
    kind: MarkKind


@dataclass(frozen=True)
class Unanswered:
    """The challenge comes to the moderators: nobody has replied."""

    to: frozenset[int]


@dataclass(frozen=True)
class Reported:
    """Somebody asks those who look after the network to look at something.

    `quoted_from` says whose words the message carries: participants, and what they said.
    """

    report_id: int
    to: frozenset[int]
    reason: str
    quoted: str
    quoted_from: tuple[tuple[int, int], ...] = ()


PeerEvent = (
    Asked | Replied | TakenBack | Edited | Turned | AuthorLeft | Appreciated | Unanswered | Reported
)
Event = PeerEvent | EntryEvent


def key(event: Event) -> tuple[str, int]:
    """What an event is and about which: nobody is told of the same one twice."""
    match event:
        case Replied():
            return ("corrected", event.change) if event.change else ("replied", event.reply_id)
        case TakenBack():
            return "taken back", event.reply_id
        case Edited():
            return "edited", event.change
        case Turned():
            return "turned", event.change
        case Appreciated():
            return event.kind.value, event.reply_id
        case Reported():
            return "reported", event.report_id
        case WouldShare() | Pointed():
            return entry_notices.key(event)
        case Asked() | Unanswered() | AuthorLeft():
            return type(event).__name__.lower(), 0
        case _:
            assert_never(event)


def audience(event: Event, hearers: Collection[Hearer]) -> tuple[Hearer, ...]:
    """Who is told."""
    return tuple(one for one in hearers if _concerned(event, one) and _listening(one))


def _listening(one: Hearer) -> bool:
    return not (one.muted or one.stopped or (one.quiet_until is not None and not one.author))


def _concerned(event: Event, one: Hearer) -> bool:
    match event:
        case Asked():
            return one.participant_id in event.why
        case Unanswered() | Reported():
            return one.participant_id in event.to and not one.author
        case Appreciated():
            return one.participant_id == event.to
        case Replied() | TakenBack():
            return (one.author or one.follows) and one.participant_id != event.by
        case Edited():
            return (one.follows or one.asked) and one.participant_id != event.by
        case Turned():
            return one.follows and one.participant_id != event.by
        case AuthorLeft():
            return one.follows
        case WouldShare() | Pointed():
            return entry_notices.concerned(event, one.participant_id, author=one.author)
        case _:
            assert_never(event)


def message(event: Event, subject: Subject, one: Hearer) -> Text:
    """What somebody of the audience reads."""
    if isinstance(event, WouldShare | Pointed):
        return entry_notices.message(event, subject.code)
    return _among_peers(event, subject, one)


def _among_peers(event: PeerEvent, subject: Subject, one: Hearer) -> Text:
    code = subject.code
    match event:
        case Asked():
            said = (subject.problem, subject.context, subject.tried)
            why = wording.WHY[event.why[one.participant_id].value]
            return Text(wording.asked(code, *said, why), _helping(code))
        case Replied():
            return _replied(event, code, one)
        case TakenBack():
            return Text(wording.taken_back(code, event.label), _listening_choices(code))
        case Edited():
            said = (subject.problem, subject.context, subject.tried)
            return Text(wording.edited(code, *said, follows=one.follows), _following(code))
        case Turned():
            thanked = event.thanked == one.participant_id
            text = wording.turned(code, event.to.value, thanked=thanked)
            open_again = event.to is ChallengeState.OPEN
            return Text(text, _following(code) if open_again else _listening_choices(code))
        case AuthorLeft():
            return Text(wording.author_left(code))
        case Appreciated():
            return Text(wording.appreciated(code, event.kind.value), _listening_choices(code))
        case Unanswered():
            return Text(wording.unanswered(code, subject.problem), _helping(code))
        case Reported():
            return Text(
                wording.reported(code, event.reason, event.quoted),
                (Choice(wording.SHOW, f"show:{code}"),),
            )
        case _:
            assert_never(event)


def _replied(event: Replied, code: str, one: Hearer) -> Text:
    said = (code, event.label, event.kind.value, event.text)
    if not one.author:
        text = wording.reply_followed(*said, corrected=event.change > 0)
        helped = (Choice(wording.HELPED, f"helped:{event.ref}"),)
        by_author = event.kind is ReplyKind.AUTHOR
        return Text(text, (() if by_author else helped) + _following(code))
    text = wording.reply_to_author(*said, corrected=event.change > 0)
    if event.kind is ReplyKind.QUESTION:
        return Text(text, (Choice(wording.ANSWER, f"reply:{code}"), _mute(code)))
    return Text(
        text,
        (
            Choice(wording.TRY, f"try:{event.ref}"),
            Choice(wording.HELPED, f"helped:{event.ref}"),
            Choice(wording.SOLVED, f"solved:{event.ref}"),
            Choice(wording.ANSWER, f"reply:{code}"),
            _mute(code),
        ),
    )


def _mute(code: str) -> Choice:
    return Choice(wording.MUTE, f"mute:{code}")


def _helping(code: str) -> tuple[Choice, ...]:
    return (
        Choice(wording.OFFER, f"offer:{code}"),
        Choice(wording.ASK_BACK, f"question:{code}"),
        Choice(wording.SAME, f"same:{code}"),
        Choice(wording.FOLLOW, f"follow:{code}"),
        _mute(code),
    )


def _following(code: str) -> tuple[Choice, ...]:
    return (Choice(wording.REPLY, f"reply:{code}"), *_listening_choices(code))


def _listening_choices(code: str) -> tuple[Choice, ...]:
    return (Choice(wording.SHOW, f"show:{code}"), _mute(code))


def quotes(event: Event) -> bool:
    """Whether the message carries the words of the challenge itself."""
    return isinstance(event, Asked | Edited | Unanswered)
