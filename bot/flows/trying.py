"""I'll try this: of a reply or of a card's solution, with the day on which the bot asks about it.

It is kept at once for two weeks on; for an hour a day that is typed moves it, and the buttons do
always. A `source` is what is tried: reply:REF, entry:ID:NUMBER, or kept:ID once it is kept.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from bot import days
from bot.drafts import Answers
from bot.flows import field as one_field
from bot.flows import form, talk
from bot.flows.effect.trying import LetGo, Postponed, TriesReply, TriesSolution
from bot.flows.meaning import Meaning, NoSuchNumber, Pressed, Said, Words
from bot.flows.plan import FormPlan
from bot.flows.turn import Context, State, Turn
from bot.learning_sets.commitments import LONGEST_WHAT, Commitment, FromEntry
from bot.messages import Choice, Choices, FieldKind, FormField, Text
from bot.wording import OLD_BUTTON
from bot.wording import challenges as challenge_words
from bot.wording import forms as form_words
from bot.wording import trying as words
from knowledge.entries import EntryView

FLOW = "trying"
USUALLY = timedelta(days=14)
A_WEEK, A_MONTH = timedelta(days=7), timedelta(days=28)
LONGEST_LABEL = 120
LATEST = "latest"
"""In place of a number: what was committed to last, whose number only the doing showed."""

Source = tuple[str, ...]


def usual_day(context: Context) -> date:
    return days.today(context.now) + USUALLY


def said(command: Said, context: Context) -> Turn:
    """`try 2`: a solution of the card that was shown last."""
    entry = card(context)
    if entry is None or not command.argument:
        return Turn((Text(words.NO_CARD, (Choice(words.SEE_MINE, "commitments:0"),)),))
    numbers = [one.number for one in entry.numbered]
    if int(command.argument) not in numbers:
        return Turn((_which(entry),))
    return _begun(("entry", entry.id, command.argument), context)


def card(context: Context) -> EntryView | None:
    """The entry whose card, or whose solutions, made the last offer, or the last card before."""
    for choice in context.offered:
        verb, _, rest = choice.value.partition(":")
        if verb in ("more", "try-which") or (verb == "try" and ":" in rest):
            return context.lookup.entry(rest.partition(":")[0])
    return context.lookup.last_card()


def pressed(press: Pressed, context: Context) -> Turn | None:
    """What a button about trying does; None where it is not one of ours."""
    match press.verb, press.arguments:
        case "try", (ref,):
            return _begun(("reply", ref), context)
        case "try", (entry_id, number):
            return _begun(("entry", entry_id, number), context)
        case "try-which", (entry_id,):
            entry = context.lookup.entry(entry_id)
            return Turn((_which(entry) if entry else Text(OLD_BUTTON),))
        case "when", (*source, day):
            asked = day_of(day)
            return _moved(tuple(source), asked, context) if asked else None
        case "pick-day", (*source,) if source:
            return form.start(DAY, context, about=":".join(source))
        case "let-go", (number,):
            one = kept(number, context)
            done = (LetGo(one.id),) if one is not None else ()
            return Turn((Text(words.LET_GO_DONE if one is not None else OLD_BUTTON),), done)
    return None


def _which(entry: EntryView) -> Choices:
    choices = (
        Choice(f"{one.number}: {short(one.text, LONGEST_LABEL)}", f"try:{entry.id}:{one.number}")
        for one in entry.numbered
    )
    return Choices(words.WHICH_SOLUTION, tuple(choices)[:10])


def short(text: str, longest: int = LONGEST_LABEL) -> str:
    line = " ".join(text.split())
    return line if len(line) <= longest else f"{line[: longest - 1].rstrip()}…"


def _begun(source: Source, context: Context) -> Turn:
    day = usual_day(context)
    turn, what = _for(source, day, context)
    if not turn.effects:
        return turn
    return replace(
        turn,
        replies=(Text(words.will_try(what, day), day_choices(source, context.now)),),
        state=waiting(source),
    )


def waiting(source: Source) -> State:
    """From now on a day that is typed is the day for that."""
    return State(FLOW, "day", {"source": ":".join(source)})


def day_choices(source: Source, now: datetime) -> tuple[Choice, ...]:
    today, name = days.today(now), ":".join(source)
    return (
        Choice(words.IN_A_WEEK, f"when:{name}:{(today + A_WEEK).isoformat()}"),
        Choice(words.IN_A_MONTH, f"when:{name}:{(today + A_MONTH).isoformat()}"),
        Choice(words.ANOTHER_DAY, f"pick-day:{name}"),
        Choice(words.SEE_MINE, "commitments:0"),
    )


def step(state: State, meaning: Meaning, context: Context) -> Turn | None:
    """A day that is typed after "I will ask you on ..."; None lets other words start anew."""
    if isinstance(meaning, NoSuchNumber):
        return replace(talk.about(meaning, context), state=state)  # a day may still be typed
    if not isinstance(meaning, Words):
        return None
    day = days.read(meaning.text, today=days.today(context.now))
    if day is None and days.missing(meaning.text) is not None:
        return Turn((Text(one_field.not_a_day(meaning.text)),), state=state)
    if day is None:
        return None
    if day <= days.today(context.now):
        return Turn((Text(words.PAST_DAY),), state=state)
    return _moved(tuple(state.data.get("source", "").split(":")), day, context)


def _moved(source: Source, day: date, context: Context) -> Turn:
    if day <= days.today(context.now):
        return Turn(
            (Text(words.PAST_DAY, day_choices(source, context.now)),), state=waiting(source)
        )
    turn, _ = _for(source, day, context)
    return replace(turn, replies=(Text(words.asks_on(day)),)) if turn.effects else turn


def _for(source: Source, day: date, context: Context) -> tuple[Turn, str]:
    """What is kept of a source, and what it is called; a turn without effects says why not."""
    match source:
        case ("reply", ref):
            return _reply(ref, day, context)
        case ("entry", entry_id, number) if number.isdecimal():
            return _solution(entry_id, int(number), day, context)
        case ("kept", number):
            one = kept(number, context)
            if one is not None:
                return Turn((), (Postponed(one.id, day),)), one.what
    return Turn((Text(OLD_BUTTON),)), ""


def _reply(ref: str, day: date, context: Context) -> tuple[Turn, str]:
    found = context.lookup.threads.with_reply(ref)
    if found is None:
        return Turn((Text(challenge_words.NO_SUCH_REPLY),)), ""
    view, one = found
    what = words.a_reply(one.label, view.code)
    return Turn((), (TriesReply(ref, what, day),)), what


def _solution(entry_id: str, number: int, day: date, context: Context) -> tuple[Turn, str]:
    entry = context.lookup.entry(entry_id)
    texts = {one.number: one.text for one in entry.numbered} if entry is not None else {}
    if entry is None or number not in texts:
        return Turn((Text(OLD_BUTTON),)), ""
    what = short(texts[number], LONGEST_WHAT)
    return Turn((), (TriesSolution(FromEntry(entry.id, number), what, day),)), what


def kept(number: str, context: Context) -> Commitment | None:
    """The member's own commitment of that number, or the LATEST that they made."""
    mine = context.lookup.threads.commitments()
    if number == LATEST:
        return max(mine, key=lambda one: one.id, default=None)
    return next((one for one in mine if str(one.id) == number), None)


def day_of(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _fields(_answers: Answers, _context: Context) -> tuple[FormField, ...]:
    return (FormField("day", words.WHICH_DAY, words.DAY_HINT, FieldKind.DATE, required=True),)


def not_ahead(field: FormField, answers: Answers, context: Context) -> str:
    """What is wrong with a day to be asked on."""
    if field.kind is not FieldKind.DATE:
        return ""
    day = day_of(answers.one(field.name))
    if day is None:
        return form_words.NOT_A_DATE
    return words.PAST_DAY if day <= days.today(context.now) else ""


def _finish(answers: Answers, context: Context) -> Turn:
    day = date.fromisoformat(answers.one("day"))
    return _moved(tuple(answers.about.split(":")), day, context)


DAY = FormPlan("day", words.CHECK_BACK_TITLE, words.YOUR_DAY, _fields, _finish, not_ahead)
