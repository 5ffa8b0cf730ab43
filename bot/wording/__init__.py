"""Every sentence that a user can read from the bot, in one place."""

from __future__ import annotations

from datetime import date

from knowledge.why import Part, Why

NEXT = "Ask me another question at any time, or type “help”."

# Buttons

HELPED = "This helped"
NOT_MINE = "Not my question"
MORE_LIKE_THIS = "More like this"
ASK_PEERS = "Ask my peers"
NONE_OF_THESE = "None of these"
SEE_THEMES = "See the themes"
MORE_THEMES = "More themes"
MORE_ENTRIES = "More from this theme"
YES_FORGET = "Yes, forget me"
NO_KEEP = "No, keep everything"
YES = "Yes"
TYPED_YES = (
    "yes", "y", "ye", "yeah", "yep", "yup", "yes please", "yes do it", "yes i am", "yes i am sure",
    "yes i'm sure", "i am sure", "i'm sure", "sure", "do it", "please do", "go ahead", "confirm",
)  # fmt: skip
TYPED_NO = (
    "no", "n", "nope", "nah", "no thanks", "no thank you", "no don't", "don't", "do not", "keep it",
    "not now", "never mind", "leave it",
)  # fmt: skip
NOT_A_COMMAND = "No, it is a question"
YES_OR_NO = "I need a yes or a no here, or “cancel” to leave it. Nothing has changed so far."

WHAT_NEXT = "What next?"
CHOOSE = "Choose"
FIRST_PAGE = "Back to the start"
PICK_A_NUMBER = "Reply with a number:"
AFTER_A_CARD = "What next? Reply with a number:"

# Welcome and consent

WELCOME = (
    "Hello. I am the officer network's bot. I find what other council officers have already "
    "worked out, from a shared store of problems and solutions.\n\n"
    "Everything here is under the Chatham House rule: what was said may be used, who said it may "
    "not be passed on. Please leave out names of people and councils.\n\n"
    "What I keep: your questions, so that the network can fill its gaps, and which answers helped. "
    "Only moderators see questions, and never with your name. Type “my data” to see what I hold, "
    "“forget me” to have it deleted, or “stop” to hear no more from me. By carrying on you agree "
    "to this."
)
FIRST_STEP = "What are you working on? Ask me in your own words."
INVITATION_NEEDED = (
    "Hello. This is a private network for council officers, by invitation. If you have a code, "
    "send the word join and the code, like this: “join ABCD2345”. If you have none, ask the person "
    "who told you about the network. I have kept nothing of your message."
)
CODE_NOT_USABLE = (
    "That code does not work. It may have been used already, or be more than 14 days old. Please "
    "check it, or ask the person who invited you for a new one."
)
ALREADY_JOINED = f"You are already in the network, so you need no code. {NEXT}"
STOPPED = (
    "Done. I will not write to you any more. If you change your mind, send “start”. To have "
    "everything about you deleted, send “forget me”."
)
STILL_STOPPED = (
    "You asked me to stop, so I only tell you how to come back: send “start”. Or send “forget me” "
    "to have everything about you deleted."
)
STARTED = "Welcome back. What are you working on? Ask me in your own words."
NOT_STOPPED = f"I am here and listening. {NEXT}"

# Small talk and things that are no question

GREETING = "Hello. What are you working on? Ask me in your own words, or type “help”."
THANKS = f"You're welcome. {NEXT}"
GOODBYE = "Goodbye. I will be here when you need me."
ACKNOWLEDGED = f"Good. {NEXT}"
ABOUT_ME = (
    "I am a bot, not a person. I look your question up in what council officers have shared, and "
    "say so when I find nothing. I write no answers of my own. Type “help” to see what I can do."
)
EMPTY = f"That message was empty, so there is nothing for me to look up. {NEXT}"
PICTURE = (
    "I can only read text. I have not opened or kept what you sent. Please tell me your question "
    "in words."
)
PICTURE_TOO = "I read your words. I have not opened or kept what you attached."
TOO_LONG = (
    "That is longer than I can read in one go (4,000 characters), so I have not kept it. Please "
    "send me the main question in a few sentences."
)
WELSH = (
    "Mae'n ddrwg gen i, dim ond Saesneg rwy'n ei deall ar hyn o bryd. Gofynnwch eto yn Saesneg, os "
    "gwelwch yn dda. Rwyf wedi cadw eich cwestiwn i'r cymedrolwyr.\n\n"
    "I am sorry, I only understand English for now. Please ask again in English. I have kept your "
    "question for the moderators."
)
NOTHING_TO_CANCEL = f"We are not in the middle of anything. {NEXT}"
CANCELLED = f"Cancelled. Nothing has changed. {NEXT}"
OLD_BUTTON = f"That button belongs to something I no longer have. {NEXT}"
WENT_WRONG = (
    "Sorry, something went wrong on my side and I could not handle your message. It is not your "
    "fault. Please try again, perhaps in other words."
)

# Answers

UNSURE = "I am not sure. Is it one of these?"
NOTHING_FOUND = "I don't have that yet."
KEPT_FOR_MODERATORS = "I have kept your question for the moderators."
GLAD = f"Good to know, thank you. {NEXT}"
NOT_MINE_NOTED = "Noted, thank you: that was not it."
NEXT_BEST = "Noted, thank you. Is it one of these instead?"
NOTHING_NEARER = "Nothing else here is close to your question."
NOTHING_LIKE_IT = f"There is nothing else close to that one yet. {NEXT}"
LIKE_IT = f"There is nothing else close to that one yet. {NEXT}"
LIKE_IT = "These come nearest to it:"
THEMES = "This is what the network knows about. Pick a theme:"
NO_THEMES = "The network's store of knowledge is still empty. Ask anyway: I keep what is missing."
WORDS_ONLY = "For now I match by words alone, so try other words for the same thing."

NOTHING_ASKED = f"You have not asked me anything yet, so there is nothing to explain. {NEXT}"
NOTHING_FITTED = f"I found nothing that fits your question, so I showed nothing. {NEXT}"

# For moderators

SAME_QUESTION = "Yes, the same"
OTHER_QUESTION = "No, another"
DISMISS = "Needs no answer"
LATER = "Later"
MODERATORS_ONLY = f"That is for moderators. {NEXT}"
NOTHING_WAITS = "Nothing waits for you. Thank you for looking."
NOTED = "Noted."
THAT_WAS_ALL = "That was all. Thank you."

# What is kept

FORGET_SURE = (
    "This deletes everything I hold about you: your membership, your questions and what you agreed "
    "to. It cannot be undone. Are you sure?"
)
FORGOTTEN = (
    "Done. Everything about you has been deleted. This is my last message, unless you join again."
)


def themes_line(themes: tuple[str, ...]) -> str:
    return f"Theme: {', '.join(themes)}" if themes else ""


def misread(number: int, choices: int) -> str:
    if choices == 0:
        return f"I have not offered you any numbers to choose from. {NEXT}"
    if choices == 1:
        return "There is only one thing to choose from here, so please reply 1:"
    return f"There is no choice {number}: I offered {choices}. Please pick from 1 to {choices}:"


ASK_OTHERWISE = "Then please ask it in a few more words, and I look it up."


def did_you_mean(command: str) -> str:
    return f"Did you mean “{command}”?"


def no_such_theme(name: str) -> str:
    return f"I have no theme called “{name}”. These are the ones I have:"


def in_theme(name: str) -> str:
    return f"What the network has on {name}. Pick one:"


def nothing_in_theme(name: str) -> str:
    return f"There is nothing on {name} yet. Ask me anyway: I keep what is missing."


def looked_for(words: str) -> str:
    return f"I looked for: {words}"


def corrected(pairs: str) -> str:
    return f"I read {pairs}."


def dated(source: str, when: date | None, *, own: bool = False) -> str:
    """Where knowledge comes from and when, with a warning that it has aged unless it is our own."""
    if when is None:
        return f"Source: {source}." if source else ""
    if own:
        return f"Source: {source}, {when:%B %Y}."
    return (
        f"Source: {source}, {when:%B %Y}. The fund has moved on since, so check what it says about "
        "rules and dates."
    )


def why(why: Why) -> str:
    """Why an entry was found, in one sentence without its end; empty where nothing can be said."""
    parts = [
        f"it shares your words {', '.join(why.words)}" if why.words else "",
        *(f"{one.term} means {one.means}" for one in why.also_means),
        *(f"I read “{one.wrong}” as “{one.right}”" for one in why.corrections),
        _nearest(why),
    ]
    return "; ".join(part for part in parts if part)


def _nearest(why: Why) -> str:
    match why.part:
        case None:
            return ""
        case Part.PROBLEM:
            return "the problem itself is nearest in meaning"
        case Part.PHRASE:
            return "another way to put the problem is nearest in meaning"
        case Part.SOLUTION:
            return f"solution {why.number} is nearest in meaning"


def because(problem: str, reason: str) -> str:
    return f"“{problem}” because {reason}." if reason else f"“{problem}”: it was the nearest I had."


def explained(reasons: tuple[str, ...]) -> str:
    return "\n".join(("I showed:", *reasons))


def same_question(text: str, problem: str, members: int) -> str:
    return (
        f"{_count(members, 'member')} asked “{text}” and said that this helped: “{problem}” "
        "Is that the same question? If so, those words will lead there from now on."
    )


def gives_away(found: list[str]) -> str:
    """A warning before words are learnt that could tell who said them, or for which council."""
    if not found:
        return ""
    return f"Careful: {', '.join(f'“{words}”' for words in found)} may give somebody away."


def gap(text: str, members: int, when: date, *, offers: bool) -> str:
    asked = f"Nobody could answer “{text}” (asked by {members}, last on {when:%-d %B})."
    return f"{asked} Does one of these?" if offers else asked


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"


def kept(things: tuple[str, ...]) -> str:
    return "This is what I keep about you:\n" + "\n".join(things)
