"""The sentences about what peers worked out on its way into the knowledge."""

from __future__ import annotations

SOURCE = "Worked out between officers in this network"

# Agreement

YES_SHARE = "Yes, share it without names"
NO_KEEP = "No"
WILL_BE_SHARED = (
    "Thank you. Once everybody whose words are used agrees, a moderator looks at it, and it is "
    "shared without names. Until then you can change your mind: type “keep {code}”."
)
STAYS = (
    "Of course: your words in {code} stay in your set. Should you change your mind, type "
    "“share {code}”."
)

# Credit

NAMED = "Thank you. You are named for it now. To change that, type “do not name me”."
NOT_NAMED = "You are not named for it. To change that, type “name me”."
NOTHING_TO_BE_NAMED_FOR = (
    "Nothing that you took part in has been published yet, so there is nothing to be named for."
)


def may_it_be_shared(code: str) -> str:
    return (
        f"What was said in {code} helped, and so far only your set can see it. May the whole "
        "network learn from it? Your words would be shared without names, after everybody whose "
        "words are used has agreed and a moderator has checked them.\n\n"
        f"You get this because your words are among them, and I ask once. Type “share {code}” or "
        f"“keep {code}”."
    )


def will_be_shared(code: str) -> str:
    return WILL_BE_SHARED.format(code=code)


def stays(code: str) -> str:
    return STAYS.format(code=code)


def pointed(code: str, problem: str) -> str:
    return (
        f"Nobody has replied to your challenge {code} yet, but a moderator thinks that this may "
        f"help: “{problem}”\n\n"
        f"Your challenge stays open. You get this once. Type “mute {code}” to hear no more of it."
    )
