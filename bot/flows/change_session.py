"""Moving a session, changing where it is, and calling it off: one, or it and all after it.

The form remembers which edition its editor saw. Where somebody else changes the session meanwhile,
it asks one more question, with both versions in it: nothing of either is lost.
"""

from __future__ import annotations

from dataclasses import replace

from bot.drafts import Answers
from bot.flows import form, plan_session, sure
from bot.flows.effect.sessions import CalledOff, Rearranged
from bot.flows.meaning import Pressed
from bot.flows.plan import FormPlan
from bot.flows.turn import Context, Turn
from bot.learning_sets.session_changes import Wish
from bot.learning_sets.session_errors import IsCancelled, IsOver, NoSuchSession
from bot.learning_sets.session_views import SessionView
from bot.messages import Choice, Choices, FieldKind, FormField, Text
from bot.wording import facilitating as words
from bot.wording import sessions as session_words

MINE, AS_IT_IS = "mine", "theirs"
ONE, REST = "one", "rest"


def choices(one: SessionView) -> tuple[Choice, ...]:
    return (
        Choice(session_words.MOVE, f"move:{one.code}"),
        Choice(session_words.CANCEL, f"call-off:{one.code}"),
    )


def pressed(press: Pressed, context: Context) -> Turn | None:
    """What a button about a change does; None where it is not one of ours."""
    match press.verb, press.arguments:
        case "move", (code,):
            return move(code, context)
        case "call-off", (code,):
            return cancel(code, context)
        case "call-off", (code, edition, ("one" | "rest") as how) if edition.isdecimal():
            return Turn((), (CalledOff(Wish(code, int(edition), rest=how == REST)),))
    return None


def refused(code: str, context: Context) -> tuple[SessionView | None, Turn]:
    """The session, where this member may change it now; else why not."""
    one = context.lookup.meetings.view(code)
    see = (Choice(session_words.SEE_SESSIONS, "say:sessions"),)
    if one is None:
        return None, Turn((Text(NoSuchSession().sentence, see),))
    if not one.facilitates:
        return None, Turn((Text(words.NOT_YOURS, see),))
    if not one.planned:
        return None, Turn((Text(IsCancelled(code=one.code).sentence, see),))
    return one, Turn(())


def move(code: str, context: Context) -> Turn:
    """`move CODE`."""
    one, why = refused(code, context)
    if one is None:
        return why
    if one.ends <= context.now:
        return Turn((Text(IsOver(code=one.code).sentence),))
    stands = one.arrangement
    given = {
        "on": (stands.starts_on.isoformat(),),
        "at": (f"{stands.starts_at:%H:%M}",),
        "length": (f"{stands.minutes} minutes",),
        "place": tuple(filter(None, (stands.place,))),
        "link": tuple(filter(None, (stands.link,))),
    }
    return form.start(MOVE, context, about=f"{one.code}:{one.edition}", given=given)


def _fields(answers: Answers, context: Context) -> tuple[FormField, ...]:
    code, _, seen = answers.about.partition(":")
    one = context.lookup.meetings.view(code)
    asked = (
        replace(plan_session.ON, hint=""),
        plan_session.AT,
        plan_session.LENGTH,
        replace(plan_session.PLACE, hint=words.NONE_HINT),
        replace(plan_session.LINK, hint=words.NONE_HINT),
    )
    if one is None:
        return asked
    following = (
        Choice(words.ONLY_THIS, ONE),
        Choice(words.rest(one.later), REST),
    )
    rest = FormField("rest", words.REST, "", FieldKind.CHOICE, following, required=True)
    fields = (*asked, *((rest,) if one.later else ()))
    if str(one.edition) == seen or any(each.name not in answers for each in asked[:2]):
        return fields
    return (*fields, _meanwhile(one, answers, context))


def _meanwhile(one: SessionView, answers: Answers, context: Context) -> FormField:
    """Both versions; asked anew should it change once more."""
    problem = any(
        plan_session.check(field, answers, context) for field in (plan_session.ON, plan_session.AT)
    )
    mine = "" if problem else session_words.arrangement(plan_session.arrangement(answers))
    theirs = session_words.arrangement(one.arrangement)
    theirs = theirs if one.planned else session_words.IT_IS_CANCELLED
    picks = (
        *((Choice(words.MINE, MINE),) if one.planned else ()),
        Choice(words.AS_IT_IS, AS_IT_IS),
    )
    hint = words.meanwhile(theirs, mine)
    name = f"meanwhile-{one.edition}"
    return FormField(name, words.WHICH_ONE, hint, FieldKind.CHOICE, picks, required=True)


def _finish(answers: Answers, context: Context) -> Turn:
    code, _, seen = answers.about.partition(":")
    one, why = refused(code, context)
    if one is None:
        return why
    decided = answers.one(f"meanwhile-{one.edition}")
    if decided == AS_IT_IS:
        see = Choice(session_words.SEE_IT, f"session:{one.code}")
        return Turn((Text(words.LEFT_AS_IT_IS, (see,)),))
    edition = one.edition if decided == MINE else int(seen)
    new = replace(plan_session.arrangement(answers), zone=one.arrangement.zone)
    note = plan_session.notes((new,), one.set_id, context, without=(one.id,))
    wish = Wish(one.code, edition, rest=answers.one("rest") == REST)
    return Turn((), (Rearranged(wish, new, note),))


MOVE = FormPlan(
    "move",
    words.MOVE_TITLE,
    words.YOUR_CHANGE,
    _fields,
    _finish,
    plan_session.check,
    intro=words.MOVE_INTRO,
    submit=words.SAVE,
    walks=True,
)


def cancel(code: str, context: Context) -> Turn:
    """`cancel CODE`: are you sure, and of a series, which."""
    one, why = refused(code, context)
    if one is None:
        return why
    if one.ends <= context.now:
        return Turn((Text(IsOver(code=one.code).sentence),))
    invited = words.members(len(context.lookup.meetings.grid(one)))
    text = words.sure_to_cancel(one.code, session_words.span(one.arrangement), invited)
    value = f"call-off:{one.code}:{one.edition}"
    if not one.later:
        return sure.ask(text, Choice(words.YES_CANCEL, f"{value}:{ONE}"), words.KEEP_IT, context)
    picks = (
        Choice(words.ONLY_THIS, f"{value}:{ONE}"),
        Choice(words.rest(one.later), f"{value}:{REST}"),
        Choice(words.KEEP_IT, sure.KEEP),
    )
    return Turn((Choices(text, picks),))
