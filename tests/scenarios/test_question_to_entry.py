"""From a question that nobody could answer to the answer for the next person, as a story."""

from __future__ import annotations

from datetime import timedelta

from bot import members
from bot.app import Network
from bot.challenges import marks, posts, replies, views
from bot.challenges.models import MarkKind, ReplyKind
from bot.challenges.posts import NewChallenge
from bot.learning_sets import commitments, sets
from bot.learning_sets.commitments import FromReply, Outcome, Sharing
from bot.members import Role
from bot.wording import NOTHING_FOUND
from bot.wording import review as words
from tests.scenarios.transcript import Administrator, Bot, Clock, Officer, Phone

QUESTION = "how do we stop seagulls nesting on the market hall roof?"
WORKED = "We flew a kite shaped like a hawk over the roof every morning in April."


def test_what_asha_and_ben_work_out_answers_the_next_person(
    network: Network,
    asha: Officer,
    ben: Officer,
    phone: Phone,
    administrator: Administrator,
    bot: Bot,
    clock: Clock,
) -> None:
    asha.says("hello")
    ben.says("hello")
    asha.says(QUESTION)
    bot.answers_with(NOTHING_FOUND)

    with network.database.writing() as session:  # she puts it to her peers
        author = sets.viewer(session, members.named(session, "Asha"))
        code = posts.post(
            session,
            author,
            NewChallenge(QUESTION),
            key="m1",
            routing=network._rules.routing,
            now=clock(),
        )
    with network.database.writing() as session:  # Ben offers what worked
        helper = sets.viewer(session, members.named(session, "Ben"))
        given = replies.reply(
            session, helper, code, WORKED, kind=ReplyKind.OFFER, key="m2", now=clock()
        )
    with network.database.writing() as session:  # "I'll try this"
        author = sets.viewer(session, members.named(session, "Asha"))
        marks.mark(session, author, given.ref, MarkKind.TRY, now=clock())
        (seen,) = views.view(session, author, code).replies
        day = (clock() + timedelta(days=14)).date()
        made = commitments.commit(
            session,
            author.member_id,
            "fly a kite",
            source=FromReply(seen.id),
            check_back_on=day,
            now=clock(),
        )
    clock.goes_on(timedelta(days=14))
    with network.database.writing() as session:  # it worked, and that solved it
        author = sets.viewer(session, members.named(session, "Asha"))
        commitments.tell(
            session,
            author.member_id,
            made.id,
            Outcome.WORKED,
            learning="Begin in March",
            sharing=Sharing.NETWORK,
            now=clock(),
        )
        marks.mark(session, author, given.ref, MarkKind.SOLVED, now=clock())
    network.tick(clock())

    phone.says(f"join {administrator.invites('Mo')}")
    with network.database.writing() as session:
        members.named(session, "Mo").role = Role.MODERATOR
    phone.says("review")
    bot.answers_with("1 draft of an entry", QUESTION, WORKED)
    bot.does_not_say("Asha", "Ben", code)
    phone.picks(words.PUBLISH)
    bot.answers_with(words.PUBLISHED)

    ben.says("name me")
    bot.answers_with("You are named for it now")
    clock.goes_on(timedelta(days=1))
    phone.says("how can we keep seagulls from nesting on the market hall's roof")
    bot.answers_with(QUESTION, f"1. {WORKED}", "Tried by 1: 1 worked.", "“Begin in March”")
    bot.does_not_say("Asha", "Ben", NOTHING_FOUND)
