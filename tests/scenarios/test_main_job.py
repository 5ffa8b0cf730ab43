"""The main job as stories: an officer asks, the bot answers."""

from __future__ import annotations

from datetime import timedelta

from bot import wording
from bot.wording import posting
from tests.scenarios.transcript import Administrator, Bot, Clock, Officer, Phone


def test_asha_asks_for_the_first_time_and_finds_what_peers_did(asha: Officer, bot: Bot) -> None:
    asha.says("how do i get the partnership board to actualy engage")
    bot.answers_with("Chatham House", "What I keep", "forget me")
    bot.answers_with("partnership board", "1. ", "6. ", "Theme: Relationship building")
    bot.answers_with("March 2023", "The fund has moved on since")

    asha.picks(wording.HELPED)
    bot.says_only(wording.GLAD)

    asha.says("how do we measure perception?")
    bot.does_not_say("Chatham House")
    bot.answers_with("perception", "5. ")

    asha.says("thanks!")
    bot.says_only(wording.THANKS)


def test_asha_finds_no_answer_and_is_left_with_a_next_step(asha: Officer, bot: Bot) -> None:
    asha.says("hello")
    bot.answers_with(wording.FIRST_STEP)

    asha.says("how do we work better with our partnership board?")
    asha.picks(wording.NOT_MINE)
    bot.answers_with(wording.NEXT_BEST)

    asha.picks(wording.NONE_OF_THESE)
    bot.answers_with(wording.NOTHING_NEARER)

    asha.picks(wording.ASK_PEERS)
    bot.answers_with(posting.CARRIED)

    asha.says("themes")
    bot.answers_with(wording.THEMES)
    asha.picks("Climate change and net zero")
    asha.says("1")
    bot.answers_with("net zero", "Theme: ")


def test_a_phone_is_let_in_by_a_code_and_may_leave_again(
    phone: Phone, administrator: Administrator, bot: Bot, clock: Clock
) -> None:
    phone.says("how do we measure perception?")
    bot.says_only(wording.INVITATION_NEEDED)

    code = administrator.invites("Chidi")
    phone.says(f"Join {code.lower()}")
    bot.says_only(wording.WELCOME, wording.FIRST_STEP)

    phone.says("how do we measure perception?")
    bot.answers_with("perception", "What next? Reply with a number:")
    phone.picks(wording.MORE_LIKE_THIS)
    bot.answers_with(wording.LIKE_IT)

    phone.says("STOP")
    bot.says_only(wording.STOPPED)
    phone.says("how do we measure perception?")
    bot.says_only(wording.STILL_STOPPED)

    clock.goes_on(timedelta(days=3))
    phone.says("start")
    bot.says_only(wording.STARTED)

    phone.says("my data")
    bot.answers_with("Chidi", "+447700900123", "how do we measure perception?")
    phone.says("forget me")
    phone.picks(wording.YES_FORGET)
    bot.says_only(wording.FORGOTTEN)
    phone.says("how do we measure perception?")
    bot.says_only(wording.INVITATION_NEEDED)
    phone.says(f"join {code}")
    bot.says_only(wording.CODE_NOT_USABLE)


def test_two_officers_talk_at_once_and_never_hear_each_other(
    asha: Officer, ben: Officer, bot: Bot
) -> None:
    asha.says("how do we work better with our partnership board?")
    ben.says("how do we measure perception?")
    ben.picks(wording.NOT_MINE)
    bot.does_not_say("partnership board, so that")
    asha.says("2")
    bot.answers_with(wording.NEXT_BEST)
    asha.says("my data")
    bot.answers_with("Your name: Asha", "how do we work better with our partnership board?")
    bot.does_not_say("Ben", "how do we measure perception?")


def test_asha_changes_her_mind_about_being_forgotten(asha: Officer, bot: Bot, clock: Clock) -> None:
    asha.says("hello")
    asha.says("forgte me")
    bot.does_not_say(wording.FORGOTTEN)
    asha.says("forget me")
    bot.answers_with(wording.FORGET_SURE, wording.YES_FORGET, wording.NO_KEEP)
    clock.goes_on(timedelta(hours=2))
    asha.says("1")
    bot.says_only(wording.OLD_BUTTON)
    asha.says("my data")
    bot.answers_with("Your name: Asha")
