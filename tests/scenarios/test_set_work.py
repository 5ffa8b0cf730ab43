"""What a facilitator is told and guided by, and what is told and forgotten of it, as stories."""

from __future__ import annotations

from sqlalchemy import func, select

from bot.app import Network
from bot.learning_sets.commitment import Commitment, CommitmentSet
from bot.learning_sets.committed import Committed
from bot.learning_sets.reflections import Reflection
from bot.wording import committing
from bot.wording import digest_page as facilitating_words
from bot.wording import guide as guide_words
from tests.officer import Officer
from tests.scenarios.sets import (
    LAST,
    NEXT,
    NEXT_DAY,
    meets,
    seen_again,
    sits,
)
from tests.scenarios.transcript import Bot, Clock, Phone


def test_the_digest_is_for_those_who_facilitate_and_the_guide_for_all_of_the_set(
    met: dict[str, int],
    network: Network,
    clock: Clock,
    chidi: Phone,
    eve: Officer,
    asha_outside: Officer,
    bot: Bot,
) -> None:
    chidi.says(f"digest {NEXT}")
    bot.says_only(facilitating_words.NOT_YOURS)
    chidi.says("digest")
    bot.says_only(facilitating_words.NOTHING_TO_FACILITATE)
    asha_outside.says(f"digest {NEXT}")
    assert asha_outside.told == [facilitating_words.NO_SESSION]
    asha_outside.says(f"guide {NEXT}")
    assert asha_outside.told == [guide_words.NO_SUCH_SESSION]
    sits(network, clock, met[NEXT], "Chidi")
    eve.says("digest")
    assert "Coming: Chidi (1)\nNot answered: Dana (1)" in eve.told[0]
    eve.presses(facilitating_words.GUIDE)
    assert "120 minutes for 2 people" in eve.told[0]
    chidi.says(f"guide {NEXT} 9")
    bot.answers_with("120 minutes for 9 people", "1. 10:00 Welcome and ground rules, ")
    chidi.picks(guide_words.FIRST_STEP)
    bot.answers_with("Step 1 of 9", "10:00 to 10:0")
    while "Next step" in bot.last[-1]:
        chidi.says("next step")
    bot.answers_with("Step 9 of 9: Close", "to 12:00", guide_words.COMMIT)
    chidi.picks(guide_words.COMMIT)
    bot.answers_with(committing.WHAT)


def test_the_whole_guide_comes_in_pages_and_too_short_a_session_is_said_plainly(
    met: dict[str, int], network: Network, clock: Clock, eve: Officer
) -> None:
    eve.says(f"guide {NEXT} 9")
    eve.presses(guide_words.IN_FULL)
    read = list(eve.told)
    while guide_words.MORE in eve.labels:
        eve.presses(guide_words.MORE)
        read += eve.told
    assert all(len(text) <= 1_600 for text in read)
    assert all(f"Step {number} of 9" in "\n".join(read) for number in range(1, 10))
    meets(network, clock, met["set"], "T4T", NEXT_DAY, minutes=30)
    eve.says("guide T4T 12")
    assert eve.told == [guide_words.too_short(30, 12, 1, 54)]


def test_my_data_tells_of_sessions_commitments_reflections_and_who_reads_them(
    met: dict[str, int], network: Network, clock: Clock, chidi: Phone, bot: Bot
) -> None:
    sits(network, clock, met[LAST], "Chidi", attended=True)
    chidi.says(f"commit {LAST} ring them")
    chidi.says("reflect patience pays")
    chidi.picks(committing.MY_SET)
    chidi.says("my data")
    bot.answers_with(
        "You meant to try “ring them” by 7 December 2026 (not said yet). You said so after the "
        "session on 17 November 2026. Only you may read this.",
        "You reflected on 23 November 2026 for the session on 8 December 2026: “patience pays” "
        "Your set may read this, without your name.",
        "You were invited to 1 session and answered 1 of these invitations. You are noted as "
        "present at 1 and as absent from 0.",
    )


def test_forget_me_leaves_nothing_of_it(
    met: dict[str, int], network: Network, chidi: Phone, eve: Officer
) -> None:
    chidi.says(f"commit {LAST} ring the wobblegong")
    chidi.picks(committing.WHO_MAY_READ)
    chidi.picks(committing.MY_SET)
    chidi.says("reflect wobblegong")
    chidi.picks(committing.MY_SET)
    eve.says(f"digest {NEXT}")
    assert "wobblegong" in eve.told[0]
    assert "Chidi" in eve.told[0]
    chidi.says("forget me")
    chidi.says("yes")
    assert not any(
        word in told for told in seen_again(network, eve) for word in ("wobblegong", "Chidi")
    )
    with network.database.reading() as session:
        for table in (Commitment, CommitmentSet, Committed, Reflection):
            assert session.scalar(select(func.count()).select_from(table)) == 0
