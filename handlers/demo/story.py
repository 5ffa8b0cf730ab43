"""From a question that nobody can answer to the entry that answers the next person."""

from __future__ import annotations

from datetime import timedelta

from bot import wording
from bot.members import Role
from bot.messages import Channel
from bot.wording import challenges as notices
from bot.wording import committing, identities, nudges, posting, threads, trying
from handlers.demo.stage import Person, Stage

QUESTION = "How do we get market traders to hand in their footfall counts?"
CONTEXT = "Priya from the market office says that they fear more paperwork."
TRIED = "A letter and two reminders."
THEME = "Meaningful monitoring and evaluation"
BACK = "What do the traders get out of the counts themselves?"
ANSWER = "Nothing so far. They never see the figures."
OFFER = (
    "We gave each trader a one page chart of their own week, and put the count on a card that "
    "takes ten seconds to fill in. Most of them joined within a month."
)
LEARNT = "The chart did it: the traders compare their weeks now."
AGAIN = "Our market traders do not hand in footfall counts. What can we do?"


def play(stage: Stage) -> None:
    """Raises StoryBroken."""
    chidi = stage.person("Chidi", Channel.WHATSAPP)
    ben = stage.person("Ben", Channel.SLACK)
    dara = stage.person("Dara", Channel.SLACK)
    asha = stage.person("Asha", Channel.SLACK, Role.MODERATOR)
    code = _ask(stage, chidi)
    _help(stage, chidi, ben, dara)
    _try(stage, chidi)
    _solve(stage, chidi, dara, code)
    _publish(stage, asha, dara)
    _answer(stage)


def _ask(stage: Stage, chidi: Person) -> str:
    """The code of the challenge."""
    stage.tells("Chidi asks on WhatsApp. The network does not know, and says so.")
    chidi.says(QUESTION)
    chidi.hears(wording.NOTHING_FOUND)
    chidi.picks(wording.ASK_PEERS)
    stage.tells("Typed answers make a post. A name slips in, and is caught before it goes out.")
    chidi.says(CONTEXT)
    chidi.hears("«Priya»")
    chidi.picks(identities.NEUTRAL)
    chidi.says(TRIED)
    chidi.hears(posting.THEMES)
    chidi.says(THEME)
    chidi.picks(posting.UNDER_A_PSEUDONYM)
    chidi.hears("A colleague from the market office", f"Themes: {THEME}")
    stage.tells("A handful of peers are asked, wherever they are.")
    chidi.picks(posting.POST_IT)
    return chidi.reads(r"Posted as (\w+)")


def _help(stage: Stage, chidi: Person, ben: Person, dara: Person) -> None:
    stage.tells("Ben, on Slack, asks before he advises. Nobody sees a name.")
    ben.hears("A colleague asks for help", QUESTION)
    ben.picks(notices.ASK_BACK)
    ben.says(BACK)
    chidi.hears("Officer B asks you a question", BACK)
    chidi.picks(notices.ANSWER)
    chidi.says(ANSWER)
    ben.hears("Officer A answers", ANSWER)
    stage.later(timedelta(days=2), "Two days later")
    stage.tells("Dara has been there.")
    dara.picks(notices.OFFER)
    dara.says(OFFER)
    _is_knocked_for(chidi)
    chidi.hears("Officer C offers what worked", OFFER)


def _is_knocked_for(chidi: Person) -> None:
    """WhatsApp takes free words for a day: then a knock comes, and the rest waits for a word."""
    chidi.hears(nudges.KNOCK)
    chidi.says("hello")


def _try(stage: Stage, chidi: Person) -> None:
    chidi.picks(notices.TRY)
    chidi.hears("You will try")
    stage.later(timedelta(days=14), "Two weeks later")
    stage.tells("The bot asks how it went, and says why it asks and how to stop it.")
    _is_knocked_for(chidi)
    chidi.hears("How did it go?", "You get this because")
    chidi.picks(trying.OUTCOMES["worked"])
    chidi.says(LEARNT)
    chidi.picks(committing.NETWORK)
    chidi.hears(trying.RECORDED)


def _solve(stage: Stage, chidi: Person, dara: Person, code: str) -> None:
    stage.tells("So the challenge is solved.")
    chidi.says(f"show {code}")
    chidi.picks(threads.about_reply(3, "Officer C", mine=False))
    chidi.picks(notices.SOLVED)
    dara.hears("Your reply solved")


def _publish(stage: Stage, asha: Person, dara: Person) -> None:
    stage.tells("What helped becomes a draft. Asha looks after the knowledge, and publishes it.")
    asha.says("review")
    asha.hears("This is ready to become an entry", OFFER)
    asha.picks("Publish")
    dara.hears("What you helped to work out is now in the network's knowledge")


def _answer(stage: Stage) -> None:
    stage.later(timedelta(days=30), "A month later, at another council")
    ella = stage.person("Ella", Channel.WHATSAPP)
    stage.tells("Ella has the same problem, in her own words.")
    ella.says(AGAIN)
    ella.hears(QUESTION, OFFER, "Tried by 1: 1 worked")
    stage.tells("The next person's question is answered, and nobody was named.")
