"""From a question that nobody can answer to the entry that answers the next person."""

from __future__ import annotations

from bot import wording
from bot.messages import Channel
from bot.wording import challenges as notices
from handlers.demo.stage import Person, Stage

QUESTION = "How do we get market traders to hand in their footfall counts?"
CONTEXT = "Priya from the market office says that they fear more paperwork."
TRIED = "A letter and two reminders."
BACK = "What do the traders get out of the counts themselves?"
ANSWER = "Nothing so far. They never see the figures."
OFFER = (
    "We gave each trader a one page chart of their own week, and put the count on a card that "
    "takes ten seconds to fill in. Most of them joined within a month."
)
AGAIN = "Our traders will not do footfall counts. Has anybody solved that?"


def play(stage: Stage) -> None:
    """Raises StoryBroken."""
    chidi = stage.person("Chidi", Channel.WHATSAPP)
    ben = stage.person("Ben", Channel.SLACK)
    dara = stage.person("Dara", Channel.SLACK)
    _ask(stage, chidi)
    _help(stage, chidi, ben, dara)


def _ask(stage: Stage, chidi: Person) -> None:
    stage.tells("Chidi asks on WhatsApp. The network does not know, and says so.")
    chidi.says(QUESTION)
    chidi.hears(wording.NOTHING_FOUND)
    chidi.picks(wording.ASK_PEERS)
    stage.tells("Typed answers make a post. A name slips in, and is caught before it goes out.")
    chidi.says(CONTEXT)
    chidi.hears("Priya")


def _help(stage: Stage, chidi: Person, ben: Person, dara: Person) -> None:
    ben.hears("A colleague asks for help")
    ben.picks(notices.ASK_BACK)
