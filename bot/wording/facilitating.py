"""The sentences for those who facilitate a set: planning, changing, attendance, writing up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from bot.wording import NEXT

NO_SET = (
    "You facilitate no set, so there is nothing for you to plan. Whoever runs the network says who "
    "facilitates which set."
)

# The form of a plan

PLAN_TITLE = "Plan a session"
YOUR_PLAN = "your plan"
PLAN_INTRO = "Each member of the set is told once, with a file for their calendar."
WHICH_SET = "Which set?"
ON = "On which day?"
ON_FIRST = "For example 8 December, 8/12 or next Tuesday. Of a series, the first day."
AT = "At what time does it begin?"
AT_HINT = "For example 10:00, 2pm or noon."
LENGTH = "How long is it?"
LENGTH_HINT = "For example 90 minutes or 2 hours. Without an answer, 2 hours."
PLACE = "Where is it?"
PLACE_HINT = "A room or an address. You may leave this empty."
LINK = "Is there a link to join by?"
LINK_HINT = "It begins with https://. You may leave this empty."
OFTEN = "Once, or a series?"
OFTEN_CHOICES = {
    "0": "Once",
    "1": "Every week",
    "2": "Every 2 weeks",
    "3": "Every 3 weeks",
    "4": "Every 4 weeks",
    "6": "Every 6 weeks",
    "8": "Every 8 weeks",
}
TIMES = "How many times in all?"
TIMES_HINT = "A number from 2 to 26."
AWAY = "On these days many are away. What shall I do with them?"
LEAVE_OUT = "Leave them out"
KEEP_THEM = "Keep them"
SEND = "Plan it"

NOT_A_TIME = "I cannot read that as a time. Please write it like 10:00 or 2pm."
NOT_A_LENGTH = "I cannot read that as a length. Please write it like 90 minutes or 2 hours."
NOT_A_NUMBER = "Please give a number from 2 to 26."

# The form of a change

MOVE_TITLE = "Change a session"
YOUR_CHANGE = "your change"
MOVE_INTRO = "Type “skip” to keep what is there. Each member is told once of what changes."
NONE_HINT = "Type “none” to empty it."
REST = "Only this session, or those after it too?"
ONLY_THIS = "Only this one"
SAVE = "Save it"
MINE = "Mine"
AS_IT_IS = "Leave it as it is"
LEFT_AS_IT_IS = f"I have left it as it is now. {NEXT}"
YES_CANCEL = "Yes, cancel it"
KEEP_IT = "Keep it"

# Agenda, attendance, write-up

AGENDA_TITLE = "Pick the agenda"
YOUR_AGENDA = "your pick"
AGENDA_QUESTION = "Which of these shall the session be about?"
NONE_OF_THESE = "None of these"
ATTENDANCE_TITLE = "Attendance"
YOUR_ATTENDANCE = "your list"
WRITE_UP_TITLE = "Write up a session"
YOUR_WRITE_UP = "your write-up"
WRITE_UP_INTRO = (
    "What the set agrees to share. Those who were away read it. Please leave out names of people "
    "and councils; I check for them."
)
EXPLORED = "What was explored?"
EXPLORED_HINT = (
    "The question that was worked on, in general words. Of two questions, each in a paragraph of "
    "its own, with an empty line between them."
)
IDEAS = "Which ideas were offered?"
IDEAS_HINT = (
    "One a line; for two questions, in two paragraphs again. You may leave this empty: then "
    "nothing can be sent on."
)
THE_EXPLORED = "what was explored"
THE_IDEAS = "the ideas"
AGREES = "Did the set agree that this goes to the moderators, as a draft for the whole network?"
AGREES_HINT = "Those who were there are asked once, and any of them can keep it in the set."
YES_AGREED = "Yes, the set agreed"
NO_STAYS = "No, it stays in the set"
NOTHING_BROUGHT = (
    "Nobody has brought a challenge to session {code} yet. Members do so with “volunteer {code}”."
)
NOBODY_INVITED = "Nobody is invited to session {code}: its set has no members yet."
NOT_BEGUN = "Session {code} has not begun yet. Please come back once it has."
NOT_YOURS = "Only those who facilitate the set can do that."
NOT_READ = "I cannot read who was there. Please give names or numbers, like “all but 2 and 5”."

_NATIONS = {"ENG": "England", "WLS": "Wales", "SCT": "Scotland", "NIR": "Northern Ireland"}


def who(page: int, pages: int) -> str:
    return "Who was there?" + (f" ({page} of {pages})" if pages > 1 else "")


def who_hint(code: str) -> str:
    return (
        f"Numbers or names; “all”, or “all but 2 and 5”. In one line at any time: “attendance "
        f"{code} all but” and the names."
    )


def away(day: str, why: str, nations: Sequence[str]) -> str:
    if nations:
        where = (
            "" if len(nations) == len(_NATIONS) else f" in {_and([_NATIONS[n] for n in nations])}"
        )
        return f"{day}: a bank holiday{where}"
    if why == "weekend":
        return f"{day}: a weekend"
    return f"{day}: between Christmas and New Year"


def rest(later: int) -> str:
    return f"It and the {later} after it" if later > 1 else "It and the one after it"


def meanwhile(theirs: str, mine: str) -> str:
    return f"Somebody else changed it while you were at it. It is now: {theirs}\nYou wanted: {mine}"


WHICH_ONE = "Which one shall it be?"


def sure_to_cancel(code: str, when: str, invited: str) -> str:
    return f"Are you sure? Session {code} on {when} would be cancelled, and {invited} told once."


def members(number: int) -> str:
    return "1 member is" if number == 1 else f"{number} members are"


def planned(lines: Sequence[str], invited: int, note: str) -> str:
    head = "Planned:" if len(lines) == 1 else f"Planned, {len(lines)} sessions:"
    told = f"{members(invited)} invited, each with one message."
    if invited == 0:
        told = "The set has no members yet. Whoever joins is invited."
    return "\n".join(part for part in (head, *lines, note, told) if part)


def changed(code: str, lines: Sequence[str], note: str) -> str:
    if not lines:
        return f"Session {code} was like that already, so nobody is told anything. {NEXT}"
    head = "Changed. It is now:" if len(lines) == 1 else "Changed. They are now:"
    return "\n".join(part for part in (head, *lines, note, "Members are told once.") if part)


def called_off(code: str, codes: Sequence[str]) -> str:
    if not codes:
        return f"Session {code} was cancelled already. {NEXT}"
    return f"Cancelled: {_and(codes)}. Members are told once. {NEXT}"


def picked(code: str, lines: Sequence[str]) -> str:
    if not lines:
        return f"Nothing is on the agenda of {code} now. {NEXT}"
    return "\n".join((f"On the agenda of {code}:", *lines))


def attendance(code: str, came: Sequence[str], away: Sequence[str]) -> str:
    return (
        f"Noted for {code}. Present: {_and(came) or 'nobody'}. Away: {_and(away) or 'nobody'}. "
        f"To change it, type “attendance {code}” again."
    )


def clash(names: Sequence[str], day: date | None) -> str:
    on = f" on {day:%A} {day.day} {day:%B}" if day is not None else ""
    has = "has" if len(names) == 1 else "have"
    return (
        f"Please note: {_and(names)} {has} another session at the same hour{on}. It is planned all "
        "the same, and they are told."
    )


def a_day_off(line: str) -> str:
    return f"Please note: {line}."


def who_comes(said: Mapping[str, Sequence[str]]) -> str:
    """`said` are names by answer, those who gave none under ""."""
    heads = {"yes": "Coming", "maybe": "Maybe", "no": "Not coming", "": "Not answered"}
    return ". ".join(f"{head}: {_and(said[key])}" for key, head in heads.items() if key in said)


def _and(parts: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(parts[:-1]), *parts[-1:])))
