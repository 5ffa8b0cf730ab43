"""What a member says of themselves so that the right questions reach them, and how many.

In the settings an answer that is left out leaves things as they are, on every channel.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from bot import days
from bot.drafts import Answers
from bot.flows import field as one_field
from bot.flows import form
from bot.flows.effect.interests import FollowedTheme, Quieted, SaidOfThemselves
from bot.flows.meaning import Command, Pressed, Said
from bot.flows.named import is_like_a_code, may_be_a_code
from bot.flows.numbers import plain
from bot.flows.plan import FormPlan
from bot.flows.turn import Context, Turn
from bot.interests import LONGEST_JOB, NOTHING_SAID, Facts
from bot.messages import MOST_CHOICES, Choice, Choices, FieldKind, FormField, Text
from bot.wording import OLD_BUTTON, no_such_theme
from bot.wording import interests as words
from bot.wording import trying as day_words
from knowledge.themes import ThemeView

_NOTHING = {"none", "nothing", "no themes", "-"}
_SMALL_WORDS = {"and", "the", "of", "for", "in", "to", "a", "with", "on", "&"}
_A_WEEK = ("0", "1", "2", "3", "5", "10", "20")


def said(said: Said, context: Context) -> Turn | None:
    """`follow theme NAME`, `mute until DATE`, `unmute`; None where a thread is meant."""
    first, _, rest = said.argument.partition(" ")
    if said.command in (Command.FOLLOW, Command.UNFOLLOW) and plain(first) == "theme":
        return _theme(rest, said.command is Command.FOLLOW, context)
    if said.command is Command.MUTE and said.argument and not _is_a_thread(said.argument, context):
        return _quiet(said.argument, context)
    if said.command is Command.MUTE and not said.argument:
        return Turn((Text(words.MUTE_WHAT),))
    if said.command is Command.UNMUTE and not said.argument:
        quiet = context.lookup.threads.facts().muted(context.now)
        return Turn((Text(words.AWAKE if quiet else words.NOT_QUIET),), (Quieted(None),))
    return None


def _is_a_thread(named: str, context: Context) -> bool:
    """Whether `mute` names a challenge, right or mistyped, and not a day."""
    if days.read(named, today=days.today(context.now)) is not None:
        return False
    return is_like_a_code(named) or may_be_a_code(f"mute {named}", named, alone=True)


def _theme(name: str, follows: bool, context: Context) -> Turn:
    theme = context.lookup.theme_named(name)
    if theme is None:
        return _which_theme(name, follows, context)
    return _followed(theme, follows)


def _which_theme(name: str, follows: bool, context: Context) -> Turn:
    """The themes that were perhaps meant; where none is like it, the first of all."""
    themes, said = context.lookup.themes(), set(plain(name).split())
    like = [one for one in themes if plain(name) in plain(one.name)]
    like = like or [one for one in themes if said & {*plain(one.name).split()} - _SMALL_WORDS]
    verb = "follow-theme" if follows else "unfollow-theme"
    offered = [Choice(one.name, f"{verb}:{one.id}") for one in like or themes]
    see = Choice(words.SEE_THEMES, "themes:0")
    told = words.nearly_named(name) if like else no_such_theme(name)
    return Turn((Choices(told, (*offered[: MOST_CHOICES - 1], see)),))


def _followed(theme: ThemeView, follows: bool) -> Turn:
    told = words.followed(theme.name) if follows else words.unfollowed(theme.name)
    return Turn((Text(told),), (FollowedTheme(theme.id, follows),))


def theme_choice(theme: ThemeView, context: Context) -> Choice:
    """The button on a theme's page."""
    if theme.id in context.lookup.threads.facts().themes:
        return Choice(words.UNFOLLOW_THEME, f"unfollow-theme:{theme.id}")
    return Choice(words.FOLLOW_THEME, f"follow-theme:{theme.id}")


def pressed(press: Pressed, context: Context) -> Turn | None:
    """What a button of a theme or of the settings does; None where it is not one of ours."""
    match press.verb, press.arguments:
        case ("follow-theme" | "unfollow-theme") as verb, (theme_id,):
            known = {theme.id: theme for theme in context.lookup.themes()}
            if theme_id not in known:
                return Turn((Text(OLD_BUTTON),))
            return _followed(known[theme_id], verb == "follow-theme")
    return None


def _quiet(text: str, context: Context) -> Turn:
    day = days.read(text, today=days.today(context.now))
    if day is None:
        return Turn((Text(one_field.not_a_day(text, words.NOT_A_DAY)),))
    if day <= days.today(context.now):
        return Turn((Text(day_words.PAST_DAY),))
    return Turn((Text(words.quiet_until(day)),), (Quieted(morning_of(day)),))


def morning_of(day: date) -> datetime:
    """When a day begins for officers, in UTC."""
    return datetime.combine(day, time(), days.HOME).astimezone(UTC)


def settings(context: Context) -> Turn:
    """`settings`: what is set, then the questions to change it."""
    return form.start(SETTINGS, context)


def _fields(_answers: Answers, context: Context) -> tuple[FormField, ...]:
    facts = context.lookup.threads.facts()
    return (
        *_themes(facts, context),
        FormField("job", words.JOB, words.job_now(facts.job), longest=LONGEST_JOB),
        FormField(
            "a-week",
            words.A_WEEK,
            words.a_week_now(facts.weekly_limit),
            FieldKind.CHOICE,
            _weekly(),
        ),
        FormField("quiet", words.QUIET, _quiet_now(facts, context), FieldKind.DATE),
    )


def _weekly() -> tuple[Choice, ...]:
    return tuple(Choice(words.times_a_week(int(number)), number) for number in _A_WEEK)


def _themes(facts: Facts, context: Context) -> tuple[FormField, ...]:
    """Several questions where there are more themes than one can offer; each may be "none"."""
    themes = context.lookup.themes()
    size = MOST_CHOICES - 1
    pages = [themes[start : start + size] for start in range(0, len(themes), size)]
    followed = set(facts.themes)
    return tuple(
        FormField(
            f"themes-{number}",
            words.themes(number, len(pages)),
            words.themes_now([one.name for one in page if one.id in followed]),
            FieldKind.CHOICES,
            (*(Choice(one.name, one.id) for one in page), Choice(words.NONE_OF_THEM, "none")),
        )
        for number, page in enumerate(pages, 1)
    )


def _quiet_now(facts: Facts, context: Context) -> str:
    until = facts.muted_until
    if until is None or not facts.muted(context.now):
        return words.NO_QUIET_NOW
    return words.quiet_now(until.astimezone(days.HOME).date())


def _check(field: FormField, answers: Answers, context: Context) -> str:
    if field.kind is not FieldKind.DATE:
        return ""
    past = date.fromisoformat(answers.one(field.name)) <= days.today(context.now)
    return day_words.PAST_DAY if past else ""


def _finish(answers: Answers, context: Context) -> Turn:
    facts = context.lookup.threads.facts()
    quiet = answers.one("quiet")
    job = answers.one("job")
    weekly = answers.one("a-week")
    told = SaidOfThemselves(
        _chosen(answers, facts, context),
        ("" if plain(job) in _NOTHING else job) if job else None,
        int(weekly) if weekly else None,
    )
    quieted = (Quieted(morning_of(date.fromisoformat(quiet))),) if quiet else ()
    lines = (words.KEPT, words.quiet_until(date.fromisoformat(quiet)) if quiet else "")
    return Turn((Text(" ".join(filter(None, lines))),), (told, *quieted))


def _chosen(answers: Answers, facts: Facts, context: Context) -> tuple[str, ...] | None:
    """The themes from now on: a page without an answer stays as it was."""
    followed: set[str] = set(facts.themes)
    for field in _themes(NOTHING_SAID, context):
        picked = answers.many(field.name)
        if picked:
            followed -= {choice.value for choice in field.choices}
            followed |= set(picked) - {"none"}
    return tuple(followed) if followed != set(facts.themes) else None


SETTINGS = FormPlan(
    "settings",
    words.TITLE,
    words.YOUR_SETTINGS,
    _fields,
    _finish,
    _check,
    intro=words.INTRO,
    submit=words.SAVE,
)
