"""Sessions in the chat: the list, one of them, coming or not, and what can be said about them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.challenges.models import ChallengeState
from bot.flows import after_session, change_session, peers, plan_session, sharing
from bot.flows.effect.sessions import AskedForCalendar, Came, KeptInSet, Volunteered
from bot.flows.meaning import Command, Pressed, Said
from bot.flows.named import code_and_words
from bot.flows.plan import FormPlan
from bot.flows.turn import Context, Turn
from bot.learning_sets.notices import come_choices
from bot.learning_sets.seats import Rsvp
from bot.learning_sets.session_errors import NoSuchSession
from bot.learning_sets.session_views import SessionView
from bot.messages import MOST_CHOICES, Choice, Choices, Link, Text
from bot.wording import facilitating as told
from bot.wording import sessions as words
from bot.wording import write_ups as written

SHOWN = 8
"""Sessions that a list shows; each has a button, and there is room for two more."""
_RSVP = {one.value: one for one in Rsvp}


def sessions(context: Context) -> Turn:
    """`sessions`: those to come, and for those who facilitate what is to be written up."""
    ahead = context.lookup.meetings.upcoming(context.now)
    facilitated = context.lookup.meetings.facilitated()
    plan = (Choice(words.PLAN, "say:plan session"),) if facilitated else ()
    past = _to_see_to(context)
    if not ahead and not past:
        return Turn((Text(words.NO_SESSIONS_YET if facilitated else words.NO_SESSIONS, plan),))
    shown = [*ahead[: SHOWN - len(past)], *past]
    lines = [_listed(one) for one in shown]
    if len(ahead) > SHOWN - len(past):
        lines.append(words.more(len(ahead) - SHOWN + len(past)))
    choices = tuple(Choice(_label(one), f"session:{one.code}") for one in shown)
    return Turn((Choices("\n\n".join((words.YOUR_SESSIONS, *lines)), (*choices, *plan)),))


def _to_see_to(context: Context) -> tuple[SessionView, ...]:
    return context.lookup.meetings.lately(context.now)[:2]


def _label(one: SessionView) -> str:
    return words.code_line(one.code, one.arrangement)


def _listed(one: SessionView) -> str:
    agenda = [issue.code for issue in one.agenda]
    return words.listed(one.code, one.arrangement, one.set_name, _answer(one), agenda)


def _answer(one: SessionView) -> str | None:
    if not one.invited:
        return "facilitates"
    return one.rsvp.value if one.rsvp is not None else None


def show(code: str, context: Context) -> Turn:
    """`session CODE`."""
    one = context.lookup.meetings.view(code)
    if one is None:
        return no_such_session()
    picked = [words.issue(issue.code, issue.problem) for issue in one.agenda]
    waiting = [words.issue(each.code, each.problem) for each in one.issues if not each.picked]
    text = words.shown(
        one.code,
        one.set_name,
        one.arrangement,
        cancelled=not one.planned,
        answer=_answer(one),
        agenda=picked,
        waiting=waiting,
    )
    row = context.lookup.meetings.write_up(one) if one.planned else None
    if row is not None:
        text = f"{text}\n{written.came_of_it(row.explored, row.ideas)}"
    if one.facilitates and one.planned:
        text = f"{text}\n{_who(one, context)}"
    join = one.arrangement.link if one.planned and one.ends > context.now else ""
    link = Link(words.JOIN, join) if join else None
    return Turn((Text(text, _choices(one, context)[:MOST_CHOICES], link=link),))


def catch_up(code: str, context: Context) -> Turn:
    """`catch up CODE`: what was explored, for who was away; thanks, for who was there."""
    one = context.lookup.meetings.view(code)
    if one is None:
        return no_such_session()
    said = context.lookup.meetings.afterwards(one)
    return Turn((said,)) if said is not None else show(code, context)


def _who(one: SessionView, context: Context) -> str:
    """Who said what, for those who facilitate the set and nobody else."""
    said: dict[str, list[str]] = {}
    for line in context.lookup.meetings.grid(one):
        said.setdefault(line.rsvp.value if line.rsvp is not None else "", []).append(line.name)
    return told.who_comes(said)


def no_such_session() -> Turn:
    return Turn((Text(NoSuchSession().sentence, (_see_sessions(),)),))


def _see_sessions() -> Choice:
    return Choice(words.SEE_SESSIONS, "say:sessions")


def _choices(one: SessionView, context: Context) -> tuple[Choice, ...]:
    """What can be done about it now; a member's own first."""
    code, choices = one.code, list[Choice]()
    ahead = one.planned and one.ends > context.now
    if ahead and one.invited:
        choices += [*come_choices(code), Choice(words.VOLUNTEER, f"volunteer:{code}")]
        mine = context.lookup.meetings.mine(one)
        choices += [Choice(words.TAKE_OFF, f"volunteer-not:{code}:{each}") for each in mine[:1]]
    if one.planned and one.invited and one.starts <= context.now:
        choices.append(Choice(words.CATCH_UP, f"catch-up:{code}"))
    if one.facilitates and one.planned:
        choices += after_session.choices(one, context)
        if ahead:
            choices += change_session.choices(one)
    return tuple(choices) or (_see_sessions(),)


def come(code: str, answer: str, *, whole_series: bool = False) -> Turn:
    return Turn((), (Came(code, _RSVP[answer], whole_series),))


def _come(said: Said, context: Context) -> Turn:
    code, answer = code_and_words(said.argument)
    if not code:
        return Turn((Text(words.WHICH, (_see_sessions(),)),))
    if context.lookup.meetings.view(code) is None:
        return no_such_session()
    return come(code, answer)


def volunteer(code: str, context: Context, challenge: str = "") -> Turn:
    """`volunteer CODE`, of the session; or of the member's challenge, for their next session."""
    one = context.lookup.meetings.view(code)
    if one is None:
        return _with_challenge(code, context)
    if challenge:
        return Turn((), (Volunteered(one.code, challenge),))
    own = [
        line
        for line in context.lookup.own_challenges()
        if line.state is ChallengeState.OPEN and line.code not in context.lookup.meetings.mine(one)
    ]
    if not own:
        return Turn((Text(words.NOTHING_TO_BRING, (Choice(words.POST, "say:post"),)),))
    choices = tuple(
        Choice(words.bring(line.code, line.problem), f"volunteer:{one.code}:{line.code}")
        for line in own[: MOST_CHOICES - 1]
    )
    return Turn((Choices(words.WHICH_CHALLENGE.format(code=one.code), choices),))


def _with_challenge(code: str, context: Context) -> Turn:
    ahead = [one for one in context.lookup.meetings.upcoming(context.now) if one.invited]
    if code not in [line.code for line in context.lookup.own_challenges()] or not ahead:
        return no_such_session()
    if len({one.set_id for one in ahead}) == 1:
        return Turn((), (Volunteered(ahead[0].code, code),))
    choices = (Choice(_label(one), f"volunteer:{one.code}:{code}") for one in ahead)
    return Turn((Choices(words.WHICH_SESSION, tuple(choices)[:MOST_CHOICES]),))


def _volunteer(said: Said, context: Context) -> Turn:
    code, challenge = code_and_words(said.argument)
    if not code:
        return Turn((Text(words.WHICH, (_see_sessions(),)),))
    return volunteer(code, context, challenge.upper())


def _by_code(said: Said, context: Context) -> Turn:
    """A code alone may be a session's."""
    code, _ = code_and_words(said.argument)
    if code and context.lookup.meetings.view(code) is not None:
        return show(code, context)
    return peers.COMMANDS[Command.CHALLENGE](said, context)


def _show(said: Said, context: Context) -> Turn:
    return show(said.argument, context) if said.argument else sessions(context)


def _keep(said: Said, context: Context) -> Turn:
    """`keep CODE`, of a challenge or of a session's write-up."""
    if context.lookup.meetings.view(said.argument) is not None:
        return Turn((), (KeptInSet(said.argument),))
    return sharing.keep(said, context)


Act = Callable[[str, Context], Turn]


def _about(act: Act) -> Callable[[Said, Context], Turn]:
    """A command that wants a code."""

    def said(said: Said, context: Context) -> Turn:
        if not said.argument:
            return Turn((Text(words.WHICH, (_see_sessions(),)),))
        return act(said.argument, context)

    return said


def _attendance(said: Said, context: Context) -> Turn:
    code, who = code_and_words(said.argument)
    if not code:
        return Turn((Text(words.WHICH, (_see_sessions(),)),))
    return after_session.attendance(code, context, who)


COMMANDS: Mapping[Command, Callable[[Said, Context], Turn]] = {
    Command.SESSIONS: lambda _, context: sessions(context),
    Command.SESSION: _show,
    Command.CHALLENGE: _by_code,
    Command.COME: _come,
    Command.VOLUNTEER: _volunteer,
    Command.PLAN_SESSION: lambda _, context: plan_session.begin(context),
    Command.MOVE: _about(change_session.move),
    Command.CANCEL_SESSION: _about(change_session.cancel),
    Command.AGENDA: _about(after_session.agenda),
    Command.ATTENDANCE: _attendance,
    Command.CATCH_UP: _about(catch_up),
    Command.WRITE_UP: _about(after_session.write_up),
    Command.KEEP: _keep,
    Command.CALENDAR: lambda _, __: Turn((), (AskedForCalendar(),)),
    Command.RENEW_CALENDAR: lambda _, __: Turn((), (AskedForCalendar(renewed=True),)),
}

PLANS: Mapping[str, FormPlan] = {
    plan.name: plan
    for plan in (
        plan_session.PLAN,
        change_session.MOVE,
        after_session.AGENDA,
        after_session.ATTENDANCE,
        after_session.WRITE_UP,
    )
}


def pressed(press: Pressed, context: Context) -> Turn | None:
    """What a button about a session does; None where it is not one of ours."""
    match press.verb, press.arguments:
        case "session", (code,):
            return show(code, context)
        case "come", (code, answer) if answer in _RSVP:
            return come(code, answer)
        case "come", (code, answer, "all") if answer in _RSVP:
            return come(code, answer, whole_series=True)
        case "volunteer", (code,):
            return volunteer(code, context)
        case "volunteer", (code, challenge):
            return Turn((), (Volunteered(code, challenge),))
        case "volunteer-not", (code, challenge):
            return Turn((), (Volunteered(code, challenge, brings=False),))
        case "catch-up", (code,):
            return catch_up(code, context)
        case "keep-in-set", (code,):
            return Turn((), (KeptInSet(code),))
    return change_session.pressed(press, context) or after_session.pressed(press, context)
