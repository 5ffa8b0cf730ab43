"""`reflect`: what a member learnt since the last session, shared as they choose.

For a session there is one reflection; writing again changes it. After a session that was missed it
is a make-up. `reflections` lists the member's own, to read, change, show to others or delete.
"""

from __future__ import annotations

from bot import days
from bot.drafts import Answers
from bot.flows import begun, form, learning, readers, sure, trying
from bot.flows.effect.between import Reflects, ReflectsAnew, TakesReflectionBack
from bot.flows.meaning import Pressed, Said
from bot.flows.named import code, is_surely_a_code
from bot.flows.plan import FormPlan
from bot.flows.readers import Shareable
from bot.flows.rhythm import Meeting
from bot.flows.turn import Context, Turn
from bot.learning_sets.commitment import Readers, Sharing
from bot.learning_sets.reflections import LONGEST_REFLECTION, NewReflection, Reflection
from bot.messages import Choice, Choices, FieldKind, FormField, Text
from bot.wording import OLD_BUTTON
from bot.wording import reflecting as words

PAGE = 8
LONGEST_LINE = 60


def _field(question: str) -> FormField:
    return FormField(
        "words",
        question,
        words.WHAT_HINT,
        FieldKind.LINES,
        required=True,
        longest=LONGEST_REFLECTION,
    )


def said(command: Said, context: Context) -> Turn:
    """`reflect`, for the session of that code or the next one, with words or without."""
    first, _, rest = command.argument.partition(" ")
    if first and is_surely_a_code(first):
        return _for(code(first), rest.strip(" \t\n:-–—"), context)
    meeting = context.lookup.rhythm.next_of_mine(context.now)
    return _begun(meeting, command.argument, context)


def _for(named: str, text: str, context: Context) -> Turn:
    meeting = context.lookup.rhythm.meeting(named)
    if meeting is None or not meeting.member:
        return Turn((Text(words.NO_SUCH_SESSION),))
    if meeting.cancelled:
        return Turn((Text(words.SESSION_CANCELLED),))
    return _begun(meeting, text, context)


def _begun(meeting: Meeting | None, text: str, context: Context) -> Turn:
    written = _written(meeting, context)
    if written is not None:
        told = words.written_already(written.words, written.sharing.value)
        return Turn((Text(told, _choices(written)),))
    about = meeting.session.code if meeting is not None else ""
    given = {"words": text} if text else {}
    return begun.begin(REFLECT, context, about=about, given=given, words="words")


def _written(meeting: Meeting | None, context: Context) -> Reflection | None:
    """What the member wrote for that session already."""
    if meeting is None:
        return None
    mine = context.lookup.rhythm.reflections()
    return next((one for one in mine if one.session_id == meeting.session.id), None)


def _meeting(answers: Answers, context: Context) -> Meeting | None:
    return context.lookup.rhythm.meeting(answers.about) if answers.about else None


def _shareable(meeting: Meeting | None, context: Context) -> Shareable:
    missed = meeting is not None and context.lookup.rhythm.missed(meeting.session.id)
    return Shareable(_field(words.WHAT_MISSED if missed else words.WHAT), words.YOUR_WORDS)


def _fields(answers: Answers, context: Context) -> tuple[FormField, ...]:
    meeting = _meeting(answers, context)
    one = _shareable(meeting, context)
    return (one.field, *readers.fields((one,), answers, context, set_id=_set_of(meeting)))


def _set_of(meeting: Meeting | None) -> int | None:
    return meeting.session.set_id if meeting is not None else None


def _finish(answers: Answers, context: Context) -> Turn:
    meeting = _meeting(answers, context)
    set_id = _set_of(meeting)
    who = _in_its_set(readers.chosen(answers, context, set_id=set_id), set_id)
    new = NewReflection(
        readers.text(_shareable(meeting, context), answers, context),
        who,
        meeting.session.id if meeting is not None else None,
        make_up=meeting is not None and context.lookup.rhythm.missed(meeting.session.id),
    )
    return Turn((Text(words.kept(who.sharing.value)),), (Reflects(new),))


def _in_its_set(who: Readers, set_id: int | None) -> Readers:
    """What the network may read is read in the set as well whose session it is about."""
    return Readers(who.sharing, set_id) if who.sharing is Sharing.NETWORK else who


REFLECT = FormPlan("reflect", words.TITLE, words.YOUR_REFLECTION, _fields, _finish)


def listed(command: Said, context: Context) -> Turn:
    """`reflections`, the member's own; with a set's name or a session's code, those of the set."""
    if not command.argument:
        return mine(context)
    return learning.named(command.argument, context)


def mine(context: Context, start: int = 0) -> Turn:
    """The member's own, the latest first."""
    written = context.lookup.rhythm.reflections()
    write = Choice(words.WRITE_ONE, "say:reflect")
    if not written:
        return Turn((Text(words.NONE_YET, (write,)),))
    start = start if start < len(written) else 0
    choices = [_line(one) for one in written[start : start + PAGE]]
    if len(written) > start + PAGE:
        choices.append(Choice(words.MORE, f"my-reflections:{start + PAGE}"))
    elif start:
        choices.append(Choice(words.FIRST, "my-reflections:0"))
    return Turn((Choices(words.YOURS, (*choices, write)),))


def _line(one: Reflection) -> Choice:
    written = one.written_at.astimezone(days.HOME).date()
    return Choice(
        words.own_line(trying.short(one.words, LONGEST_LINE), written), f"reflected:{one.id}"
    )


def pressed(press: Pressed, context: Context) -> Turn | None:
    """What a button about a reflection does; None where it is not one of ours."""
    match press.verb, press.arguments:
        case "reflect", (named,):
            return _for(code(named), "", context)
        case "my-reflections", (start,) if start.isdecimal():
            return mine(context, int(start))
        case "reflected" | "reflected-words" | "reflected-delete" as verb, (number, *sure_of_it):
            one = _own(number, context)
            if one is None:
                return Turn((Text(OLD_BUTTON),))
            return _acted(verb, one, context, sure_of_it=sure_of_it == ["yes"])
        case "who", ("reflection", number):
            one = _own(number, context)
            if one is None:
                return Turn((Text(OLD_BUTTON),))
            return form.start(WHO, context, about=number)
    return None


def _acted(verb: str, one: Reflection, context: Context, *, sure_of_it: bool) -> Turn:
    if verb == "reflected":
        return _shown(one, context)
    if verb == "reflected-words":
        return form.start(WORDS, context, about=str(one.id))
    if not sure_of_it:
        yes = Choice(words.YES_DELETE, f"reflected-delete:{one.id}:yes")
        return sure.ask(words.DELETE_SURE, yes, words.KEEP_IT, context)
    return Turn((Text(words.DELETED),), (TakesReflectionBack(one.id),))


def _shown(one: Reflection, context: Context) -> Turn:
    written = one.written_at.astimezone(days.HOME).date()
    met = context.lookup.rhythm.day_of(one.session_id)
    told = words.own(one.words, one.sharing.value, written, met)
    return Turn((Text(told, _choices(one)),))


def _choices(one: Reflection) -> tuple[Choice, ...]:
    return (
        Choice(words.CHANGE, f"reflected-words:{one.id}"),
        Choice(words.WHO_MAY_READ, f"who:reflection:{one.id}"),
        Choice(words.DELETE, f"reflected-delete:{one.id}"),
        Choice(words.MINE, "my-reflections:0"),
    )


def _own(number: str, context: Context) -> Reflection | None:
    mine = context.lookup.rhythm.reflections()
    return next((one for one in mine if str(one.id) == number), None)


_NEW = Shareable(_field(words.NEW_WORDS), words.YOUR_WORDS)


def _as_shared(answers: Answers, context: Context) -> Answers:
    """The answers with who may read it now."""
    one = _own(answers.about, context)
    return answers.filled(readers.SHARING, (one.sharing.value,)) if one is not None else answers


def _words_fields(answers: Answers, context: Context) -> tuple[FormField, ...]:
    return (_NEW.field, *readers.guards((_NEW,), _as_shared(answers, context), context))


def _words_finish(answers: Answers, context: Context) -> Turn:
    one = _own(answers.about, context)
    if one is None:
        return Turn((Text(OLD_BUTTON),))
    text = readers.text(_NEW, _as_shared(answers, context), context)
    who = Readers(one.sharing, one.set_id)
    return Turn((Text(words.kept(who.sharing.value)),), (ReflectsAnew(one.id, text, who),))


WORDS = FormPlan("reflect-words", words.TITLE, words.YOUR_REFLECTION, _words_fields, _words_finish)


def _kept(one: Reflection) -> Shareable:
    return Shareable(_NEW.field, words.YOUR_WORDS, one.words)


def _who_fields(answers: Answers, context: Context) -> tuple[FormField, ...]:
    one = _own(answers.about, context)
    texts = (_kept(one),) if one is not None else ()
    return readers.fields(texts, answers, context, set_id=_set_of_own(one, context))


def _who_finish(answers: Answers, context: Context) -> Turn:
    one = _own(answers.about, context)
    if one is None:
        return Turn((Text(OLD_BUTTON),))
    set_id = _set_of_own(one, context)
    who = _in_its_set(readers.chosen(answers, context, set_id=set_id), set_id)
    text = readers.text(_kept(one), answers, context)
    return Turn((Text(words.kept(who.sharing.value)),), (ReflectsAnew(one.id, text, who),))


def _set_of_own(one: Reflection | None, context: Context) -> int | None:
    return context.lookup.rhythm.set_of(one.session_id) if one is not None else None


WHO = FormPlan("reflect-who", words.WHO_MAY_READ, words.YOUR_REFLECTION, _who_fields, _who_finish)
PLANS = (REFLECT, WORDS, WHO)
