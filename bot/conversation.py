"""One conversation, whatever the channel: chooses or resumes a flow and makes its turn so."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from bot import cursor, effects, invitations, members, outbox, overheard, wording
from bot.boards import posts
from bot.challenges.errors import ChallengeError
from bot.delivery import Recipient
from bot.effects.acting import Acting
from bot.flows import (
    ask,
    between,
    browse,
    console,
    editing,
    form,
    habits,
    moderate,
    own_sets,
    peers,
    posting,
    preferences,
    sessions,
    set_form,
    sharing,
    suggesting,
    sure,
    talk,
    trying,
    welcome,
)
from bot.flows.meaning import (
    Command,
    HandedIn,
    Meaning,
    Pressed,
    Said,
    Unreadable,
    Words,
    code_in,
    command,
    understand,
)
from bot.flows.plans import PLANS
from bot.flows.turn import Context, Reply, State, Turn
from bot.learning_sets.shown import Whose
from bot.members import Member, Role
from bot.messages import Inbound, Spoken, Text
from bot.prepared import Prepared, context_for
from bot.rules import Rules
from bot.wording import boards

_WHILE_STOPPED = {Command.START, Command.STOP, Command.FORGET_ME, Command.MY_DATA}
_FOR_ONE_ALONE = between.FOR_ONE_ALONE | {Command.MY_DATA}
_WITHOUT_WELCOME = {Command.STOP, Command.FORGET_ME, Command.MY_DATA}


@dataclass(frozen=True)
class Exchange:
    """What is said back, and to whom. `shows` are the words of other members in it."""

    replies: tuple[Reply, ...]
    to: Recipient
    shows: tuple[Whose, ...] = ()


def apologise(inbound: Inbound, *, member: Member | None) -> Exchange:
    """For a message that could not be handled after several tries."""
    return Exchange((Text(wording.WENT_WRONG),), _to(inbound, member))


def hold(
    session: Session,
    inbound: Inbound,
    prepared: Prepared,
    *,
    member: Member | None,
    rules: Rules,
    now: datetime,
) -> Exchange:
    """Handles one message inside the caller's transaction, the sender's lock being held."""
    if inbound.on_board is not None:
        return _beside_a_board(session, inbound, prepared, member, rules, now=now)
    if member is None and inbound.channel in rules.open:
        member = _newcomer(session, inbound, now=now)
    if member is None:
        return _at_the_door(session, inbound, rules, now=now)
    members.used(session, inbound.channel, inbound.address, now=now)
    offered = outbox.latest_choices(session, inbound.channel, inbound.address)
    context = context_for(session, inbound, prepared, member=member, now=now)
    context = replace(context, offered=offered)
    meaning = understand(inbound, offered=offered, finding=prepared.finding)
    turn = _turn(cursor.read(session, member.id, now=now), meaning, context)
    done = effects.apply(turn, Acting(session, member, inbound.channel, rules, now))
    if done.gone:
        member = None
    else:
        cursor.store(session, member.id, done.state, now=now)
    to = _to(inbound, member)
    if inbound.overheard and isinstance(meaning, Said) and meaning.command in _FOR_ONE_ALONE:
        to = replace(to, place="")
    return Exchange(done.replies, to, done.shows)


def _to(inbound: Inbound, member: Member | None) -> Recipient:
    return Recipient(inbound.channel, inbound.address, inbound.place, member.id if member else None)


def _at_the_door(session: Session, inbound: Inbound, rules: Rules, *, now: datetime) -> Exchange:
    code = code_in(inbound.text)
    if code is None:
        return Exchange(welcome.stranger(tried_a_code=False), _to(inbound, None))
    try:
        member = invitations.accept(session, code, inbound.channel, inbound.address, now=now)
    except invitations.NotUsable:
        return Exchange(welcome.stranger(tried_a_code=True), _to(inbound, None))
    done = effects.apply(welcome.joined(), Acting(session, member, inbound.channel, rules, now))
    return Exchange(done.replies, _to(inbound, member))


def _beside_a_board(
    session: Session,
    inbound: Inbound,
    prepared: Prepared,
    member: Member | None,
    rules: Rules,
    *,
    now: datetime,
) -> Exchange:
    """Passed on without a word, unless it cannot be or its author has to decide something first.

    A newcomer is told what is kept of them.
    """
    heard, to = inbound.on_board, _to(inbound, member)
    challenge = posts.at(session, heard.post) if heard else None
    if heard is None or challenge is None:
        return Exchange((), to)
    if member is None and heard.spoken is Spoken.TAKEN_BACK:
        return Exchange((), to)  # there is nothing of theirs
    if member is None and inbound.channel not in rules.open:
        return Exchange((Text(boards.NOT_PASSED_ON),), to)
    if member is not None and member.stopped_at is not None:
        return Exchange((Text(wording.STILL_STOPPED),), to)
    try:
        with session.begin_nested():
            member = member or _newcomer(session, inbound, now=now)
            acting = Acting(session, member, inbound.channel, rules, now)
            context = context_for(session, inbound, prepared, member=member, now=now)
            done = overheard.hear(heard, inbound.text, challenge, context, acting)
    except ChallengeError as refusal:
        return Exchange((Text(refusal.sentence),), to)
    greeting = () if member.welcomed_at else effects.apply(welcome.joined(), acting).replies
    if done.state is not None:
        cursor.store(session, member.id, done.state, now=now)
    return Exchange((*greeting, *done.replies), replace(_to(inbound, member), place=""))


def _newcomer(session: Session, inbound: Inbound, *, now: datetime) -> Member:
    member = members.add(session, None, Role.OFFICER, now=now)
    members.connect(session, member, inbound.channel, inbound.address, now=now)
    return member


def _turn(state: State | None, meaning: Meaning, context: Context) -> Turn:
    wanted = meaning.command if isinstance(meaning, Said) else None
    resumed = _resume(state, meaning, context)
    if resumed is not None:
        return resumed
    if context.person.stopped and wanted not in _WHILE_STOPPED:
        return Turn((Text(wording.STILL_STOPPED),))
    turn = _new(meaning, context)
    if context.attached and not isinstance(meaning, Unreadable):
        turn = talk.also_a_picture(turn)
    turn = form.with_way_back(turn, state, context, PLANS)
    if context.person.welcomed or wanted in _WITHOUT_WELCOME:
        return turn
    return welcome.before(turn, meaning, context.finding)


def _resume(state: State | None, meaning: Meaning, context: Context) -> Turn | None:
    if state is not None and state.flow == sure.FLOW:
        answer = sure.answered(state, meaning, context)
        if isinstance(answer, Pressed):
            return preferences.confirmed(answer) or _button(answer, context)
        return answer
    if state is not None and state.flow == suggesting.FLOW:
        return suggesting.step(state, meaning, context)
    if state is not None and state.flow == trying.FLOW:
        return trying.step(state, meaning, context)
    return form.step(state, context, PLANS)


def _new(meaning: Meaning, context: Context) -> Turn:
    match meaning:
        case Words():
            return ask.question(context)
        case Said():
            return _command(meaning, context)
        case Pressed():
            return _button(meaning, context)
        case HandedIn(filled):
            return form.handed_in(filled, context, PLANS)
        case _:
            return talk.about(meaning, context)


def _button(press: Pressed, context: Context) -> Turn:
    if press.verb == "say" and len(press.arguments) == 1:
        said = command(press.arguments[0])
        if said is not None:
            return _command(said, context)
    turn = (
        ask.pressed(press, context)
        or browse.pressed(press, context)
        or moderate.pressed(press, context)
        or posting.pressed(press, context)
        or sharing.pressed(press, context)
        or editing.pressed(press, context)
        or form.pressed(press, context, PLANS)
        or peers.pressed(press, context)
        or talk.pressed(press)
        or sessions.pressed(press, context)
        or between.pressed(press, context)
    )
    return turn or Turn((Text(wording.OLD_BUTTON),))


def _command(said: Said, context: Context) -> Turn:
    return _COMMANDS[said.command](said, context)


def _nothing_to_leave(_said: Said, _context: Context) -> Turn:
    return Turn((Text(wording.NOTHING_TO_CANCEL),))


_COMMANDS: Mapping[Command, Callable[[Said, Context], Turn]] = {
    Command.HELP: talk.help_for,
    Command.SETS: lambda _, context: own_sets.sets(context),
    Command.CREATE_SET: lambda _, context: set_form.create(context),
    Command.EDIT_SET: set_form.edit,
    Command.SUGGEST_SETS: lambda _, context: suggesting.suggest(context),
    Command.THEMES: browse.themes,
    Command.CONSOLE: lambda _, context: console.console(context),
    Command.WHY: lambda _, context: habits.why(context) or ask.why(context),
    Command.REVIEW: lambda _, context: moderate.review(context),
    Command.POST: lambda _, context: posting.post(context),
    Command.EDIT: editing.edit,
    Command.JOIN: lambda _, __: Turn((Text(wording.ALREADY_JOINED),)),
    Command.STOP: lambda _, __: preferences.stop(),
    Command.START: lambda _, context: preferences.start(context),
    Command.MY_DATA: lambda _, context: preferences.my_data(context, PLANS),
    Command.FORGET_ME: lambda _, context: preferences.forget_me(context),
    Command.SHARE: sharing.share,
    Command.KEEP: sharing.keep,
    Command.NAME_ME: sharing.name_me,
    Command.DO_NOT_NAME_ME: sharing.do_not_name_me,
    Command.BACK: _nothing_to_leave,
    Command.SKIP: _nothing_to_leave,
    Command.CANCEL: lambda _, context: form.cancel(context, PLANS),
    Command.CARRY_ON: lambda _, context: form.carry_on(context, PLANS),
    **peers.COMMANDS,
    **sessions.COMMANDS,
    **between.COMMANDS,
}
