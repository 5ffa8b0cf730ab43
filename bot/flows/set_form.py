"""`create set` and `edit set NAME`: a form for those who look after sets."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

from bot.drafts import Answers
from bot.flows import form
from bot.flows.effect.sets import SetEdited, SetMade
from bot.flows.meaning import Said
from bot.flows.plan import FormPlan
from bot.flows.turn import Context, Turn
from bot.learning_sets import size
from bot.learning_sets.editions import Standing, Version
from bot.learning_sets.models import LONGEST_NAME, LONGEST_NOTE, LONGEST_PURPOSE
from bot.learning_sets.naming import Named, parted, plain
from bot.learning_sets.size import UnusualSize
from bot.members import Role
from bot.messages import Choice, FieldKind, FormField, Text
from bot.wording import leading as words

NAME, PURPOSE, MEMBERS, FACILITATORS, NOTE = "name", "purpose", "members", "facilitators", "note"
_YES, _NO, _MINE, _THEIRS = "yes", "no", "mine", "theirs"
_ME = {"me", "myself", "i"}


def may_create(context: Context) -> bool:
    return context.person.role in (Role.FACILITATOR, Role.ADMINISTRATOR)


def create(context: Context) -> Turn:
    """`create set`."""
    if not may_create(context):
        return Turn((Text(words.FOR_FACILITATORS),))
    return form.start(CREATE, context)


def edit(said: Said, context: Context) -> Turn:
    """`edit set NAME`: all as it is now, to be changed."""
    if not said.argument:
        return Turn((Text(words.WHICH_SET, (Choice(words.SHOW_MINE, "say:sets"),)),))
    found = context.lookup.leading.named(said.argument)
    stands = context.lookup.leading.standing(found.id) if found is not None else None
    if stands is None:
        return Turn((Text(words.NO_SUCH_SET),))
    version = stands.version
    given = {
        NAME: (version.name,),
        PURPOSE: (version.purpose,),
        MEMBERS: (_listed(version.members, context),),
        FACILITATORS: (_listed(version.facilitators, context),),
    }
    given = {name: values for name, values in given.items() if values[0]}
    about = f"{stands.set_id}:{stands.edition}"
    return form.start(EDIT, context, about=about, given=given)


def _listed(member_ids: Iterable[int], context: Context) -> str:
    return ", ".join(sorted(context.lookup.leading.names_of(list(member_ids)).values()))


def _seen(answers: Answers) -> tuple[int, int]:
    """The set and the edition that the editor began with."""
    set_id, _, edition = answers.about.partition(":")
    return int(set_id), int(edition)


def _standing(answers: Answers, context: Context) -> Standing | None:
    """The set that is edited, as it is now; None for a new one, or one that is theirs no more."""
    return context.lookup.leading.standing(_seen(answers)[0]) if answers.about else None


def _fields(answers: Answers, context: Context) -> tuple[FormField, ...]:
    purpose = FormField(PURPOSE, words.PURPOSE, kind=FieldKind.LINES, longest=LONGEST_PURPOSE)
    return (
        FormField(NAME, words.NAME, words.NAME_HINT, required=True, longest=LONGEST_NAME),
        purpose,
        FormField(MEMBERS, words.MEMBERS, words.MEMBERS_HINT, FieldKind.LINES),
        FormField(FACILITATORS, words.FACILITATORS, words.FACILITATORS_HINT),
        *_doubts(answers, context),
        *_note(answers, context),
        *_meanwhile(answers, context),
    )


def _doubts(answers: Answers, context: Context) -> Iterator[FormField]:
    """One question for each name that was nearly right."""
    choices = (Choice(words.YES_THAT_ONE, _YES), Choice(words.NO_SOMEBODY_ELSE, _NO))
    for one in (*_typed(MEMBERS, answers, context), *_typed(FACILITATORS, answers, context)):
        if one.member_id is not None and not one.sure:
            question = words.did_you_mean(one.typed, one.name)
            yield FormField(_doubt(one), question, "", FieldKind.CHOICE, choices, required=True)


def _doubt(one: Named) -> str:
    return f"sure-{hashlib.sha256(one.typed.encode()).hexdigest()[:8]}"


def _typed(field: str, answers: Answers, context: Context) -> tuple[Named, ...]:
    """The names in an answer, each with whom it means; those in the set already are known."""
    stands = _standing(answers, context)
    inside = stands.version.members | stands.version.facilitators if stands is not None else ()
    known = {plain(name): one for one, name in context.lookup.leading.names_of(inside).items()}
    return tuple(_meant(name, known, context) for name in parted(answers.one(field)))


def _meant(name: str, known: dict[str, int], context: Context) -> Named:
    if plain(name) in _ME:
        return Named(name, context.lookup.leading.member_id, name, sure=True)
    if plain(name) in known:
        return Named(name, known[plain(name)], name, sure=True)
    return context.lookup.leading.find(name)


def _ids(field: str, answers: Answers, context: Context) -> frozenset[int]:
    return frozenset(
        one.member_id
        for one in _typed(field, answers, context)
        if one.member_id is not None and (one.sure or answers.one(_doubt(one)) == _YES)
    )


def _wanted(answers: Answers, context: Context) -> Version:
    """The set as it would be; those of its members who have no name stay in it."""
    members = _ids(MEMBERS, answers, context)
    leads = _ids(FACILITATORS, answers, context)
    stands = _standing(answers, context)
    if stands is not None:
        inside = stands.version.members
        members |= inside - context.lookup.leading.names_of(inside).keys()
    note = answers.one(NOTE) or (stands.version.note if stands is not None else "")
    if size.usual(len(members)):
        note = ""
    me = context.lookup.leading.member_id
    return Version(
        answers.one(NAME), answers.one(PURPOSE).strip(), members, leads or frozenset({me}), note
    )


def _note(answers: Answers, context: Context) -> tuple[FormField, ...]:
    if MEMBERS not in answers:
        return ()
    stands = _standing(answers, context)
    before = len(stands.version.members) if stands is not None else None
    kept = stands.version.note if stands is not None else ""
    try:
        size.note_for(before, len(_wanted(answers, context).members), kept=kept, given="")
    except UnusualSize as unusual:
        why = FormField(NOTE, words.NOTE, unusual.sentence, required=True, longest=LONGEST_NOTE)
        return (why,)
    return ()


def _meanwhile(answers: Answers, context: Context) -> tuple[FormField, ...]:
    """Asked once all else is answered, where the set has changed since the editor began."""
    stands = _standing(answers, context)
    if stands is None or stands.edition == _seen(answers)[1]:
        return ()
    wanted = _wanted(answers, context)
    if any(name not in answers for name in (NAME, MEMBERS)) or wanted == stands.version:
        return ()
    hint = words.meanwhile(_shown(stands.version, context), _shown(wanted, context))
    choices = (Choice(words.MINE, _MINE), Choice(words.THEIRS, _THEIRS))
    asked = f"meanwhile-{stands.edition}"
    return (FormField(asked, words.WHICH_VERSION, hint, FieldKind.CHOICE, choices, required=True),)


def _shown(version: Version, context: Context) -> str:
    names = context.lookup.leading.names_of(version.members | version.facilitators)
    return words.version(
        version.name,
        version.purpose,
        sorted(names[one] for one in version.members if one in names),
        sorted(names[one] for one in version.facilitators if one in names),
        version.note,
    )


def _check(field: FormField, answers: Answers, context: Context) -> str:
    if field.name == NAME:
        return words.TAKEN if _taken(answers, context) else ""
    if field.name not in (MEMBERS, FACILITATORS):
        return ""
    unknown = [one.typed for one in _typed(field.name, answers, context) if one.member_id is None]
    return words.unknown(unknown) if unknown else ""


def _taken(answers: Answers, context: Context) -> bool:
    found = context.lookup.leading.set_called(answers.one(NAME))
    return found is not None and (not answers.about or found != _seen(answers)[0])


def _finish(answers: Answers, context: Context) -> Turn:
    wanted = _wanted(answers, context)
    if not answers.about:
        plan = (Choice(words.PLAN_DATES, "say:plan session"),) if wanted.members else ()
        told = Text(words.made(wanted.name, len(wanted.members)), plan)
        return Turn((told,), (SetMade(wanted),))
    stands = _standing(answers, context)
    if stands is None:
        return Turn((Text(words.NO_SUCH_SET),))
    set_id, edition = _seen(answers)
    chosen = answers.one(f"meanwhile-{stands.edition}")
    if chosen == _THEIRS:
        return Turn((Text(words.LEFT),))
    seen = stands.edition if chosen == _MINE else edition
    return Turn((Text(words.changed(wanted.name)),), (SetEdited(set_id, wanted, seen),))


CREATE = FormPlan("set", words.CREATE_TITLE, words.A_SET, _fields, _finish, _check)
EDIT = FormPlan("set-edit", words.EDIT_TITLE, words.A_SET, _fields, _finish, _check, walks=True)
