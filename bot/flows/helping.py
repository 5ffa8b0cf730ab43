"""Helping: a question back or an offer, following, muting, and asking for a look at something."""

from __future__ import annotations

from bot.challenges import errors
from bot.challenges.models import LONGEST_REASON, LONGEST_REPLY, ChallengeState, ReplyKind
from bot.challenges.views import ChallengeView
from bot.drafts import Answers
from bot.flows import begun, form, thread
from bot.flows.challenge_form import not_in_words
from bot.flows.effect.thread import Listened, Listening, Replied, Reported
from bot.flows.identities import guarded
from bot.flows.meaning import Pressed, Said
from bot.flows.named import code_and_words
from bot.flows.plan import FormPlan
from bot.flows.turn import Context, Turn
from bot.messages import Choice, FieldKind, FormField, Text
from bot.wording import challenges as wording
from bot.wording import threads as words

_CALLED = words.YOUR_REPLY
KINDS = (
    Choice(wording.ASK_BACK, ReplyKind.QUESTION.value),
    Choice(wording.OFFER, ReplyKind.OFFER.value),
)
"""Action learning asks before it advises, so the question stands first."""
_KIND = FormField("kind", words.KIND, words.KIND_HINT, FieldKind.CHOICE, KINDS, required=True)
_QUESTIONS = {
    ReplyKind.QUESTION.value: words.ASK_BACK_TEXT,
    ReplyKind.AUTHOR.value: words.AUTHOR_TEXT,
}
_LISTENING = {one.value: one for one in Listening}


def _text(kind: str) -> FormField:
    question = _QUESTIONS.get(kind, words.OFFER_TEXT)
    return FormField(
        "text",
        question,
        words.TEXT_HINT,
        FieldKind.LINES,
        required=True,
        longest=LONGEST_REPLY,
        asks=kind != ReplyKind.OFFER.value,
    )


def _is_author(answers: Answers, context: Context) -> bool:
    view = context.lookup.threads.view(answers.about)
    return view is not None and view.mine


def _fields(answers: Answers, context: Context) -> tuple[FormField, ...]:
    if _is_author(answers, context):
        text = _text(ReplyKind.AUTHOR.value)
        return (text, *guarded(text, answers, context, about=_CALLED).fields)
    text = _text(answers.one("kind"))
    return (_KIND, text, *guarded(text, answers, context, about=_CALLED).fields)


def _finish(answers: Answers, context: Context) -> Turn:
    code = answers.about
    text = guarded(_text(""), answers, context, about=_CALLED).text
    kind = ReplyKind(answers.one("kind") or ReplyKind.AUTHOR)
    view = context.lookup.threads.view(code)
    if view is not None and any(one.mine and one.text == text.strip() for one in view.replies):
        show = Choice(wording.SHOW, f"show:{code}")
        return Turn((Text(words.sent_already(code), (show,)),))
    return Turn((), (Replied(code, text, kind, context.ref),))


REPLY = FormPlan("reply", words.REPLY_TITLE, words.YOUR_REPLY, _fields, _finish, check=not_in_words)


def reply(said: Said, context: Context) -> Turn:
    """`reply CODE`, with or without words."""
    code, text = code_and_words(said.argument)
    return _reply(code, {"text": text} if text else {}, context) if code else _which("reply")


def _reply(code: str, given: dict[str, str], context: Context) -> Turn:
    view = context.lookup.threads.view(code)
    if view is None:
        return thread.no_such_challenge(code)
    if view.state is not ChallengeState.OPEN:
        return not_open(view)
    note = words.reply_intro(view.code, view.problem)
    return begun.begin(
        REPLY,
        context,
        about=view.code,
        given=given,
        words="text",
        anew="kind",
        note=note,
        quotes=view.quotes,
    )


_CLOSED_TO_REPLIES = {
    ChallengeState.CLOSED: wording.is_closed,
    ChallengeState.SOLVED: wording.is_solved,
    ChallengeState.WITHDRAWN: wording.is_withdrawn,
}


def not_open(view: ChallengeView) -> Turn:
    return Turn((Text(_CLOSED_TO_REPLIES[view.state](view.code), (thread.see_challenges(),)),))


def listen(said: Said, context: Context) -> Turn:
    """`follow CODE`, `unfollow CODE`, `same CODE`, `mute CODE`, `unmute CODE`."""
    code, _ = code_and_words(said.argument)
    return _listen(code, _LISTENING[said.command], context) if code else _which(said.command)


def _listen(code: str, how: Listening, context: Context) -> Turn:
    if context.lookup.threads.view(code) is None:
        return thread.no_such_challenge(code)
    show = Choice(wording.SHOW, f"show:{code}")
    return Turn((Text(words.listened(code, how), (show,)),), (Listened(code, how),))


def _report_fields(_answers: Answers, _context: Context) -> tuple[FormField, ...]:
    return (
        FormField(
            "reason", words.REASON, words.REASON_HINT, FieldKind.LINES, longest=LONGEST_REASON
        ),
    )


def _report_finish(answers: Answers, _context: Context) -> Turn:
    code, _, ref = answers.about.partition(":")
    return _reported(code, ref or None, answers.one("reason"))


REPORT = FormPlan(
    "report",
    words.REPORT_TITLE,
    words.YOUR_REPORT,
    _report_fields,
    _report_finish,
    check=not_in_words,
)


def _reported(code: str, ref: str | None, reason: str) -> Turn:
    return Turn((), (Reported(code, ref, reason),))


def report(said: Said, context: Context) -> Turn:
    """`report CODE`, with or without a reason."""
    code, reason = code_and_words(said.argument)
    if not code:
        return _which("report")
    seen = context.lookup.threads.view(code) is not None
    return _reported(code, None, reason) if reason and seen else _report(code, None, context)


def _report(code: str, ref: str | None, context: Context) -> Turn:
    view = context.lookup.threads.view(code)
    if view is None:
        return thread.no_such_challenge(code)
    if ref is None and view.mine:
        return Turn((Text(errors.OwnChallenge(view.code).sentence),))
    return form.start(REPORT, context, about=f"{view.code}:{ref}" if ref else view.code)


def pressed(press: Pressed, context: Context) -> Turn | None:
    """What a button under a challenge does; None where it is not one of ours."""
    match press.verb, press.arguments:
        case "reply", (code,):
            return _reply(code, {}, context)
        case ("offer" | "question") as kind, (code,):
            return _reply(code, {"kind": kind}, context)
        case ("follow" | "unfollow" | "same" | "mute" | "unmute") as how, (code,):
            return _listen(code, _LISTENING[how], context)
        case "report", (code,):
            return _report(code, None, context)
        case "report", (code, ref):
            return _report(code, ref, context)
    return None


def _which(verb: str) -> Turn:
    return Turn((Text(words.which(verb), (thread.see_challenges(),)),))
