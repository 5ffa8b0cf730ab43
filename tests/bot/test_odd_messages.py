"""Messages that are no plain question: each gets a fitting reply, and none breaks anything."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from bot import wording
from bot.app import Network
from bot.inbox import InboxMessage
from bot.messages import LONGEST_QUESTION, Channel, Inbound
from bot.questions import Question
from bot.wording.challenges import NO_SUCH_REPLY
from bot.wording.help import HELP
from knowledge.search import Decision
from tests.bot.conftest import Settle
from tests.officer import Officer
from tests.schema import cells, counts

BOARD = "how do we work better with our partnership board?"


def asked(officer: Officer) -> list[str]:
    with officer.network.database.reading() as session:
        return list(session.scalars(select(Question.text).order_by(Question.id)))


def failures(officer: Officer) -> list[str | None]:
    with officer.network.database.reading() as session:
        return list(session.scalars(select(InboxMessage.failure)))


def test_small_talk_gets_a_kind_word_and_is_kept_as_no_question(asha: Officer) -> None:
    talk = {
        "hello": wording.GREETING,
        "Thanks so much!": wording.THANKS,
        "bye": wording.GOODBYE,
        "ok": wording.ACKNOWLEDGED,
        "\N{THUMBS UP SIGN}": wording.ACKNOWLEDGED,
        "\N{PARTY POPPER}\N{PARTY POPPER}": wording.ACKNOWLEDGED,
        "are you a real person?": wording.ABOUT_ME,
    }
    for said, answer in talk.items():
        asha.says(said)
        assert asha.told == [answer]
    assert asked(asha) == []


def test_an_empty_message_is_told_to_be_empty(asha: Officer) -> None:
    for text in ("", "   \n\t ", "\x00\x01\x02", "\u200b\u2060"):
        asha.says(text)
        assert asha.told == [wording.EMPTY]
    assert asked(asha) == []


def test_a_photo_is_not_opened(asha: Officer) -> None:
    asha.says(attachments=1)
    assert asha.told == [wording.PICTURE]


def test_words_with_a_photo_are_answered_and_the_photo_is_not_opened(asha: Officer) -> None:
    asha.says(BOARD, attachments=3)
    assert asha.told[0] == wording.PICTURE_TOO
    assert asha.card.entry_id == "partnership-board"


def test_twenty_thousand_characters_are_too_long_and_are_not_kept(asha: Officer) -> None:
    asha.says("zanzibar " * 2_222 + "zz")
    assert asha.told == [wording.TOO_LONG]
    assert not any("zanzibar" in value for _place, value in cells(asha.network.database))


def test_the_longest_question_is_still_looked_up(asha: Officer) -> None:
    asha.says(BOARD.ljust(LONGEST_QUESTION, "?"))
    assert asha.heard
    assert asha.told != [wording.TOO_LONG]
    assert len(asked(asha)) == 1


def test_a_question_in_welsh_is_answered_in_welsh_and_kept(asha: Officer) -> None:
    question = "sut mae mesur canfyddiad pobl o'r ardal lle maen nhw'n byw?"
    asha.says(question)
    assert asha.told == [wording.WELSH]
    assert asked(asha) == [question]


STRANGE = (
    "'; DROP TABLE member; -- partnership board",
    "%s %(name)s {name} {0} \\x41 $1 :name ?",
    "<script>alert('partnership')</script><b>board</b>",
    "\u202edraob pihsrentrap\u202c",
    "لوحة الشراكة لا تعمل معنا، ماذا نفعل؟",
    "part\x00ner\x1bship \x07board\x7f \x9b31m",
    "surrogate \ud83d half",
    "\N{ZERO WIDTH JOINER}".join("\N{WOMAN}\N{GIRL}") + " childcare?",
    "a" * 3_000,
    "?" * 500,
    "[bold]board[/] *board* _board_ <!channel> <@U1> &lt;",
    '{"verb": "stop"}',
    "helped:partnership-board:r1",
    "e\u0301" * 600,
)


def test_a_strange_message_is_a_question_like_any_other(asha: Officer, settle: Settle) -> None:
    settle(Decision.MISS)
    before = counts(asha.network.database)
    for number, text in enumerate(STRANGE, 1):
        asha.says(text)
        assert wording.NOTHING_FOUND in asha.told[0]
        assert len(asked(asha)) == number
        shown = asha.told[0]
        assert not {c for c in shown if ord(c) < 32 or 127 <= ord(c) < 160} - {"\n"}
        assert not set("\u202e\ud83d") & set(shown)
    assert set(failures(asha)) == {None}
    after = counts(asha.network.database)
    assert {table for table in after if after[table] < before[table]} == set()
    asha.says("help")
    assert asha.told == [HELP]


def test_a_message_without_any_sign_of_words_can_be_kept_and_answered(
    talking: Network, now: datetime
) -> None:
    inbound = Inbound(Channel.SLACK, "Ev1", "T1:U9", "\x00", choice="\x00")
    inbox_id = talking.keep(inbound, now=now)
    talking.handle(inbox_id, now=now)
    said = [delivery.content for delivery in talking.answer_here(inbox_id, now=now)]
    assert len(said) == 2


MADE_UP = (
    "x",
    ":",
    "helped",
    "helped:",
    "helped:partnership-board",
    "helped:partnership-board:nobody",
    "helped:no-such-entry:r1",
    "card:no-such-entry:r1",
    "entry:no-such-entry",
    "entry:'; DROP TABLE entry; --",
    "say:rm",
    "say:",
    "forget:yes",
    "forget:no",
    "themes:-1",
    "themes:one",
    "\N{SNOWMAN}:\N{SNOWMAN}",
    "a" * 2_000,
)


def test_a_button_that_nobody_made_changes_nothing(asha: Officer) -> None:
    before = counts(asha.network.database)
    for value in MADE_UP:
        asha.sends_button(value)
        assert asha.told in ([wording.OLD_BUTTON], [NO_SUCH_REPLY])
    assert set(failures(asha)) == {None}
    after = counts(asha.network.database)
    grown = {table for table in after if after[table] != before[table]}
    assert grown == {"inbox_message", "delivery"}


def test_a_mistyped_command_is_asked_about_and_not_carried_out(
    asha: Officer, settle: Settle
) -> None:
    settle(Decision.MISS)
    asha.says("forgt me")
    assert asha.told == ["Did you mean “forget me”?"]
    assert asha.labels == [wording.YES, wording.NOT_A_COMMAND]
    asha.says("2")
    assert asha.told == [wording.ASK_OTHERWISE]
    asha.says("forgt me")
    assert counts(asha.network.database)["member"] == 1
    asha.presses(wording.YES)
    assert asha.told == [wording.FORGET_SURE]
    assert counts(asha.network.database)["member"] == 1


def test_a_number_means_what_was_offered_last(asha: Officer, settle: Settle) -> None:
    settle(Decision.SUGGEST)
    asha.says("7")
    assert asha.told == [wording.misread(7, 0)]
    asha.says(BOARD)
    asha.says("9")
    assert asha.told == [wording.misread(9, 4)]
    assert len(asha.labels) == 4
    asha.says("option 4")
    assert asha.told == [wording.NOTHING_NEARER]


def test_a_question_that_begins_like_a_command_is_looked_up(asha: Officer, settle: Settle) -> None:
    settle(Decision.MISS)
    questions = ["themes in our delivery plan overlap, what now", "join up funds", "stop the rot"]
    for text in questions:
        asha.says(text)
        assert asha.told[0].startswith(wording.NOTHING_FOUND)
    assert asked(asha) == questions
