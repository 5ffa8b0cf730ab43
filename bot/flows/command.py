"""The words that an officer can type anywhere, and other words for the same."""

from __future__ import annotations

from enum import StrEnum


class Command(StrEnum):
    """The words that an officer can type anywhere."""

    HELP = "help"
    THEMES = "themes"
    WHY = "why"
    POST = "post"
    EDIT = "edit"
    REVIEW = "review"
    JOIN = "join"
    STOP = "stop"
    START = "start"
    MY_DATA = "my data"
    FORGET_ME = "forget me"
    BACK = "back"
    SKIP = "skip"
    CANCEL = "cancel"
    CARRY_ON = "carry on"
    CHALLENGES = "challenges"
    CHALLENGE = "challenge"
    REPLY = "reply"
    FOLLOW = "follow"
    UNFOLLOW = "unfollow"
    SAME = "same"
    MUTE = "mute"
    UNMUTE = "unmute"
    UNMARK = "unmark"
    REPORT = "report"
    CLOSE = "close"
    REOPEN = "reopen"
    WITHDRAW = "withdraw"
    MY_REPLIES = "my replies"
    TRY = "try"
    COMMIT = "commit"
    COMMITMENTS = "commitments"
    WENT = "went"
    REFLECT = "reflect"
    REFLECTIONS = "reflections"
    LEARNT = "learnt"
    GUIDE = "guide"
    DIGEST = "digest"
    SETTINGS = "settings"
    SETS = "sets"
    CREATE_SET = "create set"
    EDIT_SET = "edit set"
    SUGGEST_SETS = "suggest sets"
    CONSOLE = "console"
    SESSIONS = "sessions"
    SESSION = "session"
    COME = "come"
    VOLUNTEER = "volunteer"
    PLAN_SESSION = "plan session"
    MOVE = "move"
    CANCEL_SESSION = "cancel session"
    AGENDA = "agenda"
    ATTENDANCE = "attendance"
    WRITE_UP = "write up"
    CATCH_UP = "catch up"
    CALENDAR = "calendar"
    RENEW_CALENDAR = "renew calendar"
    SHARE = "share"
    KEEP = "keep"
    NAME_ME = "name me"
    DO_NOT_NAME_ME = "do not name me"


ALSO = {
    "menu": Command.HELP,
    "?": Command.HELP,
    "theme": Command.THEMES,
    "topics": Command.THEMES,
    "why?": Command.WHY,
    "why this": Command.WHY,
    "why this?": Command.WHY,
    "moderate": Command.REVIEW,
    "continue": Command.CARRY_ON,
    "resume": Command.CARRY_ON,
    "open challenges": Command.CHALLENGES,
    "my challenges": Command.CHALLENGES,
    "my commitments": Command.COMMITMENTS,
    "my reflections": Command.REFLECTIONS,
    "learned": Command.LEARNT,
    "preferences": Command.SETTINGS,
    "my sets": Command.SETS,
    "new set": Command.CREATE_SET,
    "sets create": Command.CREATE_SET,
    "sets suggest": Command.SUGGEST_SETS,
    "my sessions": Command.SESSIONS,
    "meetings": Command.SESSIONS,
    "plan a session": Command.PLAN_SESSION,
    "write-up": Command.WRITE_UP,
    "unsubscribe": Command.STOP,
    "opt out": Command.STOP,
    "please stop": Command.STOP,
    "stop please": Command.STOP,
    "stop all": Command.STOP,
    "stopall": Command.STOP,
    "unstop": Command.START,
    "don't name me": Command.DO_NOT_NAME_ME,
    "don’t name me": Command.DO_NOT_NAME_ME,
    "mydata": Command.MY_DATA,
    "forgetme": Command.FORGET_ME,
    "delete my data": Command.FORGET_ME,
}
"""Other ways to say a command. `stop` has those that phone networks teach people."""
