"""What a facilitator does around a session: picks the agenda, takes attendance, writes it up."""

from __future__ import annotations

from bot.drafts import Answers
from bot.flows import form, picking
from bot.flows.change_session import AS_IT_IS, MINE, refused
from bot.flows.effect.sessions import Picked, TookAttendance, WroteUp
from bot.flows.identities import guarded
from bot.flows.meaning import Pressed
from bot.flows.numbers import plain
from bot.flows.plan import FormPlan
from bot.flows.turn import Context, Turn
from bot.learning_sets.seats import Line, Rsvp
from bot.learning_sets.session_views import SessionView
from bot.learning_sets.write_ups import LONGEST_PART, Said
from bot.messages import MOST_CHOICES, Choice, FieldKind, FormField, Text
from bot.wording import facilitating as words
from bot.wording import sessions as session_words

NONE = "none"
PAGE = MOST_CHOICES - 1
"""Members or challenges of one question; "none of these" is the tenth answer."""
LONGEST_LABEL = 70
_NOBODY = {"none", "nobody", "no one"}

EXPLORED = FormField(
    "explored",
    words.EXPLORED,
    words.EXPLORED_HINT,
    FieldKind.LINES,
    required=True,
    longest=LONGEST_PART,
)
IDEAS = FormField("ideas", words.IDEAS, words.IDEAS_HINT, FieldKind.LINES, longest=LONGEST_PART)


def choices(one: SessionView, context: Context) -> tuple[Choice, ...]:
    if one.starts > context.now:
        return (Choice(session_words.AGENDA, f"agenda:{one.code}"),) if one.issues else ()
    return (
        Choice(session_words.ATTENDANCE, f"attend:{one.code}"),
        Choice(session_words.WRITE_UP, f"write-up:{one.code}"),
    )


def pressed(press: Pressed, context: Context) -> Turn | None:
    """What a button of a facilitator's does; None where it is not one of ours."""
    match press.verb, press.arguments:
        case "agenda", (code,):
            return agenda(code, context)
        case "attend", (code,):
            return attendance(code, context)
        case "write-up", (code,):
            return write_up(code, context)
    return None


def agenda(code: str, context: Context) -> Turn:
    """`agenda CODE`."""
    one, why = refused(code, context)
    if one is None:
        return why
    if not one.issues:
        return Turn((Text(words.NOTHING_BROUGHT.format(code=one.code)),))
    picked = tuple(issue.code for issue in one.agenda)
    about = ":".join((one.code, *picked))
    return form.start(AGENDA, context, about=about, given={"picked": picked} if picked else {})


def _agenda_fields(answers: Answers, context: Context) -> tuple[FormField, ...]:
    one = context.lookup.meetings.view(answers.about.partition(":")[0])
    issues = one.issues if one is not None else ()
    picks = (Choice(_short(f"{each.code}: {each.problem}"), each.code) for each in issues[:PAGE])
    offered = (*picks, Choice(words.NONE_OF_THESE, NONE))
    kind = FieldKind.CHOICES
    return (FormField("picked", words.AGENDA_QUESTION, "", kind, offered, required=True),)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_LABEL else f"{line[: LONGEST_LABEL - 1].rstrip()}…"


def _agenda_finish(answers: Answers, _context: Context) -> Turn:
    code, *seen = answers.about.split(":")
    picked = tuple(each for each in answers.many("picked") if each != NONE)
    return Turn((), (Picked(code, picked, tuple(seen)),))


AGENDA = FormPlan(
    "agenda",
    words.AGENDA_TITLE,
    words.YOUR_AGENDA,
    _agenda_fields,
    _agenda_finish,
    submit=words.SAVE,
    walks=True,
)


def attendance(code: str, context: Context, who: str = "") -> Turn:
    """`attendance CODE`, a form; `attendance CODE all but Asha`, done at once."""
    one, why = _begun(code, context)
    if one is None:
        return why
    grid = context.lookup.meetings.grid(one)
    if not grid:
        return Turn((Text(words.NOBODY_INVITED.format(code=one.code)),))
    if who:
        return _in_a_line(one, grid, who)
    given = {
        f"who-{number}": tuple(str(each.member_id) for each in page if _expected(each))
        for number, page in enumerate(_pages(grid), 1)
    }
    return form.start(ATTENDANCE, context, about=one.code, given=given)


def _begun(code: str, context: Context) -> tuple[SessionView | None, Turn]:
    one, why = refused(code, context)
    if one is not None and one.starts > context.now:
        return None, Turn((Text(words.NOT_BEGUN.format(code=one.code)),))
    return one, why


def _expected(one: Line) -> bool:
    """Ticked beforehand: who was there, or until that was taken, who said that they would be."""
    return one.attended if one.attended is not None else one.rsvp is Rsvp.YES


def _pages(grid: tuple[Line, ...]) -> list[tuple[Line, ...]]:
    return [grid[start : start + PAGE] for start in range(0, len(grid), PAGE)]


def _in_a_line(one: SessionView, grid: tuple[Line, ...], who: str) -> Turn:
    """Numbers count in the order of the grid, as in the form."""
    if plain(who) in _NOBODY:
        return Turn((), (TookAttendance(one.code, ()),))
    everybody = tuple(Choice(each.name, str(each.member_id)) for each in grid)
    field = FormField("who", "", "", FieldKind.CHOICES, everybody)
    values, problem = picking.picked(field, who)
    if problem or not values:
        return Turn((Text(words.NOT_READ),))
    return Turn((), (TookAttendance(one.code, tuple(map(int, values))),))


def _attendance_fields(answers: Answers, context: Context) -> tuple[FormField, ...]:
    one = context.lookup.meetings.view(answers.about)
    pages = _pages(context.lookup.meetings.grid(one)) if one is not None else []
    return tuple(
        FormField(
            f"who-{number}",
            words.who(number, len(pages)),
            words.who_hint(answers.about),
            FieldKind.CHOICES,
            (
                *(Choice(each.name, str(each.member_id)) for each in page),
                Choice(words.NONE_OF_THESE, NONE),
            ),
        )
        for number, page in enumerate(pages or [()], 1)
    )


def _attendance_finish(answers: Answers, _context: Context) -> Turn:
    ticked = [each for values in answers.values.values() for each in values]
    present = tuple(int(each) for each in ticked if each.isdecimal())
    return Turn((), (TookAttendance(answers.about, present),))


ATTENDANCE = FormPlan(
    "attendance",
    words.ATTENDANCE_TITLE,
    words.YOUR_ATTENDANCE,
    _attendance_fields,
    _attendance_finish,
    submit=words.SAVE,
    walks=True,
)


def write_up(code: str, context: Context) -> Turn:
    """`write up CODE`."""
    one, why = _begun(code, context)
    if one is None:
        return why
    row = context.lookup.meetings.write_up(one)
    edition = row.edition if row is not None else 0
    given = {} if row is None else {"explored": (row.explored,)}
    if row is not None and row.ideas:
        given["ideas"] = (row.ideas,)
    return form.start(WRITE_UP, context, about=f"{one.code}:{edition}", given=given)


def _write_up_fields(answers: Answers, context: Context) -> tuple[FormField, ...]:
    explored = guarded(EXPLORED, answers, context, about=words.THE_EXPLORED)
    ideas = guarded(IDEAS, answers, context, about=words.THE_IDEAS)
    agrees = FormField(
        "agrees",
        words.AGREES,
        words.AGREES_HINT,
        FieldKind.CHOICE,
        (Choice(words.YES_AGREED, "yes"), Choice(words.NO_STAYS, "no")),
        required=True,
    )
    return (
        *(EXPLORED, *explored.fields, IDEAS, *ideas.fields),
        *((agrees,) if answers.one("ideas") else ()),
        *_written_meanwhile(answers, explored.text, ideas.text, context),
    )


def _written_meanwhile(
    answers: Answers, explored: str, ideas: str, context: Context
) -> tuple[FormField, ...]:
    code, _, seen = answers.about.partition(":")
    one = context.lookup.meetings.view(code)
    row = context.lookup.meetings.write_up(one) if one is not None else None
    if row is None or str(row.edition) == seen or "explored" not in answers:
        return ()
    hint = words.meanwhile(f"{row.explored}\n{row.ideas}", f"{explored}\n{ideas}")
    picks = (Choice(words.MINE, MINE), Choice(words.AS_IT_IS, AS_IT_IS))
    name = f"meanwhile-{row.edition}"
    return (FormField(name, words.WHICH_ONE, hint, FieldKind.CHOICE, picks, required=True),)


def _write_up_finish(answers: Answers, context: Context) -> Turn:
    code, _, seen = answers.about.partition(":")
    one, why = _begun(code, context)
    if one is None:
        return why
    row = context.lookup.meetings.write_up(one)
    edition = row.edition if row is not None else 0
    decided = answers.one(f"meanwhile-{edition}")
    if decided == AS_IT_IS:
        return Turn((Text(words.LEFT_AS_IT_IS),))
    said = Said(
        guarded(EXPLORED, answers, context, about=words.THE_EXPLORED).text,
        guarded(IDEAS, answers, context, about=words.THE_IDEAS).text,
        agreed=answers.one("agrees") == "yes",
    )
    return Turn((), (WroteUp(one.code, said, edition if decided == MINE else int(seen)),))


WRITE_UP = FormPlan(
    "write-up",
    words.WRITE_UP_TITLE,
    words.YOUR_WRITE_UP,
    _write_up_fields,
    _write_up_finish,
    intro=words.WRITE_UP_INTRO,
    submit=words.SAVE,
    walks=True,
)
