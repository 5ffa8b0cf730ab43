"""What can be typed: in short, and more of each part."""

from __future__ import annotations

HELP = (
    "Ask me about a problem in your own words, and I look for what other officers found worked. "
    "You can also type:\n\n"
    "Answers: themes, why, try 2 (a card's solution 2)\n"
    "Peers: post (ask them for help), challenges, a code like K7M, reply K7M, my replies\n"
    "Sets: sets, sessions, commit, reflect, commitments (how it went)\n"
    "In a form: back, skip, later, cancel; carry on goes back to it\n"
    "You: settings, mute 2 weeks, my data, stop, start, forget me\n\n"
    "For more, type help answers, help challenges, help sets, help forms or help me. Please leave "
    "out names of people and councils."
)
FACILITATORS = (
    "For facilitators: create set, plan session, move M2X, attendance M2X, write up M2X, review; "
    "console opens pages of your sets; more with help facilitators"
)
MODERATORS = (
    "For moderators: console, review (reports, drafts, wordings, and what nobody could answer); "
    "more with help review"
)

ANSWERS = (
    "Answers:\n"
    "Ask in your own words. If I am not sure, I offer the nearest; reply with a number.\n"
    "themes: what the network knows about; themes and a name opens one\n"
    "why: the reason for my last answer\n"
    "try 2: you will try solution 2 of the last card, and I ask how it went"
)
CHALLENGES = (
    "Challenges, with your own code in place of K7M:\n"
    "post: ask your peers for help\n"
    "challenges: what your peers are stuck with; K7M shows one\n"
    "reply K7M: a question back, or what worked for you\n"
    "my replies: correct or take back what you wrote\n"
    "follow K7M, unfollow K7M, same K7M (I have that too): hear what helps\n"
    "mute K7M, unmute K7M: hear no more of it, or again\n"
    "unmark K7M B: what Officer B wrote did not help after all\n"
    "report K7M: ask for a look at it\n"
    "edit K7M, close K7M, reopen K7M, withdraw K7M: a challenge of yours\n"
    "share K7M, keep K7M: whether what a set worked out may be shared\n"
    "name me, do not name me: for an entry that came of it"
)
SETS = (
    "Your sets, with a session's own code in place of M2X:\n"
    "sets: the sets you are in\n"
    "sessions: when they meet; session M2X shows one\n"
    "yes M2X, maybe M2X, no M2X: say whether you come\n"
    "volunteer M2X: bring a challenge of yours; catch up M2X: what it was about\n"
    "commit, commit ring them by 3 December: what you will try before next time\n"
    "commit M2X, commit K7M and words: after a session, or for a challenge\n"
    "commitments: how it went, the day, the words, and who may read it\n"
    "went partly: how the one thing went that is still open\n"
    "reflect, reflect M2X: what you learnt since the last session\n"
    "reflections: yours; reflections and a set's name: what its members shared\n"
    "learnt: what others shared with the network\n"
    "guide M2X: the session step by step; guide M2X 8: timed for 8\n"
    "calendar: a private address with your sessions for your own calendar; renew calendar"
)
FACILITATE = (
    "As you facilitate a set:\n"
    "create set, edit set and its name, suggest sets; console: all of it on pages\n"
    "plan session: once, or a series\n"
    "move M2X, cancel session M2X, agenda M2X: everybody is told once\n"
    "attendance M2X all but 2 and 5: who was there\n"
    "write up M2X: what the set agreed to share\n"
    "digest M2X: who comes, and what they tried; guide M2X: the session step by step\n"
    "review: reports in your sets"
)
FORMS = (
    "Forms ask one thing at a time, and what you type is the answer. In place of an answer:\n"
    "back: the question before\n"
    "skip: leave this one out, or leave it as it is\n"
    "later: put the form aside; I keep it for 72 hours\n"
    "carry on: go back to it\n"
    "cancel: drop it and what you wrote\n"
    "Any other command is obeyed, and the form waits."
)
ME = (
    "You:\n"
    "settings: themes, your work, when and how often I write to you\n"
    "why, after a reminder: why it came, and how to have fewer\n"
    "follow theme and a name, unfollow theme and a name: be asked about it or not\n"
    "mute 2 weeks, mute until 3 December: quiet from all that I start; unmute ends it\n"
    "stop: hear no more from me; start: hear from me again\n"
    "my data: what I keep about you\n"
    "forget me: delete everything about you"
)
REVIEW = (
    "review shows what waits for you, one thing at a time, and each is answered by a tap or a "
    "number: reports, drafts of entries, wordings to confirm, questions and challenges that nobody "
    "could answer. “Later” leaves one for next time."
)
TOPICS = {
    "answers": ANSWERS,
    "questions": ANSWERS,
    "themes": ANSWERS,
    "challenges": CHALLENGES,
    "challenge": CHALLENGES,
    "peers": CHALLENGES,
    "post": CHALLENGES,
    "posting": CHALLENGES,
    "replies": CHALLENGES,
    "sets": SETS,
    "set": SETS,
    "sessions": SETS,
    "session": SETS,
    "commit": SETS,
    "reflect": SETS,
    "facilitators": FACILITATE,
    "facilitator": FACILITATE,
    "facilitate": FACILITATE,
    "forms": FORMS,
    "form": FORMS,
    "me": ME,
    "you": ME,
    "settings": ME,
    "my data": ME,
    "privacy": ME,
    "review": REVIEW,
    "moderators": REVIEW,
}
"""The words that can follow “help”."""
