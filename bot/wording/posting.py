"""What is said around posting a challenge, changing one, and what exists already."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.wording import NEXT
from bot.wording.challenges import count

LONGEST_QUOTE = 200
"""Characters of a long text that its author sees again in the last look."""

# The questions

INTRO = (
    "Your peers read it under a pseudonym unless you choose otherwise. Please leave out names of "
    "people and councils. You see it all once more before it goes out."
)
EDIT_INTRO = "What you said stands until you change it. Type “skip” to keep an answer as it is."
PROBLEM = "What is the problem, in one sentence?"
PROBLEM_HINT = "Put it as you would ask a colleague."
CONTEXT = "What should others know about it?"
CONTEXT_HINT = "What is going on, who is affected, by when you need it."
TRIED = "What have you tried already?"
TRIED_HINT = "It saves them from proposing it again."
THEMES = "Which themes is it about?"
MORE_THEMES = "More themes"
SEE = "Who may see it?"
SEE_HINT = "What only a set sees never leaves it unless all whose words are used agree."
SET_GONE = "You are no longer in the set you chose, so please choose again. Nothing was sent."
NAMED = "Under a pseudonym, or with your name?"
NAMED_HINT = "Without an answer it is a pseudonym. A name cannot be taken back later."
LAST_LOOK = "Ready to go out? This is what others see."
CARRIED = "I take your question as the problem. Type “back” to change it."
CARRIED_AS_CONTEXT = (
    "Your question is long, so I take it as what others should know. Please put the problem itself "
    "in one sentence."
)
ABOUT = {"problem": "the problem", "context": "the context", "tried": "what you tried"}

# Buttons

ON = "Go on"
WHOLE_NETWORK = "The whole network"
UNDER_A_PSEUDONYM = "Under a pseudonym"
POST_IT = "Post it"
SAVE_IT = "Save the change"
NONE_OF_THESE = "None of these, go on"
SAME_PROBLEM = "Same problem here"
ANSWERS_IT = "This answers it"
MINE_IS_DIFFERENT = "Mine is different"
EDIT = "Change it"

# What is wrong

IN_WORDS = "Please say it in words: I found none to read."

# Around them

CLOSE_HINT = "Pick one to read it. Your draft is kept."
NOT_POSTED = "I have posted nothing, as you found this instead."
NOTHING_TO_EDIT = f"You have no open challenge to change. Type “post” to post one. {NEXT}"
WHICH_TO_EDIT = "Which of your challenges would you change?"


def too_many_themes(most: int) -> str:
    return f"Please pick up to {most} themes."


def themes_hint(proposed: int, most: int) -> str:
    limit = f"Up to {most}."
    if proposed == 0:
        return limit
    which = "The first looks" if proposed == 1 else f"The first {proposed} look"
    return f"{which} near to what you wrote. {limit}"


def only_the_set(name: str) -> str:
    return f"Only my set {name}"


def with_my_name(name: str) -> str:
    return f"With my name: {name}"


def look_close(number: int) -> str:
    if number == 1:
        return "1 looks close: read it first?"
    return f"{number} look close: read them first?"


def open_challenge(code: str, problem: str) -> str:
    return f"{code}: {problem}"


def is_it_the_same(*, yours: bool) -> str:
    return "Is that your problem too?" if yours else "Does that answer it?"


def entry(problem: str, solutions: Sequence[str]) -> str:
    return "\n".join((f"The network knows: {problem}", *(f"- {one}" for one in solutions)))


def challenge(code: str, problem: str, context: str, tried: str, replies: int) -> str:
    lines = (
        f"Open challenge {code}: “{problem}”",
        f"Context: {context}" if context else "",
        f"Already tried: {tried}" if tried else "",
        f"It has {count(replies, 'reply', 'replies')} so far. With “same problem here” you follow "
        "it and hear what others say; your draft is then dropped.",
    )
    return "\n".join(line for line in lines if line)


def preview(problem: str, context: str, tried: str, themes: Sequence[str]) -> str:
    lines = (
        f"“{problem}”",
        f"Context: {_short(context)}" if context else "",
        f"Already tried: {_short(tried)}" if tried else "",
        f"Themes: {', '.join(themes)}" if themes else "",
    )
    return "\n".join(line for line in lines if line)


NAME_STAYS = "Once it is posted, your name cannot be taken off it. “back” leads to your choice."


def goes_out(to: str, name: str) -> str:
    """To which set alone, or to all; with which name, or none."""
    seen = f"Only your set {to} sees it" if to else "The whole network sees it"
    return f"{seen}, {f'with your name, {name}' if name else 'under a pseudonym'}."


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_QUOTE else f"{line[:LONGEST_QUOTE].rstrip()}…"


def small_set(others: int) -> str:
    return f"{_few(others, 'is', 'are')} in that set, so they may guess that it is you."


def small_network(others: int) -> str:
    return f"{_few(others, 'is', 'are')} in the network, so they may guess that it is you."


def small_theme(theme: str, others: int) -> str:
    return f"{_few(others, 'follows', 'follow')} {theme}, so readers may guess that it is you."


def _few(others: int, one: str, many: str) -> str:
    if others <= 0:
        return f"Careful: nobody else {one}"
    return f"Careful: only {count(others, 'other')} {one if others == 1 else many}"


def posted(code: str, *, asked: int, to: str, more: int, first: bool, when: datetime | None) -> str:
    """`when` is a local time; `more` how many are asked then, `first` whether nobody was yet."""
    done = f"Posted as {code}, and I have asked {count(asked, 'peer')}."
    lines = (
        done if asked else f"Posted as {code}.",
        f"Only your set {to} sees it." if to else "",
        _next(more, first, when),
        "I tell you when somebody replies.",
        f"Type “edit {code}” to change it, or “withdraw {code}” to take it back.",
    )
    return " ".join(line for line in lines if line)


def _next(more: int, first: bool, when: datetime | None) -> str:
    if when is None:
        return ""
    day = f"on {when:%A} morning"
    if first:
        return f"I ask the first peers {day}."
    if more:
        return f"If nobody replies, I ask {more} more {day}."
    return f"If nobody replies, I bring it to the moderators {day}."


def changed(code: str) -> str:
    return f"{code} is changed as you said. Those who follow it or were asked about it hear so."


def followed_instead(code: str) -> str:
    return (
        f"I have posted nothing. You follow {code} now, and hear what others say. Type "
        f"“reply {code}” to add to it, or “unfollow {code}” to leave it."
    )
