"""Sets as their facilitator makes them on a phone, and as a member sees them."""

from __future__ import annotations

from bot import members
from bot.app import Network
from bot.members import Role
from bot.messages import Channel
from bot.wording import leading as words
from tests.scenarios.transcript import Administrator, Bot, Clock, Phone

SIX = [f"Sample {name}" for name in ("Ada", "Bryn", "Cato", "Dilys", "Ewan", "Freya")]


def test_a_set_is_made_on_a_phone_and_shown_to_its_members_without_names(
    phone: Phone, bot: Bot, network: Network, administrator: Administrator, clock: Clock
) -> None:
    for name in SIX:
        administrator.invites(name)
    phone.says(f"join {administrator.invites('Sample Fay')}")
    with network.database.writing() as session:
        members.named(session, "Sample Fay").role = Role.FACILITATOR
        bryn = members.named(session, "Sample Bryn")
        bryn.welcomed_at = clock()
        members.connect(session, bryn, Channel.WHATSAPP, "whatsapp:+447700900222", now=clock())
    phone.says("create set")
    bot.answers_with(words.NAME, words.NAME_HINT)
    phone.says("Town centres")
    phone.says("Filling empty shops")
    phone.says("sample ada, " + ", ".join(SIX[1:]))
    bot.answers_with(words.FACILITATORS)
    phone.says("skip")
    bot.answers_with(words.made("Town centres", 6), words.PLAN_DATES)
    phone.says("sets")
    bot.answers_with("You facilitate:", "Town centres: 6 members. Filling empty shops.")
    other = Phone("+447700900222", network, bot, clock)
    other.says("sets")
    bot.answers_with("Town centres: you and 5 others. Filling empty shops.")
    bot.does_not_say("Sample", "needs a facilitator", words.CREATE)
    phone.says("forget me")
    phone.says("yes")
    other.says("sets")
    bot.answers_with("It needs a facilitator.")
