"""`commit`: what a member will try before next time, in their own words, and who may read it.

It is kept at once, to be asked about on the day before their set meets next, or two weeks on.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from bot import days
from bot.drafts import Answers
from bot.flows import begun, form, readers, trying
from bot.flows import field as one_field
from bot.flows.effect.between import Commits, LetsRead
from bot.flows.meaning import Pressed, Said
from bot.flows.named import code, is_surely_a_code
from bot.flows.plan import FormPlan
from bot.flows.readers import Shareable
from bot.flows.turn import Context, Turn
from bot.learning_sets import rhythm
from bot.learning_sets.commitment import LONGEST_WHAT, Commitment, FromEntry
from bot.messages import MOST_CHOICES, Choice, FieldKind, FormField, Text
from bot.wording import OLD_BUTTON
from bot.wording import committing as words
from bot.wording import trying as trying_words
from knowledge.evidence import LONGEST_LEARNT

_WHAT = FormField(
    "what", words.WHAT, words.WHAT_HINT, FieldKind.LINE, required=True, longest=LONGEST_WHAT
)
_LEARNING = FormField("learning", trying_words.LEARNING, longest=LONGEST_LEARNT)
_NEITHER = "none"
_BY_A_DAY = re.compile(r"(.+\S)\s+(?:by|until|on)\s+(\S.*)", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True)
class _About:
    """What a form of a commitment is about: the session before, a challenge, the card on top."""

    session: str = ""
    challenge: str = ""
    entry: str = ""

    def __str__(self) -> str:
        return "/".join((self.session, self.challenge, self.entry))

    @classmethod
    def read(cls, about: str) -> _About:
        return cls(*(*about.split("/", 2), "", "", "")[:3])


def said(command: Said, context: Context) -> Turn:
    """`commit`, with a session's or a challenge's code or without, with words or without."""
    first, _, rest = command.argument.partition(" ")
    if first.isdecimal() and not rest:
        return trying.said(Said(command.command, first), context)
    if not is_surely_a_code(first):
        return _begun(_About(), command.argument, context)
    named, rest = code(first), rest.strip(" \t\n:-–—")
    if context.lookup.rhythm.meeting(named) is not None:
        return _after(named, rest, context)
    if context.lookup.threads.view(named) is not None:
        return _begun(_About(challenge=named), rest, context)
    choices = (Choice(words.SEE_MINE, "commitments:0"),)
    return Turn((Text(words.NO_SUCH_CHALLENGE if rest else words.NO_SUCH_SESSION, choices),))


def _after(named: str, text: str, context: Context) -> Turn:
    meeting = context.lookup.rhythm.meeting(named)
    if meeting is None or not meeting.member:
        return Turn((Text(words.NO_SUCH_SESSION),))
    if meeting.cancelled:
        return Turn((Text(words.SESSION_CANCELLED),))
    return _begun(_About(session=named), text, context)


def _begun(about: _About, text: str, context: Context) -> Turn:
    """The form, or with words that say it all, what comes of it."""
    what, day = _with_day(text, context)
    by = _BY_A_DAY.fullmatch(text)
    if by is not None and days.missing(by[2]) is not None:
        return Turn((Text(one_field.not_a_day(by[2])),))
    if day is not None and day <= days.today(context.now):
        return Turn((Text(words.PAST_DAY),))
    card = trying.card(context) if not text and not (about.session or about.challenge) else None
    if card is not None:
        about = _About(about.session, about.challenge, card.id)
    given = {"what": what} if what else {}
    if day is not None:
        given["day"] = day.isoformat()
    return begun.begin(COMMIT, context, about=str(about), given=given, words="what")


def _with_day(text: str, context: Context) -> tuple[str, date | None]:
    """The words, and the day behind them: "ring them by 3 December"."""
    found = _BY_A_DAY.fullmatch(text)
    day = days.read(found[2], today=days.today(context.now)) if found is not None else None
    return (found[1], day) if found is not None and day is not None else (text, None)


def _fields(answers: Answers, context: Context) -> tuple[FormField, ...]:
    about = _About.read(answers.about)
    day = (
        (FormField("day", trying_words.WHICH_DAY, "", FieldKind.DATE),) if "day" in answers else ()
    )
    return (_WHAT, *_solutions(about, context), *day)


def _solutions(about: _About, context: Context) -> tuple[FormField, ...]:
    """Whether it comes from the card that stood above, whose evidence it then is."""
    entry = context.lookup.entry(about.entry) if about.entry else None
    if entry is None:
        return ()
    choices = (
        *(
            Choice(trying.short(f"{one.number}: {one.text}"), str(one.number))
            for one in entry.numbered
        ),
    )[: MOST_CHOICES - 1]
    none = Choice(words.NO_SOLUTION, _NEITHER)
    return (
        FormField(
            "solution",
            words.FROM_CARD,
            words.FROM_CARD_HINT,
            FieldKind.CHOICE,
            (*choices, none),
        ),
    )


def _finish(answers: Answers, context: Context) -> Turn:
    about = _About.read(answers.about)
    meeting = context.lookup.rhythm.meeting(about.session) if about.session else None
    set_id = meeting.session.set_id if meeting is not None else None
    ahead = context.lookup.rhythm.ahead(set_id, context.now)
    today = days.today(context.now)
    asked = trying.day_of(answers.one("day"))
    day = asked if asked is not None and asked > today else rhythm.check_back_day(ahead, today)
    number = answers.one("solution")
    source = FromEntry(about.entry, int(number)) if number.isdecimal() else None
    effect = Commits(answers.one("what"), day, about.session, about.challenge, source)
    return Turn((), (effect,), trying.waiting(("kept", trying.LATEST)))


COMMIT = FormPlan("commit", words.COMMIT_TITLE, words.YOUR_COMMITMENT, _fields, _finish)


def pressed(press: Pressed, context: Context) -> Turn | None:
    """What a button about a commitment does; None where it is not one of ours."""
    match press.verb, press.arguments:
        case "commit", (named,):
            return _after(code(named), "", context)
        case "words", (number,):
            one = trying.kept(number, context)
            if one is None:
                return Turn((Text(OLD_BUTTON),))
            return form.start(WORDS, context, about=number)
        case "who", ("commitment", number):
            one = trying.kept(number, context)
            if one is None:
                return Turn((Text(OLD_BUTTON),))
            return form.start(WHO, context, about=str(one.id))
    return None


def shareable(one: Commitment, *, learning: bool = True) -> tuple[Shareable, ...]:
    """The texts of a commitment that others would read."""
    learnt = Shareable(_LEARNING, trying_words.YOUR_LEARNING, one.learning)
    step = Shareable(_WHAT, words.YOUR_STEP, one.what)
    return (step, learnt) if learning and one.learning else (step,)


def _who_fields(answers: Answers, context: Context) -> tuple[FormField, ...]:
    one = trying.kept(answers.about, context)
    return readers.fields(shareable(one) if one is not None else (), answers, context)


def _who_finish(answers: Answers, context: Context) -> Turn:
    one = trying.kept(answers.about, context)
    if one is None:
        return Turn((Text(OLD_BUTTON),))
    said = [readers.text(each, answers, context) for each in shareable(one)]
    what, learning = (*said, "")[:2]
    who = readers.chosen(answers, context)
    return Turn(
        (Text(words.read_now(who.sharing.value)),), (LetsRead(one.id, who, what, learning),)
    )


WHO = FormPlan("who-reads", words.READERS_TITLE, words.YOUR_READERS, _who_fields, _who_finish)


_NEW_WORDS = FormField(
    "what", words.NEW_WORDS, words.WHAT_HINT, FieldKind.LINE, required=True, longest=LONGEST_WHAT
)
_STEP = Shareable(_NEW_WORDS, words.YOUR_STEP)


def _words_fields(answers: Answers, context: Context) -> tuple[FormField, ...]:
    """New words; where others may read them, checked again."""
    given = _as_shared(answers, context)
    return (_NEW_WORDS, *readers.guards((_STEP,), given, context))


def _as_shared(answers: Answers, context: Context) -> Answers:
    """The answers with who may read it now."""
    one = trying.kept(answers.about, context)
    if one is None:
        return answers
    return answers.filled(readers.SHARING, (one.sharing.value,))


def _words_finish(answers: Answers, context: Context) -> Turn:
    one = trying.kept(answers.about, context)
    if one is None:
        return Turn((Text(OLD_BUTTON),))
    what = readers.text(_STEP, _as_shared(answers, context), context)
    who = context.lookup.rhythm.readers(one)
    return Turn((Text(words.CHANGED),), (LetsRead(one.id, who, what, one.learning),))


WORDS = FormPlan(
    "commit-words", words.WORDS_TITLE, words.YOUR_COMMITMENT, _words_fields, _words_finish
)
PLANS = (COMMIT, WHO, WORDS)
