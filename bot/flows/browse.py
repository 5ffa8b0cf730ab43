"""Browsing: the themes, what each holds, page by page."""

from __future__ import annotations

from bot import wording
from bot.flows import ask, interests
from bot.flows.meaning import Pressed, Said
from bot.flows.turn import Context, Turn
from bot.messages import Choice, Choices, Text
from knowledge.themes import ThemeView

PAGE = 8
"""Things on a page: with "more" it stays within ten, the most that WhatsApp can offer at once."""


def themes(said: Said, context: Context) -> Turn:
    """`themes`, or `themes NAME`."""
    if not said.argument:
        return _page_of_themes(0, context, wording.THEMES)
    theme = context.lookup.theme_named(said.argument)
    if theme is not None:
        return _page_of_entries(theme, 0, context)
    if context.finding is not None:
        return ask.question(context)
    return _page_of_themes(0, context, wording.no_such_theme(said.argument))


def pressed(press: Pressed, context: Context) -> Turn | None:
    """What a button of a list of themes does; None where it is not one of ours."""
    match press.verb, press.arguments:
        case "themes", (start,) if start.isdecimal():
            return _page_of_themes(int(start), context, wording.THEMES)
        case "theme", (theme_id, start) if start.isdecimal():
            known = {theme.id: theme for theme in context.lookup.themes()}
            theme = known.get(theme_id)
            if theme is None:
                return _page_of_themes(0, context, wording.THEMES)
            return _page_of_entries(theme, int(start), context)
        case "entry", (entry_id,):
            entry = context.lookup.entry(entry_id)
            if entry is not None:
                return Turn((ask.card(entry, ""),))
            return Turn((Text(wording.OLD_BUTTON),))
    return None


def _page_of_themes(start: int, context: Context, text: str) -> Turn:
    filled = [theme for theme in context.lookup.themes() if theme.entries]
    if not filled:
        return Turn((Text(wording.NO_THEMES),))
    start = start if start < len(filled) else 0
    shown = filled[start : start + PAGE]
    choices = [Choice(theme.name, f"theme:{theme.id}:0") for theme in shown]
    if len(filled) > start + PAGE:
        choices.append(Choice(wording.MORE_THEMES, f"themes:{start + PAGE}"))
    elif start:
        choices.append(Choice(wording.FIRST_PAGE, "themes:0"))
    return Turn((Choices(text, tuple(choices)),))


def _page_of_entries(theme: ThemeView, start: int, context: Context) -> Turn:
    entries = context.lookup.entries_of_theme(theme.id)
    if not entries:
        return Turn((Text(wording.nothing_in_theme(theme.name)),))
    start = start if start < len(entries) else 0
    shown = entries[start : start + PAGE]
    choices = [Choice(entry.problem, f"entry:{entry.id}") for entry in shown]
    if len(entries) > start + PAGE:
        choices.append(Choice(wording.MORE_ENTRIES, f"theme:{theme.id}:{start + PAGE}"))
    elif start:
        choices.append(Choice(wording.FIRST_PAGE, f"theme:{theme.id}:0"))
    choices.append(interests.theme_choice(theme, context))
    return Turn((Choices(wording.in_theme(theme.name), tuple(choices)),))
