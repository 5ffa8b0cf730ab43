"""What is said to those who make sets and change them."""

from __future__ import annotations

from collections.abc import Sequence

# Buttons

CREATE = "Make a set"
SUGGEST = "Suggest sets"
YES_THAT_ONE = "Yes"
NO_SOMEBODY_ELSE = "No, leave them out"
MINE = "Make it mine"
THEIRS = "Leave it as it is"
PLAN_DATES = "Plan its sessions"
MAKE_THEM = "Make these sets"
AGAIN = "Another proposal"
EVERYBODY = "All officers without a set"

# Sentences

FOR_FACILITATORS = "Sets are made and changed by those who facilitate them. Type “sets” for yours."
NO_SUCH_SET = "You facilitate no set of that name. Type “sets” to see yours."
SHOW_MINE = "See my sets"
WHICH_VERSION = "Which version shall it be?"
WHICH_SET = "Which set? Type “edit set” and its name."
CREATE_TITLE = "Make a set"
EDIT_TITLE = "Change a set"
A_SET = "your set"
NAME = "What is the set called?"
NAME_HINT = "Its members see the name."
PURPOSE = "What is it for? A sentence or two."
MEMBERS = "Who is in it? Type their names, one a line or parted by commas."
MEMBERS_HINT = "6 to 12 people; 9 is best. Leave it empty to gather them later."
FACILITATORS = "Who facilitates it? Type names, or “me”."
FACILITATORS_HINT = "Left empty, it is you."
NOTE = "Why is the set so small or so large? Others will wonder, so please say it in a line."
LATER = "You can change it at any time: type “edit set” and its name."
LEFT = "Nothing was changed."
TAKEN = "There is a set of that name already."

NAMES = (
    "Whom shall I seat? Type their names, one a line or parted by commas: at least 6. I find only "
    "names that are typed whole."
)
NOT_SUGGESTED = "Nothing was made."
TOO_MANY = (
    "I can seat up to 120 people here. For more, whoever runs the network can use “als sets "
    "suggest”."
)
MOVE_HINT = (
    "To move somebody, type “move”, the name, “to” and the set's number, like: move Asha to 2."
)
NO_MOVE = "That name or number is not among these sets."


def unknown(names: Sequence[str]) -> str:
    """The same for a name that nobody has and for somebody who does not wish to be found."""
    listed = ", ".join(f"“{name}”" for name in names)
    return (
        f"I cannot find {listed}. Please check the spelling (I need the whole name), or leave them "
        "out and ask whoever runs the network to invite them."
    )


def did_you_mean(typed: str, name: str) -> str:
    return f"You wrote “{typed}”. Did you mean {name}?"


def made(name: str, members: int) -> str:
    there = "nobody yet" if members == 0 else f"{members} member{'' if members == 1 else 's'}"
    return f"Done. The set {name} has {there}. {LATER}"


def changed(name: str) -> str:
    return f"Done. {name} is changed. {LATER}"


def meanwhile(theirs: str, yours: str) -> str:
    return (
        "Somebody else has changed the set since you began. Nothing is lost: please choose.\n\n"
        f"As it is now:\n{theirs}\n\nAs you would have it:\n{yours}"
    )


def version(
    name: str, purpose: str, members: Sequence[str], facilitators: Sequence[str], note: str
) -> str:
    lines = (
        f"Name: {name}",
        f"Purpose: {purpose}" if purpose else "",
        f"Members ({len(members)}): {', '.join(members)}" if members else "Members: none yet",
        f"Facilitators: {', '.join(facilitators)}" if facilitators else "",
        f"Note: {note}" if note else "",
    )
    return "\n".join(line for line in lines if line)


def proposal(groups: Sequence[tuple[str, Sequence[str], str]]) -> str:
    """Name, people and why of each set."""
    lines = (
        f"{number}. {name}, {len(people)}: {', '.join(people)}\n({why})"
        for number, (name, people, why) in enumerate(groups, 1)
    )
    return "\n\n".join((*lines, MOVE_HINT))


def confirmed(number: int) -> str:
    sets = "1 set is" if number == 1 else f"{number} sets are"
    return f"Done. {sets} made, and you facilitate {'it' if number == 1 else 'them'}. {LATER}"
