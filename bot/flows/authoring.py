"""What is only the author's to say: of a challenge that it is over, of a reply what it was worth,
and of their own replies that they should read otherwise."""

from __future__ import annotations

from bot.challenges.models import LONGEST_REPLY, ChallengeState, MarkKind
from bot.challenges.written import Written
from bot.drafts import Answers
from bot.flows import begun, form, helping, sure, thread
from bot.flows.challenge_form import not_in_words
from bot.flows.effect.thread import Corrected, Ended, Ending, Marked, TookBack
from bot.flows.identities import guarded
from bot.flows.meaning import Pressed, Said
from bot.flows.named import code_and_words
from bot.flows.plan import FormPlan
from bot.flows.turn import Context, Turn
from bot.messages import Choice, Choices, FieldKind, FormField, Text
from bot.wording import challenges as wording
from bot.wording import threads as words

LONGEST_LINE = 100
"""Characters of a reply in a list."""
_ENDING = {one.value: one for one in Ending}


def end(said: Said, context: Context) -> Turn:
    """`close CODE`, `reopen CODE`, `withdraw CODE`; the last asks once."""
    code, _ = code_and_words(said.argument)
    if not code:
        return Turn((Text(words.which(said.command), (thread.see_challenges(),)),))
    return _end(code, _ENDING[said.command], context)


def _end(code: str, how: Ending, context: Context) -> Turn:
    view = context.lookup.threads.view(code)
    if view is None:
        return thread.no_such_challenge(code)
    if how is not Ending.WITHDRAW:
        show = Choice(wording.SHOW, f"show:{code}")
        return Turn((Text(words.ended(code, how), (show,)),), (Ended(code, how),))
    if not view.mine:
        return Turn((Text(wording.NOT_YOURS),))
    if view.state is ChallengeState.WITHDRAWN:
        return helping.not_open(view)
    yes = Choice(words.YES_WITHDRAW, f"withdraw:{view.code}:yes")
    return sure.ask(words.sure_to_withdraw(view.code), yes, words.KEEP_IT, context)


def _withdrawn(code: str) -> Turn:
    done = Text(words.ended(code, Ending.WITHDRAW), (thread.see_challenges(),))
    return Turn((done,), (Ended(code, Ending.WITHDRAW),))


def _helped(ref: str, context: Context) -> Turn:
    found = context.lookup.threads.with_reply(ref)
    undo = Choice(words.TAKE_THAT_BACK, f"unmark:{ref}")
    said = words.marked_helped(found[0].code, found[1].label) if found else words.MARKED_HELPED
    return _marked(ref, MarkKind.HELPED, said, context, (undo,))


def unmark(said: Said, context: Context) -> Turn:
    """`unmark CODE LETTER`: what that officer wrote did not help after all."""
    code, letter = code_and_words(said.argument)
    view = context.lookup.threads.view(code) if code else None
    if code and view is None:
        return thread.no_such_challenge(code)
    theirs = [
        one
        for one in (view.replies if view is not None else ())
        if letter and one.label == wording.pseudonym(letter) and not one.mine
    ]
    if not theirs:
        show = (Choice(wording.SHOW, f"show:{code}"),) if view is not None else ()
        return Turn((Text(words.WHICH_TO_UNMARK, show),))
    return _unmarked(*(one.ref for one in theirs))


def _unmarked(*refs: str) -> Turn:
    effects = tuple(Marked(ref, MarkKind.HELPED, back=True) for ref in refs)
    return Turn((Text(words.UNMARKED),), effects)


def _solved(ref: str, context: Context) -> Turn:
    found = context.lookup.threads.with_reply(ref)
    code = found[0].code if found is not None else ""
    undo = (Choice(words.reopen(code), f"reopen:{code}"),) if code else ()
    return _marked(ref, MarkKind.SOLVED, words.solved(code), context, undo)


def _marked(
    ref: str, kind: MarkKind, said: str, context: Context, undo: tuple[Choice, ...]
) -> Turn:
    found = context.lookup.threads.with_reply(ref)
    show = (Choice(wording.SHOW, f"show:{found[0].code}"),) if found is not None else ()
    return Turn((Text(said, (*undo, *show)),), (Marked(ref, kind),))


def my_replies(context: Context, start: int = 0) -> Turn:
    """`my replies`: those that stand, wherever they stand."""
    written = context.lookup.threads.written()
    if not written:
        return Turn((Text(words.NO_REPLIES, (thread.see_challenges(),)),))
    start = start if start < len(written) else 0
    choices = [_line(one) for one in written[start : start + thread.PAGE]]
    if len(written) > start + thread.PAGE:
        choices.append(Choice(words.MORE_OF_MINE, f"my-replies:{start + thread.PAGE}"))
    elif start:
        choices.append(Choice(words.FIRST_OF_MINE, "my-replies:0"))
    return Turn((Choices(words.MY_REPLIES, tuple(choices)),))


def _line(one: Written) -> Choice:
    text = " ".join(one.text.split())
    short = text if len(text) <= LONGEST_LINE else f"{text[:LONGEST_LINE].rstrip()}…"
    return Choice(words.own_line(one.code, short), f"mine:{one.ref}")


def _mine(ref: str, context: Context) -> Turn:
    one = context.lookup.threads.own_reply(ref)
    if one is None:
        return _no_such_reply()
    told = words.own_reply(one.code, one.text)
    return Turn((Text(told, thread.own_reply_choices(one.ref)),))


def _no_such_reply() -> Turn:
    return Turn((Text(wording.NO_SUCH_REPLY, (thread.see_challenges(),)),))


_TEXT = FormField(
    "text",
    words.NEW_WORDS,
    words.TEXT_HINT,
    FieldKind.LINES,
    required=True,
    longest=LONGEST_REPLY,
    asks=True,
)


def _fields(answers: Answers, context: Context) -> tuple[FormField, ...]:
    return (_TEXT, *guarded(_TEXT, answers, context, about=words.YOUR_REPLY).fields)


def _finish(answers: Answers, context: Context) -> Turn:
    text = guarded(_TEXT, answers, context, about=words.YOUR_REPLY).text
    return Turn((Text(words.CORRECTED),), (Corrected(answers.about, text),))


CORRECT = FormPlan(
    "correct", words.CORRECT_TITLE, words.YOUR_CORRECTION, _fields, _finish, check=not_in_words
)


def _correct(ref: str, context: Context) -> Turn:
    one = context.lookup.threads.own_reply(ref)
    if one is None:
        return _no_such_reply()
    turn = form.start(CORRECT, context, about=ref)
    return begun.noting(turn, words.reads_now(one.text))


def _take_back(ref: str, context: Context) -> Turn:
    if context.lookup.threads.own_reply(ref) is None:
        return _no_such_reply()
    yes = Choice(words.YES_TAKE_BACK, f"take-back:{ref}:yes")
    return sure.ask(words.SURE_TO_TAKE_BACK, yes, words.KEEP_IT, context)


def pressed(press: Pressed, context: Context) -> Turn | None:
    """What a button of the author's does; None where it is not one of ours."""
    match press.verb, press.arguments:
        case ("close" | "reopen" | "withdraw") as how, (code,):
            return _end(code, _ENDING[how], context)
        case "withdraw", (code, "yes"):
            return _withdrawn(code)
        case "helped", (ref,):
            return _helped(ref, context)
        case "unmark", (ref,):
            return _unmarked(ref)
        case "solved", (ref,):
            return _solved(ref, context)
        case _:
            return _with_own_reply(press, context)


def _with_own_reply(press: Pressed, context: Context) -> Turn | None:
    match press.verb, press.arguments:
        case "my-replies", (start,) if start.isdecimal():
            return my_replies(context, int(start))
        case "mine", (ref,):
            return _mine(ref, context)
        case "correct", (ref,):
            return _correct(ref, context)
        case "take-back", (ref,):
            return _take_back(ref, context)
        case "take-back", (ref, "yes"):
            return Turn((Text(words.TAKEN_BACK),), (TookBack(ref),))
    return sure.left(press)
